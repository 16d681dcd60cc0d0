"""SARIF 2.1.0, for code scanning: the findings with the help of each rule.

The form is that of the OASIS standard; ``tests/exports`` holds it to the published schema.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any
from urllib.parse import quote

from sphinx_arco_parity import __version__
from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.exports.presentation import Presentation
from sphinx_arco_parity.exports.spans import Span, item_of, literal_of
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.model.rule_names import RULE_NAMES, RULES, RULES_BY_NAME, Rule
from sphinx_arco_parity.rules.pages import page
from sphinx_arco_parity.text.blocks.tables import cell_end
from sphinx_arco_parity.text.words import plain


@cache
def rule_page(name: str) -> str:
    """Return the Markdown page of the rule *name*, or its sentence if it has none.

    :raises KeyError: if there is no such rule.
    """
    try:
        return page(name)
    except FileNotFoundError:
        return sentence(RULES_BY_NAME[name].sentence)


def sentence(text: str) -> str:
    """Return *text* with a capital letter and a full stop."""
    return f"{text[:1].upper()}{text[1:]}."


_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
    Severity.OFF: "none",
}
_INDEX = {name: number for number, name in enumerate(RULE_NAMES)}
_ROOT = "SRCROOT"


def sarif(assessment: Assessment, shown: Presentation) -> str:
    """Return the findings as one run; paths are relative to the repository's root."""
    rules = [_rule(rule) for rule in RULES]
    driver = {"name": "sphinx-arco-parity", "version": __version__, "rules": rules}
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "invocations": [{"executionSuccessful": True}],
        "results": [_result(finding, shown) for finding in assessment.findings],
    }
    if shown.commit:
        run["properties"] = {"commit": shown.commit}
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    summary, level = {"text": sentence(plain(rule.sentence))}, _LEVELS[rule.severity]
    return {
        "id": f"parity.{rule.name}",
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": summary,
        "fullDescription": summary,
        "help": {**summary, "markdown": rule_page(rule.name)},
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": ["parity", "documentation"],
            "problem.severity": level if level in {"error", "warning"} else "recommendation",
        },
    }


def _result(finding: Finding, shown: Presentation) -> dict[str, Any]:
    text = f"{finding.message}\n{finding.help}" if finding.help else finding.message
    # In a SARIF message `[text](target)` is a link and `{0}` a placeholder.
    text = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    text = text.replace("{", "{{").replace("}", "}}")
    return {
        "ruleId": f"parity.{finding.rule}",
        "ruleIndex": _INDEX[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": _locations(finding, shown),
        **_fixes(finding, shown),
        "partialFingerprints": {"parityFinding/v1": finding.id},
        "properties": {"item": finding.item},
    }


def _locations(finding: Finding, shown: Presentation) -> list[dict[str, Any]]:
    if not finding.place.path:
        return []
    span = literal_of(finding, shown.source_line)
    region = _region(span) if span else {"startLine": max(1, finding.place.line)}
    return [{"physicalLocation": {"artifactLocation": _artifact(finding), "region": region}}]


def _artifact(finding: Finding) -> dict[str, str]:
    return {"uri": quote(finding.place.path, safe="/"), "uriBaseId": _ROOT}


def _region(span: Span) -> dict[str, int]:
    """Return the region of *span*, whose columns count as :data:`columnKind` says."""
    before, within = (
        len(text.encode("utf-16-le", "surrogatepass")) // 2
        for text in (span.text[: span.start], span.text[span.start : span.end])
    )
    return {
        "startLine": span.line,
        "startColumn": before + 1,
        "endLine": span.line,
        "endColumn": before + within + 1,
    }


def _fixes(finding: Finding, shown: Presentation) -> dict[str, Any]:
    """Return what ``arco-parity fix`` would write, where the item of evidence is on one line."""
    item = item_of(finding, shown.source_line) if finding.is_fixable else None
    if item is None or finding.fix is None:
        return {}
    # Most builds write other formats, and load no grammar if no page is read.
    from sphinx_arco_parity.notation import rewritten  # noqa: PLC0415

    old = item.text[item.start : item.end]
    new = rewritten(old, finding.fix)
    if len(new) != len(old):
        # It may be in a table that another length would break.
        lines = [shown.source_line(finding.place.path, n + 1) or "" for n in range(item.line)]
        if cell_end(lines, item.line - 1, item.start) is not None:
            return {}
    if new == old:
        return {}
    change = {"deletedRegion": _region(item), "insertedContent": {"text": new}}
    changes = [{"artifactLocation": _artifact(finding), "replacements": [change]}]
    return {"fixes": [{"description": {"text": finding.help}, "artifactChanges": changes}]}
