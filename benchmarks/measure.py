"""One measured process: its CPU seconds with those of its children, and its peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import resource
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one process took."""

    cpu: float
    """User and system seconds, children included."""
    wall: float
    peak: float
    """MiB of the largest process."""
    status: int
    output: str


def measure(
    command: Sequence[str],
    log: Path,
    folder: Path,
    env: Mapping[str, str] | None = None,
) -> Measured:
    """Run *command* in *folder* to its end; both of its outputs go to the file *log*."""
    log.parent.mkdir(parents=True, exist_ok=True)
    start = time.perf_counter()
    with log.open("wb") as stream:
        process = subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            cwd=folder,  # from which `python -m` would import
            env=_environment(env),
        )
        _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Measured(
        cpu=usage.ru_utime + usage.ru_stime,
        wall=time.perf_counter() - start,
        peak=_mebibytes(usage),
        status=process.returncode,
        output=log.read_text(encoding="utf-8", errors="replace"),
    )


def _mebibytes(usage: resource.struct_rusage) -> float:
    # macOS counts bytes, others kibibytes.
    return usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _environment(more: Mapping[str, str] | None) -> dict[str, str]:
    """Return the environment of a measured process.

    Python may keep what it compiles: else each start would pay for it again, and the
    tool with the most modules most.
    """
    found = {**os.environ, "PYTHONHASHSEED": "0", **(more or {})}
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return found
