"""``parity_ignore``: findings silenced with a reason.

Used by :mod:`sphinx_arco_parity.assessment.assess`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.text.patterns import matches


def is_ignored(found: Finding, ignored: Mapping[str, Mapping[str, str]]) -> bool:
    """Tell whether an entry of *ignored* silences *found*.

    *ignored* is as configured: rule to (item or path glob to reason).
    """
    return any(_names(key, found) for key in ignored.get(found.rule, ()))


def unused(
    findings: Sequence[Finding], ignored: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, str]]:
    """Yield the entries of *ignored*, as rule and key, that silence no finding."""
    for rule, entries in ignored.items():
        own = [found for found in findings if found.rule == rule]
        for key in entries:
            if not any(_names(key, found) for found in own):
                yield rule, key


def _names(key: str, found: Finding) -> bool:
    """Tell whether *key* is the item of *found*, or a glob that gives its path.

    Exceptions, rows and claims may share an id: ``row:ID`` is the row alone.
    """
    if not key.startswith("!") and matches(found.place.path, [key]):
        return True
    kind, colon, item = key.partition(":")
    if colon and item == found.item and found.message.startswith(f"{kind} {item}:"):
        return True
    return key == found.item
