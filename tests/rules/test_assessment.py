from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from sphinx_arco_parity import proof
from sphinx_arco_parity.assessment.assess import AssessmentInputs, assess
from sphinx_arco_parity.assessment.baseline import write_baseline
from sphinx_arco_parity.model.records import Problem, Verdict
from sphinx_arco_parity.model.results import Results
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.source import SourceFile, UnreadableFileError
from sphinx_arco_parity.settings.options import Settings

LINES = {"parity_ignore": 14, "parity_baseline": 15, "parity_rules": 16, "parity_minimum": 17}


class Files:
    """A repository of a few texts; *problems* as where git fails."""

    def __init__(self, texts=None, problems=()):
        self.texts = texts or {}
        self.problems = problems

    def files(self):
        return tuple(sorted(self.texts))

    def exists(self, path):
        return path in self.texts

    def is_file(self, path):
        return path in self.texts

    def is_directory(self, path):
        return any(other.startswith(f"{path}/") for other in self.texts)

    def ending_in(self, path):
        return [other for other in self.files() if other.endswith(f"/{path}")]

    def text(self, path):
        return self.read(path).text

    def read(self, path):
        if path not in self.texts:
            raise UnreadableFileError(path, "is not there")
        return SourceFile(path=path, text=self.texts[path], digest="")


@pytest.fixture
def assessed(make):
    def run(*declared, **more):
        given = {"settings": Settings(), "config_path": "docs/conf.py"}
        given |= {"config_lines": LINES, "repository": Files()}
        return assess(AssessmentInputs(documents=make.documents(*declared), **{**given, **more}))

    return run


def said(make, assessment):
    return [make.line(one) for one in assessment.findings]


@pytest.fixture
def judged(monkeypatch):
    """Let every piece of evidence whose path has `bad` in it be missing."""
    asked = []

    def prove(_, evidence):
        asked.append([(one.path, one.kind) for one in evidence])
        missing = Verdict(name="not-found", detail="is gone", rule="evidence-not-found")
        fine = Verdict(name="verified")
        return tuple(missing if "bad" in one.path else fine for one in evidence)

    monkeypatch.setattr(proof.Prover, "prove", prove)
    monkeypatch.setattr(proof.Prover, "prepare", lambda *_: None)
    monkeypatch.setattr(proof, "is_unit_test", lambda one, _: "unit" in one.path)
    return asked


def test_findings_are_sorted_by_place_rule_and_item(make, assessed):
    declared = [
        make.row("b", line=3, status="odd", proof_level="odd"),
        make.row("a", line=10, status=""),
        make.claim(),
    ]
    found = assessed(*declared).findings
    assert [(one.place.path, one.place.line, one.rule) for one in found] == [
        ("docs/guide.md", 3, "claim-without-exception"),
        ("docs/matrix.md", 3, "row-status"),
        ("docs/matrix.md", 3, "row-proof-level"),
        ("docs/matrix.md", 10, "row-incomplete"),
    ]


def test_a_rule_that_is_off_finds_nothing(make, assessed):
    settings = Settings(rules={"claim-without-exception": "off"})
    assert assessed(make.claim(), settings=settings).findings == ()


def test_problems_of_the_configuration(make, assessed):
    assessment = assessed(
        settings_problems=[("parity_rules", "`x` is no rule"), ("parity_lock", "bad")]
    )
    assert said(make, assessment) == [
        "docs/conf.py:1: ERROR: parity_lock: bad [parity.configuration]",
        "docs/conf.py:16: ERROR: parity_rules: `x` is no rule [parity.configuration]",
    ]
    assert assessment.findings[1].help == (
        "correct `parity_rules` in docs/conf.py; until then the default applies"
    )


def test_problems_beside_the_pages(make, assessed):
    problem = Problem(
        rule="unreadable-file",
        message="parity.lock.json: is no JSON",
        help="restore it from git",
        item="parity.lock.json",
        docname="",
        anchor="",
        place=make.place("docs/parity.lock.json", 4),
    )
    assessment = assessed(problems=[problem])
    assert said(make, assessment) == [
        ("docs/parity.lock.json:4: ERROR: parity.lock.json: is no JSON [parity.unreadable-file]")
    ]
    assert assessment.findings[0].help == "restore it from git"


