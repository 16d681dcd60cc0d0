"""What a shell has set so far: variables, folder, options.

Called by :mod:`.interpreter`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sphinx_arco_parity.repository.shell.commands import Word
from sphinx_arco_parity.repository.shell.expansion import expand, joined
from sphinx_arco_parity.repository.shell.folders import change
from sphinx_arco_parity.repository.shell.lexer import Token
from sphinx_arco_parity.repository.shell.syntax import ASSIGNMENT


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
    for name in set(state.variables) | set(before.variables):
        if state.variables.get(name) != before.variables.get(name):
            state.variables[name] = None
    for name in set(state.exported) | set(before.exported):
        if state.exported.get(name) != before.exported.get(name):
            state.exported[name] = None
