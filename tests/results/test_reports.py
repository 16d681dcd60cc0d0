"""Reports that mean harm, or are none: refused in a sentence, and nothing is lost."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.results import reports
from sphinx_arco_parity.results.reports import Case, ReportError, parse_report, read_report

BOMB = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<testsuite><testcase name="&b;"/></testsuite>'
)


@pytest.mark.parametrize(
    ("raw", "wrong", "line"),
    [
        (BOMB.encode(), "has a document type or entities, which no report needs", 1),
        (b'<?xml version="1.0"?>\n<!DOCTYPE x SYSTEM "file:///etc/passwd"><testsuite/>', "has a document type or entities, which no report needs", 2),
        (b"<testsuite>" * 200, "is nested too deeply", 1),
        (b"<html/>", "is no report of tests: it begins with `html`", 1),
        (b"<testsuite>\n<testcase name='a\0b'/></testsuite>", "is no XML: ", 2),
        (b"<testsuite><testcase name='\xff'/></testsuite>", "is no XML: ", 1),
        (b"<?xml version='1.0' encoding='klingon'?><testsuite/>", "is in an encoding that is not known", 1),
        (b"<testsuite>", "is no XML: ", 1),
        (b"", "is no XML: ", 1),
        (b"\n{", "is no JSON: ", 2),
        (b'{"results": {}}', "is no report of tests: it has no `results.tests`, as CTRF has", 1),
        (b'{"a": ' + b"[" * 100_000, "is no JSON that can be read", 1),
    ],
)  # fmt: skip
def test_what_is_no_report(raw, wrong, line):
    with pytest.raises(ReportError) as caught:
        list(parse_report(raw))
    said = str(caught.value)
    assert (said[: len(wrong)] if wrong.endswith(": ") else said, caught.value.line) == (
        wrong,
        line,
    )


def test_a_report_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(reports, "_MOST", 10)
    file = tmp_path / "x.xml"
    file.write_bytes(b"<testsuite/>")
    with pytest.raises(ReportError, match="is larger than"):
        read_report(file)
    with pytest.raises(ReportError, match="cannot be read: No such file"):
        read_report(tmp_path / "y.xml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings(encoding):
    name = encoding.removesuffix("-sig")
    text = f"<?xml version='1.0' encoding='{name}'?><testsuite><testcase name='é'/></testsuite>"
    (case,) = parse_report(text.encode(encoding))
    assert (case.name, case.outcome) == ("é", "passed")


def test_output_is_passed_over_and_a_retry_that_passes_is_no_failure():
    text = (
        "<testsuite><testcase name='a'><flakyFailure message='once'/><system-out>"
        f"{'x' * 100_000}</system-out></testcase><testcase name='b'><failure>first\nsecond</failure>"
        "<rerunFailure message='again'/></testcase><testcase name='c'><error message=''/></testcase></testsuite>"
    )
    found = [(case.name, case.outcome, case.detail) for case in parse_report(text.encode())]
    assert found == [("a", "passed", ""), ("b", "failed", "first"), ("c", "failed", "")]


def test_a_case_of_junit_is_read_whole():
    text = """<testsuites name="vitest tests">
      <testsuite name="outer" file="outer.js"><testsuite name="inner" file="inner.js">
        <testcase name="a" classname="c" file="own.js" status="run">
          <failure message="no  such&#10;thing" type="T">more</failure></testcase>
        <testcase name="b"><skipped type="pytest.skip" message=""/></testcase></testsuite>
        <testcase name="d" result="suppressed"/></testsuite>
      <testsuite><testcase name="e"><error type="OnlyAType"/></testcase></testsuite></testsuites>"""
    one, two = ({"runner": "vitest tests", "report": f"r.xml#{n}"} for n in (1, 2))
    assert list(parse_report(text.encode(), "r.xml")) == [
        Case(name="a", outcome="failed", classname="c", file="own.js", suites=("outer", "inner"),
             status="run", detail="no such", **one),
        Case(name="b", outcome="skipped", file="inner.js", suites=("outer", "inner"),
             detail="pytest.skip", **one),
        Case(name="d", outcome="skipped", file="outer.js", suites=("outer",), **one),
        Case(name="e", outcome="failed", detail="OnlyAType", **two),
    ]  # fmt: skip
    (alone,) = parse_report(b'<testsuite name="s"><testcase name="a"/></testsuite>', "r.xml")
    assert alone == Case(name="a", outcome="passed", suites=("s",), report="r.xml#1")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b" \n"])
def test_a_case_of_ctrf_is_read_whole(mark):
    text = b"""{"results": {"tests": [
      {"name": "a", "status": "passed", "suite": "s > t", "filePath": "a.js", "message": "m  n\\no"},
      {"name": "b", "status": "pending", "suite": ["s > t", "", 3]},
      {"name": null, "status": "failed", "suite": null, "filePath": null, "message": null}, 3]}}"""
    assert list(parse_report(mark + text, "r.json")) == [
        Case(name="a", outcome="passed", file="a.js", suites=("s", "t"), detail="m n", report="r.json#"),
        Case(name="b", outcome="skipped", suites=("s > t", "3"), report="r.json#"),
        Case(name="", outcome="failed", report="r.json#"),
    ]  # fmt: skip


def test_what_is_kept_of_a_case_is_bounded():
    long = "x" * 3000
    xml = f'<testsuite name="{long}"><testcase name="{long}" classname="{long}" file="{long}"'
    xml += f' status="{long}"><failure message="{long}"/></testcase></testsuite>'
    ctrf = f'{{"name": "{long}", "filePath": "{long}", "message": "{long}", "suite": ["{long}"]}}'
    cases = [
        *parse_report(xml.encode()),
        *parse_report(f'{{"results": {{"tests": [{ctrf}]}}}}'.encode()),
    ]
    for case in cases:
        assert (len(case.name), len(case.file), len(case.detail)) == (2000, 2000, 200)
        assert [len(suite) for suite in case.suites] == [2000]
    assert (len(cases[0].classname), len(cases[0].status)) == (2000, 20)
