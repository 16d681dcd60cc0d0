from __future__ import annotations

from dataclasses import replace

import pytest

from sphinx_arco_parity.declarations.register import make_register
from sphinx_arco_parity.model.records import DocumentRecords, Problem
from sphinx_arco_parity.rules.context import Context
from sphinx_arco_parity.rules.tables import table_not_recognised
from sphinx_arco_parity.settings.options import Settings

PAGES = ("index", "audits/flow-exceptions", "audits/old/exceptions", "parity/matrix")


def recognised(patterns, *, kind="exceptions", tables=()):
    """Return what is found where *tables* is page name to the kinds taken there."""
    settings = Settings(tables={kind: patterns})
    documents = [
        DocumentRecords(docname=name, path=f"docs/{name}.md", tables=(kind_taken,))
        for name, kind_taken in tables
    ]
    context = Context(
        register=make_register(documents, settings),
        settings=settings,
        pages=PAGES,
        config_path="docs/conf.py",
        config_lines={"parity_tables": 12},
    )
    return list(table_not_recognised(context))


TAKEN = [("audits/flow-exceptions", "exceptions")]


def test_a_pattern_that_matches_no_page(make):
    (found,) = recognised(["audit/flow-exceptions"])
    assert make.line(found) == (
        "docs/conf.py:12: WARNING: pattern audit/flow-exceptions: `parity_tables` takes "
        "exceptions from it, but it matches no page [parity.table-not-recognised]"
    )
    assert found.help == (
        "did you mean `audits/flow-exceptions`? Otherwise write the names of "
        "pages, without their ending; `*` does not cross `/`"
    )
    assert found.item == "audit/flow-exceptions"


def test_a_pattern_does_not_cross_folders():
    assert len(recognised(["*exceptions"], tables=TAKEN)) == 1
    assert recognised(["**/*exceptions"], tables=TAKEN) == []


@pytest.mark.parametrize("ending", ["", ".md", ".rst"])
def test_an_ending_is_ignored(ending):
    assert recognised([f"audits/*exceptions{ending}"], tables=TAKEN) == []


def test_pages_without_a_usable_table(make):
    (found,) = recognised(["parity/*"], kind="matrix", tables=TAKEN)
    assert make.line(found) == (
        "docs/conf.py:12: WARNING: pattern parity/*: no table of parity/matrix has the "
        "columns that `parity_tables` needs for the matrix [parity.table-not-recognised]"
    )
    assert found.help == (
        "give a table there the headers for capability and status, or map its own "
        'headers with `parity_columns["matrix"]`'
    )


def test_a_table_of_the_other_kind_does_not_count():
    assert len(recognised(["audits/*"], kind="matrix", tables=TAKEN)) == 1


def test_one_page_with_a_table_is_enough():
    assert recognised(["**"], tables=TAKEN) == []


def test_what_a_later_pattern_takes_away_was_not_meant():
    patterns = ["audits/**", "!audits/flow-*"]
    (found,) = recognised(patterns, tables=TAKEN)
    assert "no table of audits/old/exceptions has" in found.message
    assert recognised(["audits/**", "!audits/old/**"], tables=TAKEN) == []


def test_what_was_certain_while_reading(make):
    problem = Problem(
        rule="malformed-declaration",
        message="exception EX-01: there is no option `capabilty`",
        help="did you mean `capability`?",
        item="EX-01",
        docname="register",
        anchor="parity-EX-01",
        place=make.place("docs/register.md", 6),
    )
    (found,) = make.findings(problem)
    assert make.line(found) == (
        "docs/register.md:6: ERROR: exception EX-01: there is no option `capabilty` "
        "[parity.malformed-declaration]"
    )
    assert (found.help, found.item, found.docname, found.anchor) == (
        "did you mean `capability`?",
        "EX-01",
        "register",
        "parity-EX-01",
    )
    softer = Settings(rules={"malformed-declaration": "warning"})
    (found,) = make.findings(replace(problem), settings=softer)
    assert found.severity == "warning"
