from __future__ import annotations

import pytest

from sphinx_arco_parity.repository.selection import runner_of
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
