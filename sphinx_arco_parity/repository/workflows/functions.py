"""The functions of GitHub's expressions, as far as they can be computed.

Called by :mod:`.expressions`.
"""

from __future__ import annotations

import json
import re
from typing import Any

from sphinx_arco_parity.repository.workflows.values import UNKNOWN, Partial, as_text

#: What functions give of an empty list, whatever else they are given.
_OF_NOTHING = {"contains": False, "tojson": "[]", "join": ""}


def call(name: str, arguments: list[Any]) -> Any:
    """Return what the function *name*, in lower case, gives, or UNKNOWN."""
    if name in {"always", "success", "failure", "cancelled"}:
        return True if name == "always" else UNKNOWN
    if name == "startswith" and len(arguments) == 2:
        return _starts(arguments[0], arguments[1])
    if arguments[:1] == [[]] and name in _OF_NOTHING:
        return _OF_NOTHING[name]
    if any(a is UNKNOWN or isinstance(a, Partial) for a in arguments):
        return UNKNOWN
    if name == "fromjson" and len(arguments) == 1:
        return _from_json(arguments[0])
    if name == "format" and arguments:
        return _format([as_text(a) for a in arguments])
    if name in {"contains", "endswith"} and len(arguments) == 2:
        return _holds(name, arguments[0], arguments[1])
    return UNKNOWN


def _starts(whole: Any, start: Any) -> Any:
    text = as_text(start)
    if text is None:
        return UNKNOWN
    if isinstance(whole, Partial):
        if whole.start.lower().startswith(text.lower()):
            return True
        return UNKNOWN if text.lower().startswith(whole.start.lower()) else False
    known = as_text(whole)
    return UNKNOWN if known is None else known.lower().startswith(text.lower())


def _holds(name: str, whole: Any, part: Any) -> Any:
    text = as_text(part)
    if text is None:
        return UNKNOWN
    if isinstance(whole, list):
        if name != "contains" or any(item is UNKNOWN for item in whole):
            return UNKNOWN
        return any((as_text(item) or "").lower() == text.lower() for item in whole)
    known = as_text(whole)
    if known is None:
        return UNKNOWN
    lowered = known.lower()
    return text.lower() in lowered if name == "contains" else lowered.endswith(text.lower())


def _from_json(text: Any) -> Any:
    try:
        return json.loads(text) if isinstance(text, str) else UNKNOWN
    except (ValueError, RecursionError):
        return UNKNOWN


def _format(texts: list[str | None]) -> Any:
    if None in texts:
        return UNKNOWN
    known = [text or "" for text in texts]
    try:
        return re.sub(
            r"\{\{|\}\}|\{(\d+)\}", lambda m: known[int(m[1]) + 1] if m[1] else m[0][0], known[0]
        )
    except IndexError:
        return UNKNOWN
