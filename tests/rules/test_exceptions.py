from __future__ import annotations

import pytest

from sphinx_arco_parity.settings.options import Settings


def test_an_exception_without_its_required_fields(make):
    (found,) = make.findings(make.exception(decision="—", type=""))
    assert make.line(found) == (
        "docs/register.md:5: ERROR: exception EX-01: the required fields `decision` and "
        "`type` are missing [parity.exception-incomplete]"
    )
    assert found.help == (
        "fill in the columns or options `decision` and `type`; `-`, `n/a`, `none` and "
        "`no` count as empty"
    )


def test_one_field_is_spoken_of_in_the_singular(make):
    (found,) = make.findings(make.exception(capability="none"))
    assert found.message == ("exception EX-01: the required field `capability` is missing")


def test_a_complete_exception(make):
    assert make.findings(make.exception()) == []


OWN = Settings(
    fields={"exceptions": ["Risk level"]},
    required_fields={"exceptions": ["Risk-Level", "Revisit Trigger", "adrs"]},
)


def test_fields_of_the_projects_own_may_be_required(make):
    (found,) = make.findings(make.exception(type=""), settings=OWN)
    assert found.message == (
        "exception EX-01: the required fields `Risk-Level`, `Revisit Trigger` and "
        "`adrs` are missing"
    )


def test_fields_of_the_projects_own_that_are_there(make):
    given = make.exception(
        fields=(("Risk Level", "high"),),
        revisit="at M2",
        adrs=(make.cite("024"),),
    )
    assert make.findings(given, settings=OWN, adrs=[make.adr("024")]) == []


def test_an_own_field_that_is_empty_is_missing(make):
    settings = Settings(required_fields={"exceptions": ["risk"]})
    (found,) = make.findings(make.exception(fields=(("Risk", "n/a"),)), settings=settings)
    assert found.message == "exception EX-01: the required field `risk` is missing"


def test_a_type_that_is_not_configured(make):
    (found,) = make.findings(make.exception(type="**Defferal**"))
    assert make.line(found) == (
        "docs/register.md:5: ERROR: exception EX-01: the type `Defferal` is not a "
        "configured one [parity.exception-type]"
    )
    assert found.help == (
        "did you mean `Deferral`? Otherwise use Permanent, Deferral or Simplified, or add the type "
        "to `parity_exception_types`"
    )


@pytest.mark.parametrize("label", ["deferral", "**Permanent**", "🚫 Simplified"])
def test_types_are_compared_without_markup_case_and_emoji(make, label):
    assert make.findings(make.exception(type=label)) == []


def test_configured_types_replace_the_defaults(make):
    settings = Settings(exception_types=["Won't do"])
    assert make.findings(make.exception(type="won't do"), settings=settings) == []
    (found,) = make.findings(make.exception(type="Deferral"), settings=settings)
    assert found.rule == "exception-type"


def test_a_type_that_need_not_be_there(make):
    settings = Settings(required_fields={"exceptions": ["capability"]})
    assert make.findings(make.exception(type=""), settings=settings) == []


def uncited(make, *declared):
    found = make.findings(*declared, keep={"exception-uncited"})
    return [make.line(one) for one in found]


def test_an_exception_that_nothing_cites(make):
    assert uncited(make, make.exception(), make.mention("EX-01")) == [
        (
            "docs/register.md:5: INFO: exception EX-01: no row and no claim cites it "
            "[parity.exception-uncited]"
        )
    ]


def test_an_exception_that_a_row_or_a_claim_cites(make):
    by_claim = make.claim(exceptions=(make.cite("EX-01"),))
    assert uncited(make, make.exception(), by_claim) == []
    by_row = make.row(exceptions_text="EX-01")
    assert uncited(make, make.exception(), by_row) == []


def test_naming_an_exception_in_another_cell_is_no_citation(make):
    row = make.row(cells=(("notes", "EX-01"),))
    assert len(uncited(make, make.exception(), row)) == 1


def test_an_id_that_is_declared_twice(make):
    again = make.exception(line=8)
    (found,) = make.findings(again, make.exception())
    assert make.line(found) == (
        "docs/register.md:8: ERROR: exception EX-01: is declared at docs/register.md:8 "
        "and already at docs/register.md:5 [parity.duplicate-id]"
    )
    assert found.help == ("give one of the two another id, or remove it if both mean the same")


def test_each_further_declaration_names_the_first(make):
    found = make.findings(*(make.exception(line=line) for line in (5, 8, 9)))
    assert [(one.place.line, one.message[-18:]) for one in found] == [
        (8, "docs/register.md:5"),
        (9, "docs/register.md:5"),
    ]


def test_a_file_that_two_pages_include(make):
    here = make.exception(path="FEATURES.md", docname="a")
    there = make.exception(path="FEATURES.md", docname="b")
    (found,) = make.findings(there, here)
    assert make.line(found) == (
        "FEATURES.md:5: ERROR: exception EX-01: is declared twice, because FEATURES.md "
        "is included in the pages a and b [parity.duplicate-id]"
    )
    assert (found.docname, found.help) == (
        "b",
        "include the file in one page only, and link to that page from the other",
    )


def test_exceptions_rows_and_claims_have_separate_ids(make):
    cited = (make.cite("one"),)
    assert (
        make.findings(make.exception("one"), make.row("one"), make.claim("one", exceptions=cited))
        == []
    )


@pytest.mark.parametrize("kind", ["row", "claim"])
def test_rows_and_claims_that_share_an_id(make, kind):
    of_kind = getattr(make, kind)
    cited = (make.cite("EX-01"),)
    found = make.findings(
        make.exception(),
        of_kind("one", line=3, exceptions=cited),
        of_kind("one", line=4, exceptions=cited),
    )
    assert [one.rule for one in found] == ["duplicate-id"]


def test_derived_ids_never_collide(make):
    rows = [make.row("Same words", derived_id=True, line=line) for line in (3, 4)]
    assert make.findings(*rows, make.row("same-words", line=5)) == []
