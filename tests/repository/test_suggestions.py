"""What a wrong path was meant to be."""

from __future__ import annotations

from sphinx_arco_parity.repository.suggestions import Suggestions

FILES = (
    "crates/flow/src/lib.rs",
    "crates/flow/tests/ticks.rs",
    "crates/daemon/src/lib.rs",
    "crates/daemon/src/scheduler.rs",
    "docs/Größe.md",
    "python/arco/ops.py",
)


def near(path: str) -> str | None:
    return Suggestions(FILES).nearest(path)


def test_case_and_composition() -> None:
    known = Suggestions(FILES)
    assert known.case_variant("Crates/Flow/src/Lib.rs") == "crates/flow/src/lib.rs"
    assert known.case_variant("docs/gro\u0308\u00dfe.md") == "docs/Größe.md"
    assert known.case_variant("crates/flow/src/lib.rs") is None


def test_the_same_name_elsewhere_where_the_folders_agree_most() -> None:
    assert near("src/scheduler.rs") == "crates/daemon/src/scheduler.rs"
    assert near("crates/daemon/lib.rs") == "crates/daemon/src/lib.rs"
    assert near("crates/flow/lib.rs") == "crates/flow/src/lib.rs"


def test_a_name_that_is_nearly_right() -> None:
    assert near("crates/flow/tests/tick.rs") == "crates/flow/tests/ticks.rs"
    assert near("crates/x/schedular.rs") == "crates/daemon/src/scheduler.rs"


def test_nothing_is_offered_where_several_are_meant_as_much() -> None:
    assert near("crates/other/src/lib.rs") is None
    assert near("lib.rs") is None


def test_nothing_is_offered_where_nothing_is_alike() -> None:
    assert near("crates/flow/scheduler_of_it_all.rs") is None
    assert near("zzz/qqqqqq.toml") is None
    assert Suggestions(()).nearest("a") is None
