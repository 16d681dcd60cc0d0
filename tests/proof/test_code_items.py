"""Several symbols of one item, names taken apart, and laws that hold for any text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sphinx_arco_parity.model.records import VERDICTS, Evidence, Verdict
from sphinx_arco_parity.model.rule_names import RULES_BY_NAME
from sphinx_arco_parity.proof import Prover
from sphinx_arco_parity.proof.ci import CiJudge
from sphinx_arco_parity.proof.naming import Name, read_name
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.settings.options import Settings

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "fn one() {}\n" + "\n" * 9 + "fn two() {}\n" + "\n" * 9 + "fn three() {}\n"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    folder = tmp_path_factory.mktemp("root")
    (folder / "src").mkdir()
    (folder / "src/lib.rs").write_text(TEXT)
    (folder / "src/app.py").write_text("def one(): ...\n")
    return Repository.open(folder)


def several(repository: Repository, line: int | None, *symbols: str) -> list[Verdict]:
    evidence = [
        Evidence(kind="code", text="x", path="src/lib.rs", line=line, symbol=symbol, item=3)
        for symbol in symbols
    ]  # fmt: skip
    return list(Prover(repository, Settings()).prove(evidence))


def test_a_line_is_right_if_one_of_the_symbols_is_there(repository: Repository) -> None:
    said = several(repository, 11, "one", "two", "three")
    assert [one.name for one in said] == ["verified"] * 3
    assert [one.rule for one in said] == [None] * 3
    assert said[0].detail == ("`one` is at line 1 of src/lib.rs; line 11 is that of `two`")
    assert [one.found_line for one in said] == [1, 11, 21]


def test_a_line_that_is_wrong_for_all_is_one_finding(repository: Repository) -> None:
    said = several(repository, 15, "two", "three")
    assert [one.name for one in said] == ["moved", "moved"]
    assert [one.rule for one in said] == ["evidence-moved", None]
    assert [one.fix and one.fix.lines for one in said] == [(15, 11), None]


def test_a_line_past_the_end_is_one_finding(repository: Repository) -> None:
    said = several(repository, 99, "one", "two")
    assert [one.name for one in said] == ["gone", "gone"]
    assert [one.rule for one in said] == ["evidence-gone", None]


def test_a_symbol_that_is_gone_is_its_own_finding(repository: Repository) -> None:
    said = several(repository, 11, "nope", "two", "none")
    assert [one.rule for one in said] == ["evidence-gone", None, "evidence-gone"]


def test_items_do_not_help_each_other(repository: Repository) -> None:
    evidence = [
        Evidence(kind="code", text=s, path="src/lib.rs", line=11, symbol=s, item=i)
        for i, s in enumerate(["one", "two"])
    ]
    said = Prover(repository, Settings()).prove(evidence)
    assert [one.rule for one in said] == ["evidence-moved", None]


def test_symbols_without_a_line_are_judged_alone(repository: Repository) -> None:
    said = several(repository, None, "one", "nope")
    assert [one.rule for one in said] == [None, "evidence-gone"]


@pytest.mark.parametrize(
    ("symbol", "word", "scope"),
    [
        ("tick", "tick", ()),
        ("Type::method", "method", ("Type",)),
        ("crate::a::Type::method", "method", ("a", "Type")),
        ("Self::x", "x", ()),
        ("self.x", "x", ()),
        ("pkg.mod.Class.method", "method", ("pkg", "mod", "Class")),
        ("Vec<T>::push", "push", ("Vec",)),
        ("Type::<Vec<u8>>::new()", "new", ("Type",)),
        ("`tick()`", "tick", ()),
        ("call(a, b)", "call", ()),
        ("vec!", "vec", ()),
        ("@asset", "asset", ()),
        ("r#match", "match", ()),
        ("test_x[a-1]", "test_x", ()),
        ("TestTick/sub", "sub", ("TestTick",)),
        ("describe > name", "name", ("describe",)),
        ("Class#method", "method", ("Class",)),
        ("::", "::", ()),
        ("", "", ()),
    ],
)
def test_names_are_taken_apart(symbol: str, word: str, scope: tuple[str, ...]) -> None:
    read = read_name(symbol)
    assert (read.word, read.scope) == (word, scope)


@given(st.text())
def test_any_text_is_a_name(symbol: str) -> None:
    assert isinstance(read_name(symbol), Name)


_WORDS = st.sampled_from(["one", "two", "x::one", "no", "", " ", "::", "a b", "é", "{a,b}"])
_PATHS = st.sampled_from([
    "src/lib.rs", "src/app.py", "src", "src/*.rs", "none.rs", "", "../x", "/", "docs/plans/x",
    "docs/adr/1.md", "src/{lib,app}.rs", "[", "**", "{", "a{b,c}{d,e}{f,g}{h,i}{j,k}{l,m}",
])  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.builds(
            Evidence,
            kind=st.sampled_from(["adr", "code", "test"]),
            text=st.just("x"),
            path=_PATHS | st.text(max_size=20),
            line=st.none() | st.integers(min_value=-1, max_value=40),
            end_line=st.none() | st.integers(min_value=-1, max_value=40),
            symbol=st.none() | _WORDS | st.text(max_size=10),
            item=st.integers(min_value=0, max_value=1),
        ),
        max_size=5,
    )
)  # fmt: skip
def test_every_piece_of_evidence_gets_a_sound_verdict(
    repository: Repository, evidence: list[Evidence]
) -> None:
    prover = Prover(repository, Settings())
    prover.prepare(evidence)
    said = prover.prove(evidence)
    assert len(said) == len(evidence)
    for cited, one in zip(evidence, said, strict=True):
        assert one.name in VERDICTS
        assert one.rule is None or one.rule in RULES_BY_NAME
        assert one.detail
        if one.fix is not None:
            assert one.fix.line == (cited.line or 0)
            assert one.rule == "evidence-moved" or one.fix.option == "--across-files"
            assert one.fix.new_line == one.found_line or one.fix.option
    assert Prover(repository, Settings()).prove(evidence) == said


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    line=st.integers(min_value=1, max_value=21),
    symbol=st.sampled_from(["one", "two", "three"]),
)
def test_a_fix_makes_the_line_right(repository: Repository, line: int, symbol: str) -> None:
    (said,) = several(repository, line, symbol)
    if said.fix is not None:
        (again,) = several(repository, said.fix.new_line, symbol)
        assert again.name == "verified"
    else:
        assert said.name == "verified"


def test_ignored_tests_that_ci_asks_for_run_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def judge(_: CiJudge, commands: list[Evidence], *__: object) -> list[Verdict]:
        return [Verdict(name="verified") for _ in commands]

    monkeypatch.setattr(CiJudge, "judge", judge)
    (tmp_path / "t.rs").write_text("#[test]\n#[ignore]\nfn slow() {}\n")
    (tmp_path / ".github/workflows").mkdir(parents=True)
    (tmp_path / ".github/workflows/ci.yml").write_text("on: push\n")

    def row(command: str) -> Verdict:
        cited = [
            Evidence(kind="test", text="", path="t.rs", symbol="slow", line=3),
            Evidence(kind="ci", text="", path=".github/workflows/ci.yml", command=command),
        ]
        repository = Repository.open(tmp_path)
        return Prover(repository, Settings()).prove(cited)[0]

    assert row("cargo test -- --ignored").name == "verified"
    assert row("cargo test -- --include-ignored").rule is None
    assert row("cargo test").rule == "test-disabled"
    assert row("cargo test -- --skip ignored").rule == "test-disabled"
    assert row("cargo nextest run --run-ignored=all").rule is None
    assert row('cargo test -- "--ignored"').rule is None
    assert row("cargo test # not --ignored").rule == "test-disabled"
