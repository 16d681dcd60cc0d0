"""Walks the tree of a script and gives out the commands that it may run.

Variables and folders are followed as far as they are plain; a ``for`` over plain words
is unrolled.  What only a run can know stays unknown.  Called for each ``run`` of a
workflow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from sphinx_arco_parity.repository.shell import statuses
from sphinx_arco_parity.repository.shell.commands import ShellCommand, Word
from sphinx_arco_parity.repository.shell.lexer import ShellSyntaxError
from sphinx_arco_parity.repository.shell.state import (
    State,
    assignment,
    expand,
    follow,
    joined,
    merge,
)
from sphinx_arco_parity.repository.shell.syntax import AndOr, Compound, Pipeline, Simple, parse

#: Commands that one script may give; loops may not go beyond.
_LIMIT = 2000
#: Words of a ``for`` that are at least one, whatever they become.
_COUNTED = re.compile(r"\$\(seq |[^$]?\{")
_LEAVING = ("exit", "return", "break", "continue")
_NESTED_SHELLS = frozenset({"bash", "sh", "dash", "zsh"})


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
    state = State(
        variables={
            name: None if value is None else (Word(value, value),) for name, value in known.items()
        },
        exported=known,
        directory=directory,
        errexit=errexit,
        pipefail=pipefail,
    )
    walk = _Walk(text)
    walk.commands(parse(text), state, swallowed=False, last=True)
    return walk.found


class _Walk:
    def __init__(self, text: str) -> None:
        self.text = text
        self.asks = "$?" in text or "PIPESTATUS" in text
        self.found: list[ShellCommand] = []
        self.perhaps = False
        """Whether what is walked runs only if some condition holds."""
        self.heedless = False
        """Whether errexit has no effect: what is walked stands before ``&&`` or ``||``."""
        self.left: set[str] = set()
        """The words by which the script, function or loop may have been left before."""
        names = self._names
        self.trapped = names("trap") and (names("EXIT") or names("ERR")) and "exit 0" in text

    def commands(
        self, items: list[AndOr], state: State, *, swallowed: bool | None, last: bool
    ) -> None:
        """Walk *items*; *last* tells whether the script's status is that of the last."""
        for index, item in enumerate(items):
            if len(self.found) > _LIMIT:
                return
            final = last and index == len(items) - 1
            status = swallowed
            passed_on = not self.heedless or index == len(items) - 1
            errexit = state.errexit and passed_on
            if status is False and not final and not errexit:
                passed = last and errexit is False
                alone = passed and statuses.is_ignored(item, items[index + 1 :])
                status = True if alone else None
            if item.background:
                status = None if self._names("wait") else True
            with self._apart(*(_LEAVING if item.background else ())):
                own = state.copy() if item.background else state
                self._and_or(item, own, status, last=final)
            if statuses.ends_script(item):
                return

    def _names(self, word: str, times: int = 1) -> bool:
        """Tell whether the script has *word* at least so many *times*."""
        return len(re.findall(rf"(?<![\w-]){re.escape(word)}(?![\w-])", self.text)) >= times

    def _and_or(self, item: AndOr, state: State, swallowed: bool | None, *, last: bool) -> None:
        for index, part in enumerate(item.parts):
            own = statuses.of_part(item, index, swallowed, last=last, asked=self.asks)
            before = None
            if index and (item.operators[index - 1] == "||" or not _only_moves(item.parts[:index])):
                before = state.copy()
            alone = last and index == len(item.parts) - 1
            asked = bool(index) and not alone and statuses.only_asks(item, index)
            failed = index > 0 and item.operators[index - 1] == "||"
            heedless = part.negated or index < len(item.parts) - 1
            with self._perhaps(asked or failed, heedless=heedless):
                self._pipeline(part, state, own, last=alone)
            self.left |= statuses.leaving(part, failed=failed)
            if before is not None:
                merge(state, before)

    def _pipeline(
        self, pipeline: Pipeline, state: State, swallowed: bool | None, *, last: bool
    ) -> None:
        if len(pipeline.parts) == 1:
            self._part(pipeline.parts[0], state, swallowed, last=last)
            return
        for index, part in enumerate(pipeline.parts):
            start = len(self.found)
            status = swallowed
            if index < len(pipeline.parts) - 1 and status is False and not state.pipefail:
                lost = all(map(statuses.passes_on, pipeline.parts[index + 1 :]))
                status = True if lost and state.pipefail is False and not self.asks else None
            with self._apart(*_LEAVING):
                self._part(part, state.copy(), status, last=True)
            if index == len(pipeline.parts) - 2:
                self._tee(pipeline, state, swallowed, start)

    def _tee(self, pipeline: Pipeline, state: State, swallowed: bool | None, start: int) -> None:
        """Note the file of a ``tee`` that takes the status of the command before it."""
        if state.pipefail is not False or swallowed is not False or len(pipeline.parts) != 2:
            return
        target = statuses.tee_file(pipeline.parts[1])
        if target and len(self.found) == start + 1:
            self.found[start] = replace(self.found[start], piped_to=target)

    def _part(
        self, part: Simple | Compound, state: State, swallowed: bool | None, *, last: bool
    ) -> None:
        if isinstance(part, Simple):
            self._simple(part, state, swallowed)
        elif part.kind == "for":
            self._for(part, state, swallowed)
        elif part.kind == "group":
            self.commands(part.body, state, swallowed=swallowed, last=last)
        elif part.kind == "subshell":
            with self._apart(*_LEAVING):
                self.commands(part.body, state.copy(), swallowed=swallowed, last=last)
        elif part.kind == "case":
            self._case(part, state, swallowed, last=last)
        else:
            self._maybe(part, state, swallowed, last=last)

    def _maybe(self, part: Compound, state: State, swallowed: bool | None, *, last: bool) -> None:
        """Walk what may run or not: afterwards only what both ways agree on is known."""
        every = [*part.body, *part.otherwise]
        lost = part.kind == "if" and swallowed is False and statuses.only_says(every)
        holds = statuses.holds(part.condition, state.variables) if part.kind == "if" else None
        self.commands(part.condition, state, swallowed=True if lost else None, last=False)
        before = state.copy()
        called = part.kind == "function"
        if called and not self._names(part.variable, 2):
            return
        if called:
            state.directory = state.directory if not state.stack else None
        status = None if called or part.kind == "while" else swallowed
        left = ["return"] if called else ["break", "continue"] if part.kind == "while" else []
        with self._perhaps(not called and holds is not True), self._apart(*left):
            self.commands(part.body, state, swallowed=status, last=last)
        other = before.copy()
        with self._perhaps(holds is not False):
            self.commands(part.otherwise, other, swallowed=status, last=last)
        merge(state, other)

    def _case(self, part: Compound, state: State, swallowed: bool | None, *, last: bool) -> None:
        before = state.copy()
        for branch in part.body:
            own = before.copy()
            with self._perhaps(True):
                self._and_or(branch, own, swallowed, last=last)
            merge(state, own)

    @contextmanager
    def _perhaps(self, value: bool, *, heedless: bool = False) -> Iterator[None]:
        outer = self.perhaps, self.heedless
        self.perhaps, self.heedless = outer[0] or value, outer[1] or heedless
        yield
        self.perhaps, self.heedless = outer

    @contextmanager
    def _apart(self, *words: str) -> Iterator[None]:
        """Forget afterwards what *words* left within."""
        before = set(self.left)
        yield
        self.left = before | self.left.difference(words)

    def _for(self, part: Compound, state: State, swallowed: bool | None) -> None:
        values = [word for token in part.values or [] for word in expand(token, state.variables)]
        plain = part.values is not None and all(w.known and not w.glob for w in values)
        before = state.copy()
        rounds = [(word,) for word in values] if plain and len(values) <= 64 else [None]
        if self.heedless and swallowed is False and (not plain or len(values) > 1):
            swallowed = None  # the status is that of the last round
        sure = (_COUNTED.match(w.raw) or not (w.many or "$@" in w.raw) for w in values)
        runs = plain or any(sure)
        with self._perhaps(not runs), self._apart("break"):
            for words in rounds:
                state.variables[part.variable] = words
                with self._apart("continue"):
                    self.commands(part.body, state, swallowed=swallowed, last=False)
        merge(state, before)

    # --- simple commands -------------------------------------------------------------

    def _simple(self, simple: Simple, state: State, swallowed: bool | None) -> None:
        tokens = list(simple.words)
        own: list[tuple[str, tuple[Word, ...] | None]] = []
        while tokens and (assigned := assignment(tokens[0], state)):
            own.append(assigned)
            del tokens[0]
        if not tokens:
            state.variables.update(own)
            for name, value in own:
                if name in state.exported:
                    state.exported[name] = joined(value)
            return
        words = tuple(w for token in tokens for w in expand(token, state.variables))
        if not words or follow(tokens, words, state):
            return
        environment = {**state.exported, **{n: joined(v) for n, v in own}}
        command = ShellCommand(
            words=words,
            line=simple.line,
            directory=state.directory,
            environment=tuple(sorted(environment.items())),
            swallowed=None if self.trapped and swallowed is False else swallowed,
            perhaps=self.perhaps or bool(self.left),
        )
        self.found += _nested(command) or [command]


def _only_moves(parts: list[Pipeline]) -> bool:
    """Tell whether *parts* only go to a folder or set options, as in ``cd x && …``."""
    moves = {"cd", "pushd", "popd", "set", "export", "true", "source", "."}
    return all(statuses.first_word(pipeline.parts[0]) in moves for pipeline in parts)


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
    if at >= len(texts) or not command.words[at].known or not any("c" in f for f in flags):
        return []
    try:
        inner = commands_of(
            texts[at],
            environment=dict(command.environment),
            directory=command.directory,
            errexit=any("e" in f and not f.startswith("--") for f in flags),
            pipefail="pipefail" in texts,
        )
    except ShellSyntaxError:
        return []
    return [
        replace(
            nested,
            line=command.line,
            swallowed=nested.swallowed or command.swallowed
            if nested.swallowed is not None and command.swallowed is not None
            else None,
            perhaps=nested.perhaps or command.perhaps,
        )
        for nested in inner
    ]
