from __future__ import annotations

from sphinx_arco_parity.model.records import ParityException, Place
from sphinx_arco_parity.rules.claims import related_exceptions


def exception(identifier: str, capability: str, rationale: str = "") -> ParityException:
    return ParityException(
        id=identifier,
        docname="audits",
        anchor=identifier,
        place=Place(path="docs/audits.md", line=1),
        capability=capability,
        rationale=rationale,
    )


REGISTER = [
    exception("EX-02", "Customer-operated daemon model", "Schedules are evaluated by us."),
    exception("EX-03", "Full orchestration web UI parity"),
    exception("EX-05a", "Multi-asset execution parity"),
    exception("EX-05b", "Observable/external asset parity"),
    exception("EX-09", "Schedule reconciliation"),
]


def related(text: str) -> list[str]:
    return related_exceptions(text, REGISTER, without=("Arco Flow", "Dagster OSS"))


def test_shared_words_count_and_those_of_the_capability_count_more() -> None:
    assert related("Schedules match Dagster OSS.") == ["EX-09", "EX-02"]


def test_words_are_compared_without_their_endings() -> None:
    assert related("Reconciling works as in Dagster OSS.") == ["EX-09"]


def test_the_rarest_shared_words_decide() -> None:
    assert related("External assets have parity.") == ["EX-05b", "EX-05a"]


def test_words_of_parity_and_names_find_nothing() -> None:
    assert related("Arco Flow has full parity with Dagster OSS.") == []
    assert related_exceptions("", REGISTER) == []


def test_at_most_three() -> None:
    many = [exception(f"EX-{number}", "Schedules") for number in range(5)]
    assert related_exceptions("Schedules", many) == ["EX-0", "EX-1", "EX-2"]
