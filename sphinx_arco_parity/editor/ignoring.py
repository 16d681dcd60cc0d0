"""The edit of the configuration that silences a finding, with a reason to be filled in."""

from __future__ import annotations

import ast
import json
import re
import tomllib

from lsprotocol import types

from sphinx_arco_parity.cli.conf_text import ConfText
from sphinx_arco_parity.editor.page import Page
from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.settings.toml import SHARED, toml_key, toml_value

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
    if not (_holds_toml(text, file.path, finding) if is_toml else _holds_conf(text, finding)):
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


def _holds_conf(text: str, finding: Finding) -> bool:
    node = ConfText(text).values.get("parity_ignore")
    try:
        value = ast.literal_eval(node) if node is not None else {}
    except (ValueError, TypeError, SyntaxError):
        return False
    return bool(value.get(finding.rule, {}).get(finding.item) == _REASON)


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


def _holds_toml(text: str, path: str, finding: Finding) -> bool:
    try:
        value = tomllib.loads(text)
    except ValueError:
        return False
    if path.endswith(SHARED):
        value = value.get("tool", {}).get("arco-parity", {})
    return bool(value.get("ignore", {}).get(finding.rule, {}).get(finding.item) == _REASON)
