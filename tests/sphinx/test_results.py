"""Results on pages: behind the verdict, as word and glyph, in plain tables and in ours."""

from __future__ import annotations

import re

import pytest

PAGE = """\
# Parity

| ID | Capability | Decision | Type |
|---|---|---|---|
| EX-01 | Halves | Later | Deferral |

| ID | Capability | Status | Tests | Exceptions |
|---|---|---|---|---|
| t | Tick | Partial | `tests/test_a.py` (`test_tick`) | - |
| h | Half | Partial | `tests/test_a.py` (`test_half`) | EX-01 |

```{parity-table} evidence
```

```{parity-table} exceptions
:columns: id, tests
```
"""
TESTS = """\
import pytest


def test_tick(): ...


@pytest.mark.xfail(reason="EX-01")
def test_half(): ...
"""
RESULTS = """\
{{
 "schema_version": 1,
 "commit": null,
 "unmatched": 0,
 "tests": [
  {{"path": "tests/test_a.py", "test": "test_half", "result": "expected-failure", "detail": null}},
  {{"path": "tests/test_a.py", "test": "test_tick", "result": "{}", "detail": "no <tick>"}}
 ]
}}
"""
CONF = {
    "parity_tables": {"exceptions": ["index"], "matrix": ["index"]},
    "parity_required_evidence": {},
}


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def flow(project):
    files = {
        "index.md": PAGE,
        "/tests/test_a.py": TESTS,
        "parity.results.json": RESULTS.format("passed"),
    }
    return project(files, CONF)


def test_a_result_stands_behind_the_verdict(flow):
    page = flow.build("html").html("index.html")
    row = re.search(r'<tr[^>]* id="row-t".*?</tr>', page, re.DOTALL)[0]
    assert "✔ verified ✓ passed" in words(row)
    assert 'class="parity-mark parity-result-passed"' in row
    assert "passed: no &lt;tick&gt;" in row
    listed = words(page[page.index("</tbody>", page.index('id="row-h"')) :])
    assert "✔ verified ✓ passed" in listed
    assert "✗ expected-failure ✗ expected-failure" in listed


def test_the_exception_lists_its_tests(flow):
    built = flow.build("text")
    text = " ".join((built.out / "index.txt").read_text(encoding="utf-8").split())
    assert '"test_half" ✗ expected-' in text


def test_another_result_makes_the_page_anew_and_the_same_none(flow):
    flow.build("html")
    assert flow.build("html").written == []
    flow.write({"docs/parity.results.json": RESULTS.format("failed")})
    again = flow.build("html")
    first = again.html("index.html")
    assert "✖ failed" in words(first)
    assert [found.rule for found in again.lines if found.rule == "test-failed"] == ["test-failed"]
    last = flow.build("html")
    assert last.html("index.html") == first
    assert [found.rule for found in last.lines if found.rule == "test-failed"] == ["test-failed"]


@pytest.mark.parametrize("builder", ["html", "text"])
def test_the_plain_way_shows_the_same(flow, builder):
    fast = flow.build(builder)
    plain = flow.build(builder, "-E", "-D", "parity_speedups=0", out="plain")
    page = f"index.{'html' if builder == 'html' else 'txt'}"
    assert (fast.out / page).read_text(encoding="utf-8") == (plain.out / page).read_text(
        encoding="utf-8"
    )


def test_an_unchanged_build_sees_that_a_folder_has_changed(project):
    page = PAGE.replace(
        "`tests/test_a.py` (`test_tick`)", "`tests/test_a.py` (`test_tick`)<br>`tests/`"
    )
    made = project({"index.md": page, "/tests/test_a.py": TESTS, "/tests/more.txt": "a"}, CONF)
    made.git("init", "-q")
    made.git("add", ".")
    made.git("commit", "-qm", "first")
    head = (made.root / ".git/refs/heads").iterdir()
    commit = next(head).read_text().strip()
    results = RESULTS.format("passed").replace("null", f'"{commit}"', 1)
    made.write({"docs/parity.results.json": results})
    made.git("add", ".")
    made.git("commit", "-qm", "second")
    assert [found.rule for found in made.build("html").lines if found.rule == "result-stale"] == []
    made.write({"tests/more.txt": "b"})
    again = made.build("html")
    assert [found.rule for found in again.lines if found.rule == "result-stale"] == ["result-stale"]
    assert "↺ stale" in words(again.html("index.html"))


def test_an_unchanged_build_sees_that_a_mark_has_changed(project):
    uncited = TESTS.replace("EX-01", "EX-01 of another file")
    made = project({"index.md": PAGE, "/tests/test_a.py": TESTS, "/tests/test_b.py": uncited}, CONF)
    assert [found.rule for found in made.build("html").lines if found.level == "ERROR"] == []
    made.write({"tests/test_b.py": uncited.replace("EX-01", "EX-09")})
    (found,) = [found for found in made.build("html").lines if found.level == "ERROR"]
    assert (found.path, found.line, found.rule) == ("tests/test_b.py", 8, "unknown-exception")
