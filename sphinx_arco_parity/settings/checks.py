"""Checks of configuration values: each returns what is wrong, or ``None``.

Used by :data:`sphinx_arco_parity.settings.options.OPTIONS` only.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sphinx_arco_parity.model.fields import KINDS, declared_names
from sphinx_arco_parity.model.findings import Severity
from sphinx_arco_parity.model.records import STATUSES
from sphinx_arco_parity.model.rule_names import RULE_NAMES
from sphinx_arco_parity.text.words import label_key, nearest

_KINDS = ("adr", "code", "tests", "ci")


def anything(_value: Any) -> str | None:
    """Accept every value."""
    return None


def _not_known(word: Any, known: Sequence[str], what: str) -> str:

    guess = nearest(str(word), list(known))
    hint = f"; did you mean `{guess}`?" if guess else f"; known: {', '.join(known)}"
    return f"`{word}` is no {what}{hint}"


def strings(value: Any) -> str | None:
    """Accept a list of strings that are not empty."""
    for item in value:
        if not isinstance(item, str) or not item.strip():
            return f"must be a list of names, but holds {item!r}"
    return None


def some_strings(value: Any) -> str | None:
    """Accept a list of at least one string."""
    return strings(value) or (None if value else "must not be empty")


def one_of(*known: str) -> Callable[[Any], str | None]:
    """Accept one of *known*."""

    def check(value: Any) -> str | None:
        return None if value in known else _not_known(value, known, "choice")

    return check


def subset_of(*known: str) -> Callable[[Any], str | None]:
    """Accept a list of some of *known*."""

    def check(value: Any) -> str | None:
        for item in value:
            if item not in known:
                return _not_known(item, known, "choice")
        return None

    return check


def mapping_of_lists(*keys: str) -> Callable[[Any], str | None]:
    """Accept a mapping from some of *keys* to lists of strings."""

    def check(value: Any) -> str | None:
        for key, items in value.items():
            if key not in keys:
                return _not_known(key, keys, "key")
            if isinstance(items, str) or not isinstance(items, (list, tuple)):
                return f"`{key}` must be a list of strings, not {items!r}"
            wrong = strings(items)
            if wrong:
                return f"`{key}` {wrong}"
        return None

    return check


def statuses(value: Any) -> str | None:
    """Accept a mapping from labels to the five statuses."""
    known = {label_key(status) for status in STATUSES}
    for label, status in value.items():
        if not isinstance(label, str) or not label.strip():
            return f"a label must be a string, not {label!r}"
        if not isinstance(status, str) or label_key(status) not in known:
            return f"`{label}`: " + _not_known(status, STATUSES, "status")
    return None


def required_evidence(value: Any) -> str | None:
    """Accept a mapping from statuses to kinds of evidence."""
    known = {label_key(status) for status in STATUSES}
    for status, kinds in value.items():
        if label_key(str(status)) not in known:
            return _not_known(status, STATUSES, "status")
        if isinstance(kinds, str) or not isinstance(kinds, (list, tuple)):
            return f"`{status}` must be a list of kinds, not {kinds!r}"
        for kind in kinds:
            if not isinstance(kind, str) or kind not in _KINDS:
                return _not_known(kind, _KINDS, "kind")
    return None


def required_results(value: Any) -> str | None:
    """Accept a mapping from statuses to ``passed``."""
    known = {label_key(status) for status in STATUSES}
    for status, result in value.items():
        if label_key(str(status)) not in known:
            return _not_known(status, STATUSES, "status")
        if result != "passed":
            return f"`{status}`: " + _not_known(result, ("passed",), "result")
    return None


def minimum(value: Any) -> str | None:
    """Accept a mapping from shares to percent."""
    known = ("verified", "implemented", "passed")
    for name, percent in value.items():
        if name not in known:
            return _not_known(name, known, "share")
        if type(percent) not in {int, float} or not 0 <= percent <= 100:
            return f"`{name}` must be a number from 0 to 100, not {percent!r}"
    return None


def columns(value: Any) -> str | None:
    """Accept a mapping from kinds of table to (header to field)."""
    for kind, headers in value.items():
        if kind not in KINDS:
            return _not_known(kind, KINDS, "kind of table")
        if not isinstance(headers, dict):
            return f"`{kind}` must map headers to fields, not be {headers!r}"
        for header, name in headers.items():
            if not isinstance(header, str) or not isinstance(name, str):
                return f"`{kind}` must map headers to fields, not {header!r}: {name!r}"
    return None


def column_fields(
    columns_of: Mapping[str, Mapping[str, str]], own: Mapping[str, Sequence[str]]
) -> str | None:
    """Accept columns that lead to our fields or to the project's own."""
    for kind, headers in columns_of.items():
        known = (*declared_names(kind), *own.get(kind, ()))
        for header, name in headers.items():
            if name not in known:
                return f"`{header}`: " + _not_known(name, known, "field")
    return None


def rules(value: Any) -> str | None:
    """Accept a mapping from rules to severities."""
    severities = tuple(severity.value for severity in Severity)
    for rule, severity in value.items():
        if rule not in RULE_NAMES:
            return _not_known(rule, RULE_NAMES, "rule")
        if severity not in severities:
            return f"`{rule}`: " + _not_known(severity, severities, "severity")
    return None


def ignore(value: Any) -> str | None:
    """Accept a mapping from rules to (item or glob to reason)."""
    for rule, items in value.items():
        if rule not in RULE_NAMES:
            return _not_known(rule, RULE_NAMES, "rule")
        if not isinstance(items, dict):
            return f"`{rule}` must map an item or a path glob to a reason"
        for item, reason in items.items():
            if not isinstance(reason, str) or not reason.strip():
                return f"`{rule}`: `{item}` is ignored without a reason; say why"
    return None


def url_template(value: Any) -> str | None:
    """Accept a format string with ``commit``, ``path`` and ``line``."""
    return _template(value, {"commit": "", "path": "", "line": 1})


def rules_url(value: Any) -> str | None:
    """Accept a format string with ``rule``."""
    return _template(value, {"rule": ""})


def _template(value: Any, fields: Mapping[str, Any]) -> str | None:
    if value is None:
        return None
    try:
        names = [name for _, name, _, _ in string.Formatter().parse(value) if name]
    except ValueError as error:
        return f"is no template: {error}"
    for name in names:
        if name not in fields:
            return _not_known(name, tuple(fields), "field of the template")
    try:
        value.format(**fields)
    except (ValueError, LookupError, TypeError, OverflowError, MemoryError) as error:
        return f"is no template: {error}"
    return None


def path(value: Any) -> str | None:
    """Accept what a file may be called, or ``None``."""
    return "is no path: it holds a null character" if value and "\0" in value else None


def review_scope(value: Any) -> str | None:
    """Accept ``all``, ``linked`` or a mapping from sections to lists of ids."""
    if isinstance(value, str):
        return one_of("all", "linked")(value)
    for section, ids in value.items():
        if isinstance(ids, str) or not isinstance(ids, (list, tuple)):
            return f"`{section}` must be a list of exception ids, not {ids!r}"
    return None


def milestone(value: str | None, known: Sequence[str]) -> str | None:
    """Accept one of *known* or ``None``."""
    if value is None or value in known:
        return None
    if not known:
        return "names a milestone, but `parity_milestones` is empty"
    return _not_known(value, tuple(known), "milestone of `parity_milestones`")
