"""The example beside other extensions, listed before ours and after: the same findings.

No build says more than without the other extension, cold, unchanged, in parallel, or
with another builder.
"""

from __future__ import annotations

import importlib.util
import json
import re
import zlib
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest

pytestmark = pytest.mark.whole

OURS = ("myst_parser", "sphinx_arco_parity")
BUILDERS = ("html", "text", "latex", "dummy")


def _cells(*sources: str, kind: str = "markdown") -> str:
    """A notebook of *sources*, with a cell of code between them."""
    cells: list[dict[str, Any]] = []
    for number, source in enumerate(sources):
        cells += [
            {"cell_type": kind, "id": f"t{number}", "source": source.splitlines(True)},
            {
                "cell_type": "code",
                "id": f"c{number}",
                "execution_count": 1,
                "outputs": [{"output_type": "stream", "name": "stdout", "text": ["EX-77\n"]}],
                "source": ["1 + 1"],
            },
        ]  # fmt: skip
    for cell in cells:
        cell["metadata"] = (
            {"raw_mimetype": "text/restructuredtext"} if cell["cell_type"] == "raw" else {}
        )  # fmt: skip
    about = {"language_info": {"name": "python", "pygments_lexer": "python3"}}
    return json.dumps(
        {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5},
        indent=1,
    )


def _inventory(names: str) -> bytes:
    head = b"# Sphinx inventory version 2\n# Project: lib\n# Version: 1\n"
    return head + b"# compressed using zlib.\n" + zlib.compress(names.encode())


@dataclass(frozen=True)
class Other:
    """Another extension: what it is called, its configuration, a page that uses it."""

    name: str
    extensions: tuple[str, ...]
    conf: str = ""
    files: dict[str, str | bytes] = field(default_factory=dict)
    replaces: tuple[str, ...] = ()
    says: str = r"(?!)"
    """What it says without us too."""

    def skip(self) -> None:
        """Skip the test if it is not installed."""
        for one in self.extensions:
            module = one.partition(".")[0] if one.startswith("sphinx.") else one
            try:
                found = importlib.util.find_spec(module)
            except ModuleNotFoundError:
                found = None
            if found is None:
                pytest.skip(f"{one} is not installed: `tox -e together` does it")

    def listed(self, *, first: bool) -> list[str]:
        """Return all extensions of ``conf.py``, those of others *first* or last."""
        ours = [one for one in OURS if one not in self.replaces]
        return [*self.extensions, *ours] if first else [*ours, *self.extensions]


_PAGE = "docs/together.md"
_FRONT = "---\norphan: true\n---\n"
_REST = "docs/together.rst"
_ORPHAN = ":orphan:\n\nTogether\n========\n\n"

OTHERS = (
    Other(
        "autodoc",
        ("sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"),
        "import sys\nfrom pathlib import Path\n"
        'sys.path.insert(0, str(Path(__file__).parents[1] / "python"))\n',
        {_REST: f"{_ORPHAN}.. automodule:: arco_flow.partitions\n   :members:\n"},
    ),
    Other(
        "intersphinx",
        ("sphinx.ext.intersphinx",),
        "from pathlib import Path as _P\nintersphinx_mapping = "
        '{"lib": ("https://lib.example/", str(_P(__file__).parent / "lib.inv"))}\n',
        {
            "docs/lib.inv": _inventory("lib.Thing py:class 1 lib.html#$ -\n"),
            _PAGE: f"{_FRONT}# Together\n\n{{py:class}}`lib.Thing`\n\n"
            "{external+lib:py:class}`lib.Thing` and {exception}`EX-01`\n",
        },
    ),
    Other(
        "todo",
        ("sphinx.ext.todo",),
        "todo_include_todos = True",
        {_REST: f"{_ORPHAN}.. todo:: :exception:`EX-01`\n\n.. todolist::\n"},
    ),
    Other(
        "myst-nb",
        ("myst_nb",),
        'nb_execution_mode = "off"',
        {
            "docs/together.ipynb": _cells(
                "# Together\n\n{exception}`EX-01`\n", "```{parity-table} exceptions\n```\n"
            )
        },
        replaces=("myst_parser",),
        says=r"together\.ipynb: WARNING: document isn't included in any toctree",
    ),
    Other(
        "nbsphinx",
        ("nbsphinx",),
        'nbsphinx_execute = "never"',
        {
            "docs/together.ipynb": _cells(
                "Together\n========\n\n:exception:`EX-01`\n",
                ".. parity-table:: exceptions\n",
                kind="raw",
            )
        },
        says=r"together\.ipynb: WARNING: document isn't included in any toctree",
    ),
    Other(
        "sphinx-design",
        ("sphinx_design",),
        'myst_enable_extensions = ["colon_fence"]',
        {
            _PAGE: f"{_FRONT}# Together\n\n::::{{tab-set}}\n:::{{tab-item}} One\n"
            "{exception}`EX-01`\n:::\n:::{tab-item} Two\n```{parity-table} exceptions\n"
            "```\n:::\n::::\n\n:::{card} Title\n```{parity-summary}\n```\n:::\n"
        },
    ),
    Other(
        "sphinx-copybutton",
        ("sphinx_copybutton",),
        files={_PAGE: f"{_FRONT}# Together\n\n```python\nx = 1\n```\n"},
    ),
    Other(
        "sphinx-tabs",
        ("sphinx_tabs.tabs",),
        files={
            _REST: f"{_ORPHAN}.. tabs::\n\n   .. tab:: One\n\n      :exception:`EX-01`\n\n"
            "   .. tab:: Two\n\n      .. parity-table:: exceptions\n"
        },
    ),
    Other(
        "sphinx-inline-tabs",
        ("sphinx_inline_tabs",),
        files={
            _REST: f"{_ORPHAN}.. tab:: One\n\n   :exception:`EX-01`\n\n"
            ".. tab:: Two\n\n   .. parity-table:: exceptions\n"
        },
    ),
    Other(
        "sphinxcontrib-bibtex",
        ("sphinxcontrib.bibtex",),
        'bibtex_bibfiles = ["refs.bib"]',
        {
            "docs/refs.bib": "@book{one,\n author={A. Bee},\n title={T},\n publisher={P},\n"
            " year={2000}\n}\n",
            _PAGE: f"{_FRONT}# Together\n\n{{cite:p}}`one`; {{exception}}`EX-01`.\n\n"
            "```{bibliography}\n```\n",
        },
    ),
    Other("sphinxext-opengraph", ("sphinxext.opengraph",), 'ogp_site_url = "https://f.example/"'),
    Other("sphinx-sitemap", ("sphinx_sitemap",), 'html_baseurl = "https://f.example/"'),
    Other(
        "sphinxcontrib-mermaid",
        ("sphinxcontrib.mermaid",),
        'mermaid_output_format = "raw"',
        {_PAGE: f"{_FRONT}# Together\n\n```{{mermaid}}\ngraph LR\n a --> b\n```\n"},
    ),
    Other(
        "sphinx-reredirects",
        ("sphinx_reredirects",),
        'redirects = {"old": "index.html"}',
    ),
    Other(
        "sphinx-togglebutton",
        ("sphinx_togglebutton",),
        files={
            _PAGE: f"{_FRONT}# Together\n\n```{{toggle}}\n{{exception}}`EX-01`\n```\n"
        },
    ),
    Other("sphinx-notfound-page", ("notfound.extension",)),
    Other("sphinx-needs", ("sphinx_needs",)),
)  # fmt: skip

