"""What docutils or MyST dropped, although it was plainly meant to be ours.

Both leave a system message in the page for a directive or role that they do not know,
and pass the build; Sphinx takes a bare ``exception`` directive for Python's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinx_arco_parity.extension.reading.lookalikes import lookalikes
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

_UNKNOWN = re.compile(
    r"Unknown (?P<what>directive type|interpreted text role):?"
    r" [\"'](?P<name>[^\"']+)[\"']"
)
_TABLE = re.compile(r"Malformed table|Error parsing content block for the \"(?:list|csv)-")
_DUPLICATE_TABLE = re.compile(r"\"(?:list|csv)-table\" directive")
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
    seen: set[tuple[str, Place]] = set()
    for problem in _problems(document, page, env, project, found):
        if (problem.message, problem.place) not in seen:
            seen.add((problem.message, problem.place))
            yield problem


def _problems(
    document: nodes.document,
    page: NodeIndex,
    env: BuildEnvironment,
    project: Project,
    found: Collected,
) -> Iterator[Problem]:
    declares = bool(found.wrapped) or _in_tables(env.docname, project)
    for node in page.messages:
        if isinstance(node, addnodes.desc):
            yield from _python_exception(node, env, project)
        elif isinstance(node, nodes.system_message):
            yield from _unknown(node, env, project)
            yield from _refused_exception(node, env, project)
            if declares:
                yield from _dropped_table(node, env, project)
    for message in document.transform_messages:
        yield from _unknown(message, env, project)
    markdown = PurePath(str(env.doc2path(env.docname))).suffix == ".md"
    for alike in lookalikes(page, markdown=markdown):
        yield _problem(
            alike.node,
            env,
            project,
            item=alike.item,
            message=alike.message,
            help_text=alike.help,
            line=alike.line,
        )


def _in_tables(docname: str, project: Project) -> bool:
    tables = project.settings.tables
    return any(matches(docname, globs) for globs in tables.values())


def _python_exception(
    node: addnodes.desc, env: BuildEnvironment, project: Project
) -> Iterator[Problem]:
    if node.get("objtype") != "exception" or node.get("domain") != "py":
        return
    for signature in node.findall(addnodes.desc_signature):
        name = signature.astext().strip()
        if _ID.match(name):
            yield _is_pythons(signature, name, env, project)


def _refused_exception(
    node: nodes.system_message, env: BuildEnvironment, project: Project
) -> Iterator[Problem]:
    """Python's directive drops a declaration whose options it does not know."""
    text = node.astext()
    if 'Error in "exception" directive' not in text:
        return
    match = _BARE_EXCEPTION.search(text)
    if match and (_ID.match(match["name"]) or _OWN_OPTION.search(text)):
        yield _is_pythons(node, match["name"], env, project)


def _is_pythons(node: nodes.Element, name: str, env: BuildEnvironment, project: Project) -> Problem:
    return _problem(
        node,
        env,
        project,
        item=name,
        message=f"`exception` with “{name}” is Python's directive and declares nothing here",
        help_text=f"write `parity-exception` (or `parity:exception`) {name}",
    )


def _unknown(
    node: nodes.system_message, env: BuildEnvironment, project: Project
) -> Iterator[Problem]:
    match = _UNKNOWN.search(node.astext())
    if match is None:
        return
    name, directive = match["name"], match["what"] == "directive type"
    guess = _meant(name, directive=directive)
    if guess is None:
        return
    what = "directive" if directive else "role"
    yield _problem(
        node,
        env,
        project,
        item=name,
        message=f"there is no {what} `{name}`; did you mean `{guess}`?",
        help_text=f"write `{guess}`, or declare nothing with this name",
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
    if _ALIKE.match(name.lower()) or name.lower().startswith("parity"):
        return nearest(name, known) or known[0]
    close = nearest(name, known)
    if close and (close.startswith("parity-") or _typo(name, close)):
        return close if "-" in name or "_" in name or _typo(name, close) else None
    return None


def _typo(name: str, known: str) -> bool:
    """Tell whether *name* is *known* with a slip of at most two letters."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - only for an unknown name

    same = sum(b.size for b in SequenceMatcher(None, name, known).get_matching_blocks())
    return len(known) > 4 and max(len(name), len(known)) - same <= 2


def _dropped_table(
    node: nodes.system_message, env: BuildEnvironment, project: Project
) -> Iterator[Problem]:
    text = node.astext()
    if node.get("level", 0) < 3:
        return
    if _TABLE.search(text) or _DUPLICATE_TABLE.search(text):
        reason = text.partition(") ")[2].split("\n")[0].rstrip(".")
        yield _problem(
            node,
            env,
            project,
            item=env.docname,
            message=f"a table is dropped, and what it declares with it: {reason}",
            help_text="fix the markup of the table",
        )


def _problem(
    node: nodes.Element,
    env: BuildEnvironment,
    project: Project,
    *,
    item: str,
    message: str,
    help_text: str,
    line: int | None = None,
) -> Problem:
    current: nodes.Node | None = node
    line = line or node.get("line") or node.line
    while not line and current is not None:
        line, current = current.line, current.parent
    source = node.get("source") or node.source or env.doc2path(env.docname)
    if source and str(source).startswith("<"):
        source = env.doc2path(env.docname)
    return Problem(
        rule="malformed-declaration",
        message=message,
        help=help_text,
        item=item,
        docname=env.docname,
        anchor="",
        place=Place(path=project.relative_source(str(source)), line=line or 1),
    )
