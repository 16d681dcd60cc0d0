"""Targets: files that are read beside the pages, each with its own error."""

from __future__ import annotations

import json
from datetime import date
from functools import cache

from fuzzing import seeds, vocabulary
from fuzzing.target import Target, writable
from fuzzing.workshop import CI, repository
from sphinx_arco_parity.assessment.assess import AssessmentInputs, assess
from sphinx_arco_parity.assessment.baseline import BaselineError, parse_baseline
from sphinx_arco_parity.cli.conf_text import ConfText
from sphinx_arco_parity.declarations.data_files import DataFileError, read_rows
from sphinx_arco_parity.model.table_columns import COLUMNS
from sphinx_arco_parity.repository.adrs import (
    duplicates,
    read_adrs,
    resolve_adr,
    standing,
    successor_chain,
)
from sphinx_arco_parity.repository.expected_failures import listed_marks
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.recipes import recipe_of
from sphinx_arco_parity.repository.selection import Selector, Subject
from sphinx_arco_parity.repository.shell import commands_of
from sphinx_arco_parity.repository.workflows import WorkflowError, read_workflow
from sphinx_arco_parity.results.matching import Matching
from sphinx_arco_parity.results.reports import ReportError, parse_report
from sphinx_arco_parity.results.results_file import ResultsError, parse_results, results_text
from sphinx_arco_parity.review.history import HistoryError, history_text, parse_history
from sphinx_arco_parity.review.lock import LockError, lock_text, parse_lock
from sphinx_arco_parity.settings.options import Settings, read_settings
from sphinx_arco_parity.views.inline import plain_text
from sphinx_arco_parity.views.others import (
    OtherProjectError,
    other_entries,
    parse_other,
)

_MILESTONES = Settings(milestones=["M1", "M2"], milestone="M2")


def _adr(text: str) -> None:
    for path in ("docs/adr/001-a.md", "docs/adr/README.md", "docs/adr/003-c.rst"):
        found = read_adrs(repository({path: text}), Settings())
        writable(found)
        duplicates(found.adrs)
        for one in found.adrs:
            standing(one)
            successor_chain(one, found.adrs)
    resolve_adr(text, found.adrs, near="docs/adr/x.md")


def _workflow(text: str) -> None:
    for path in (".github/workflows/ci.yml", ".github/workflows/reused.yml"):
        try:
            found = read_workflow(repository({path: text}), path)
        except WorkflowError as error:
            writable(str(error))
            continue
        for job in found.jobs:
            writable([one.shell.text for one in job.commands])
        found.jobs_called("t")


_RECIPES = {
    "Makefile": "make a b X=y", "justfile": "just a b", "Taskfile.yml": "task a -- b",
    "noxfile.py": "nox -s a -- b", "pyproject.toml": "poe a b", "tox.ini": "tox -e a-b -- c",
    "package.json": "npm run a -w b -- c", "ci/run": "bash ci/run a",
}  # fmt: skip
_RUNNERS = {
    "jest.config.js": "jest web", "vitest.config.ts": "vitest run", "package.json": "mocha",
}  # fmt: skip


def _recipe(text: str) -> None:
    for path, line in _RECIPES.items():
        [command] = commands_of(line)
        recipe = recipe_of(command, repository({path: text}))
        writable([line.text for line in recipe.lines] if recipe else [])
    test = Subject(path="web/a.test.ts", language="javascript")
    for path, line in _RUNNERS.items():
        [command] = commands_of(line)
        writable(Selector(repository({path: text})).selects(command, test).reason)


_RECIPE_TEXTS = [
    "a := b\na: b\n\techo $(a) $(X)\nb:\n\t$(MAKE) a\n",
    "a p='x': b\n    echo {{p}}\nb:\n    echo\n",
    "version: '3'\ntasks: {a: {deps: [b], cmds: [{task: b, vars: {X: y}}]}, b: 'echo {{.X}}'}\n",
    "import nox\n@nox.session(tags=['t'])\ndef a(session):\n    session.run('b', *session.posargs)\n",
    "[tool.poe.tasks]\na = ['b']\nb = {cmd = 'c'}\n",
    "[testenv:{a,c}-b]\ncommands = a: pytest {posargs:d}\n",
    '{"workspaces": ["*"], "scripts": {"a": "b", "prea": "c"}, "jest": {"testMatch": ["**/*.ts"]}}',
    "export default { test: { include: ['**/*.+(a|b)'], projects: [{ extends: true }] } }",
    "const x = { roots: ['<rootDir>'], testPathIgnorePatterns: ['a'] }; module.exports = x",
]


