"""Behind which reference of a cell each verdict is shown, in both markups and as text."""

from __future__ import annotations

import re

import pytest

SOURCE = "\n\ndef send():\n    return 1\n\n\ndef fetch():\n    return 2\n" + "X = 1\n" * 40
#: A cell, and the text of it with its marks.
CELLS = {
    "Missing: `old/src/a.py`<br>`src/a.py:3` (`send`)": "Missing: old/src/a.py|"
    "src/a.py:3 ✔ verified (send)",
    "None for retries in `src/a.py` yet; `src/a.py:3` (`send`)": "None for retries in "
    "src/a.py yet; src/a.py:3 ✔ verified (send)",
    "`src/a.py:3` (`send`)<br>Missing: `src/a.py:9`": "src/a.py:3 ✔ verified (send)|"
    "Missing: src/a.py:9",
    "Rust: `src/a.py:3` (`send`)<br>Ruby: `src/a.py:30` (`fetch`)": "Rust: src/a.py:3 ✔ "
    "verified (send)|Ruby: src/a.py:30 ↷ moved (fetch)",
    "`src/a.py:3` (`send`) and `src/b.py:1`": "src/a.py:3 ✔ verified (send) and src/b.py:1 "
    "∅ not-found",
    "None for `src/a.py.orig` yet; `src/a.py:3` (`send`)": "None for src/a.py.orig yet; "
    "src/a.py:3 ✔ verified (send)",
    "`src/a.py:3` (`send`)<br>`:30` (`fetch`)": "src/a.py:3 ✔ verified (send)|:30 ↷ moved (fetch)",
    "**`src/a.py:3`** (`send`)": "src/a.py:3 ✔ verified (send)",
    "src/a.py:3 is where. Missing: `src/a.py`": "src/a.py:3 ? unknown is where. Missing: src/a.py",
}
CONF = {"parity_tables": {"matrix": ["index"]}, "parity_required_evidence": {}}


def markdown(cells):
    rows = "".join(f"| r{n} | R {n} | Partial | {c} |\n" for n, c in enumerate(cells))
    head = "| ID | Capability | Status | Evidence (Code) |\n|---|---|---|---|\n"
    return {"index.md": f"# Matrix\n\n{head}{rows}"}


def restructured(cells):
    rows = [("ID", "Capability", "Status", "Evidence (Code)")]
    for number, cell in enumerate(cells):
        text = cell.replace("`", "``").replace("<br>", "\n\n       ")
        rows.append((f"r{number}", f"R {number}", "Partial", text))
    table = "".join("   * - " + "\n     - ".join(row) + "\n" for row in rows)
    return {"index.rst": f"Matrix\n======\n\n.. list-table::\n\n{table}"}


def shown(page):
    """Return the last cell of each row that has an id, as words; lines by ``|``."""
    rows = re.findall(r'<tr[^>]* id="row-r\d+".*?</tr>', page, re.DOTALL)
    cells = [re.findall(r"<td.*?</td>", row, re.DOTALL)[-1] for row in rows]
    cells = [re.sub(r"<summary>.*?</summary>", "", cell, flags=re.DOTALL) for cell in cells]
    lines = [re.sub(r"<br\s*/?>\n?|</p>\s*<p>", "|", cell) for cell in cells]
    return [" ".join(re.sub(r"<[^>]+>", "", line).split()) for line in lines]


@pytest.mark.parametrize("markup", [markdown, restructured])
def test_a_mark_stands_behind_the_reference_that_it_judges(project, markup):
    # In reStructuredText, bold text holds no literals.
    cells = {c: s for c, s in CELLS.items() if markup is markdown or "**" not in c}
    files = {"/src/a.py": SOURCE, **markup(cells)}
    built = project(files, CONF).build("html")
    assert shown((built.out / "index.html").read_text()) == list(cells.values())


