"""The lock: what the last review saw.  Values, their text and its file.

Sorted JSON with a line for each item, so that the diff of a pull request *is* the review
and two branches merge line by line.  Its schema is ``parity.lock.schema.json``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sphinx_arco_parity.text.words import HALF_CHARACTER, half_character

#: The version of the lock's format that is written, and the newest that is read.
SCHEMA_VERSION = 1

_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)", re.MULTILINE)
_SECTION = re.compile(r'\s*"(exceptions|rows)"\s*:\s*\{\s*$')
_KEY = re.compile(r'\s*("(?:[^"\\]|\\.)*")\s*:')


class LockError(Exception):
    """A lock cannot be used; nothing is written over it.

    :param reason: what is wrong, for people.
    :param line: where, from 1.
    :param help_text: what to do about it.
    """

    def __init__(self, reason: str, *, line: int = 1, help_text: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.help_text = help_text


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedRow:
    """A row at the last full review."""

    status: str
    """The canonical word."""
    section: str = ""
    exceptions: tuple[str, ...] = ()
    """The ids that it cited, sorted."""
    digest: str = ""
    """See :func:`.row_digest`; tells a renamed row from a new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """The last review of an exception."""

    digest: str
    """See :func:`.exception_digest`."""
    date: str
    """``YYYY-MM-DD``."""
    by: str
    milestone: str | None = None
    """The milestone that was reached then."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """What the last review saw."""

    exceptions: Mapping[str, Reviewed]
    """By id; each at its own last review."""
    rows: Mapping[str, LockedRow] | None = None
    """By id, at the last full review; ``None`` if there was none yet."""
    milestone: str | None = None
    """The milestone that was reached at the last full review."""
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict, compare=False)
    """(``exceptions`` or ``rows``, id), and (``""``, key), to the line of the file."""

    def line(self, section: str, key: str) -> int:
        """Return the line of an item; 1 if the lock was not read from a file."""
        return self.lines.get((section, key), 1)


def lock_text(lock: Lock) -> str:
    """Return *lock* as the text of its file: keys sorted, a line for each item."""
    parts = (
        f'  "exceptions": {_lines(lock.exceptions)}',
        f'  "milestone": {_json(lock.milestone)}',
        f'  "rows": {"null" if lock.rows is None else _lines(lock.rows)}',
        f'  "schema_version": {SCHEMA_VERSION}',
    )
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _lines(items: Mapping[str, LockedRow | Reviewed]) -> str:
    """Return a line for each of *items*, with what it says; a review always says where."""
    always = {"milestone", "status", "by", "date", "digest"}
    lines = []
    for key, item in sorted(items.items()):
        said = {name: value for name, value in asdict(item).items() if value or name in always}
        lines.append(f"    {_json(key)}: {_json(said)}")
    return "{\n" + ",\n".join(lines) + "\n  }" if lines else "{}"


def parse_lock(text: str) -> Lock:
    """Read the text of a lock.

    :raises LockError: for the markers of a merge, broken JSON, a key that comes twice, a
        newer version, or what is no lock.
    """
    conflict = _CONFLICT.search(text)
    if conflict:
        raise LockError(
            "holds the markers of a merge conflict",
            line=text.count("\n", 0, conflict.start()) + 1,
            help_text="keep one side of each conflict (`git checkout --ours` or `--theirs`), then "
            "review again with `arco-parity review`",
        )
    loaded = _load(text)
    _refuse_other_version(loaded)
    lines = _lines_of(text)
    extra = sorted(set(loaded) - {"exceptions", "milestone", "rows", "schema_version"})
    if extra:
        raise _unfit(f"has the unknown key `{extra[0]}`", lines.get(("", extra[0]), 1))
    milestone = loaded.get("milestone")
    if milestone is not None and not isinstance(milestone, str):
        raise _unfit("`milestone` must be a name", lines.get(("", "milestone"), 1))
    reviews = _section(loaded, "exceptions", _REVIEWED, lines)
    rows = None if loaded.get("rows") is None else _section(loaded, "rows", _ROW, lines)
    return Lock(
        exceptions={key: Reviewed(**review) for key, review in reviews.items()},
        rows=None if rows is None else {key: LockedRow(**row) for key, row in rows.items()},
        milestone=milestone,
        lines=lines,
    )


def _load(text: str) -> dict[str, Any]:
    torn = half_character(text)
    if torn is not None:
        raise _unfit(HALF_CHARACTER, torn)

    def without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise _repeated(text, key)
            found[key] = value
        return found

    try:
        loaded = json.loads(text, object_pairs_hook=without_repeats)
    except json.JSONDecodeError as error:
        raise LockError(
            f"is no JSON: {error.msg} (column {error.colno})",
            line=error.lineno,
            help_text="fix it, or restore it from git",
        ) from None
    except RecursionError:
        raise _unfit("is nested too deeply", 1) from None
    except ValueError:
        raise _unfit("holds a number that is too long", 1) from None
    if not isinstance(loaded, dict):
        raise _unfit("must be a JSON object", 1)
    return loaded


def _repeated(text: str, key: str) -> LockError:
    lines = [n for n, line in enumerate(text.split("\n"), 1) if _key_of(line) == key]
    where = " and ".join(str(n) for n in lines[:2])
    return LockError(
        f"has `{key}` twice" + (f" (lines {where})" if len(lines) > 1 else ""),
        line=lines[1] if len(lines) > 1 else 1,
        help_text="a merge kept both; remove the older line",
    )


def _refuse_other_version(loaded: dict[str, Any]) -> None:
    version = loaded.get("schema_version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _unfit("has no `schema_version`", 1)
    if version > SCHEMA_VERSION:
        raise LockError(
            f"has schema version {version}, newer than the {SCHEMA_VERSION} that is known",
            help_text="install the version of sphinx-arco-parity that wrote it",
        )


def _unfit(reason: str, line: int) -> LockError:
    return LockError(reason, line=line, help_text="restore it from git, or review again")


_REVIEWED = {"digest": str, "date": str, "by": str, "milestone": (str, type(None)), "note": str}
_ROW = {"status": str, "section": str, "exceptions": list, "digest": str}
_REQUIRED = frozenset({"digest", "date", "by", "status"})


def _section(
    loaded: dict[str, Any],
    name: str,
    known: Mapping[str, Any],
    lines: Mapping[tuple[str, str], int],
) -> dict[str, dict[str, Any]]:
    """Return the items of a section of the lock, each with its fields, checked."""
    items = loaded.get(name)
    if not isinstance(items, dict):
        raise _unfit(f"`{name}` must be a JSON object", lines.get(("", name), 1))
    places = {key: lines.get((name, key), 1) for key in items}
    return {key: _fields(key, item, known, places[key]) for key, item in items.items()}


def _fields(key: str, item: Any, known: Mapping[str, Any], line: int) -> dict[str, Any]:
    """Return the fields of an item of the lock, checked."""
    if not isinstance(item, dict):
        raise _unfit(f"`{key}` must be a JSON object", line)
    for name, value in item.items():
        if name not in known:
            raise _unfit(f"`{key}` has the unknown key `{name}`", line)
        texts = value if isinstance(value, list) else []
        if not isinstance(value, known[name]) or not all(isinstance(t, str) for t in texts):
            raise _unfit(f"`{key}` has a `{name}` that cannot be: {_json(value)}", line)
    missing = [name for name in known if name in _REQUIRED and name not in item]
    if missing:
        raise _unfit(f"`{key}` has no `{missing[0]}`", line)
    return {name: tuple(v) if isinstance(v, list) else v for name, v in item.items()}


def _key_of(line: str) -> str | None:
    match = _KEY.match(line)
    try:
        return str(json.loads(match[1])) if match else None
    except json.JSONDecodeError:
        return None


def _lines_of(text: str) -> dict[tuple[str, str], int]:
    """Return where each item stands; a file laid out by other tools is found too."""
    lines: dict[tuple[str, str], int] = {}
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        header = _SECTION.match(line)
        if header:
            section = header[1]
            lines.setdefault(("", section), number)
        elif (key := _key_of(line)) is not None:
            top = key in {"milestone", "rows", "schema_version"} and line[:3].strip()
            lines.setdefault(("" if top or not section else section, key), number)
    return lines


def read_lock(path: Path) -> Lock | None:
    """Return the lock at *path*, ``None`` if there is no such file.

    :raises LockError: if it is there and cannot be used.
    """
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise LockError("is no UTF-8 text", help_text="restore it from git") from None
    except OSError as error:
        raise LockError(f"cannot be read: {error.strerror}") from None
    return parse_lock(text)
