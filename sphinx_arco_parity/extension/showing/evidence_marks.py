"""What is put into the cells of an author's table: verdicts, and links around ids.

A verdict stands at each reference, behind the literal or word that was read.

Which that is was noted when the cell was read; see :attr:`.Evidence.literal`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref

from sphinx_arco_parity.extension.showing.targets import reference
from sphinx_arco_parity.model.results import RESULTS

if TYPE_CHECKING:
    from sphinx_arco_parity.extension.showing.emit_nodes import NodeEmitter
    from sphinx_arco_parity.extension.showing.page_model import EvidenceMark, Link


#: From what is best to what is worst: a mark for several pieces says the worst.
_ORDER = (
    "verified", "unread", "unknown", "moved", "excluded", "disabled", "expected-failure", "gone",
    "not-found",
)  # fmt: skip

_SPACE = re.compile(r"\s+")


def mark_evidence(cell: nodes.Node, judged: Iterable[EvidenceMark], emitter: NodeEmitter) -> None:
    """Mark each reference of *cell*; what is not found any more, at the end."""
    unplaced: list[nodes.Node] = []
    # From the last one on: what is put in does not move what stands before it.
    places: dict[int, list[EvidenceMark]] = {}
    for piece in judged:
        places.setdefault(piece.start, []).append(piece)
    for _start, pieces in sorted(places.items(), reverse=True):
        mark = _mark(pieces, emitter)
        home = _home(cell, pieces[0])
        if home is None:
            unplaced.append(mark)
        else:
            if pieces[0].adr and isinstance(home, (nodes.literal, nodes.Text)):
                home = link_node(home, ("adr", pieces[0].adr), emitter)
            home.parent.insert(home.parent.index(home) + 1, [nodes.Text(" "), mark])
    paragraphs = list(cell.findall(nodes.paragraph))
    if paragraphs:
        for mark in unplaced[::-1]:
            paragraphs[-1] += [nodes.Text(" "), mark]


def _home(cell: nodes.Node, piece: EvidenceMark) -> nodes.Node | None:
    """Return the node behind which the mark of *piece* belongs."""
    literals = [node for node in cell.findall(nodes.literal) if node.astext().strip()]
    found: nodes.Node | None
    if piece.literal is None:
        found = _word(cell, literals, piece)
    else:
        # One may have been added or dropped since the cell was read, by a translation or
        # by another extension: then it is the only one of that text.
        alike = [node for node in literals if _SPACE.sub(" ", node.astext()).strip() == piece.text]
        by_number = literals[piece.literal] if piece.literal < len(literals) else None
        found = by_number if by_number in alike else None
        if found is None and len(alike) == 1:
            found = alike[0]
    while found is not None and _is_around(found.parent):
        found = found.parent
    return found


def _is_around(node: nodes.Node) -> bool:
    """Tell whether *node* is emphasis or a link, which holds no other link."""
    if isinstance(node, nodes.inline):
        return "xref" in node["classes"]
    return isinstance(node, nodes.Inline)


def _word(
    cell: nodes.Node, literals: Sequence[nodes.literal], piece: EvidenceMark
) -> nodes.Text | None:
    """Return the text that ends with the word of *piece*, split off from what follows."""
    word = re.compile(rf"(?<![\w./-]){re.escape(piece.text)}(?![\w/-]|[.:]\w)")
    before = 0  # how many literals stand before it
    for node in cell.findall():
        if any(node is literal for literal in literals):
            before += 1
        elif not isinstance(node, nodes.Text) or isinstance(node.parent, nodes.literal):
            continue
        elif piece.text and before == piece.before and (match := word.search(node)):
            head, rest = nodes.Text(node[: match.end()]), nodes.Text(node[match.end() :])
            node.parent.replace(node, [head, rest] if rest.astext() else [head])
            return head
    return None


def _mark(pieces: Sequence[EvidenceMark], emitter: NodeEmitter) -> nodes.Node:
    """Return the worst verdict and, behind it, the worst result of what was reported."""
    verdict = _verdict(pieces, emitter)
    reported = [piece for piece in pieces if piece.result]
    if not reported:
        return verdict
    piece = max(reported, key=lambda piece: RESULTS.index(piece.result))
    mark = emitter.mark("result", piece.result)
    if emitter.html:
        _explain(mark, piece.result_detail)
    return nodes.inline("", "", verdict, nodes.Text(" "), mark)


def _verdict(pieces: Sequence[EvidenceMark], emitter: NodeEmitter) -> nodes.Node:
    """Return the worst verdict, why on pointing at it, and a link to the file."""
    piece = max(pieces, key=lambda piece: _ORDER.index(piece.verdict))
    mark = emitter.mark("verdict", piece.verdict)
    if not emitter.html:
        return mark
    target = emitter.find(("file", piece.place))
    if target is not None and target.url:
        link = reference(emitter.builder, emitter.docname, target, mark.children)
        if link is not None:
            link["reftitle"] = piece.detail or piece.place
            mark.children = []
            mark += link
    elif piece.detail:
        _explain(mark, piece.detail)
    return mark


def _explain(mark: nodes.inline, detail: str) -> None:
    told = nodes.abbreviation("", "", *mark.children, explanation=detail)
    mark.children = []
    mark += told


def link_words(cell: nodes.Node, words: Mapping[str, Link], emitter: NodeEmitter) -> None:
    """Link each of *words* that stands in *cell* by itself, or as all of a literal."""
    longest = sorted(map(re.escape, words), key=len, reverse=True)
    token = re.compile(rf"(?<![\w-])(?:ADR[- ])?({'|'.join(longest)})(?![\w-]|[.:]\w)")
    for text in list(cell.findall(nodes.Text)):
        if _is_linked(text, cell):
            continue
        if isinstance(text.parent, nodes.literal):
            if match := token.fullmatch(text):
                link_node(text.parent, words[match[1]], emitter)
        else:
            _split(text, token, words, emitter)


def link_node(node: nodes.Node, link: Link, emitter: NodeEmitter) -> nodes.Node:
    """Put a link to *link* around *node*, unless it leads nowhere; return what stands there."""
    made = emitter.link(link, [node.deepcopy()])
    if made is None:
        return node
    node.parent.replace(node, made)
    return made


def _split(
    text: nodes.Text, token: re.Pattern[str], words: Mapping[str, Link], emitter: NodeEmitter
) -> None:
    pieces: list[nodes.Node] = []
    end = 0
    for match in token.finditer(text):
        made = emitter.link(words[match[1]], [nodes.Text(match[0])])
        if made is not None:
            pieces += [nodes.Text(text[end : match.start()]), made]
            end = match.end()
    if pieces:
        rest = nodes.Text(text[end:])
        text.parent.replace(text, [piece for piece in (*pieces, rest) if piece.astext()])


def _is_linked(node: nodes.Node, cell: nodes.Node) -> bool:
    """Tell whether *node* stands in a link, or in a mark of ours, within *cell*."""
    while node is not cell:
        node = node.parent
        if isinstance(node, (nodes.reference, pending_xref)) or "parity-mark" in node.get(
            "classes", ()
        ):
            return True
    return False
