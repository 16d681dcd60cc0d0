"""What people mean where only the repository can tell: short paths, bare names, no paths.

Called by the assessment before anything is judged.  What is inferred never makes a finding
of its own: a name that the file does not define is prose.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fnmatch import fnmatchcase
from posixpath import dirname, normpath
from typing import TYPE_CHECKING

from sphinx_arco_parity.model.records import ParityRow
from sphinx_arco_parity.notation.path_shapes import extension
from sphinx_arco_parity.notation.paths import is_odd
from sphinx_arco_parity.proof.definitions import find
from sphinx_arco_parity.proof.elsewhere import Elsewhere
from sphinx_arco_parity.repository.source import UnreadableFileError
from sphinx_arco_parity.text.patterns import is_glob
from sphinx_arco_parity.text.words import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_arco_parity.model.records import Evidence, ParityException
    from sphinx_arco_parity.repository.files import Repository
    from sphinx_arco_parity.settings.options import Settings

_NAME = re.compile(r"[^\W\d]\w*(?:(?:::|\.)[^\W\d]\w*)*(?:\(\))?")
#: Where a running system has its own files.
_SYSTEM = ("/dev/", "/proc/", "/run/", "/sys/", "/tmp/", "/var/")  # noqa: S108 - nothing is opened
_TELLING = re.compile(r"_|::|\w\.\w|\(\)$|.[A-Z]")


def as_meant(
    declared: ParityException | ParityRow, repository: Repository, settings: Settings
) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """Return the evidence of *declared* as it is meant, and what of it is unread."""
    evidence: list[Evidence] = []
    elsewhere = Elsewhere(repository, settings)
    unread: list[Evidence] = []
    for piece in declared.unread:
        if piece.path and repository.exists(piece.path):
            evidence.append(piece)
        elif not piece.symbol:
            unread.append(replace(piece, path=""))
    for piece in settings.with_kinds(declared.evidence):
        meant = _with_whole_path(piece, dirname(declared.place.path), repository)
        if _is_no_path(meant, repository):
            # Names in the words behind it are of nothing that is here.
            no_path = replace(meant, path="", symbol=None, text=meant.path)
            unread += [no_path] if no_path not in unread else []
        elif "*" in (meant.symbol or ""):
            evidence += _all_called(meant, repository)
        elif meant.inferred and meant.kind != "ci":
            held = _held_to(meant, meant.symbol or "", repository, once=False)
            evidence.append(held)
            if held.symbol is None and _TELLING.search(name := meant.symbol or ""):
                unread.append(replace(meant, path="", symbol=None, line=None, text=name))
        elif meant.line and not meant.symbol and isinstance(declared, ParityRow):
            evidence.append(_named_elsewhere(meant, declared, repository))
        else:
            evidence.append(meant)
    evidence += [_located(piece, elsewhere) for piece in declared.unread if piece.symbol]
    return settings.with_kinds(_said_once(evidence)), tuple(unread)


def _located(piece: Evidence, elsewhere: Elsewhere) -> Evidence:
    """Return a qualified name without a path in the one file that defines it, if one does."""
    places = elsewhere.anywhere(piece)
    return replace(piece, path=places[0][0]) if len(places) == 1 else piece


def _with_whole_path(piece: Evidence, folder: str, repository: Repository) -> Evidence:
    """Return *piece*, of a page in *folder*, with a path that is there, if it has one."""
    path = piece.path
    if not path or path.startswith("/") or repository.exists(path):
        return piece
    if is_glob(path):
        below = f"**/{path}"
        short = not repository.glob(path) and bool(repository.glob(below))
        return replace(piece, path=below, as_written=path) if short else piece
    if piece.linked and repository.exists(whole := path.removeprefix(f"{folder}/")):
        return replace(piece, path=whole)
    if path.startswith(("./", "../")) and repository.exists(whole := normpath(f"{folder}/{path}")):
        return replace(piece, path=whole)
    found = repository.ending_in(path)
    return replace(piece, path=found[0], as_written=path) if len(found) == 1 else piece


def _is_no_path(piece: Evidence, repository: Repository) -> bool:
    """Tell whether *piece* is a route, a fixture's id or the like: nothing here has a part of it."""
    first, slash, rest = piece.path.partition("/")
    if is_odd(piece.path):
        return not repository.exists(piece.path)
    if piece.path.startswith(_SYSTEM):
        return True
    if piece.kind == "adr":
        return False
    if not slash or not rest or rest.endswith("/") or piece.line or first in {"", ".", ".."}:
        return False
    if is_glob(piece.path) or "{" in piece.path or extension(piece.path.rpartition("/")[2]):
        return False
    return not (repository.is_directory(first) or repository.ending_in(piece.path))


def _all_called(piece: Evidence, repository: Repository) -> Sequence[Evidence]:
    """Return *piece* once for each name that its pattern gives, or as it is if there is none."""
    pattern = (piece.symbol or "").replace("::", ".")
    try:
        known = (
            repository.symbols.definitions(piece.path) if repository.is_file(piece.path) else None
        )
    except UnreadableFileError:
        known = None
    found: dict[bool, dict[str, None]] = {True: {}, False: {}}
    for definition in known.definitions if known is not None else ():
        words = [*definition.scope, definition.name] if "." in pattern else [definition.name]
        if fnmatchcase(name := ".".join(words), pattern):
            found[definition.is_test or piece.kind != "test"][name] = None
    return [replace(piece, symbol=name) for name in found[True] or found[False]] or [piece]


def _named_elsewhere(piece: Evidence, row: ParityRow, repository: Repository) -> Evidence:
    """Hold a line, with nothing behind it, to the only name in the row's capability.

    Of several lines of a file, which it is to be at is not said.
    """
    written = piece.as_written or piece.path
    lines = {other.line for other in row.evidence if other.path == written and other.line}
    if len(lines) > 1 or not piece.text.rstrip("`*_.;, ")[-1:].isdigit():
        return piece
    names = {
        name.removesuffix("()")
        for text in (row.capability, row.feature)
        for name in _NAME.findall(plain(text))
        if _TELLING.search(name) and not name.isupper()
    }
    return _held_to(piece, names.pop(), repository, once=True) if len(names) == 1 else piece


def _held_to(piece: Evidence, name: str, repository: Repository, *, once: bool) -> Evidence:
    """Return *piece* with *name* for its symbol if the file defines it, else without one.

    :param once: it has to be defined exactly once.
    """
    defined = 0
    if repository.is_file(piece.path):
        try:
            meant = find(name, piece.path, repository.symbols, test=piece.kind == "test")
        except UnreadableFileError:
            pass
        else:
            defined = len(meant.lines) if meant.every else 0
    holds = defined == 1 if once else defined > 0
    return replace(piece, symbol=name if holds else None, inferred=holds)


def _said_once(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return *evidence* without what lost its name and is there with another, or twice."""
    kept: list[Evidence] = []
    named = {_place(piece) for piece in evidence if piece.symbol and piece.inferred}
    for piece in evidence:
        lost = piece.symbol is None and _place(piece) in named
        if not lost and not (piece.symbol is None and piece in kept[-1:]):
            kept.append(piece)
    return kept


def _place(piece: Evidence) -> tuple[object, ...]:
    return (piece.written_in, piece.column, piece.item, piece.start, piece.path, piece.line)
