"""Rules on fields: ids are declared once, required fields filled in, labels configured.

Listed in :data:`sphinx_arco_parity.rules.ALL_RULES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sphinx_arco_parity.model.fields import known_headers
from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.model.records import Declaration, ParityException, ParityRow
from sphinx_arco_parity.rules.context import Context
from sphinx_arco_parity.rules.messages import did_you_mean, listed, quoted
from sphinx_arco_parity.settings.options import Settings
from sphinx_arco_parity.text.words import header_key, is_empty

_EVIDENCE_OF = {"code": "code", "tests": "test", "ci": "ci"}


_LABELS = frozenset({"status", "type", "proof_level"})


def duplicate_id(context: Context) -> Iterator[Finding]:
    """Two declarations share an id."""
    register = context.register
    kinds: tuple[Sequence[Declaration], ...] = (register.exceptions, register.rows, register.claims)
    for declared in kinds:
        first: dict[str, Declaration] = {}
        for declaration in declared:
            if declaration.derived_id:
                continue
            earlier = first.setdefault(declaration.id, declaration)
            if earlier is not declaration:
                yield _twice(context, earlier, declaration)


def _twice(context: Context, first: Declaration, second: Declaration) -> Finding:
    where = f"{first.place.path}:{first.place.line}"
    if first.place == second.place:
        return context.found(
            "duplicate-id",
            second,
            f"is declared twice, because {first.place.path} is "
            f"included in the pages {first.docname} and {second.docname}",
            "include the file in one page only, and link to that page from the other",
        )
    here = f"{second.place.path}:{second.place.line}"
    return context.found(
        "duplicate-id",
        second,
        f"is declared at {here} and already at {where}",
        "give one of the two another id, or remove it if both mean the same",
    )


def exception_incomplete(context: Context) -> Iterator[Finding]:
    """A required field of an exception is missing."""
    declared = context.register.exceptions
    yield from _incomplete(context, "exception-incomplete", "exceptions", declared)


def exception_type(context: Context) -> Iterator[Finding]:
    """The type of an exception is not a configured one."""
    declared, meant = context.register.exceptions, context.settings.exception_type
    yield from _not_configured(context, "exception-type", "exception_types", declared, meant)


def row_incomplete(context: Context) -> Iterator[Finding]:
    """A required field of a row is missing."""
    yield from _incomplete(context, "row-incomplete", "matrix", context.register.rows)


def row_proof_level(context: Context) -> Iterator[Finding]:
    """The proof level of a row is not a configured one."""
    declared, meant = context.register.rows, context.settings.proof_level
    yield from _not_configured(context, "row-proof-level", "proof_levels", declared, meant)


def _incomplete(
    context: Context, rule: str, kind: str, declarations: Iterable[ParityException | ParityRow]
) -> Iterator[Finding]:
    """Yield the findings of *rule* for those that lack required fields.

    *kind* is ``exceptions`` or ``matrix``, as in ``parity_required_fields``.
    """
    required = _required(context.settings, kind)
    for declared in declarations:
        missing = {name: keys for name, keys in required if not _has(declared, keys)}
        if missing:
            yield _found(context, rule, declared, missing)


def _found(
    context: Context,
    rule: str,
    declared: ParityException | ParityRow,
    missing: Mapping[str, Sequence[str]],
) -> Finding:
    fields = [key.replace(" ", "-") for key in next(iter(missing.values()))]
    names = listed(f"`{name}`" for name in missing)
    single = len(missing) == 1
    return context.found(
        rule,
        declared,
        f"the required {'field' if single else 'fields'} {names} "
        f"{'is' if single else 'are'} missing",
        f"fill in the {'column or option' if single else 'columns or options'} {names}; "
        "`-`, `n/a`, `none` and `no` count as empty",
        field=next((field for field in fields if field in declared.columns), fields[-1]),
    )


def _not_configured(
    context: Context,
    rule: str,
    option: str,
    declarations: Iterable[ParityException | ParityRow],
    meant: Callable[[str], str | None],
) -> Iterator[Finding]:
    """Yield the findings of *rule*, called after a field, for those whose label means nothing.

    *meant* returns what a label means, of those that *option* lists.
    """
    known = list(getattr(context.settings, option))
    field = rule.partition("-")[2]
    name = field.replace("-", " ")
    for declared in declarations:
        label = getattr(declared, field.replace("-", "_"))
        if not is_empty(label) and not meant(label):
            yield context.found(
                rule,
                declared,
                f"the {name} {quoted(label)} is not a configured one",
                f"{did_you_mean(label, known)}use {listed(known, joint='or')}, or add the "
                f"{name.split()[-1]} to `parity_{option}`",
                field=field,
            )


def _required(settings: Settings, kind: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the required names as configured, each with what may hold its value.

    That is the field of that name, or the one that a header of that name maps to.
    """
    headers = {**known_headers(kind), **settings.columns.get(kind, {})}
    fields = {header_key(header): header_key(name) for header, name in headers.items()}
    keys = [(name, header_key(name)) for name in settings.required_fields.get(kind, ())]
    return [
        (name, (key, fields[key]) if fields.get(key, key) != key else (key,)) for name, key in keys
    ]


def _has(declared: ParityException | ParityRow, keys: Sequence[str]) -> bool:
    """Tell whether one of the fields *keys* is filled in."""
    if any(_is_set(declared, key) for key in keys):
        return True
    texts = (*declared.cells, *declared.fields)
    return any(not is_empty(text) and header_key(name) in keys for name, text in texts)


def _is_set(declared: ParityException | ParityRow, key: str) -> bool:
    if key in _EVIDENCE_OF:
        return any(evidence.kind == _EVIDENCE_OF[key] for evidence in declared.evidence)
    name = key.replace(" ", "_")
    value = getattr(declared, name, "")
    # A label that the project knows is one, though it be a dash; see :class:`.Register`.
    said = isinstance(value, str) and name not in _LABELS
    return not is_empty(value) if said else bool(value)
