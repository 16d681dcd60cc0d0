"""Text that is plainly meant to be ours, in a notation that its page does not read.

A fence of colons where MyST has none, a directive of the other language, a missing colon
or brace: parsers take these for words, code or comments, and say nothing.  Called by
:mod:`.malformed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_arco_parity.extension.reading.lines import find_text, lines_of
from sphinx_arco_parity.model.directive_names import DOMAIN_NAMES
from sphinx_arco_parity.model.directive_options import SHAPES_BY_NAME

if TYPE_CHECKING:
    from sphinx_arco_parity.extension.reading.node_index import NodeIndex

_NAMES = "|".join((*SHAPES_BY_NAME, *(f"parity:{name}" for name in DOMAIN_NAMES)))
_ROLE_NAMES = (
    "exception|adr|parity-row|parity-claim|parity:exception|parity:adr|parity:row|parity:claim"
)
_REST = re.compile(rf"\.\. +(?P<name>{_NAMES}) *::")
_FENCE = re.compile(
    rf"(?P<fence>`{{3,}}|~{{3,}}|:{{3,}}) *\{{ *(?P<name>{_NAMES}) *\}}[^`\n]*(?:\n|$)"
)
_COMMENT = re.compile(
    rf"(?P<name>{_NAMES})(?: *:(?!:) *\S*| [^\n]*::| [^\n:]*(?=\n *:[\w-]+:)) *(?:\n|$)"
)
_CODE = re.compile(rf"\{{?(?P<name>{_NAMES})\}}?$")
_REST_ROLE = re.compile(rf":(?P<name>{_ROLE_NAMES}):$")
_MYST_ROLE = re.compile(rf"\{{(?P<name>{_ROLE_NAMES})\}}`(?P<text>[^`]+)`")
_QUOTED = (nodes.literal, nodes.literal_block, nodes.comment, nodes.raw, nodes.problematic)


@dataclass(frozen=True, slots=True)
class Lookalike:
    """What was found, with what is wrong and what to do."""

    node: nodes.Element
    item: str
    message: str
    help: str
    line: int | None = None


def lookalikes(page: NodeIndex, *, markdown: bool) -> Iterator[Lookalike]:
    """Yield what of *page* is plainly meant to be a directive or role of ours."""
    for node in page.suspects:
        if isinstance(node, nodes.paragraph):
            yield from _paragraph(node, markdown=markdown)
        elif isinstance(node, nodes.comment):
            if not markdown:
                yield from _comment(node)
        elif isinstance(node, nodes.Text):
            yield from _role_as_text(node)
        elif isinstance(node, nodes.literal_block):
            yield from _code(node)
        elif isinstance(node, nodes.Element):
            yield from _role(node)


def _paragraph(node: nodes.paragraph, *, markdown: bool) -> Iterator[Lookalike]:
    text = node.rawsource
    if text[:1] not in ".`~:":
        return
    match = _REST.match(text) or _FENCE.match(text)
    if match is None:
        return
    name = match["name"]
    fence = "fence" in match.re.groupindex
    if markdown and fence and match["fence"].startswith(":"):
        message = "a fence of colons is text here, and declares nothing"
        help_text = (
            'add "colon_fence" to `myst_enable_extensions`, or write a fence of '
            f"back-ticks: ```{{{name}}}"
        )
    else:
        language = "reStructuredText" if fence else "Markdown"
        message = f"is text here, and declares nothing: the page is {language}"
        form = f".. {name}::" if fence else f"```{{{name}}}"
        help_text = f"write {form}"
    yield Lookalike(node, name, f"{name}: {message}", help_text)


def _comment(node: nodes.comment) -> Iterator[Lookalike]:
    text = node.astext()
    match = _COMMENT.match(text)
    if match is None:
        return
    first = text.split("\n", 1)[0]
    lines = lines_of(str(node.source or ""))
    above = max((node.line or 1) - text.count("\n") - 3, 1)
    yield Lookalike(
        node,
        match["name"],
        f"{match['name']}: “{first}” is a comment, and declares nothing",
        f"write .. {match['name']}:: and its argument, with both colons after the name",
        find_text(lines, first, above),
    )


def _code(node: nodes.literal_block) -> Iterator[Lookalike]:
    match = _CODE.match(str(node.get("language", "")))
    if match is not None:
        name = match["name"]
        yield Lookalike(
            node,
            name,
            f"{name}: is a block of code here, and declares nothing",
            f"write its name in braces: ```{{{name}}}",
        )


def _role(node: nodes.Element) -> Iterator[Lookalike]:
    """A role of reStructuredText in Markdown: text, and behind it code."""
    parent = node.parent
    place = parent.index(node) if parent is not None else 0
    before = parent.children[place - 1] if place else None
    match = _REST_ROLE.search(str(before)) if isinstance(before, nodes.Text) else None
    if match is not None:
        name, text = match["name"], node.astext()
        markup = f":{name}:`{text}`"
        yield _other_role(node, markup, name, "reStructuredText", f"{{{name}}}`{text}`")


def _role_as_text(node: nodes.Text) -> Iterator[Lookalike]:
    """A role of MyST in reStructuredText: text, with its back-ticks."""
    if "}`" not in node or isinstance(node.parent, _QUOTED):
        return
    for match in _MYST_ROLE.finditer(str(node)):
        form = f":{match['name']}:`{match['text']}`"
        yield _other_role(node.parent, match[0], match["name"], "MyST", form)


def _other_role(node: nodes.Element, markup: str, name: str, language: str, form: str) -> Lookalike:
    block = node
    while block.parent is not None and not block.line:
        block = block.parent
    lines = lines_of(str(block.source or ""))
    return Lookalike(
        node,
        name,
        f"{name}: “{markup}” is text here, and cites nothing: the role is {language}'s",
        f"write {form}",
        find_text(lines, markup[:40], block.line or 1),
    )
