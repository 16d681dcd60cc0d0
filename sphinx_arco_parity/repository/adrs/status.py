"""The status of an ADR in all the notations in use, and what it supersedes.

Nygard and adr-tools (a ``Status`` section), MADR 2 and log4brains (a bullet), MADR 3 and
4 (front matter), bold words, a table, fields of reStructuredText.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sphinx_arco_parity.repository.adrs.in_force import (
    Change,
    change_in,
    changes_in,
    holding,
    status_word,
)
from sphinx_arco_parity.repository.adrs.names import cited_numbers
from sphinx_arco_parity.repository.adrs.outline import Heading, Outline, key_of, visible
from sphinx_arco_parity.text.blocks import is_delimiter, split_row
from sphinx_arco_parity.text.words import plain

_STATUS_KEYS = frozenset({"status", "adr status", "decision status", "current status",
                          "state"})  # fmt: skip
_HISTORY_KEYS = frozenset({"status history", "history of status", "status log",
                           "status changes", "decision history"})  # fmt: skip
_DATE_KEYS = frozenset({"date", "when", "changed", "since", "updated", "day", "on"})
_KEYED_LINE = re.compile(
    r"^\W*(?:adr |decision |current )?stat(?:us|e)[\s*_`]*(?:<[^<>]*>\s*)?[:=–—-]+[\s*_]*",
    re.IGNORECASE,
)
_COLUMN_KEYS = frozenset({"date", "deciders", "owner", "author", "authors", "title"})
_META_HEADINGS = frozenset({"metadata", "meta", "meta data", "header", "info", "details",
                            "document information", "information", "adr", "date",
                            "document control", "overview", "summary"})  # fmt: skip
_LINK_HEADINGS = frozenset({"links", "related", "related adrs", "related decisions",
                            "references", "relations", "supersedes", "superseded by",
                            "relationships", "see also"})  # fmt: skip
_BREAK = re.compile(r"<br\s*/?>")
_MARKER = re.compile(r"^\s*(?:>\s*)*(?:(?:[-*+]|\d+\.)\s+)?(?:>\s*)*")
_KEYED = re.compile(r"^:?(?P<key>[A-Za-z][A-Za-z _-]{2,24}?)\s*(?::+|=|\s[–—-])\s*(?P<value>.*)$")
_BOX = re.compile(r"^\s*[-*+]\s+\[(?P<mark>[ xX✓✔])\]\s*(?P<text>.+)$")
_NEXT_FIELD = re.compile(r"(?<!\s)(?:\s*+[|·•]|\s++—)\s*+[*_]{0,9}\w[\w -]{1,20}[*_]{0,9}:.*$")
_SHORTCODE = re.compile(r"^:[a-z0-9_+-]+:\s+")
_RST_LINK = re.compile(r"`_{1,2}(?!\w)")
_LEADING = re.compile(r"[^\w(\[{]++")
_TRAILING = re.compile(r"(?<![^\w)\]}.!?\"'…])[^\w)\]}.!?\"'…]++$|(?<!_)_++$")
_BY_KEYS = frozenset({"superseded by", "superceded by", "replaced by", "obsoleted by"})
_BY = re.compile(
    r"\b(?<!not )(?<!un)(?:super[sc]ee?ded|replaced|obsoleted)[\s_-]*by\b[\s:*_]*(?P<rest>.*)",
    re.IGNORECASE,
)
_OVER_KEYS = frozenset({"supersedes", "replaces", "obsoletes"})
_OVER = re.compile(
    r"^[\s\W]*(?:and\s+|status\W+\w+[\s,;.(]+|(?:accepted|approved)[\s,;.(–—-]+)?"
    r"(?:super[sc]ee?des|replaces|obsoletes)\b[\s:*_]*(?P<rest>.*)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:part(?:s|ly|ial|ially)?|section|sections|some|portions?|aspects?)\b|§|\d['’]s\b|\)['’]s\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusText:
    """What a document says of its own standing."""

    status: str = ""
    """The first line as written, without markup; empty if there is none."""
    line: int = 1
    superseded_by: str | None = None
    """As written there: a number, or the name of a file."""
    supersedes: tuple[str, ...] = ()


def cleaned(text: str) -> str:
    """Return a status without markup, emoji, marks of a list, and fields after it."""
    text = _BREAK.split(text, maxsplit=1)[0]
    text = _RST_LINK.sub("`", _NEXT_FIELD.sub("", _MARKER.sub("", text)))
    bare = _SHORTCODE.sub("", plain(text))
    return _TRAILING.sub("", bare[match.end() :] if (match := _LEADING.match(bare)) else bare)


def find_status(outline: Outline) -> StatusText:
    """Read the status of the document and the ADRs that it supersedes."""
    past: set[int] = set()
    line, status = _first_status(outline, past)
    lines = [text for number, text in _standing_lines(outline) if number not in past]
    return StatusText(
        status=status,
        line=line,
        superseded_by=next(_others(lines, outline, _BY_KEYS, _BY), None),
        supersedes=tuple(dict.fromkeys(_others(lines, outline, _OVER_KEYS, _OVER))),
    )


def _first_status(outline: Outline, past: set[int]) -> tuple[int, str]:
    """Return the line of the status, and it.

    :param past: gets the lines of a history that hold no longer.
    """
    for key, texts in outline.front.items():
        line = outline.front_lines.get(key, 1)
        if texts and key in _STATUS_KEYS:
            changes = _changes([(line, text) for text in texts])
            if len(changes) > 1:
                return _held(changes, past)
            return line, cleaned(texts[0])
    places = (_from_section(outline, past), _from_header(outline, past))
    line, status = min(filter(None, places), default=(1, ""))
    return _with_history(outline, line, status, past)


def _changes(lines: Sequence[tuple[int, str]]) -> list[Change]:
    return [
        change
        for number, text in lines
        for part in _BREAK.split(text)
        for change in changes_in(number, plain(_MARKER.sub("", part)))
    ]


def _held(changes: Sequence[Change], past: set[int]) -> tuple[int, str]:
    """Return the line of the status that holds, and it, empty if it cannot be told."""
    change = holding(changes)
    if change is None:
        return changes[0].line, ""
    if change.date:
        past.update(other.line for other in changes if other.line != change.line)
    return change.line, cleaned(change.text)


def _with_history(outline: Outline, line: int, status: str, past: set[int]) -> tuple[int, str]:
    """Return *line* and *status*, unless a section ``Status history`` denies it."""
    for heading in outline.headings:
        if key_of(heading.text) not in _HISTORY_KEYS:
            continue
        changes = _section_changes(outline, heading)
        if changes and not status:
            return _held(changes, past)
        word = status_word(status)
        if changes and word != "unknown":
            own = Change(line=line, text=status, word=word, date=None)
            return line, status if holding([own, *changes]) else ""
    return line, status


def _section_changes(outline: Outline, heading: Heading) -> list[Change]:
    """Return the changes under *heading*: rows of its tables, or lines."""
    rows = _table_changes(outline, heading.first, heading.last)
    return rows or _changes(_block(outline, heading))


def _table_changes(outline: Outline, first: int, last: int) -> list[Change]:
    """Return the rows of tables with a column of dates and one of statuses."""
    found: list[Change] = []
    for table in outline.tables:
        keys = [key_of(visible(cell.text)) for cell in table.header]
        status = next((i for i, key in enumerate(keys) if key in _STATUS_KEYS), None)
        date = next((i for i, key in enumerate(keys) if key in _DATE_KEYS), None)
        if status is None or date is None or not first <= table.line <= last:
            continue
        for row in table.rows:
            if len(row.texts) > max(status, date):
                told = cleaned(visible(row.texts[status]))
                change = change_in(row.line, f"{told} {plain(row.texts[date])}")
                if change:
                    found.append(replace(change, text=told))
    return found


def _from_section(outline: Outline, past: set[int]) -> tuple[int, str] | None:
    """Return (line, status) of the section ``Status``, or of a heading that tells it."""
    for heading in outline.headings:
        if key_of(heading.text) in _STATUS_KEYS:
            return _in_block(outline, heading, past)
        keyed = _KEYED.match(heading.text)
        if keyed and key_of(keyed["key"]) in _STATUS_KEYS and keyed["value"]:
            return heading.line, cleaned(keyed["value"])
    return None


def _block(outline: Outline, heading: Heading) -> list[tuple[int, str]]:
    return [
        (number, outline.lines[number - 1])
        for number in range(heading.first, heading.last + 1)
        if outline.lines[number - 1].strip()
    ]


def _in_block(outline: Outline, heading: Heading, past: set[int]) -> tuple[int, str] | None:
    block = _block(outline, heading)
    boxes = [(number, box) for number, line in block if (box := _BOX.match(line))]
    if boxes:
        ticked = [(n, cleaned(b["text"])) for n, b in boxes if b["mark"] != " "]
        return ticked[0] if len(ticked) == 1 else None
    history = _section_changes(outline, heading)
    if len(history) > 1:
        return _held(history, past)
    keyed = _keyed_status(block)
    if keyed:
        return keyed
    for number, line in block:
        if line.lstrip().startswith(("|", "+-", "+=")):
            return None
        if line.lstrip().startswith((".. ", ":::", "!!!", "[!")):
            continue
        if text := cleaned(line):
            return number, text
    return None


def _from_header(outline: Outline, past: set[int]) -> tuple[int, str] | None:
    """Return (line, status) of a field, bullet, bold word or table above the body."""
    header = _header(outline)
    rows = _table_changes(outline, header[0][0], header[-1][0]) if header else []
    if len(rows) > 1:
        return _held(rows, past)
    found = _keyed_status(header)
    history = _below(found[0], header) if found else []
    return _held(history, past) if len(history) > 1 else found


def _below(number: int, header: Sequence[tuple[int, str]]) -> list[Change]:
    """Return the changes in a field of the header: in its line, and those listed below it."""
    lines = [(n, line) for n, line in header if n >= number]
    changes = _changes([(n, _KEYED_LINE.sub("", line)) for n, line in lines[:1]])
    for change in (_changes([line]) for line in lines[1:]):
        if not change or not change[0].date:
            break
        changes += change
    return changes


def _header(outline: Outline) -> list[tuple[int, str]]:
    """Return the lines before the first section of the body, numbered."""
    end = len(outline.lines)
    for heading in outline.headings[1:]:
        if key_of(heading.text) not in _META_HEADINGS | _STATUS_KEYS:
            end = heading.line - 1
            break
    return [(n, line) for n, line in enumerate(outline.lines[:end], 1) if line.strip()]


def _keyed_status(lines: list[tuple[int, str]]) -> tuple[int, str] | None:
    for i, (number, line) in enumerate(lines):
        after = [text for _, text in lines[i + 1 : i + 3]]
        value = _status_in_line(line, after)
        if value is not None:
            below = value == "" and bool(after)
            value = cleaned(after[0]) if below else value
            return (lines[i + 1][0] if below else number), value
    return None


def _status_in_line(line: str, after: list[str]) -> str | None:
    """Return the value of ``Status`` in *line*, empty if it stands on the next one."""
    if line.lstrip().startswith("|"):
        return _status_in_table(split_row(line).texts, after)
    bare = plain(_MARKER.sub("", line)).lstrip("- ")
    keyed = _KEYED.match(bare)
    if keyed and key_of(keyed["key"]) in _STATUS_KEYS:
        # The value is taken from the line itself, where links and code still stand.
        key = re.escape(keyed["key"].rsplit(maxsplit=1)[-1])
        found = re.search(rf"{key}[\s*_`]*(?:<[^<>]*>\s*)?[:=–—-]+", line)
        written = re.sub(r"^[\s*_]+", "", line[found.end() :]) if found else ""
        return cleaned(written or keyed["value"])
    alone = key_of(bare) in _STATUS_KEYS
    emphasised = re.match(r"^\s*(?:\*\s+-\s+|\*\*|__|<b>|<strong>|\.\. rubric::)", line)
    return "" if alone and emphasised else None


def _status_in_table(cells: list[str], after: list[str]) -> str | None:
    keys = [key_of(plain(cell)) for cell in cells]
    where = next((i for i, key in enumerate(keys) if key in _STATUS_KEYS), None)
    if where is None:
        return None
    beside = keys[where + 1] if where + 1 < len(cells) else None
    headed = len(after) > 1 and is_delimiter(after[0])
    # A header `| Status | Date |` has its value below, `| Status | Accepted |` in itself.
    if headed and (len(cells) != 2 or where or beside in _COLUMN_KEYS):
        below = split_row(after[1]).texts
        return cleaned(below[where]) if where < len(below) else None
    return None if beside is None else cleaned(cells[where + 1])


def _standing_lines(outline: Outline) -> Iterator[tuple[int, str]]:
    """Give the lines that may say what supersedes what."""
    yield from _header(outline)
    for heading in outline.headings:
        key = key_of(heading.text)
        if key in _STATUS_KEYS | _LINK_HEADINGS:
            verb = heading.text if key.startswith("supersede") else ""
            for number, line in _block(outline, heading):
                text = f"{verb} {_MARKER.sub('', line)}" if verb else line
                yield number, text


def _others(
    lines: list[str], outline: Outline, keys: frozenset[str], said: re.Pattern[str]
) -> Iterator[str]:
    """Give the ADRs that stand under *keys* of the front matter, or behind what *said* finds."""
    for key, texts in outline.front.items():
        if key in keys:
            yield from cited_numbers(" ".join(texts), bare=True)
    statuses = [text for key in outline.front if key in _STATUS_KEYS for text in outline.front[key]]
    for line in statuses + lines:
        # Without the bars of a table and the marks of a list.
        flat = _MARKER.sub("", line.strip().strip("|").replace("|", " "))
        match = said.search(flat)
        if match and not _PART.search(flat):
            yield from cited_numbers(match["rest"], bare=said is _BY)
