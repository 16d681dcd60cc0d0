"""No script in the pages: what hostile texts become in HTML.

The texts come from data files, other repositories' ``parity.json``, options, ADRs and file
names: whoever writes Markdown pages may write HTML there, and that is not ours.
"""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sphinx_arco_parity.extension.showing.emit_html import cell_html
from sphinx_arco_parity.views.inline import Part

_EVIL = (
    "<evil-tag evil-attr='1'>",
    '"><evil-tag onmouseover="evil()">',
    "'><evil-tag onmouseover='evil()'>",
    "</script><evil-tag>",
    "<script>evil()</script>",
    "<svg onload=evil()><title>evil</title></svg>",
    "<img src=x onerror=evil()>",
    "<!-- evil -->",
    "]]><evil-tag>",
    "`x <javascript:evil()>`_",
    "[x](javascript:evil())",
    "javascript:evil()",
    "data:text/html,<evil-tag>",
    "&lt;evil-tag&gt;",
    "\x00<evil-tag>",
    "<evil-tag",
)


class _Reader(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.scripts: list[str] = []
        self.within_script = False

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self.within_script = tag == "script"

    def handle_endtag(self, tag):
        del tag
        self.within_script = False

    def handle_comment(self, data):
        self.tags.append(f"comment {data}")

    def handle_data(self, data):
        (self.scripts if self.within_script else self.words).append(data)


def _dangers(html: str) -> list[str]:
    read = _Reader()
    read.feed(html)
    read.close()
    found = [tag for tag in read.tags if "evil" in tag]
    found += [text for text in read.scripts if "evil" in text]
    for name, value in read.attributes:
        if name.startswith("on") or "evil" in name:
            found.append(name)
        if name in {"href", "src", "xlink:href", "action", "style"} and (
            value.strip().lower().startswith(("javascript:", "data:text", "vbscript:"))
        ):
            found.append(value)
    return found


def test_the_inspection_sees_what_is_dangerous():
    for text in _EVIL[:7]:
        assert _dangers(f"<p title='x'>{text}</p>") or "'" not in text, text
    assert _dangers("<a href='javascript:evil()'>x</a>")
    assert not _dangers("<p>javascript:evil()</p>")


def _csv(header: list[str], lines: list[list[str]]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerows([header, *lines])
    return stream.getvalue()


def _exceptions() -> str:
    lines = [[f"EX-{n:02}", evil, evil, evil, evil, evil] for n, evil in enumerate(_EVIL, 1)]
    lines += [[evil, "x", "x", "Permanent", "", ""] for evil in _EVIL]
    return _csv(["id", "capability", "decision", "type", "revisit", "rationale"], lines)  # fmt: skip


def _rows() -> str:
    ci = ".github/workflows/ci.yml"
    lines = [[e, e, e, e, f"`src/a.py` ({e})", f"`{ci}` (job `{e}`: `{e}`)", e, e] for e in _EVIL]
    header = [
        "capability",
        "feature",
        "status",
        "proof level",
        "code",
        "ci",
        "owner",
        "notes",
    ]
    return _csv(header, lines)  # fmt: skip


def _other() -> str:
    def entry(evil: str) -> dict[str, object]:
        texts = "id capability decision type revisit owner rationale status text title message help rule path item"
        return {
            **dict.fromkeys(texts.split(), evil),
            "adrs": [evil],
            "exceptions": [evil],
            "rows": [evil],
            "cited_by": {"rows": [evil], "claims": [evil]},
            "location": {"path": evil, "line": 1},
            "evidence": [{"kind": evil, "text": evil, "path": evil, "verdict": evil}],
            "fields": {evil: evil},
        }

    kinds = ("exceptions", "rows", "claims", "adrs", "findings")
    entries = [entry(evil) for evil in _EVIL]
    return json.dumps({"schema_version": 1, "product": _EVIL[0], **dict.fromkeys(kinds, entries)})


_KINDS = (
    *("exceptions", "matrix", "claims", "adrs", "evidence", "traceability"),
    *("review", "findings", "history"),
)


def _page() -> str:
    shown = "".join(
        f".. parity-table:: {kind}\n   :from: other.json\n   :caption: {_EVIL[1]}\n"
        f"   :empty: {_EVIL[0]}\n   :group-by: owner\n\n"
        for kind in _KINDS
    )
    options = "".join(
        f".. parity-row:: row-{n}\n   :capability: {' '.join(evil.split())}\n   :status: {evil}\n"
        f"   :code: ``src/{evil}:1`` (``f``)\n\n"
        f".. parity-claim:: c-{n}\n   :exceptions: EX-{n:02}, {evil}\n\n   A claim.\n\n"
        for n, evil in enumerate((e for e in _EVIL if "\0" not in e), 1)
    )
    return (
        "P\n=\n\n.. parity-exceptions::\n   :file: e.csv\n\n"
        f".. parity-matrix::\n   :file: m.csv\n\n{options}\n{shown}\n"
        ".. parity-summary::\n\n.. parity-graph::\n\n.. parity-legend::\n"
    )


def test_no_page_runs_what_a_text_says(project):
    files = {
        "docs/page.rst": _page(),
        "docs/e.csv": _exceptions(),
        "docs/m.csv": _rows(),
        "docs/other.json": _other(),
        "src/a.py": "def f(): ...\n",
        ".github/workflows/ci.yml": "on: push\njobs: {t: {steps: [{run: x}]}}\n",
        **{
            f"docs/adr/{n:03}-x.md": f"# {n}. {evil}\n\n## Status\n\n{evil}\n"
            for n, evil in enumerate(_EVIL, 1)
            if "\0" not in evil
        },
    }
    conf = {
        "parity_repository_url": "https://h.example/{path}#L{line}",
        "exclude_patterns": ["adr/**"],
    }
    made = project(files, conf)
    built = made.build("html")
    assert built.status == 1
    page = (built.out / "page.html").read_text(encoding="utf-8")
    assert _dangers(page) == []
    # They are there, as words.
    assert page.count("evil") > 200
    svg = (built.out / "parity-badge.svg").read_text(encoding="utf-8")
    assert "evil" not in svg


def test_file_names_and_products_are_words_too(project):
    """Names that git or a shell could take for something else, in links and badges."""
    names = ["--help", "-rf", ":(glob)x", "a b#c?d.py", 'q"uote.py', "<evil-tag>.py"]
    rows = "".join(
        f".. parity-row:: r{n}\n   :capability: x\n   :status: Planned\n"
        f"   :code: ``src/{name}``\n\n"
        for n, name in enumerate(names)
    )
    made = project(
        {**{f"src/{name}": "x\n" for name in names}, "docs/page.rst": f"P\n=\n\n{rows}"},
        {
            "parity_repository_url": "https://h.example/{path}#L{line}",
            "parity_product": '"><evil-tag>',
            "parity_reference": "</title><evil-tag>",
        },
    )  # fmt: skip
    made.git("init", "-q")
    made.git("add", "-A", ".")
    built = made.build("html")
    for page in built.out.rglob("*.html"):
        assert _dangers(page.read_text(encoding="utf-8")) == [], page
    svg = (built.out / "parity-badge.svg").read_text(encoding="utf-8")
    assert "<evil-tag" not in svg
    code = [e for row in built.data["rows"] for e in row["evidence"]]
    assert {"src/--help", "src/-rf"} <= {one["path"] for one in code}


_PARTS = st.builds(
    Part,
    text=st.text() | st.sampled_from(_EVIL),
    kind=st.sampled_from(["text", "code", "strong", "status", "verdict", "severity"]),
    title=st.text() | st.sampled_from(_EVIL),
    link=st.none() | st.tuples(st.just("exception"), st.sampled_from(_EVIL)),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(cell=st.lists(_PARTS, max_size=4))
def test_a_cell_is_words_whatever_is_in_it(cell):
    html = cell_html(tuple(cell), lambda link: (f"#{link[1]}", link[1]))
    read = _Reader()
    read.feed(html)
    read.close()
    assert set(read.tags) <= {"a", "span", "code", "strong", "br"}
    assert {name for name, _ in read.attributes} <= {
        *("class", "href", "title", "aria-hidden"),
    }


@pytest.mark.parametrize("scheme", ["javascript", "JaVaScRiPt", "data", "vbscript"])
def test_links_of_markup_in_data_files_lead_nowhere(project, scheme):
    lines = [["EX-1", f"`x <{scheme}:evil()>`_", f"[x]({scheme}:evil())", "Permanent"]]
    made = project(
        {
            "docs/e.csv": _csv(["id", "capability", "decision", "type"], lines),
            "docs/page.md": "# P\n\n```{parity-exceptions}\n:file: e.csv\n```\n",
        }
    )
    page = (made.build("html").out / "page.html").read_text(encoding="utf-8")
    assert _dangers(page) == []
    assert "evil()" in page
