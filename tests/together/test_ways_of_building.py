"""Builds that others start: versions from exported trees, and a build after each change."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess

import pytest
import sphinx

pytestmark = pytest.mark.whole

_CONF_MORE = """
html_theme = "basic"
smv_tag_whitelist = r"^v\\d+$"
smv_branch_whitelist = r"^main$"
smv_remote_whitelist = None
smv_latest_version = "main"
"""
_OURS = ["myst_parser", "sphinx_arco_parity"]
_GONE = "crates/arco-flow-core/src/extra.rs"
_PAGE = "docs/guides/extra.md"
_ROW = f"""---
orphan: true
---
# Extra

```{{parity-row}} extra
:capability: Extra
:status: Partial
:code: `{_GONE}:1` (`extra`)
```
"""
_MATRIX = "docs/parity/dagster-parity-matrix.md"


def _installed(module):
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{module} is not installed: `tox -e together` does it")


@pytest.fixture
def released(site):
    """Give a site with a version ``v1``, after which a row and its code are deleted."""
    made = site()
    made.configure(_OURS, _CONF_MORE)
    made.write({_GONE: "pub fn extra() {}\n", _PAGE: _ROW})
    made.track("init", "-q", "-b", "main")
    _commit(made, "one")
    made.track("tag", "v1")
    for name in (_GONE, _PAGE):
        (made.root / name).unlink()
    _commit(made, "two")
    return made


def _commit(made, message):
    made.track("add", "-A", "-f")
    made.track("commit", "-q", "-m", message)


def _export(made, revision, target):
    """Export as sphinx-multiversion does: an archive, without `.git`."""
    target.mkdir(parents=True)
    done = subprocess.run(
        ["git", "archive", revision], cwd=made.root, capture_output=True, check=True
    )
    subprocess.run(["tar", "x"], cwd=target, input=done.stdout, check=True)


@pytest.mark.skipif(shutil.which("tar") is None, reason="needs tar")
@pytest.mark.parametrize("option", ['parity_repository = ".."', ""], ids=["set", "found"])
def test_an_exported_version_is_judged_by_its_own_files(released, tmp_path, option, monkeypatch):
    conf = released.docs / "conf.py"
    text = conf.read_text(encoding="utf-8")
    assert 'parity_repository = ".."' in text
    conf.write_text(text.replace('parity_repository = ".."', option), encoding="utf-8")
    _export(released, "v1", tmp_path / "v1")
    _export(released, "main", tmp_path / "main")
    counts = []
    for name in ("v1", "main"):
        exported = tmp_path / name / "docs"
        monkeypatch.setitem(released.environment, "SPHINX_MULTIVERSION_CONFDIR", str(exported))
        out = tmp_path / f"{name}-out"
        done = released.run(
            *("-m", "sphinx", "-q", "-b", "parity", "-c", str(released.docs)),
            *(str(exported), str(out)),
            cwd=tmp_path / name,
        )
        assert (done.returncode, done.stderr) == (0, "")
        report = (out / "parity.json").read_text(encoding="utf-8")
        assert str(tmp_path) not in report
        assert '"path": "docs/parity/dagster-parity-matrix.md"' in report
        counts.append(report.count(_GONE))
    assert counts[0] > 0 == counts[1]


@pytest.mark.skipif(shutil.which("tar") is None, reason="needs tar")
def test_a_lock_is_that_of_the_version(released, tmp_path, monkeypatch):
    """What has changed since a version is no review that the version owes."""
    done = released.run(
        "-m", "sphinx_arco_parity", "review", "--all", "--by", "n", str(released.docs)
    )
    assert done.returncode == 0, done.stderr
    _commit(released, "reviewed")
    released.track("tag", "v2")
    _export(released, "v2", tmp_path / "v2")
    matrix = (released.root / _MATRIX).read_text(encoding="utf-8")
    released.write({_MATRIX: matrix.replace("| Planned |", "| Designed |", 1)})
    assert (released.root / _MATRIX).read_text(encoding="utf-8") != matrix
    assert "review-due" in str(released.build("parity").log)
    done = released.run(
        "-m", "sphinx_arco_parity", "review", "--all", "--by", "n", str(released.docs)
    )
    assert done.returncode == 0, done.stderr
    exported = tmp_path / "v2" / "docs"
    monkeypatch.setitem(released.environment, "SPHINX_MULTIVERSION_CONFDIR", str(exported))
    done = released.run(
        *("-m", "sphinx", "-q", "-b", "dummy", "-c", str(released.docs)),
        *(str(exported), str(tmp_path / "out")),
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.long
def test_sphinx_multiversion_itself(released, tmp_path):
    _installed("sphinx_multiversion")
    if sphinx.version_info >= (9,):
        pytest.skip("sphinx-multiversion 0.2.4 does not start with Sphinx 9")
    listed = ["sphinx_multiversion", *_OURS]
    conf = released.docs / "conf.py"
    text = conf.read_text(encoding="utf-8")
    conf.write_text(text.replace(str(_OURS), str(listed)), encoding="utf-8")
    _commit(released, "versions")
    done = released.run("-m", "sphinx_multiversion", "docs", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    assert "parity." not in done.stderr
    pages = [tmp_path / "out" / name / "guides/extra.html" for name in ("v1", "main")]
    assert [page.exists() for page in pages] == [True, False]
    assert "extra.rs" in pages[0].read_text(encoding="utf-8")


def _watched(made):
    """Return when each file outside the output has changed."""
    return {
        path.relative_to(made.root).as_posix(): path.stat().st_mtime_ns
        for path in made.root.rglob("*")
        if path.is_file()
        and not path.is_relative_to(made.docs / "_build")
        and ".git" not in path.parts
    }


_BUILD = """
import sys
from pathlib import Path
from sphinx_autobuild.build import Builder
changed = [Path(one) for one in sys.argv[2:]]
build = Builder(sys.argv[1].split("|"), url_host="127.0.0.1:0",
                pre_build_commands=[], post_build_commands=[])
build(changed_paths=changed)
"""


@pytest.mark.parametrize(
    "way", ["plainly", pytest.param("sphinx_autobuild", marks=pytest.mark.long)]
)
def test_a_build_after_each_change(site, way):
    """Nothing is written where changes are watched, and what changed is built."""
    made = site(faulty=True)
    made.configure(_OURS)
    made.track()
    out = made.docs / "_build" / "html"
    arguments = ["-q", "-b", "html", str(made.docs), str(out)]
    command = ["-m", "sphinx", "build", *arguments]
    if way != "plainly":
        _installed(way)
        command = ["-c", _BUILD, "|".join(arguments)]
    before = _watched(made)
    first = made.run(*command)
    page = out / "guides" / "faults.html"
    others = {p: p.stat().st_mtime_ns for p in out.rglob("*.html") if p != page}
    assert "no_such_test" in first.stderr
    again = made.run(*command)
    assert _watched(made) == before
    assert again.stderr == first.stderr
    made.write({"docs/guides/faults.md": "# Mended\n\n{exception}`EX-01`\n"})
    mended = made.run(*command, *([str(page)] if way != "plainly" else []))
    assert "Mended" in page.read_text(encoding="utf-8")
    assert "parity." not in mended.stderr
    shown = [p.stem for p, at in others.items() if p.stat().st_mtime_ns != at]
    assert "arco-flow-exception-planning" in shown  # shows who cites
    assert "schedules" not in shown
