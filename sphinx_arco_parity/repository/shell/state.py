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

_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)(\+?)=")
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

    def add(self, text: str, *, glob: bool = False, many: bool = False) -> None:
        self.text += text
        self.begun = True
        self.glob = self.glob or glob
        self.many = self.many or many

    def end(self) -> None:
        if self.begun:
            self.words.append(Word(self.text, self.raw, self.many, self.glob))
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
        if piece.kind != "text":
            _add_value(builder, piece, variables.get(piece.text), split=split)
        elif skip and not piece.quoted:
            text = piece.text[skip:]
            skip = max(0, skip - len(piece.text))
            if text:
                builder.add(text)
        else:
            _add_text(builder, piece)
    if not split and not builder.begun:
        builder.add("")
    builder.end()
    return builder.words


def _add_text(builder: _Builder, piece: Piece) -> None:
    text = piece.text
    if piece.quoted:
        builder.add(text)
    elif not builder.begun and (text == "~" or text.startswith("~/")):
        builder.add(UNKNOWN + text[1:])
    elif _BRACES.search(text):
        builder.add(UNKNOWN, many=True)
    else:
        builder.add(text, glob=bool(_WILDCARD.search(text)))


def _add_value(
    builder: _Builder, piece: Piece, value: tuple[Word, ...] | None, *, split: bool
) -> None:
    """Add what a variable or an array, of that *value*, becomes, or what is unknown."""
    is_array, text = piece.kind == "array", joined(value)
    if is_array and value is not None and split:
        for index, word in enumerate(value):
            if index:
                builder.end()
            builder.raw = word.raw
            builder.add(word.text, glob=word.glob and not piece.quoted, many=word.many)
    elif is_array or piece.kind == "unknown" or text is None:
        builder.add(UNKNOWN, many=split and (is_array or not piece.quoted))
    elif piece.quoted or not split:
        builder.add(text)
    else:
        for part in filter(None, _SPLIT.split(text)):
            if part.isspace():
                builder.end()
            else:
                builder.raw = part if builder.words or text.split() != [text] else builder.raw
                builder.add(part, glob=bool(_WILDCARD.search(part)))


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
        if assigned := assignment(token, state):
            variable, value = assigned
            state.variables[variable] = value
            state.exported[variable] = joined(value)
        elif token.plain in state.variables:
            state.exported[token.plain] = joined(state.variables[token.plain])


def assignment(token: Token, state: State) -> tuple[str, tuple[Word, ...] | None] | None:
    """Return the name and value, ``None`` if unknown, that ``NAME=value`` or ``NAME=( … )`` gives.

    ``None`` if *token* is neither.
    """
    match = _ASSIGNMENT.match(token.text)
    if match is None or token.pieces[0].kind != "text" or token.pieces[0].quoted:
        return None
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
