"""Nothing outside the repository is read, and nothing that a repository says is run."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

_SECRET = "SECRET-OF-ANOTHER-FOLDER"
_CI = ".github/workflows/ci.yml"
_WORKFLOW = "on: push\njobs:\n  t:\n    steps:\n      - run: pytest\n"


@pytest.fixture
def decoy(project):
    """Make a repository with a folder beside it that nobody may open."""

    def make(files, conf=None):
        made = project(files, conf)
        outside = made.root.parent / "decoy"
        outside.mkdir()
        text = {
            "secret.txt": _SECRET,
            "secret.py": f"def f(): '{_SECRET}'\n",
            "ci.yml": _WORKFLOW.replace("pytest", _SECRET),
            "0009-secret.md": f"# 9. {_SECRET}\n\n## Status\n\nAccepted\n",
            "a.csv": f"id,capability,decision,type\nEX-77,{_SECRET},x,Permanent\n",
            "a.yaml": f"- {{id: EX-78, capability: {_SECRET}}}\n",
            "parity.json": json.dumps(
                {"schema_version": 2, "product": _SECRET}
                | {name: [] for name in ("exceptions", "rows", "claims", "adrs", "findings")}
            ),
        }  # fmt: skip
        for name, content in text.items():
            (outside / name).write_text(content)
        return made, outside

    return make


def _built(made, outside, watched, builder="html"):
    with watched() as seen:
        built = made.build(builder)
    assert seen.opened  # the watch works
    assert seen.below(outside) == []
    for path in built.out.rglob("*"):
        if path.is_file():
            assert _SECRET.encode() not in path.read_bytes(), path
    assert _SECRET not in "\n".join(built.log)
    return built, seen


def _row(code: str) -> str:
    return f".. parity-row:: r\n   :capability: x\n   :status: Partial\n   :code: {code}\n"


@pytest.mark.parametrize("git", [False, True])
def test_evidence_does_not_lead_out(decoy, watched, git):
    made, outside = decoy({"src/a.py": "def f(): ...\n", _CI: _WORKFLOW})
    cited = [
        "../decoy/secret.py:1",
        "src/../../decoy/secret.py",
        f"{outside}/secret.py",
        "linked.py:1",
        "folder/secret.py:1",
        "folder/*.py",
        "../*/secret.*",
        "~/secret.py",
        "file:///etc/passwd",
    ]
    (made.root / "linked.py").symlink_to(outside / "secret.py")
    (made.root / "folder").symlink_to(outside)
    ci = made.root / ".github/workflows/linked.yml"
    ci.symlink_to(outside / "ci.yml")
    (made.root / "docs/adr").mkdir()
    (made.root / "docs/adr/0009-secret.md").symlink_to(outside / "0009-secret.md")
    rows = "\n".join(
        _row(f"``{path}`` (``f``)").replace(":: r", f":: r{n}") for n, path in enumerate(cited)
    )
    rows += f"\n{_row('-')}   :ci: ``{ci.relative_to(made.root)}`` (job ``t``: ``x``)\n"
    made.write({"docs/page.rst": f"P\n=\n\n{rows}\n:adr:`9`\n"})
    made.configure({"exclude_patterns": ["adr/**"]})
    if git:
        made.git("init", "-q")
        made.git("add", "-A", ".")
    built, _ = _built(made, outside, watched)
    verdicts = {
        evidence["path"]: evidence["verdict"]
        for row in built.data["rows"]
        for evidence in row["evidence"]
    }
    assert "verified" not in verdicts.values(), verdicts


@pytest.mark.parametrize("how", ["file", "link"])
def test_files_that_pages_name_do_not_lead_out(decoy, watched, how):
    names = ("a.csv", "a.yaml", "parity.json")
    made, outside = decoy({})
    for name in names:
        (made.root / "docs" / name).symlink_to(outside / name)
    above = "../../decoy/" if how == "file" else ""
    page = (
        f"P\n=\n\n.. parity-exceptions::\n   :file: {above}a.csv\n\n"
        f".. parity-matrix::\n   :file: {above}a.yaml\n\n"
        f".. parity-table:: exceptions\n   :from: {above}parity.json\n"
    )
    made.write({"docs/page.rst": page})
    built, _ = _built(made, outside, watched)
    said = [line for line in built.log if "leads out of the repository" in line]
    assert len(said) == 3, built.log


@pytest.mark.parametrize("name", ["parity.lock.json", "parity.history.json", "baseline.json"])
@pytest.mark.parametrize("target", ["../../decoy/secret.txt", "/dev/zero"])
def test_files_of_the_project_do_not_lead_out(decoy, watched, name, target):
    """A link in git may lead to private files, or to a device that never ends."""
    conf = {"parity_baseline": name} if name == "baseline.json" else {}
    made, outside = decoy({}, conf)
    (made.root / "docs" / name).symlink_to(target)
    built, _ = _built(made, outside, watched, "parity")
    assert built.status == 1
    assert any("leads out of the repository" in line for line in built.log), built.log
    assert built.rules == {"unreadable-file"}


def test_files_of_the_project_may_be_links_that_stay_inside(project):
    made = project({"reviews/lock.json": "{}"})
    (made.root / "docs/parity.lock.json").symlink_to("../reviews/lock.json")
    log = "\n".join(made.build().log)
    assert "leads out" not in log
    assert "schema_version" in log


def test_prose_files_do_not_lead_out(decoy, watched):
    made, outside = decoy({"a.md": "Flow matches Dagster.\n"})
    (made.root / "README.md").symlink_to(outside / "secret.txt")
    globs = ["*.md", "../decoy/*", "docs/../../decoy/*"]
    made.configure(
        {
            "parity_prose": True,
            "parity_prose_files": globs,
            "parity_reference": "Dagster",
        }
    )
    built, _ = _built(made, outside, watched, "parity")
    assert "prose-claim" in built.rules


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docs/a.yaml", "- !!python/object/apply:os.system ['touch {mark}']\n"),
        ("docs/a.yaml", "- {{id: !!python/object/new:os.system [touch {mark}]}}\n"),
        (_CI, "on: !!python/object/apply:os.system ['touch {mark}']\njobs: {{}}\n"),
        (_CI, "on: push\njobs: {{t: {{steps: [{{run: 'touch {mark}'}}]}}}}\n"),
        ("docs/adr/001-a.md", "---\nstatus: !!python/name:os.system\n---\n# 1. A\n"),
        ("conftest.py", "open({mark!r}, 'w')\n"),
        ("src/a.py", "open({mark!r}, 'w')\ndef f(): ...\n"),
        ("setup.py", "open({mark!r}, 'w')\n"),
        ("build.rs", "fn main() {{ std::process::Command::new({mark:?}) }}\n"),
    ],
)
def test_nothing_that_a_file_says_is_run(project, watched, tmp_path, path, text):
    mark = tmp_path / "it-was-run"
    page = _row("``src/a.py:1`` (``f``)") + (
        f"   :tests: ``src/a.py`` (``test_f``)\n   :ci: ``{_CI}`` (job ``t``: ``pytest``)\n\n"
        ".. parity-exceptions::\n   :file: a.yaml\n"
    )
    content = text.replace("{mark!r}", repr(str(mark))).replace("{mark:?}", f'"{mark}"')
    content = content.replace("{mark}", str(mark)).replace("{{", "{").replace("}}", "}")
    base = {"src/a.py": "def f(): ...\n", _CI: _WORKFLOW, "docs/a.yaml": "[]\n"}
    made = project({**base, path: content, "docs/page.rst": f"P\n=\n\n{page}"})
    with watched() as seen:
        made.build()
    assert not mark.exists()
    assert seen.started == []


def test_only_git_is_started_and_the_repository_cannot_make_it_run(project, watched, tmp_path):
    """Hooks, monitors, filters, drivers and pagers of the checked repository stay off."""
    mark = tmp_path / "it-was-run"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {mark}\n")
    script.chmod(0o755)
    made = project({"src/a.py": "def f(): ...\n", ".gitattributes": "* filter=x diff=x\n"})
    made.write({"docs/page.rst": "P\n=\n\n" + _row("``src/a.py:1`` (``f``)")})
    made.git("init", "-q")
    made.git("add", "-A", ".")
    made.git("commit", "-q", "-m", "x")
    for name in (
        *("core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "alias.ls-files"),
        *("filter.x.clean", "filter.x.smudge", "diff.x.textconv", "diff.external"),
        *("credential.helper", "core.askPass", "pager.rev-parse", "uploadpack.packObjectsHook"),
    ):  # fmt: skip
        made.git("config", name, str(script))
    hooks = made.root / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-index-change", "pre-auto-gc", "post-checkout"):
        (hooks / hook).write_text(script.read_text())
        (hooks / hook).chmod(0o755)
    (made.root / "src/a.py").write_text("def f():\n    pass\n")
    with watched() as seen:
        built = made.build()
    assert not mark.exists()
    assert built.status == 0, built.log
    assert {Path(command[0]).name for command in seen.started} == {"git"}
    for command in seen.started:
        assert "core.fsmonitor=false" in command
        assert f"core.hooksPath={os.devnull}" in command


@pytest.mark.parametrize(
    "name", ["--help", "-rf", "--exec=touch x", ":(glob)x", ":!x", "a\nb", "$(touch x)"]
)
def test_names_are_no_arguments(project, watched, name):
    """Paths of pages and files never reach a command line but after what ends options."""
    made = project({name: "x\n", f"src/{name}": "x\n"})
    flat = " ".join(name.split())
    made.write({"docs/page.rst": f"P\n=\n\n{_row(f'``src/{flat}``, ``{flat}:1``')}"})
    made.git("init", "-q")
    made.git("add", "-A", ".")
    with watched() as seen:
        built = made.build()
    assert built.status in {0, 1}
    assert seen.started
    assert not [command for command in seen.started if name in command or flat in command]
    if flat == name and name[0] == "-" and " " not in name:
        [row] = built.data["rows"]
        assert f"src/{name}" in {one["path"] for one in row["evidence"]}
