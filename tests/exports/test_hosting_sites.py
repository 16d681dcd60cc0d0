"""The formats of hosting sites: GitLab's issues, GitHub's annotations, Markdown."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.exports.github import github, gitlab
from sphinx_arco_parity.exports.markdown import markdown, markdown_code, markdown_text
from sphinx_arco_parity.exports.presentation import Presentation
from sphinx_arco_parity.model.findings import Severity
from sphinx_arco_parity.model.records import Place

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def test_gitlab_issues(sample):
    issues = json.loads(gitlab(sample, Presentation()))
    assert issues[2] == {
        "description": "row sensor: `who knows` is no status. cite `crates/flow/src/tick.rs:41`",
        "check_name": "parity.row-status",
        "fingerprint": sample.findings[2].id,
        "severity": "critical",
        "location": {"path": "docs/parity.md", "lines": {"begin": 31}},
    }
    assert [one["severity"] for one in issues] == ["info", "minor", "critical"]


def test_gitlab_fingerprints_differ(with_findings, finding):
    same = [finding(message=f"row tick: at {line}") for line in (1, 2, 3)]
    issues = json.loads(gitlab(with_findings(*same), Presentation()))
    prints = [one["fingerprint"] for one in issues]
    assert len(set(prints)) == 3
    assert prints[0] == same[0].id


def test_github_annotations(sample):
    lines = github(sample, Presentation()).splitlines()
    assert lines[0] == (
        "::error file=docs/parity.md,line=31,title=parity.row-status::"
        "row sensor: `who knows` is no status%0Acite `crates/flow/src/tick.rs:41`"
    )
    assert lines[1].startswith("::warning file=docs/parity.md,line=30,")
    assert len(lines) == 2, "infos are for reports"


def test_github_says_nothing_of_nothing(empty):
    assert github(empty, Presentation()) == ""


def test_github_escapes(with_findings, finding):
    odd = finding(place=Place(path="a:b,c%.md", line=1), message="50%\n::error::x\r ##[add-mask]x")
    (line,) = github(with_findings(odd), Presentation()).splitlines()
    level, properties, data = COMMAND.fullmatch(line).groups()
    assert (level, properties) == (
        "error",
        "file=a%3Ab%2Cc%25.md,line=1,title=parity.evidence-gone",
    )
    assert data == "50%25%0A::error::x%0D ## [add-mask]x"


def test_github_shows_ten_of_a_level_and_names_the_rest(with_findings, finding):
    many = [finding(place=Place(path="m.md", line=line)) for line in range(1, 15)]
    rare = finding("duplicate-id", place=Place(path="z.md", line=3))
    warned = finding("evidence-moved", severity=Severity.WARNING)
    lines = github(with_findings(*many, rare, warned), Presentation()).splitlines()
    errors = [line for line in lines if line.startswith("::error ")]
    assert len(errors) == 10
    assert any("duplicate-id" in line for line in errors), "a rare rule is not crowded out"
    assert "duplicate-id" in errors[0], "rules come in the order of the reports"
    (notice,) = [line for line in lines if line.startswith("::notice ")]
    assert "15 error(s), 1 warning(s) in 3 file(s)" in notice
    assert "Not annotated: 5 findings%0Aparity.evidence-gone: m.md:10, m.md:11" in notice
    noted = finding("exception-uncited", severity=Severity.INFO)
    text = github(with_findings(*many, noted), Presentation())
    assert text.endswith("%0Aand 1 info\n")
    strict = github(with_findings(*many, rare, warned), Presentation(strict=True))
    assert "::warning" not in strict
    assert strict.count("::error ") == 10


def test_github_notice_ends_somewhere(with_findings, finding):
    many = [finding(place=Place(path="m.md", line=line)) for line in range(1, 2001)]
    text = github(with_findings(*many), Presentation())
    assert "and 1790 more" in text
    assert len(text) < 10_000


def test_markdown_report(sample):
    text = markdown(sample, Presentation(commit="0123456789abcdef"))
    assert text.startswith("## Parity: 1 error, 1 warning, 1 info\n")
    assert "| Rows | 2: Implemented 1, unknown 1 |" in text
    assert "| Evidence | 3: verified 1, moved 1, unknown 1 |" in text
    assert "Commit `0123456789ab`." in text
    table = [line for line in text.splitlines() if line.startswith(("| ❌", "| ⚠️"))]
    assert "`docs/parity.md:31`" in table[0], "the gravest comes first"
    assert "`docs/parity.md:30`" in table[1]


def test_markdown_of_nothing(empty):
    text = markdown(empty, Presentation())
    assert text.startswith("## Parity: no findings\n")
    assert "| Rows | none |" in text


def test_markdown_fits_into_a_comment(with_findings, finding):
    many = [finding(message=f"row r{n}: " + "x" * 300) for n in range(400)]
    text = markdown(with_findings(*many), Presentation())
    assert len(text) < 65_000
    shown = text.count("| ❌")
    assert f"and {400 - shown} more" in text


def test_markdown_text_means_itself():
    assert markdown_text("a `b|c` *d* | <e> &") == r"a `b\|c` \*d\* \| \<e\> &amp;"
    assert markdown_text("@team fixes #12") == "@&#8203;team fixes #&#8203;12"
    assert markdown_text("one ` tick") == r"one \` tick"
    assert markdown_text("a\n\nb\x1b") == "a b"
    assert markdown_code("a`b|c") == r"`a'b\|c`"


@given(st.text())
def test_markdown_text_never_leaves_its_cell(text):
    safe = markdown_text(text)
    assert not re.search(r"(?<!\\)(?:\\\\)*\|", safe.replace("\\\\", ""))
    assert "\n" not in safe
    assert "<" not in re.sub(r"`[^`]*`", "", safe.replace("\\<", ""))


@given(data=st.data())
def test_reports_are_one_line_for_each_finding(assessments, data):
    assessment = data.draw(assessments)
    for line in github(assessment, Presentation()).split("\n")[:-1]:
        assert COMMAND.fullmatch(line)
    text = markdown(assessment, Presentation())
    assert text.count("\n| ❌") == sum(f.severity is Severity.ERROR for f in assessment.findings)
    assert len(json.loads(gitlab(assessment, Presentation()))) == len(assessment.findings)
