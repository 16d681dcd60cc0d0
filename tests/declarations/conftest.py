"""Declarations made in a line, for the tests of registers and of records."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sphinx_arco_parity.declarations.records_from import Written
from sphinx_arco_parity.declarations.register import make_register
from sphinx_arco_parity.model.records import (
    Citation,
    DocumentRecords,
    Mention,
    ParityClaim,
    ParityException,
    ParityRow,
    Place,
)
from sphinx_arco_parity.settings.options import Settings

PLACES = {"a": "docs/a.md", "b": "docs/b.md"}


def place(line, page="a"):
    return Place(path=PLACES[page], line=line)


def cite(target):
    return Citation(target=target, how="option", place=place(1))


def declared(kind, identifier, line, page, more):
    anchor = more.pop("anchor", f"at-{line}")
    return kind(id=identifier, docname=page, anchor=anchor, place=place(line, page), **more)


def exception(identifier, line=1, page="a", **more):
    return declared(ParityException, identifier, line, page, more)


def row(identifier, line=1, page="a", **more):
    return declared(ParityRow, identifier, line, page, more)


def claim(identifier, line=1, page="a", **more):
    return declared(ParityClaim, identifier, line, page, more)


def mention(target, line=1, page="a", role="exception"):
    return Mention(role=role, target=target, docname=page, anchor="", place=place(line, page))


def page(name, **kinds):
    return DocumentRecords(docname=name, path=PLACES[name], **kinds)


def register(*pages, settings=None, **more):
    return make_register(pages, settings or Settings(), **more)


def written(how="option", **more):
    """Return where a declaration stands: docs/a.md, line 10."""
    return Written(docname="a", anchor="here", place=place(10), how=how, **more)


@pytest.fixture(scope="session")
def make():
    """Return the factories of this file."""
    return SimpleNamespace(
        place=place,
        cite=cite,
        exception=exception,
        row=row,
        claim=claim,
        mention=mention,
        page=page,
        register=register,
        written=written,
    )
