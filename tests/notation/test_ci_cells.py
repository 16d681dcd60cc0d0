"""CI cells: workflows, jobs, commands, and what is neither."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (
            "ci",
            "`.github/workflows/ci.yml` (job `test`: `cargo test -p x` + `cargo clippy`)",
            [
                "ci .github/workflows/ci.yml job=test $ cargo test -p x",
                "ci .github/workflows/ci.yml job=test $ cargo clippy",
            ],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (job `a`: `x`; job `b`: `y z`)",
            [
                "ci .github/workflows/ci.yml job=a $ x",
                "ci .github/workflows/ci.yml job=b $ y z",
            ],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` job `test`: `cargo test && x; y | z`",
            ["ci .github/workflows/ci.yml job=test $ cargo test && x; y | z"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` → `cargo test`",
            ["ci .github/workflows/ci.yml $ cargo test"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (`test`: `cargo test`)",
            ["ci .github/workflows/ci.yml job=test $ cargo test"],
        ),
        ("ci", "`.github/workflows/ci.yml` (`test`)", ["ci .github/workflows/ci.yml job=~test"]),
        (
            "ci",
            "`.github/workflows/ci.yml` (`test` job)",
            ["ci .github/workflows/ci.yml job=test"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (jobs `a`, `b`)",
            ["ci .github/workflows/ci.yml job=a", "ci .github/workflows/ci.yml job=b"],
        ),
        (
            "ci",
            "`cargo test -p x` (`.github/workflows/ci.yml`, job `test`)",
            ["ci .github/workflows/ci.yml job=test $ cargo test -p x"],
        ),
        (
            "ci",
            "`cargo test` in job `test` of `.github/workflows/ci.yml`",
            ["ci .github/workflows/ci.yml job=test $ cargo test"],
        ),
        ("ci", "`cargo test -p x`", ["ci $ cargo test -p x"]),
        (
            "ci",
            ".github/workflows/ci.yml (job test: cargo test --workspace + cargo clippy)",
            [
                "ci .github/workflows/ci.yml job=test $ cargo test --workspace",
                "ci .github/workflows/ci.yml job=test $ cargo clippy",
            ],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (`pytest`)",
            ["ci .github/workflows/ci.yml $ pytest"],
        ),
        (
            "ci",
            "`tox.ini`, Makefile, `scripts/ci.sh`",
            ["ci tox.ini", "ci Makefile", "ci scripts/ci.sh"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` job `a`: `x`; job `b`: `y`",
            [
                "ci .github/workflows/ci.yml job=a $ x",
                "ci .github/workflows/ci.yml job=b $ y",
            ],
        ),
        (
            "ci",
            "Existing CI proves current limitation: `.github/workflows/ci.yml` (job `test`: `cargo test --workspace --exclude a`)",
            ["ci .github/workflows/ci.yml job=test $ cargo test --workspace --exclude a"],
        ),
        (
            "any",
            "`.github/workflows/ci.yml` (job `test`)\n`tests/test_a.py::test_b`\n`crates/x.rs:12`\n- src/lib.rs",
            [
                "ci .github/workflows/ci.yml job=test",
                "test tests/test_a.py test_b",
                "code crates/x.rs:12",
                "code src/lib.rs",
            ],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (job `test`, step `Run unit tests`: `cargo test`)",
            ["ci .github/workflows/ci.yml job=test $ cargo test"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (job `test`: `Run unit tests`)",
            ["ci .github/workflows/ci.yml job=test"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (job `test` runs `cargo test -p a` and `cargo test -p b`)",
            [
                "ci .github/workflows/ci.yml job=test $ cargo test -p a",
                "ci .github/workflows/ci.yml job=test $ cargo test -p b",
            ],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (`test` job: `cargo test -p a`)",
            ["ci .github/workflows/ci.yml job=test $ cargo test -p a"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (job `test` on `ubuntu-latest` with feature `x`: `cargo test`)",
            ["ci .github/workflows/ci.yml job=test $ cargo test"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (job `test`, not `lint`)",
            ["ci .github/workflows/ci.yml job=test"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (jobs `a` and `b`: `make check`)",
            [
                "ci .github/workflows/ci.yml job=a $ make check",
                "ci .github/workflows/ci.yml job=b $ make check",
            ],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` + `.github/workflows/nightly.yml` (job `x`)",
            ["ci .github/workflows/ci.yml", "ci .github/workflows/nightly.yml job=x"],
        ),
        ("ci", "`.github/workflows/ci.yml:40`", ["ci .github/workflows/ci.yml:40"]),
        (
            "ci",
            "`.github/workflows/ci.yml:test`",
            ["ci .github/workflows/ci.yml job=test"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml#L40-L50` (`cargo test`)",
            ["ci .github/workflows/ci.yml:40-50 $ cargo test"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml::test` (`cargo test`)",
            ["ci .github/workflows/ci.yml job=test $ cargo test"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml`<br>job `test`: `cargo test`<br>job `lint`: `ruff check`",
            [
                "ci .github/workflows/ci.yml",
                "ci .github/workflows/ci.yml job=test $ cargo test",
                "ci .github/workflows/ci.yml job=lint $ ruff check",
            ],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` job `test`, `cargo test -p x`",
            ["ci .github/workflows/ci.yml job=test", "ci $ cargo test -p x"],
        ),
        (
            "ci",
            "Rust: `.github/workflows/ci.yml` (job `rust`: `cargo test`) Python: `.github/workflows/py.yml` (job `py`: `pytest tests`)",
            [
                "ci .github/workflows/ci.yml job=rust $ cargo test",
                "ci .github/workflows/py.yml job=py $ pytest tests",
            ],
        ),
        (
            "ci",
            "[ci.yml](/.github/workflows/ci.yml) (job `test`)",
            ["ci .github/workflows/ci.yml job=test"],
        ),
        (
            "ci",
            "[CI](/.github/workflows/ci.yml#L12)",
            ["ci .github/workflows/ci.yml:12"],
        ),
        ("ci", "`scripts/ci.sh` runs `cargo test`", ["ci scripts/ci.sh $ cargo test"]),
        (
            "ci",
            "`.github/workflows/ci.yml` (job `test` → `./scripts/ci.sh --all`)",
            ["ci .github/workflows/ci.yml job=test $ ./scripts/ci.sh --all"],
        ),
        (
            "ci",
            "`.gitlab-ci.yml` (`unit:test` job)",
            ["ci .gitlab-ci.yml job=unit:test"],
        ),
        ("ci", ".gitlab-ci.yml", ["ci .gitlab-ci.yml"]),
        ("ci", "Jenkinsfile", ["ci Jenkinsfile"]),
        (
            "ci",
            "`.github/workflows/ci.yml` (manual run only)",
            ["ci .github/workflows/ci.yml"],
        ),
        (
            "ci",
            "Missing: job for `x` in `.github/workflows/ci.yml`",
            ["# Missing: job for `x` in `.github/workflows/ci.yml`"],
        ),
        ("ci", "Not run in CI", ["# Not run in CI"]),
        ("ci", "`.github/workflows/ci.yml` job test", ["ci .github/workflows/ci.yml"]),
        (
            "ci",
            "`.github/workflows/ci.yml` (job passes on PRs)",
            ["ci .github/workflows/ci.yml"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (CI job: test-rust)",
            ["ci .github/workflows/ci.yml job=test-rust"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (`unit-tests`: `python -m pytest -q`, `lint`: `ruff check .`)",
            [
                "ci .github/workflows/ci.yml job=unit-tests $ python -m pytest -q",
                "ci .github/workflows/ci.yml job=lint $ ruff check .",
            ],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` job `test` (`cargo test --workspace`)",
            ["ci .github/workflows/ci.yml job=test $ cargo test --workspace"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` – `cargo test --workspace` (job `test`)",
            ["ci .github/workflows/ci.yml job=test $ cargo test --workspace"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (job: `test`; command: `cargo test`)",
            ["ci .github/workflows/ci.yml job=test $ cargo test"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (job `test`): `cargo test -p x`<br>`.github/workflows/ci.yml` (job `test`): `pytest`",
            [
                "ci .github/workflows/ci.yml job=test $ cargo test -p x",
                "ci .github/workflows/ci.yml job=test $ pytest",
            ],
        ),
        (
            "ci",
            "`cargo test -p flow` in `.github/workflows/ci.yml`, `pytest` in `.github/workflows/py.yml`",
            [
                "ci .github/workflows/ci.yml $ cargo test -p flow",
                "ci .github/workflows/py.yml $ pytest",
            ],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` job **test**: `cargo test`",
            ["ci .github/workflows/ci.yml job=test $ cargo test"],
        ),
        (
            "ci",
            "GitHub Actions `.github/workflows/ci.yml` runs `cargo test -p flow` in the `test` job",
            ["ci .github/workflows/ci.yml job=test $ cargo test -p flow"],
        ),
        ("ci", "`make test` via `Makefile`", ["ci Makefile $ make test"]),
        ("ci", "`Makefile` (`make test`)", ["ci Makefile $ make test"]),
        ("ci", "`tox -e py311` (`tox.ini`)", ["ci tox.ini $ tox -e py311"]),
        (
            "code",
            "`.github/workflows/ci.yml` (job `test`: `cargo test`)",
            ["ci .github/workflows/ci.yml job=test $ cargo test"],
        ),
        (
            "test",
            "`.github/workflows/ci.yml` (`cargo test -p x`)",
            ["ci .github/workflows/ci.yml $ cargo test -p x"],
        ),
        ("ci", "`scripts/ci.sh (all)`", ["ci scripts/ci.sh"]),
        (
            "ci",
            "`.github/workflows/ci.yml` (job `test`: `scripts/ci.sh --all`)",
            ["ci .github/workflows/ci.yml job=test $ scripts/ci.sh --all"],
        ),
        (
            "ci",
            "`cargo test -p arco-flow --test x` (`.github/workflows/ci.yml:123`)",
            ["ci .github/workflows/ci.yml:123 $ cargo test -p arco-flow --test x"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml:123` (`cargo xtask parity-matrix-check`)",
            ["ci .github/workflows/ci.yml:123 $ cargo xtask parity-matrix-check"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` job `test` runs `cargo test --workspace` (excludes `arco-flow`)",
            ["ci .github/workflows/ci.yml job=test $ cargo test --workspace"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (job `test` / step `Run tests` / `cargo test`)",
            ["ci .github/workflows/ci.yml job=test $ cargo test"],
        ),
        (
            "ci",
            "CI job `test` in `.github/workflows/ci.yml` runs `cargo test`",
            ["ci .github/workflows/ci.yml job=test $ cargo test"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (job `Test (ubuntu-latest)`)",
            ["ci .github/workflows/ci.yml job=Test (ubuntu-latest)"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (`build-and-test` → `cargo test`)",
            ["ci .github/workflows/ci.yml job=build-and-test $ cargo test"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (name: `CI`; job `test`)",
            ["ci .github/workflows/ci.yml job=test"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (`on: push`: `cargo test`)",
            ["ci .github/workflows/ci.yml $ cargo test"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (`ubuntu-latest`: `cargo test`)",
            ["ci .github/workflows/ci.yml $ cargo test"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (matrix `py311`: `pytest`)",
            ["ci .github/workflows/ci.yml $ pytest"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (`pull_request`: `cargo test`)",
            ["ci .github/workflows/ci.yml $ cargo test"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (job `test`) — `cargo test -p flow -- --skip slow`",
            ["ci .github/workflows/ci.yml job=test $ cargo test -p flow -- --skip slow"],
        ),
        (
            "ci",
            "Job `test` (`.github/workflows/ci.yml`): `cargo test`",
            ["ci .github/workflows/ci.yml job=test $ cargo test"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml`: job `test`, command `cargo test`",
            [
                "ci .github/workflows/ci.yml job=test",
                "ci .github/workflows/ci.yml job=test $ cargo test",
            ],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` / `test` / `cargo test`",
            ["ci .github/workflows/ci.yml $ cargo test"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` > `test` > `cargo test`",
            ["ci .github/workflows/ci.yml job=test $ cargo test"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (job `test` does not run `cargo test`)",
            ["ci .github/workflows/ci.yml job=test"],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (job `test`: `cargo test` without `--all-features`)",
            ["ci .github/workflows/ci.yml job=test $ cargo test"],
        ),
        (
            "ci",
            '`.github/workflows/ci.yml` (job `test`, `RUSTFLAGS="-D warnings" cargo test`)',
            ['ci .github/workflows/ci.yml job=test $ RUSTFLAGS="-D warnings" cargo test'],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml` (job `test`: `cargo test \\| tee log`)",
            ["ci .github/workflows/ci.yml job=test $ cargo test | tee log"],
        ),
        (
            "any",
            "- `tests/a.py::test_b`\n- `.github/workflows/ci.yml`\n- job `x`",
            [
                "test tests/a.py test_b",
                "ci .github/workflows/ci.yml",
                "ci .github/workflows/ci.yml job=x",
            ],
        ),
        (
            "ci",
            "`.github/workflows/ci.yml`, job `test`, runs `cargo test`",
            [
                "ci .github/workflows/ci.yml",
                "ci .github/workflows/ci.yml job=test",
                "ci .github/workflows/ci.yml job=test $ cargo test",
            ],
        ),
    ],
)
def test_cell_is_read(read, kind, text, expected):
    assert read(text, kind) == expected
