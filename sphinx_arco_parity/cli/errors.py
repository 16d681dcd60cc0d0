"""Why a command stops, with the exit status that says so.

Raised anywhere in this room, shown by :func:`.main`: never a traceback.
"""

from __future__ import annotations

#: Exit statuses of every command.
DONE, FINDINGS, USAGE, FAILED = 0, 1, 2, 3


class StopError(Exception):
    """A command cannot go on.

    :param message: what is wrong, for people.
    :param help_text: what to do about it.
    """

    status = FAILED

    def __init__(self, message: str, *, help_text: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help_text = help_text


class WrongUsageError(StopError):
    """What was asked for cannot be: an unknown id, rule, folder or revision."""

    status = USAGE


class CannotRunError(StopError):
    """The check itself could not run: the configuration, Sphinx or git fails."""

    status = FAILED


class MachineError(CannotRunError):
    """Git, the disk or the memory fails, which says nothing about what is read."""


class NothingToReadError(CannotRunError):
    """No table was found, and nothing says where one is: a check of it would be green."""
