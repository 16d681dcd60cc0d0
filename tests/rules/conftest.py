"""Records, contexts and findings made in a line, for the tests of rules."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sphinx_arco_parity.declarations.register import make_register
from sphinx_arco_parity.model.records import (
    Adr,
    AdrIndexEntry,
    Citation,
    DocumentRecords,
    Evidence,
    Mention,
    ParityClaim,
    ParityException,
    ParityRow,
    Place,
    Problem,
    ProseClaim,
    View,
)
from sphinx_arco_parity.rules import ALL_RULES
from sphinx_arco_parity.rules.context import Context
from sphinx_arco_parity.settings.options import Settings

MATRIX = "docs/matrix.md"
REGISTER = "docs/register.md"
GUIDE = "docs/guide.md"


def place(path, line):
    return Place(path=path, line=line)


def cite(target, how="option", *, path=GUIDE, line=7):
    return Citation(target=target, how=how, place=place(path, line))


def exception(identifier="EX-01", *, line=5, path=REGISTER, docname="register", **more):
    given = {"capability": "Web UI", "decision": "Deferred", "type": "Deferral"}
    return ParityException(
        id=identifier,
        docname=docname,
        anchor=f"parity-{identifier}",
        place=place(path, line),
        **{**given, **more},
    )


def row(identifier="tick", *, line=9, path=MATRIX, docname="matrix", **more):
    given = {"capability": "Schedules tick", "status": "Partial"}
    return ParityRow(
        id=identifier,
        docname=docname,
        anchor=f"row-{identifier}",
        place=place(path, line),
        **{**given, **more},
    )


def claim(identifier="schedules", *, line=3, path=GUIDE, docname="guide", **more):
    given = {"text": "Schedules match."}
    return ParityClaim(
        id=identifier,
        docname=docname,
        anchor=f"claim-{identifier}",
        place=place(path, line),
        **{**given, **more},
    )


def mention(target, role="exception", *, line=21, docname="guide"):
    return Mention(
        role=role,
        target=target,
        docname=docname,
        anchor="here",
        place=place(GUIDE, line),
    )


def prose(text, *, docname="guide", path=GUIDE, line=4, **more):
    return ProseClaim(
        text=text,
        reason="says that Arco Flow matches Dagster OSS",
        docname=docname,
        anchor="s",
        place=place(path, line),
        **more,
    )


def adr(number, status="Accepted", *, slug="x", folder="docs/adr", **more):
    path = f"{folder}/adr-{number}-{slug}.md"
    return Adr(number=number, title=f"On {slug}", status=status, path=path, line=3, **more)


def entry(number, status, *, line=8, path="docs/adr/README.md"):
    return AdrIndexEntry(number=number, status=status, place=place(path, line))


def evidence(path, kind="code", **more):
    return Evidence(kind=kind, text=path, path=path, **more)


def documents(*declared):
    """Sort what is declared into one document for each page."""
    kinds = {
        ParityException: "exceptions",
        ParityRow: "rows",
        ParityClaim: "claims",
        Mention: "mentions",
        ProseClaim: "prose",
        Problem: "problems",
        View: "views",
    }
    pages: dict[str, dict[str, list[object]]] = {}
    for one in declared:
        page = pages.setdefault(one.docname, {})
        page.setdefault(kinds[type(one)], []).append(one)
    return [
        DocumentRecords(
            docname=docname,
            path=f"docs/{docname}.md",
            **{kind: tuple(items) for kind, items in page.items()},
        )
        for docname, page in pages.items()
    ]


def context(*declared, settings=None, adrs=(), index=(), inventories=None, **more):
    settings = settings or Settings()
    register = make_register(
        documents(*declared),
        settings,
        adrs=tuple(adrs),
        adr_index=tuple(index),
        inventories=inventories,
    )
    return Context(register=register, settings=settings, **more)


def findings(*declared, keep=(), **more):
    """Return what all rules find, except that nothing cites an exception.

    Each of them says what is wrong and what to do.
    """
    given = context(*declared, **more)
    every = [found for rule in ALL_RULES for found in rule(given)]
    said = [text for found in every for text in (found.message, found.help)]
    assert [text for text in said if not text or text != text.strip()] == []
    return [found for found in every if found.rule != "exception-uncited" or found.rule in keep]


def line(found):
    """Return a finding as it is read, without what to do."""
    where = f"{found.place.path}:{found.place.line}"
    return f"{where}: {found.severity.upper()}: {found.message} [parity.{found.rule}]"


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
        prose=prose,
        adr=adr,
        entry=entry,
        evidence=evidence,
        documents=documents,
        context=context,
        findings=findings,
        line=line,
    )
