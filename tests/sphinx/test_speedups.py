"""Without ``parity_speedups`` the output is the same; the collector is given back."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.whole

_EXAMPLE = Path(__file__).parents[2] / "examples" / "arco-flow" / "docs"


def _matrix(number: int) -> str:
    rows = "\n".join(
        f'| R-{i} | Thing "{i}" ... | Partial | `src/a.py:{i + 1}` (`f{i}`) | *x* EX-{i % 9} |'
        for i in range(number)
    )
    return (
        "# Matrix\n\n| ID | Capability | Status | Code | Exceptions |\n|---|---|---|---|---|\n"
        f"{rows}\n\n{{exception}}`EX-1`, {{parity-row}}`R-2`.\n\n"
        "```{parity-table} exceptions\n```\n\n```{parity-summary}\n```\n"
    )


def _register() -> str:
    rows = "\n".join(f"| EX-{i} | c{i} | d | Permanent |" for i in range(9))
    return f"# R\n\n| ID | Capability | Decision | Type |\n|---|---|---|---|\n{rows}\n"


def _written(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {".buildinfo", "environment.pickle"}
    }


@pytest.mark.parametrize("builder", ["html", "text", "latex"])
def test_the_output_is_the_same(project, builder, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    code = "\n".join(f"def f{i}(): pass" for i in range(0, 300, 2))
    made = project(
        {"register.md": _register(), "matrix.md": _matrix(300), "/src/a.py": code},
        {
            "smartquotes": True,
            "parity_tables": {"exceptions": ["register"], "matrix": ["matrix"]},
        },
    )
    fast = made.build(builder, "-E", out="fast")
    slow = made.build(builder, "-E", "-D", "parity_speedups=0", out="slow")
    assert fast.lines == slow.lines
    assert len(fast.lines) > 100
    assert _written(fast.out) == _written(slow.out)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("builder", ["html", "text", "latex"])
def test_the_example_is_the_same(tmp_path, builder, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name, speedups in (("fast", True), ("slow", False)):
        with docutils_namespace():
            app = Sphinx(
                _EXAMPLE,
                _EXAMPLE,
                tmp_path / name,
                tmp_path / f"{name}-trees",
                builder,
                {"parity_speedups": speedups},
                status=None,
                warning=None,
            )
            app.build()
    assert _written(tmp_path / "fast") == _written(tmp_path / "slow")


def _app(project, conf: str = "") -> Sphinx:
    made = project({"register.md": _register()}, None, conf)
    docs = made.root / "docs"
    out, trees = made.root / "out", made.root / "trees"
    return Sphinx(docs, docs, out, trees, "html", status=None, warning=None)


def _collector() -> tuple[tuple[int, int, int], int, bool]:
    return gc.get_threshold(), gc.get_freeze_count(), gc.isenabled()


@pytest.fixture(autouse=True)
def _usual_collector() -> Iterator[None]:
    """Begin with Python's own settings, whatever a build that was cut off has left."""
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*before)


def test_an_app_that_is_not_built_leaves_the_collector_alone(project):
    before = _collector()
    with docutils_namespace():
        _app(project)
        assert _collector() == before


@pytest.mark.parametrize(
    "event", ["env-before-read-docs", "doctree-read", "env-updated", "doctree-resolved"]
)
def test_a_build_that_fails_gives_the_collector_back(project, event):
    before = _collector()
    during = []

    def fail(*_arguments: object) -> None:
        during.append(_collector())
        raise ValueError("a fault")

    with docutils_namespace():
        app = _app(project)
        app.connect(event, fail, priority=801)
        with pytest.raises(Exception, match="a fault"):
            app.build()
    assert during
    assert during[0] != before
    assert _collector() == before


def test_a_build_gives_the_collector_back(project):
    before = _collector()
    with docutils_namespace():
        _app(project).build()
    assert _collector() == before


def test_a_build_in_which_nothing_has_changed_loads_no_rules(project):
    made = project({"register.md": _register()})
    code = (
        "import sys; from sphinx.cmd.build import main; "
        "main(['-q', 'docs', 'out']); print('sphinx_arco_parity.rules' in sys.modules)"
    )
    made.git("init")
    command = [sys.executable, "-c", code]
    said = [subprocess.check_output(command, cwd=made.root, text=True) for _build in range(2)]
    assert said == ["True\n", "False\n"]
