from __future__ import annotations

import pytest

from sphinx_arco_parity.review.lock import Lock, Reviewed
from sphinx_arco_parity.review.renames import exception_digest
from sphinx_arco_parity.settings.options import Settings


def test_a_claim_that_cites_nothing(make):
    (found,) = make.findings(make.exception(), make.claim())
    assert make.line(found) == (
        "docs/guide.md:3: ERROR: claim schedules: cites no declared exception "
        "[parity.claim-without-exception]"
    )
    assert found.help == (
        "name the exceptions that limit it, as with `:exceptions: EX-01` or the role "
        ":exception:`EX-01`, or link to docs/register.md"
    )
    assert (found.item, found.docname, found.anchor) == (
        "schedules",
        "guide",
        "claim-schedules",
    )


def test_an_inline_claim_is_shown_its_own_form(make):
    (found,) = make.findings(make.exception(), make.claim(inline=True))
    assert "as with `<EX-01>` at its end or the role" in found.help


def test_an_exception_that_speaks_of_the_same_is_offered(make):
    given = [make.exception(), make.exception("EX-02", line=6, capability="Schedules")]
    (found,) = make.findings(*given, make.claim())
    assert found.help == (
        "EX-02 (Schedules) may limit it: cite what does, as with `:exceptions: EX-02` or "
        "the role :exception:`EX-02`"
    )


def test_a_claim_where_no_exception_is_declared(make):
    (found,) = make.findings(make.claim())
    assert found.help == (
        "no exception is declared: declare one with the directive `parity-exception`, "
        "or name the page of the register in `parity_tables`"
    )


@pytest.mark.parametrize(
    "how",
    [
        {"exceptions": "option"},
        {"exceptions": "role"},
        {"text": "Schedules match, except for EX-01."},
        {"links": ("docs/register.md",)},
    ],
)
def test_a_claim_cites_in_four_ways(make, how):
    if "exceptions" in how:
        how = {"exceptions": (make.cite("EX-01", how["exceptions"]),)}
    assert make.findings(make.exception(), make.claim(**how)) == []


def test_a_link_to_another_page_is_no_citation(make):
    (found,) = make.findings(make.exception(), make.claim(links=("docs/guide.md",)))
    assert found.rule == "claim-without-exception"


def test_a_page_that_includes_the_register_declares_too(make):
    included = make.exception(path="FEATURES.md")
    assert make.findings(included, make.claim(links=("docs/register.md",))) == []
    assert make.findings(included, make.claim(links=("FEATURES.md",))) == []


@pytest.mark.parametrize("how", ["option", "role"])
def test_a_claim_with_an_unknown_citation_is_told_that_alone(make, how):
    cited = make.cite("EX-11", how, line=12)
    (found,) = make.findings(make.exception(), make.claim(exceptions=(cited,)))
    assert make.line(found) == (
        "docs/guide.md:12: ERROR: claim schedules: cites `EX-11`, which is not declared "
        "[parity.unknown-exception]"
    )
    assert found.help == "declare it, or remove the citation"


@pytest.mark.parametrize(
    ("cited", "guess"),
    [
        ("ex-01", "EX-01"), ("EX-1", "EX-01"), ("EX-001", "EX-01"), ("EX01", "EX-01"),
        ("EXX-01", "EX-01"), ("XE-01", "EX-01"), ("EC-01", "EX-01"), ("EX-1a", "EX-01a"),
        ("EX-10", None), ("EX-02", None), ("EX-01b", None), ("QT-01", None),
    ],
)  # fmt: skip
def test_an_id_is_offered_for_case_zeros_and_letters_and_never_for_its_digits(make, cited, guess):
    declared = (make.exception(), make.exception("EX-01a"), make.exception("EX-12"))
    (found,) = make.findings(*declared, make.mention(cited))
    offer = f"did you mean {guess} (Web UI)? Otherwise " if guess else ""
    assert found.help == f"{offer}declare it, or remove the citation"


def test_what_the_lock_knows_of_an_id_is_offered(make):
    was = exception_digest(make.exception())
    lock = Lock(exceptions={"EX-06": Reviewed(digest=was, date="2026-01-01", by="A")})
    found, *_ = make.findings(make.exception(), make.mention("EX-06"), lock=lock)
    assert found.help == "did you mean EX-01 (Web UI)? Otherwise declare it, or remove the citation"


def test_an_unknown_id_in_the_text_of_a_claim(make):
    (found,) = make.findings(make.exception(), make.claim(text="All but EX-99."))
    assert (found.rule, found.place) == (
        "unknown-exception",
        make.place("docs/guide.md", 3),
    )


def test_each_unknown_id_of_a_declaration_is_said_once(make):
    twice = (make.cite("EX-99"), make.cite("EX-99", "role"), make.cite("EX-98"))
    found = make.findings(make.exception(), make.claim(exceptions=twice))
    assert [one.message for one in found] == [
        "claim schedules: cites `EX-99`, which is not declared",
        "claim schedules: cites `EX-98`, which is not declared",
    ]


