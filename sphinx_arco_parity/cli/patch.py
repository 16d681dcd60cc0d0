"""The unified patch of a file, as ``git apply`` takes it.  Used by ``fix`` and ``init``."""

from __future__ import annotations

import difflib
import re

_LINE = re.compile(r"[^\n]*\n|[^\n]+$")


def patch_of(path: str, before: bytes, after: bytes) -> str:
    """Return the patch from *before* to *after*; empty if they are the same.

    Bytes that are no UTF-8 are half surrogates, for a stream that gives them back.

    :param path: relative to the repository; of a file that is new if *before* is empty.
    """
    if before == after:
        return ""
    old, new = (_LINE.findall(raw.decode("utf-8", "surrogateescape")) for raw in (before, after))
    origin = f"a/{path}" if before else "/dev/null"
    lines = difflib.unified_diff(old, new, origin, f"b/{path}", n=3)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
