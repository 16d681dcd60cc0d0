"""The first page of a project that has no register or no matrix yet, and the first site."""

from __future__ import annotations

import json
import posixpath
from dataclasses import dataclass
from pathlib import Path

from sphinx_arco_parity.cli.conf_text import ConfText
from sphinx_arco_parity.cli.found_tables import FoundTables

_MARKDOWN = {"myst_parser", "myst_nb"}
_NAMES = ("parity", "parity-register", "parity-start")

_ROWS = {
    "exceptions": (
        ("ID", "Capability", "Decision", "Type", "Revisit Trigger"),
        ("EX-01", "A capability that is left out", "What is done instead", "Deferral", "On demand"),
    ),
    "matrix": (
        ("Capability", "Status", "Code", "Tests", "CI", "Exceptions"),
        ("A capability that is left out", "Exception", "-", "-", "-", "EX-01"),
        ("A capability that is to come", "Planned", "-", "-", "-", "-"),
    ),
}
_TITLES = {"exceptions": "Declared exceptions", "matrix": "Parity matrix"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPage:
    """A page that is new."""

    docname: str
    file: str
    """Relative to the folder of ``conf.py``."""
    text: str
    tables: dict[str, list[str]]
    """For ``parity_tables``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSite:
    """A Sphinx project that is new."""

    conf: str
    """The text of ``conf.py``, without our options."""
    pages: dict[str, str]
    """The name of each page's file to its text."""
    tables: dict[str, list[str]]
    """For ``parity_tables``."""


def first_site(tables: FoundTables, product: str, home: str) -> FirstSite:
    """Return a site, to be made in the folder *home*, that shows the pages with *tables*.

    Files of *home* are pages themselves; others are included, so that they stay where the
    hosting site shows them.
    """
    pages: dict[str, str] = {}
    named: dict[str, list[str]] = {kind: [] for kind in _ROWS}
    docnames: dict[str, str] = {}
    for kind, names in named.items():
        for path in tables.pages(kind):
            docname = docnames.get(path)
            if docname is None:
                docname = docnames[path] = _docname(path, home, [*docnames.values()])
                place = posixpath.relpath(path, home)
                if not path.startswith(f"{home}/") and path.endswith(".rst"):
                    pages[f"{docname}.rst"] = f".. include:: {place}\n"
                elif not path.startswith(f"{home}/"):
                    pages[f"{docname}.md"] = f"```{{include}} {place}\n```\n"
            names.append(docname)
    if not docnames:
        pages["parity.md"] = _markdown(list(_ROWS)).partition("---\n\n")[2]
        docnames["parity.md"] = "parity"
        named = {kind: ["parity"] for kind in _ROWS}
    toctree = "\n".join(docnames.values())
    pages["index.md"] = f"# {product}\n\n```{{toctree}}\n{toctree}\n```\n"
    conf = (
        f"project = {json.dumps(product, ensure_ascii=False)}\n"
        'extensions = ["myst_parser", "sphinx_arco_parity"]\n'
        'exclude_patterns = ["_build"]\n'
    )
    return FirstSite(conf=conf, pages=pages, tables=named)


def _docname(path: str, home: str, taken: list[str]) -> str:
    bare = path.rpartition(".")[0]
    if path.startswith(f"{home}/"):
        return bare.removeprefix(f"{home}/")
    name = bare.rpartition("/")[2].lower()
    name = f"{name}-page" if name == "index" else name
    return next(
        free for free in (name, *(f"{name}-{n}" for n in range(2, 10_000))) if free not in taken
    )


def first_page(docs: Path, conf: ConfText, there: set[str]) -> FirstPage | None:
    """Return the page for what is missing; ``None`` if nothing is.

    :param there: the kinds of table (``exceptions``, ``matrix``) that exist.
    """
    kinds = [kind for kind in _ROWS if kind not in there]
    if not kinds:
        return None
    is_markdown = bool(_MARKDOWN & set(conf.strings("extensions")))
    suffix = ".md" if is_markdown else ".rst"
    name = next(
        free
        for free in (*_NAMES, *(f"parity-{n}" for n in range(2, 1000)))
        if not any((docs / f"{free}{end}").exists() for end in (".md", ".rst", ".txt"))
    )
    text = _markdown(kinds) if is_markdown else _restructured(kinds)
    tables = {kind: [name] for kind in kinds}
    return FirstPage(docname=name, file=f"{name}{suffix}", text=text, tables=tables)


def _rows(kind: str, kinds: list[str]) -> tuple[tuple[str, ...], ...]:
    rows = _ROWS[kind]
    if kind == "matrix" and "exceptions" not in kinds:
        # The register there is has ids of its own.
        return (rows[0], *rows[2:])
    return rows


def _markdown(kinds: list[str]) -> str:
    lines = ["---", "orphan: true", "---", "", "# Parity", ""]
    for kind in kinds:
        header, *rows = _rows(kind, kinds)
        lines += [f"## {_TITLES[kind]}", ""]
        lines += [f"| {' | '.join(header)} |", f"|{'---|' * len(header)}"]
        lines += [f"| {' | '.join(row)} |" for row in rows]
        lines.append("")
    lines += ["## Summary", "", "```{parity-summary}", "```", ""]
    return "\n".join(lines)


def _restructured(kinds: list[str]) -> str:
    lines = [":orphan:", "", "Parity", "======", ""]
    for kind in kinds:
        title = _TITLES[kind]
        lines += [title, "-" * len(title), ""]
        lines += [".. list-table::", "   :header-rows: 1", ""]
        for row in _rows(kind, kinds):
            lines += [f"   {'* -' if n == 0 else '  -'} {c}" for n, c in enumerate(row)]
        lines.append("")
    lines += ["Summary", "-------", "", ".. parity-summary::", ""]
    return "\n".join(lines)
