"""From the text of a cell or an option to evidence and remarks.

:func:`parse_cell` is what the rest of the project calls; the rooms beside it hold the
grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from sys import intern

from sphinx_arco_parity.model.records import Evidence
from sphinx_arco_parity.notation.cell_items import Item, items_of
from sphinx_arco_parity.notation.ci_cells import Pipeline, is_about_ci, read_pipelines
from sphinx_arco_parity.notation.links import ANYWHERE, Home
from sphinx_arco_parity.notation.path_shapes import extension, is_ci_path, is_test_path, mentions_ci
from sphinx_arco_parity.notation.paths import read_reference
from sphinx_arco_parity.notation.prose import takes_back
from sphinx_arco_parity.notation.reference_tokens import Reader, as_references
from sphinx_arco_parity.notation.references import BARE_LINE, Citation, read_citations
from sphinx_arco_parity.notation.symbols import is_command, is_identifier
from sphinx_arco_parity.notation.tokens import Kind, Token
from sphinx_arco_parity.notation.unread import bare_command, left_over, lone_name, said_after_all
from sphinx_arco_parity.notation.vocabulary import VALUES
from sphinx_arco_parity.text import words
from sphinx_arco_parity.text.inline import parse

_USUAL = re.compile(
    r"`((?:[a-z_][a-z0-9_]*/)+[a-z_][a-z0-9_]*\.[a-z]+)"
    r"(?::([1-9][0-9]{0,5})(?:-([1-9][0-9]{0,5}))?)?"
    r"(?:::([A-Za-z_][A-Za-z0-9_]*)`|` \(`([A-Za-z_][A-Za-z0-9_]*)`\)|`)"
)


def usual_evidence(text: str, kind: str) -> Evidence | None:
    """Return what *text*, a cell of *kind* ``code`` or ``test`` in a usual form, cites.

    ``path:12 (name)`` and ``path::name`` in back-ticks can mean nothing else.  The grammar
    takes 140 µs for such a cell, this 10 µs; tests/notation holds one against the other.

    ``None`` if it has another form, for the grammar to read.
    """
    match = _USUAL.fullmatch(text)
    if match is None:
        return None
    path, first, last, named, beside = match.groups()
    if not extension(path) or (beside and not _is_symbol(beside)):
        return None
    line = int(first) if first else None
    return Evidence(
        kind=kind,
        text=text,
        path=intern(path),  # which many cite
        line=line,
        end_line=int(last) if line and last and int(last) > line else None,
        symbol=named or beside,
        end=text.index("`", 1) + 1,
        literal=0,
    )


def _is_symbol(literal: str) -> bool:
    """Tell whether *literal*, alone in parentheses, is no line, value or remark."""
    if literal[0] in "lL" and literal[-1].isdigit():
        return False  # `line12`
    token = Token(Kind.CODE, literal, 0, len(literal))
    return not takes_back((token,)) and literal.lower() not in VALUES


#: What :func:`parse_cell` can be told of a cell.
CELL_KINDS = ("code", "test", "ci", "adr", "any")

_JOB_WORDS = frozenset({"job", "jobs"})
_COMMAND_WORDS = frozenset({"command", "commands", "runs", "running"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a cell says."""

    evidence: tuple[Evidence, ...] = ()
    """In the order of the text."""
    unread: tuple[Evidence, ...] = ()
    """What is shaped like evidence and is none that could be read; see :mod:`.unread`."""
    remarks: tuple[str, ...] = ()
    """The items, as written, that cite nothing."""


@lru_cache(maxsize=1024)  # a matrix cites the same command in most of its rows
def parse_cell(text: str, kind: str, *, home: Home = ANYWHERE) -> Cell:
    r"""Return the evidence and the remarks of a cell.

    :param text: the cell as written, in Markdown or reStructuredText; lines end in
        ``\\n`` or ``<br>``.
    :param kind: one of :data:`CELL_KINDS`; with ``any`` the shape of each reference says
        what it is.
    :param home: where the cell is written, for the targets of its links.
    """
    if len(text) < 40 and words.is_empty(text):
        return Cell()
    usual = usual_evidence(text, kind) if kind in {"code", "test"} else None
    if usual is not None:
        return Cell(evidence=(usual,))
    return read_cell(text, kind, home)


