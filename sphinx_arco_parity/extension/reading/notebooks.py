"""Lines as parsers count them, made those of the file.

MyST-NB puts line *n* of cell *c*, both from 1, on line ``c * 10000 + n + 1`` of a page;
a finding points at the line of the file in which that text stands.  docutils ends a line
where files do not.  What autodoc puts into a page stands in a file of Python: docutils names
such a text ``file.py:docstring of m.f`` and counts its lines from the docstring's first.
Used by :mod:`.collect` for the records of such a page.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from sphinx_arco_parity.extension.reading.lines import lines_of
from sphinx_arco_parity.model.records import Declaration, DocumentRecords, Evidence, Place
from sphinx_arco_parity.repository.python_text import parse_python

_CELL = 10_000


def with_lines_of_file(records: DocumentRecords, text: str) -> DocumentRecords:
    """Return *records*, of the notebook that is *text*, with the lines of its file."""
    cells = _cells(text)

    def line(made_up: int) -> int:
        """Return the line of the file; lines below 10000 are its own already."""
        cell, number = divmod(made_up - 1, _CELL)
        if cell < 1:
            return made_up
        lines = cells.get(cell) or cells.get(cell - 1) or [1]
        return lines[min(max(number, 1), len(lines)) - 1]

    return with_lines(records, line)


def with_lines(records: DocumentRecords, line: Callable[[int], int]) -> DocumentRecords:
    """Return *records* of a page with each line *n* of its own file as *line(n)*."""
    return with_places(
        records, lambda path, number: (path, line(number) if path == records.path else number)
    )


def with_places(
    records: DocumentRecords, move: Callable[[str, int], tuple[str, int]]
) -> DocumentRecords:
    """Return *records* with each path and line as *move* gives them."""
    placed: DocumentRecords = _Places(move).placed(records)
    return placed


class _Places:
    def __init__(self, move: Callable[[str, int], tuple[str, int]]) -> None:
        self._move = move
        self._path = ""
        """Of the declaration whose lines are moved."""

    def placed(self, value: Any) -> Any:
        """Return *value*, a record or what one is made of, with what stands elsewhere there."""
        if isinstance(value, tuple):
            return type(value)(self.placed(part) for part in value)
        if not is_dataclass(value) or isinstance(value, type):
            return value
        if isinstance(value, Place):
            path, line = self._move(value.path, value.line)
            return Place(path=path, line=line)
        if isinstance(value, Declaration):
            self._path = value.place.path
        changed: dict[str, Any] = {}
        for field in fields(value):
            old = getattr(value, field.name)
            new = self.placed(old)
            if isinstance(value, Evidence) and field.name == "at" and old is not None:
                new = self._line(old)
            elif isinstance(value, Declaration) and field.name == "lines":
                new = tuple((name, self._line(line)) for name, line in old)
            if new is not old:
                changed[field.name] = new
        return replace(value, **changed) if changed else value

    def _line(self, line: int) -> int:
        return self._move(self._path, line)[1]


def _cells(text: str) -> dict[int, list[int]]:
    """Return, by number of cell from 1, the line of the file of each line of its source.

    The sources are looked for in their order, as JSON writes them; those after one that
    is not found are still looked for.
    """
    found: dict[int, list[int]] = {}
    at, line = 0, 1
    for number, source in enumerate(_sources(text), 1):
        for part in source:
            forms = (json.dumps(part, ensure_ascii=ascii_only) for ascii_only in (False, True))
            written = next((form for form in forms if text.find(form, at) >= 0), None)
            if written is None:
                continue
            start = text.index(written, at)
            line += text.count("\n", at, start)
            at = start + len(written)
            found.setdefault(number, []).extend([line] * max(len(part.splitlines()), 1))
    return found


def _sources(text: str) -> list[list[str]]:
    """Return the strings of the source of each cell; none if *text* is no notebook."""
    try:
        sources = [cell.get("source", "") for cell in json.loads(text)["cells"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return []
    return [
        [
            part
            for part in (source if isinstance(source, list) else [source])
            if part and isinstance(part, str)
        ]
        for source in sources
    ]


_MARK = ":docstring of "


def in_their_files(records: DocumentRecords, root: Path) -> DocumentRecords:
    """Return *records* with what stands in docstrings at its lines of the files.

    :param root: the repository's.
    """
    parts: tuple[Any, ...] = (
        *records.exceptions, *records.rows, *records.claims, *records.mentions,
        *records.prose, *records.problems, *records.views,
    )  # fmt: skip
    if not any(_MARK in part.place.path for part in parts):
        return records

    def move(path: str, line: int) -> tuple[str, int]:
        file, mark, name = path.partition(_MARK)
        if not mark:
            return path, line
        first = first_line("\n".join(lines_of(str(root / file))), name)
        return file, first + line - 1 if first else 1

    return with_places(records, move)


def first_line(text: str, name: str) -> int:
    """Return the line on which the docstring of *name* begins to say something; 0 if unknown.

    :param text: of the module.
    :param name: with dots, from the module's name on.
    """
    tree = parse_python(text)
    words = name.split(".") if tree is not None else []
    for start in range(len(words) + 1):
        found = _within(tree, words[start:])
        if found is not None:
            return _said(found)
        if _within(tree, words[start : start + 1]) is not None:
            break  # an attribute of a class, say
    return 0


def _within(tree: ast.Module | None, names: list[str]) -> ast.AST | None:
    node: ast.AST | None = tree
    for name in names:
        inner = (
            part
            for part in getattr(node, "body", ())
            if isinstance(part, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        )
        node = next((part for part in inner if part.name == name), None)
        if node is None:
            return None
    return node


def _said(node: ast.AST) -> int:
    first = next(iter(getattr(node, "body", ())), None)
    value = first.value if isinstance(first, ast.Expr) else None
    if not isinstance(value, ast.Constant) or not isinstance(value.value, str):
        return 0
    blank = value.value[: len(value.value) - len(value.value.lstrip())]
    return value.lineno + blank.count("\n")
