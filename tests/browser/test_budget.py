"""What readers load: how much, where, and that it needs nothing else.  No browser."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

import sphinx_arco_parity
from sphinx_arco_parity.extension.showing import emit_html
from sphinx_arco_parity.extension.showing.emit_html import SCRIPT_WORDS

STATIC = Path(sphinx_arco_parity.__file__).parent / "static"
SCRIPT = (STATIC / "parity.js").read_text(encoding="utf-8")
STYLE = (STATIC / "parity.css").read_text(encoding="utf-8")


@pytest.mark.parametrize(("text", "most"), [(SCRIPT, 6 << 10), (STYLE, 4 << 10)])
def test_it_stays_small(text, most):
    size = len(gzip.compress(text.encode(), 9, mtime=0))
    assert 1000 < size <= most


def test_the_script_needs_nothing_and_evaluates_nothing():
    for word in (
        "eval(",
        "Function(",
        "innerHTML",
        "fetch(",
        "XMLHttp",
        "import ",
        "http",
    ):
        assert word not in SCRIPT
    assert not re.search(r"\.on[a-z]+ ?=|\.style\b|document\.write", SCRIPT)
    for word in ("@import", "url(", "http"):
        assert word not in STYLE


def test_the_style_never_asks_for_a_scheme():
    assert "prefers-color-scheme" not in STYLE


def test_no_row_is_looked_at_for_what_another_has():
    """With 5,000 rows such a rule took 12 of 16 seconds, and 150 ms for each sorting."""
    screen = STYLE.partition("@media print")[0]
    assert re.findall(r"(\S+):has\(", screen) == ["html"]


def test_every_word_of_the_script_can_be_translated():
    used = set(re.findall(r'say\("([^"]+)"', SCRIPT))
    assert used == set(SCRIPT_WORDS)


def test_only_words_that_differ_travel(monkeypatch):
    assert emit_html.script_words() == {}
    monkeypatch.setattr(emit_html, "_", {"Search": "Suche \"'<"}.get)
    with_none = emit_html.script_words()
    assert '"Search": "Suche \\"\'<"' in with_none["data-parity-words"]


def test_pages_load_them_only_where_something_of_ours_stands(sites):
    folder = sites.get("small", "alabaster")
    for name in ("matrix", "register", "collected", "claims"):
        text = (folder / f"{name}.html").read_text(encoding="utf-8")
        assert text.count("parity.js") == text.count("parity.css") == 1, name
    for name in ("plain", "index", "search", "genindex"):
        text = (folder / f"{name}.html").read_text(encoding="utf-8")
        assert "parity.js" not in text, name
        assert "parity.css" not in text, name


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml"])
def test_other_page_builders_load_them_too(sites, builder):
    folder = sites.get("small", "alabaster", builder)
    name = "index.html" if builder == "singlehtml" else "register/index.html"
    text = (folder / name).read_text(encoding="utf-8")
    assert text.count("parity.js") == text.count("parity.css") == 1
    assert (folder / "_static" / "parity.js").read_text(encoding="utf-8") == SCRIPT
