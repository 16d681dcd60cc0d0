"""One project as the server sees it: a worker that is started, asked, and started again."""

from __future__ import annotations

import asyncio
import pickle
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lsprotocol import types

from sphinx_arco_parity.cli.warm import States, states
from sphinx_arco_parity.settings.toml import OWN, SHARED

#: Asks for the diagnostics of the whole project: absolute path to those of the file.
CHECK = "check"


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question to a project."""

    method: str
    """A method of the protocol, or :data:`CHECK`."""
    encoding: str
    """In which the editor counts the characters of a line."""
    unsaved: Mapping[str, str] = field(default_factory=dict)
    """Absolute path to text, of all documents that are changed in the editor."""
    path: str = ""
    """Absolute, of the file that is asked about."""
    text: str = ""
    params: Any = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is to be told the editor."""

    value: Any = None
    refused: str = ""
    """Why it is not done, for people."""
    same: bool = False
    """Nothing has changed since the last check, whose answer holds."""
    took: float | None = None
    """Seconds in which the project was judged again for it."""


@dataclass(frozen=True, kw_only=True)
class Failed:
    """The project cannot be checked; its worker has ended."""

    message: str
    help_text: str = ""
    nothing: bool = False
    """There is nothing to read, which is no fault."""


@dataclass(frozen=True)
class Again:
    """The configuration has changed: a new worker must be asked."""


#: How often a worker may end before it has answered.
_TRIES = 3


class Project:
    """The project whose documentation is in *docs*; questions are asked one by one."""

    def __init__(self, docs: Path) -> None:
        self.docs = docs
        self.took = 0.0
        """Seconds in which it was judged last."""
        self.found: dict[str, list[types.Diagnostic]] = {}
        """Absolute path to what the last check has found in it."""
        self.published: dict[str, list[types.Diagnostic]] = {}
        """Absolute path to the diagnostics that the editor has of it."""
        self.complaint = ""
        """Why it cannot be checked, as the editor was told."""
        self.waiting = False
        """A check is asked for and has not begun."""
        self._thread = ThreadPoolExecutor(1)
        self._worker: subprocess.Popen[bytes] | None = None
        self._failed_at: States | None = None

    async def ask(self, question: Question) -> Answer | Failed:
        """Return the answer to *question*, whatever becomes of the worker."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._ask, question)

    @property
    def may_have_changed(self) -> bool:
        """Whether a look may show something new: after a failure only a change can."""
        return self._failed_at is None or self._failed_at != self._configuration()

    def stop(self) -> None:
        """End the worker."""
        if self._worker is not None:
            self._worker.kill()
            self._worker.communicate()
            self._worker = None

    def close(self) -> None:
        """End the worker, and ask nothing more."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self.stop()

    def _ask(self, question: Question) -> Answer | Failed:
        answer: object = Again()
        for _try in range(_TRIES):
            answer = self._asked_once(question)
            if not isinstance(answer, Again):
                break
        if isinstance(answer, Answer):
            self._failed_at = None
            self.took = self.took if answer.took is None else answer.took
            return answer
        self.stop()
        self._failed_at = self._configuration()
        if isinstance(answer, Failed):
            return answer
        return Failed(message=f"the worker for {self.docs} ends before it answers")

    def _asked_once(self, question: Question) -> object:
        """Return what the worker says; :class:`.Again` if it has ended, or ends now."""
        if self._worker is None:
            command = [sys.executable, "-m", f"{__package__}.worker", str(self.docs)]
            pipe = subprocess.PIPE
            self._worker = subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=self.docs)
        stdin, stdout = self._worker.stdin, self._worker.stdout
        try:
            assert stdin is not None and stdout is not None  # noqa: PT018, S101 - they are pipes
            pickle.dump(question, stdin)
            stdin.flush()
            answer: object = pickle.load(stdout)  # noqa: S301 - our own process
        except (OSError, EOFError, pickle.UnpicklingError):
            answer = Again()
        if isinstance(answer, Again):
            self.stop()
        return answer

    def _configuration(self) -> States:
        return states(self.docs / name for name in ("conf.py", OWN, SHARED))
