"""From nodes back to the text of a cell, in the one form that the core reads.

Code stays in back-ticks, lines stay apart, a link becomes ``[text](target)`` with its
target relative to the repository after a leading ``/``; other markup goes.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from docutils import nodes

from sphinx_arco_parity.declarations.records_from import ROLES, split_target
from sphinx_arco_parity.extension.nodes import around
from sphinx_arco_parity.extension.reading.lines import find_markup, find_text, lines_of
from sphinx_arco_parity.model.records import Place
from sphinx_arco_parity.text.code_spans import code_span, visible

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from sphinx_arco_parity.extension.config import Project

#: What may stand within, after and before underscores that are part of a path.
_NAME = re.compile(r"\w+").fullmatch
_REST_OF_PATH = re.compile(r"(?:/[\w.@+/-]{1,200})?\.\w{1,5}\b").match
_START_OF_PATH = re.compile(r"(?:^|\s|[\w.]/)$").search
#: Tags of HTML that the one model of inline markup would read, which MyST gives one by one.
_BREAK = re.compile(r"</?(?:br|p|li|ul|ol|hr|div|dd|dt)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_STRIKE = re.compile(r"</?(?:del|s|strike)>", re.IGNORECASE)
_ANCHOR = re.compile(
    r"""<a\s(?:[^<>]{0,200}\s)?href=["']?(?P<target>[^<>"'\s]{1,400})[^<>]{0,200}>"""
    r"(?P<label>[^<>]{1,400})</a>",
    re.IGNORECASE,
)
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
        parts: list[str] = []
        self._write(node, parts)
        text = "".join(parts).strip("\n")
        if "</a>" in text:
            text = _ANCHOR.sub(lambda m: f"[{m['label']}]({self._uri(m['target'], node)})", text)
        if "\n" not in text:
            return text.strip()
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

    def _write(self, node: nodes.Node, parts: list[str]) -> None:
        """Add the text of *node* to *parts*; blocks begin and end with a line break."""
        if isinstance(node, nodes.Text):
            parts.append(str(node).replace("\n", " "))
        elif isinstance(node, nodes.literal_block):
            parts.append(f"\n{node.astext()}\n")
        elif isinstance(node, nodes.literal) and not _is_plain(node):
            parts.append(code_span(node.astext()))
        elif isinstance(node, nodes.raw):
            parts.append(_tag(node.astext().strip()))
        elif isinstance(node, nodes.substitution_reference):
            parts.append(self._substitution(node))
        elif not isinstance(node, _SILENT):
            self._write_children(node, parts)

    def _substitution(self, node: nodes.substitution_reference) -> str:
        """Return what will stand in place of *node*, which is not yet replaced."""
        document, name = node.document, str(node.get("refname", node.astext()))
        if document is not None:
            key = name if name in document.substitution_defs else None
            key = key or document.substitution_names.get(name.lower())
            if key in document.substitution_defs:
                parts: list[str] = []
                self._write_children(document.substitution_defs[key], parts)
                return "".join(parts)
        if name in {"version", "release"}:  # Sphinx's own
            return str(self.env.config[name])
        return node.astext()

    def _write_children(self, node: nodes.Node, parts: list[str]) -> None:
        target = self.target(node)
        block = isinstance(node, _BLOCKS)
        around = "\n" if block else _underscores(node)
        parts.append(around)
        if target:  # MyST fills an empty text in when it resolves the link
            parts.append("[")
        for child in node.children:
            self._write(child, parts)
        if target:
            parts.append(f"]({target})")
        parts.append(around)

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

    def _uri(self, uri: str, node: nodes.Node) -> str:
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
        home = self.path(node) if node is not None else self.page
        base = "" if path.startswith("/") else str(PurePosixPath(home).parent)
        joined = posixpath.normpath(posixpath.join(base, path.lstrip("/")))
        return f"/{joined}{'/' * path.endswith('/')}{hash_mark}{fragment}"

    def source(self, node: nodes.Node) -> str:
        """Return the file in which *node* is written, as its parser names it."""
        found = (str(above.source) for above in around(node) if above.source)
        return next(found, str(self.env.doc2path(self.env.docname)))

    def path(self, node: nodes.Node) -> str:
        """Return the file in which *node* is written: the page, or what it includes."""
        return self.project.relative_source(self.source(node))


