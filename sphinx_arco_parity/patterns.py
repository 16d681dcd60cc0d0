"""Globs over names with ``/``: pages, repository paths, items.

``*`` and ``?`` do not cross ``/``, ``**`` does, ``[…]`` is a set.  In a list of globs one
that begins with ``!`` takes away what those before it gave.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TOKEN = re.compile(r"\*\*/|\*\*|\*|\?|\[!?\]?[^\]]*\]|[^*?\[]+|\[")


def _translate(token: str) -> str:
    if token == "**/":  # noqa: S105 - a glob
        return "(?:.*/)?"
    if token == "**":  # noqa: S105
        return ".*"
    if token == "*":  # noqa: S105
        return "[^/]*"
    if token == "?":  # noqa: S105
        return "[^/]"
    if token.startswith("[") and token.endswith("]") and len(token) > 2:
        inside = token[1:-1].replace("\\", "\\\\").replace("[", "\\[")
        negated = inside.startswith("!")
        return f"(?!/)[{'^' if negated else ''}{inside[negated:]}]"
    return re.escape(token)


@lru_cache(maxsize=1024)
def compile_glob(glob: str) -> re.Pattern[str]:
    """Return the pattern that a whole name must match."""
    pattern = "".join(_translate(token) for token in _TOKEN.findall(glob))
    try:
        return re.compile(pattern, re.DOTALL)
    except re.error:
        return re.compile(re.escape(glob))


def matches(name: str, globs: Iterable[str]) -> bool:
    """Tell whether *name* is given by *globs*, the later ones deciding."""
    given = False
    for glob in globs:
        if glob.startswith("!"):
            given = given and compile_glob(glob[1:]).fullmatch(name) is None
        else:
            given = given or compile_glob(glob).fullmatch(name) is not None
    return given


def is_glob(text: str) -> bool:
    """Tell whether *text* has a wildcard."""
    return any(character in text for character in "*?[")


def select(names: Iterable[str], globs: Sequence[str]) -> list[str]:
    """Return those of *names* that *globs* give, in their order."""
    return [name for name in names if matches(name, globs)]
