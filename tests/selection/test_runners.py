from __future__ import annotations

import pytest

from sphinx_arco_parity.repository.selection import runner_of
from sphinx_arco_parity.repository.selection.runners import asks_for_ignored
from sphinx_arco_parity.repository.shell import commands_of


@pytest.mark.parametrize(
    ("text", "kind", "language"),
    [
        ("cargo test", "cargo test", "rust"),
        ("cargo t -p a", "cargo test", "rust"),
        ("cargo +nightly --locked test", "cargo test", "rust"),
        ("cargo nextest run", "cargo nextest", "rust"),
        ("cargo nextest list", "nothing", "rust"),
        ("cargo llvm-cov nextest --lcov", "cargo nextest", "rust"),
        ("cargo llvm-cov --no-report test -p a", "cargo test", "rust"),
        ("cargo llvm-cov report --lcov", "nothing", "rust"),
        ("cargo llvm-cov -p a", "cargo test", "rust"),
        ("cargo +nightly miri test -p a", "cargo test", "rust"),
        ("cargo miri nextest run -p a", "cargo nextest", "rust"),
        ("cargo miri setup", "nothing", "rust"),
        ("cargo hack --each-feature test -p a", "cargo test", "rust"),
        ("cargo hack check --feature-powerset", "nothing", "rust"),
        ("cargo careful test", "cargo test", "rust"),
        ("cargo tarpaulin -p a --out xml", "cargo test", "rust"),
        ("cargo xtask test", "other", None),
        ("cross test", "cargo test", "rust"),
        ("cross build", "nothing", "rust"),
        ("uvx pytest tests", "pytest", "python"),
        ("uvx pytest@8.3 tests", "pytest", "python"),
        ("uvx --with pytest-xdist --from 'pytest>=8' pytest tests", "pytest", "python"),
        ("uv tool run pytest tests", "pytest", "python"),
        ("pipx run --spec pytest==8 pytest tests", "pytest", "python"),
        ("pipx run pytest==8", "pytest", "python"),
        ("hatch env run -e test -- pytest tests", "pytest", "python"),
        ("uvx ruff check", "nothing", None),
        ("uv tool install ruff", "other", None),
        ("cargo clippy --all-targets", "nothing", "rust"),
        ("pytest", "pytest", "python"),
        ("py.test -x", "pytest", "python"),
        (".venv/bin/pytest", "pytest", "python"),
        ("uv run python -m pytest", "pytest", "python"),
        ("python -m unittest", "unittest", "python"),
        ("npx --yes vitest@3 run", "javascript", "javascript"),
        ("c8 -r lcov cross-env NODE_ENV=test mocha", "javascript", "javascript"),
        ("node --import tsx --test", "javascript", "javascript"),
        ("node build.js --test", "other", "javascript"),
        ("node --trace node_modules/jest/bin/jest.js", "javascript", "javascript"),
        ("node build.js node_modules/jest/bin/jest.js", "other", "javascript"),
        ("npx unheard-of", "other", "javascript"),
        ("npx tsc --noEmit", "nothing", None),
        ("tox -e py", "other", "python"),
        ("npm test", "other", "javascript"),
        ("go test ./...", "go test", "go"),
        ("go vet ./...", "nothing", "go"),
        ("richgo test -v ./...", "go test", "go"),
        ("mvn verify", "maven", "java"),
        ("make test", "other", None),
        ("./test", "other", None),
        ("docker run x cargo test", "other", None),
        ("ruff check", "nothing", None),
        ("uv sync", "nothing", None),
        ("python setup.py test", "other", None),
    ],
)
def test_runners(text, kind, language):
    [command] = commands_of(text)
    found = runner_of(command)
    assert (found.kind, found.language) == (kind, language)


def test_options_are_cut_from_their_values():
    [command] = commands_of("pytest -xvs -n4 -k a --tb=short --cov x -m b tests -- c")
    found = runner_of(command).arguments
    assert [(n, v.text if v else None) for n, v in found.options] == [
        ("--exitfirst", None), ("--verbose", None), ("-s", None), ("-n", "4"), ("-k", "a"),
        ("--tb", "short"), ("--cov", "x"), ("-m", "b"),
    ]  # fmt: skip
    assert [word.text for word in found.positionals] == ["tests", "c"]


def test_an_option_that_is_not_known_is_kept():
    [command] = commands_of("cargo test --brand-new x")
    found = runner_of(command).arguments
    assert found.unknown == ["--brand-new"]
    assert [word.text for word in found.positionals] == ["x"]


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("gotestsum", "go test ./..."),
        ("gotestsum ./pkg", "go test ./pkg"),
        ("gotestsum --", "go test ./..."),
        ("gotestsum --format=dots", "go test ./..."),
        ("gotestsum -f dots --junitfile x.xml --no-color -- ./pkg", "go test ./pkg"),
        ("gotestsum --format testname -- -run TestTick ./pkg", "go test -run TestTick ./pkg"),
    ],
)
def test_what_a_wrapper_of_go_runs(text, command):
    [given] = commands_of(text)
    found = runner_of(given)
    assert (found.kind, found.language, found.command.text) == ("go test", "go", command)


