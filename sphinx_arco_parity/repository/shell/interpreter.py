"""Walks the tree of a script and gives out the commands that it may run.

Variables and folders are followed as far as they are plain; a ``for`` over plain words
is unrolled.  What only a run can know stays unknown.  Called for each ``run`` of a
workflow.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sphinx_arco_parity.repository.shell import statuses
from sphinx_arco_parity.repository.shell.commands import ShellCommand, Word
from sphinx_arco_parity.repository.shell.expansion import expand, joined
from sphinx_arco_parity.repository.shell.folders import change
from sphinx_arco_parity.repository.shell.syntax import (
    ASSIGNMENT,
    AndOr,
    Compound,
    Pipeline,
    Simple,
    parse,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_arco_parity.repository.shell.lexer import Token

#: Commands that one script may give; loops may not go beyond.
_LIMIT = 2000
_NESTED_SHELLS = frozenset({"bash", "sh", "dash", "zsh"})


@dataclass(slots=True)
class _State:
    variables: dict[str, tuple[Word, ...] | None]
    exported: dict[str, str | None]
    directory: str | None
    errexit: bool | None
    pipefail: bool | None
    stack: list[str | None] = field(default_factory=list)

    def copy(self) -> _State:
        return replace(
            self,
            variables=dict(self.variables),
            exported=dict(self.exported),
            stack=list(self.stack),
        )


def commands_of(
    text: str,
    *,
    environment: Mapping[str, str | None] | None = None,
    directory: str | None = "",
    errexit: bool | None = True,
    pipefail: bool | None = False,
) -> list[ShellCommand]:
    """Return the simple commands of the script *text*, in its order.

    *environment* maps the variables that are set to their values, ``None`` for those
    that are not known; *directory* is where the script starts, relative to the
    repository; the options say how its shell is started.

    :raises ShellSyntaxError: if *text* is no script that we can read.
    """
    known = dict(environment or {})
    state = _State(
        variables={
            name: None if value is None else (Word(value, value),)
            for name, value in known.items()
        },
        exported=known,
        directory=directory,
        errexit=errexit,
        pipefail=pipefail,
    )
    walk = _Walk()
    walk.list(parse(text), state, swallowed=False, last=True)
    return walk.found


class _Walk:
    def __init__(self) -> None:
        self.found: list[ShellCommand] = []

    def list(
        self, items: list[AndOr], state: _State, *, swallowed: bool | None, last: bool
    ) -> None:
        """Walk *items*; *last* tells whether the script's status is that of the last."""
        for index, item in enumerate(items):
            if len(self.found) > _LIMIT:
                return
            final = last and index == len(items) - 1
            status = swallowed
            if status is False and not final and not state.errexit:
                status = None
            self._and_or(item, state, None if item.background else status, last=final)

    def _and_or(
        self, item: AndOr, state: _State, swallowed: bool | None, *, last: bool
    ) -> None:
        for index, part in enumerate(item.parts):
            own = statuses.of_part(item, index, swallowed, last=last)
            before = None
            if index and (
                item.operators[index - 1] == "||" or not _only_moves(item.parts[:index])
            ):
                before = state.copy()
            alone = last and index == len(item.parts) - 1
            self._pipeline(part, state, own, last=alone)
            if before is not None:
                _merge(state, before)

    def _pipeline(
        self, pipeline: Pipeline, state: _State, swallowed: bool | None, *, last: bool
    ) -> None:
        if pipeline.negated:
            swallowed = None
        if len(pipeline.parts) == 1:
            self._part(pipeline.parts[0], state, swallowed, last=last)
            return
        for index, part in enumerate(pipeline.parts):
            start = len(self.found)
            status = swallowed
            if (
                index < len(pipeline.parts) - 1
                and status is False
                and not state.pipefail
            ):
                status = None
            self._part(part, state.copy(), status, last=True)
            if index == len(pipeline.parts) - 2:
                self._tee(pipeline, state, swallowed, start)

    def _tee(
        self, pipeline: Pipeline, state: _State, swallowed: bool | None, start: int
    ) -> None:
        """Note the file of a ``tee`` that takes the status of the command before it."""
        if (
            state.pipefail is not False
            or swallowed is not False
            or len(pipeline.parts) != 2
        ):
            return
        target = statuses.tee_file(pipeline.parts[1])
        if target and len(self.found) == start + 1:
            self.found[start] = replace(self.found[start], piped_to=target)

    def _part(
        self,
        part: Simple | Compound,
        state: _State,
        swallowed: bool | None,
        *,
        last: bool,
    ) -> None:
        if isinstance(part, Simple):
            self._simple(part, state, swallowed)
            return
        if part.kind == "for":
            self._for(part, state, swallowed)
            return
        if part.kind in {"group", "subshell"}:
            inner = state if part.kind == "group" else state.copy()
            self.list(part.body, inner, swallowed=swallowed, last=last)
            return
        self._maybe(part, state, swallowed, last=last)

    def _maybe(
        self, part: Compound, state: _State, swallowed: bool | None, *, last: bool
    ) -> None:
        """Walk what may run or not: afterwards only what both ways agree on is known."""
        self.list(part.condition, state, swallowed=None, last=False)
        before = state.copy()
        called = part.kind == "function"
        if called:
            state.directory = state.directory if not state.stack else None
        status = None if called or part.kind == "while" else swallowed
        self.list(part.body, state, swallowed=status, last=last)
        _merge(state, before)

    def _for(self, part: Compound, state: _State, swallowed: bool | None) -> None:
        values = [
            word for token in part.values or [] for word in self._expand(token, state)
        ]
        plain = part.values is not None and all(w.known and not w.glob for w in values)
        before = state.copy()
        rounds = [(word,) for word in values] if plain and len(values) <= 64 else [None]
        for words in rounds:
            state.variables[part.variable] = words
            self.list(part.body, state, swallowed=swallowed, last=False)
        _merge(state, before)

    # --- simple commands -------------------------------------------------------------

    @staticmethod
    def _expand(token: Token, state: _State) -> list[Word]:
        return expand(token, state.variables)

    def _simple(self, simple: Simple, state: _State, swallowed: bool | None) -> None:
        tokens = list(simple.words)
        own: list[tuple[str, tuple[Word, ...] | None]] = []
        while tokens and _is_assignment(tokens[0]):
            own.append(_assignment(tokens.pop(0), state))
        if not tokens:
            state.variables.update(own)
            for name, value in own:
                if name in state.exported:
                    state.exported[name] = joined(value)
            return
        words = tuple(w for token in tokens for w in self._expand(token, state))
        if words and self._builtin(tokens, words, state):
            return
        if words:
            environment = {**state.exported, **{n: joined(v) for n, v in own}}
            self._give(words, simple.line, environment, state, swallowed)

    def _give(
        self,
        words: tuple[Word, ...],
        line: int,
        environment: dict[str, str | None],
        state: _State,
        swallowed: bool | None,
    ) -> None:
        command = ShellCommand(
            words=words,
            line=line,
            directory=state.directory,
            environment=tuple(sorted(environment.items())),
            swallowed=swallowed,
        )
        self.found += _nested(command) or [command]

    def _builtin(
        self, tokens: list[Token], words: tuple[Word, ...], state: _State
    ) -> bool:
        """Follow *words* if they change the shell itself; tell whether they do."""
        name = words[0].text
        if name in {"export", "declare", "local", "readonly", "typeset"}:
            for token in tokens[1:]:
                if _is_assignment(token):
                    variable, value = _assignment(token, state)
                    state.variables[variable] = value
                    state.exported[variable] = joined(value)
                elif token.plain in state.variables:
                    state.exported[token.plain] = joined(state.variables[token.plain])
            return True
        if name == "unset":
            for word in words[1:]:
                state.variables.pop(word.text, None)
                state.exported.pop(word.text, None)
            return True
        if name == "set":
            _options([word.text for word in words[1:]], state)
            return True
        if name in {"cd", "pushd", "popd"}:
            state.directory = change(name, words[1:], state.directory, state.stack)
            return True
        if name in {"source", ".", "eval"}:
            for variable in state.variables:
                state.variables[variable] = None
        return False