def test_unknown_exceptions_of_a_row_in_its_cell_and_by_role(make):
    row = make.row(
        exceptions_text="EX-01, EX-77",
        exceptions=(make.cite("EX-78", "role", path="docs/matrix.md", line=9),),
    )
    found = make.findings(make.exception(), row)
    assert [make.line(one) for one in found] == [
        (
            "docs/matrix.md:9: ERROR: row tick: cites `EX-78`, which is not declared "
            "[parity.unknown-exception]"
        ),
        (
            "docs/matrix.md:9: ERROR: row tick: cites `EX-77`, which is not declared "
            "[parity.unknown-exception]"
        ),
    ]


def test_words_in_other_cells_cite_nothing(make):
    row = make.row(notes="see EX-77", cells=(("notes", "see EX-77"),))
    assert make.findings(make.exception(), row) == []


def test_an_unknown_exception_in_ordinary_text(make):
    (found,) = make.findings(make.exception(), make.mention("EX-1"))
    assert make.line(found) == (
        "docs/guide.md:21: ERROR: page guide: cites `EX-1`, which is not declared "
        "[parity.unknown-exception]"
    )
    assert (found.docname, found.anchor) == ("guide", "here")
    assert make.findings(make.exception(), make.mention("EX-01")) == []


def test_an_unknown_exception_in_an_exception(make):
    other = (make.cite("EX-02", "role", path="docs/register.md", line=6),)
    (found,) = make.findings(make.exception(roles=other))
    assert make.line(found).startswith("docs/register.md:6: ERROR: exception EX-01: cites `EX-02`")


def test_a_citation_where_nothing_is_declared(make):
    (found,) = make.findings(make.mention("EX-01"))
    assert found.message == ("page guide: cites `EX-01`, but no exception is declared")
    assert found.help.startswith("declare it with the directive `parity-exception`")


OTHERS = {"flow": frozenset({"EX-03"}), "core": frozenset()}


def test_an_exception_of_another_project(make):
    cited = make.claim(exceptions=(make.cite("flow:EX-03"),))
    assert make.findings(make.exception(), cited, inventories=OTHERS) == []


def test_an_id_without_a_name_is_always_ours(make):
    (found,) = make.findings(make.exception(), make.mention("EX-03"), inventories=OTHERS)
    assert found.rule == "unknown-exception"


def test_what_another_project_does_not_declare(make):
    (found,) = make.findings(make.exception(), make.mention("flow:EX-04"), inventories=OTHERS)
    assert found.message == (
        "page guide: cites `flow:EX-04`, but the project `flow` declares no exception `EX-04`"
    )
    assert found.help == "correct the id, or remove the citation"
    (slip,) = make.findings(make.exception(), make.mention("flow:EX-3"), inventories=OTHERS)
    assert slip.help == "did you mean `EX-03`? Otherwise correct the id, or remove the citation"


def test_a_project_that_nobody_named(make):
    (found,) = make.findings(make.exception(), make.mention("flo:EX-03"), inventories=OTHERS)
    assert found.message == (
        "page guide: cites `flo:EX-03`, but `intersphinx_mapping` names no project `flo`"
    )
    assert found.help == (
        "did you mean `flow`? Otherwise add the project to `intersphinx_mapping`, or correct the "
        "name before the colon"
    )


def test_an_inventory_that_was_not_loaded_is_one_warning(make):
    cited = [make.mention("flow:EX-03"), make.mention("flow:EX-04", line=22)]
    (found,) = make.findings(
        make.exception(),
        *cited,
        inventories={"flow": None},
        config_lines={"intersphinx_mapping": 30},
    )
    assert make.line(found) == (
        "conf.py:30: WARNING: inventory flow: could not be loaded, so that the "
        "exceptions cited from it are not checked [parity.unreadable-file]"
    )


def test_an_inventory_from_which_nothing_is_cited_may_be_missing(make):
    cited = make.mention("EX-01")
    assert make.findings(make.exception(), cited, inventories={"flow": None}) == []


def test_an_explicit_severity_holds_for_inventories_too(make):
    (found,) = make.findings(
        make.mention("flow:EX-03"),
        inventories={"flow": None},
        settings=Settings(rules={"unreadable-file": "error"}),
    )
    assert found.severity == "error"


def test_unknown_rows(make):
    rows = (make.cite("tock"), make.cite("tick"), make.cite("row:tick"))
    claim = make.claim(exceptions=(make.cite("EX-01"),), rows=rows)
    found = make.findings(make.exception(), make.row(), claim, make.mention("tik", "row"))
    assert [make.line(one) for one in found] == [
        (
            "docs/guide.md:7: ERROR: claim schedules: names the row `tock`, which is not "
            "declared [parity.unknown-row]"
        ),
        (
            "docs/guide.md:21: ERROR: page guide: names the row `tik`, which is not "
            "declared [parity.unknown-row]"
        ),
    ]
    assert found[1].help == (
        "did you mean `tick`? Otherwise correct the id, declare the row, or remove the reference"
    )


def test_a_row_may_be_cited_by_its_derived_id(make):
    row = make.row("Schedules tick", derived_id=True)
    assert make.findings(row, make.mention("schedules-tick", "row")) == []
