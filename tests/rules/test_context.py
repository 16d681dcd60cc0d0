"""How grave a finding is: the rule's own, what a row's status allows, what is configured."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.settings.options import Settings


@pytest.mark.parametrize(
    ("rule", "status", "severity"),
    [
        ("evidence-not-found", None, "error"),
        ("evidence-not-found", "Verified", "error"),
        ("evidence-not-found", "Partial", "warning"),
        ("evidence-not-found", "Planned", "info"),
        ("evidence-not-found", "Designed", "info"),
        ("evidence-not-found", "Exception", "info"),
        # A status lowers and never raises.
        ("test-not-named", None, "info"),
        ("test-not-named", "Partial", "info"),
        # What is not about evidence is as grave in each row.
        ("row-without-exception", "Planned", "error"),
    ],
)
def test_a_status_lowers_what_is_found_about_evidence(make, rule, status, severity):
    assert make.context().severity(rule, status) == severity


@pytest.mark.parametrize("chosen", ["error", "warning", "info", "off"])
def test_a_severity_that_is_configured_wins_over_the_status(make, chosen):
    settings = Settings(rules={"test-not-named": chosen})
    context = make.context(settings=settings)
    assert context.severity("test-not-named", "Planned") == chosen
    assert context.severity("test-not-named") == chosen


def test_a_finding_stands_at_its_declaration_or_at_the_place_that_is_given(make):
    row = make.row("tick", line=9)
    context = make.context(row)
    found = context.found("row-status", row, "Wrong.", "Do this.")
    assert (found.rule, found.message, found.help) == (
        "row-status",
        "row tick: Wrong.",
        "Do this.",
    )
    assert (found.item, found.docname, found.anchor) == ("tick", "matrix", "row-tick")
    assert (found.place, found.written, found.field) == (row.place, None, "")
    elsewhere = make.place("docs/x.md", 3)
    moved = context.found("row-status", row, "", "", place=elsewhere)
    assert (moved.place, moved.item) == (elsewhere, "tick")


def test_a_finding_of_no_declaration_has_the_item_that_is_given(make):
    place = make.place("docs/conf.py", 3)
    found = make.context().found_at("row-status", place, "thing", "Wrong.", "Do this.")
    assert (found.place, found.item) == (place, "thing")
    assert (found.message, found.help) == ("Wrong.", "Do this.")
    assert (found.docname, found.anchor) == ("", "")


def test_an_option_stands_on_its_line_of_the_configuration_or_on_the_first(make):
    context = make.context(config_path="docs/conf.py", config_lines={"parity_tables": 7})
    assert context.config_place("parity_tables") == make.place("docs/conf.py", 7)
    assert context.config_place("parity_rules") == make.place("docs/conf.py", 1)
