"""What is said beside a verdict: results, marks, and what was proven of a declaration."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from sphinx_arco_parity.assessment.assess import Assessment, AssessmentInputs, assess
from sphinx_arco_parity.assessment.proofs import Proofs
from sphinx_arco_parity.assessment.results import wanted_tests, with_results, without_results
from sphinx_arco_parity.model.marks import Mark
from sphinx_arco_parity.model.records import Place, Verdict
from sphinx_arco_parity.model.results import Results
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.rules.context import Proven
from sphinx_arco_parity.settings.options import Settings

TESTS = "tests/test_flow.py"
FOUND = Verdict(name="verified", test="test_tick")


class Changes:
    """What has changed since the commit of the results: paths with `new` in them."""

    def __init__(self, at=""):
        self.at = at

    def since(self, paths):
        return next((f"{path} has changed since" for path in paths if "new" in path), "")


def proven(make, *pairs, **more):
    evidence, verdicts = zip(*pairs, strict=True)
    return Proven(
        declaration=make.row(evidence=evidence), evidence=evidence, verdicts=verdicts, **more
    )


def mark(*, name="test_tick", path=TESTS, exceptions=("EX-01",)):
    place = Place(path="known.txt", line=3)
    return Mark(place=place, path=path, name=name, test=name, reason="", exceptions=exceptions)


def test_the_tests_that_are_cited_or_marked_are_wanted(make):
    test = make.evidence(f"./{TESTS}", "test", symbol="tick")
    unnamed = replace(FOUND, test="", rule="test-not-named")
    given = proven(
        make,
        (test, FOUND),
        (replace(test, symbol=None), unnamed),
        (replace(test, symbol=None, line=3), unnamed),
        (replace(test, symbol=None), FOUND),
        (replace(test, kind="code"), FOUND),
        (replace(test, path=""), FOUND),
        (test, replace(FOUND, test="")),
    )
    marks = [mark(name="test_late"), mark(name=""), mark(path="")]
    assert list(wanted_tests([given], marks)) == [
        (TESTS, "test_tick"),
        (TESTS, ""),
        (TESTS, "test_late"),
    ]


@pytest.mark.parametrize("at", ["", " at 1234567"])
@pytest.mark.parametrize(
    ("reported", "marked", "result", "said"),
    [
        (("passed", ""), "", "passed", "passed{at}"),
        (("failed", "on windows"), "", "failed", "failed{at}: on windows"),
        (("passed", ""), "@pytest.mark.xfail", "unexpected-pass", "passed against its mark{at}"),
        (
            ("failed", "1 of 2"),
            "it.fails",
            "unexpected-pass",
            "passed against its mark{at}: 1 of 2",
        ),
        (("failed", ""), "listed", "expected-failure", "failed as expected{at}"),
        (("not-run", "other tests ran"), "", "not-run", "did not run{at}: other tests ran"),
    ],
)
def test_what_was_reported_stands_beside_the_verdict(make, at, reported, marked, result, said):
    test, verdict = make.evidence(f"./{TESTS}", "test", symbol="tick"), replace(FOUND, mark=marked)
    given = proven(make, (test, verdict), (make.evidence("src/flow.py"), Verdict(name="gone")))
    results = Results(tests={(TESTS, "test_tick"): reported, ("src/flow.py", ""): reported})
    (found,) = with_results([given], results, Changes(at))
    shown = replace(verdict, result=result, result_detail=said.format(at=at))
    assert found == replace(given, verdicts=(shown, Verdict(name="gone")))
    assert without_results([found]) == (given,)


def test_a_result_is_stale_where_something_that_is_cited_has_changed(make):
    test = make.evidence(TESTS, "test", symbol="tick")
    given = proven(make, (test, FOUND), (make.evidence("src/new.py"), Verdict(name="verified")))
    results = Results(tests={(TESTS, "test_tick"): ("failed", "on windows")})
    (found,) = with_results([given], results, Changes(" at 1234567"))
    assert [(verdict.result, verdict.result_detail) for verdict in found.verdicts] == [
        ("stale", "failed at 1234567: on windows; src/new.py has changed since"),
        (None, ""),
    ]
    (silent,) = with_results([given], Results(), Changes())
    assert silent == given


def test_each_declaration_has_its_own_proofs_marks_and_disputes(make):
    test = make.evidence(TESTS, "test", symbol="tick")
    unread = (make.evidence("", written_in="code"),)
    given = proven(make, (test, FOUND), unread=unread)
    row, other = given.declaration, make.row("other", line=10, evidence=(test,), unread=unread)
    error = make.context().found("row-status", row, "", "")
    warning = make.context(settings=Settings(rules={"row-status": "warning"})).found(
        "row-status", other, "", ""
    )
    marks = (mark(), mark(name="test_late", exceptions=("EX-02", "EX-01")))
    proofs = Proofs(
        Assessment(
            register=SimpleNamespace(), proofs=(given,), findings=(error, warning), marks=marks
        )
    )
    assert proofs.of(row) == [(test, FOUND)]
    assert proofs.of(other) == [(test, Verdict(name="unknown"))]
    assert proofs.of(replace(row, anchor="elsewhere")) == [(test, Verdict(name="unknown"))]
    assert proofs.of(make.claim()) == []
    assert (proofs.unread(row), proofs.unread(other)) == (unread, unread)
    assert proofs.unread(make.row("bare")) == ()
    assert [proofs.is_disputed(declared) for declared in (row, other)] == [True, False]
    assert [[m.name for m in proofs.marks(name)] for name in ("EX-01", "EX-02", "EX-03")] == [
        ["test_tick", "test_late"],
        ["test_late"],
        [],
    ]


@pytest.mark.parametrize(
    ("config", "item", "message", "help_text"),
    [
        (
            "docs/conf.py",
            "parity_tables",
            "parity_tables: `parity_tables` is no list",
            "correct `parity_tables` in docs/conf.py; until then the default applies",
        ),
        (
            "arco-parity.toml",
            "tables",
            "tables: `tables` is no list",
            "correct `tables` in arco-parity.toml; until then the default applies",
        ),
    ],
)
def test_findings_name_options_as_the_configuration_does(config, item, message, help_text):
    inputs = AssessmentInputs(
        documents=(), settings=Settings(), config_path=config,
        settings_problems=[("parity_tables", "`parity_tables` is no list")],
    )  # fmt: skip
    (found,) = assess(inputs).findings
    assert (found.item, found.message, found.help) == (item, message, help_text)


def test_a_configuration_that_cannot_be_read_is_corrected_as_a_whole():
    inputs = AssessmentInputs(
        documents=(), settings=Settings(), config_path="sub/arco-parity.toml",
        settings_problems=[("arco-parity.toml", "is no TOML: x")],
    )  # fmt: skip
    (found,) = assess(inputs).findings
    assert (found.item, found.message) == ("arco-parity.toml", "arco-parity.toml: is no TOML: x")
    assert found.help == "correct the file; until then it sets nothing"


@pytest.mark.parametrize("rule", ["off", "warning"])
@pytest.mark.parametrize("declared", [True, False])
def test_marks_are_kept_that_name_an_exception_or_that_a_rule_asks_for(
    make, tmp_path, rule, declared
):
    reasons = {"a": "xfail(reason='EX-01')", "b": "xfail(reason='later')", "c": "skip(reason='x')"}
    text = "import pytest\n" + "".join(
        f"@pytest.mark.{mark}\ndef test_{name}(): ...\n" for name, mark in reasons.items()
    )
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_a.py").write_text(text)
    documents = make.documents(make.exception("EX-01")) if declared else ()
    inputs = AssessmentInputs(
        documents=documents, settings=Settings(rules={"difference-undeclared": rule}),
        repository=Repository.open(tmp_path),
    )  # fmt: skip
    named = ["test_a"] if declared else []
    wanted = ["test_a", "test_b"] if rule == "warning" else named
    assert [found.name for found in assess(inputs).marks] == wanted