def test_a_repository_that_cannot_be_listed_proves_nothing(make, assessed, judged):
    cited = make.row(evidence=(make.evidence("src/bad.py"),), adrs=(make.cite("024"),))
    broken = Files(problems=("git says: dubious ownership; run `git config …`",))
    assessment = assessed(
        cited,
        repository=broken,
        settings=Settings(ignore={"evidence-not-found": {"tick": "known"}}),
    )
    assert said(make, assessment) == [
        (
            "docs/conf.py:1: ERROR: repository: git says: dubious ownership; run "
            "`git config …` [parity.unreadable-file]"
        )
    ]
    assert (assessment.proofs, judged) == ((), [])


def test_without_a_repository_nothing_is_proven(make, assessed, judged):
    cited = make.row(evidence=(make.evidence("src/bad.py"),), adrs=(make.cite("024"),))
    assessment = assessed(cited, repository=None)
    assert (assessment.findings, assessment.proofs, judged) == ((), (), [])


def test_evidence_is_proven_a_declaration_at_a_time(make, assessed, judged):
    row = make.row(evidence=(make.evidence("src/bad.py"), make.evidence("docs/adr/adr-1-x.md")))
    exception = make.exception(evidence=(make.evidence("docs/adr", "test"),))
    assessment = assessed(row, exception, make.row("bare", line=10))
    assert judged == [
        [("docs/adr", "adr")],
        [("src/bad.py", "code"), ("docs/adr/adr-1-x.md", "adr")],
    ]
    assert [one.declaration.id for one in assessment.proofs] == ["EX-01", "tick"]
    assert [one.rule for one in assessment.findings if one.severity != "info"] == [
        "evidence-not-found"
    ]


@pytest.mark.usefixtures("judged")
def test_rows_are_proven_under_the_ids_of_the_register(make, assessed):
    row = make.row("Schedules *tick*", derived_id=True, evidence=(make.evidence("src/bad.py"),))
    (found,) = assessed(row).findings
    assert (found.item, found.message) == (
        "schedules-tick",
        "row schedules-tick: is gone",
    )


def test_a_real_repository_is_asked(make, assessed, tmp_path):
    (tmp_path / "src").mkdir()
    (tmp_path / "src/flow.py").write_text("\n" * 40 + "def tick():\n    pass\n")
    row = make.row(
        evidence=(
            make.evidence("src/flow.py", line=2, symbol="tick"),
            make.evidence("src/flow.py", line=41, symbol="tick"),
            make.evidence("src/flaw.py"),
        )
    )
    assessment = assessed(row, repository=Repository.open(tmp_path))
    assert said(make, assessment) == [
        (
            "docs/matrix.md:9: WARNING: row tick: src/flaw.py is not in the repository; "
            "did you mean src/flow.py? [parity.evidence-not-found]"
        ),
        (
            "docs/matrix.md:9: WARNING: row tick: `tick` is not at line 2 of "
            "src/flow.py; it is at line 41 [parity.evidence-moved]"
        ),
    ]
    assert assessment.findings[1].fix.lines == (2, 41)
    verdicts = [one.name for one in assessment.proofs[0].verdicts]
    assert verdicts == ["moved", "verified", "not-found"]


@pytest.mark.usefixtures("judged")
def test_unit_tests_of_the_repository_are_known(make, assessed):
    test = make.evidence("py/flow/test_unit.py", "test")
    row = make.row(proof_level="e2e", evidence=(test,))
    (found,) = assessed(row).findings
    assert found.rule == "row-proof-too-low"


def test_adrs_are_read_from_the_repository(make, assessed):
    files = Files({"docs/adr/adr-024-x.md": "# X\n\n## Status\n\nDeprecated\n"})
    row = make.row(adrs=(make.cite("24"), make.cite("25")))
    assessment = assessed(row, repository=files)
    assert [one.rule for one in assessment.findings] == [
        "unknown-adr",
        "adr-not-in-force",
    ]
    assert [one.number for one in assessment.register.adrs] == ["024"]


def test_a_file_that_two_pages_include_is_wrong_once(make, assessed):
    rows = [make.row(status="odd", path="FEATURES.md", docname=docname) for docname in ("a", "b")]
    found = assessed(*rows).findings
    assert [(one.rule, one.docname) for one in found] == [
        ("duplicate-id", "b"),
        ("row-status", "a"),
    ]


