"""How a step's script is run: by which shell, and with which options.

Called by :mod:`.steps`.  Source of the rules: ``jobs.<job_id>.steps[*].shell`` in
GitHub's "Workflow syntax".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sphinx_arco_parity.repository.shell import ShellCommand, ShellSyntaxError, commands_of

_POSIX = frozenset({"bash", "sh", "dash", "zsh", "ksh"})

#: A line that means the same in every shell.
_PLAIN_LINE = re.compile(
    r"[\w./=:@,+-]+(?: +(?:[\w./=:@,+-]+|'[^'$`%]*'|\"[^\"$`%\\]*\"|&&))*|#.*|"
)


@dataclass(frozen=True, slots=True)
class Shell:
    """What is known of the shell of a script."""

    posix: bool
    errexit: bool | None = None
    pipefail: bool | None = None


def shell_of(name: str | None, runs_on: str | None) -> Shell:
    """Return the shell that *name* (``shell:``, or ``None``) and the runner mean.

    *runs_on* is the runner's label in lower case, ``None`` if it is not known.
    """
    if name is None:
        return _default(runs_on)
    lowered = name.strip().lower()
    if lowered == "bash":
        return Shell(posix=True, errexit=True, pipefail=True)
    if lowered == "sh":
        return Shell(posix=True, errexit=True, pipefail=False)
    if "{0}" in lowered:
        return _custom(lowered.split())
    return Shell(posix=False)


def _default(runs_on: str | None) -> Shell:
    if runs_on is None:
        return Shell(posix=True)
    if "windows" in runs_on:
        return Shell(posix=False)
    if any(word in runs_on for word in ("ubuntu", "macos", "linux")):
        return Shell(posix=True, errexit=True, pipefail=False)
    return Shell(posix=True)


def _custom(words: list[str]) -> Shell:
    names = [word.rsplit("/", 1)[-1] for word in words]
    if not _POSIX & set(names):
        return Shell(posix=False)
    if names[0] not in _POSIX:
        return Shell(posix=True)
    options = [word for word in words[1:] if word.startswith("-") and not word.startswith("--")]
    errexit = any("e" in word for word in options)
    return Shell(posix=True, errexit=errexit, pipefail="pipefail" in words)


def run_script(
    text: str, shell: Shell, environment: Mapping[str, str | None], directory: str | None
) -> tuple[list[ShellCommand], bool]:
    """Return the commands of a script, and whether those are all of them."""
    if not shell.posix:
        return _plain_lines(text, environment, directory)
    try:
        return commands_of(
            text,
            environment=environment,
            directory=directory,
            errexit=shell.errexit,
            pipefail=shell.pipefail,
        ), True
    except (ShellSyntaxError, RecursionError):
        return [], False


def _plain_lines(
    text: str, environment: Mapping[str, str | None], directory: str | None
) -> tuple[list[ShellCommand], bool]:
    """Read a script of another shell: a line of plain words is the same command there."""
    lines = [line.strip() for line in text.split("\n")]
    kept = "\n".join(line if _PLAIN_LINE.fullmatch(line) else "" for line in lines)
    plain = kept.split("\n") == lines
    moves = re.search(r"(?im)(?:^|& *)(?:set-location|sl|chdir)\b", kept)
    try:
        found = commands_of(
            kept,
            environment=environment,
            directory=None if moves or not plain else directory,
            errexit=None,
        )
    except ShellSyntaxError:
        return [], False
    return [replace(command, swallowed=None) for command in found], plain
