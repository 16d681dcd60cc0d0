"""What docutils or MyST dropped, although it was plainly meant to be ours.

Both leave a system message in the page for a directive or role that they do not know,
and pass the build; Sphinx takes a bare ``exception`` directive for Python's.  A fence of
colons where MyST has none, a directive of the other language, a missing colon or brace are
words, code or comments to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_arco_parity.extension.nodes import around
from sphinx_arco_parity.extension.reading.lines import find_text, lines_of
from sphinx_arco_parity.model.directive_names import DOMAIN_NAMES
from sphinx_arco_parity.model.directive_options import SHAPES_BY_NAME
from sphinx_arco_parity.model.records import Place, Problem
from sphinx_arco_parity.text.patterns import matches
from sphinx_arco_parity.text.words import nearest

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from sphinx_arco_parity.extension.config import Project
    from sphinx_arco_parity.extension.reading.document_data import Collected
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


_UNKNOWN = re.compile(
    r"Unknown (?P<what>directive type|interpreted text role):?"
    r" [\"'](?P<name>[^\"']+)[\"']"
)
_TABLE = re.compile(r"Malformed table|\"(?:list|csv)-table\" directive")
_ID = re.compile(r"^(?=[A-Za-z][\w.]*+-[\w.-]*\d)[\w.-]*+$")
_BARE_EXCEPTION = re.compile(r"^[^\S\n]*+\.\. +exception:: +(?P<name>\S+)", re.MULTILINE)
_OWN_OPTION = re.compile(r"^ *:(?:capability|decision|revisit|adrs):", re.MULTILINE)
_ROLES = ("exception", "adr", "parity-row", "parity-claim")
_ALIKE = re.compile(r"^parit\w?y?[-_:]|^parity")


def malformed(
    document: nodes.document,
    page: NodeIndex,
    env: BuildEnvironment,
    project: Project,
    found: Collected,
) -> Iterator[Problem]:
    """Yield what was meant to be a declaration on this page and is none."""
    markdown = PurePath(str(env.doc2path(env.docname))).suffix == ".md"
    globs = project.settings.tables.values()
    declares = bool(found.wrapped) or any(matches(env.docname, some) for some in globs)
    alike = (*_dropped(document, page, declares=declares), *lookalikes(page, markdown=markdown))
    yield from dict.fromkeys(_problem(each, env, project) for each in alike)


def _dropped(document: nodes.document, page: NodeIndex, *, declares: bool) -> Iterator[Lookalike]:
    for node in page.messages:
        if isinstance(node, addnodes.desc):
            yield from _python_exception(node)
        elif isinstance(node, nodes.system_message):
            yield from _unknown(node)
            yield from _refused_exception(node)
            if declares:
                yield from _dropped_table(node)
    for message in document.transform_messages:
        yield from _unknown(message)


def _python_exception(node: addnodes.desc) -> Iterator[Lookalike]:
    if node.get("objtype") != "exception" or node.get("domain") != "py":
        return
    for signature in node.findall(addnodes.desc_signature):
        name = signature.astext().strip()
        if _ID.match(name):
            yield _is_pythons(signature, name)


def _refused_exception(node: nodes.system_message) -> Iterator[Lookalike]:
    """Python's directive drops a declaration whose options it does not know."""
    text = node.astext()
    if 'Error in "exception" directive' not in text:
        return
    match = _BARE_EXCEPTION.search(text)
    if match and (_ID.match(match["name"]) or _OWN_OPTION.search(text)):
        yield _is_pythons(node, match["name"])


def _is_pythons(node: nodes.Element, name: str) -> Lookalike:
    return Lookalike(
        node,
        name,
        f"`exception` with “{name}” is Python's directive and declares nothing here",
        f"write `parity-exception` (or `parity:exception`) {name}",
    )


def _unknown(node: nodes.system_message) -> Iterator[Lookalike]:
    match = _UNKNOWN.search(node.astext())
    if match is None:
        return
    name, directive = match["name"], match["what"] == "directive type"
    guess = _meant(name, directive=directive)
    if guess is None:
        return
    what = "directive" if directive else "role"
    yield Lookalike(
        node,
        name,
        f"there is no {what} `{name}`; did you mean `{guess}`?",
        f"write `{guess}`, or declare nothing with this name",
    )


def _meant(name: str, *, directive: bool) -> str | None:
    """Return the name of ours that *name* plainly means, or ``None``."""
    if directive and name == "exception":  # where Python's domain is not the default
        return "parity-exception"
    domain, colon, rest = name.rpartition(":")
    known = tuple(SHAPES_BY_NAME) if directive else _ROLES
    if colon and domain in {"parity", "partiy", "pairty"}:
        short = tuple(DOMAIN_NAMES) if directive else ("exception", "row", "claim", "adr")
        return f"parity:{nearest(rest, short) or short[0]}"
    if colon:
        return None
    close = nearest(name, known)
    if _ALIKE.match(name.lower()):
        return close or known[0]
    ours = close and close.startswith("parity-") and ("-" in name or "_" in name)
    return close if close and (ours or _typo(name, close)) else None


def _typo(name: str, known: str) -> bool:
    """Tell whether *name* is *known* with a slip of at most two letters."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - only for an unknown name

    same = sum(b.size for b in SequenceMatcher(None, name, known).get_matching_blocks())
    return len(known) > 4 and max(len(name), len(known)) - same <= 2


def _dropped_table(node: nodes.system_message) -> Iterator[Lookalike]:
    text = node.astext()
    if node.get("level", 0) >= 3 and (_TABLE.search(text)):
        reason = text.partition(") ")[2].split("\n")[0].rstrip(".")
        yield Lookalike(
            node,
            "",
            f"a table is dropped, and what it declares with it: {reason}",
            "fix the markup of the table",
        )


def _problem(alike: Lookalike, env: BuildEnvironment, project: Project) -> Problem:
    node = alike.node
    line = alike.line or node.get("line")
    line = line or next((above.line for above in around(node) if above.line), 1)
    source = node.get("source") or node.source or env.doc2path(env.docname)
    if str(source).startswith("<"):
        source = env.doc2path(env.docname)
    return Problem(
        rule="malformed-declaration",
        message=alike.message,
        help=alike.help,
        item=alike.item or env.docname,
        docname=env.docname,
        place=Place(path=project.relative_source(str(source)), line=line),
    )