def _is_assignment(token: Token) -> bool:
    return bool(
        token.kind == "word"
        and ASSIGNMENT.match(token.text)
        and (token.array is not None or token.pieces)
        and token.pieces[0].kind == "text"
        and not token.pieces[0].quoted
    )


def _assignment(token: Token, state: _State) -> tuple[str, tuple[Word, ...] | None]:
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


def _options(words: list[str], state: _State) -> None:
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


def _merge(state: _State, before: _State) -> None:
    """Keep in *state* only what it has in common with *before*."""
    if state.directory != before.directory:
        state.directory = None
    if state.errexit != before.errexit:
        state.errexit = None
    if state.pipefail != before.pipefail:
        state.pipefail = None
    for name in set(state.variables) | set(before.variables):
        if state.variables.get(name) != before.variables.get(name):
            state.variables[name] = None
    for name in set(state.exported) | set(before.exported):
        if state.exported.get(name) != before.exported.get(name):
            state.exported[name] = None


def _only_moves(parts: list[Pipeline]) -> bool:
    """Tell whether *parts* only go to a folder or set options, as in ``cd x && …``."""
    return all(
        isinstance(p.parts[0], Simple)
        and bool(p.parts[0].words)
        and p.parts[0].words[0].plain
        in {"cd", "pushd", "popd", "set", "export", "true", "source", "."}
        for p in parts
    )


def _nested(command: ShellCommand) -> list[ShellCommand]:
    """Return the commands of ``bash -c "…"``, or nothing if it is none."""
    texts = [word.text for word in command.words]
    if texts[0].rsplit("/", 1)[-1] not in _NESTED_SHELLS or len(texts) < 3:
        return []
    flags = []
    at = 1
    while at < len(texts) and texts[at].startswith("-"):
        flags.append(texts[at])
        at += 1 + (texts[at].endswith("o") and not texts[at].startswith("--"))
    if (
        at >= len(texts)
        or not command.words[at].known
        or not any("c" in f for f in flags)
    ):
        return []
    inner = commands_of(
        texts[at],
        environment=dict(command.environment),
        directory=command.directory,
        errexit=any("e" in f and not f.startswith("--") for f in flags),
        pipefail="pipefail" in texts,
    )
    return [
        replace(one, line=command.line, swallowed=one.swallowed or command.swallowed)
        if one.swallowed is not None and command.swallowed is not None
        else replace(one, line=command.line, swallowed=None)
        for one in inner
    ]
