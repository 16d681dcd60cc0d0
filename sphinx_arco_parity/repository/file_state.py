"""What a file holds, known without reading it where its status proves that it is the same."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NamedTuple

#: Nanoseconds before a build within which a change may leave no trace in the times.
RACY = 3_000_000_000

#: The clock of files ticks more slowly than ours: at most so many nanoseconds.
TICK = 20_000_000


class FileState(NamedTuple):
    """The content of a path, and the signs by which it is known again."""

    signs: str
    """Device, number, size and times; empty if they prove nothing."""
    digest: str
    """Of the bytes, or why there are none."""


def signs_of(status: os.stat_result) -> str:
    """Return what changes when a file does; nothing where the system does not say."""
    if os.name == "nt":  # the third time is when the file was made
        return ""
    return (
        f"{status.st_dev} {status.st_ino} {status.st_size} "
        f"{status.st_mtime_ns} {status.st_ctime_ns}"
    )


def changed_at(statuses: Iterable[os.stat_result | None]) -> int:
    """Return when the last of *statuses* changed, in nanoseconds; 0 if none is there."""
    times = (max(s.st_mtime_ns, s.st_ctime_ns) for s in statuses if s is not None)
    return max(times, default=0)
