"""The register: order, ids that are made, who cites whom, what other projects declare."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sphinx_arco_parity.declarations.register import CitedBy
from sphinx_arco_parity.model.records import Adr, AdrIndexEntry, ProseClaim
from sphinx_arco_parity.settings.options import Settings


def ids(declared):
    return [item.id for item in declared]


# Order


def test_pages_are_sorted_and_declarations_stand_in_the_order_of_pages_and_lines(make):
    register = make.register(
        make.page(
            "b",
            exceptions=(make.exception("EX-03", 2, "b"),),
            rows=(make.row("r3", 9, "b"),),
            claims=(make.claim("c2", 4, "b"),),
        ),
        make.page(
            "a",
            exceptions=(make.exception("EX-02", 10), make.exception("EX-01", 9)),
            rows=(make.row("r2", 100), make.row("r1", 20)),
            claims=(make.claim("c1", 30),),
        ),
    )
    assert [page.docname for page in register.documents] == ["a", "b"]
    assert ids(register.exceptions) == ["EX-01", "EX-02", "EX-03"]
    assert ids(register.rows) == ["r1", "r2", "r3"]
    assert ids(register.claims) == ["c1", "c2"]


def test_what_stands_on_one_line_is_in_the_order_of_page_and_anchor(make):
    """A file that two pages include declares on the same line for both."""
    there = replace(make.row("third", 5, "b", anchor="a-1"), place=make.place(5))
    register = make.register(
        make.page("b", rows=(there,)),
        make.page(
            "a",
            rows=(
                make.row("second", 5, anchor="b-2"),
                make.row("first", 5, anchor="b-1"),
            ),
        ),
    )
    assert ids(register.rows) == ["first", "second", "third"]


def test_mentions_and_prose_are_those_of_all_pages_in_their_order(make):
    sentences = [
        ProseClaim(text=text, reason="", docname=page, anchor="", place=make.place(1))
        for text, page in (("One.", "a"), ("Two.", "a"), ("Three.", "b"))
    ]
    register = make.register(
        make.page("b", mentions=(make.mention("EX-03"),), prose=tuple(sentences[2:])),
        make.page(
            "a",
            mentions=(make.mention("EX-02"), make.mention("EX-01")),
            prose=tuple(sentences[:2]),
        ),
    )
    assert [mention.target for mention in register.mentions] == [
        "EX-02",
        "EX-01",
        "EX-03",
    ]
    assert [sentence.text for sentence in register.prose] == ["One.", "Two.", "Three."]


def test_what_is_given_beside_the_pages_is_kept(make):
    adr = Adr(number="001", title="T", status="Accepted", path="adr.md", line=1)
    entry = AdrIndexEntry(number="001", status="Accepted", place=make.place(3))
    inventories = {"flow": frozenset({"EX-01"})}
    register = make.register(adrs=[adr], adr_index=[entry], inventories=inventories)
    assert register.adrs == (adr,)
    assert register.adr_index == (entry,)
    assert register.inventories == inventories
    assert make.register().inventories == {}


# Ids


def test_the_first_declaration_of_an_id_is_the_one_that_counts(make):
    register = make.register(
        make.page(
            "a",
            exceptions=(make.exception("EX-01", 9), make.exception("EX-01", 3)),
            rows=(make.row("r", 8), make.row("r", 2)),
            claims=(make.claim("c", 7), make.claim("c", 1)),
        )
    )
    assert register.exceptions_by_id["EX-01"].place.line == 3
    assert register.rows_by_id["r"].place.line == 2
    assert register.claims_by_id["c"].place.line == 1
    assert register.anchors == {
        ("exception", "EX-01"): ("a", "at-3"),
        ("row", "r"): ("a", "at-2"),
        ("claim", "c"): ("a", "at-1"),
    }


def test_an_exception_without_an_id_has_one_made_of_its_capability(make):
    named = make.exception("EX-01", 1)
    made = [replace(make.exception(text, 2 + at), derived_id=True)
            for at, text in enumerate(("Web UI", "Web UI", ""))]  # fmt: skip
    *found, digest = ids(make.register(make.page("a", exceptions=(named, *made))).exceptions)
    assert found == ["EX-01", "web-ui", "web-ui-2"]
    assert len(digest) == 8


def derived(make, *capabilities):
    """Return the ids that rows get: each a text, or (section, text); "=id" is written."""
    rows = []
    for line, text in enumerate(capabilities, 1):
        section, name = text if isinstance(text, tuple) else ("", text)
        is_written = name.startswith("=")
        rows.append(
            make.row(
                name.removeprefix("="),
                line,
                section=section,
                derived_id=not is_written,
            )
        )
    return ids(make.register(make.page("a", rows=tuple(rows))).rows)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["Schedules tick"], ["schedules-tick"]),
        (["=Written As Is"], ["Written As Is"]),
        # The section is added to both where two collide, and to neither where it is alone.
        (
            [("Jobs", "Retry"), ("Ops", "Retry"), ("Ops", "Pause")],
            ["jobs-retry", "ops-retry", "pause"],
        ),
        # A number where section and capability collide as well.
        (
            [("Ops", "Retry"), ("Ops", "Retry"), ("Ops", "Retry")],
            ["ops-retry", "ops-retry-2", "ops-retry-3"],
        ),
        # An id that is written is nobody else's, wherever it stands.
        ([("Ops", "Retry"), "=retry"], ["ops-retry", "retry"]),
        (["Retry", "=retry"], ["retry-2", "retry"]),
        ([("Ops", "Retry"), "=retry", "=ops-retry"], ["ops-retry-2", "retry", "ops-retry"]),
        (["Retry", "=retry", "=retry-2"], ["retry-3", "retry", "retry-2"]),
        # Two that are written stay: they are for `duplicate-id`.
        (["=retry", "=retry"], ["retry", "retry"]),
    ],
)  # fmt: skip
def test_an_id_that_is_derived_is_nobody_elses(make, given, expected):
    assert derived(make, *given) == expected


def test_a_capability_without_a_letter_has_a_digest_as_id(make):
    first, second, again = derived(make, "→", "↔", "→")
    assert len({first, second, again}) == 3
    assert again == f"{first}-2"
    assert first.isalnum()


def test_declarations_without_any_text_have_different_ids_that_stay(make):
    rows = [
        make.row("", 1, derived_id=True, anchor="x"),
        make.row("", 2, derived_id=True, anchor="y"),
    ]
    both = ids(make.register(make.page("a", rows=tuple(rows))).rows)
    alone = ids(make.register(make.page("a", rows=(rows[1],))).rows)
    assert len(set(both)) == 2
    assert both[1:] == alone


def test_claims_without_an_id_get_one_too(make):
    claims = (
        make.claim("Same text.", 1, derived_id=True),
        make.claim("Same text.", 2, derived_id=True),
    )
    assert ids(make.register(make.page("a", claims=claims)).claims) == [
        "same-text",
        "same-text-2",
    ]


# Who cites


def test_a_row_cites_what_it_names_and_what_is_shaped_like_a_declared_id(make):
    row = make.row(
        "r",
        exceptions=(make.cite("EX-02"), make.cite("other:EX-09"), make.cite("EX-02")),
        exceptions_text="EX-03, EX-02 and TICKET-4",
    )
    register = make.register(make.page("a", exceptions=(make.exception("EX-01"),), rows=(row,)))
    assert register.cited_by_row(row) == ("EX-02", "other:EX-09", "EX-03")
    assert register.cited_by_row(row) == ("EX-02", "other:EX-09", "EX-03")


def test_rows_that_are_equal_in_id_cite_each_its_own(make):
    first = make.row("r", 1, exceptions=(make.cite("EX-01"),))
    second = make.row("r", 2, exceptions=(make.cite("EX-02"),))
    register = make.register(make.page("a", rows=(first, second)))
    assert register.cited_by_row(first) == ("EX-01",)
    assert register.cited_by_row(second) == ("EX-02",)


def test_a_claim_cites_by_option_and_in_its_text(make):
    claim = make.claim(
        "c", exceptions=(make.cite("EX-05"),), text="As Dagster, save EX-01 and EX-05."
    )
    register = make.register(make.page("a", exceptions=(make.exception("EX-01"),)))
    assert register.cited_by_claim(claim) == ("EX-05", "EX-01")


def test_backlinks_name_rows_claims_and_mentions_once_each_in_order(make):
    mentions = (make.mention("EX-01", 40), make.mention("EX-01", 41))
    register = make.register(
        make.page(
            "a",
            exceptions=(make.exception("EX-01", 1), make.exception("EX-02", 2)),
            rows=(
                make.row("r2", 20, exceptions=(make.cite("EX-01"),)),
                make.row("r1", 10, exceptions_text="EX-01, EX-01"),
                make.row("r1", 11, exceptions_text="EX-01"),
            ),
            claims=(
                make.claim("c", 30, text="Save EX-01."),
                make.claim("c", 31, exceptions=(make.cite("EX-01"),)),
            ),
            mentions=(*mentions, make.mention("EX-02", 42, role="row")),
        )
    )
    assert register.cited_by == {
        "EX-01": CitedBy(rows=("r1", "r2"), claims=("c",), mentions=mentions)
    }


def test_what_is_cited_and_not_declared_has_no_backlinks(make):
    row = make.row("r", exceptions=(make.cite("EX-07"),))
    assert make.register(make.page("a", rows=(row,))).cited_by == {}


def test_a_mention_alone_makes_a_backlink(make):
    said = make.mention("EX-01")
    register = make.register(
        make.page("a", exceptions=(make.exception("EX-01"),), mentions=(said,))
    )
    assert register.cited_by == {"EX-01": CitedBy(mentions=(said,))}


def test_an_id_in_another_cell_is_a_backlink_and_no_citation(make):
    row = make.row(
        "r",
        cells=(("notes", "see EX-01 and EX-09"), ("exceptions", "EX-02")),
        fields=(("Team", "EX-03 too"),),
        exceptions_text="EX-02",
    )
    declared = tuple(make.exception(f"EX-0{n}", n) for n in (1, 2, 3))
    register = make.register(make.page("a", exceptions=declared, rows=(row,)))
    assert register.cited_by == {
        "EX-01": CitedBy(named_by_rows=("r",)),
        "EX-02": CitedBy(rows=("r",)),
        "EX-03": CitedBy(named_by_rows=("r",)),
    }


def test_a_row_that_cites_an_exception_is_no_second_backlink_by_naming_it(make):
    row = make.row("r", cells=(("notes", "EX-01 again"),), exceptions=(make.cite("EX-01"),))
    register = make.register(make.page("a", exceptions=(make.exception("EX-01"),), rows=(row,)))
    assert register.cited_by == {"EX-01": CitedBy(rows=("r",))}


def test_ids_in_neighbouring_cells_are_not_read_as_one_word(make):
    row = make.row("r", cells=(("notes", "EX-01"), ("owner", "EX-02")), fields=(("F", "EX-03"),))
    declared = tuple(make.exception(f"EX-0{n}", n) for n in (1, 2, 3))
    register = make.register(make.page("a", exceptions=declared, rows=(row,)))
    assert list(register.cited_by) == ["EX-01", "EX-02", "EX-03"]


# Other projects, pages and statuses


@pytest.mark.parametrize(
    ("target", "declared"),
    [
        ("EX-01", True),
        ("EX-02", False),
        ("flow:EX-09", True),
        ("flow:EX-10", False),
        ("unloaded:EX-77", True),
        ("nobody:EX-09", False),
        ("flow", False),
        ("unloaded", False),
        ("odd:EX-05", True),
    ],
)
def test_an_exception_is_declared_here_or_in_an_inventory(make, target, declared):
    register = make.register(
        make.page("a", exceptions=(make.exception("EX-01"), make.exception("odd:EX-05"))),
        inventories={"flow": frozenset({"EX-09"}), "unloaded": None},
    )
    assert register.is_declared(target) is declared


def test_the_files_that_declare_are_those_of_the_text_and_of_the_page_around(make):
    included = make.exception("EX-01", 4, "b")
    register = make.register(
        make.page("a", exceptions=(included,)), make.page("b", rows=(make.row("r"),))
    )
    assert register.declaring_paths == {"docs/a.md", "docs/b.md"}
    only = make.register(make.page("a", exceptions=(make.exception("EX-01"),)))
    assert only.cites_declaring_page(["README.md", "docs/a.md"])
    assert not only.cites_declaring_page(["docs/b.md"])
    assert not only.cites_declaring_page([])


def test_a_status_is_the_canonical_one_of_its_label(make):
    register = make.register()
    assert register.status(make.row("r", status="partial")) == "Partial"
    assert register.status(make.row("r", status="no such")) is None
    assert register.settings == Settings()


# Labels and ranges


def test_a_label_that_means_nothing_is_none_unless_the_project_knows_it(make):
    rows = [replace(make.row(f"r{i}", i + 1), status=s) for i, s in enumerate(("-", "no", "none"))]
    page = make.page("a", rows=tuple(rows))
    register = make.register(page, settings=Settings(statuses={"-": "Planned", "NO": "Exception"}))
    assert [row.status for row in register.rows] == ["-", "no", ""]
    assert [register.status(row) for row in register.rows] == ["Planned", "Exception", None]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("EX-02–EX-05", ["EX-02", "EX-04", "EX-05", "EX-05a"]),
        ("EX-02 – EX-04", ["EX-02", "EX-04"]),
        ("EX-02 to EX-05a", ["EX-02", "EX-04", "EX-05", "EX-05a"]),
        ("EX-02..EX-04", ["EX-02", "EX-04"]),
        ("EX-02/EX-05", ["EX-02", "EX-05"]),
        ("EX-02, EX-05", ["EX-02", "EX-05"]),
        ("EX-02 and EX-05", ["EX-02", "EX-05"]),
        ("EX-04–EX-06", ["EX-04", "EX-05", "EX-05a", "EX-06"]),
        ("EX-05–EX-02", ["EX-05", "EX-02"]),
        ("to EX-02", ["EX-02"]),
    ],
)
def test_a_range_cites_all_that_are_declared_within_it(make, text, cited):
    declared = [
        make.exception(name, number + 1)
        for number, name in enumerate(("EX-01", "EX-02", "EX-04", "EX-05", "EX-05a", "EX-10"))
    ]
    row = replace(make.row("r", 20), exceptions_text=text)
    register = make.register(make.page("a", exceptions=tuple(declared), rows=(row,)))
    assert sorted(register.cited_by_row(row)) == sorted(cited)
