"""Any text in any file that is read: a build ends, with findings and no traceback.

The short form has a few examples, each of which is a whole project with many cells; the
long form runs for ``tox -e fuzz``.
"""

from __future__ import annotations

import json
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

_WORDS = st.sampled_from(
    [
        *("src/a.py", "src/a.py:1", "`src/a.py:1` (`f`)", "../../etc/passwd", "/etc/passwd"),
        *(".github/workflows/ci.yml", "(job `t`: `pytest`)", "tests/test_a.py::test_a"),
        *("--help", "-rf", ":(glob)x", "*", "**/*", "[", "]", "{", "}", "{a,b}", "a" * 300),
        *("EX-01", "EX-99", "ADR-001", "<br>", "</td>", "`", "``", "|", "\\|", ";", ",", ":"),
        *("::", "#L12", "(", ")", "\x00", "\x0b", "\u2028", "\ufeff", "\ud7ff", "\U0001f600"),
        *("None", "TODO: x", "Missing proof", "file:///etc/passwd", "C:\\x\\y.py:3", "..\\x"),
        *("999999999999999999999", "-1", "<script>", "%s", "{0}", "$(x)", "\n", " ", "  "),
        *("|role|", "x_", "`x <y>`_", "[x](y)", "![x](y)", "{exception}`EX-01`", "<<: *a"),
        *(":exception:`EX-01`", "*a*", "**", "_", "~", "```", "~~~", "---", "Superseded by 2"),
        *("- &a [*a]", "!!python/object:os.system x", "on: push", "jobs:", "  t:", "${{ x }}"),
        *("strategy: {matrix: {a: [1]}}", "run: |", "uses: ./../x", "&&", "cargo test -p x"),
    ]
)  # fmt: skip
_TEXT = st.lists(st.one_of(_WORDS, _WORDS, st.text(string.printable, max_size=6)), max_size=8)
_CELL = _TEXT.map("".join)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _CELL,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(_CELL, below, max_size=3),
    max_leaves=8,
)

_SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
_SHORT = settings(
    max_examples=10, deadline=None, suppress_health_check=_SUPPRESSED, derandomize=True
)
_LONG = settings(max_examples=1500, deadline=None, suppress_health_check=_SUPPRESSED)

_BASE = {
    "src/a.py": "def f():\n    pass\n",
    "tests/test_a.py": "def test_a():\n    pass\n",
    ".github/workflows/ci.yml": "on: push\njobs:\n  t:\n    runs-on: x\n    steps:\n"
    "      - run: pytest\n",
    "docs/adr/001-a.md": "# 1. A\n\n## Status\n\nAccepted\n",
}
_TABLES = {"parity_tables": {"exceptions": ["register"], "matrix": ["matrix"]}}


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split("\n")) for cell in cells) + " |"


def _cells_end(project, rows):
    columns = (
        "Id",
        "Capability",
        "Status",
        "Code",
        "Tests",
        "CI",
        "Exceptions",
        "ADRs",
    )
    head = [_line(list(columns)), _line(["---"] * len(columns))]
    exceptions = ["| ID | Capability | Decision | Type |", "|---|---|---|---|"]
    made = project(
        {
            **_BASE,
            "docs/matrix.md": "# M\n\n" + "\n".join([*head, *map(_line, rows)]) + "\n",
            "docs/register.md": "# R\n\n"
            + "\n".join([*exceptions, *(_line(row[:4]) for row in rows)])
            + "\n",
            "docs/directives.rst": "D\n=\n\n" + "\n".join(map(_directive, rows)),
            "docs/shown.rst": "S\n=\n\n.. parity-table:: traceability\n\n.. parity-graph::\n",
        },
        _TABLES,
    )  # fmt: skip
    built = made.build()
    assert built.status in {0, 1}
    assert len(built.data["rows"]) >= len(rows)


def _directive(cells: list[str]) -> str:
    flat = [" ".join(cell.split()) for cell in cells]
    names = ("capability", "status", "code", "tests", "ci", "exceptions", "adrs")
    options = "".join(f"   :{name}: {cell}\n" for name, cell in zip(names, flat, strict=False))
    return f".. parity-row:: {flat[0]}\n{options}\n   {flat[-1]}\n"


_ROWS = st.lists(
    st.tuples(st.just("x"), st.just("cap"), st.just("Implemented"), *[_CELL] * 5).map(list)
    | st.lists(_CELL, min_size=8, max_size=8),
    min_size=4,
    max_size=10,
)  # fmt: skip


