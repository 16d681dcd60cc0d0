"""What autodoc puts into a page stands in a file of Python: where, for findings.

Called by :mod:`.collect`.  Docutils names such a text ``file.py:docstring of m.f`` and counts
its lines from the docstring's first.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

from sphinx_arco_parity.extension.reading.lines import lines_of
from sphinx_arco_parity.extension.reading.notebooks import with_places
from sphinx_arco_parity.model.records import DocumentRecords
from sphinx_arco_parity.repository.python_text import parse_python

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
