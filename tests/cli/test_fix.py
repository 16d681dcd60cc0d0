"""``arco-parity fix`` on files of every kind."""

from __future__ import annotations

import errno
import os
import subprocess

import pytest

from sphinx_arco_parity.repository import replacing

LONG = '"""Flow."""\n' + "#\n" * 10

YAML = """\
- Capability: Ticks   # the first
  Status: Implemented
  Code:
    - src/flow.py:5 (`tick`)
  Tests: tests/test_flow.py::test_tick
  CI: ".github/workflows/ci.yml (job `test`: `pytest tests`)"
"""
JSON = """\
{"ticks": {"Capability": "Ticks", "Status": "Implemented",
   "Code": "src/flow.py:5-6 (`tick`)", "Tests": "tests/test_flow.py::test_tick",
   "CI": ".github/workflows/ci.yml (job `test`: `pytest tests`)"}}"""
CSV = """\
Capability,Status,Code,Tests,CI
Ticks,Implemented,"`src/flow.py:5` (`tick`)
`src/flow.py:9` (`backfill`)",tests/test_flow.py::test_tick,.github/workflows/ci.yml
"""
REST = """\
More
====

.. parity-row:: ticks-too
   :capability: Ticks, too  \n   :status: Implemented
   :code: ``src/flow.py:5`` (``tick``)
      ``src/flow.py#L9`` (``backfill``)
   :tests: ``tests/test_flow.py::test_tick``
   :ci: ``.github/workflows/ci.yml`` (job ``test``: ``pytest tests``)
"""


@pytest.fixture
def shifted(project):
    """The project, where all code has moved by ten lines."""
    project.change("src/flow.py", '"""Flow."""\n', LONG)
    return project


def test_one_run_mends_all_and_the_next_changes_nothing(cli, shifted, snapshot):
    done = cli("fix")
    assert done.status == 0
    snapshot("fix.txt", done.out)
    changed = shifted.git("diff", "--numstat", "--", "docs")
    assert changed == "2\t2\tdocs/matrix.md\n"
    assert cli("check", "--strict").status == 0
    before = shifted.read("docs/matrix.md")
    again = cli("fix")
    assert (again.status, again.out) == (0, "nothing has moved\n")
    assert shifted.read("docs/matrix.md") == before


def test_the_patch_changes_nothing_and_is_what_git_applies(cli, shifted, snapshot):
    before = shifted.read("docs/matrix.md")
    done = cli("fix", "--diff", cwd=shifted.docs)
    assert done.status == 1
    snapshot("fix-diff.txt", done.out)
    assert shifted.read("docs/matrix.md") == before
    subprocess.run(["git", "apply", "-"], input=done.out, text=True, cwd=shifted.root, check=True)
    assert cli("fix", "--diff").status == 0


@pytest.mark.parametrize(("suffix", "text"), [("yaml", YAML), ("json", JSON), ("csv", CSV)])
def test_data_files_keep_all_but_the_numbers(cli, shifted, suffix, text):
    shifted.change("docs/conf.py", '"matrix": ["matrix"]', '"matrix": []')
    shifted.write(f"docs/rows.{suffix}", text)
    shifted.write(
        "docs/matrix.md",
        f"# Matrix\n\n```{{parity-matrix}}\n:file: rows.{suffix}\n```\n",
    )
    done = cli("fix")
    assert done.status == 0, done
    expected = text.replace(":5-6", ":15-16").replace("py:5", "py:15")
    assert shifted.read(f"docs/rows.{suffix}") == expected.replace("py:9", "py:19")


def test_a_table_with_tabs(cli, shifted):
    text = "Capability\tStatus\tCode\nTicks\tPartial\tsrc/flow.py:5 (`tick`)"
    shifted.write("docs/rows.tsv", text)
    shifted.write("docs/more.md", "# More\n\n```{parity-matrix}\n:file: rows.tsv\n```\n")
    cli("fix")
    assert shifted.read("docs/rows.tsv") == text.replace(":5", ":15")


def test_what_is_cited_twice_is_mended_twice(cli, shifted):
    item = "``src/flow.py:5`` (``tick``)"
    head = "x\n=\n\n.. parity-row:: x\n   :capability: X\n   :status: Partial\n"
    text = f"{head}   :code: {item}\n      {item}\n\n   Not {item}.\n\nNor {item}.\n"
    shifted.write("docs/more.rst", text)
    cli("fix")
    moved = item.replace(":5", ":15")
    assert shifted.read("docs/more.rst").endswith(
        f"   :code: {moved}\n      {moved}\n\n   Not {item}.\n\nNor {item}.\n"
    )


ITEM = "`src/flow.py:5` (`tick`)"