def _data(text: str) -> None:
    for suffix in (".csv", ".tsv", ".yaml", ".json"):
        lines, said = [], None
        try:
            said = read_rows(text, suffix)
            lines = [row.line for row in said]
        except DataFileError as error:
            lines, said = [error.line], error.reason
        writable(said)
        assert all(line >= 1 for line in lines)


def _lock(text: str) -> None:
    """Read a lock, judge by it, and write it again."""
    try:
        lock = parse_lock(text)
    except LockError as error:
        writable(str(error))
        return
    assert parse_lock(lock_text(lock)) == lock
    given = AssessmentInputs(documents=(), settings=_MILESTONES, lock=lock, as_of=date(2024, 1, 1))
    writable((lock, assess(given).findings))


def _history(text: str) -> None:
    try:
        history = parse_history(text)
    except HistoryError as error:
        writable(str(error))
    else:
        writable(history.rows)
        assert parse_history(history_text(history)).rows == history.rows


def _baseline(text: str) -> None:
    try:
        writable(parse_baseline(text))
    except BaselineError as error:
        writable(str(error))


def _other(text: str) -> None:
    try:
        document = parse_other(text)
    except OtherProjectError as error:
        writable(str(error))
        return
    for kind in COLUMNS:
        for entry in other_entries(kind, document):
            writable([plain_text(cell) for cell in dict(entry.cells).values()])
            writable(dict(entry.facts))


def _options(text: str) -> None:
    """Read what ``conf.py`` may say: its values, and its text for ``init``."""
    conf = ConfText(text)
    writable((conf.names, conf.string("project"), conf.loads_us))
    conf.with_extension()
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return
    if isinstance(values, dict):
        settings, problems = read_settings(values)
        assert settings is not None
        assert all(isinstance(part, str) for one in problems for part in one)


_LOCK = lock_text(parse_lock('{"schema_version": 1, "exceptions": {}, "rows": {}}'))
_LOCKED = (
    '{"schema_version": 1, "milestone": "M1", "rows": {"r": {"status": "Partial"}}, '
    '"exceptions": {"EX-01": {"digest": "d", "milestone": null, "by": "n", '
    '"date": "2024-01-01", "note": ""}}}'
)
_HISTORY = '{"schema_version": 1, "commit": "c", "rows": {"r": [["d", "c", null]]}}'
_BASELINE = '[{"id": "0", "rule": "row-status", "path": "a", "item": "b"}]'
_OTHER = (
    '{"schema_version": 2, "product": "x", "exceptions": [{"id": "EX-01", "cited_by": '
    '{"rows": ["r"]}, "fields": {"Risk": "low"}}], "rows": [{"id": "r", "evidence": '
    '[{"path": "a", "line": 1, "verdict": "gone"}]}], "claims": [{"location": {}}], '
    '"adrs": [{"number": "1"}], "findings": [{"path": "a", "line": 1}]}'
)
_ROWS = [
    "id,capability\nEX-01,a\n",
    "- id: EX-02\n  capability: [a, b]\n",
    '[{"id": "EX-03", "capability": ["a"]}]\n',
    "EX-04: {capability: a}\n",
]
_CONF = [
    "project = 'x'\nextensions = [\n    'myst_parser',\n]\n",
    '{"statuses": {"a": "Planned"}, "rules": {"row-status": "info"}, "ignore": {}}',
]


def _report(text: str) -> None:
    for raw in (text.encode(errors="replace"), text.encode("utf-16", errors="replace")):
        try:
            cases = list(parse_report(raw, "r"))
        except ReportError as error:
            writable([str(error), error.line])
            continue
        found = list(Matching(_tests()).locate(cases))
        assert len(found) == len(cases)
        for case, place in found:
            writable([case.detail, *(place or ())])
            assert place is None or _tests().is_plain_file(place.path)