def _underscores(node: nodes.Node) -> str:
    """Return the underscores that a parser of Markdown takes from a name within a path.

    ``src/__tests__/a.ts`` and ``__init__.py`` without back-ticks are bold in part.
    """
    if not isinstance(node, nodes.strong | nodes.emphasis) or node.parent is None:
        return ""
    at = node.parent.index(node)
    siblings = node.parent.children
    before = siblings[at - 1].astext() if at else ""
    after = siblings[at + 1].astext() if at + 1 < len(siblings) else ""
    if not _NAME(node.astext()) or not _REST_OF_PATH(after) or not _START_OF_PATH(before):
        return ""
    return "__" if isinstance(node, nodes.strong) else "_"


def _tag(html: str) -> str:
    """Return what stands for a tag: comments and what only formats are gone."""
    if _BREAK.fullmatch(html):
        return "\n"
    if _STRIKE.fullmatch(html):
        return "~~"
    return html if re.match(r"</?a\b[^<>]*>$", html, re.IGNORECASE) else ""


def _named_uri(node: nodes.Element) -> str:
    """Return where ``name_`` leads, which the parser has yet to fill in."""
    document = node.document
    if document is None or "refname" not in node:
        return ""
    target = document.ids.get(document.nameids.get(node["refname"]) or "")
    return str(target.get("refuri", "")) if target is not None else ""


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
    kind, target = ROLES.get(node.get("reftype", "")), visible(str(node.get("reftarget", "")))
    domain, elsewhere = node.get("refdomain"), node.get("intersphinx")
    if kind is None or domain not in _XREF_DOMAINS:
        return None
    if domain != "parity" and not (elsewhere and kind == "exception"):
        return None
    inventory = node.get("inventory") if elsewhere else None
    return kind, f"{inventory}:{target}" if inventory else target


def roles_of(node: nodes.Element, place: Place, source: str) -> list[tuple[str, str, Place]]:
    """Return the roles within *node*: kind, target, and the line each stands on."""
    return [
        (kind, target, place_of(xref, place, source, target) if xref is not None else place)
        for xref, kind, target in roles_within(node)
    ]


def roles_within(node: nodes.Element) -> Iterator[tuple[nodes.Node | None, str, str]]:
    """Yield the roles within *node*, each with kind and target; none for those Sphinx drops."""
    within = list(node.findall(nodes.Element))
    named = set()
    for xref in within:
        role = cited(xref)
        if role is not None:
            named.add(role[1])
            yield xref, *role
    blocks = (block for block in within if isinstance(block, nodes.TextElement))
    yield from ((None, *role) for role in unloaded(blocks) if role[1] not in named)


def unloaded(sources: Iterable[nodes.Element]) -> Iterator[tuple[str, str]]:
    """Yield the citations of a project whose inventory could not be loaded.

    Sphinx drops such roles with a warning of its own, and leaves their source alone.
    """
    for block in sources:
        for match in _EXTERNAL.finditer(block.rawsource):
            target = split_target(match["text"])[1]
            yield "exception", f"{match['project']}:{target}"


def _nested(node: nodes.Node) -> int:
    """Return by how many lines MyST may count too many for *node*; see `find_fence`."""
    kinds = (nodes.Admonition, nodes.container)
    return max(sum(1 for _ in around(node.parent, kinds)) - 1, 0)


def place_of(xref: nodes.Node, place: Place, source: str, needle: str) -> Place:
    """Return where in *source* a role stands whose block begins near *place*."""
    blocks = around(xref, nodes.TextElement)
    line = next((b.line for b in blocks if b.line and not isinstance(b, nodes.Inline)), None)
    start = line if line and line >= place.line else place.line
    lines = lines_of(source)
    markup = str(getattr(xref, "rawsource", ""))
    found = find_markup(lines, markup, start, before=_nested(xref))
    if found is None:
        bare = needle.rpartition(":")[2] or needle
        found = find_text(lines, bare, start)
    return Place(path=place.path, line=found)