@pytest.mark.parametrize(
    "cells",
    [
        ("| Own | Code |", "| {0} | {1} |"),
        ("| Notes | Code |", "| not {0} | {1} |"),
        ("| Code | Notes |", "| {1} | not {0} |"),
        ("| Own | Code |", "| - | None for {0} yet<br>{1} |"),
    ],
)
def test_what_is_no_evidence_keeps_its_number(cli, shifted, cells):
    header, row = cells
    rule = "|---|---|"
    text = f"# More\n\n| ID | Capability | Status {header}\n|---|---|---{rule}\n"
    text += f"| x | X | Partial {row}\n"
    shifted.change("docs/conf.py", '["matrix"]', '["matrix", "more"]')
    shifted.write("docs/more.md", text.format(ITEM, ITEM))
    assert cli("fix").status == 0
    wanted = text.format(ITEM, ITEM.replace(":5", ":15"))
    assert shifted.read("docs/more.md") == wanted


def test_a_remark_in_a_table_of_restructuredtext_keeps_its_number(cli, shifted):
    item = ITEM.replace("`", "``")
    rows = (
        "   * - ID\n     - Capability\n     - Status\n     - Own\n     - Code\n"
        f"   * - x\n     - X\n     - Partial\n     - {item}\n     - {item}\n"
    )
    text = f"More\n====\n\n.. list-table::\n   :header-rows: 1\n\n{rows}"
    shifted.change("docs/conf.py", '["matrix"]', '["matrix", "more"]')
    shifted.write("docs/more.rst", text)
    cli("fix")
    wanted = item.replace(":5", ":15").join(text.rsplit(item, 1))
    assert shifted.read("docs/more.rst") == wanted


def test_options_written_as_yaml(cli, shifted):
    options = "---\ncapability: X\nstatus: Partial\ncode:\n- src/flow.py:5 (`tick`)\n---\n"
    text = f"# More\n\n```{{parity-row}} x\n{options}```\n"
    shifted.write("docs/more.md", text)
    cli("fix")
    assert shifted.read("docs/more.md") == text.replace("py:5", "py:15")


def test_options_on_the_lines_of_a_directive(cli, shifted):
    shifted.write("docs/more.rst", REST)
    cli("fix")
    assert shifted.read("docs/more.rst") == (REST.replace("py:5", "py:15").replace("#L9", "#L19"))


@pytest.mark.parametrize(
    ("start", "end", "close"),
    [(b"", b"\r\n", b"\r\n"), (b"\xef\xbb\xbf", b"\n", b""), (b"", b"\n", b"  \t\n")],
)
def test_bytes_stay_what_they_are(cli, shifted, start, end, close):
    text = shifted.read("docs/matrix.md").replace("Sensors", "Sensörs 日本 🚀")
    text = text.removesuffix("\n").replace("| - |\n", "| - |   \n")
    raw = start + text.encode().replace(b"\n", end) + close
    file = shifted.write("docs/matrix.md", raw)
    file.chmod(0o640)
    cli("fix")
    expected = raw.replace(b"flow.py:5`", b"flow.py:15`").replace(b"py:9`", b"py:19`")
    assert file.read_bytes() == expected
    assert file.stat().st_mode & 0o777 == 0o640


def test_what_several_definitions_can_be_is_left(cli, project):
    twice = "class A:\n    def go(self): ...\n\n\n\n\n\n\nclass B:\n    def go(self): ...\n"
    project.write("src/two.py", f"{twice}\n\n\n\n\n\n\n\n\nx = 1\n")
    project.change("docs/matrix.md", "src/flow.py:9` (`backfill`)", "src/two.py:16` (`go`)")
    project.git("add", "-A")
    before = project.read("docs/matrix.md")
    done = cli("fix")
    assert done.status == 0
    assert project.read("docs/matrix.md") == before
    assert "more than one definition can be meant" in done.err
    assert done.out == "rewrote 0 references in 0 files, left 1\n"


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_nothing_behind_a_symbolic_link_is_touched(cli, shifted, tmp_path):
    outside = tmp_path / "matrix.md"
    outside.write_text(shifted.read("docs/matrix.md"))
    (shifted.docs / "matrix.md").unlink()
    (shifted.docs / "matrix.md").symlink_to(outside)
    before = outside.read_text()
    done = cli("fix")
    assert outside.read_text() == before
    assert (shifted.docs / "matrix.md").is_symlink()
    assert "not rewritten" in done.err


def test_every_number_of_the_example_is_mended_in_one_run(cli, example):
    for path in example.git("ls-files", "crates", "python").split():
        if path.endswith((".rs", ".py")):
            example.write(path, "\n" * 11 + example.read(path))
    assert cli("check", "--strict", cwd=example.root).status == 1
    assert cli("fix", cwd=example.root).status == 0
    words = example.git(
        "diff", "--word-diff=porcelain", "--word-diff-regex=[0-9]+|[^0-9]", "--", "docs"
    )
    changed = [
        line[1:]
        for line in words.splitlines()
        if line[:1] in "+-" and line[:3] not in {"+++", "---"}
    ]
    assert len(changed) > 100
    assert all(one.isdecimal() for one in changed)
    assert cli("check", "--strict", cwd=example.root).status == 0


