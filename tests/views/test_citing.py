"""What tables show of who cites whom, where a declaration has no word for it of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sphinx_arco_parity.declarations.register import make_register
from sphinx_arco_parity.model.records import Evidence, Verdict
from sphinx_arco_parity.rules.context import Proven
from sphinx_arco_parity.views.entries import Entries
from sphinx_arco_parity.views.inline import plain_text

UNKNOWN = Verdict(name="unknown")


@pytest.fixture
def with_rows(entries):
    """Return a function that makes entries of the project with these rows alone."""

    def make(*rows):
        register = entries.register
        (document,) = (d for d in register.documents if d.rows)
        document = replace(document, rows=rows)
        made = make_register([document], register.settings, adrs=register.adrs)
        proofs = [
            Proven(declaration=r, evidence=r.evidence, verdicts=[UNKNOWN] * len(r.evidence))
            for r in rows
        ]
        return Entries(replace(entries.assessment, register=made, proofs=tuple(proofs)))

    return make


def test_a_row_whose_evidence_is_an_adr_cites_it_once(with_rows, make_row):
    path = "docs/adr/003-o.md"
    twice = (Evidence(kind="adr", text="x", path=path), Evidence(kind="code", text="y", path=path))
    found = with_rows(make_row(id="by-file", evidence=twice)).adrs()
    assert [plain_text(entry.cells["cited-by"]) for entry in found] == ["", "Rows by-file"]


def test_a_row_whose_decision_nobody_wrote_is_cited_by_none(with_rows, make_row):
    bare = make_row(id="bare", adrs=())
    assert [plain_text(e.cells["cited-by"]) for e in with_rows(bare).adrs()] == ["", ""]


def test_evidence_of_a_row_without_status_section_or_owner_is_filtered_by_empty_words(
    with_rows, make_row
):
    evidence = (Evidence(kind="code", text="x", path="a.rs"),)
    row = make_row(status="", section="", owner="", evidence=evidence)
    (entry,) = with_rows(row).evidence()
    assert dict(entry.facts) == {
        "status": [""], "section": [""], "owner": [""], "type": ["code"], "documents": ["matrix"],
    }  # fmt: skip
