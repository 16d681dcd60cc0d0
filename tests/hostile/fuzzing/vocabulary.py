"""The words of each notation, of which inputs are made."""

from __future__ import annotations

# fmt: off

#: What no notation expects: control characters, halves of pairs, other scripts.
ODD = (
    "\x00", "\x0b", "\u2028", "\ufeff", "\ud7ff", "😀", "İ", "ẞ", "١", "²", "\u202e", "́",
    "\\ud800", "%s", "{0}", "\r", "\x85", "9" * 30, "-1", "1e999", "a" * 90, "(" * 40,
    "[" * 40, "{" * 40, "`" * 9, "*" * 9,
)
PATHS = (
    "src/a.py", "tests/test_a.py", "crates/a/src/lib.rs", "../outside/secret.py",
    "link/secret.py", "src/link.py", "/etc/passwd", "C:\\x\\y.py:3", "..\\x", "~/.ssh",
    "file:///etc/passwd", ".git/config", "src/", "**/*.py", "src/*", "{a,b}/c.py", "./",
    ".github/workflows/ci.yml", "docs/adr/001-a.md", "ADR-001", "Makefile", "src//a.py",
)
NOTATION = (
    *PATHS, ":1", ":1-4", "#L12", "#L1-L4", "::", "::test_a", "::A::m", "E::{A,B}", "a.b",
    "(", ")", "`src/a.py:1` (`f`)", "`tests/test_a.py` (`test_a`)",
    "`src/a.py` (`f` + `A`)", "(job `t`: `pytest` + `cargo test -p a`)", "job `t`",
    "command", "jobs", "step", "`", "``", "|", "\\|", ";", ",", ":", "+", "&", "→", "->",
    "and", "<br>", "<br/>", "Missing:", "None", "TODO:", "Needed", "Planned", "Rust:",
    "lines 1-4", "line 2", "L3", "[x](y)", "[`a`](../src/a.py#L1)", "![", "](", "<a href=",
    "</code>", "<code>", "&amp;", "**", "*", "_", "~~", "- ", "1. ", "* [ ] ",
    "{exception}`EX-01`", ":adr:`1`", "-", "–", "cargo test -p a", "pytest tests", "not",
    "no longer", "\n", "\n\n", "  ", " ", "…", *ODD,
)
TABLE = (
    "| ID | Capability | Decision | Type |\n",
    "| Capability | Status | Code | Tests | CI |\n", "|---|---|---|---|\n", "|", " | ",
    "\n", "EX-01", "EX-99", "EX-01–EX-03", "1", "#", "Implemented", "Exception", "Partial",
    "parity_green", "✅", "Permanent", "Deferral", "M1", "M2/M3", "2024-01-01", "ADRs",
    "Exceptions", "Notes", "Proof Level", "e2e", "Owner", "<script>alert(1)</script>",
    "javascript:alert(1)", "]]>", "&", '"', "'", "\x1b[31m", *NOTATION,
)
PROSE = (
    "Arco Flow", "Dagster OSS", "Flow", "Dagster", "matches", "is compatible with",
    "parity", "has full", "drop-in replacement for", "not", "does not", "we", "should",
    "exactly like", "# ", "## ", "- ", "> ", "```", "~~~", "    ", "\n", "\n\n", "====\n",
    ".. note::\n", ".. code-block:: python\n", ":::{note}\n", "<!--", "-->", "<div>",
    "</div>", "`", "``", "[a](b.md)", "[a]: b\n", "`a <b>`_", "a_", "*", "**", "“", "”",
    '"', "(", ")", ".", "?", "e.g.", "etc.", ": ", "; ", "| a | b |\n|---|---|\n",
    "+--+\n|a |\n+--+\n", "EX-01", "\\", ":ref:`a`", "{ref}`a`", "|a|", "::\n\n", "1. ",
    "#. ", "* ", "\t", " ", "and", "the", *ODD,
)
ADR = (
    "# ADR-001: A\n", "## Status\n", "\nAccepted\n", "Status: Proposed\n", "**Status**:",
    "- Status: x\n", "---\n", "+++\n", 'status = "x"\n', "status: accepted\n", "deprecated",
    "Superseded by ADR-002", "superseded by [2](002-b.md)", "Supersedes", "Amended by 1",
    "| Status | Accepted |\n", "|---|---|\n", "* Status: ", ".. list-table::\n", "   * - ",
    "Rejected", "2024-01-01", "(", ")", "[", "]", "~~", "**", "`", "ADR 1", "ADR-0001",
    "#1", "===\n", "<!--", "-->", "```\n", "\n\n", "\n", " ", ":", ",", "&a", "*a",
    "- &a [*a]", *ODD,
)
WORKFLOW = (
    "on: push\n", "on: {push: {branches: [x]}}\n", "on: workflow_call\n", "name: ", "true:",
    "jobs:\n", "  t:\n", "    runs-on: ubuntu-latest\n", "    steps:\n", "      - run: ",
    "|\n", "      - uses: ./.github/workflows/reused.yml\n", "    uses: ./../x.yml\n",
    "env: {A: b}\n",
    "    strategy: {matrix: {a: [1, 2], include: [{b: 3}], exclude: [{a: 1}]}}\n",
    "needs: t\n", "defaults: {run: {working-directory: docs, shell: bash}}\n",
    "${{ matrix.a }}", "${{", "}}", "if: ${{ always() }}\n",
    "if: github.event_name == 'push'\n", "fromJSON('[1]')", "&a ", "*a", "<<: *a\n",
    "!!python/object/apply:os.system [x]", "!x ", "? ", ": ", "- ",
    "continue-on-error: true\n", "shell: python\n", "contains(", "format('{0}', 1)", "&&",
    "pytest tests", "cargo test", "        ", "    ", "  ", "\n", "'", '"', "#", "---\n",
    ">-\n", "inputs: {x: {default: a}}", "secrets: inherit", "outputs:", "[", "]", "{", "}",
    ",", "\t", *ODD,
)
SHELL = (
    "cargo test", "cargo nextest run", "cargo t", "pytest", "python -m pytest", "uv run",
    "tox", "-p a", "--package=a", "--workspace", "--exclude b", "--lib", "--test it",
    "--no-run", "--", "--skip tock", "--exact", "tick", "--features x", "--all-features",
    "-E 'test(x)'", "tests/test_a.py::test_a", "-k 'a and not b'", "-m slow",
    "--ignore=tests", "--deselect", "-c x.ini", "--rootdir ..", "-o addopts=-x", "-n auto",
    "@args", "-p no:x", "../x", "/etc", "cd tests", "&&", "||", ";", "|", "&", "\n", "\\\n",
    "$(", ")", "`", "$A", "${A:-b}", "${A[@]}", "A=b", "export A=b", "if true; then",
    "else", "fi", "for x in a b; do", "done", "while", "case x in", "a)", ";;", "esac", "{",
    "}", "(", "<<EOF\n", "EOF\n", "<<<", ">", "2>&1", "<", "'", '"', "$'", "\\", "#", "!",
    "set -e", "set +e", "bash -c", "sudo", "env A=b", "time", "tee x", "xargs", "make test",
    "npm test", "*", "?", "[a]", "{a,b}", "~", " ", "  ", "function f()", *ODD,
)
DATA = (
    "id", "capability", "decision", "type", "status", "EX-01", ",", ";", "\t", '"', '""',
    "\n", "- ", ": ", "[", "]", "{", "}", "&a ", "*a", "<<: *a", "!!python/name:os.system",
    "!!set", "|\n  ", ">\n  ", "? ", "---\n", "...\n", "%YAML 1.2\n", "null", "true", "1.5",
    "~", "'", '{"id": "x"}', '"a": "b"', "[[", "]]", "NaN", "-Infinity", "\\u0000",
    "\\ud800", "#", "\r\n", "!!binary aGk=", "!!timestamp 2024-99-99", "0x1f", "1_000", "=",
    "<<", "  ", " ", "\ufeff", *ODD,
)
JSON = (
    "{", "}", "[", "]", ",", ":", '"', "null", "true", "1", "-1", "1.5", "1e400", "NaN",
    "\n", '"schema_version": 1', '"rows": {}', '"exceptions": {}', '"milestone": null',
    '"commit"', '"rows": [{"id": "r", "status": "x"}]', '"exceptions": [{"id": 1}]',
    '"product": "x"', '"claims": []', '"adrs": []', '"findings": []',
    '"evidence": [{"path": 1}]', '"fields": {', '"r": [["d", "c", null]]', '"digest": "d"',
    '"by": "n"', '"date": "2024-01-01"', '"note"',
    '"id": "0", "rule": "x", "path": "a", "item": "b"', "<<<<<<< a\n", ">>>>>>> b\n",
    "=======\n", '"\\ud800"', '"\\u0000"', '"location": {"path": "a", "line": 1}',
    '"cited_by": {"rows": 1}', *ODD,
)
TOML = (
    "[package]\n", 'name = "a"\n', "[workspace]\n", "members = ['*', '../x']\n",
    "exclude = ", "[[test]]\n", "[lib]\n", "path = '../x.rs'\n", "harness = false\n",
    "[features]\n", "x = [", "default = ['x']\n", "required-features = ['x']\n",
    "edition.workspace = true\n", "test = 1\n", "[dependencies]\n",
    "b = {path = '../b', optional = true}\n", "autotests = false\n", "'dep:b'",
    "[tool.pytest.ini_options]\n", "addopts = '-k x'\n", "testpaths = ['..', '/etc']\n",
    "[pytest]\n", "python_files = '*'\n", "norecursedirs = x\n", "%(x)s", "[tool:pytest]\n",
    "[a.b]\n", "= ", "\n", "'", '"', '"""', "[", "]", "{", "}", ",", ".", "#", " ", "true",
    "1979-05-27", "0x1", "resolver = '9'\n", *ODD,
)
CODE = (
    "def f(", "class A(", "):\n", "    ", "@pytest.mark.skip(", "async ", "import x\n",
    "pass\n", "fn f() {", "}", "struct S { a: u8 }", "enum E { A, B }", "impl T for S {",
    "mod m {", "#[test]\n", "#[ignore]", "#[cfg(test)]", '#[cfg(feature = "x")]',
    "macro_rules! m {", "proptest! {", "///", "/*", "func TestA(t *testing.T) {",
    "type A struct {", "package a\n", "t.Run(", "t.Skip()", "func (a *A) b() {",
    "describe('a', () => {", "it.skip('b', ", "})", "export default class {", "<a>", "</a>",
    "interface I {", "@Test void a() {", "@Disabled", "record R(int a) {",
    "@Nested class N {", "enum E { A; }", "*/", "//", "=>", "=", "(", ")", "{", "[", "]",
    "<", ">", ",", ";", ":", "::", ".", "'", '"', '"""', "`", "#", "@", "lambda: ",
    "if True:\n", "pytestmark = [", "parametrize('a', [", 'r#"', "\\", "\n", "\t", " ", "f",
    *ODD,
)
GLOB = (
    "*", "**", "**/", "?", "[", "]", "[!", "[a-", "[^a]", "[]]", "a", "b", "/", ".", "!",
    "\\", "{", "-", "&&", "~~", "||", "(", ")", "|", "+", "^", "$", "src", ".py", "row:",
    "EX-01", " ", "\n", *ODD,
)
EXPRESSION = (
    "not ", " and ", " or ", "(", ")", "a", "slow", "test_a", "feature", "=", '"x"', ",",
    "all(", "any(", "not(", "cfg(", "#[cfg(", ")]", "test", "!", "==", "!=", "<", ">=",
    "&&", "||", "[", "]", "'a'", "''", "github.event", ".", "*", "1", "0x1", "1e9",
    "contains(", "format(", "fromJSON(", "hashFiles(", "success()", "always()", "${{", "}}",
    "null", "true", '"', "\\", " ", "\n", "at M2", "M2/M3", "M2 to M4", "never", "v1.2",
    "2024-01-01", "~~M1~~", "M1–", "on demand", *ODD,
)
