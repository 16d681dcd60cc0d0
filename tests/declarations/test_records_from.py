"""From the options of a directive, or the cells of a row, to records."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.declarations.records_from import (
    claim_from,
    exception_from,
    named_documents,
    roles_in,
    row_from,
    split_target,
)


def row_of(make, texts, how="option", own=(), **more):
    return row_from(
        texts,
        own,
        make.written(how, **more),
        identifier="r",
        derived=False,
        section="Jobs",
    )


def exception_of(make, texts, how="option", own=(), rationale="", **more):
    return exception_from(
        texts,
        own,
        make.written(how, **more),
        identifier="EX-01",
        rationale=rationale,
    )


def claim_of(make, text="We match.", options=None, links=(), **more):
    return claim_from(
        text,
        options or {},
        make.written(**more),
        identifier="c",
        derived=True,
        links=links,
        inline=True,
    )


def cited(citations):
    """Return citations as (target, how, line)."""
    return [(citation.target, citation.how, citation.place.line) for citation in citations]


# Roles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title <EX-01>", ("title", "EX-01")),
        ("EX-01", ("EX-01", "EX-01")),
        (" EX-01 ", ("EX-01", "EX-01")),
        ("title < EX-01 >\n", ("title", "EX-01")),
        ("a < b <EX-01>", ("a < b", "EX-01")),
        ("<EX-01>", ("<EX-01>", "<EX-01>")),
        (r"a \<EX-01>", (r"a \<EX-01>", r"a \<EX-01>")),
        ("a <b> c>", ("a <b> c>", "a <b> c>")),
        ("title <EX-01> more", ("title <EX-01> more", "title <EX-01> more")),
    ],
)
def test_a_role_names_a_target_or_a_title_and_a_target(text, expected):
    assert split_target(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see {parity:exception}`EX-01`", [("exception", "EX-01")]),
        ("see :parity:exception:`that <EX-01>`", [("exception", "EX-01")]),
        ("{exception}``EX-01``", [("exception", "EX-01")]),
        ("{parity:row}`r` {parity-row}`s`", [("row", "r"), ("row", "s")]),
        ("{parity:claim}`c` {parity-claim}`d`", [("claim", "c"), ("claim", "d")]),
        (":adr:`024`", [("adr", "024")]),
        ("{doc}`EX-01` {other:exception}`EX-01` `EX-01` EX-01", []),
        ("x{exception}`EX-01` :no:exception:`EX-01`", []),
        ("_:adr:`1` +:adr:`2` ::adr:`3` {:adr:`4`", []),
        ("(:adr:`1`) -:adr:`2`", [("adr", "1"), ("adr", "2")]),
        ("{exception}`EX-01", []),
    ],
)
def test_the_roles_of_a_source_are_found_in_either_markup(make, text, expected):
    place = make.place(4)
    assert roles_in(text, place) == [(*role, place) for role in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see docs/register.md:12 and ./docs/x.rst.", ["docs/register.md", "docs/x.rst"]),
        ("see src/a.py", []),
        ("no path", []),
    ],
)  # fmt: skip
def test_the_documents_that_a_text_names_are_named_without_lines(text, expected):
    assert named_documents(text) == expected


# Rows


def test_a_row_has_its_texts_without_markup_and_its_cells_as_written(make):
    texts = {
        "capability": "**Schedules** tick",
        "feature": "`cron`",
        "status": "Partial",
        "proof-level": "Unit",
        "owner": "*core*",
        "notes": "Slowly.",
    }
    row = row_of(make, texts, own=[("Team", "blue")])
    assert (row.id, row.derived_id, row.section) == ("r", False, "Jobs")
    assert (row.docname, row.anchor, row.place) == ("a", "here", make.place(10))
    assert (row.capability, row.feature, row.owner) == (
        "Schedules tick",
        "cron",
        "core",
    )
    assert (row.status, row.proof_level, row.notes) == ("Partial", "Unit", "Slowly.")
    assert row.cells == tuple(texts.items())
    assert row.fields == (("Team", "blue"),)
    assert (row.exceptions, row.exceptions_text, row.adrs, row.evidence) == (
        (),
        "",
        (),
        (),
    )


def test_the_body_of_a_row_is_its_notes_before_the_option(make):
    row = row_from(
        {"notes": "option"},
        [],
        make.written(),
        identifier="r",
        derived=True,
        section="",
        notes="body",
    )
    assert row.notes == "body"
    assert row.derived_id


def test_each_entry_of_the_option_exceptions_cites_from_its_own_line(make):
    text = "EX-01, {parity:exception}`that <EX-02>`\n`EX-03`"
    row = row_of(make, {"exceptions": text}, lines={"exceptions": 14})
    assert cited(row.exceptions) == [
        ("EX-01", "option", 14),
        ("EX-02", "option", 14),
        ("EX-03", "option", 15),
    ]
    assert row.exceptions_text == ""


def test_without_a_line_of_its_own_an_option_cites_from_its_declaration(make):
    row = row_of(make, {"exceptions": "EX-01\nEX-02"})
    assert cited(row.exceptions) == [("EX-01", "option", 10), ("EX-02", "option", 10)]


def test_a_role_in_the_option_exceptions_cites_once(make):
    row = row_of(make, {"exceptions": "{parity:exception}`EX-01`"})
    assert cited(row.exceptions) == [("EX-01", "option", 10)]


def test_the_column_exceptions_is_kept_as_text_and_its_roles_cite(make):
    text = "EX-01, {parity:exception}`EX-02`"
    row = row_of(make, {"exceptions": text}, "column")
    assert cited(row.exceptions) == [("EX-02", "role", 10)]
    assert row.exceptions_text == text


def test_roles_in_other_cells_and_own_fields_cite(make):
    texts = {"notes": "see :parity:exception:`EX-01`"}
    row = row_of(make, texts, own=[("Team", "{parity:exception}`EX-02` {parity:adr}`7`")])
    assert cited(row.exceptions) == [("EX-01", "role", 10), ("EX-02", "role", 10)]
    assert cited(row.adrs) == [("7", "role", 10)]


def test_roles_that_the_parser_found_in_a_row_are_not_read_from_its_source_again(make):
    parsed = [("exception", "EX-01", make.place(12))]
    texts = {"notes": "{parity:exception}`EX-01`"}
    row = row_of(make, texts, "column", roles=parsed)
    assert cited(row.exceptions) == [("EX-01", "role", 12)]


def test_roles_of_a_directives_body_are_added_to_those_of_its_options(make):
    parsed = [("exception", "EX-01", make.place(12))]
    texts = {"notes": "{parity:exception}`EX-02`"}
    row = row_of(make, texts, roles=parsed)
    assert cited(row.exceptions) == [("EX-01", "role", 12), ("EX-02", "role", 10)]


@pytest.mark.parametrize(
    ("text", "column", "option"),
    [
        ("ADR-024", ["ADR-024"], ["ADR-024"]),
        ("024, 25", ["024", "25"], ["024", "25"]),
        ("adr-024-clock.md", ["adr-024-clock.md"], ["adr-024-clock.md"]),
        ("[ADR 24](../adr/adr-024.md#why)", ["../adr/adr-024.md"], ["../adr/adr-024.md"]),
        ("[ADR-024]()", ["ADR-024"], ["ADR-024"]),
        ("/docs/adr/024.md", ["docs/adr/024.md"], ["docs/adr/024.md"]),
        ("as ADR-1 and ADR 22 say", ["1", "22"], ["as ADR-1 and ADR 22 say"]),
        ("ADR-024, ADR-024", ["ADR-024"], ["ADR-024"]),
        ("pending", [], ["pending"]),
        ("and/or", [], ["and/or"]),
        ("", [], []),
    ],
)  # fmt: skip
def test_adrs_are_numbers_names_links_or_in_a_sentence(make, text, column, option):
    for how, expected in (("column", column), ("option", option)):
        row = row_of(make, {"adrs": text}, how)
        assert [citation.target for citation in row.adrs] == expected
        assert all(citation.how == how for citation in row.adrs)


def test_an_adr_is_cited_from_the_line_of_the_option_on_which_it_stands(make):
    row = row_of(make, {"adrs": "1\n2,\n3, 1"}, lines={"adrs": 20})
    assert cited(row.adrs) == [
        ("1", "option", 20),
        ("2", "option", 21),
        ("3", "option", 22),
    ]


def test_an_adr_of_a_cell_with_several_lines_is_cited_from_its_row(make):
    row = row_of(make, {"adrs": "ADR-1\nADR-2\nas ADR-3 says"}, "column")
    assert cited(row.adrs) == [
        ("ADR-1", "column", 10),
        ("ADR-2", "column", 10),
        ("3", "column", 10),
    ]


def test_evidence_has_the_kind_of_its_field(make):
    texts = {"code": "`a.py`", "tests": "`b.py`", "ci": "`.github/workflows/ci.yml`"}
    row = row_of(make, {**texts, "evidence": "`c.py`"})
    assert [(piece.kind, piece.path, piece.at) for piece in row.evidence] == [
        ("code", "a.py", None),
        ("test", "b.py", None),
        ("ci", ".github/workflows/ci.yml", None),
        ("code", "c.py", None),
    ]


def test_each_column_of_a_field_is_read_by_itself(make):
    columns = [("code", "`a.py`"), ("code", "`b.py`, `a.py`"), ("tests", "`t.py`")]
    texts = {"code": "`a.py`\n`b.py`, `a.py`", "tests": "`t.py`"}
    row = row_of(make, texts, how="column", columns=columns)
    found = [(piece.path, piece.column, piece.literal, piece.repeats) for piece in row.evidence]
    assert found == [("a.py", 0, 0, 0), ("b.py", 1, 0, 0), ("a.py", 1, 1, 1), ("t.py", 0, 0, 0)]
    assert [text for name, text in row.cells if name == "code"] == ["`a.py`", "`b.py`, `a.py`"]


def test_evidence_that_stands_twice_in_a_cell_knows_how_often_before(make):
    row = row_of(make, {"code": "`a.py:1`, `a.py:1`"}, how="column")
    assert [piece.repeats for piece in row.evidence] == [0, 1]


def test_a_link_to_the_repository_s_own_site_is_the_file_that_it_shows(make):
    site = "https://h.org/o/r/blob/{commit}/{path}#L{line}"
    text = "[tick](https://h.org/o/r/blob/main/src/a.py#L7)"
    row = row_of(make, {"code": text}, site=site)
    assert [(piece.path, piece.line) for piece in row.evidence] == [("src/a.py", 7)]
    assert row_of(make, {"code": text}).evidence == ()


def test_evidence_in_an_option_of_several_lines_has_its_line(make):
    texts = {"code": "`a.py`\n`b.py`", "tests": "`t.py`"}
    row = row_of(make, texts, lines={"code": 30})
    assert [(piece.path, piece.at) for piece in row.evidence] == [
        ("a.py", 30),
        ("b.py", 31),
        ("t.py", None),
    ]


def test_a_row_knows_the_lines_of_fields_whose_text_may_be_wrong(make):
    lines = {"status": 12, "notes": 13, "proof-level": 14, "revisit": 16, "type": 15}
    row = row_of(make, {"status": "Odd"}, lines=lines)
    assert dict(row.lines) == {
        "status": 12,
        "proof-level": 14,
        "revisit": 16,
        "type": 15,
    }
    assert row.place_of("status") == make.place(12)
    assert row.place_of("notes") == make.place(10)
    assert row_of(make, {"status": "Odd"}).lines == ()


# Exceptions


def test_an_exception_has_its_texts_without_markup_and_its_cells_as_written(make):
    texts = {
        "capability": "**Web** UI",
        "decision": "*Deferred*",
        "type": "`Deferral`",
        "revisit": "when *asked*",
        "owner": "_core_",
        "evidence": "`a.py:3` (`send`)",
        "adrs": "024",
    }
    own = [("Team", "blue, {parity:exception}`EX-02` and {parity:row}`r`")]
    declared = exception_of(make, texts, own=own, lines={"type": 11, "evidence": 17})
    assert (declared.id, declared.derived_id) == ("EX-01", False)
    assert (declared.docname, declared.anchor, declared.place) == (
        "a",
        "here",
        make.place(10),
    )
    assert (declared.capability, declared.decision) == ("Web UI", "Deferred")
    assert (declared.type, declared.revisit) == ("Deferral", "when asked")
    assert declared.owner == "core"
    assert cited(declared.adrs) == [("024", "option", 10)]
    assert cited(declared.roles) == [("EX-02", "role", 10)]
    (piece,) = declared.evidence
    assert (piece.kind, piece.path, piece.symbol, piece.at) == (
        "code",
        "a.py",
        "send",
        17,
    )
    assert declared.cells == tuple(texts.items())
    assert declared.fields == tuple(own)
    assert declared.lines == (("type", 11),)


@pytest.mark.parametrize(
    ("texts", "body", "expected"),
    [
        ({"rationale": "option", "notes": "notes"}, "body", "body"),
        ({"rationale": "option", "notes": "notes"}, "", "option"),
        ({"notes": "notes"}, "", "notes"),
        ({}, "", ""),
    ],
)
def test_the_rationale_is_the_body_or_the_option_or_the_notes(make, texts, body, expected):
    assert exception_of(make, texts, rationale=body).rationale == expected


# Claims


def test_a_claim_has_its_text_and_says_how_it_was_made(make):
    claim = claim_of(make, "We **match**.")
    assert (claim.id, claim.text) == ("c", "We **match**.")
    assert claim.derived_id
    assert claim.inline
    assert (claim.docname, claim.anchor, claim.place) == ("a", "here", make.place(10))


def test_a_claim_cites_by_its_options_and_its_roles(make):
    parsed = [
        ("exception", "EX-02", make.place(12)),
        ("row", "s", make.place(13)),
        ("adr", "7", make.place(14)),
    ]
    options = {"exceptions": "EX-01", "rows": "q, r"}
    claim = claim_of(make, options=options, roles=parsed, lines={"rows": 11})
    assert cited(claim.exceptions) == [("EX-01", "option", 10), ("EX-02", "role", 12)]
    assert cited(claim.rows) == [
        ("q", "option", 11),
        ("r", "option", 11),
        ("s", "role", 13),
    ]
    assert cited(claim.adrs) == [("7", "role", 14)]


def test_the_links_of_a_claim_are_those_given_and_the_documents_that_it_names(make):
    claim = claim_of(make, "See docs/b.md, docs/a.md.", links=["docs/a.md", "docs/c.md"])
    assert claim.links == ("docs/a.md", "docs/c.md", "docs/b.md")
