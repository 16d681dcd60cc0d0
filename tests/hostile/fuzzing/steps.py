"""How many steps a regular expression takes: Python's way of matching, counted.

Walks the tree that :mod:`re` parses, from left to right, and goes back as the real engine
does.  Counts of a bounded repeat are cut to :data:`_FEW`, so that a bound counts as a
constant.  What is asked is how the steps grow with the text, not how long they take.
"""

from __future__ import annotations

import re
from re import _constants as sre
from re import _parser as parser
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_FEW = 4
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


class TooManyStepsError(Exception):
    """The bound on steps was reached."""


class Counter:
    """Matches one pattern, and counts."""

    def __init__(self, pattern: re.Pattern[str], limit: int) -> None:
        self._tree = list(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))
        self._flags = pattern.flags
        self._limit = limit
        self._one: dict[int, re.Pattern[str]] = {}
        self.steps = 0

    def search(self, text: str) -> None:
        """Take the steps of looking for all matches in *text*."""
        at = 0
        while at <= len(text):
            end = self.match(text, at)
            at = at + 1 if end is None or end == at else end

    def match(self, text: str, at: int = 0) -> int | None:
        """Take the steps of matching at one place; return where the match ends."""
        self._text = text
        self._groups: dict[int, tuple[int, int]] = {}
        return next(self._sequence(self._tree, 0, at), None)

    def _step(self) -> None:
        self.steps += 1
        if self.steps > self._limit:
            raise TooManyStepsError

    def _sequence(self, items: list[Any], index: int, at: int) -> Iterator[int]:
        if index == len(items):
            yield at
            return
        for end in self._item(items[index], at):
            yield from self._sequence(items, index + 1, end)

    def _item(self, item: tuple[Any, Any], at: int) -> Iterator[int]:
        code, argument = item
        self._step()
        if code in _REPEATS:
            yield from self._repeat(code, argument, at)
        elif code is sre.BRANCH:
            for branch in argument[1]:
                yield from self._sequence(list(branch), 0, at)
        elif code is sre.SUBPATTERN:
            yield from self._group(argument, at)
        elif code is sre.ATOMIC_GROUP:
            yield from self._first(list(argument), at)
        elif code is sre.GROUPREF:
            yield from self._again(argument, at)
        elif code in {sre.ASSERT, sre.ASSERT_NOT, sre.AT}:
            if self._holds(code, argument, at):
                yield at
        elif self._fits(item, at):
            yield at + 1

    def _group(self, argument: tuple[Any, ...], at: int) -> Iterator[int]:
        number, _, _, body = argument
        for end in self._sequence(list(body), 0, at):
            if number is not None:
                self._groups[number] = (at, end)
            yield end

    def _first(self, body: list[Any], at: int) -> Iterator[int]:
        end = next(self._sequence(body, 0, at), None)
        if end is not None:
            yield end

    def _holds(self, code: Any, argument: Any, at: int) -> bool:
        if code is sre.AT:
            return self._is_at(argument, at)
        return self._asserted(argument, at) is (code is sre.ASSERT)

    def _asserted(self, argument: tuple[int, Any], at: int) -> bool:
        direction, body = argument
        start = at if direction > 0 else at - body.getwidth()[0]
        return start >= 0 and next(self._sequence(list(body), 0, start), None) is not None

    def _is_at(self, where: Any, at: int) -> bool:
        shown = {
            sre.AT_BEGINNING: "^",
            sre.AT_BEGINNING_STRING: r"\A",
            sre.AT_END: "$",
            sre.AT_END_STRING: r"\Z",
            sre.AT_BOUNDARY: r"\b",
            sre.AT_NON_BOUNDARY: r"\B",
        }[where]
        flags = self._flags & re.MULTILINE
        return re.compile(shown, flags).match(self._text, at) is not None

    def _again(self, number: int, at: int) -> Iterator[int]:
        start, end = self._groups.get(number, (0, -1))
        if end >= start and self._text.startswith(self._text[start:end], at):
            yield at + end - start

    def _fits(self, item: tuple[Any, Any], at: int) -> bool:
        if at >= len(self._text):
            return False
        code, argument = item
        character = self._text[at]
        if code is sre.ANY:
            return character != "\n" or bool(self._flags & re.DOTALL)
        if code in {sre.LITERAL, sre.NOT_LITERAL}:
            same = character.lower() == chr(argument).lower()
            return same is (code is sre.LITERAL)
        return _is_in(argument, character)

    def _repeat(self, code: Any, argument: tuple[Any, ...], at: int) -> Iterator[int]:
        least, most, body = argument
        if most is not sre.MAXREPEAT:
            least, most = min(least, _FEW), min(most, max(min(least, _FEW), _FEW))
        items = list(body)
        if len(items) == 1 and items[0][0] in {
            sre.IN,
            sre.LITERAL,
            sre.NOT_LITERAL,
            sre.ANY,
        }:
            ends = self._characters(items[0], least, most, at)
        else:
            ends = self._loops(items, least, most, at, 0)
        if code is sre.MIN_REPEAT:
            yield from self._lazy(items, least, most, at, 0)
        elif code is sre.POSSESSIVE_REPEAT:
            end = next(ends, None)
            if end is not None:
                yield end
        else:
            yield from ends

    def _characters(self, item: Any, least: int, most: int, at: int) -> Iterator[int]:
        count = 0
        while count < most and self._fits(item, at + count):
            self._step()
            count += 1
        for end in range(at + count, at + least - 1, -1):
            self._step()
            yield end

    def _loops(self, items: list[Any], least: int, most: int, at: int, done: int) -> Iterator[int]:
        if done < most:
            for end in self._sequence(items, 0, at):
                if end > at or done < least:
                    yield from self._loops(items, least, most, end, done + 1)
        if done >= least:
            yield at

    def _lazy(self, items: list[Any], least: int, most: int, at: int, done: int) -> Iterator[int]:
        places = [at]
        while places and done <= most:
            if done >= least:
                yield places[0]
            self._step()
            places = [e for e in self._sequence(items, 0, places[0]) if e > places[0]][:1]
            done += 1


