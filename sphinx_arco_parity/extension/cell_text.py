"""From nodes back to the text of a cell, in the one form that the core reads.

Code stays in back-ticks, lines stay apart, a link becomes ``[text](target)`` with its
target relative to the repository after a leading ``/``; other markup goes.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from docutils import nodes

from sphinx_arco_parity.declarations.records_from import ROLES, split_target
from sphinx_arco_parity.extension.source_lines import (
    find_markup,
    find_text,
    lines_of,
)
from sphinx_arco_parity.records import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.environment import BuildEnvironment

    from sphinx_arco_parity.extension.configuration import Project

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BLOCKS = (nodes.paragraph, nodes.list_item, nodes.line, nodes.literal_block)
_SILENT = (
    nodes.system_message,
    nodes.comment,
    nodes.target,
    nodes.footnote_reference,
    nodes.citation_reference,
)
_EXTERNAL = re.compile(
    r"[:{]external\+(?P<project>[\w.-]+):(?:parity:)?exception[:}]`(?P<text>[^`]+)`"
)
_LINK = re.compile(r"\]\(<?(?P<target>[^()<>\s]+)>?(?:\s[^()]*)?\)")
_LINES = re.compile(r"L\d")
_BETWEEN = "\0"
_TICKS = re.compile(r"`+")
_XREF_DOMAINS = {"parity", "std", ""}


class CellReader:
    """Reads the cells of one page."""

    def __init__(self, project: Project, env: BuildEnvironment) -> None:
        self.project = project
        self.env = env
        self.page = project.relative(env.doc2path(env.docname))
        """The page's source, relative to the repository."""

    def text(self, node: nodes.Node) -> str:
        """Return the text of *node*, a cell or a body."""
        parts = list(self._parts(node))
        text = "".join(parts).strip("\n")
        return "\n".join(line.strip() for line in text.split("\n"))

    def with_lines(self, texts: Sequence[str], source: str) -> list[str]:
        """Return *texts* with the lines of their links: ``[x.rs](/a/x.rs#L12)``.

        MyST drops the fragment of a link to a file that is there.  *source* is the text
        that begins with the row of which *texts* are the cells.
        """
        whole, at = _BETWEEN.join(texts), 0
        for match in _LINK.finditer(source):
            path, _hash, fragment = self._relative(match["target"]).partition("#")
            found = whole.find(f"]({path})", at)
            if found < 0:
                continue
            at = found + len(path) + 2
            if _LINES.match(fragment):
                whole = f"{whole[:at]}#{fragment}{whole[at:]}"
        return whole.split(_BETWEEN)

    def _parts(self, node: nodes.Node) -> Iterator[str]:
        if isinstance(node, nodes.Text):
            yield str(node).replace("\n", " ")
        elif isinstance(node, nodes.literal_block):
            yield f"\n{node.astext()}\n"
        elif isinstance(node, nodes.literal) and not _is_plain(node):
            yield code(node.astext())
        elif isinstance(node, nodes.raw):
            yield "\n" if _BREAK.fullmatch(node.astext().strip()) else ""
        elif isinstance(node, nodes.substitution_reference):
            yield self._substitution(node)
        elif isinstance(node, _SILENT):
            return
        else:
            yield from self._children(node)

    def _substitution(self, node: nodes.substitution_reference) -> str:
        """Return what will stand in place of *node*, which is not yet replaced."""
        document, name = node.document, str(node.get("refname", node.astext()))
        if document is not None:
            key = name if name in document.substitution_defs else None
            key = key or document.substitution_names.get(name.lower())
            if key in document.substitution_defs:
                return "".join(self._children(document.substitution_defs[key]))
        if name in {"version", "release"}:  # Sphinx's own
            return str(self.env.config[name])
        return node.astext()

    def _children(self, node: nodes.Node) -> Iterator[str]:
        target = self.target(node)
        block = isinstance(node, _BLOCKS)
        if block:
            yield "\n"
        inner = "".join(part for child in node.children for part in self._parts(child))
        if target:  # MyST fills an empty text in when it resolves the link
            yield f"[{inner}]({target})"
        else:
            yield inner
        if block:
            yield "\n"

    def target(self, node: nodes.Node) -> str:
        """Return where a link leads: ``/path#fragment``, a URL, or nothing."""
        if not isinstance(node, nodes.Element):
            return ""
        name = node.tagname
        if name == "reference":
            return self._uri(str(node.get("refuri") or _named_uri(node)), node)
        if name == "download_reference":
            return self._relative(str(node.get("reftarget", "")))
        if name == "pending_xref":
            return self._xref(node)
        return ""

    def _xref(self, node: nodes.Element) -> str:
        kind, target = node.get("reftype"), str(node.get("reftarget", ""))
        if node.get("refdomain") == "parity":
            return ""
        if kind == "doc":
            folder = posixpath.dirname(self.env.docname)
            name = target if target.startswith("/") else posixpath.join(folder, target)
            return self._document(posixpath.normpath(name.lstrip("/")))
        if kind in {"ref", "numref"}:
            return f"label:{target.lower()}"
        if kind == "myst":
            if node.get("refdomain") != "doc":
                return self._relative(target, node)
            if target.startswith("/"):  # a document outside the documentation
                return f"/{self.project.relative(target)}.md"
            return self._document(target)
        return ""

    def _document(self, docname: str) -> str:
        if docname not in self.env.found_docs:
            return ""
        return "/" + self.project.relative(self.env.doc2path(docname))

    def _uri(self, uri: str, node: nodes.Element) -> str:
        parts = urlsplit(uri)
        if parts.scheme or parts.netloc:
            return uri
        return self._relative(uri, node) if parts.path else ""

    def _relative(self, target: str, node: nodes.Node | None = None) -> str:
        """Return the *target* of a link, relative to the repository after a ``/``.

        Where a page includes a file, the links of that are relative to it, as on the
        hosting site; without *node*, the parser has found the target from the page.
        """
        path, hash_mark, fragment = unquote(target).partition("#")
        if not path:
            return ""
        if path.endswith(".html"):  # a page as it is written
            folder = posixpath.dirname(self.env.docname)
            written = posixpath.join(folder, path.removesuffix(".html"))
            page = self._document(posixpath.normpath(written))
            if page:
                return f"{page}{hash_mark}{fragment}"
        home = self._file(node) if node is not None else self.page
        base = "" if path.startswith("/") else str(PurePosixPath(home).parent)
        joined = posixpath.normpath(posixpath.join(base, path.lstrip("/")))
        return f"/{joined}{hash_mark}{fragment}"

    def _file(self, node: nodes.Node) -> str:
        """Return the file in which *node* is written: the page, or what it includes."""
        above: nodes.Node | None = node
        while above is not None:
            if above.source:
                return self.project.relative_source(str(above.source))
            above = above.parent
        return self.page


