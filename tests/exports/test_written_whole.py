"""Each format of the project that has something of everything, whole.

After a change that is meant: `UPDATE_SNAPSHOTS=1 pytest tests/exports/test_written_whole.py`.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from sphinx_arco_parity import __version__
from sphinx_arco_parity.declarations.register import make_register
from sphinx_arco_parity.exports.presentation import Presentation
from sphinx_arco_parity.exports.registry import FILES, FORMATS, PUBLISHED
from sphinx_arco_parity.model.findings import Severity
from sphinx_arco_parity.model.records import Evidence, Fix, Place, Problem, Verdict
from sphinx_arco_parity.rules.context import Proven

SHOWN = Presentation(
    commit="0123456789abcdef" * 2 + "01234567",
    shown_path=lambda path: f"here/{path}",
    source_line=lambda _path, line: f"| line {line} | `who knows` |",
)
WRITERS = {
    **{f"{name}.txt": write for name, write in FORMATS.items()},
    **FILES,
    **dict([PUBLISHED["badge"]]),
}


@pytest.fixture
def project(sample, finding):
    """Return the sample with what is seldom: unread, disputed, noted, uncited, in no file."""
    index, page = sample.register.documents
    cited, other = page.exceptions
    row, sensor = page.rows
    by_adr = Evidence(kind="adr", text="ADR 3", path="docs/adr/adr-003.md", as_written="adr-003.md")
    alone = replace(
        other, id="EX-1", type="odd", rationale="so", owner="ann", place=Place(path="b.md", line=2)
    )
    noted = replace(
        sensor, id="noted", status="Partial (no *UI*)", proof_level="own", feature="F", owner="bob",
        exceptions_text="", evidence=(by_adr,), fields=(("Risk", "high"), ("line", "9")),
    )  # fmt: skip
    problem = Problem(
        rule="table-not-read", message="", help="", item="", docname="p", anchor="",
        place=row.place,
    )  # fmt: skip
    page = replace(
        page,
        exceptions=(replace(cited, evidence=(by_adr,)), other, alone),
        rows=(row, sensor, noted),
        tables=("exceptions", "matrix"),
        problems=(problem, replace(problem, rule="row-status")),
    )
    register = make_register([index, page], sample.register.settings, adrs=sample.register.adrs)
    gone = Verdict(name="gone", found_line=3, detail="line 3")
    (proof,) = sample.proofs
    proofs = (
        replace(proof, unread=(Evidence(kind="code", text="`src/x rs`", path=""),)),
        Proven(declaration=register.exceptions_by_id["EX-03"], evidence=(by_adr,), verdicts=[gone]),
        Proven(declaration=noted, evidence=(by_adr,), verdicts=[Verdict(name="verified")]),
    )
    findings = (
        finding("configuration", place=Place(path="", line=0), message="no milestone", item=""),
        *(replace(found, docname="parity", anchor="row-2") for found in sample.findings),
        finding(
            "evidence-gone",
            item="EX-03",
            fix=Fix(path="a.rs", new_path="a.rs", file="a.rs", line=1, new_line=2),
            cause="src/",
        ),
        finding("evidence-gone", item="EX-03", cause="src/", place=Place(path="z.md", line=3)),
        finding("evidence-unread", severity=Severity.INFO, help="write it `a/b.rs`"),
    )
    return replace(sample, register=register, proofs=proofs, findings=findings)


def without_rules(text):
    """Return SARIF without the version and the pages of rules, which have tests of their own."""
    document = json.loads(text)
    driver = document["runs"][0]["tool"]["driver"]
    assert driver.pop("version") == __version__
    driver["rules"] = [
        {**rule, "help": {**rule["help"], "markdown": "…"}}
        for rule in driver["rules"]
        if rule["id"] in {"parity.row-status", "parity.exception-uncited"}
    ]
    for result in document["runs"][0]["results"]:
        del result["ruleIndex"]
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def without_passed(text):
    """Return JUnit without the rules that found nothing, but for one, and their number."""
    text = re.sub(r'(?<=<testsuites name="sphinx-arco-parity" tests=")\d+', "N", text)
    passed = (
        r' <testsuite name="parity\.(?!duplicate-id)[^>]*>\n  <testcase [^>]*/>\n </testsuite>\n'
    )
    return re.sub(passed, "", text)


AS_KEPT = {
    "sarif.txt": without_rules,
    "parity.sarif": without_rules,
    "junit.txt": without_passed,
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_is_as_it_is_kept(name, project, snapshot):
    if name in {"json.txt", "parity.sarif"}:
        same = {"json.txt": "parity.json", "parity.sarif": "sarif.txt"}[name]
        assert WRITERS[name](project, SHOWN) == WRITERS[same](project, SHOWN)
        return
    snapshot(name, AS_KEPT.get(name, str)(WRITERS[name](project, SHOWN)))


def test_a_strict_report_with_colours_is_as_it_is_kept(project, snapshot):
    shown = replace(SHOWN, colour=True, strict=True, width=60)
    snapshot("text-coloured.txt", FORMATS["text"](project, shown).replace("\x1b", "\\e"))
    snapshot("junit-strict.txt", without_passed(FORMATS["junit"](project, shown)))
