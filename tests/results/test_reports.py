"""Reports that mean harm, or are none: refused in a sentence, and nothing is lost."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.results import reports
from sphinx_arco_parity.results.reports import ReportError, parse_report, read_report

BOMB = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<testsuite><testcase name="&b;"/></testsuite>'
)


@pytest.mark.parametrize(
    ("raw", "wrong", "line"),
    [
        (BOMB.encode(), "document type or entities", 1),
        (b'<?xml version="1.0"?>\n<!DOCTYPE x SYSTEM "file:///etc/passwd"><testsuite/>', "document type", 2),
        (b"<testsuite>" * 200, "nested too deeply", 1),
        (b"<html/>", "is no report of tests: it begins with `html`", 1),
        (b"<testsuite>\n<testcase name='a\0b'/></testsuite>", "is no XML", 2),
        (b"<testsuite><testcase name='\xff'/></testsuite>", "is no XML", 1),
        (b"<?xml version='1.0' encoding='klingon'?><testsuite/>", "encoding", 1),
        (b"<testsuite>", "is no XML", 1),
        (b"", "is no XML", 1),
        (b"\n{", "is no JSON", 2),
        (b'{"results": {}}', "no `results.tests`", 1),
        (b'{"a": ' + b"[" * 100_000, "no JSON that can be read", 1),
    ],
)  # fmt: skip
def test_what_is_no_report(raw, wrong, line):
    with pytest.raises(ReportError, match=wrong) as caught:
        list(parse_report(raw))
    assert caught.value.line == line


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
