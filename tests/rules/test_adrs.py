from __future__ import annotations

from dataclasses import replace

import pytest


def cites(make, *numbers, **more):
    adrs = tuple(make.cite(one, path="docs/matrix.md", line=9) for one in numbers)
    return make.row(adrs=adrs, **more)


def test_an_adr_that_is_not_there(make):
    (found,) = make.findings(cites(make, "034"), adrs=[make.adr("024")])
    assert make.line(found) == (
        "docs/matrix.md:9: ERROR: row tick: cites ADR `034`, which does not exist "
        "[parity.unknown-adr]"
    )
    assert found.help == (
        "did you mean ADR 024 (On x)? Otherwise cite one of the tracked files of `docs/adr/**`, "
        "`doc/adr/**`, `docs/decisions/**`, `adr/**` (`parity_evidence`)"
    )


@pytest.mark.parametrize("target", ["024", "24", "ADR-024", "adr-024-x", "docs/adr/adr-024-x.md"])
def test_the_ways_to_cite_an_adr(make, target):
    assert make.findings(cites(make, target), adrs=[make.adr("024")]) == []
    mention = make.mention(target, "adr")
    assert make.findings(mention, adrs=[make.adr("024")]) == []


def test_an_unknown_adr_in_ordinary_text(make):
    (found,) = make.findings(make.mention("7", "adr"), adrs=[make.adr("024")])
    assert make.line(found) == (
        "docs/guide.md:21: ERROR: page guide: cites ADR `7`, which does not exist "
        "[parity.unknown-adr]"
    )


def test_two_files_with_one_number(make):
    adrs = [make.adr("0007", slug="a"), make.adr("7", slug="b"), make.adr("8")]
    (found,) = make.findings(adrs=adrs)
    assert make.line(found) == (
        "docs/adr/adr-7-b.md:1: ERROR: ADR 7: docs/adr/adr-7-b.md has the same number "
        "as docs/adr/adr-0007-a.md [parity.duplicate-adr]"
    )
    assert found.item == "7"


def test_a_superseded_adr_names_its_successor_along_the_chain(make):
    adrs = [
        make.adr("020", "Superseded by ADR-024", superseded_by="024"),
        make.adr("024", "Superseded", slug="y", superseded_by="030"),
        make.adr("030", slug="z"),
    ]
    (found,) = make.findings(cites(make, "020"), adrs=adrs)
    assert make.line(found) == (
        "docs/matrix.md:9: WARNING: row tick: cites ADR 020, which is superseded by "
        "ADR 024, itself superseded by ADR 030 [parity.adr-not-in-force]"
    )
    assert found.help == "read ADR 030 (On z), and cite it if it decides the same"


def test_citing_the_successor_too_does_not_help(make):
    adrs = [make.adr("020", "Superseded", superseded_by="024"), make.adr("024")]
    (found,) = make.findings(cites(make, "020", "024"), adrs=adrs)
    assert found.rule == "adr-not-in-force"


@pytest.mark.parametrize("status", ["Deprecated", "Rejected (2025)", "superceded"])
def test_adrs_that_are_not_in_force(make, status):
    (found,) = make.findings(cites(make, "1"), adrs=[make.adr("1", status)])
    assert found.rule == "adr-not-in-force"
    assert found.help == "cite an ADR that is in force, or write one"


@pytest.mark.parametrize("status", ["Accepted", "Approved by all", "", "✅", "Odd word"])
def test_adrs_that_are_or_may_be_in_force(make, status):
    given = cites(make, "1", status="Planned")
    assert make.findings(given, adrs=[make.adr("1", status)]) == []


def test_an_adr_as_evidence_is_cited_too_and_once(make):
    adrs = [make.adr("1", "Deprecated")]
    path = make.evidence("docs/adr/adr-1-x.md", "adr")
    for row in (make.row(evidence=(path,)), cites(make, "1", evidence=(path,))):
        (found,) = make.findings(row, adrs=adrs)
        assert found.message == "row tick: cites ADR 1, which is deprecated"


