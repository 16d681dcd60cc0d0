"""What a page adds to the rows of an author's table: links, findings and backlinks."""

from __future__ import annotations

import re

CONF = {
    "parity_tables": {"matrix": ["index"], "exceptions": ["index"]},
    "parity_required_evidence": {},
    "parity_rules_url": "https://rules.example/{rule}",
}
ADR = "# ADR-7: One `way`\n\n## Status\n\nAccepted\n"
PAGE = """# Home

| ID | Capability | Decision | Type | ADRs |
|---|---|---|---|---|
| EX-1 | Web | Left out | Permanent | ADR-007 |

| Capability | Status | Code | Exceptions | ADRs |
|---|---|---|---|---|
| Web page | Exception | `docs/adr/adr-007-way.md` | EX-1/EX-9, `EX-1`, [EX-1](other) | 7; `ADR-007` |
| Clock `tick` | Implemented | `src/gone.py` | docs/EX-1.md, EX-10 | 77 |

{parity-row}`clock-tick`

```{toctree}
other
adr/adr-007-way
```
"""
OTHER = "# The other\n\nSee {exception}`EX-1`.\n"


def rows(text):
    """Return the rows of the page, without marks of evidence."""
    return re.findall(r"<tr.*?</tr>", text, re.DOTALL)


def links(html):
    return re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL)


def page(project):
    files = {"index.md": PAGE, "other.md": OTHER, "adr/adr-007-way.md": ADR}
    built = project(files, CONF).build("html")
    return (built.out / "index.html").read_text(encoding="utf-8")


def test_ids_in_cells_are_links_and_what_nobody_declares_is_none(project):
    text = page(project)
    (web,) = [row for row in rows(text) if 'id="row-web-page"' in row]
    bare = [(uri, re.sub("<[^>]+>", "", said)) for uri, said in links(web)]
    assert bare.count(("#exception-EX-1", "EX-1")) == 2
    assert ("other.html", "EX-1") in bare
    assert bare.count(("adr/adr-007-way.html", "ADR-007")) == 1
    assert ("adr/adr-007-way.html", "7") in bare
    assert ("adr/adr-007-way.html", "docs/adr/adr-007-way.md") in bare
    (clock,) = [row for row in rows(text) if 'id="row-clock-tick"' in row]
    assert links(clock) == []
    assert re.search(r"<a\b[^>]*>(?:(?!</a>).)*<a\b", text, re.DOTALL) is None


def test_what_is_wrong_stands_across_the_table_below_its_row(project):
    text = page(project)
    found = rows(text)
    (at,) = [number for number, row in enumerate(found) if 'id="row-clock-tick"' in row]
    assert "parity-severity-disputed" in found[at]
    below = found[at + 1]
    assert 'class="parity-below' in below
    assert '<td colspan="5">' in below
    assert "row clock-tick" not in below
    assert '<span class="pre">EX-10</span>' in below
    assert re.search(r"<br />\s*→ ", below)
    assert ("https://rules.example/evidence-not-found") in [uri for uri, _ in links(below)]


def test_what_cites_an_exception_is_listed_by_kind_and_title(project):
    text = page(project)
    (cited,) = re.findall(r'<p class="parity-cited">.*?</p>', text, re.DOTALL)
    words = " ".join(re.sub("<[^>]+>", "", cited).split())
    assert words == "Cited by — Rows: Web page · Pages: The other"
    assert ">Clock tick</a>" in text  # a role shows the words of a row without an id


def test_below_a_row_that_spans_others_stands_what_is_below_all(project):
    table = """Home
====

+------------+-------------+-----------------+
| Capability | Status      | Code            |
+============+=============+=================+
| One        | Implemented | ``src/gone.py`` |
+------------+             +-----------------+
| Two        |             | ``src/no.py``   |
+------------+-------------+-----------------+
"""
    conf = {"parity_tables": {"matrix": ["index"]}, "parity_required_evidence": {}}
    built = project({"index.rst": table}, conf).build("html")
    found = rows((built.out / "index.html").read_text(encoding="utf-8"))
    kinds = ["parity-below" in row for row in found]
    assert kinds == [False, False, False, True, True]
    assert "gone.py" in found[3]
    assert "no.py" in found[4]
