"""Tests that pytest finds in a file which does not spell them: inherited and imported.

``class TestSqlite(StorageSuite)`` has every test of ``StorageSuite``, wherever that is;
``from suite import *`` may have any.  Where this may be, a missing name proves nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinx_arco_parity.repository.definitions import language_of
from sphinx_arco_parity.repository.source import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_arco_parity.proof.naming import Name
    from sphinx_arco_parity.repository.source import Definition
    from sphinx_arco_parity.repository.symbols import Symbols

_CLASS = re.compile(r"^[ \t]*class\s++(?P<name>\w++)[^(:\n]*+\((?P<bases>[^()]*+)\)", re.MULTILINE)
_STAR = re.compile(r"^from\s+\S+\s+import\s+\*", re.MULTILINE)
_CALL = r"\b(?:it|test|specify|describe)(?:\.\w{1,20}){0,3}\(\s*+"
_COMPUTED = re.compile(_CALL + r"(?:[A-Za-z_$]|\"[^\"\n]*+\"\s*+\+|'[^'\n]*+'\s*+\+)")
_TEMPLATE = re.compile(_CALL + r"`([^`]*+)`")
_FILLED = re.compile(r"%[a-zA-Z#]|\$\{[^{}]*+\}|\$\w++(?:\.\w++)*+")
_PLAIN = frozenset({"object", "ABC", "Generic", "Protocol", "Enum", ""})
_DEPTH = 5


def may_come_from(name: Name, path: str, symbols: Symbols) -> str | None:
    """Return where the test *name*, not in the file *path*, may come from.

    A class of which the repository has the source and which does not have the test
    proves that it is gone; a class from elsewhere leaves that open, unless it is a
    framework's ``…TestCase``.
    """
    if language_of(path) in {"javascript", "typescript"}:
        return _made_by(name, path, symbols)
    if language_of(path) != "python":
        return None
    text = symbols.text(path)
    if _STAR.search(text) and symbols.search.elsewhere(path, name.word, test=True):
        return "an `import *`"
    owner = name.scope[-1] if name.scope else None
    for base in _bases(text, owner):
        found = _has(base, name.word, path, symbols, _DEPTH)
        if found:
            return f"the class `{base}`"
    return None


def _made_by(name: Name, path: str, symbols: Symbols) -> str | None:
    """A title with places to fill, or a call whose title is no literal."""
    text, every = symbols.text(path), symbols.definitions(path)
    if _COMPUTED.search(text):
        return "a title that the file computes"
    found = every.definitions if every is not None else ()
    titles = [test.name for test in found if test.is_test or test.kind == "suite"]
    for title in (*titles, *_TEMPLATE.findall(text)):
        pieces = _FILLED.split(title)
        if len(pieces) > 1 and _in_order(pieces, name.whole):
            return f"the title `{title}`"
    return None


def _in_order(pieces: Sequence[str], text: str) -> bool:
    at = 0
    for piece in pieces:
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


def lacks(owner: str, found: Sequence[Definition], path: str, symbols: Symbols) -> bool:
    """Tell whether none of the tests *found* in *path* can be one of the class *owner*.

    That class is not in the file, or it is and inherits nothing; one that the file
    imports may have anything.
    """
    if language_of(path) != "python" or not owner[:1].isupper():
        return False
    if any(owner in test.scope or not test.is_test for test in found):
        return False
    if not symbols.named(path, owner) and symbols.words(path, owner):
        return False
    text = symbols.text(path)
    return not _STAR.search(text) and not any(_bases(text, owner))


def _bases(text: str, owner: str | None) -> Iterator[str]:
    """The last words of the bases of the class *owner*, or of every class."""
    for match in _CLASS.finditer(text):
        if owner is not None and match["name"] != owner:
            continue
        for part in match["bases"].split(","):
            word = part.partition("[")[0].rpartition(".")[2].strip()
            if "=" not in part and word not in _PLAIN:
                yield word


def _has(base: str, test: str, path: str, symbols: Symbols, depth: int) -> bool:
    """Tell whether the class *base*, as *path* knows it, has or may have *test*."""
    if depth == 0:
        return True
    where = path
    if not symbols.named(path, base):
        found = symbols.search.elsewhere(path, base, test=False)
        if found is None:
            return not base.endswith("TestCase")
        where = found[0]
    try:
        if symbols.named(where, test):
            return True
        text = symbols.text(where)
    except UnreadableFileError:
        return True
    return any(
        _has(further, test, where, symbols, depth - 1)
        for further in _bases(text, base)
        if further != base
    )
