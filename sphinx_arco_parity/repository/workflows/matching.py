"""Finds the commands of a job that a quoted command means.

A quoted command is there if a command of the job has its program and all its arguments;
wrappers, white space, quotes, further arguments, and for runners that we know the order
and spelling of options do not count.  Called by :mod:`sphinx_arco_parity.proof.ci`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sphinx_arco_parity.repository.selection.arguments import LIBTEST, Arguments, parse_arguments
from sphinx_arco_parity.repository.selection.runners import COMPUTED, Runner, program, runner_of
from sphinx_arco_parity.repository.shell import ShellSyntaxError, commands_of
from sphinx_arco_parity.repository.shell.commands import UNKNOWN, ShellCommand, Word
from sphinx_arco_parity.repository.workflows.model import CiCommand, Job, Step

#: Commands that only say what they are given.
_TALK = frozenset({"echo", "printf", "cat", "grep", "sed", "awk", "git", "test", "[", ":", "exit"})
_MOVES = frozenset({"cd", "pushd", "popd", "set", "export", "source", ".", "true", "exit"})


@dataclass(slots=True)
class Found:
    """What a job has of a quoted command."""

    commands: list[CiCommand] = field(default_factory=list)
    """Commands that are meant, with all arguments of the step."""
    steps: list[Step] = field(default_factory=list)
    """Steps that are meant, of which it cannot be told which tests they run."""
    maybe: bool = False
    """The job may run it in a way that cannot be read."""

    @property
    def sure(self) -> bool:
        """Whether the job plainly runs it."""
        return bool(self.commands or self.steps)


@lru_cache(maxsize=4096)
def quoted_commands(text: str) -> tuple[ShellCommand, ...]:
    """Return the commands of a quoted *text*, without those that only move about.

    Placeholders ``<x>``, ``{x}`` and ellipses stand for anything.
    """
    text = re.sub(r"<[\w .|-]+>", "${{ x }}", text.strip().removeprefix("$ "))
    text = re.sub(r"(?<!\S)(?:…|\.\.\.)(?!\S)", " ", text)
    text = re.sub(r"(?:…|(?<![\s/.])\.\.\.)(?!\S)", "${{ x }}", text)
    try:
        found = commands_of(text)
    except (ShellSyntaxError, RecursionError):
        return ()
    kept = [command for command in found if command.words[0].text not in _MOVES]
    return tuple(kept or found)


def find(quoted: str, job: Job) -> Found:
    """Return what *job* has of the command *quoted*."""
    by_name = _named(quoted, job)
    if by_name is not None:
        return by_name
    parts = quoted_commands(quoted)
    result = Found()
    missing = not parts
    for part in parts:
        match = _find_one(part, job)
        result.commands += [c for c in match.commands if c not in result.commands]
        result.steps += match.steps
        missing = missing or not match.sure
        result.maybe = result.maybe or match.maybe
    if not missing:
        return result
    return _by_text(quoted, job, maybe=result.maybe)


def _named(quoted: str, job: Job) -> Found | None:
    """Return the step whose name or action is quoted."""
    wanted = _folded(quoted)
    action = wanted.partition("@")[0]
    for step in job.steps:
        if step.name and _folded(step.name) == wanted:
            return Found(commands=list(step.commands), steps=[] if step.commands else [step])
        if step.uses and step.uses.lower() in {action, "./" + action}:
            return Found(steps=[step])
    return None


def _folded(text: str) -> str:
    return " ".join(text.replace("`", "").split()).casefold()


def _find_one(part: ShellCommand, job: Job) -> Found:
    result = Found()
    wanted = runner_of(part)
    for step in job.steps:
        for command in step.commands:
            answer = _is_meant(wanted, part, command.shell)
            if answer and command.shell.perhaps:
                result.maybe = True
            elif answer:
                result.commands.append(command)
            elif answer is None:
                result.maybe = True
            elif _holds_words(wanted.command, command.shell):
                result.steps.append(step)
    if result.commands:
        result.steps = []
    # Those that run something and add least come first.
    result.commands.sort(key=lambda found: (is_idle(found.shell), len(found.shell.words)))
    return result


def is_idle(shell: ShellCommand) -> bool:
    """Tell whether an option lets *shell* run none of its tests."""
    return any(word.text in {"--no-run", "--collect-only", "--co"} for word in shell.words)


def _is_meant(wanted: Runner, part: ShellCommand, own: ShellCommand) -> bool | None:
    given = runner_of(own)
    known = part.directory and own.directory is not None
    if known and not f"/{own.directory}".endswith(f"/{part.directory}"):
        return False
    if wanted.kind in COMPUTED and wanted.arguments is not None:
        if given.kind != wanted.kind or given.arguments is None:
            return False
        return _covers(wanted.arguments, given.arguments)
    sought, there = _plain(wanted.command), _plain(given.command)
    if sought and _in_order(sought, there):
        return True
    begins = bool(sought and there) and (sought[0] == there[0] or UNKNOWN in there[0])
    return None if begins and any(word.many for word in given.command.words) else False


# --- runners that we know -----------------------------------------------------------------


def _covers(wanted: Arguments, given: Arguments) -> bool | None:
    """Tell whether *given* has all of *wanted*; ``None`` if unknown words may hide it."""
    missing = _groups(wanted) - _groups(given)
    left = [key for key, count in missing.items() if count and not _loosely(key, given)]
    if not left:
        return True
    values = [value for _, value in given.options if value is not None]
    every = (*values, *given.positionals, *given.rest)
    return None if given.open or any(UNKNOWN in word.text for word in every) else False


def _groups(arguments: Arguments) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for name, value in arguments.options:
        texts = _values(name, value)
        found.update((name, text) for text in texts)
    found.update((name, "") for name in arguments.unknown)
    found.update(("", _path(word.text)) for word in arguments.positionals)
    if arguments.rest:
        rest = parse_arguments(arguments.rest, LIBTEST)
        found.update(("-- " + name, value.text if value else "") for name, value in rest.options)
        found.update(("-- " + name, "") for name in rest.unknown)
        found.update(("", _path(word.text)) for word in rest.positionals)
    return Counter(dict.fromkeys(found, 1))


def _values(name: str, value: Word | None) -> list[str]:
    if value is None:
        return [""]
    if name == "--features":
        return re.split(r"[\s,]+", value.text.strip())
    if name in {"--jobs", "--test-threads", "--color", "-n"}:
        return [""]
    return [" ".join(_path(value.text).split())]


def _path(text: str) -> str:
    return text.removeprefix("./").rstrip("/") if "/" in text else text


def _loosely(key: tuple[str, str], given: Arguments) -> bool:
    """Tell whether a group that is quoted with a placeholder is there with any value."""
    name, text = key
    if UNKNOWN not in text:
        return False
    return any(other == name for other, _ in _groups(given))


# --- other commands -----------------------------------------------------------------------


def _plain(command: ShellCommand) -> list[str]:
    """Return the words of *command* in the spelling in which they are compared."""
    words: list[str] = []
    for word in command.words:
        name, equals, value = word.text.partition("=")
        if equals and name.startswith("-"):
            words += [name, value]
        else:
            words.append(_path(word.text))
    if not words:
        return words
    words[0] = program(command.words[0])
    if words[0] == "cargo" and len(words) > 1 and words[1].startswith("+"):
        del words[1]
    if words[0] in {"npm", "yarn", "pnpm", "bun"} and words[1:2] in (["run"], ["run-script"]):
        del words[1]
    if words[0] == "npm" and words[1:2] in (["t"], ["tst"]):
        words[1] = "test"
    if words[0] in {"bash", "sh"} and len(words) > 1 and not words[1].startswith("-"):
        words = [words[1].rsplit("/", 1)[-1], *words[2:]]
    return words


def _in_order(wanted: Sequence[str], given: Sequence[str]) -> bool:
    """Tell whether *wanted* is *given* without some of its arguments.

    A word after an option stays with it.
    """
    if wanted[0] != given[0]:
        return False
    at = 1
    for index in range(1, len(wanted)):
        word = wanted[index]
        tied = wanted[index - 1].startswith("-") and not word.startswith("-")
        while at < len(given) and word != given[at] and UNKNOWN not in word:
            if tied:
                return False
            at += 1
        if at >= len(given):
            return False
        at += 1
    return True


def _holds_words(wanted: ShellCommand, given: ShellCommand) -> bool:
    """Tell whether *wanted* stands, word by word, within a longer command *given*."""
    inner = [word.text for word in wanted.words]
    outer = [word.text for word in given.words]
    if not inner or outer[0] in _TALK or len(outer) <= len(inner):
        return False
    return any(outer[at : at + len(inner)] == inner for at in range(1, len(outer)))


# --- the text of a step -------------------------------------------------------------------


def _by_text(quoted: str, job: Job, *, maybe: bool) -> Found:
    """Look for *quoted* as it stands in the scripts."""
    wanted = _flat(quoted)
    result = Found(maybe=maybe)
    for step in job.steps:
        if not wanted or not re.search(
            rf"(?<![\w-]){re.escape(wanted)}(?![\w-])", _flat(step.text)
        ):
            continue
        parts = quoted_commands(quoted)
        names = {tuple(_plain(runner_of(p).command)[:2]) for p in parts if not p.known}
        own = [c for c in step.commands if tuple(_plain(runner_of(c.shell).command)[:2]) in names]
        result.commands += own
        result.maybe = result.maybe or not own
    return result


def _flat(text: str) -> str:
    return " ".join(re.sub(r"[\"'`]", "", text.replace("\\\n", " ")).split()).casefold()
