"""Since when each row has its status: ``parity.history.json``.

``arco-parity history`` writes it by walking git, a page shows it with
``parity-table history``; to build it no git is needed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sphinx_arco_parity.model.parity_document import ParityDocument
from sphinx_arco_parity.text.words import HALF_CHARACTER, half_character

SCHEMA_VERSION = 1


class HistoryError(ValueError):
    """A file of history cannot be used; the text says why, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The rows at one commit."""

    commit: str
    """The full hash."""
    date: str
    """Of the commit, ``YYYY-MM-DD``."""
    statuses: Mapping[str, str]
    """Id of a row to its canonical status."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A row took a status, or went."""

    date: str
    commit: str
    status: str | None
    """``None``: the row was there no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The steps of each row, from the oldest."""

    rows: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)
    commit: str | None = None
    """The newest commit that was looked at: from there the history goes on."""
    start: str | None = None
    """The oldest, if older ones were not: what was so there has been so for longer."""

    def since(self, row_id: str, status: str | None) -> Step | None:
        """Return the step at which the row took *status*, the one it has now.

        ``None`` if the history does not know the row, or knows it with another status
        (it has not been written since), or begins with it.
        """
        steps = self.rows.get(row_id, ())
        known = steps and status and steps[-1].status == status
        return steps[-1] if known and steps[-1].commit != self.start else None


def snapshot_of(document: ParityDocument, *, commit: str, date: str) -> Snapshot:
    """Return the snapshot of a content of ``parity.json``."""
    statuses: dict[str, str] = {}
    for row in document["rows"]:
        statuses.setdefault(row["id"], row.get("status") or row.get("status_label") or "")
    return Snapshot(commit=commit, date=date, statuses=statuses)


def history_of(snapshots: Iterable[Snapshot], before: History | None = None) -> History:
    """Return the history of *snapshots*, given from the oldest to the newest.

    :param before: what is known already, up to the oldest of *snapshots*.
    """
    before = before or History()
    rows = {key: list(steps) for key, steps in before.rows.items()}
    commit = before.commit
    for snapshot in snapshots:
        commit = snapshot.commit
        for key in rows.keys() | snapshot.statuses.keys():
            status = snapshot.statuses.get(key)
            steps = rows.setdefault(key, [])
            if not steps or steps[-1].status != status:
                steps.append(Step(date=snapshot.date, commit=snapshot.commit, status=status))
    return replace(
        before, rows={key: tuple(steps) for key, steps in sorted(rows.items())}, commit=commit
    )


def history_text(history: History) -> str:
    """Return *history* as the text of its file, sorted, a line for each row."""
    lines = (
        f"    {_json(key)}: {_json([[s.date, s.commit, s.status] for s in history.rows[key]])}"
        for key in sorted(history.rows)
    )
    rows = "{\n" + ",\n".join(lines) + "\n  }" if history.rows else "{}"
    commit = f'  "commit": {_json(history.commit)},\n' if history.commit else ""
    start = f',\n  "start": {_json(history.start)}' if history.start else ""
    return f'{{\n{commit}  "rows": {rows},\n  "schema_version": {SCHEMA_VERSION}{start}\n}}\n'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def parse_history(text: str) -> History:
    """Read the text of a file of history.

    :raises HistoryError: if it is none, or of a newer version.
    """
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise HistoryError(f"is no JSON: {error}") from None
    if half_character(text) is not None:
        raise HistoryError(HALF_CHARACTER)
    if not isinstance(loaded, dict) or not isinstance(loaded.get("rows"), dict):
        raise HistoryError("has no `rows`; write it again with `arco-parity history`")
    version = loaded.get("schema_version")
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        raise HistoryError(f"has schema version {version}; known is {SCHEMA_VERSION}")
    commit, start = (
        found if isinstance(found := loaded.get(name), str) else None
        for name in ("commit", "start")
    )
    rows = {key: _steps(key, steps) for key, steps in loaded["rows"].items()}
    return History(rows=rows, commit=commit, start=start)


def _steps(key: str, steps: Any) -> tuple[Step, ...]:
    if not isinstance(steps, list) or not all(map(_is_step, steps)):
        raise HistoryError(
            f"`{key}` must be a list of [date, commit, status]; write it again with "
            "`arco-parity history`"
        )
    return tuple(Step(date=date, commit=commit, status=status) for date, commit, status in steps)


def _is_step(step: Any) -> bool:
    return (
        isinstance(step, list)
        and len(step) == 3
        and all(isinstance(part, str) for part in step[:2])
        and (step[2] is None or isinstance(step[2], str))
    )