def test_ordinary_text_may_speak_of_old_adrs(make):
    adrs = [make.adr("1", "Deprecated")]
    assert make.findings(make.mention("1", "adr"), adrs=adrs) == []


def test_an_exception_that_rests_on_a_proposed_adr(make):
    adrs = (make.cite("24", path="docs/register.md", line=5),)
    (found,) = make.findings(
        make.exception(adrs=adrs), adrs=[make.adr("024", "**Proposed** (2026)")]
    )
    assert make.line(found) == (
        "docs/register.md:5: WARNING: exception EX-01: rests on ADR 024, which is only "
        "proposed (`Proposed (2026)` in docs/adr/adr-024-x.md:3) "
        "[parity.adr-only-proposed]"
    )
    assert found.help == "accept the ADR, or cite the decision that is in force"


def test_only_an_implemented_row_must_be_decided(make):
    adrs = [make.adr("1", "Draft")]
    row = cites(make, "1", status="Implemented")
    rules = [one.rule for one in make.findings(row, adrs=adrs)]
    assert rules == ["row-without-evidence", "adr-only-proposed"]
    assert make.findings(cites(make, "1", status="Partial"), adrs=adrs) == []


def test_an_index_that_differs(make):
    adrs = [make.adr("020", "Proposed"), make.adr("024", slug="y")]
    index = [make.entry("20", "**Accepted**"), make.entry("024", "accepted", line=9)]
    (found,) = make.findings(adrs=adrs, index=index)
    assert make.line(found) == (
        "docs/adr/README.md:8: WARNING: ADR 020: its status is `Proposed` in "
        "docs/adr/adr-020-x.md:3, but `Accepted` in this index "
        "[parity.adr-index-differs]"
    )
    assert (found.item, found.help) == ("020", "correct the one that is out of date")


@pytest.mark.parametrize(
    ("own", "listed"),
    [
        ("Accepted (2026-02-18, by all)", "Accepted"),
        ("Superseded by ADR-024", "Superceded"),
        ("", "Accepted"),
        ("Accepted", "✅"),
    ],
)
def test_an_index_that_agrees_in_the_first_word_or_says_nothing(make, own, listed):
    index = [make.entry("1", listed)]
    assert make.findings(adrs=[make.adr("1", own)], index=index) == []


def test_an_index_speaks_of_its_own_folder(make):
    adrs = [make.adr("1", "Proposed", folder="a/adr"), make.adr("1", folder="b/adr")]
    index = [make.entry("1", "Accepted", path="b/adr/README.md")]
    assert make.findings(adrs=adrs, index=index) == []
    index = [make.entry("1", "Accepted", path="a/adr/README.md")]
    assert [one.rule for one in make.findings(adrs=adrs, index=index)] == ["adr-index-differs"]


@pytest.mark.parametrize("target", ["API-12", "api-12", "ADR-API-12"])
def test_numbers_with_letters_are_cited(make, target):
    assert make.findings(cites(make, target), adrs=[make.adr("API-12")]) == []


def test_letters_that_no_adr_has_may_be_those_of_an_issue(make):
    def found(target, how):
        cited = replace(make.cite(target), how=how)
        return len(make.findings(make.row(adrs=(cited,)), adrs=[make.adr("API-12")]))

    assert found("JIRA-7", "column") == 0
    assert [found("API-7", "column"), found("JIRA-7", "option")] == [1, 1]
    assert found("ADR-7", "column") == 1


def test_entries_of_one_file_are_told_apart(make):
    path = "docs/adr/log.md"
    old, new, again = (
        replace(make.adr(number, status), path=path, line=line, is_entry=True)
        for number, status, line in (
            ("8", "Superseded", 5),
            ("9", "Accepted", 9),
            ("9", "Accepted", 13),
        )
    )
    found = make.findings(cites(make, "8"), adrs=[replace(old, superseded_by="9"), new, again])
    assert [(one.rule, one.message) for one in found] == [
        ("duplicate-adr", f"ADR 9: {path} has the same number as line 9"),
        (
            "adr-not-in-force",
            "row tick: cites ADR 8, which is superseded by ADR 9",
        ),
    ]
