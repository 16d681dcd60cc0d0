"""Registers, reviews and contexts made in a line, for the tests of the cadence."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sphinx_arco_parity.declarations.register import make_register
from sphinx_arco_parity.model.records import (
    Citation,
    DocumentRecords,
    Evidence,
    ParityException,
    ParityRow,
    Place,
)
from sphinx_arco_parity.review.reviewing import reviewed
from sphinx_arco_parity.rules.context import Context
from sphinx_arco_parity.settings.options import Settings

SEED = {
    "EX-01": ("Permanent", "Revisit only if asset-first blocks critical adoption"),
    "EX-02": ("Permanent", "Revisit if control-plane SLOs cannot be met"),
    "EX-03": ("Deferral", "Revisit at M2"),
    "EX-04": ("Deferral", "Revisit at M2"),
    "EX-05a": ("Deferral", "Revisit at M2"),
    "EX-05b": ("Deferral", "Revisit at M3"),
    "EX-06": ("Simplified", "Revisit on enterprise demand"),
    "EX-07": ("Permanent", "No planned revisit"),
    "EX-08": ("Deferral", "Revisit at M3"),
    "EX-09": ("Deferral", "Revisit at M2/M3"),
}


def exception(identifier, line=1, **more):
    given = {
        "capability": f"About {identifier}",
        "decision": "Deferred",
        "type": "Deferral",
    }
    return ParityException(
        id=identifier,
        docname="register",
        anchor=f"parity-{identifier}",
        place=Place(path="docs/register.md", line=line),
        **{**given, **more},
    )


def row(identifier, status="Partial", *, line=1, cites=(), tests=(), **more):
    place = Place(path="docs/matrix.md", line=line)
    return ParityRow(
        id=identifier,
        docname="matrix",
        anchor=f"row-{identifier}",
        place=place,
        capability=identifier,
        status=status,
        exceptions=tuple(Citation(target=c, how="column", place=place) for c in cites),
        evidence=tuple(Evidence(kind="test", text=t, path=t, line=7) for t in tests),
        **more,
    )


def settings(milestone="M1", **more):
    return Settings(milestones=["M1", "M2", "M3"], milestone=milestone, **more)


def register(*declared, given=None):
    page = DocumentRecords(
        docname="register",
        path="docs/register.md",
        exceptions=tuple(one for one in declared if isinstance(one, ParityException)),
        rows=tuple(one for one in declared if isinstance(one, ParityRow)),
    )
    return make_register([page], given or settings())


def review(of, lock=None, *, by="Ada", date="2026-02-18", milestone="M1", **more):
    return reviewed(of, lock, by=by, date=date, milestone=milestone, **more)


def context(of, lock=None, given=None, **more):
    lines = {"parity_milestone": 12}
    given = given or of.settings
    return Context(register=of, settings=given, lock=lock, config_lines=lines, **more)


def seed(**changed):
    """Return the ten exceptions of the seed; *changed* maps an id to other fields."""
    return [
        exception(one, n, **{"type": kind, "revisit": trigger, **changed.get(one, {})})
        for n, (one, (kind, trigger)) in enumerate(SEED.items(), 17)
    ]


@pytest.fixture(scope="session")
def make():
    """Return the factories of this file."""
    return SimpleNamespace(
        exception=exception,
        row=row,
        settings=settings,
        register=register,
        review=review,
        context=context,
        seed=seed,
        triggers={one: trigger for one, (_, trigger) in SEED.items()},
    )
