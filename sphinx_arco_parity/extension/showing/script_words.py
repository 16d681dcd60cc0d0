"""The words of the table script in the reader's language.

They travel as an attribute of the script's own element: a strict content security
policy forbids inline scripts, and a file of its own would be one more request.
"""

from __future__ import annotations

import json
from typing import Any

from sphinx_arco_parity.extension.locale import _
from sphinx_arco_parity.views.marks import STATUS_GLYPHS

#: Exactly as they stand in ``parity.js``; what is in braces is filled in there.
SCRIPT_WORDS = (
    "Search",
    "Clear",
    "Filter the table",
    "Filter: {name}",
    "{shown} of {all} shown",
    "No row matches.",
    "Link to {name}",
    "Pages",
    "Previous",
    "Next",
    "Show all",
    "Page {page} of {pages}",
)


def script_words() -> dict[str, Any]:
    """Return the attributes of the script's element: none where all is English."""
    words = {word: _(word) for word in (*SCRIPT_WORDS, *STATUS_GLYPHS)}
    other = {english: said for english, said in words.items() if english != said}
    if not other:
        return {}
    return {"data-parity-words": json.dumps(other, ensure_ascii=False, sort_keys=True)}
