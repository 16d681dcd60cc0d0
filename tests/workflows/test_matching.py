from __future__ import annotations

import pytest

from sphinx_arco_parity.repository.workflows.matching import find, may_run


def run(command):
    import json

    return f"- run: {json.dumps(command)}\n"


@pytest.mark.parametrize(
    ("quoted", "step"),
    [
        ("cargo test -p flow", "cargo test -p flow"),
        ("cargo  test   -p flow", "cargo test -p flow"),
        ("cargo test -p flow", "cargo test --package=flow --exclude x -- --skip y"),
        ("cargo test --tests -p flow", "cargo test -p flow --tests"),
        ("cargo test --all", "cargo +nightly test --workspace"),
        ("cargo t -p flow", "RUSTFLAGS=-Dwarnings cargo test -p flow"),
        ("RUST_LOG=x cargo test -p flow", "cargo test -p flow"),
        (
            "cargo test -p flow -- --skip a",
            "cargo test -p flow -- --test-threads 1 --skip a",
        ),
        ("cargo test -p flow --features a", "cargo test -p flow --features 'a b'"),
        ("cargo test -p <crate>", "cargo test -p flow"),
        ("cargo test … --lib", "cargo test -p flow --lib"),
        ("cargo test -p fl…", "cargo test -p flow"),
        ("cd rust && cargo test", "cd rust && cargo test --workspace"),
        ("$ cargo test", "cargo test"),
        ("pytest tests/unit", "uv run --locked pytest -q ./tests/unit/ --cov x"),
        ("uv run pytest tests", "pytest tests"),
        ("python -m pytest -k 'a and b'", 'pytest -k "a  and b"'),
        ("pytest -n auto", "pytest -n 4"),
        ("make test", "make -j4 test"),
        ("npm run test", "npm test"),
        ("npm test", "npm run test -- --ci"),
        ("tox -e py", "tox run -e py"),
        ("./scripts/e2e.sh", "bash scripts/e2e.sh --all"),
        ("scripts/e2e.sh", "./scripts/e2e.sh"),
        ("go test ./...", "go test -race ./..."),
        ("cargo test -p flow", "docker run --rm image cargo test -p flow"),
        ("cargo test -p flow", "timeout 60 xvfb-run -a cargo test -p flow"),
        ("cargo test -p flow", "if true; then cargo test -p flow; fi"),
        ("cargo build && cargo test", "cargo build\ncargo test"),
    ],
)
def test_a_quoted_command_is_found(job, quoted, step):
    assert find(quoted, job(run(step))).sure


@pytest.mark.parametrize(
    ("quoted", "step"),
    [
        ("cargo test -p flow", "cargo test -p flow-core"),
        ("cargo test -p flow", "cargo test -p other --bin flow"),
        ("cargo test -p flow --tests", "cargo test -p flow"),
        ("cargo test -p flow", "cargo build -p flow"),
        ("cargo nextest run", "cargo test"),
        ("cargo test -p flow", "echo cargo build -p flow"),
        ("cargo test -- a", "cargo test -- b"),
        ("pytest tests/unit", "pytest tests/integration"),
        ("make test", "make check"),
        ("make -C a", "make -C b a"),
        ("cargo build && cargo test", "cargo test"),
        ("cd rust && cargo test", "cd python && cargo test"),
        ("cargo test", "# cargo test\npytest"),
    ],
)
def test_another_command_is_not_found(job, quoted, step):
    found = find(quoted, job(run(step)))
    assert not found.sure
    assert not found.maybe


@pytest.mark.parametrize(
    ("quoted", "step"),
    [
        ("cargo test -p flow", "cargo test $ARGS"),
        ("cargo test -p flow", "cargo test -p ${{ github.event.inputs.p }}"),
        ("cargo test -p flow", "echo 'cargo test -p flow'"),
        ("cargo test -p flow", "cat > x <<EOF\ncargo test -p flow\nEOF"),
        ("make test", "make $TARGET"),
    ],
)
def test_what_may_be_it_is_neither(job, quoted, step):
    found = find(quoted, job(run(step)))
    assert found.maybe
    assert not found.sure


def test_variables_may_be_quoted_as_they_are_written(job):
    steps = "- run: cargo test $FLAGS\n  env: {FLAGS: --workspace}\n- run: cargo test -p ${{ matrix.p }}\n"
    found = job(steps, job="strategy: {matrix: {p: [a, b]}}\n")
    assert [c.line for c in find("cargo test $FLAGS", found).commands] == [7]
    assert len(find("cargo test -p ${{ matrix.p }}", found).commands) == 2
    assert [c.shell.words[-1].text for c in find("cargo test -p b", found).commands] == ["b"]


def test_the_command_that_adds_least_comes_first(job):
    steps = (
        run("cargo test --workspace --no-run")
        + run("cargo test --workspace --lib")
        + run("cargo test --workspace")
    )
    found = find("cargo test --workspace", job(steps)).commands
    assert [c.line for c in found] == [8, 7, 6]


def test_step_names_and_actions_may_be_quoted(job):
    steps = "- name: Run it all\n  run: pytest\n- uses: owner/action@v2\n"
    assert find("run it all", job(steps)).commands
    assert find("owner/action@v1", job(steps)).steps
    assert not find("owner/other@v1", job(steps)).sure


def test_scripts_and_makefiles_may_run_it(job, repository):
    files = {
        "Makefile": "check:\n\tcargo test $(shell ls)\n",
        "ci/all.sh": "sh ci/inner.sh\n",
        "ci/inner.sh": "pytest\n",
    }
    found = job(run("make check") + run("ci/all.sh"), files=files)
    opened = repository({})
    assert may_run("cargo", found, opened) == "Makefile"
    assert may_run("pytest", found, opened) == "ci/inner.sh"
    assert may_run("jest", found, opened) is None
