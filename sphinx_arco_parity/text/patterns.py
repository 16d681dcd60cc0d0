"""Globs over names with ``/``: pages, repository paths, items.

``*`` and ``?`` do not cross ``/``, ``**`` does, ``[…]`` is a set.  In a list, a glob
that begins with ``!`` takes away what those before it gave.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

_WILD = re.compile(r"[*?\[]")
_TOKEN = re.compile(r"\*\*/|\*\*|\*|\?|\[!?\]?[^\]]*\]|[^*?\[]+|\[")

#: Characters of a glob; what is longer is none.
_LONGEST = 1000
#: In a set, what regular expressions take, or may come to take, for more than itself.
_SPECIAL = re.compile(r"[\\\[&~|]|(?<=.-)-", re.DOTALL)


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
        negated = token.startswith("[!")
        inside = _SPECIAL.sub(r"\\\g<0>", token[1 + negated : -1])
        if inside:
            return f"(?!/)[{'^' if negated else ''}{inside}]"
    return re.escape(token)


#: Wildcards and characters up to which going back costs less than keeping account.
_FEW, _SHORT = 3, 300


@dataclass(frozen=True, slots=True)
class Glob:
    """A glob, ready to be held against names; made by :func:`compile_glob`."""

    tokens: tuple[str, ...]
    whole: re.Pattern[str]
    wild: int

    def fullmatch(self, name: str) -> bool:
        """Tell whether the whole *name* matches, in time that its length bounds.

        Globs and names both come from the checked repository: with many wildcards, a
        regular expression would try every way to share the name out among them.
        """
        if not self.wild or (self.wild <= _FEW and len(name) <= _SHORT):
            return self.whole.fullmatch(name) is not None
        ends = {0}
        for token in self.tokens:
            ends = _ends(token, name, ends)
            if not ends:
                return False
        return len(name) in ends


def _ends(token: str, name: str, starts: set[int]) -> set[int]:
    """Return where *token* may end in *name* if it begins at one of *starts*."""
    if token in {"*", "**"}:
        found, free = set[int](), 0
        for start in sorted(starts):
            at = max(start, free)
            while at < len(name) and (token == "**" or name[at] != "/"):  # noqa: S105
                at += 1
            found.update(range(max(start, free), at + 1))
            free = max(free, at)
        return found
    if token == "**/":  # noqa: S105 - a glob
        first = min(starts)
        return starts | {n + 1 for n in range(first, len(name)) if name[n] == "/"}
    pattern = re.compile(_translate(token), re.DOTALL)
    return {match.end() for at in starts if (match := pattern.match(name, at))}


def _merged(tokens: Iterable[str]) -> Iterator[str]:
    """Yield *tokens* with neighbours among ``*`` and ``**`` as the wider of them."""
    for wild, some in groupby(tokens, key=lambda token: token in {"*", "**"}):
        if wild:
            yield max(some, key=len)
        else:
            yield from some


@lru_cache(maxsize=1024)
def compile_glob(glob: str) -> Glob:
    """Return what a whole name must match.

    What is no glob, or is longer than :data:`_LONGEST`, is taken as it is written.
    """
    if len(glob) > _LONGEST:
        return Glob(tokens=(), whole=re.compile(re.escape(glob)), wild=0)
    tokens = tuple(_merged(_TOKEN.findall(glob)))
    try:
        for token in tokens:  # a set that is broken may be mended by what follows it
            re.compile(_translate(token), re.DOTALL)
        whole = re.compile("".join(map(_translate, tokens)), re.DOTALL)
    except re.error:
        return Glob(tokens=(), whole=re.compile(re.escape(glob)), wild=0)
    wild = sum(token in {"*", "**", "**/"} for token in tokens)
    return Glob(tokens=tokens, whole=whole, wild=wild)


def matches(name: str, globs: Iterable[str]) -> bool:
    """Tell whether *name* is given by *globs*, the later ones deciding."""
    given = False
    for glob in globs:
        if glob.startswith("!"):
            given = given and not compile_glob(glob[1:]).fullmatch(name)
        else:
            given = given or compile_glob(glob).fullmatch(name)
    return given


def is_glob(text: str) -> bool:
    """Tell whether *text* has a wildcard."""
    return any(character in text for character in "*?[")


def select(names: Iterable[str], globs: Sequence[str]) -> list[str]:
    """Return those of *names* that *globs* give, in their order."""
    return [name for name in names if matches(name, globs)]


def select_sorted(
    names: Sequence[str], glob: str, folders: Callable[[str], Sequence[str]]
) -> list[str]:
    """Return those of the sorted *names* that *glob* gives, sorted.

    Only those that begin as the glob does are held against it, or, behind ``**/``, those
    below the folders that it names: a repository may have hundreds of thousands.

    :param folders: gives the folders of which a path is the ending, or the whole.
    """
    if glob.startswith("!"):
        return []
    wanted = compile_glob(glob)
    starts = [_WILD.split(glob, maxsplit=1)[0]]
    if glob.startswith("**/") and (
        folder := _WILD.split(glob[3:], maxsplit=1)[0].rpartition("/")[0]
    ):
        starts = [f"{start}/" for start in folders(folder)]
    found: dict[str, None] = {}
    for start in starts:
        first = bisect_left(names, start)
        end = bisect_left(names, start + chr(sys.maxunicode), first) if start else len(names)
        found.update(dict.fromkeys(name for name in names[first:end] if wanted.fullmatch(name)))
    return sorted(found) if len(starts) > 1 else list(found)


#: How the file of a page may end.
_ENDING = re.compile(r"\.(?:md|rst|txt|markdown|ipynb)$")


def page_globs(patterns: Sequence[str]) -> list[str]:
    """Return *patterns* over page names, each with and without its ending.

    A name has the ending where another page is called the same without it.
    """
    return [
        name for pattern in patterns for name in dict.fromkeys((pattern, _ENDING.sub("", pattern)))
    ]
