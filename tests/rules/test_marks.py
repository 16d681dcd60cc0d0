"""Expected failures and the register: the rules, and a long list of differences."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.assessment.assess import AssessmentInputs, assess
from sphinx_arco_parity.model.records import Evidence
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.settings.options import Settings

XFAIL = "import pytest\n\n@pytest.mark.xfail(reason={!r})\ndef test_tick(): ...\n"


def judged(make, root, files, *declared, **options):
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return assess(
        AssessmentInputs(
            documents=make.documents(*declared),
            settings=Settings(**options),
            repository=Repository.open(root),
        )
    )


def said(make, assessment, *rules):
    return [make.line(found) for found in assessment.findings if found.rule in rules]


def test_a_reason_that_names_nobody(make, tmp_path):
    given = {"tests/test_a.py": XFAIL.format("EX-07: later")}
    found = judged(make, tmp_path, given, make.exception("EX-01"))
    assert said(make, found, "unknown-exception") == [
        "tests/test_a.py:4: ERROR: test test_tick: its mark names `EX-07`, which is not declared [parity.unknown-exception]"
    ]


@pytest.mark.parametrize("reason", ["EX-01: later", "PR-07", "later"])
def test_a_reason_that_names_what_is_declared_or_nothing_of_ours(make, tmp_path, reason):
    given = {"tests/test_a.py": XFAIL.format(reason)}
    found = judged(make, tmp_path, given, make.exception("EX-01"))
    assert said(make, found, "unknown-exception", "difference-undeclared") == []


def test_a_difference_that_nobody_declares(make, tmp_path):
    given = {
        "tests/test_a.py": XFAIL.format("later"),
        "tests/test_b.py": XFAIL.format("EX-01"),
        "tests/test_c.py": XFAIL.replace("xfail", "skip").format("later"),
    }
    rules = {"difference-undeclared": "warning"}
    found = judged(make, tmp_path, given, make.exception("EX-01"), rules=rules)
    assert said(make, found, "difference-undeclared") == [
        "tests/test_a.py:4: WARNING: test test_tick: is expected to fail, but names no declared exception [parity.difference-undeclared]"
    ]


def test_one_of_its_marks_binds_a_test(make, tmp_path):
    given = {
        "tests/test_a.py": XFAIL.format("later") + XFAIL.replace("tick", "tock").format("later"),
        "x.txt": "# EX-01\ntests/test_a.py::test_tick\n",
    }
    options = {"expected_failures": ["x.txt"], "rules": {"difference-undeclared": "error"}}
    found = judged(make, tmp_path, given, make.exception("EX-01"), **options)
    undeclared = [f.item for f in found.findings if f.rule == "difference-undeclared"]
    assert undeclared == ["test_tock"]


def test_a_listed_test_is_no_proof(make, tmp_path):
    files = {
        "tests/test_a.py": "def test_a(): ...\ndef test_b(n): ...\nclass TestC:\n    def test_d(self): ...\n",
        "tests/x.txt": "tests/test_a.py::test_a\ntests/test_a.py::test_b[1]\ntests/test_a.py::TestC\n",
    }

    def cited(name, text=""):
        return Evidence(kind="test", text=text, path="tests/test_a.py", symbol=name)

    evidence = (
        cited("test_a"), cited("test_b"), cited("test_b", "`tests/test_a.py::test_b[1]`"),
        cited("test_b", "`tests/test_a.py::test_b[2]`"), cited("TestC::test_d"),
    )  # fmt: skip
    row = make.row(evidence=evidence, status="Implemented")
    found = judged(make, tmp_path, files, row, expected_failures=["tests/*.txt"])
    (proven,) = found.proofs
    assert [verdict.name for verdict in proven.verdicts] == [
        "expected-failure", "verified", "expected-failure", "verified", "expected-failure",
    ]  # fmt: skip
    assert said(make, found, "test-expected-to-fail")[1] == (
        "docs/matrix.md:9: ERROR: row tick: test `test_a` in tests/test_a.py (line 1) is expected to "
        "fail: tests/x.txt:1 lists it [parity.test-expected-to-fail]"
    )


def test_a_list_that_cannot_be_read(make, tmp_path):
    found = judged(make, tmp_path, {"x.yml": "- [a\n"}, expected_failures=["x.yml"])
    (wrong,) = said(make, found, "unreadable-file")
    assert wrong.startswith("x.yml:2: ERROR: x.yml: is not valid YAML")


def test_seven_hundred_failures_and_fifty_exceptions(make, tmp_path):
    """Every tenth block is bound to nothing, every thirteenth names what is not declared."""
    declared = [make.exception(f"EX-{n:03}", line=n) for n in range(1, 51)]
    lines, undeclared, dangling = [], [], []
    for block in range(70):
        number = 90 if block % 13 == 12 else block % 50 + 1
        bare = block % 10 == 9
        lines += ["" if bare else f"# EX-{number:03}: a difference"]
        for case in range(10):
            test = f"tests/test_{block}.py::test_{case}[a-{case} #1]"
            lines.append(test)
            if bare or number == 90:
                undeclared.append(test)
            if number == 90 and not bare:
                dangling.append(test)
    files = {"tests/x.txt": "\n".join(lines)}
    options = {"expected_failures": ["tests/x.txt"], "rules": {"difference-undeclared": "error"}}
    found = judged(make, tmp_path, files, *declared, **options)
    by_rule = {
        rule: [f.item for f in found.findings if f.rule == rule]
        for rule in ("difference-undeclared", "unknown-exception")
    }
    assert by_rule == {"difference-undeclared": undeclared, "unknown-exception": dangling}
    assert len(undeclared) == 120
    bound = [mark for mark in found.marks if "EX-001" in mark.exceptions]
    assert len(bound) == 20