def _results(text: str) -> None:
    try:
        found = parse_results(text)
    except ResultsError as error:
        writable(str(error))
        return
    assert parse_results(results_text(found)) == found


def _failures(text: str) -> None:
    for name in ("a.txt", "a.yml", "a.json"):
        marks, wrong = listed_marks(repository({name: text, "t/test_a.py": ""}), [name])
        writable([(m.test, m.reason, m.name) for m in marks])
        writable([w.reason for w in wrong])
        assert all(1 <= line.place.line <= text.count("\n") + 1 for line in marks)
        assert all(w.line >= 1 for w in wrong)


@cache
def _tests() -> Repository:
    paths = ("tests/test_a.py", "js/a.test.js", "src/test/java/com/acme/ATest.java", "a_test.cc")
    return repository(dict.fromkeys(paths, ""))


_REPORT = (
    '<testsuites name="nextest-run"><testsuite name="a" file="tests/test_a.py"><testcase name="a[b]"'
    ' classname="tests.test_a.TestA" status="run"><failure message="m" type="t">x</failure></testcase>'
    "</testsuite></testsuites>"
)
_CTRF = '{"results": {"tests": [{"name": "a", "status": "failed", "suite": "b > c", "filePath": "js/a.test.js"}]}}'
_KEPT = '{"schema_version": 1, "commit": null, "unmatched": 0, "tests": [{"path": "a", "test": "b", "result": "passed", "detail": null}]}'
_FAILURES = [
    "# EX-1\ntests/test_a.py::t[a]  # b\n",
    "a: b\nc:\n - d\n - {test: e, x: f}\n",
    '{"a": "b"}',
]


TARGETS = (
    Target(
        name="reports of tests",
        read=_report,
        words=[*vocabulary.JSON, "<testsuite>", "<testcase name='", "'/>", "classname='", "file='", "<skipped/>",
               "<!DOCTYPE", "&a;", "</testsuite>", "com.acme.ATest", "tests.test_a", "../", "::", "/", "."],
        seeds=lambda: [_REPORT, _CTRF], share=20),
    Target(
        name="results", read=_results, words=vocabulary.JSON, seeds=lambda: [_KEPT], share=20),
    Target(
        name="lists of expected failures",
        read=_failures,
        words=[*vocabulary.JSON, "#", "::", " # ", "[", "]", "- ", ": ", "\n", "t/test_a.py"],
        seeds=lambda: _FAILURES, share=20),
    Target(
        name="decision records",
        read=_adr,
        words=vocabulary.ADR,
        seeds=lambda: list(seeds.files("adr/README.md", ".md")), share=12),
    Target(
        name="workflows",
        read=_workflow,
        words=vocabulary.WORKFLOW,
        seeds=lambda: [CI, *seeds.files(".yml", ".yaml")], share=20),
    Target(
        name="recipes",
        read=_recipe,
        words=(*vocabulary.SHELL, *vocabulary.JSON, *"[](){}:=,*$@", "\n", "\n\t", "    "),
        seeds=lambda: _RECIPE_TEXTS, share=10),
    Target(
        name="data files",
        read=_data,
        words=vocabulary.DATA,
        seeds=lambda: [*_ROWS, *seeds.files(".csv")], share=40),
    Target(
        name="locks",
        read=_lock,
        words=vocabulary.JSON,
        seeds=lambda: [_LOCK, _LOCKED, *seeds.files("lock.json")], share=40),
    Target(
        name="histories", read=_history, words=vocabulary.JSON, seeds=lambda: [_HISTORY], share=30),
    Target(
        name="baselines", read=_baseline, words=vocabulary.JSON, seeds=lambda: [_BASELINE], share=30),
    Target(
        name="parity.json",
        read=_other,
        words=vocabulary.JSON,
        seeds=lambda: [_OTHER], share=40),
    Target(
        name="configuration",
        read=_options,
        words=vocabulary.JSON + vocabulary.CODE,
        seeds=lambda: [*_CONF, *seeds.files("conf.py")], share=20),
)  # fmt: skip