#: What an extension that is not made for it says to `-j`.
_PARALLEL = "is not safe for parallel|doing serial|declare if it is safe"


@pytest.fixture(scope="module")
def without(site):
    """Give the build of a builder with no other extension."""
    made = site(faulty=True)
    made.configure(OURS)
    made.track()

    @cache
    def built(builder="html"):
        return made.build(builder)

    assert built().status == 1
    assert sorted(rule for rule, *_ in built().places) == [
        "claim-without-exception",
        "evidence-not-found",
        "test-not-found",
        "unknown-exception",
        "unknown-exception",
    ]
    return built


def _more(built, plain, says=r"(?!)"):
    """Return what *built* says that *plain* does not, and is not known of the other."""
    return [line for line in built.log if line not in plain.log and not re.search(says, line)]


def _same(built, plain, says):
    assert _more(built, plain, says) == []
    assert _more(plain, built) == []
    assert built.status == plain.status
    if "html" in built.out.name:
        assert built.report == plain.report


def _write(made, other):
    for name, content in other.files.items():
        if isinstance(content, bytes):
            (made.root / name).write_bytes(content)
        else:
            made.write({name: content})


def _mend(made):
    (made.docs / "guides" / "faults.md").unlink()
    made.track("add", "-A", "-f")


@pytest.mark.long
@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("other", OTHERS, ids=lambda one: one.name)
def test_one_other_extension(site, without, other, first):
    other.skip()
    made = site(faulty=True)
    made.configure(other.listed(first=first), other.conf)
    _write(made, other)
    made.track()
    for builder in ("html", *BUILDERS) if first else ("html", "html"):
        _same(made.build(builder), without(builder), other.says)
    if first:
        parallel = made.build("html", "-j", "2", out="html-2", trees="trees-2")
        _same(parallel, without(), f"{other.says}|{_PARALLEL}")
    _mend(made)
    mended = made.build()
    assert (mended.status, _more(mended, without(), other.says)) == (0, [])


@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_extensions_of_sphinx_all_at_once(site, without, first):
    own = [one for one in OTHERS if one.extensions[0].startswith("sphinx.ext.")]
    assert len(own) == 3
    listed = [name for one in own for name in one.extensions]
    made = site(faulty=True)
    ours = list(OURS)
    more = "\n".join(one.conf for one in own)
    made.configure([*listed, *ours] if first else [*ours, *listed], more)
    for number, one in enumerate(own):
        _write(made, Other(one.name, (), files={
            name.replace("together", f"together{number}"): content
            for name, content in one.files.items()
        }))  # fmt: skip
    made.track()
    _same(made.build(), without(), r"(?!)")
    _same(made.build(), without(), r"(?!)")
    _mend(made)
    assert (made.build().status, made.build().log) == (0, [])
