"""The file of known findings, ``parity_baseline``: read, written, and applied.

It lets a project with many findings begin: those in the file become ``info``, new ones
count, and those that are gone are reported so that the file only shrinks.  Used by
:mod:`sphinx_arco_parity.assessment.assess`; written by ``arco-parity check --write-baseline``.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.repository.replacing import replace_content
from sphinx_arco_parity.repository.safe_path import target_of
from sphinx_arco_parity.text.words import HALF_CHARACTER, half_character

#: What must be mended where it stands: no baseline excuses it.
NEVER_KNOWN = frozenset({"configuration", "ignore-unused", "baseline-outdated"})

_KEYS = ("id", "rule", "path", "item")


class BaselineError(ValueError):
    """The file is missing or is no baseline; the text says why, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFinding:
    """An entry of the baseline."""

    id: str
    """As :attr:`.Finding.id`."""
    rule: str
    path: str
    item: str
    line: int
    """Where the entry stands in the baseline's own file."""


def read_baseline(file: Path) -> tuple[KnownFinding, ...]:
    """Return the entries of *file*, in their order.

    :raises BaselineError: if it cannot be read or is no baseline.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BaselineError("does not exist") from None
    except OSError as error:
        raise BaselineError(f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BaselineError("is no text in UTF-8") from error
    return parse_baseline(text)


def parse_baseline(text: str) -> tuple[KnownFinding, ...]:
    """Return the entries of the baseline *text*.

    :raises BaselineError: if it is no baseline.
    """
    try:
        entries = json.loads(text)
    except json.JSONDecodeError as error:
        raise BaselineError(f"is no JSON: {error.msg} in line {error.lineno}") from error
    except (RecursionError, ValueError) as error:  # too deep; a number too long
        raise BaselineError("is no JSON that can be read") from error
    if half_character(text) is not None:
        raise BaselineError(HALF_CHARACTER)
    if not isinstance(entries, list) or not all(map(_is_entry, entries)):
        keys = ", ".join(f"`{key}`" for key in _KEYS)
        raise BaselineError(f"must be a list of objects with the texts {keys}")
    lines = _lines(text, [entry["id"] for entry in entries])
    return tuple(
        KnownFinding(line=line, **{key: entry[key] for key in _KEYS})
        for entry, line in zip(entries, lines, strict=True)
    )


def _is_entry(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(key), str) for key in _KEYS)


def _lines(text: str, ids: Sequence[str]) -> list[int]:
    """Return the line of each of *ids*, from 1, however the file is laid out."""
    places = defaultdict[str, list[int]](list)
    wanted = set(ids)
    for number, line in enumerate(text.split("\n"), 1):
        for word in line.split('"')[1::2]:
            if word in wanted:
                places[word].append(number)
    return [places[item_id].pop(0) if places[item_id] else 1 for item_id in ids]


def baseline_text(findings: Iterable[Finding]) -> str:
    """Return the baseline that knows *findings*: sorted JSON, one a line.

    Those that no baseline excuses, and those that fail nothing, are left out.
    """
    entries = sorted(
        (found.place.path, found.rule, found.item, found.id)
        for found in findings
        if can_be_known(found)
    )
    lines = [
        json.dumps({"id": finding_id, "rule": rule, "path": path, "item": item}, ensure_ascii=False)
        for path, rule, item, finding_id in entries
    ]
    inside = ",\n".join(f"  {line}" for line in lines)
    return f"[\n{inside}\n]\n" if lines else "[]\n"


def can_be_known(found: Finding) -> bool:
    """Tell whether a baseline may hold *found*."""
    return found.rule not in NEVER_KNOWN and found.severity in {Severity.ERROR, Severity.WARNING}


def write_baseline(file: Path, findings: Iterable[Finding]) -> None:
    """Write the baseline that knows *findings* to *file*.

    :param findings: with the severity that they have without a baseline, as
        :attr:`.Assessment.before_baseline` gives them.
    :raises OSError: if the file cannot be written, or is a link that leads out of the
        repository; what was there stays.
    """
    # A symbolic link stays, what it leads to is replaced.
    replace_content(target_of(file), baseline_text(findings).encode())


def apply_baseline(
    findings: Sequence[Finding], known: Sequence[KnownFinding]
) -> tuple[list[Finding], list[KnownFinding]]:
    """Return *findings*, the known ones as ``info``, and the entries that are gone.

    An id that stands there twice knows two findings: a third is new.
    """
    left = Counter(entry.id for entry in known)
    graded = []
    for found in findings:
        if found.rule in NEVER_KNOWN or not left[found.id]:
            graded.append(found)
            continue
        left[found.id] -= 1
        off = found.severity is Severity.OFF
        graded.append(found if off else replace(found, severity=Severity.INFO))
    gone = []
    for entry in reversed(known):
        if left[entry.id]:
            left[entry.id] -= 1
            gone.append(entry)
    return graded, gone[::-1]