def _is_in(items: list[tuple[Any, Any]], character: str) -> bool:
    found = any(_is_one(code, argument, character) for code, argument in items)
    return found is not (items[0][0] is sre.NEGATE)


def _is_one(code: Any, argument: Any, character: str) -> bool:
    if code is sre.LITERAL:
        return ord(character) == argument
    if code is sre.RANGE:
        return bool(argument[0] <= ord(character) <= argument[1])
    if code is not sre.CATEGORY:
        return False
    word = character.isalnum() or character == "_"
    return {
        sre.CATEGORY_DIGIT: character.isdigit(),
        sre.CATEGORY_NOT_DIGIT: not character.isdigit(),
        sre.CATEGORY_SPACE: character.isspace(),
        sre.CATEGORY_NOT_SPACE: not character.isspace(),
        sre.CATEGORY_WORD: word,
        sre.CATEGORY_NOT_WORD: not word,
    }[argument]


# --- texts that a pattern may go back and forth in ---------------------------------------


def pumps(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """Return pairs of a beginning and what is repeated after it, made from the pattern."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    return list(dict.fromkeys(_pumps(list(tree), "")))


def _pumps(items: list[Any], before: str) -> Iterator[tuple[str, str]]:
    for item in items:
        code, argument = item
        inner: list[Any] = []
        if code in _REPEATS:
            inner = [argument[2]]
            if argument[1] is sre.MAXREPEAT:
                for variant in range(3):
                    body = _sample(list(argument[2]), variant)
                    if body:
                        yield before, body
                        yield "", before + body
                        yield "", f"{before}{body} "
        elif code is sre.SUBPATTERN:
            inner = [argument[3]]
        elif code is sre.ATOMIC_GROUP:
            inner = [argument]
        elif code is sre.BRANCH:
            inner = argument[1]
        for one in inner:
            yield from _pumps(list(one), before)
        before += _sample([item], 0)


def _sample(items: list[Any], variant: int) -> str:
    """Return a text that *items* match, more or less."""
    text = ""
    for code, argument in items:
        if code is sre.LITERAL:
            text += chr(argument)
        elif code is sre.NOT_LITERAL:
            text += "b" if argument == ord("a") else "a"
        elif code is sre.ANY:
            text += "a ."[variant % 3]
        elif code is sre.IN:
            fitting = [c for c in _TRIED if _is_in(argument, c)] or ["\0"]
            text += fitting[variant % len(fitting)]
        elif code is sre.BRANCH:
            text += _sample(list(argument[1][variant % len(argument[1])]), variant)
        elif code is sre.SUBPATTERN:
            text += _sample(list(argument[3]), variant)
        elif code is sre.ATOMIC_GROUP:
            text += _sample(list(argument), variant)
        elif code in _REPEATS:
            text += _sample(list(argument[2]), variant) * min(argument[0], _FEW)
    return text


_TRIED = "a1 A_-.,:/\"'`*#()[]{}<>|\\\t\n!;=&+–"
