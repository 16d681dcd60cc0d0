"""What a shell has set so far, variables, folder, options, and what words become by it.

Called by :mod:`.interpreter`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sphinx_arco_parity.repository.shell.commands import UNKNOWN, Word, change
from sphinx_arco_parity.repository.shell.lexer import Piece, Token
from sphinx_arco_parity.repository.shell.syntax import ASSIGNMENT

_WILDCARD = re.compile(r"[*?\[]")
_BRACES = re.compile(r"\{[^{}]*(,|\.\.)[^{}]*\}")
_SPLIT = re.compile(r"([ \t\n]+)")


def joined(value: tuple[Word, ...] | None) -> str | None:
    """Return a variable's value as one text, or ``None`` if it is not known."""
    if value is None or not all(word.known for word in value):
        return None
    return " ".join(word.text for word in value)


class _Builder:
    """Collects the words that one token becomes."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.words: list[Word] = []
        self.text = ""
        self.begun = False
        self.glob = False
        self.many = False

    def add(self, text: str, *, glob: bool = False) -> None:
        self.text += text
        self.begun = True
        self.glob = self.glob or glob

    def end(self) -> None:
        if self.begun:
            raw = self.raw
            self.words.append(Word(self.text, raw, self.many, self.glob))
        self.text, self.begun, self.glob, self.many = "", False, False, False


def expand(
    token: Token,
    variables: Mapping[str, tuple[Word, ...] | None],
    *,
    skip: int = 0,
    split: bool = True,
) -> list[Word]:
    """Return the words that *token* becomes; with *split* false exactly one.

    *skip* characters at its start (``name=``) are left out.
    """
    builder = _Builder(token.text)
    for piece in token.pieces:
        if skip and piece.kind == "text" and not piece.quoted:
            text = piece.text[skip:]
            skip = max(0, skip - len(piece.text))
            if text:
                builder.add(text)
        else:
            _add(piece, builder, variables, split=split)
    if not split and not builder.begun:
        builder.add("")
    builder.end()
    return builder.words


def _add(
    piece: Piece,
    builder: _Builder,
    variables: Mapping[str, tuple[Word, ...] | None],
    *,
    split: bool,
) -> None:
    if piece.kind == "text":
        _add_text(piece, builder)
    elif piece.kind == "unknown":
        _add_unknown(builder, many=not piece.quoted and split)
    elif piece.kind == "array":
        _add_array(piece, builder, variables.get(piece.text), split=split)
    else:
        _add_value(joined(variables.get(piece.text)), piece, builder, split=split)


def _add_text(piece: Piece, builder: _Builder) -> None:
    text = piece.text
    if piece.quoted:
        builder.add(text)
        return
    if not builder.begun and (text == "~" or text.startswith("~/")):
        builder.add(UNKNOWN + text[1:])
        return
    if _BRACES.search(text):
        builder.add(UNKNOWN)
        builder.many = True
        return
    builder.add(text, glob=bool(_WILDCARD.search(text)))


def _add_unknown(builder: _Builder, *, many: bool) -> None:
    builder.add(UNKNOWN)
    builder.many = builder.many or many


def _add_value(value: str | None, piece: Piece, builder: _Builder, *, split: bool) -> None:
    if value is None:
        _add_unknown(builder, many=not piece.quoted and split)
    elif piece.quoted or not split:
        builder.add(value)
    else:
        for part in _SPLIT.split(value):
            if not part:
                continue
            if part.isspace():
                builder.end()
            else:
                builder.raw = part if builder.words or value.split() != [value] else builder.raw
                builder.add(part, glob=bool(_WILDCARD.search(part)))


def _add_array(
    piece: Piece, builder: _Builder, value: tuple[Word, ...] | None, *, split: bool
) -> None:
    if value is None or not split:
        _add_unknown(builder, many=split)
        return
    for index, word in enumerate(value):
        if index:
            builder.end()
        builder.raw = word.raw
        builder.add(word.text, glob=word.glob and not piece.quoted)
        builder.many = builder.many or word.many


@dataclass(slots=True)
class State:
    """What a script has set so far."""

    variables: dict[str, tuple[Word, ...] | None]
    exported: dict[str, str | None]
    directory: str | None
    errexit: bool | None
    pipefail: bool | None
    stack: list[str | None] = field(default_factory=list)

    def copy(self) -> State:
        """Return another one that may go its own way."""
        return replace(
            self,
            variables=dict(self.variables),
            exported=dict(self.exported),
            stack=list(self.stack),
        )


def follow(tokens: Sequence[Token], words: Sequence[Word], state: State) -> bool:
    """Follow the command *words* if it changes the shell itself; tell whether it does.

    *tokens* are the words before variables were put in.
    """
    name = words[0].text
    if name in {"export", "declare", "local", "readonly", "typeset"}:
        _export(tokens[1:], state)
    elif name == "unset":
        for word in words[1:]:
            state.variables.pop(word.text, None)
            state.exported.pop(word.text, None)
    elif name == "set":
        _options([word.text for word in words[1:]], state)
    elif name in {"cd", "pushd", "popd"}:
        state.directory = change(name, words[1:], state.directory, state.stack)
    else:
        if name in {"source", ".", "eval"}:
            state.variables.update(dict.fromkeys(state.variables))
        return False
    return True


def _export(tokens: Sequence[Token], state: State) -> None:
    for token in tokens:
        if is_assignment(token):
            variable, value = assignment(token, state)
            state.variables[variable] = value
            state.exported[variable] = joined(value)
        elif token.plain in state.variables:
            state.exported[token.plain] = joined(state.variables[token.plain])


def is_assignment(token: Token) -> bool:
    """Tell whether *token* is ``NAME=value`` or ``NAME=( … )``."""
    return bool(
        token.kind == "word"
        and ASSIGNMENT.match(token.text)
        and (token.array is not None or token.pieces)
        and token.pieces[0].kind == "text"
        and not token.pieces[0].quoted
    )


def assignment(token: Token, state: State) -> tuple[str, tuple[Word, ...] | None]:
    """Return the name and value, ``None`` if unknown, that the assignment *token* gives."""
    match = ASSIGNMENT.match(token.text)
    assert match is not None  # noqa: S101 - the caller looked
    name, added = match[1], match[2] == "+"
    value: tuple[Word, ...] | None
    if token.array is not None:
        value = tuple(w for t in token.array for w in expand(t, state.variables))
    else:
        value = (expand(token, state.variables, skip=match.end(), split=False)[0],)
    if not added:
        return name, value
    before = state.variables.get(name)
    if before is None:
        return name, None
    if token.array is not None:
        return name, before + value
    return name, (Word((joined(before) or "") + value[0].text, token.text),)


def _options(words: list[str], state: State) -> None:
    for index, word in enumerate(words):
        if word[:1] not in {"-", "+"}:
            continue
        on = word[0] == "-"
        if "e" in word[1:] and not word.startswith("--"):
            state.errexit = on
        if word.endswith("o") and index + 1 < len(words):
            if words[index + 1] == "pipefail":
                state.pipefail = on
            if words[index + 1] == "errexit":
                state.errexit = on


def merge(state: State, before: State) -> None:
    """Keep in *state* only what it has in common with *before*."""
    for option in ("directory", "errexit", "pipefail"):
        if getattr(state, option) != getattr(before, option):
            setattr(state, option, None)
    own: dict[str, Any]
    for own, other in ((state.variables, before.variables), (state.exported, before.exported)):
        for name in own.keys() | other.keys():
            if own.get(name) != other.get(name):
                own[name] = None
