"""Takes ``uv run``, ``poetry run``, ``python -m``, ``env X=y``, ``timeout 60`` … off.

Called by the selection and by the search for quoted commands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sphinx_arco_parity.repository.shell.commands import ShellCommand, Word
from sphinx_arco_parity.repository.shell.folders import join
from sphinx_arco_parity.repository.shell.wrapper_table import GLOBALS, WRAPPERS, Wrapper

_PYTHON = re.compile(r"(?:.*[/\\])?(?:python|pypy|py)(?:[\d.]*w?)?(?:\.exe)?")
_PYTHON_VALUES = frozenset({"-W", "-X", "--check-hash-based-pycs"})
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)
_ATTACHED = re.compile(r"-\d+|-[oei][\w]+|-[ns]\d+")


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A command without its wrappers."""

    command: ShellCommand
    sure: bool = True
    """``False`` if an option of a wrapper is not known: more words may belong to it."""


def unwrap(command: ShellCommand) -> Unwrapped:
    """Return the command that *command* runs in the end."""
    *_, last = layers(command)
    return last


def layers(command: ShellCommand) -> Iterator[Unwrapped]:
    """Give *command* itself, then without its first wrapper, without the second, and so on."""
    result = Unwrapped(command)
    yield result
    for _ in range(12):
        following = _once(result.command)
        if following is None:
            return
        result = replace(following, sure=result.sure and following.sure)
        yield result


def _once(command: ShellCommand) -> Unwrapped | None:
    words = command.words
    if len(words) < 2:
        return None
    first = words[0].text.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".exe")
    if _PYTHON.fullmatch(words[0].text) or not words[0].known:
        return _python(command)
    found = WRAPPERS.get((first,))
    if found is not None:
        return _Peeling(command, words[1:], found).run()
    at, folder, sure = _globals(first, words)
    if at >= len(words):
        return None
    found = WRAPPERS.get((first, words[at].text))
    if found is None and at + 1 < len(words):
        at += 1
        found = WRAPPERS.get((first, words[at - 1].text, words[at].text))
    if found is None:
        return None
    if folder is not None:
        command = replace(command, directory=join(command.directory, folder))
    peeled = _Peeling(command, words[at + 1 :], found).run()
    return peeled and replace(peeled, sure=peeled.sure and sure)


def _globals(first: str, words: tuple[Word, ...]) -> tuple[int, str | None, bool]:
    """Pass over options between a program and its subcommand."""
    table = GLOBALS.get(first)
    at, folder, sure = 1, None, True
    while table and at < len(words) and words[at].text.startswith("-"):
        name, equals, value = words[at].text.partition("=")
        takes = name in table.values or name in table.folders
        if takes and not equals and at + 1 < len(words):
            value = words[at + 1].text
        if name in table.folders:
            folder = value
        sure = sure and (takes or name in table.flags)
        at += 2 if takes and not equals else 1
    return at, folder, sure


def _python(command: ShellCommand) -> Unwrapped | None:
    """Return the module that ``python -m`` runs."""
    words = command.words
    at = 1
    while at < len(words):
        text = words[at].text
        if text in _PYTHON_VALUES:
            at += 2
        elif text == "-m" or (re.fullmatch(r"-[A-Za-z]*m", text) and not text.startswith("--")):
            rest = words[at + 1 :]
            return Unwrapped(replace(command, words=rest)) if rest else None
        elif re.fullmatch(r"-[BEIOPSbdiqsuvx\d.]+", text) or text.startswith(("-W", "-X")):
            at += 1
        else:
            return None
    return None


class _Peeling:
    """Reads what stands between a wrapper and its command."""

    def __init__(self, command: ShellCommand, words: tuple[Word, ...], wrapper: Wrapper) -> None:
        self.command = command
        self.words = words
        self.wrapper = wrapper
        self.at = 0
        self.skip = wrapper.skip
        self.sure = True
        self.directory = command.directory
        self.environment = dict(command.environment)

    def run(self) -> Unwrapped | None:
        """Return the command behind, ``None`` if there is none."""
        begun = False
        while not begun and self.at < len(self.words):
            begun = self._until() if self.wrapper.until else self._step()
        return self._rest()

    def _until(self) -> bool:
        self.at += 1
        return self.words[self.at - 1].text in self.wrapper.until

    def _step(self) -> bool:
        """Pass over a word of the wrapper's; tell whether the command begins here."""
        text = self.words[self.at].text
        name, equals, value = text.partition("=")
        if name in self.wrapper.modules or text == "--":
            self.at += 1
            return text != "--" or not self.skip
        if name in self.wrapper.folders:
            if not equals and self.at + 1 < len(self.words):
                value = self.words[self.at + 1].text
            self.directory = join(self.directory, value)
        if name in self.wrapper.folders or name in self.wrapper.values:
            self.at += 1 if equals else 2
            return False
        if text.startswith("-") and len(text) > 1:
            known = name in self.wrapper.flags or _ATTACHED.fullmatch(text)
            self.sure = self.sure and bool(known)
        elif not self._assigns(text):
            if not self.skip:
                return True
            self.skip -= 1
        self.at += 1
        return False

    def _assigns(self, text: str) -> bool:
        found = _ASSIGNMENT.fullmatch(text) if self.wrapper.assignments else None
        if found:
            known = self.words[self.at].known
            self.environment[found[1]] = found[2] if known else None
        return found is not None

    def _rest(self) -> Unwrapped | None:
        words = self.words[self.at :]
        if not words:
            return None
        prefix, suffix = self.wrapper.prefix, self.wrapper.suffix
        if prefix or suffix:
            text = re.sub(rf"\A{prefix}", "", words[0].text)
            named = re.match(r"[\w./-]*", text)
            if suffix and named and re.fullmatch(suffix, text[named.end() :]):
                text = named[0]
            words = (replace(words[0], text=text), *words[1:])
        environment = tuple(sorted(self.environment.items()))
        command = replace(
            self.command, words=words, directory=self.directory, environment=environment
        )
        return Unwrapped(command, self.sure)
