"""One page as the editor has it, beside what was judged of its project.

Made by :mod:`.worker` for each question; read by the modules of the features.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lsprotocol import types
from pygls.workspace import PositionCodec

from sphinx_arco_parity.assessment.proofs import Proofs
from sphinx_arco_parity.cli.line_edits import end_of_block
from sphinx_arco_parity.cli.running import Run
from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.exports.spans import Span, region_of
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.model.records import (
    Declaration,
    Evidence,
    ParityException,
    ParityRow,
    Verdict,
)
from sphinx_arco_parity.text.places import find_written

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Judged:
    """A project as it was judged, for all questions until it is judged again."""

    run: Run
    unsaved: Mapping[str, str] = field(default_factory=dict)
    """Absolute path to text, of documents that were judged as they are in the editor."""

    @property
    def register(self) -> Register:
        """All that is declared."""
        return self.run.assessment.register

    @cached_property
    def proofs(self) -> Proofs:
        """The verdicts."""
        return Proofs(self.run.assessment)

    @cached_property
    def declared(self) -> dict[str, list[Declaration]]:
        """What each file declares, in the order of its lines."""
        found: dict[str, list[Declaration]] = {}
        register = self.register
        for declared in (*register.exceptions, *register.rows, *register.claims):
            found.setdefault(declared.place.path, []).append(declared)
        for several in found.values():
            several.sort(key=lambda declaration: declaration.place.line)
        return found


@dataclass(frozen=True)
class Page:
    """The file at *path* of the repository, with its *text* in the editor."""

    judged: Judged
    path: str
    text: str
    codec: PositionCodec

    @cached_property
    def lines(self) -> list[str]:
        """Without their ends."""
        return _LINE_END.split(self.text)

    def line(self, number: int) -> str:
        """Return the line *number*, from 1; nothing past the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def point(self, position: types.Position) -> tuple[int, int]:
        """Return the line, from 1, and the column, in characters from 0, of *position*."""
        copy = types.Position(position.line, position.character)
        found = self.codec.position_from_client_units(self.lines, copy)
        return found.line + 1, found.character

    def span(self, line: int, start: int, end: int) -> types.Range:
        """Return the characters *start* to *end* of a line as the editor counts them."""
        text, at = self.line(line), max(line - 1, 0)
        units = self.codec.client_num_units
        return types.Range(
            types.Position(at, units(text[:start])), types.Position(at, units(text[:end]))
        )

    def between(self, start: int, end: int) -> types.Range:
        """Return the range of two offsets of the text."""
        starts = [0, *(match.end() for match in _LINE_END.finditer(self.text))]

        def position(offset: int) -> types.Position:
            line = bisect_right(starts, offset) - 1
            units = self.codec.client_num_units(self.text[starts[line] : offset])
            return types.Position(line, units)

        return types.Range(position(start), position(end))

    def other(self, path: str) -> Page:
        """Return another file, as it is on disk; empty if it cannot be read."""
        if path == self.path:
            return self
        root = self.judged.run.project.root
        text = self.judged.unsaved.get(str(root / path))
        if text is None:
            text = self.judged.run.repository.text(path) or ""
        return Page(self.judged, path, text, self.codec)

    def uri(self, path: str) -> str:
        """Return the address of the file at *path* of the repository."""
        return Path(self.absolute(path)).as_uri()

    def absolute(self, path: str) -> str:
        """Return the file at *path* of the repository; it may lie outside."""
        return os.path.normpath(self.judged.run.project.root / path)

    def location(self, path: str, line: int) -> types.Location:
        """Return the beginning of a line, from 1."""
        start = types.Position(max(line - 1, 0), 0)
        return types.Location(self.uri(path), types.Range(start, start))

    # --- what stands here ---------------------------------------------------------------

    def block(self, declared: Declaration) -> tuple[int, int]:
        """Return the first line of *declared*, of this page, and the one after its last."""
        first = declared.place.line
        later = (d.place.line for d in self.judged.declared.get(self.path, ()))
        following = next((line for line in later if line > first), len(self.lines) + 1)
        if first > len(self.lines):
            return first, first
        return first, min(end_of_block(self.lines, first, following, self.path), following)

    def line_of(self, declared: Declaration, evidence: Evidence) -> int:
        """Return the line on which *evidence* of *declared*, of any page, is written."""
        page, line = self.other(declared.place.path), declared.place.line
        if evidence.at or not evidence.text:
            return evidence.at or line
        first, end = page.block(declared)
        block = "\n".join(page.lines[first - 1 : end - 1])
        match = find_written(evidence.text, block, evidence.repeats)
        return line if match is None else line + block.count("\n", 0, match.start())

    def cell(self, declared: Declaration, name: str) -> Span | None:
        """Return where the column of the field *name* is in the row that is *declared*, here."""
        column = declared.column_of(name)
        if column is None:
            return None
        about = Finding(
            rule="", severity=Severity.OFF, message="", help="", place=declared.place,
            item=declared.id, column=column,
        )  # fmt: skip
        cell = region_of(about, lambda _path, line: self.line(line))
        whole = cell is None or cell.end - cell.start == len(cell.text.strip())
        return None if whole else cell

    def declared_at(self, line: int) -> Declaration | None:
        """Return what is declared on the lines around *line*."""
        for declared in reversed(self.judged.declared.get(self.path, ())):
            if declared.place.line <= line:
                first, end = self.block(declared)
                return declared if first <= line < end else None
        return None

    def evidence_at(self, line: int, column: int) -> tuple[Evidence, Verdict] | None:
        """Return the piece of evidence that is written there, with its verdict.

        Of several pieces of one item it is the one whose symbol or command is pointed at.
        """
        declared = self.declared_at(line)
        if not isinstance(declared, (ParityRow, ParityException)):
            return None
        first, end = self.block(declared)
        block = "\n".join(self.lines[first - 1 : end - 1])
        at = sum(len(text) + 1 for text in self.lines[first - 1 : line - 1]) + column
        found = None
        for evidence, verdict in self.judged.proofs.of(declared):
            match = find_written(evidence.text, block, evidence.repeats) if evidence.text else None
            if match is None or not match.start() <= at <= match.end():
                continue
            found = found or (evidence, verdict)
            for word in filter(None, (evidence.symbol, evidence.command, evidence.job)):
                start = match[0].find(word)
                if start >= 0 and start <= at - match.start() <= start + len(word):
                    return evidence, verdict
        return found
