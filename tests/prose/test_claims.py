from __future__ import annotations

import pytest

from sphinx_arco_parity.prose import LITERAL, Block, find_claims, markdown_blocks
from sphinx_arco_parity.settings.options import Settings

SEED_TEXT = """\
# Arco Flow vs Dagster Exception Planning

**Scope:** Deliberate parity exceptions and deferrals for orchestration capabilities.

This document defines capability exceptions to Dagster OSS semantics that are either:

- permanently out of scope, or
- explicitly deferred to a later milestone.

Any public parity claim must reference this file for declared exceptions.

| ID | Capability | Decision | Type |
|---|---|---|---|
| EX-03 | Full orchestration web UI parity | Deferred | Deferral |
| EX-07 | GraphQL API parity | REST/gRPC only | Permanent |

- Product scope favors operability over one-to-one framework surface matching.
- Parity charter: `docs/parity/dagster-parity-01-charter.md`
"""


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("Schedules match Dagster OSS.", "Schedules do not match Dagster OSS."),
        ("Schedules match Dagster OSS.", "Airflow matches Dagster OSS."),
        ("Schedules match Dagster OSS.", "Schedules should match Dagster OSS."),
        ("Schedules match Dagster OSS.", "Do schedules match Dagster OSS?"),
        ("Since M3, schedules match Dagster OSS.", "Once M3 ships, schedules match Dagster OSS."),
        ("In Rust, schedules match Dagster OSS.", "In the future, schedules match Dagster OSS."),
        ("Schedules match Dagster OSS.", "If schedules match Dagster OSS, say so."),
        (
            "Arco Flow is compatible with Dagster OSS.",
            "Arco Flow is compatible with PostgreSQL.",
        ),
        (
            "Arco Flow replaces Dagster OSS.",
            "Arco Flow replaces Dagster's daemon with a control plane.",
        ),
        (
            "Retries behave as in Dagster OSS.",
            "Retries never behave as in Dagster OSS.",
        ),
        (
            "Arco Flow offers a Dagster-compatible API.",
            "Arco Flow needs a Dagster-compatible API.",
        ),
        (
            "Arco Flow is identical to Dagster OSS.",
            "Arco Flow has Dagster-style assets.",
        ),
        (
            "We claim feature parity with Dagster OSS.",
            "Your docs claim feature parity with Dagster OSS.",
        ),
        (
            "Arco Flow has parity with Dagster OSS.",
            "Parity with Dagster OSS is planned.",
        ),
        (
            "Arco Flow is not only compatible with Dagster OSS, it is faster.",
            "Arco Flow is not compatible with Dagster OSS, it is faster.",
        ),
        (
            "Unlike Airflow, Arco Flow matches Dagster OSS.",
            "Unlike Dagster OSS, Arco Flow has no daemon.",
        ),
        (
            "There is no difference from Dagster OSS.",
            "There is a difference from Dagster OSS.",
        ),
        (
            "Existing Dagster pipelines run unchanged.",
            "Existing Dagster pipelines are copied unchanged.",
        ),
        (
            "Arco Flow has reached full feature parity.",
            "Arco Flow has full feature parity with Airflow.",
        ),
        ("Arco Flow matches Dagster OSS.", "Dagster Cloud matches Dagster OSS."),
        ("Arco Flow matches Dagster OSS.", "Dagster+ matches Dagster OSS."),
        (
            "Arco Flow gives you feature parity with Dagster OSS.",
            "Arco Flow gives you no feature parity with Dagster OSS.",
        ),
        (
            "Unlike our SDK, schedules match Dagster OSS.",
            "Unlike Arco Flow, Puffin matches Dagster OSS.",
        ),
        (
            "Compared to Arco Flow 1, Arco Flow 2 fully replaces Dagster OSS.",
            "Compared to Arco Flow, Puffin fully replaces Dagster OSS.",
        ),
    ],
)
def test_a_claim_and_its_silent_twin(claims, bad: str, good: str) -> None:
    assert [claim.text for claim in claims(bad)] == [bad]
    assert claims(good) == []


def test_the_reason_says_what_and_by_which_words(claims) -> None:
    (found,) = claims("Sensors are fully API-compatible with Dagster's sensors.")
    assert found.reason == (
        "says that Arco Flow is compatible with Dagster OSS: "
        "“are fully API-compatible with Dagster”"
    )
    assert found.rule == "compatible"


def test_the_line_is_that_of_the_sentence(claims) -> None:
    found = claims("Runs are listed\nhere. Also, Arco Flow\nmatches Dagster\nOSS. It is fast.")
    assert [(claim.line, claim.text) for claim in found] == [
        (11, "Also, Arco Flow matches Dagster OSS.")
    ]


def test_literals_are_masked_for_the_grammar_and_restored_in_the_text(claims) -> None:
    (found,) = claims(
        f"See {LITERAL}. The {LITERAL} decorator matches Dagster OSS.",
        literals=("EX-01", "@asset"),
    )
    assert found.text == "The @asset decorator matches Dagster OSS."
    assert claims(f"It prints {LITERAL}.", literals=("Arco Flow matches Dagster OSS",)) == []


