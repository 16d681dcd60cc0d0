"""The diagnostics of a file are the findings of `check` for it, also after changes."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from sphinx_arco_parity.cli.console import Console
from sphinx_arco_parity.cli.running import loaded
from sphinx_arco_parity.editor.project import CHECK, Again, Question
from sphinx_arco_parity.editor.worker import Project

from .conftest import MARKUPS, commit, git, kept_loaded, told, write

pytestmark = pytest.mark.filterwarnings("ignore:'sphinx.environment.BuildEnvironment.app'")

TESTS = Path(__file__).parents[1]
EXAMPLE = TESTS.parent / "examples" / "arco-flow"
HELD_OUT = TESTS / "held_out" / "repositories"
PLAIN = {name.removeprefix("docs/"): text for name, text in MARKUPS["md"].items()}
del PLAIN["conf.py"], PLAIN["index.md"]
TOML = 'tables.matrix = ["matrix.md"]\ntables.exceptions = ["exceptions.md"]\n'


@pytest.fixture
def root(request, tmp_path):
    files, name = request.param, tmp_path / "project"
    if isinstance(files, Path):
        shutil.copytree(files, name, ignore=shutil.ignore_patterns("_build"))
    else:
        write(name, files)
    commit(name)
    return name


ROOTS = [
    pytest.param(HELD_OUT / "directives", "docs", id="directives"),
    pytest.param(HELD_OUT / "included-matrix", "site", id="included"),
    pytest.param(HELD_OUT / "clean", "docs", id="clean"),
    pytest.param(EXAMPLE, "docs", id="example"),
    pytest.param(MARKUPS["md"], "docs", id="md"),
    pytest.param(MARKUPS["rst"], "docs", id="rst"),
    pytest.param(PLAIN, ".", id="unconfigured"),
    pytest.param({**PLAIN, "arco-parity.toml": TOML}, ".", id="toml"),
    pytest.param({**PLAIN, "odd.md": "# Parity\n\n| a | Status"}, ".", id="half"),
]


@pytest.fixture
def check(monkeypatch, tmp_path):
    """Return path to the findings of `check`, loaded for it alone."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    console = Console(out=io.StringIO(), err=sys.stderr)

    def run_anew(docs):
        with (
            TemporaryDirectory(dir=tmp_path) as work,
            loaded(docs, Path(work), console, quiet=True) as documentation,
        ):
            seen = documentation.judge()
        found = {}
        for finding in seen.assessment.findings:
            text = "\n".join(filter(None, (finding.message, finding.help)))
            place = str(seen.project.root / finding.place.path)
            found.setdefault(place, []).append((finding.rule, str(finding.severity), text))
        return {path: sorted(several) for path, several in found.items()}

    return run_anew


_LEVELS = {1: "error", 2: "warning", 3: "info"}


def published(project):
    """Return path to diagnostics, as `check` says them."""
    answer = project.answer(Question(method=CHECK, encoding="utf-16"))
    return {
        path: sorted((d.code, _LEVELS[d.severity], d.message) for d in several)
        for path, several in told(project, answer).items()
    }


@pytest.mark.parametrize(("root", "docs"), ROOTS, indirect=["root"])
def test_diagnostics_are_the_findings_of_check(root, docs, check, tmp_path):
    with kept_loaded(root / docs, tmp_path / "work") as warm:
        project = Project(warm)
        assert published(project) == check(root / docs)


@pytest.mark.parametrize(
    ("root", "docs"),
    [ROOTS[0], ROOTS[1], *ROOTS[4:6], ROOTS[7]],
    indirect=["root"],
)
def test_they_still_are_after_changes_that_the_editor_did_not_make(root, docs, check, tmp_path):
    with kept_loaded(root / docs, tmp_path / "work") as warm:
        project = Project(warm)
        before = published(project)
        pages = [p for p in sorted(root.rglob("*")) if p.suffix in {".md", ".rst"}]
        for number, page in enumerate(pages):
            page.write_text(f"{page.read_text()}\nAs in the reference {number}.\n")
            if number % 3 == 0:
                assert published(project) == check(root / docs)
        sources = [p for p in sorted(root.rglob("*")) if p.suffix in {".py", ".rs", ".yml"}]
        sources = [path for path in sources if path.name != "conf.py"]
        for source in sources[:2]:
            source.write_text("\n" * 60)
            assert published(project) == check(root / docs)
        for source in sources[-2:]:
            source.unlink()
        git(root, "rm", "-q", "--cached", "--ignore-unmatch", *map(str, sources[:1]))
        after = published(project)
        assert after == check(root / docs)
        assert after != before or not sources


@pytest.mark.parametrize("root", [MARKUPS["md"]], indirect=True)
def test_pages_come_and_go(root, check, tmp_path):
    with kept_loaded(root / "docs", tmp_path / "work") as warm:
        project = Project(warm)
        published(project)
        new = root / "docs" / "new.md"
        new.write_text("# New\n\nSee {exception}`EX-99`.\n")
        assert any(rule == "unknown-exception" for rule, *_ in published(project)[str(new)])
        assert published(project) == check(root / "docs")
        new.unlink()
        (root / "docs" / "exceptions.md").unlink()
        assert published(project) == check(root / "docs")
        assert str(new) not in published(project)


@pytest.mark.parametrize(
    ("root", "docs", "name"),
    [(MARKUPS["md"], "docs", "docs/conf.py"), (PLAIN, ".", "matrix.md"),
     (PLAIN, ".", "arco-parity.toml")],
    indirect=["root"],
)  # fmt: skip
def test_a_change_of_the_configuration_asks_for_a_new_worker(root, docs, name, tmp_path):
    with kept_loaded(root / docs, tmp_path / "work") as warm:
        project = Project(warm)
        published(project)
        path = root / name
        old = path.read_text() if path.exists() else TOML
        path.write_text(old.replace("Done", "Completed"))
        if "conf" in name:
            path.write_text(f"{old}\n")
        assert isinstance(project.answer(Question(method=CHECK, encoding="utf-16")), Again)


@pytest.mark.parametrize("root", [MARKUPS["md"]], indirect=True)
def test_nothing_is_judged_again_while_nothing_changes(root, tmp_path):
    with kept_loaded(root / "docs", tmp_path / "work") as warm:
        seen = warm.judge({})
        assert warm.judge({}) is seen
        (root / "src" / "flow.py").write_text("def tick(): ...\n")
        assert warm.judge({}) is not seen
