"""Ids that sphinx-needs takes: ``EXCEPTION_EX_01``, ``ROW_SCHEDULE_TICK``, ``ADR_024``.

Its default pattern is ``^[A-Z0-9_]{5,}``, so a prefix says the kind and everything else
becomes capitals, digits and ``_``.  Ids that would meet get a digest, all of them, so
that which is which does not hang on their order.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from sphinx_arco_parity.text.words import digest

_OTHER = re.compile(r"[^A-Z0-9]+")


def needs_ids(prefix: str, ids: Iterable[str]) -> dict[str, str]:
    """Return a different id for each of *ids*; *prefix* is ``ROW``, ``CLAIM``, ….

    The same set of ids gives the same result in any order.
    """
    meeting = defaultdict[str, list[str]](list)
    for item_id in dict.fromkeys(ids):
        meeting[_plain_id(prefix, item_id)].append(item_id)
    result: dict[str, str] = {}
    for name, group in meeting.items():
        alone = len(group) == 1 and name != f"{prefix}_"
        for identifier in group:
            longer = f"{name.rstrip('_')}_{digest(identifier).upper()}"
            result[identifier] = name if alone else longer
    return result


def _plain_id(prefix: str, identifier: str) -> str:
    decomposed = unicodedata.normalize("NFKD", identifier)
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return f"{prefix}_{_OTHER.sub('_', bare.upper()).strip('_')}"
