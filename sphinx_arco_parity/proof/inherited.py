"""Tests that pytest finds in a file which does not spell them: inherited and imported.

``class TestSqlite(StorageSuite)`` has every test of ``StorageSuite``, wherever that is;
``from suite import *`` may have any.  Where this may be, a missing name proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_arco_parity.proof.members import members
from sphinx_arco_parity.proof.naming import Name
from sphinx_arco_parity.repository.definitions import language_of

if TYPE_CHECKING:
    from sphinx_arco_parity.repository.symbols import Symbols

_STAR = re.compile(r"^from\s+\S+\s+import\s+\*", re.MULTILINE)
_CALL = r"\b(?:it|test|specify|describe)(?:\.\w{1,20}){0,3}\(\s*+"
_COMPUTED = re.compile(_CALL + r"(?:[A-Za-z_$]|\"[^\"\n]*+\"\s*+\+|'[^'\n]*+'\s*+\+)")
_TEMPLATE = re.compile(_CALL + r"`([^`]*+)`")
_FILLED = re.compile(r"%[a-zA-Z#]|\$\{[^{}]*+\}|\$\w++(?:\.\w++)*+")


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
    every = symbols.definitions(path)
    for holder in every.definitions if every is not None and not name.scope else ():
        if holder.kind == "type":
            qualified = replace(name, scope=(holder.name,))
            found = members(qualified, (), path, symbols, test=True)
            if found.doubt or found.inherited:
                return f"the class `{holder.name}`"
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
