"""What is said of results: text, place and severity, and the twin that stays silent."""

from __future__ import annotations

import subprocess

import pytest

from sphinx_arco_parity.assessment.assess import AssessmentInputs, assess
from sphinx_arco_parity.model.records import Evidence
from sphinx_arco_parity.model.results import Results
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.settings.options import Settings

PATH = "tests/test_a.py"
TESTS = """\
import pytest

def test_tick(): ...

@pytest.mark.xfail(reason="EX-01")
def test_half(): ...

@pytest.mark.xfail(reason="later")
def test_late(): ...

@pytest.mark.skip(reason="EX-01")
def test_off(): ...
"""
RULES = ("test-failed", "test-not-run", "result-stale", "row-without-result", "exception-stale")


def git(root, *words):
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    done = subprocess.run(
        ["git", *who, *words], cwd=root, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def root(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / PATH).write_text(TESTS)
    (tmp_path / "src.py").write_text("def f(): ...\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    return tmp_path


@pytest.fixture
def said(make, root):
    def judge(results, *rows, commit=None, **options):
        tests = {(PATH, name): (outcome, "no tick") for name, outcome in results.items()}
        found = assess(
            AssessmentInputs(
                documents=make.documents(make.exception("EX-01"), *rows),
                settings=Settings(required_evidence={}, **options),
                repository=Repository.open(root),
                results=Results(commit=commit, tests=tests),
            )
        )
        return [make.line(f) for f in found.findings if f.rule in RULES]

    return judge


def citing(make, *names, status="Implemented", more=()):
    evidence = [Evidence(kind="test", text=name, path=PATH, symbol=name) for name in names]
    return make.row(status=status, evidence=(*evidence, *more))


@pytest.mark.parametrize(
    ("outcome", "line"),
    [
        ("passed", None),
        ("skipped", None),
        ("failed", "ERROR: row tick: test `test_tick` in tests/test_a.py failed: no tick [parity.test-failed]"),
        ("not-run", "WARNING: row tick: test `test_tick` in tests/test_a.py did not run: no tick [parity.test-not-run]"),
    ],
)  # fmt: skip
def test_a_cited_test(make, said, outcome, line):
    found = said({"test_tick": outcome}, citing(make, "test_tick"))
    assert found == ([f"docs/matrix.md:9: {line}"] if line else [])


def test_a_cited_file(make, said):
    whole = make.row(status="Implemented", evidence=(make.evidence(PATH, "test"),))
    demand = {"required_results": {"Implemented": "passed"}}
    assert said({"": "passed"}, whole, **demand) == []
    (line,) = said({"": "failed"}, whole)
    assert (
        line
        == "docs/matrix.md:9: ERROR: row tick: tests/test_a.py failed: no tick [parity.test-failed]"
    )


@pytest.mark.parametrize(("status", "level"), [("Partial", "WARNING"), ("Planned", "INFO")])
def test_the_status_softens_a_failure(make, said, status, level):
    (line,) = said({"test_tick": "failed"}, citing(make, "test_tick", status=status))
    assert line.startswith(f"docs/matrix.md:9: {level}: ")


def test_a_row_of_which_no_test_has_passed(make, said):
    demand = {"required_results": {"Implemented": "passed"}}
    row = citing(make, "test_tick", "test_late")
    wrong = [
        "docs/matrix.md:9: ERROR: row tick: its status is Implemented, but no cited test has passed in the results [parity.row-without-result]"
    ]
    assert said({"test_tick": "passed", "test_late": "skipped"}, row, **demand) == []
    assert said({"test_tick": "skipped"}, row, **demand) == wrong
    assert said({}, row, **demand) == wrong
    assert said({}, row) == []
    assert said({}, citing(make, "test_tick", status="Partial"), **demand) == []
    assert said({}, make.row(status="Implemented"), **demand) == []


def test_an_unexpected_pass_stands_at_its_exception_or_else_at_the_row(make, said):
    at_exception = "docs/register.md:5: ERROR: exception EX-01: excuses test {} ({}:{}), which has passed [parity.exception-stale]"
    assert said({"test_half": "passed"}, citing(make, "test_half", status="Partial")) == [
        at_exception.format("test_half", PATH, 6)
    ]
    assert (
        said({"test_half": "expected-failure"}, citing(make, "test_half", status="Partial")) == []
    )
    assert said({"test_off": "passed"}) == [at_exception.format("test_off", PATH, 12)]
    assert said({"test_off": "skipped"}) == []
    assert said({"test_late": "unexpected-pass"}, citing(make, "test_late", status="Partial")) == [
        "docs/matrix.md:9: ERROR: row tick: test `test_late` in tests/test_a.py passed against its mark: no tick [parity.exception-stale]"
    ]


def test_results_of_another_commit_hold_until_what_is_cited_changes(make, said, root):
    first = git(root, "rev-parse", "HEAD")
    code = make.evidence("src.py")
    row = citing(make, "test_tick", more=(code,))
    (root / "README").write_text("another")
    git(root, "add", ".")
    git(root, "commit", "-qm", "second")
    assert said({"test_tick": "failed"}, row, commit=first)[0].endswith("[parity.test-failed]")
    (root / "src.py").write_text("def f(): return 1\n")
    (line,) = said({"test_tick": "failed"}, row, commit=first)
    assert line.startswith(
        "docs/matrix.md:9: WARNING: row tick: test `test_tick` in tests/test_a.py failed at "
    )
    assert line.endswith(f" {first[:7]}: no tick; src.py has changed since [parity.result-stale]")
    assert said({"test_tick": "failed"}, citing(make, "test_tick"), commit=first) != []
    assert said({"test_half": "passed"}, commit=first)[0].endswith("[parity.exception-stale]")
    (root / PATH).write_text(TESTS + "# more\n")
    assert said({"test_half": "passed"}, commit=first) == []


def test_results_of_a_folder_that_is_cited_are_stale_when_a_file_of_it_changes(make, said, root):
    first = git(root, "rev-parse", "HEAD")
    row = citing(make, "test_tick", more=(make.evidence("tests/"),))
    (root / "tests/more.txt").write_text("x")
    git(root, "add", ".")
    git(root, "commit", "-qm", "second")
    (line,) = said({"test_tick": "passed"}, row, commit=first)
    assert line.endswith("; tests/more.txt has changed since [parity.result-stale]")


def test_a_commit_that_is_not_here(make, said):
    (line,) = said({"test_tick": "passed"}, citing(make, "test_tick"), commit="0" * 40)
    assert "; that commit is not in this clone" in line
