"""Where a text that was read from a document stands in it.

``arco-parity fix`` and the report for a terminal look for the items of evidence.
"""

from __future__ import annotations

import re
from itertools import islice

#: What may be written otherwise in the document than in the text of a cell.
_BENDING = re.compile(r"(`+|\s+)")


def find_written(text: str, source: str, repeats: int) -> re.Match[str] | None:
    """Return where *text* stands in *source*, after *repeats* places that say the same.

    In the source a literal may have more back-ticks, as in reStructuredText, and a line
    may end.
    """
    pattern = re.compile("".join(map(_piece, _BENDING.split(text))))
    return next(islice(pattern.finditer(source), repeats, None), None)


def _piece(text: str) -> str:
    if text.startswith("`"):
        return "`+"
    return r"\s+" if text.isspace() else re.escape(text)
