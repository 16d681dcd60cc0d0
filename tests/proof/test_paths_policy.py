"""The policy, and whether a path is there: the bad case beside its silent twin."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sphinx_arco_parity.model.records import Evidence, Verdict
from sphinx_arco_parity.proof import Prover
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.settings.options import Settings

if TYPE_CHECKING:
    from pathlib import Path

SEED = Settings(
    evidence={
        "adr": ["docs/adr/**"],
        "code": ["crates/**", "python/**"],
        "tests": ["crates/**", "python/**"],
        "ci": [".github/workflows/ci.yml"],
        "background": ["docs/plans/**"],
    }
)
FILES = (
    "crates/flow/src/lib.rs",
    "crates/flow/src/[id].rs",
    "crates/flow/tests/ticks.rs",
    "python/arco/__init__.py",
    "docs/adr/024-schedules.md",
    "docs/plans/next.md",
    "docs/guide.md",
    "tools/run.sh",
)


def git(folder: Path, *arguments: str) -> None:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    me = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *me, *arguments], cwd=folder, env=clean, check=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    for path in FILES:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("fn tick() {}\n")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "x")
    return folder


def judge(root: Path, path: str, kind: str = "code", settings: Settings = SEED) -> Verdict:
    evidence = settings.with_kinds([Evidence(kind=kind, text=path, path=path)])
    (said,) = Prover(Repository.open(root), settings).prove(evidence)
    return said


@pytest.mark.parametrize(
    "path",
    [
        "crates/flow/src/lib.rs", "./crates/flow/src/lib.rs", "crates/flow/src", "crates",
        "crates/", "python/arco/", "crates/*/src/*.rs", "crates/**", "crates/flow/src/[id].rs",
        "crates/flow/{src,tests}", "crates/flow/{src/lib,tests/ticks}.rs", "{crates,python}/**",
    ],
)  # fmt: skip
def test_what_is_there_is_verified(root: Path, path: str) -> None:
    said = judge(root, path)
    assert (said.name, said.rule) == ("verified", None)
    assert path.removeprefix("./") in said.detail


@pytest.mark.parametrize(
    "path", ["docs/plans/next.md", "docs/plans", "docs/plans/", "docs/plans/*.md", "docs/plans/none.md"]
)  # fmt: skip
@pytest.mark.parametrize("kind", ["code", "test", "ci"])
def test_background_is_no_proof(root: Path, path: str, kind: str) -> None:
    said = judge(root, path, kind)
    assert said.rule == "evidence-background"
    assert said.name == "unknown"
    assert said.detail == f"{path} is background material, which is not proof"
    assert said.help == "cite the code, the test or the CI job that proves it"


@pytest.mark.parametrize(
    ("path", "kind", "globs"),
    [
        ("docs/guide.md", "code", "code: `crates/**`, `python/**`"),
        ("tools/run.sh", "test", "tests: `crates/**`, `python/**`"),
        ("tools", "code", "code: `crates/**`, `python/**`"),
        ("tools/*.sh", "code", "code: `crates/**`, `python/**`"),
        ("tools/none.sh", "code", "code: `crates/**`, `python/**`"),
        (
            ".github/workflows/cd.yml",
            "ci",
            "ci: `.github/workflows/ci.yml`",
        ),
    ],
)
def test_paths_that_the_policy_does_not_have(root: Path, path: str, kind: str, globs: str) -> None:
    said = judge(root, path, kind)
    assert said.rule == "evidence-not-canonical"
    assert said.detail == f"{path} is not among what counts as evidence for {globs}"


def test_the_default_policy_takes_folders_away(root: Path) -> None:
    for path in ("docs/guide.md", "docs", "docs/", "./docs/guide.md"):
        assert judge(root, path, settings=Settings()).rule == "evidence-not-canonical", path
    for path in ("tools/run.sh", "tools", ".", "crates/flow"):
        assert judge(root, path, settings=Settings()).rule is None, path


def test_a_folder_counts_if_something_below_is_proof(root: Path) -> None:
    settings = Settings(evidence={**SEED.evidence, "code": ["crates/**/*.rs"]})
    assert judge(root, "crates/flow/src/", settings=settings).name == "verified"
    assert judge(root, "python/", settings=settings).rule == "evidence-not-canonical"


@pytest.mark.parametrize("kind", ["code", "test", "ci", "adr"])
def test_a_path_of_the_adr_globs_is_an_adr_in_any_column(root: Path, kind: str) -> None:
    path = "docs/adr/024-schedules.md"
    evidence = Evidence(kind=kind, text=path, path=path)
    dotted = replace(evidence, path=f"./{path}")
    assert [e.kind for e in SEED.with_kinds([evidence, dotted])] == ["adr", "adr"]
    assert judge(root, path, kind).name == "verified"
    assert judge(root, "docs/adr/025-none.md", kind).rule == "evidence-not-found"
    other = replace(evidence, path="docs/guide.md")
    assert SEED.with_kinds([other]) == (other,)


@pytest.mark.parametrize(
    ("path", "detail", "help_"),
    [
        (
            "crates/flow/lib.rs",
            "crates/flow/lib.rs is not in the repository; did you mean crates/flow/src/lib.rs?",
            "cite crates/flow/src/lib.rs, or what proves it now",
        ),
        ("crates/zz/qq.toml", "crates/zz/qq.toml is not in the repository", "cite what proves it now"),
        (
            "crates/Flow/src/Lib.rs",
            "crates/Flow/src/Lib.rs is spelt crates/flow/src/lib.rs in the repository",
            "write crates/flow/src/lib.rs",
        ),
        (
            "../crates/flow/src/lib.rs",
            "../crates/flow/src/lib.rs leads out of the repository; did you mean crates/flow/src/lib.rs?",
            "write the path from the root of the repository",
        ),
        ("/etc/passwd", "/etc/passwd leads out of the repository", "write the path from the root of the repository"),
        ("crates/*/none.rs", "no tracked file matches crates/*/none.rs", "correct the pattern, or cite the file itself"),
        (
            "crates/flow/src/{lib,none}.rs",
            "crates/flow/src/none.rs is not in the repository",
            "cite what proves it now",
        ),
    ],
)  # fmt: skip
def test_paths_that_are_not_there(root: Path, path: str, detail: str, help_: str) -> None:
    said = judge(root, path)
    assert (said.name, said.rule) == ("not-found", "evidence-not-found")
    assert said.detail == detail
    assert said.help == help_


def test_untracked_deleted_and_linked_files_say_what_to_do(root: Path) -> None:
    (root / "crates/new.rs").write_text("")
    said = judge(root, "crates/new.rs")
    assert said.rule == "evidence-not-found"
    assert said.detail == "crates/new.rs is not tracked by git"
    assert said.help == "`git add crates/new.rs`, or correct the path"
    git(root, "add", "crates/new.rs")
    assert judge(root, "crates/new.rs").name == "verified"
    (root / "crates/new.rs").unlink()
    assert judge(root, "crates/new.rs").detail == (
        "crates/new.rs is tracked, but is not in the work tree"
    )
    (root.parent / "secret").write_text("")
    (root / "crates/link.rs").symlink_to(root.parent / "secret")
    (root / "crates/good.rs").symlink_to("flow/src/lib.rs")
    git(root, "add", "-A")
    assert judge(root, "crates/link.rs").rule == "evidence-not-found"
    assert "leads out of the repository" in judge(root, "crates/link.rs").detail
    assert judge(root, "crates/good.rs").name == "verified"


def test_a_repository_that_git_cannot_read_makes_everything_unknown(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert judge(root, "crates/none.rs").rule == "evidence-not-found"
    monkeypatch.setenv("PATH", str(tmp_path))
    for path in ("crates/none.rs", "crates/flow/src/lib.rs"):
        said = judge(root, path)
        assert (said.name, said.rule) == ("unknown", None)
        assert "the repository cannot be read" in said.detail


def test_a_submodule_that_is_not_checked_out_is_unknown(root: Path, tmp_path: Path) -> None:
    allow = ("-c", "protocol.file.allow=always")
    git(root, *allow, "submodule", "--quiet", "add", str(root), "crates/dep")
    git(root, "commit", "-q", "-m", "x")
    git(tmp_path, "clone", "-q", str(root), "clone")
    clone = tmp_path / "clone"
    said = judge(clone, "crates/dep/crates/flow/src/lib.rs")
    assert (said.name, said.rule) == ("unknown", None)
    assert "in the submodule crates/dep, which is not checked out" in said.detail
    assert judge(clone, "crates/depot").rule == "evidence-not-found"


def test_evidence_without_a_path_is_unknown(root: Path) -> None:
    assert judge(root, "").name == "unknown"


def test_a_folder_or_a_glob_is_not_looked_into(root: Path) -> None:
    for path in ("crates/flow/", "crates/**/*.rs"):
        evidence = Evidence(kind="code", text="", path=path, symbol="tick", line=3)
        (said,) = Prover(Repository.open(root), SEED).prove([evidence])
        assert (said.name, said.rule) == ("unknown", None)