def test_dates_come_due_only_on_a_day_that_is_given(make, assessed):
    dated = make.exception(revisit="Revisit on 2026-03-01")
    rules = [
        [one.rule for one in assessed(dated, as_of=day).findings]
        for day in (None, date(2026, 2, 1), date(2026, 4, 1))
    ]
    quiet = ["exception-uncited"]
    assert rules == [quiet, quiet, [*quiet, "revisit-due"]]


# --- parity_ignore ------------------------------------------------------------------


def ignoring(key, rule="claim-without-exception"):
    return Settings(ignore={rule: {key: "marketing knows"}})


@pytest.mark.parametrize(
    "key", ["schedules", "claim:schedules", "docs/guide.md", "docs/*.md", "**"]
)
def test_ignored_by_item_or_by_path(make, assessed, key):
    assessment = assessed(make.claim(), settings=ignoring(key))
    assert (assessment.findings, assessment.ignored) == ((), 1)
    assert assessment.before_baseline == ()


@pytest.mark.parametrize("key", ["schedule", "row:schedules", "*.md", "docs/g"])
def test_an_entry_that_matches_nothing_is_reported(make, assessed, key):
    assessment = assessed(make.claim(), settings=ignoring(key))
    assert said(make, assessment) == [
        (
            f"docs/conf.py:14: WARNING: {key}: is ignored for `claim-without-exception`, "
            "but no finding of that rule is about it [parity.ignore-unused]"
        ),
        (
            "docs/guide.md:3: ERROR: claim schedules: cites no declared exception "
            "[parity.claim-without-exception]"
        ),
    ]
    assert assessment.findings[0].help == ("remove the entry, whose reason is: marketing knows")


def test_an_entry_holds_for_its_own_rule_only(make, assessed):
    assessment = assessed(make.claim(), settings=ignoring("schedules", "prose-claim"))
    assert [one.rule for one in assessment.findings] == [
        "ignore-unused",
        "claim-without-exception",
    ]


def test_an_entry_for_a_rule_that_is_off_is_not_unused(make, assessed):
    settings = Settings(
        ignore={"claim-without-exception": {"schedules": "known"}},
        rules={"claim-without-exception": "off"},
    )
    assert assessed(make.claim(), settings=settings).findings == ()


# --- parity_baseline ------------------------------------------------------------------


def test_known_findings_become_info(make, assessed, tmp_path):
    file = tmp_path / "known.json"
    before = assessed(make.claim())
    write_baseline(file, before.before_baseline)
    moved = assessed(
        make.claim(line=30),
        make.claim("new"),
        baseline=file,
        baseline_path="known.json",
    )
    assert said(make, moved) == [
        (
            "docs/guide.md:3: ERROR: claim new: cites no declared exception "
            "[parity.claim-without-exception]"
        ),
        (
            "docs/guide.md:30: INFO: claim schedules: cites no declared exception "
            "[parity.claim-without-exception]"
        ),
    ]
    assert moved.known == 1
    assert [one.item for one in moved.before_baseline] == ["new", "schedules"]


def test_a_baseline_is_the_same_when_written_under_itself(make, assessed, tmp_path):
    file, again = tmp_path / "known.json", tmp_path / "again.json"
    declared = [make.claim(), make.row(status="odd")]
    write_baseline(file, assessed(*declared).before_baseline)
    under = assessed(*declared, baseline=file)
    write_baseline(again, under.before_baseline)
    assert file.read_bytes() == again.read_bytes()
    assert {one.severity for one in under.findings} == {"info"}


def test_findings_that_are_gone_are_reported(make, assessed, tmp_path):
    file = tmp_path / "known.json"
    write_baseline(file, assessed(make.claim()).before_baseline)
    assessment = assessed(baseline=file, baseline_path="docs/known.json")
    (found,) = assessment.findings
    identifier = found.message.split()[4]
    assert make.line(found) == (
        f"docs/known.json:2: WARNING: schedules: the known finding {identifier} "
        "(claim-without-exception in docs/guide.md) is gone [parity.baseline-outdated]"
    )
    assert found.help == "remove the line from docs/known.json"


def test_nothing_is_gone_where_the_repository_cannot_be_read(make, assessed, tmp_path):
    file = tmp_path / "known.json"
    write_baseline(file, assessed(make.claim()).before_baseline)
    assert assessed(baseline=file, repository=None).findings == ()