def test_a_page_that_cannot_be_written_is_not_said_to_be_still(cli, shifted, monkeypatch):
    shifted.change("docs/index.md", "matrix\n", "matrix\nmore\n")
    shifted.write("docs/more.rst", REST)
    before = shifted.read("docs/matrix.md")
    write = replacing.replace_content

    def full(path, content):
        if path.name == "matrix.md":
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(replacing, "replace_content", full)
    done = cli("fix")
    assert done.status == 3
    assert "docs/matrix.md cannot be written (No space left on device)" in done.err
    assert done.out.endswith("rewrote 2 references in 1 file, left 2\n")
    again = cli("fix")
    assert (again.status, again.out) == (3, "rewrote 0 references in 0 files, left 2\n")
    assert shifted.read("docs/matrix.md") == before
    monkeypatch.undo()
    assert cli("fix").out.endswith("rewrote 2 references in 1 file\n")
    assert cli("fix").out == "nothing has moved\n"


MOVED_AWAY = '''"""Ticks."""


def tick():
    return 1
'''


@pytest.mark.parametrize("cited", ["src/flow.py:5", "src/flow.py:5-6", "src/flow.py", "src/old.py"])
def test_across_files_follows_a_name_to_its_one_definition(cli, project, cited):
    """Only when asked; the file that is gone and the one that lost the name alike."""
    project.change("src/flow.py", "def tick(", "def tock(")
    project.write("src/ticks.py", MOVED_AWAY)
    project.git("add", "-A")
    project.change("docs/matrix.md", "`src/flow.py:5`", f"`{cited}`")
    before = project.read("docs/matrix.md")
    plainly = cli("fix")
    assert "1 more can be rewritten with `--across-files`" in plainly.err
    assert project.read("docs/matrix.md") == before
    assert cli("fix", "--across-files").status == 0
    lines = {":5": ":4", ":5-6": ":4-5"}.get(cited.removeprefix("src/flow.py"), "")
    assert f"| `src/ticks.py{lines}` (`tick`) |" in project.read("docs/matrix.md")
    assert "evidence" not in cli("check").out.replace("pieces of evidence", "")


def test_across_files_leaves_what_two_files_define(cli, project):
    project.change("src/flow.py", "def tick(", "def tock(")
    for name in ("ticks", "more"):
        project.write(f"src/{name}.py", MOVED_AWAY)
    project.git("add", "-A")
    before = project.read("docs/matrix.md")
    done = cli("fix", "--across-files")
    assert (done.out, project.read("docs/matrix.md")) == ("nothing has moved\n", before)


def test_paths_writes_short_paths_in_full(cli, project):
    project.change("docs/matrix.md", "`src/flow.py:5`", "`flow.py:5`")
    assert "1 more can be rewritten with `--paths`" in cli("fix").err
    done = cli("fix", "--paths")
    assert "docs/matrix.md:5: ticks: flow.py → src/flow.py\n" in done.out
    assert "| `src/flow.py:5` (`tick`) |" in project.read("docs/matrix.md")
    assert cli("fix", "--paths").out == "nothing has moved\n"


def test_a_short_path_that_has_moved_keeps_its_spelling(cli, shifted):
    shifted.change("docs/matrix.md", "`src/flow.py:5`", "`flow.py:5`")
    assert "ticks: flow.py:5 → 15" in cli("fix").out
    assert "`flow.py:15`" in shifted.read("docs/matrix.md")


def test_paths_leave_nothing_to_a_second_run(cli, shifted):
    shifted.change("docs/matrix.md", "`src/flow.py:5`", "`flow.py:5`")
    assert "ticks: flow.py:5 → src/flow.py:15" in cli("fix", "--paths").out
    assert cli("fix", "--paths").out == "nothing has moved\n"


def test_inferred_names_are_followed_when_asked(cli, shifted):
    shifted.change("docs/matrix.md", "(`tick`)", "(tick)")
    done = cli("fix")
    assert "1 more can be rewritten with `--inferred`" in done.err
    assert "`src/flow.py:5` (tick)" in shifted.read("docs/matrix.md")
    cli("fix", "--inferred")
    assert "`src/flow.py:15` (tick)" in shifted.read("docs/matrix.md")


def test_only_what_is_found_at_the_path(cli, shifted):
    head = "# More\n\n| Capability | Status | Code |\n|---|---|---|\n"
    shifted.write("docs/more.md", f"{head}| X | Partial | `src/flow.py:5` (`tick`) |\n")
    shifted.change("docs/conf.py", '"matrix": ["matrix"]', '"matrix": ["matrix", "more"]')
    before = shifted.read("docs/matrix.md")
    cli("fix", "docs/more.md")
    assert shifted.read("docs/matrix.md") == before
    assert "`src/flow.py:15`" in shifted.read("docs/more.md")
