"""Renames the id of an exception, row or claim: in all documents, marks, and the lock.

An id that is shaped like one (``EX-01``) is replaced wherever it stands as a word of its
own.  One that may be any word is replaced only in markup that makes it an id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lsprotocol import types

from sphinx_arco_parity.editor.page import Page
from sphinx_arco_parity.editor.places import Pointed, pointed

_ID = re.compile(r"\w(?:[\w.-]*\w)?")
_SHAPED = re.compile(r"(?=.*[A-Za-z])(?=.*[-_.]).*\d")
_ROLES = {"exception": "exception", "row": "row", "claim": "claim-ref"}
_OPTIONS = {"exception": "exceptions", "row": "rows"}


class CannotRenameError(Exception):
    """Why nothing is renamed, for people."""


def renamable(page: Page, position: types.Position) -> types.Range | None:
    """Return where the id at *position* stands, ``None`` if there is none to rename."""
    line, column = page.point(position)
    found = pointed(page, line, column)
    if found is None or found.declared is None or found.declared.derived_id:
        return None
    return page.span(line, found.start, found.end)


def rename(page: Page, position: types.Position, new: str) -> types.WorkspaceEdit | None:
    """Return the edits that give what *position* points at the id *new*.

    :raises CannotRenameError: if it has no id of its own, or *new* is none, or is taken.
    """
    found = pointed(page, *page.point(position))
    if found is None or found.declared is None:
        return None
    old, register = found.declared.id, page.judged.register
    if found.declared.derived_id:
        raise CannotRenameError(f"{old} is made from the text of its {found.kind}: change that")
    if not _ID.fullmatch(new):
        raise CannotRenameError(f"`{new}` is no id: write letters, digits, `-`, `_` and `.`")
    if new != old and new in register.by_kind[found.kind]:
        raise CannotRenameError(f"`{new}` is taken by another {found.kind}")
    changes = {
        page.uri(path): edits
        for path in _paths(page)
        if (edits := list(_edits(page.other(path), found, old, new)))
    }
    return types.WorkspaceEdit(changes=changes) if changes else None


def _paths(page: Page) -> list[str]:
    """Return the files of the repository in which ids may stand."""
    run, register = page.judged.run, page.judged.register
    project = run.project
    found = {page.path, project.config_path}
    found |= {document.path for document in register.documents}
    found |= set(page.judged.declared)
    found.add(project.relative(project.confdir / project.settings.lock))
    return sorted(path for path in found if not path.startswith(("..", "/")))


def _edits(page: Page, found: Pointed, old: str, new: str) -> Iterator[types.TextEdit]:
    shared = sum(old in by_id for by_id in page.judged.register.by_kind.values())
    if page.path.endswith((".json", ".py", ".toml")):
        # The lock, the names that `parity_ignore` has, and data files.
        places = set(_matches(page, rf"""(["'])(?:{found.kind}:)?(?P<id>{re.escape(old)})\1"""))
    elif shared == 1 and _SHAPED.match(old) and found.kind == "exception":
        places = set(_matches(page, rf"(?<![\w:.-])(?P<id>{re.escape(old)})(?![\w-]|\.\w)"))
        places |= set(_in_markup(page, found.kind, old))
    else:
        places = {*_in_markup(page, found.kind, old), *_in_cells(page, found.kind, old)}
    for start, end in sorted(places):
        yield types.TextEdit(page.between(start, end), new)


def _matches(page: Page, pattern: str) -> Iterator[tuple[int, int]]:
    yield from (match.span("id") for match in re.finditer(pattern, page.text))


def _in_markup(page: Page, kind: str, old: str) -> Iterator[tuple[int, int]]:
    """Yield where *old* is the argument of a directive, the target of a role, in an option."""
    identifier = rf"(?P<id>{re.escape(old)})(?![\w-]|\.\w)"
    yield from _matches(page, rf"parity[-:]{kind}(?:\}}|::)[ \t]+{identifier}")
    role = rf"[{{:](?:parity[-:])?{_ROLES[kind]}[}}:]`(?:[^`<]*<)?"
    yield from _matches(page, rf"{role}{identifier}[`>]")
    option = _OPTIONS.get(kind)
    if option is None:
        return
    for line in re.finditer(rf"(?m)^[ \t]*:{option}:(.*)$", page.text):
        for match in re.finditer(rf"(?<![\w:.-]){identifier}", line[1]):
            start = line.start(1) + match.start()
            yield start, start + len(old)
    if kind == "exception":
        claim = rf"[{{:](?:parity[-:])claim[}}:]`[^`<]*<(?:[^`>]*[, ])?{identifier}"
        yield from _matches(page, claim)


def _in_cells(page: Page, kind: str, old: str) -> Iterator[tuple[int, int]]:
    """Yield where *old* is a word in a column of ids, of its own table or of one that cites."""
    starts = [0]
    for line in page.text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for declared in page.judged.declared.get(page.path, ()):
        name = "id" if declared.id == old else "exceptions" if kind == "exception" else ""
        own = type(declared).__name__.removeprefix("Parity").lower()
        if not name or (name == "id" and kind != own):
            continue
        cell = page.cell(declared, name)
        if cell is None:
            continue
        for match in re.finditer(rf"(?<![\w:.-]){re.escape(old)}(?![\w-]|\.\w)", cell.text):
            if cell.start <= match.start() and match.end() <= cell.end:
                start = starts[cell.line - 1] + match.start()
                yield start, start + len(old)
