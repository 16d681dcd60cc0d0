"""What few projects have: all verified, decisions of one number, words that are also types."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from sphinx_arco_parity.declarations.register import make_register
from sphinx_arco_parity.exports import badge as module
from sphinx_arco_parity.exports.badge import badge
from sphinx_arco_parity.exports.needs_json import need_records
from sphinx_arco_parity.exports.presentation import Presentation
from sphinx_arco_parity.exports.sarif import sarif
from sphinx_arco_parity.exports.spans import Span
from sphinx_arco_parity.exports.text import columns, excerpt
from sphinx_arco_parity.model.records import Verdict


@pytest.fixture
def with_exception(sample):
    """Return a function that makes the sample with other words in its first exception."""

    def make(adrs=None, **fields):
        index, page = sample.register.documents
        first, *others = page.exceptions
        page = replace(page, exceptions=(replace(first, **fields), *others))
        adrs = sample.register.adrs if adrs is None else adrs
        register = make_register([index, page], sample.register.settings, adrs=adrs)
        return replace(sample, register=register)

    return make


def test_a_badge_is_green_where_all_that_is_cited_is_verified(sample):
    (proof,) = sample.proofs
    verified = replace(proof, verdicts=[Verdict(name="verified")] * 3)
    drawn = badge(replace(sample, proofs=(verified,), findings=()))
    assert module.GREEN in drawn
    assert module.BLUE in badge(replace(sample, findings=()))
    assert "3/3 verified" in drawn


def test_a_need_has_the_word_of_a_type_only_for_its_type(with_exception):
    first = need_records(with_exception(type="**deferral**", owner="permanent"))[0]
    assert (first["parity_type"], first["parity_owner"]) == ("Deferral", "permanent")


def test_what_would_call_a_function_in_a_need_is_parted_by_a_blank(with_exception):
    first = need_records(with_exception(capability="[[now()]] <{x}>"))[0]
    assert first["title"] == "[ [now()]] < {x}>"


def test_decisions_of_one_number_are_needs_of_their_own_by_their_paths(sample, with_exception):
    first, second = sample.register.adrs
    twin = replace(first, path="other/adr-024-s.md")
    needs = need_records(with_exception(adrs=(first, second, twin)))
    found = {need["parity_path"]: need["id"] for need in needs if need["type"] == "parity_adr"}
    assert found == {
        "docs/adr/adr-003.md": "ADR_003",
        "docs/adr/adr-024-s.md": "ADR_024_DOCS_ADR_ADR_024_S_MD",
        "other/adr-024-s.md": "ADR_024_OTHER_ADR_024_S_MD",
    }


@pytest.mark.parametrize("width", [1, 20, 21, 40])
def test_an_excerpt_is_as_wide_as_it_may_be_and_at_least_twenty_columns(width):
    shown, _ = excerpt(Span(1, "a" * 200, 0, 200), width)
    assert columns(shown) == max(20, width)


def test_the_json_of_a_report_is_written_with_its_letters(sample):
    found = replace(sample.findings[0], message="Größe")
    text = sarif(replace(sample, findings=(found,)), Presentation())
    assert "Größe" in text
    assert json.loads(text)["version"] == "2.1.0"