def read_cell(text: str, kind: str, home: Home) -> Cell:
    """Return the same, by the grammar alone."""
    reader = Reader(home)
    evidence: list[Evidence] = []
    unread: list[Evidence] = []
    remarks: list[str] = []
    before: Evidence | None = None
    for number, item in enumerate(map(as_references, items_of(text, home))):
        continued = _continued(item, before, kind)
        last = evidence[-1] if continued[0].text.endswith(f":{item.text}") and evidence else None
        if last is not None and last.line is None and last.symbol is None:
            evidence.pop()  # `src/x.rs`, L120
        found = [] if item.is_remark else list(_read(item, continued, kind, reader))
        before = found[-1] if found else None
        if not item.is_remark:
            found += _commands(item, found, kind)
        said = said_after_all(item.tokens) if item.is_remark else item.tokens
        for token in left_over(said, found):
            symbol = lone_name(item.tokens, token) if kind not in {"ci", "adr"} else None
            # A folder may be called as a name is.
            is_alone = item.tokens == (token,) and token.kind is Kind.CODE
            is_name = is_alone and kind != "ci" and not symbol and is_identifier(token.text)
            is_ci = kind == "any" and is_command(token.text)
            unread.append(
                Evidence(
                    kind="ci" if is_ci else _kind(kind, token.text, token.text),
                    text=token.text,
                    path=token.text if is_name else "",
                    symbol=symbol,
                    start=token.start,
                    end=token.end,
                    item=number,
                    literal=_literal(text, token),
                )
            )
        evidence += (
            replace(piece, text=item.text, item=number, literal=_literal(text, piece))
            for piece in found
        )
        if not found:
            remarks.append(item.text)
    return Cell(evidence=tuple(evidence), unread=tuple(unread), remarks=tuple(remarks))


def _commands(item: Item, found: Sequence[Evidence], kind: str) -> Iterator[Evidence]:
    """Yield the bare commands of *item*, and the tests that they name."""
    if kind not in {"ci", "test", "any"} or any(piece.kind == "ci" for piece in found):
        return
    symbols = {piece.symbol for piece in found}
    for token in bare_command(item.tokens):
        if token.text in symbols:
            continue
        bare = Evidence(kind="ci", text="", path="", start=token.start, end=token.end)
        yield replace(bare, command=token.text)
        for word in token.text.split():
            named = read_reference(word, quoted=True) if "::" in word else None
            if named is not None:
                for symbol in (name for name in named.symbols if name not in symbols):
                    yield replace(bare, kind="test", path=named.paths[0], symbol=symbol)


def _literal(text: str, piece: Evidence | Token) -> int | None:
    """Return which literal of *text* is the place of *piece*, or ``None``."""
    inline = parse(text)
    number = inline.literals_before(piece.start)
    following = inline.literals[number : number + 1]
    return number if following and following[0].start < piece.end else None


def _continued(item: Item, before: Evidence | None, kind: str) -> tuple[Token, ...]:
    """Return the tokens of *item*, with the path of the item before if it goes on there.

    ``:40`` and ``::name`` are a line and a name of the file cited before; in a CI cell an
    item that begins with "job" or "command" is one of the workflow cited before.
    """
    first = item.tokens[0]
    if before is None:
        return item.tokens
    path = replace(first, kind=Kind.CODE, text=before.path, end=first.start)
    if first.kind in {Kind.CODE, Kind.WORD} and _is_rest(first):
        rest = first.text if first.text[0] in ":#" else f":{first.text}"
        return (replace(path, text=before.path + rest, end=first.end), *item.tokens[1:])
    word = first.text.lower().rstrip(":") if first.kind is Kind.WORD else ""
    named = next((token for token in item.tokens if token.kind is Kind.CODE), None)
    if kind == "code" or named is None or not is_ci_path(before.path):
        return item.tokens
    path = replace(path, start=named.start, end=named.end)
    if word in _JOB_WORDS or (word in _COMMAND_WORDS and before.job is None):
        return (path, *item.tokens)
    if word in _COMMAND_WORDS:
        name = replace(path, text=before.job or "", start=path.end)
        return (path, replace(name, kind=Kind.WORD, text="job"), name, *item.tokens)
    return item.tokens


