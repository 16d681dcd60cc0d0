"""Findings as diagnostics, at the literal, and their quick fixes.

Those are what ``arco-parity fix`` does, and what a finding itself proposes.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from importlib.resources import as_file, files
from typing import Any

from lsprotocol import types

from sphinx_arco_parity.cli.conf_text import ConfText
from sphinx_arco_parity.cli.line_edits import OPTIONS, Move, moves_of, places_of, rewrite, smallest
from sphinx_arco_parity.editor.page import Page
from sphinx_arco_parity.exports.spans import Span, span_of, words_of
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.rules import pages
from sphinx_arco_parity.settings.toml import SHARED, toml_key, toml_value
from sphinx_arco_parity.text.blocks import is_markdown
from sphinx_arco_parity.text.words import is_empty

SOURCE = "arco-parity"
_LEVELS = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


def diagnostics(page: Page) -> dict[str, list[types.Diagnostic]]:
    """Return the absolute path of each file with findings, and these; *page* is any."""
    found: dict[str, list[types.Diagnostic]] = {}
    opened: dict[str, Page] = {}
    for finding in page.judged.run.assessment.findings:
        path = finding.place.path
        own = opened.setdefault(path, page.other(path))
        found.setdefault(own.absolute(path), []).append(diagnostic(own, finding))
    return found


def diagnostic(page: Page, finding: Finding) -> types.Diagnostic:
    """Return *finding*, of the file that *page* is."""
    text = f"{finding.message}\n{finding.help}" if finding.help else finding.message
    template = page.judged.run.project.settings.rules_url
    if template:
        address = template.format(rule=finding.rule)
    else:  # the page that is shipped
        with as_file(files(pages) / f"{finding.rule}.md") as path:
            address = path.as_uri()
    return types.Diagnostic(
        range=range_of(page, finding),
        message=text,
        severity=_LEVELS[finding.severity],
        code=finding.rule,
        code_description=types.CodeDescription(address),
        source=SOURCE,
        data=finding.id,
    )


def range_of(page: Page, finding: Finding) -> types.Range:
    """Return where the wrong literal stands, or else the line."""
    span = span_of(finding, lambda path, line: page.line(line) if path == page.path else None)
    if span is None:
        return page.span(finding.place.line, 0, len(page.line(finding.place.line)))
    return page.span(span.line, span.start, span.end)


_REASON = "say why"
#: Which are about the configuration itself.
_NEVER = frozenset({"configuration", "ignore-unused", "baseline-outdated"})


def ignoring(page: Page, finding: Finding) -> types.WorkspaceEdit | None:
    """Return the edit that adds *finding* to ``parity_ignore``; ``None`` where none is sure."""
    project = page.judged.run.project
    if finding.rule in _NEVER or not finding.item:
        return None
    file = page.other(project.config_path)
    if not file.text or (project.settings.ignore and "ignore" not in file.text):
        return None  # it is set elsewhere, which this would put out of force
    is_toml = project.config_path.endswith(".toml")
    found = _in_toml(file, finding) if is_toml else _in_conf(file, finding)
    if found is None:
        return None
    at, new = found
    text = file.text[:at] + new + file.text[at:]
    ignored = _ignored_toml(text, file.path) if is_toml else _ignored_conf(text)
    if ignored.get(finding.rule, {}).get(finding.item) != _REASON:
        return None
    edit = types.TextEdit(file.between(at, at), new)
    return types.WorkspaceEdit(changes={file.uri(file.path): [edit]})


def _in_conf(file: Page, finding: Finding) -> tuple[int, str] | None:
    """Return the offset in ``conf.py`` at which to put a text, and that text."""
    rule, item, reason = map(json.dumps, (finding.rule, finding.item, _REASON))
    conf = ConfText(file.text)
    node = conf.values.get("parity_ignore")
    if node is None:
        end = "" if file.text.endswith("\n") else "\n"
        return len(file.text), f"{end}parity_ignore = {{{rule}: {{{item}: {reason}}}}}\n"
    if not isinstance(node, ast.Dict):
        return None
    for key, entries in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant) and key.value == finding.rule:
            if not isinstance(entries, ast.Dict):
                return None
            return _after(file, entries), f"{item}: {reason}, "
    return _after(file, node), f"{rule}: {{{item}: {reason}}}, "


def _after(file: Page, node: ast.Dict) -> int:
    """Return the offset after the brace with which *node* begins."""
    lines = file.text.splitlines(keepends=True)
    before = lines[node.lineno - 1].encode()[: node.col_offset].decode()
    return sum(map(len, lines[: node.lineno - 1])) + len(before) + 1


def _ignored_conf(text: str) -> dict[str, Any]:
    node = ConfText(text).values.get("parity_ignore")
    try:
        ignored: dict[str, Any] = ast.literal_eval(node) if node is not None else {}
    except (ValueError, TypeError, SyntaxError):
        return {}
    return ignored


def _in_toml(file: Page, finding: Finding) -> tuple[int, str]:
    """Return the offset in the TOML at which to put a text, and that text."""
    prefix = "tool.arco-parity." if file.path.endswith(SHARED) else ""
    table = f"[{prefix}ignore.{toml_key(finding.rule)}]"
    entry = f"{toml_key(finding.item)} = {toml_value(_REASON)}\n"
    header = re.search(rf"(?m)^{re.escape(table)}[ \t]*\n", file.text)
    if header is not None:
        return header.end(), entry
    end = "" if file.text.endswith("\n") else "\n"
    return len(file.text), f"{end}\n{table}\n{entry}"


def _ignored_toml(text: str, path: str) -> dict[str, Any]:
    try:
        value: Any = tomllib.loads(text)
    except ValueError:
        return {}
    value = value.get("tool", {}).get("arco-parity", {}) if path.endswith(SHARED) else value
    ignored: dict[str, Any] = value.get("ignore", {})
    return ignored


_ASKING = ("row-without-exception", "claim-without-exception", "prose-claim")
_MOST = 5
_DIRECTIVE = re.compile(r"(?P<margin>\s*)(?:[`:~]{3,}\{|(?P<rst>\.\. ))parity[-:](?:row|claim)\b")
_OPTION = re.compile(r"\s*:exceptions:(?P<value>.*)$")


def citing(page: Page, finding: Finding) -> Iterator[tuple[str, types.TextEdit]]:
    """Yield the ids that may be cited, the likeliest first, each with the edit that cites it."""
    if finding.rule not in _ASKING:
        return
    register = page.judged.register
    row = register.rows_by_id.get(finding.item)
    if finding.rule == "row-without-exception" and row is not None:
        about = {e.id: e.capability.casefold() for e in register.exceptions_by_id.values()}
        own = row.capability.casefold()
        candidates = sorted(about, key=lambda i: -SequenceMatcher(None, about[i], own).ratio())
    else:
        candidates = list(filter(register.is_declared, register.id_shapes.tokens(finding.help)))
    for identifier in candidates[:_MOST]:
        edit = _edit(page, finding, identifier)
        if edit is not None:
            yield identifier, edit


def _edit(page: Page, finding: Finding, identifier: str) -> types.TextEdit | None:
    line = finding.place.line
    if finding.rule == "prose-claim":
        return _with_role(page, line, identifier)
    declared = page.declared_at(line)
    cell = page.cell(declared, "exceptions") if declared is not None else None
    if cell is not None:
        return _with_item(page, cell.line, cell.start, cell.end, identifier)
    directive = _DIRECTIVE.match(page.line(line))
    return _with_option(page, line, directive, identifier) if directive else None


def _with_item(page: Page, line: int, start: int, end: int, identifier: str) -> types.TextEdit:
    """Put *identifier* into a cell or option, after what is there."""
    written = page.line(line)[start:end]
    if is_empty(written):
        return types.TextEdit(page.span(line, start, end), identifier)
    return types.TextEdit(page.span(line, end, end), f", {identifier}")


def _with_option(
    page: Page, line: int, directive: re.Match[str], identifier: str
) -> types.TextEdit:
    for number in range(line + 1, len(page.lines) + 1):
        text = page.line(number)
        option = _OPTION.match(text)
        if option is not None:
            start = option.start("value")
            start += len(option["value"]) - len(option["value"].lstrip())
            return _with_item(page, number, start, len(text.rstrip()), identifier)
        if not text.lstrip().startswith(":"):
            break
    margin = directive["margin"] + ("   " if directive["rst"] else "")
    end = len(page.line(line))
    return types.TextEdit(page.span(line, end, end), f"\n{margin}:exceptions: {identifier}")


def _with_role(page: Page, line: int, identifier: str) -> types.TextEdit:
    """Put the role at the end of the paragraph."""
    while page.line(line + 1).strip():
        line += 1
    name = "{exception}" if is_markdown(page.text, page.path) else ":exception:"
    end = len(page.line(line).rstrip())
    return types.TextEdit(page.span(line, end, end), f" ({name}`{identifier}`)")


_MEANT = re.compile(r"did you mean (?:`([^`\n]+)`|([^\s?;`]+)(?=[?]| \())")
#: How like a word must be to what was meant instead.
_ALIKE = 0.5
_FIX_ALL = types.CodeActionKind("source.fixAll")


def actions(page: Page, wanted: types.Range) -> list[types.CodeAction]:
    """Return the fixes of the findings that *wanted* touches, and one of all moved lines."""
    found: list[types.CodeAction] = []
    every = moves_of(page.judged.run.assessment, OPTIONS)
    moves = [move for move in every if move.place.path == page.path]
    for finding in page.judged.run.assessment.findings:
        if finding.place.path == page.path:
            place = range_of(page, finding)
            if place.start.line <= wanted.end.line and wanted.start.line <= place.end.line:
                found += _of_finding(page, finding, moves)
    edit = _moved(page, [move for move in moves if not move.fix.option])
    if edit is not None:
        title = "Rewrite the lines of all evidence that has moved"
        found.append(types.CodeAction(title, kind=_FIX_ALL, edit=_edited(page, edit)))
    return found


def _of_finding(page: Page, finding: Finding, moves: Sequence[Move]) -> Iterator[types.CodeAction]:
    problem = [diagnostic(page, finding)]

    def action(title: str, edit: types.WorkspaceEdit, *, best: bool = False) -> types.CodeAction:
        kind = types.CodeActionKind.QuickFix
        return types.CodeAction(title, kind, problem, is_preferred=best or None, edit=edit)

    own = [m for m in moves if m.place == finding.place and m.message == finding.message]
    moved = _moved(page, own)
    if moved is not None and finding.fix is not None:
        fix = finding.fix
        what = f"line {fix.new_line}" if fix.new_path == fix.path else f"`{fix.new_path}`"
        yield action(f"Cite {what}", _edited(page, moved), best=not fix.option)
    meant = _meant(page, finding)
    if meant is not None:
        span, word = meant
        new = types.TextEdit(page.span(span.line, span.start, span.end), word)
        yield action(f"Write `{word}`", _edited(page, new), best=True)
    for identifier, cited in citing(page, finding):
        yield action(f"Cite {identifier}", _edited(page, cited))
    ignored = ignoring(page, finding)
    if ignored is not None:
        yield action(f"Ignore `{finding.rule}` for {finding.item}, with a reason", ignored)


def _edited(page: Page, *edits: types.TextEdit) -> types.WorkspaceEdit:
    return types.WorkspaceEdit(changes={page.uri(page.path): list(edits)})


def _moved(page: Page, moves: Sequence[Move]) -> types.TextEdit | None:
    """Return the edit that rewrites the lines of *moves*, if any of them can be."""
    if not moves:
        return None
    declared = places_of(page.judged.run.assessment).get(page.path, [])
    new = rewrite(page.text, page.path, moves, declared).text
    if new == page.text:
        return None
    edit = smallest(page.text, new, 0)
    return types.TextEdit(page.between(edit.start, edit.end), edit.text)


def _meant(page: Page, finding: Finding) -> tuple[Span, str] | None:
    """Return the wrong word and what was meant, if the finding says one thing only."""
    said = {a or b for a, b in _MEANT.findall(f"{finding.message}\n{finding.help}")}
    if len(said) != 1:
        return None
    word = said.pop()
    spans = [
        (SequenceMatcher(None, text.casefold(), word.casefold()).ratio(), -span.start, span)
        for span in words_of(finding, lambda _path, line: page.line(line))
        if (text := span.text[span.start : span.end]) not in {word, finding.item}
        and span.text.count(text) == 1
    ]
    likeness, _, span = max(spans, default=(0.0, 0, None), key=lambda found: found[:2])
    return (span, word) if span is not None and likeness >= _ALIKE else None