LINKS = {
    "[`send`](../src/a.py#L3)": "send ✔ verified",
    "[how](../src/a.py) and [`fetch`](../src/a.py#L1)": "how ✔ verified and fetch ↷ moved",
    "[`src/a.py:3`](https://example.org/why) (`send`)": "src/a.py:3 ✔ verified (send)",
    "[`send`](https://example.org/o/r/blob/main/src/a.py#L3)": "send ✔ verified",
    "[gone](../src/b.py)": "gone ∅ not-found",
    "[`src/a.py`](index) (`send`)": "src/a.py ✔ verified (send)",
    "[`fetch`](src/a.py#L7)": "fetch ✔ verified",  # from the root of the repository
}


#: In reStructuredText, where the text of a link holds no literals.
REST_LINKS = {
    "§how <../src/a.py>§_ and §there <../src/a.py#L1>§__ (`fetch`)": "how ✔ verified and "
    "there ↷ moved (fetch)",
    "§src/a.py:3 <https://example.org/why>§__ (`send`)": "src/a.py:3 ✔ verified (send)",
    "§at <https://example.org/o/r/blob/main/src/a.py#L3>§__ (`send`)": "at ✔ verified (send)",
    "§gone <../src/b.py>§__": "gone ∅ not-found",
    ":doc:§src/a.py <index>§ (`send`)": "src/a.py ✔ verified (send)",
}


@pytest.mark.parametrize(("markup", "cells"), [(markdown, LINKS), (restructured, REST_LINKS)])
def test_a_link_is_marked_behind_it_and_judged_by_its_target(project, markup, cells):
    written = {name: text.replace("§", "`") for name, text in markup(cells).items()}
    site = {"parity_repository_url": "https://example.org/o/r/blob/{commit}/{path}#L{line}"}
    built = project({"/src/a.py": SOURCE, **written}, {**CONF, **site}).build("html")
    page = (built.out / "index.html").read_text()
    assert shown(page) == list(cells.values())
    assert re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", page, re.DOTALL) is None


def test_a_workflow_among_the_tests_is_marked_there(project):
    files = {
        "/.github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - run: pytest\n",
        "index.md": "# M\n\n| ID | Capability | Status | CI | Tests |\n|---|---|---|---|---|\n"
        "| r1 | R | Partial | see `.github/workflows/ci.yml` | "
        "`.github/workflows/ci.yml` (job `test`) |\n",
    }
    built = project(files, CONF).build("html")
    (cell,) = shown((built.out / "index.html").read_text())
    assert cell == ".github/workflows/ci.yml ✔ verified (job test)"


def test_evidence_is_folded_behind_the_number_of_each_verdict(project):
    cells = ("`src/a.py:3` (`send`)<br>`src/b.py:1`<br>`src/a.py` (`fetch`)", "words", "-")
    view = "\n```{parity-table} matrix\n:columns: id, code\n```\n"
    page = markdown(cells)["index.md"] + view
    built = project({"/src/a.py": SOURCE, "index.md": page}, CONF).build("html")
    text = (built.out / "index.html").read_text()
    folds = re.findall(r"<td><details class=.parity-fold.>(.*?)</details>\s*</td>", text, re.DOTALL)
    assert len(folds) == 2  # the author's table and the collected one
    for fold in folds:
        summary, behind = fold.split("</summary>")
        assert re.sub("<[^>]+>", "", summary) == "✔ 2 · ∅ 1"
        assert re.findall('aria-label="([^"]+)"', summary) == ["2 verified", "1 not-found"]
        assert behind.count("parity-verdict-verified") == 2


def test_the_same_in_the_text_builder(project):
    built = project({"/src/a.py": SOURCE, **markdown(CELLS)}, CONF).build("text")
    text = (built.out / "index.txt").read_text()
    words = " ".join(re.sub(r"\+[-=+]+\+|\|", " ", text).split())
    assert words.count('"src/a.py:3" ✔') == 7
    assert words.count('**"src/a.py:3"** ✔ verified') == 1
    assert words.count("✔") == 8
    assert '":30" ↷ moved' in words
