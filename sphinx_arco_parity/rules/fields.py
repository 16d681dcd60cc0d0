"""Which required fields a declaration lacks, and what is said of it.

Used by the rules on exceptions and on rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_arco_parity.declarations.columns import KNOWN_HEADERS
from sphinx_arco_parity.rules.wording import called, listed
from sphinx_arco_parity.words import header_key, is_empty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_arco_parity.findings import Finding
    from sphinx_arco_parity.records import ParityException, ParityRow
    from sphinx_arco_parity.rules.context import Context
    from sphinx_arco_parity.settings import Settings

_EVIDENCE_OF = {"code": "code", "tests": "test", "ci": "ci"}


def incomplete(
    context: Context, rule: str, kind: str, declared: ParityException | ParityRow
) -> Finding | None:
    """Return the finding of *rule* if *declared* lacks required fields.

    *kind* is ``exceptions`` or ``matrix``, as in ``parity_required_fields``.
    """
    missing = missing_fields(context.settings, kind, declared)
    if not missing:
        return None
    names = listed(f"`{name}`" for name in missing)
    one = len(missing) == 1
    return context.found(
        rule,
        declared,
        f"{called(declared)}: the required {'field' if one else 'fields'} {names} "
        f"{'is' if one else 'are'} missing",
        f"fill in the {'column or option' if one else 'columns or options'} {names}; "
        "`-`, `n/a`, `none` and `no` count as empty",
    )


def missing_fields(
    settings: Settings, kind: str, declared: ParityException | ParityRow
) -> list[str]:
    """Return the names, as configured, of the required fields that are empty."""
    required: Sequence[str] = settings.required_fields.get(kind, ())
    headers = {**KNOWN_HEADERS, **settings.columns.get(kind, {})}
    fields = {header_key(header): header_key(name) for header, name in headers.items()}
    given = {
        header_key(name): text
        for name, text in (*declared.cells, *declared.fields)
        if not is_empty(text)
    }
    return [
        name
        for name in required
        if header_key(name) not in given
        and not _has(declared, header_key(name))
        and not _has(declared, fields.get(header_key(name), ""))
    ]


def _has(declared: ParityException | ParityRow, key: str) -> bool:
    """Tell whether the field *key* of the record, as a header, is filled in."""
    if key in _EVIDENCE_OF:
        return any(one.kind == _EVIDENCE_OF[key] for one in declared.evidence)
    value = getattr(declared, key.replace(" ", "_"), "") if key else ""
    return not is_empty(value) if isinstance(value, str) else bool(value)