def test_a_baseline_that_cannot_be_used(make, assessed, tmp_path):
    file = tmp_path / "known.json"
    assessment = assessed(baseline=file, baseline_path="docs/known.json")
    assert said(make, assessment) == [
        (
            "docs/conf.py:15: ERROR: parity_baseline: docs/known.json does not exist "
            "[parity.configuration]"
        )
    ]
    assert assessment.findings[0].help == (
        "write it with `arco-parity check --write-baseline docs/known.json`, or remove "
        "`parity_baseline`"
    )


# --- a law ------------------------------------------------------------------------------

IDS = st.sampled_from(["EX-01", "EX-02", "EX-03"])


@hypothesis_given(data=st.data())
def test_the_order_of_the_documents_does_not_count(make, data):
    declared = [
        make.exception(data.draw(IDS), line=line, docname=f"r{line % 3}", type=kind)
        for line, kind in enumerate(data.draw(st.lists(st.sampled_from(["", "odd"]))), 1)
    ]
    declared += [
        make.row("Same words", line=line, docname=f"m{line % 2}", derived_id=True,
                 status=status, exceptions_text=data.draw(IDS))
        for line, status in enumerate(
            data.draw(st.lists(st.sampled_from(["Exception", "Implemented", "?"]))), 1
        )
    ]  # fmt: skip
    documents = make.documents(*declared)
    shuffled = data.draw(st.permutations(documents))
    first, second = (
        assess(AssessmentInputs(documents=one, settings=Settings()))
        for one in (documents, shuffled)
    )
    assert first.findings == second.findings


def test_an_assessment_keeps_the_day_and_the_lock_that_it_was_made_with(assessed):
    day = date(2030, 1, 2)
    assert assessed(as_of=day).as_of == day
    assert assessed().as_of is None
    assert assessed().lock is None


def test_a_finding_on_a_setting_belongs_to_that_setting(assessed):
    result = assessed(settings_problems=[("parity_rules", "is wrong")])
    (found,) = (item for item in result.findings if item.rule == "configuration")
    assert found.item == "parity_rules"


def test_an_entry_with_its_kind_names_an_item_that_has_a_colon(make, assessed):
    claim = make.claim("flow:a")
    result = assessed(claim, settings=ignoring("claim:flow:a"))
    assert result.findings == ()
    assert result.ignored == 1


def minimum(make, assessed, settings, *, results=None):
    declared = [
        make.row(
            "a", status="Implemented", evidence=(make.evidence("good.py"), make.evidence("bad.py"))
        ),
        make.row("b", line=10, status="Implemented", evidence=(make.evidence("t.py", "test"),)),
        make.row("c", line=11, status="Planned"),
    ]
    given = Settings(required_evidence={}, **settings)
    found = assessed(*declared, settings=given, results=results)
    return [line for line in said(make, found) if "below-minimum" in line]


@pytest.mark.usefixtures("judged")
@pytest.mark.parametrize(
    ("least", "lines"),
    [
        ({"verified": 66, "implemented": 33}, []),
        (
            {"verified": 67, "implemented": 34, "passed": 100},
            [
                "docs/conf.py:17: ERROR: parity_minimum: 1 of 3 rows (33.3 %) are implemented, less than 34 % [parity.below-minimum]",
                "docs/conf.py:17: ERROR: parity_minimum: 2 of 3 pieces of evidence (66.7 %) are verified, less than 67 % [parity.below-minimum]",
            ],
        ),
    ],
)
def test_a_share_that_is_not_reached(make, assessed, least, lines):
    assert minimum(make, assessed, {"minimum": least}) == lines


@pytest.mark.usefixtures("judged")
def test_passed_is_measured_once_results_are_read(make, assessed):
    assert minimum(make, assessed, {"minimum": {"passed": 50}}) == []
    assert minimum(make, assessed, {"minimum": {"passed": 50}}, results=Results()) == [
        "docs/conf.py:17: ERROR: parity_minimum: 0 of 1 cited tests (0.0 %) are passed, less than 50 % [parity.below-minimum]"
    ]


@pytest.mark.usefixtures("judged")
def test_a_minimum_can_be_ignored_with_a_reason(make, assessed):
    ignore = {"below-minimum": {"verified": "not yet"}}
    assert minimum(make, assessed, {"minimum": {"verified": 99}, "ignore": ignore}) == []
