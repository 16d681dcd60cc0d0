"""What a finding offers is right: whoever does it is rid of the finding.

Each line of :data:`WRONG` is wrong in one way and has a twin for which nothing is near, so
that nothing may be offered.
"""

from __future__ import annotations

import json
import re

import pytest

TEST = "`tests/test_flow.py::test_tick`"
CI = "`.github/workflows/ci.yml` (job `test`: `pytest tests`)"

#: Rule, a row with the place of the mistake, the mistake, what offers the right one, and a
#: mistake of the kind for which nothing is offered.
WRONG = [
    ("evidence-moved", f"Implemented | `{{}}` (`tick`) | {TEST} | {CI} | -", "src/flow.py:9",
     r"write ([\w/.]+:\d+)", None),
    ("evidence-gone", f"Implemented | `{{}}` (`tick`) | {TEST} | {CI} | -", "src/flow.py:90",
     r"write ([\w/.]+:\d+)", None),
    ("evidence-gone", "Partial | `src/flow.py` (`{}`) | - | - | EX-01", "backfil",
     r"did you mean `(\w+)`", "walrus"),
    ("evidence-gone", "Partial | `{}` (`harvest`) | - | - | EX-01", "src/flow.py",
     r"cite ([\w/.]+)", None),
    ("test-not-found", f"Implemented | `src/flow.py` | `tests/test_flow.py::{{}}` | {CI} | -",
     "test_tik", r"did you mean `(\w+)`", "test_walrus"),
    ("evidence-not-found", "Partial | `{}` | - | - | EX-01", "src/flo.py",
     r"did you mean ([\w/.]+)\?", "src/walrus.py"),
    ("evidence-not-found", "Partial | `{}` | - | - | EX-01", "src/Flow.py",
     r"write ([\w/.]+)", "src/Walrus.py"),
    ("evidence-short-path", "Partial | `{}` (`tick`) | - | - | EX-01", "flow.py",
     r"write ([\w/.]+)", None),
    ("unknown-exception", "Partial | `src/flow.py` | - | - | {}", "EX-1",
     r"did you mean (EX-\d+)", "EX-77"),
    ("ci-job-not-found", "Partial | - | - | `.github/workflows/ci.yml` (job `{}`) | EX-01",
     "tests", r"did you mean `(\w+)`", "walrus"),
    ("ci-command-not-found", "Partial | - | - | `.github/workflows/ci.yml` (`{}`) | EX-01",
     "pytest test", r"cite `([^`]+)`", "walrus --all"),
    ("row-status", f"{{}} | `src/flow.py` | {TEST} | {CI} | -", "Implementd",
     r"did you mean `(\w+)`", "Walrus"),
]  # fmt: skip

HEAD = "# Matrix\n\n| Capability | Status | Code | Tests | CI | Exceptions |\n|---|---|---|---|---|---|\n"
OFFERS = re.compile(r"did you mean|\bwrite [\w`./]|\bcite [`\w]*[/`]|it is in ")


@pytest.fixture
def found(cli, project):
    """Return what is found in each line when it has the mistake that is given for it."""
    project.write("src/more.py", "def harvest():\n    return 3\n")
    project.git("add", "-A")
    project.change("docs/index.md", ":rows: ticks", ":rows: row-0")

    def check(mistakes):
        lines = [
            f"| Row {number} | {line.format(mistake)} |\n"
            for number, ((_, line, *_), mistake) in enumerate(zip(WRONG, mistakes, strict=True))
        ]
        project.write("docs/matrix.md", HEAD + "".join(lines))
        findings = json.loads(cli("check", "--format", "json").out)["findings"]
        return [
            [finding for finding in findings if finding["item"] == f"row-{number}"]
            for number in range(len(WRONG))
        ]

    return check


def test_whoever_does_what_is_offered_is_rid_of_the_finding(found):
    offered = []
    for findings, (rule, _, mistake, offer, _) in zip(
        found([mistake for _, _, mistake, *_ in WRONG]), WRONG, strict=True
    ):
        (finding,) = [finding for finding in findings if finding["rule"] == rule]
        match = re.search(offer, f"{finding['message']} {finding['help']}")
        assert match is not None, (finding["message"], finding["help"])
        assert match[1] != mistake
        offered.append(match[1])
    assert found(offered) == [[] for _ in WRONG]


def test_nothing_is_offered_where_nothing_is_near(found):
    twins = [twin or mistake for _, _, mistake, _, twin in WRONG]
    for findings, (rule, *_, twin) in zip(found(twins), WRONG, strict=True):
        if twin is not None:
            (finding,) = [finding for finding in findings if finding["rule"] == rule]
            assert not OFFERS.search(f"{finding['message']} {finding['help']}"), finding