@_SHORT
@given(rows=_ROWS)
def test_any_cell_is_read(project, rows):
    made = [[cell or "x" for cell in row] for row in rows]
    _cells_end(project, [[f"r{n}", f"cap{n}", *r[2:]] for n, r in enumerate(made)])


@pytest.mark.long
@_LONG
@given(rows=_ROWS)
def test_any_cell_is_read_in_the_long_form(project, rows):
    made = [[cell or "x" for cell in row] for row in rows]
    _cells_end(project, [[f"r{n}", f"cap{n}", *r[2:]] for n, r in enumerate(made)])


#: A file that is read, to a valid text of it that a fuzzer may begin with.
_FILES = {
    "docs/adr/001-a.md": "# 1. A\n\n## Status\n\nAccepted\n",
    "docs/adr/README.md": "| ADR | Title | Status |\n|---|---|---|\n| 001 | A | Proposed |\n",
    ".github/workflows/ci.yml": _BASE[".github/workflows/ci.yml"],
    "docs/a.csv": "id,capability,decision,type\nEX-01,a,b,Permanent\n",
    "docs/b.yaml": "- id: EX-02\n  capability: a\n  decision: b\n  type: Permanent\n",
    "docs/c.json": '[{"id": "EX-03", "capability": "a", "decision": "b"}]\n',
    "docs/parity.lock.json": '{"schema_version": 1, "milestone": null, "exceptions": {}, '
    '"rows": {}}\n',
    "docs/parity.history.json": '{"schema_version": 1, "rows": {"r": [["d", "c", null]]}}\n',
    "docs/baseline.json": '[{"id": "0", "rule": "row-status", "path": "a", "item": "b"}]\n',
    "docs/other.json": '{"schema_version": 2, "product": "x", "exceptions": [{"id": 1}], '
    '"rows": [{"id": null}], "claims": [], "adrs": [], "findings": []}\n',
    "Cargo.toml": '[package]\nname = "a"\n',
    "pyproject.toml": "[tool.pytest.ini_options]\ntestpaths = ['tests']\n",
    "src/a.py": _BASE["src/a.py"],
    "tests/test_a.py": _BASE["tests/test_a.py"],
    "src/lib.rs": "#[test]\nfn a() {}\n",
}  # fmt: skip
_PAGE = """# Page

{exception}`EX-01` {adr}`1`

```{parity-exceptions}
:file: a.csv
```
```{parity-exceptions}
:file: b.yaml
```
```{parity-exceptions}
:file: c.json
```
```{parity-row} r
:capability: a
:status: Implemented
:code: `src/a.py:1` (`f`), `src/lib.rs` (`a`)
:tests: `tests/test_a.py:1` (`test_a`), `src/lib.rs:2` (`a`)
:ci: `.github/workflows/ci.yml` (job `t`: `pytest tests` + `cargo test -p a`)
```
```{parity-table} exceptions
:from: other.json
```
```{parity-table} matrix
:from: other.json
```
```{parity-table} history
```
"""


@st.composite
def _broken(draw: st.DrawFn, text: str) -> str:
    """A text with some of it cut out, or replaced by what a fuzzer knows."""
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 12)))
    return text[:start] + draw(_CELL) + text[end:]


def _content(name: str, text: str) -> st.SearchStrategy[str]:
    options = [st.just(text), _broken(text), _broken(text), _CELL]
    if name.endswith(".json"):
        loaded = json.loads(text)
        options.append(_JSON.map(json.dumps))
        if isinstance(loaded, dict):
            keys = st.dictionaries(st.sampled_from(sorted(loaded)), _JSON, max_size=2)
            options.append(keys.map(lambda more: json.dumps({**loaded, **more})))
    return st.one_of(options)


_PROJECT = st.fixed_dictionaries({name: _content(name, text) for name, text in _FILES.items()})


def _files_end(project, files):
    made = project({**files, "docs/page.md": _PAGE}, {"parity_baseline": "baseline.json"})
    first = made.build()
    assert first.status in {0, 1}
    assert made.build().outcome == first.outcome


def test_the_seed_of_the_files_is_read(project):
    made = project({**_FILES, "docs/page.md": _PAGE}, {"parity_baseline": "baseline.json"})
    data = made.build().data
    assert {one["id"] for one in data["exceptions"]} == {"EX-01", "EX-02", "EX-03"}
    assert "unreadable-file" not in {one["rule"] for one in data["findings"]}


@_SHORT
@given(files=_PROJECT)
def test_any_file_is_read(project, files):
    _files_end(project, files)


@pytest.mark.long
@_LONG
@given(files=_PROJECT)
def test_any_file_is_read_in_the_long_form(project, files):
    _files_end(project, files)