def _named_uri(node: nodes.Element) -> str:
    """Return where ``name_`` leads, which the parser has yet to fill in."""
    document = node.document
    if document is None or "refname" not in node:
        return ""
    target = document.ids.get(document.nameids.get(node["refname"]) or "")
    return str(target.get("refuri", "")) if target is not None else ""


def code(text: str) -> str:
    """Return *text* as a code span, with as many back-ticks as it needs."""
    longest = max((len(run) for run in _TICKS.findall(text)), default=0)
    ticks = "`" * (longest + 1)
    space = " " if longest and (text.startswith("`") or text.endswith("`")) else ""
    return f"{ticks}{space}{text}{space}{ticks}"


def _is_plain(node: nodes.Element) -> bool:
    """Tell whether a literal is the text of a role, ours or `download`, and no code."""
    parent = node.parent
    if parent is None:
        return False
    is_download = parent.tagname == "download_reference"
    return cited(parent) is not None or (is_download and "download" in node["classes"])


def cited(node: nodes.Node) -> tuple[str, str] | None:
    """Return what a cross-reference of ours cites: kind and target."""
    if not isinstance(node, nodes.Element) or node.tagname != "pending_xref":
        return None
    kind, target = ROLES.get(node.get("reftype", "")), str(node.get("reftarget", ""))
    if kind is None or node.get("refdomain") not in _XREF_DOMAINS:
        return None
    if node.get("refdomain") == "parity":
        inventory = node.get("inventory") if node.get("intersphinx") else None
        return kind, f"{inventory}:{target}" if inventory else target
    if node.get("intersphinx") and kind == "exception":
        inventory = node.get("inventory")
        return kind, f"{inventory}:{target}" if inventory else target
    return None


def roles_of(
    node: nodes.Element, place: Place, source: str
) -> list[tuple[str, str, Place]]:
    """Return the roles within *node*: kind, target, and the line each stands on."""
    found = [
        (kind, target, place_of(xref, place, source, target))
        for xref in node.findall(lambda n: cited(n) is not None)
        for kind, target in [cited(xref) or ("", "")]
    ]
    named = {target for _, target, _ in found}
    return [*found, *(one for one in _unloaded(node, place) if one[1] not in named)]


def _unloaded(node: nodes.Element, place: Place) -> Iterator[tuple[str, str, Place]]:
    """Yield the citations of a project whose inventory could not be loaded.

    Sphinx drops such roles with a warning of its own, and leaves their source alone.
    """
    for block in node.findall(nodes.TextElement):
        for match in _EXTERNAL.finditer(block.rawsource):
            target = split_target(match["text"])[1]
            yield "exception", f"{match['project']}:{target}", place


def place_of(xref: nodes.Node, place: Place, source: str, needle: str) -> Place:
    """Return where in *source* a role stands whose block begins near *place*."""
    block: nodes.Node | None = xref
    line = None
    while block is not None and line is None:
        if isinstance(block, nodes.TextElement) and not isinstance(block, nodes.Inline):
            line = block.line
        block = block.parent
    start = line if line and line >= place.line else place.line
    lines = lines_of(source)
    found = find_markup(lines, str(getattr(xref, "rawsource", "")), start)
    if found is None:
        bare = needle.rpartition(":")[2] or needle
        found = find_text(lines, bare, start)
    return Place(path=place.path, line=found)