@pytest.mark.parametrize("kind", ["heading", "quote"])
def test_headings_and_quotations_claim_nothing(claims, kind: str) -> None:
    assert claims("Arco Flow matches Dagster OSS", kind) == []
    assert claims("Arco Flow matches Dagster OSS", "paragraph")


def test_quoted_words_are_not_said(claims) -> None:
    assert claims("The page says “Arco Flow matches Dagster OSS” twice.") == []
    assert claims("Arco Flow is a “drop-in” replacement for Dagster OSS.")


def test_a_cell_needs_a_subject(claims) -> None:
    assert claims("Drop-in replacement for Dagster OSS", "cell") == []
    assert claims("Matches Dagster OSS", "cell", label="Schedules", column="Arco Flow")
    assert claims("Matches Dagster OSS", "cell", label="Airflow") == []
    assert claims("Matches Dagster OSS", "cell", label="Ticks", column="Prefect") == []


@pytest.mark.parametrize(
    "intro",
    [
        "We do not support:",
        "Planned:",
        "Goals for M2:",
        "Every row must say:",
        "Known gaps:",
        "Is there any of these?",
    ],
)
def test_what_introduces_a_list_rules_its_items_out(settings, intro: str) -> None:
    def blocks(text: str) -> list[Block]:
        return [
            Block(kind="paragraph", text=text, line=1),
            Block(kind="item", text="Full parity with Dagster OSS", line=3, intro=0),
        ]

    assert find_claims(blocks(intro), settings) == []
    found = find_claims(blocks("In this release:"), settings)
    assert [claim.block for claim in found] == [1]


@pytest.mark.parametrize(
    ("legend", "claim"),
    [
        ("Implemented: matches Dagster OSS", "Schedules: match Dagster OSS"),
        ("✅ = matches Dagster OSS", "✅ Matches Dagster OSS"),
        (
            "in_progress – compatible with Dagster OSS",
            "API – compatible with Dagster OSS",
        ),
        (
            "Implemented means that the capability matches Dagster OSS.",
            "This means that every schedule matches Dagster OSS.",
        ),
    ],
)
def test_what_a_status_means_is_a_rule(legend: str, claim: str) -> None:
    settings = Settings(
        product="Arco Flow",
        reference="Dagster OSS",
        statuses={"in_progress": "Partial"},
    )

    def found(text: str) -> list[object]:
        return find_claims([Block(kind="item", text=text, line=1)], settings)

    assert found(legend) == []
    assert found(claim)


def test_an_introduction_claims_once_for_its_list(settings) -> None:
    text = "The following match Dagster OSS:\n\n- schedules\n- sensors\n"
    found = find_claims(markdown_blocks(text), settings)
    assert [claim.line for claim in found] == [1]


@pytest.mark.parametrize("title", ["Roadmap", "Non-goals", "Future work", "TODO"])
def test_a_heading_makes_what_is_below_it_a_goal(settings, title: str) -> None:
    text = "# Guide\n\n## {}\n\n### Sensors\n\nArco Flow matches Dagster OSS.\n"
    assert find_claims(markdown_blocks(text.format(title)), settings) == []
    assert find_claims(markdown_blocks(text.format("Status")), settings)


def test_a_list_below_a_heading_of_limitations_is_silent(settings) -> None:
    text = "## {}\n\n- Full parity with Dagster OSS\n"
    assert find_claims(markdown_blocks(text.format("Limitations")), settings) == []
    assert find_claims(markdown_blocks(text.format("Features")), settings)


def test_it_is_what_the_sentence_before_spoke_of(claims) -> None:
    assert claims("Valkey is a fork. It is compatible with Dagster OSS.") == []
    assert claims("Arco Flow is young. It is compatible with Dagster OSS.")


def test_a_name_nobody_knows_is_another_product_unless_the_page_uses_it_as_a_word(
    settings,
) -> None:
    claim = Block(kind="paragraph", text="Orchid matches Dagster OSS.", line=1)
    assert find_claims([claim], settings) == []
    word = Block(kind="paragraph", text="Put the orchid into water.", line=3)
    assert find_claims([claim, word], settings)


def test_aliases_and_short_forms_are_names_too() -> None:
    settings = Settings(
        product="Tern Database",
        reference="Apache Kafka",
        aliases={"product": ["TDB"], "reference": ["the log"]},
    )

    def found(text: str) -> bool:
        block = Block(kind="paragraph", text=text, line=1)
        return bool(find_claims([block], settings))

    assert found("Tern Database is compatible with Apache Kafka.")
    assert found("TDB is compatible with Kafka.")
    assert found("Tern is compatible with the log.")
    assert not found("Tern is compatible with the logger.")
    assert not found("Tern is compatible with kafka.")
    assert not found("Tern is compatible with kafka.Kafka.")


def test_without_a_reference_only_explicit_words_count() -> None:
    settings = Settings(product="Granite")

    def found(text: str) -> bool:
        block = Block(kind="paragraph", text=text, line=1)
        return bool(find_claims([block], settings))

    assert found("Granite has full feature parity with its predecessor.")
    assert not found("Granite has full feature parity with Redis.")
    assert not found("Granite matches its predecessor.")
    assert not found("The frame has odd parity.")


def test_a_document_about_exceptions_claims_nothing(settings) -> None:
    assert find_claims(markdown_blocks(SEED_TEXT), settings) == []
