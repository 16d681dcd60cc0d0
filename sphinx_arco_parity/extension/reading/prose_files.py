"""Files outside the documentation that ``parity_prose`` reads: README, changelog."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sphinx_arco_parity.declarations.records_from import roles_in
from sphinx_arco_parity.model.records import Citation, DocumentRecords, Place, Problem, ProseClaim
from sphinx_arco_parity.prose import Block, find_claims, markdown_blocks, rst_blocks, scope_of
from sphinx_arco_parity.repository.source import SourceFile, UnreadableFileError
from sphinx_arco_parity.settings.options import Settings
from sphinx_arco_parity.text.patterns import select

if TYPE_CHECKING:
    from sphinx_arco_parity.extension.build import Build

_TEXT = re.compile(r"\.(?:md|markdown|rst|txt)$", re.IGNORECASE)


def prose_files(build: Build, problems: list[Problem]) -> Iterator[DocumentRecords]:
    """Yield the unmarked claims of each file that ``parity_prose_files`` names."""
    settings, repository = build.project.settings, build.repository
    if not settings.prose or not settings.prose_files:
        return
    files = [name for name in repository.files() if _TEXT.search(name)]
    for path in select(files, settings.prose_files):
        try:
            source = repository.read(path)
        except UnreadableFileError as error:
            problems.append(_unreadable(error))
            continue
        claims = tuple(_claims(source, settings))
        if claims:
            # A name that no page can have: these files are shown nowhere.
            yield DocumentRecords(docname=f"/{path}", path=path, prose=claims)


def _unreadable(error: UnreadableFileError) -> Problem:
    return Problem(
        rule="unreadable-file",
        message=f"{error.path}: {error.reason}",
        help="take it out of `parity_prose_files`, or make it readable",
        item=error.path,
        docname="",
        anchor="",
        place=Place(path=error.path, line=1),
    )


def _claims(source: SourceFile, settings: Settings) -> Iterator[ProseClaim]:
    read = rst_blocks if source.path.lower().endswith(".rst") else markdown_blocks
    blocks: Sequence[Block] = read(source.text)
    for found in find_claims(blocks, settings):
        scope = scope_of(blocks, found.block, settings.prose_scope)
        place = Place(path=source.path, line=found.line)
        roles = [
            Citation(target=target, how="role", place=at)
            for kind, target, at in roles_in(scope.text, place)
            if kind == "exception"
        ]
        yield ProseClaim(
            text=found.text,
            reason=found.reason,
            docname="",
            anchor="",
            place=place,
            scope_text=scope.text,
            scope_roles=tuple(roles),
            scope_links=tuple(path.lstrip("./") for path in scope.paths),
        )
