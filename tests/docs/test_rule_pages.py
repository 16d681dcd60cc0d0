"""The page of each rule shows a finding that its example really gives.

The example is put into a small project, which is checked; `UPDATE_SNAPSHOTS=1` writes what is
printed into the pages.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import sphinx_arco_parity
from sphinx_arco_parity.cli import main
from sphinx_arco_parity.model.rule_names import RULE_NAMES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = Path(sphinx_arco_parity.__file__).parent / "rules" / "pages"
_EXAMPLE = re.compile(
    r"^(`{3,})\w+\n(.*?)^\1$.*?gives\n\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
_MATRIX, _REGISTER = "docs/parity/matrix.md", "docs/audits/exceptions.md"
_CONF = "docs/conf.py"
_WORKFLOW = ".github/workflows/ci.yml"


def _cited(ci):
    tests = "`crates/flow/tests/tick.rs` (`test_tick`)"
    return (
        "# Parity matrix\n\n| Capability | Status | Tests | CI |\n|---|---|---|---|\n"
        f"| Schedules tick | Implemented | {tests} | {ci} |\n"
    )


def _workflow(run, on="pull_request"):
    head = f"on: {on}\n" if "\n" not in on else on
    return f"{head}jobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      {run}\n"


def _results(*tests):
    """Return the file of what *tests*, of ``tests/test_tick.py``, gave."""
    told = [
        {"path": "tests/test_tick.py", "test": name, "result": result, "detail": detail}
        for name, result, detail in tests
    ]
    return json.dumps({"schema_version": 1, "commit": None, "unmatched": 0, "tests": told})


def _adr(number, title, status):
    return f"# ADR {number}: {title}\n\nStatus: {status}\n"


_TESTS = "def test_tick():\n    assert 1\n\n\ndef test_late():\n    assert 1\n"
_RESULTS = "docs/parity.results.json"
_STEP = "- run: cargo test --workspace"
_QUOTED = "`.github/workflows/ci.yml` (job `test`: `cargo test --workspace`)"
FILES = {
    _CONF: 'project = "Flow"\nextensions = ["myst_parser", "sphinx_arco_parity"]\n'
    'parity_product = "Arco Flow"\nparity_reference = "Dagster OSS"\n'
    'parity_tables = {"exceptions": ["audits/*exceptions"], "matrix": ["parity/matrix"]}\n'
    'parity_required_evidence = {"Implemented": []}\nparity_milestones = ["M1", "M2", "M3"]\n',
    "docs/index.md": "# Arco Flow\n\n```{toctree}\n:glob:\n\n**\n```\n",
    _MATRIX: "# Parity matrix\n\n| Capability | Status |\n|---|---|\n| Sensors | Planned |\n",
    _REGISTER: "# Exceptions\n\n| ID | Capability | Decision | Type |\n|---|---|---|---|\n"
    "| EX-03 | Web UI | Deferred | Deferral |\n",
    "docs/plans/2025-ticks.md": "# Ticks\n",
    "docs/adr/adr-020-domain.md": _adr("020", "Domain", "Superseded by ADR 025"),
    "docs/adr/adr-025-backfills.md": _adr("025", "Backfills", "Accepted"),
    "docs/adr/adr-026-partitions.md": _adr("026", "Partitions", "Proposed"),
    "Cargo.toml": '[workspace]\nmembers = ["crates/flow"]\n',
    "crates/flow/Cargo.toml": '[package]\nname = "flow"\nversion = "0.1.0"\n',
    "crates/flow/src/lib.rs": "pub mod schedule;\npub mod tick;\n",
    "crates/flow/src/schedule.rs": "pub struct Scheduler;\n",
    "crates/flow/src/tick.rs": "\n" * 136 + "pub fn next_tick() {}\n",
    "crates/flow/tests/tick.rs": "#[test]\nfn test_tick() {}\n",
    "scripts/demo.sh": "echo 1\necho 2\necho 3\n",
    _WORKFLOW: _workflow(_STEP),
}

#: Where the example goes, if not under a heading into the file that the finding names.
PLACES = {
    "baseline-outdated": ("docs/parity.baseline.json", "{}"),
    "ci-command-misses-test": (_WORKFLOW, _workflow("{}")),
    "ci-command-not-found": (_MATRIX, _cited("{}")),
    "ci-job-not-found": (_MATRIX, _cited("{}")),
    "ci-not-gating": (_WORKFLOW, _workflow(_STEP, "{}\n")),
    "difference-undeclared": ("tests/test_tick.py", "import pytest\n\n\n{}"),
    "exception-stale": ("tests/xfails.txt", "{}"),
    "evidence-moved": (_MATRIX, "# Parity matrix\n\n{}"),
    "test-disabled": ("crates/flow/tests/tick.rs", "{}"),
    "test-expected-to-fail": ("tests/test_tick.py", "import pytest\n\n{}"),
    "unreadable-file": (_WORKFLOW, _workflow("{}")),
}
#: What the project has besides, or instead.
FURTHER = {
    "baseline-outdated": {_CONF: 'parity_baseline = "parity.baseline.json"\n'},
    "ci-command-misses-test": {_MATRIX: _cited(_QUOTED)},
    "ci-not-gating": {_MATRIX: _cited(_QUOTED)},
    "difference-undeclared": {_CONF: 'parity_rules = {"difference-undeclared": "error"}\n'},
    "exception-stale": {
        _CONF: 'parity_expected_failures = ["tests/xfails.txt"]\n',
        "tests/test_tick.py": "def test_half_steps():\n    assert 1\n",
        _RESULTS: _results(("test_half_steps", "passed", None)),
    },
    "evidence-not-canonical": {_CONF: 'parity_evidence = {"code": ["crates/**"]}\n'},
    "prose-claim": {_CONF: "parity_prose = True\n"},
    "revisit-due": {_CONF: 'parity_milestone = "M2"\n'},
    "result-stale": {"tests/test_tick.py": _TESTS},
    "row-without-result": {
        _CONF: 'parity_required_results = {"Implemented": "passed"}\n',
        "tests/test_tick.py": _TESTS,
        _RESULTS: _results(("test_late", "passed", None), ("test_tick", "skipped", None)),
    },
    "row-without-evidence": {
        _CONF: 'parity_required_evidence = {"Implemented": ["code", "tests", "ci"]}\n',
        "src/tick.rs": "",
    },
    "test-disabled": {_MATRIX: _cited("-")},
    "test-expected-to-fail": {
        _MATRIX: _cited("-").replace("crates/flow/tests/tick.rs", "tests/test_tick.py")
    },
    "test-failed": {
        "tests/test_tick.py": _TESTS,
        _RESULTS: _results(("test_tick", "failed", "assert 1 == 2")),
    },
    "test-not-run": {
        "tests/test_tick.py": _TESTS,
        _RESULTS: _results(("test_tick", "passed", None), ("test_late", "not-run", None)),
    },
    "unreadable-file": {_MATRIX: _cited(_QUOTED)},
}


def laid_out(rule, example, shown):
    """Return the text of each file of the project in which *rule* finds *example*."""
    files = dict(FILES)
    for path, text in FURTHER.get(rule, {}).items():
        files[path] = files[path] + text if path == _CONF else text
    path, form = PLACES.get(rule, (shown.partition(":")[0], "# Page\n\n{}"))
    if rule == "duplicate-adr":
        return {**files, **{name: _adr("024", name, "Accepted") for name in example.split()}}
    if path == _CONF:
        return {**files, path: files[path] + example}
    indent = "\n" + " " * (len(form.partition("{}")[0].rpartition("\n")[2]))
    return {**files, path: form.replace("{}", example.strip().replace("\n", indent)) + "\n"}


def git(root, *words):
    """Run git for a user of no machine, on one day, so that each commit has one name."""
    day = "2026-01-10T10:00:00+00:00"
    people = {
        f"GIT_{who}_{what}": "ada@example.org"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    dates = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day, "GIT_CONFIG_GLOBAL": os.devnull}
    env = {**os.environ, **people, **dates}
    subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, env=env)


@pytest.fixture
def check(tmp_path, monkeypatch, capsys):
    """Return a function that writes files, and runs commands on them."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "-q")

    def run(files, *words):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        git(tmp_path, "add", "-A")
        capsys.readouterr()
        main(words)
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize("rule", RULE_NAMES)
def test_a_page_shows_what_its_example_gives(check, rule):
    page = PAGES / f"{rule}.md"
    text = page.read_text(encoding="utf-8")
    found = _EXAMPLE.search(text)
    files = laid_out(rule, found[2], found[3])
    if rule == "result-stale":
        check(files, "check", "docs")
        git(Path.cwd(), "commit", "-qm", "ticks")
        report = '<testsuite><testcase classname="tests.test_tick" name="test_tick"/></testsuite>'
        check({"reports/pytest.xml": report}, "results", "reports/pytest.xml")
        files["tests/test_tick.py"] += "\n"
        check(files, "check", "docs")
        git(Path.cwd(), "commit", "-qm", "more")
    if rule == "review-due":
        before = {**files, _MATRIX: files[_MATRIX].replace("Implemented", "Partial")}
        check(before, "review", "docs", "--all", "--by", "Ada")
    output = check(files, "check", "docs", "--quiet", "--select", rule)
    if os.environ.get("UPDATE_SNAPSHOTS"):
        start, end = found.span(3)
        page.write_text(f"{text[:start]}{output.strip()}\n{text[end:]}", encoding="utf-8")
    else:
        assert found[3].strip() == output.strip()
        assert f"[parity.{rule}]" in output
        assert re.search(r"^  help: [^A-Z]", output, re.MULTILINE)


@pytest.mark.parametrize("name", ["fix-a-finding", "unknown-evidence"])
def test_what_a_reader_looks_for_is_what_is_printed(name):
    page = (DOCS / "how-to" / f"{name}.md").read_text(encoding="utf-8")
    quoted = [
        text for row in re.findall(r"^\| (\*.*?) \|", page, re.MULTILINE) for text in _parts(row)
    ]
    # The last has messages of paths that may be several, each compared whole.
    kept = [ROOT / "tests/proof/snapshots/verdicts.txt", ROOT / "tests/proof/test_meant.py"]
    printed = "".join(path.read_text(encoding="utf-8") for path in (*PAGES.glob("*.md"), *kept))
    assert len(quoted) > 5
    assert [text for text in quoted if text not in printed] == []


def _parts(row):
    """Return the words that are printed as they are, between those that differ."""
    for phrase in re.findall(r"\*([^*]+)\*", row):
        yield from (part.strip() for part in phrase.split("…") if part.strip())
