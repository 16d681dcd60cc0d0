"""JUnit XML, for the test reports of CI servers.

A suite for each rule and a case for each finding; a rule that found nothing is one case
that passes.  Warnings fail with ``--strict`` only; infos are skipped cases.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.exports.presentation import Presentation
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.model.rule_names import RULES, Rule
from sphinx_arco_parity.text.xml_text import xml_attribute, xml_text


def junit(assessment: Assessment, shown: Presentation) -> str:
    """Return the findings as a JUnit report, by rule."""
    by_rule = defaultdict[str, list["Finding"]](list)
    for finding in assessment.findings:
        by_rule[finding.rule].append(finding)
    tests = sum(max(1, len(by_rule[rule.name])) for rule in RULES)
    failures = sum(_fails(finding, shown) for finding in assessment.findings)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        (
            f'<testsuites name="sphinx-arco-parity" tests="{tests}" '
            f'failures="{failures}" errors="0" time="0">'
        ),
    ]
    for rule in RULES:
        lines += _suite(rule, by_rule[rule.name], shown)
    return "\n".join([*lines, "</testsuites>", ""])


def _fails(finding: Finding, shown: Presentation) -> bool:
    grave = (Severity.ERROR, Severity.WARNING) if shown.strict else (Severity.ERROR,)
    return finding.severity in grave


def _suite(rule: Rule, findings: Sequence[Finding], shown: Presentation) -> list[str]:
    failures = sum(_fails(finding, shown) for finding in findings)
    skipped = sum(finding.severity is Severity.INFO for finding in findings)
    head = (
        f' <testsuite name="parity.{rule.name}" tests="{max(1, len(findings))}" '
        f'failures="{failures}" errors="0" skipped="{skipped}" time="0">'
    )
    if not findings:
        name = xml_attribute(f"never: {rule.sentence}")
        case = f'  <testcase classname="parity.{rule.name}" name="{name}" time="0"/>'
        return [head, case, " </testsuite>"]
    lines, seen = [head], Counter[str]()
    for finding in findings:
        name = f"{finding.place.shown(shown.shown_path)} {finding.item}"
        seen[name] += 1
        # A server that compares two runs needs the names of one run to differ.
        number = f" ({seen[name]})" if seen[name] > 1 else ""
        lines += _case(finding, name + number, shown)
    return [*lines, " </testsuite>"]


def _case(finding: Finding, name: str, shown: Presentation) -> list[str]:
    place = finding.place.shown(shown.shown_path)
    whole = f"{place}: {finding.severity}: {finding.message} [parity.{finding.rule}]"
    whole += f"\nhelp: {finding.help}" if finding.help else ""
    message, text = xml_attribute(finding.message), xml_text(whole)
    head = f'  <testcase classname="parity.{finding.rule}" name="{xml_attribute(name)}" time="0">'
    if _fails(finding, shown):
        body = f'   <failure type="parity.{finding.rule}" message="{message}">{text}</failure>'
    elif finding.severity is Severity.INFO:
        body = f'   <skipped message="{message}">{text}</skipped>'
    else:
        body = f"   <system-out>{text}</system-out>"
    return [head, body, "  </testcase>"]
