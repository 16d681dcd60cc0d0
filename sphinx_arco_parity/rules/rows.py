"""Rules on the rows of the matrix.  Listed in :data:`.rules.ALL_RULES`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sphinx_arco_parity.model.fields import cell_of
from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.model.records import STATUSES, ParityRow
from sphinx_arco_parity.rules.context import Context, Proven
from sphinx_arco_parity.rules.messages import did_you_mean, listed, quoted
from sphinx_arco_parity.settings.options import POLICY_KINDS, Settings
from sphinx_arco_parity.text.words import is_empty, label_key, plain

#: The policy's kinds of evidence, as people call them.
KIND_WORDS = {"adr": "ADR", "code": "code", "tests": "tests", "ci": "CI"}
_EXAMPLES = {
    "adr": "an ADR (`docs/adr/0001-title.md`)",
    "code": "code (`src/module.py:12` (`name`))",
    "tests": "a test (`tests/test_module.py::test_name`)",
    "ci": "a CI command (`.github/workflows/ci.yml` (job `test`: `command`))",
}


def row_status(context: Context) -> Iterator[Finding]:
    """The status of a row is not a configured one."""
    settings = context.settings
    known = [*settings.statuses, *STATUSES]
    unknown: dict[str, dict[str, list[ParityRow]]] = {}
    for row in context.register.rows:
        if not is_empty(row.status) and not settings.status(row.status):
            labels = unknown.setdefault(row.place.path, {})
            labels.setdefault(plain(row.status), []).append(row)
    for path, labels in unknown.items():
        lines = ", ".join(f'"{label}": "…"' for label in labels)
        how = (
            f"map {'it' if len(labels) == 1 else 'each label of this page'} to "
            f"{listed(STATUSES, joint='or')}: `parity_statuses = {{{lines}}}`"
        )
        for label, rows in labels.items():
            guess = did_you_mean(label, known)
            for row in rows:
                found = context.found(
                    "row-status",
                    row,
                    f"the status {quoted(label)} is not a configured one",
                    f"{guess}{how}",
                    field="status",
                )
                yield replace(found, cause=path)


def row_without_evidence(context: Context) -> Iterator[Finding]:
    """The status requires a kind of evidence and the row has none."""
    settings = context.settings
    for row in context.register.rows:
        status = settings.status(row.status)
        evidence, unread = context.cited(row)
        cited = {POLICY_KINDS[piece.kind] for piece in (*evidence, *unread)}
        missing = [kind for kind in demanded_evidence(settings, status) if kind not in cited]
        # What is unread in a column of any kind may be of the one that is missing.
        if not missing or any(cell_of(piece) == "evidence" for piece in unread):
            continue
        nothing = listed((f"no {KIND_WORDS[kind]}" for kind in missing), joint="and")
        examples = listed((_EXAMPLES[kind] for kind in missing), joint="and")
        yield context.found(
            "row-without-evidence",
            row,
            f"its status is {_as_written(row.status, status)}, but it cites {nothing}",
            f"cite {examples}, or give the row a status that does not require it",
            field="adrs" if missing[0] == "adr" else missing[0],
        )


def demanded_evidence(settings: Settings, status: str | None) -> list[str]:
    """Return the policy's kinds of evidence that *status* demands."""
    return [
        kind
        for own, kinds in settings.required_evidence.items()
        if status is not None and label_key(own) == label_key(status)
        for kind in kinds
    ]


def _as_written(label: str, status: str | None) -> str:
    """Return the status, and how the row says it where that differs."""
    same = label_key(label) == label_key(status or "")
    return f"{status}" if same else f"{status} ({quoted(label)})"


def row_cites_exception(context: Context) -> Iterator[Finding]:
    """An `Implemented` row cites an exception."""
    register = context.register
    for row in register.rows:
        if register.status(row) != "Implemented":
            continue
        # What is not declared is `unknown-exception`, and no exception.
        cited = [target for target in register.cited_by_row(row) if register.is_declared(target)]
        if cited:
            yield context.found(
                "row-cites-exception",
                row,
                f"its status is {_as_written(row.status, 'Implemented')}, but it cites {listed(cited)}",
                "if the difference holds, the status is Partial or Exception; if it "
                "does not, remove the citation",
                field="exceptions",
            )


def row_without_exception(context: Context) -> Iterator[Finding]:
    """An `Exception` row cites no declared exception."""
    register = context.register
    example = next(iter(register.exceptions_by_id), None)
    for row in register.rows:
        # One that cites an unknown id is told that, and that alone.
        if register.status(row) != "Exception" or register.cited_by_row(row):
            continue
        yield context.found(
            "row-without-exception",
            row,
            f"its status is {_as_written(row.status, 'Exception')}, but it cites no declared exception",
            f"put its id, as in `{example}`, into the column or option `exceptions`"
            if example is not None
            else "declare the exception with the directive `parity-exception` or in a table "
            "of `parity_tables`, then cite it",
            field="exceptions",
        )


def row_proof_too_low(context: Context) -> Iterator[Finding]:
    """The cited tests are unit tests and the row requires more."""
    levels = list(context.settings.proof_levels)
    for proven in context.proofs:
        row = proven.declaration
        if not isinstance(row, ParityRow):
            continue
        level = context.settings.proof_level(row.proof_level)
        if level is None or level == levels[0]:
            continue
        paths = cited_tests(proven)
        if not paths or not proven.unit_tests.issuperset(paths):
            continue
        yield context.found(
            "row-proof-too-low",
            row,
            f"requires proof of level {level}, but cites only unit tests, in {listed(paths)}",
            f"cite a test of level {level} as well, or lower the proof level",
            field="tests",
        )


def cited_tests(proven: Proven) -> list[str]:
    """Return the paths, without repeats, of the cited tests that are there."""
    paths = (
        evidence.path
        for evidence, verdict in proven.judged()
        if evidence.kind == "test" and verdict.name not in {"not-found", "gone"}
    )
    return list(dict.fromkeys(paths))
