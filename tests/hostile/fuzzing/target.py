"""What a target is, and how one input is run against it.

Every input must end within :data:`SECONDS` of this process's own time, with no exception
but those that the reader documents, with no file opened outside the workshop's
repository, and no program started.
"""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from os import fsdecode
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Processor time, in seconds, after which an input counts as a hang.  An ordinary one
#: takes a thousandth of it.
SECONDS = 2.0

#: What a package may read of itself and of Python while a target runs.
_OWN = tuple(
    str(Path(one).resolve()) + "/"
    for one in {sys.prefix, sys.base_prefix, Path(__file__).parents[3]}
)
_STARTS = (
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A reader of hostile text."""

    name: str
    read: Callable[[str], object]
    """Takes any text; raises only what must be reported."""
    words: tuple[str, ...]
    """Of its notation; inputs are made of them."""
    seeds: Callable[[], list[str]]
    """Gives valid texts to begin with."""
    share: int = 10
    """How many of a run's inputs it gets, compared with the other targets."""


class TakesTooLongError(BaseException):
    """No ``except Exception`` of a reader may swallow it."""


class _Watch:
    """What the audit hook sees while a target runs."""

    def __init__(self) -> None:
        self.on = False
        self.root = "/"
        self.wrong: list[str] = []

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if event == "open" and isinstance(arguments[0], (str, bytes)):
            path = fsdecode(arguments[0])
            inside = f"{path}/".startswith((self.root, *_OWN)) and "/../" not in path
            # Python asks for the lines of a text that it cannot parse: see `python_text`.
            if path and not inside:
                self.wrong.append(f"opened {path}")
        elif event.startswith(_STARTS) or event == "socket.connect":
            self.wrong.append(f"{event} {arguments}")


_watch = _Watch()
sys.addaudithook(_watch.hook)


def watch_root(root: Path) -> None:
    """Say which folder may be read while a target runs."""
    _watch.root = f"{root.resolve()}/"


def _too_long(_signal: int, _frame: object) -> None:
    raise TakesTooLongError


@contextmanager
def _limited() -> Iterator[None]:
    """Raise :class:`TakesTooLongError` when the time is up, where the system can."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def run(target: Target, text: str) -> None:
    """Run *target* on *text*.

    :raises AssertionError: for a hang, a file opened outside, or a program started.
    :raises Exception: whatever the reader lets out.
    """
    _watch.wrong.clear()
    _watch.on = True
    try:
        with _limited():
            target.read(text)
    except TakesTooLongError:
        message = f"{target.name}: more than {SECONDS} s for {len(text)} characters"
        raise AssertionError(message) from None
    finally:
        _watch.on = False
    assert not _watch.wrong, f"{target.name}: {_watch.wrong}"


def writable(value: object, depth: int = 0) -> None:
    """Fail if a text in *value* cannot be written as UTF-8, as pages and reports are."""
    if isinstance(value, str):
        value.encode()
    elif isinstance(value, dict):
        for key, one in value.items():
            writable(key, depth + 1)
            writable(one, depth + 1)
    elif isinstance(value, (tuple, list, frozenset, set)):
        for one in value:
            writable(one, depth + 1)
    elif is_dataclass(value) and depth < 50:
        for one in fields(value):
            writable(getattr(value, one.name, None), depth + 1)