def _is_rest(token: Token) -> bool:
    if token.kind is Kind.WORD:
        return token.text[0] in ":L" and BARE_LINE.fullmatch(token.text) is not None
    named = token.text.startswith("::") and len(token.text) > 2
    return named or BARE_LINE.fullmatch(token.text) is not None


def _read(item: Item, tokens: tuple[Token, ...], kind: str, reader: Reader) -> Iterator[Evidence]:
    every = (t.target or t.text for token in tokens for t in (token, *token.inner))
    if kind == "ci" or (kind != "adr" and any(map(mentions_ci, every))):
        pipelines = read_pipelines(tokens, reader)
        if kind == "ci" or is_about_ci(pipelines, also_bare=kind == "any"):
            for pipeline in pipelines:
                yield from _ci_evidence(pipeline)
            return
    for citation in read_citations(tokens, reader, starts_line=item.starts_line):
        yield from _evidence(citation, kind)


def _ci_evidence(pipeline: Pipeline) -> Iterator[Evidence]:
    reference, runs = pipeline.reference, pipeline.runs()
    perhaps = pipeline.perhaps_job() if runs == ((None, None),) else None
    lines = reference.lines or ((None, None),)
    for path in reference.paths:
        for line, end in lines:
            for job, command in runs:
                yield Evidence(
                    kind="ci",
                    text="",
                    path=path,
                    line=line,
                    end_line=end,
                    job=job or perhaps,
                    command=command,
                    inferred=perhaps is not None,
                    start=pipeline.token.start,
                    end=pipeline.token.end,
                    linked=pipeline.token.kind is Kind.LINK,
                )


def _evidence(citation: Citation, kind: str) -> Iterator[Evidence]:
    for path in citation.reference.paths:
        for line, end, symbol, inferred in _places(citation):
            told = _kind(kind, path, symbol)
            yield Evidence(
                kind=told,
                text="",
                path=path,
                line=line,
                end_line=end,
                symbol=symbol if told != "ci" else None,
                inferred=inferred and told != "ci",
                start=citation.token.start,
                end=citation.token.end,
                linked=citation.token.kind is Kind.LINK,
            )


def _places(citation: Citation) -> list[tuple[int | None, int | None, str | None, bool]]:
    """Return line, end, symbol, and whether the symbol is inferred, of each piece."""
    reference = citation.reference
    written = dict.fromkeys((*reference.symbols, *citation.symbols))
    symbols = written or dict.fromkeys(citation.inferred)
    if not symbols or len(reference.paths) > 1:
        return [(*lines, None, False) for lines in reference.lines] or [(None, None, None, False)]
    if len(reference.lines) > 1:
        # Which symbol is at which of the lines is not said.
        by_line = [(*lines, None, False) for lines in reference.lines]
        return [*by_line, *((None, None, symbol, not written) for symbol in symbols)]
    line, end = reference.lines[0] if reference.lines else (None, None)
    return [(line, end, symbol, not written) for symbol in symbols]


def _kind(kind: str, path: str, symbol: str | None) -> str:
    if kind != "any":
        return kind
    if is_ci_path(path):
        return "ci"
    parts = (symbol or "").replace("::", ".").split(".")
    names_test = any(
        part.startswith("test_") or (part.startswith("Test") and part[4:5].isupper())
        for part in parts
    )
    return "test" if names_test or is_test_path(path) else "code"