@pytest.mark.parametrize(
    ("driver", "text", "command"),
    [
        ("jest", "jest", "jest"),
        ("jest", "npx jest src", "jest src"),
        ("mocha", "mocha", "mocha"),
        ("bun", "bun test", "bun test"),
        ("node", "node --test", "node --test"),
        ("node", "node -r x --test", "node -r x --test"),
        ("node", "node --loader x --no-warnings --test", "node --loader x --no-warnings --test"),
        ("vitest", "node node_modules/.bin/vitest run", "node_modules/.bin/vitest run"),
        ("mocha", "node --x node_modules/mocha/bin/mocha.js", "node_modules/mocha/bin/mocha.js"),
    ],
)
def test_what_runs_tests_of_javascript(driver, text, command):
    [given] = commands_of(text)
    found = runner_of(given)
    assert (found.kind, found.language, found.driver) == ("javascript", "javascript", driver)
    assert found.command.text == command


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("go", ["gotestsum --brand-new x", "go", "go run main.go", "ginkgo -r"]),
        ("java", ["./gradlew test", "gradlew clean build", "gradle", "gradle $TASK", "sbt test", "ant"]),
        ("javascript", ["bun run test", "bun", "node --require x y --test", "node x.js", "nx test"]),
        ("python", ["robot tests", "stestr run", "nox", "trial x"]),
        ("rust", ["cargo nextest x", "cargo nextest", "cargo llvm-cov run", "cargo careful nextest"]),
        (
            None,
            ["python3 -c 'import subprocess'", "python -c 'run()'", "python x.py", "./ruff check",
             "bin/echo", "cargo run", "cargo r", "hatch test", "pdm lock"],
        ),
    ],
)  # fmt: skip
def test_what_may_run_tests_of_which_language(language, texts):
    for text in texts:
        [given] = commands_of(text)
        found = runner_of(given)
        assert (text, found.kind, found.language) == (text, "other", language)


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("go", ["go generate ./...", "go vet", "go mod tidy"]),
        (
            "rust",
            ["cargo", "cargo +nightly", "cargo --version", "cargo b", "cargo c", "cargo d", "cross",
             "cargo nextest archive", "cargo nextest self", "cargo nextest show-config",
             "cargo llvm-cov clean", "cargo llvm-cov show-env", "cargo careful", "cargo hack"],
        ),
        (
            None,
            ["gradle assemble", "gradle :app:assemble --info", "coverage combine", "poetry install",
             "npm ci", "npm install", "hatch fmt", "uv pip install x", "python -c 'print(1)'",
             "python3.12 -c 'x = 1'", "true", "tsc"],
        ),
    ],
)  # fmt: skip
def test_what_runs_no_tests(language, texts):
    for text in texts:
        [given] = commands_of(text)
        found = runner_of(given)
        assert (text, found.kind, found.language) == (text, "nothing", language)


@pytest.mark.parametrize(
    ("text", "kind", "driver", "words"),
    [
        ("cargo t tick", "cargo test", "", ["tick"]),
        ("cargo -Z x --color never test tick", "cargo test", "", ["tick"]),
        ("cargo nextest r tick", "cargo nextest", "", ["tick"]),
        ("cargo llvm-cov", "cargo test", "llvm-cov", []),
        ("cargo llvm-cov t tick", "cargo test", "llvm-cov", ["tick"]),
        ("cargo llvm-cov tick", "cargo test", "llvm-cov", ["tick"]),
        ("cargo llvm-cov nextest run tick", "cargo nextest", "llvm-cov", ["tick"]),
        ("cargo llvm-cov nextest tick", "cargo nextest", "llvm-cov", ["tick"]),
        ("cargo tarpaulin tick", "cargo test", "tarpaulin", ["tick"]),
        ("cargo hack t tick", "cargo test", "hack", ["tick"]),
        ("cross t tick", "cargo test", "cross", ["tick"]),
        ("cross miri test tick", "cargo test", "miri", ["tick"]),
        ("vendor/bin/cargo test tick", "cargo test", "", ["tick"]),
    ],
)
def test_what_drives_the_tests_of_rust(text, kind, driver, words):
    [given] = commands_of(text)
    found = runner_of(given)
    assert (found.kind, found.language, found.driver) == (kind, "rust", driver)
    assert [word.text for word in found.arguments.positionals] == words


@pytest.mark.parametrize(
    ("text", "folder", "sure"),
    [
        ("cargo test", "a", True),
        ("cargo -C b test", "a/b", True),
        ("cargo -C b -C ../c test", "a/c", True),
        ("cargo -C .. build", "", True),
        ("timeout 5 cargo test", "a", True),
        ("timeout --brand-new 5 cargo test", "a", False),
    ],
)
def test_where_it_runs_and_whether_that_is_sure(text, folder, sure):
    [given] = commands_of(text, directory="a")
    found = runner_of(given)
    assert (found.command.directory, found.sure) == (folder, sure)


@pytest.mark.parametrize(
    "word", ["pytest", "py.test", "pytest-3", "bin/pytest", r"C:/b/pytest.exe"]
)
def test_a_program_is_known_by_its_name(word):
    [given] = commands_of(f"{word} tests")
    found = runner_of(given)
    assert (found.kind, found.language) == ("pytest", "python")
    assert [argument.text for argument in found.arguments.positionals] == ["tests"]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("cargo test -- --ignored", True),
        ("make test ARGS=x --include-ignored", True),
        ("cargo nextest run --run-ignored=all", True),
        ("cargo test ignored", False),
    ],
)
def test_asking_for_ignored_tests(text, asks):
    [given] = commands_of(text)
    assert asks_for_ignored(given) is asks
