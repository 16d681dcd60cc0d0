"""The two forms that most cells of code and tests have, read without the grammar.

`` `src/a.py:12` (`name`) `` and `` `tests/test_a.py::test_name` ``, where nothing can mean
anything else.  The grammar takes 140 µs for such a cell, this 10 µs: of 10,000 rows with code and tests it
would take 2.5 of the 30 seconds.  Both say the same: tests/notation holds one against the
other.  Called by :mod:`.cells`.
"""

from __future__ import annotations

import re
from sys import intern

from sphinx_arco_parity.model.records import Evidence
from sphinx_arco_parity.notation.path_shapes import extension
from sphinx_arco_parity.notation.prose import takes_back
from sphinx_arco_parity.notation.tokens import Kind, Token
from sphinx_arco_parity.notation.vocabulary import VALUES

_USUAL = re.compile(
    r"`((?:[a-z_][a-z0-9_]*/)+[a-z_][a-z0-9_]*\.[a-z]+)"
    r"(?::([1-9][0-9]{0,5})(?:-([1-9][0-9]{0,5}))?)?"
    r"(?:::([A-Za-z_][A-Za-z0-9_]*)`|` \(`([A-Za-z_][A-Za-z0-9_]*)`\)|`)"
)


def usual_evidence(text: str, kind: str) -> Evidence | None:
    """Return what *text*, a cell of *kind* ``code`` or ``test``, cites.

    ``None`` if it has another form, for the grammar to read.
    """
    match = _USUAL.fullmatch(text)
    if match is None:
        return None
    path, first, last, named, beside = match.groups()
    if not extension(path) or (beside and not _is_symbol(beside)):
        return None
    line = int(first) if first else None
    return Evidence(
        kind=kind,
        text=text,
        path=intern(path),  # which many cite
        line=line,
        end_line=int(last) if line and last and int(last) > line else None,
        symbol=named or beside,
        end=text.index("`", 1) + 1,
        literal=0,
    )


def _is_symbol(literal: str) -> bool:
    """Tell whether *literal*, alone in parentheses, is no line, value or remark."""
    if literal[0] in "lL" and literal[-1].isdigit():
        return False  # `line12`
    token = Token(Kind.CODE, literal, 0, len(literal))
    return not takes_back((token,)) and literal.lower() not in VALUES
