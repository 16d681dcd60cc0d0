"""Finds the ADRs of a repository and reads them.

Called once in a build, by the room that assesses the register.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from posixpath import dirname
from typing import TYPE_CHECKING, Protocol

from sphinx_arco_parity.model.records import Adr
from sphinx_arco_parity.repository.adrs.in_force import resolve_adr, status_word
from sphinx_arco_parity.repository.adrs.index import index_entries
from sphinx_arco_parity.repository.adrs.names import (
    SUFFIXES,
    file_number,
    is_index,
    is_other,
    stem_of,
    title_number,
    without_number,
)
from sphinx_arco_parity.repository.adrs.outline import read_outline
from sphinx_arco_parity.repository.adrs.status import find_status
from sphinx_arco_parity.repository.source import UnreadableFileError
from sphinx_arco_parity.text.patterns import matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx_arco_parity.model.records import AdrIndexEntry
    from sphinx_arco_parity.repository.adrs.outline import Outline
    from sphinx_arco_parity.repository.adrs.status import StatusText
    from sphinx_arco_parity.repository.source import SourceFile
    from sphinx_arco_parity.settings.options import Settings


class Files(Protocol):
    """What is asked of a repository."""

    def files(self) -> Iterable[str]:
        """Return the paths of all tracked files."""
        raise NotImplementedError

    def read(self, path: str) -> SourceFile:
        """Return the file at *path*, or raise :class:`.UnreadableFileError`."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Adrs:
    """The ADRs of a repository and the tables that list them, by path and line."""

    adrs: tuple[Adr, ...] = ()
    index: tuple[AdrIndexEntry, ...] = ()


def read_adrs(repository: Files, settings: Settings) -> Adrs:
    """Read the ADRs among the tracked files that the policy's ``adr`` globs give.

    A file that cannot be read is an ADR without a status, if its name has a number:
    what cites it is not wrong for that.
    """
    globs = settings.evidence.get("adr", ())
    files = sorted(
        path for path in repository.files() if path.lower().endswith(SUFFIXES)
    )
    candidates = [path for path in files if matches(path, globs)]
    read = [_read_adr(repository, path) for path in candidates if not is_other(path)]
    found = [adr for adr in read if adr is not None]
    adrs = _joined(found)
    return Adrs(adrs=adrs, index=tuple(_index(repository, files, globs, adrs)))


def _text(repository: Files, path: str) -> str | None:
    try:
        return repository.read(path).text
    except UnreadableFileError:
        return None


def _read_adr(repository: Files, path: str) -> tuple[Adr, StatusText] | None:
    outline = read_outline(_text(repository, path) or "", path)
    said = find_status(outline)
    title = _title(outline)
    number = file_number(path)
    if number is None:
        if not said.status:
            return None
        number = title_number(title) or stem_of(path)
    adr = Adr(
        number=number,
        title=without_number(title) or title,
        status=said.status,
        path=path,
        line=said.line,
        supersedes=said.supersedes,
    )
    return adr, said


def _title(outline: Outline) -> str:
    if outline.headings:
        return outline.headings[0].text
    return next(iter(outline.front.get("title", ())), "")


def _joined(found: Sequence[tuple[Adr, StatusText]]) -> tuple[Adr, ...]:
    """Give each ADR its successor, named by itself or by the newer one."""
    adrs = tuple(adr for adr, _ in found)
    newer: dict[str, str] = {}
    for adr in adrs:
        # What is only proposed, or was rejected, supersedes nothing yet.
        if status_word(adr.status) in {"accepted", "superseded", "deprecated"}:
            for number in adr.supersedes:
                older = resolve_adr(number, adrs, near=adr.path)
                if older is not None and older.path != adr.path:
                    newer.setdefault(older.path, adr.number)
    return tuple(
        replace(adr, superseded_by=_successor(adr, said, adrs) or newer.get(adr.path))
        for adr, said in found
    )


def _successor(adr: Adr, said: StatusText, adrs: Sequence[Adr]) -> str | None:
    if said.superseded_by is None:
        return None
    successor = resolve_adr(said.superseded_by, adrs, near=adr.path)
    return successor.number if successor else said.superseded_by


def _index(
    repository: Files, files: Sequence[str], globs: Sequence[str], adrs: Sequence[Adr]
) -> Iterable[AdrIndexEntry]:
    folders = {dirname(adr.path) for adr in adrs}
    for path in files:
        if is_index(path) and (dirname(path) in folders or matches(path, globs)):
            yield from index_entries(path, _text(repository, path) or "", adrs)
