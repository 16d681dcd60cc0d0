"""What the pages show is what is built: each page with files is followed literally."""

from __future__ import annotations

from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(
    page.relative_to(DOCS).as_posix()
    for page in DOCS.rglob("*.md")
    if ":caption: " in page.read_text(encoding="utf-8")
)

#: What fails on purpose, and what is a configuration without pages.
ONLY_SHOWN = {"index.md", "reference/configuration.md"}


def lead_to_pages(docs):
    """Write the first page of *docs*, if the project on the page has none."""
    if not (docs / "index.md").exists():
        (docs / "index.md").write_text("# I\n\n```{toctree}\n:glob:\n\n**\n```\n")


def test_there_are_pages_to_follow():
    assert "tutorial.md" in PAGES
    assert "reference/directives.md" in PAGES


@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_followed_to_a_clean_build(follow, page):
    if page == "how-to/sphinx-needs.md":
        pytest.importorskip("sphinx_needs")
    root, shell, commands = follow(page)
    if page not in ONLY_SHOWN and (root / "docs/conf.py").exists():
        lead_to_pages(root / "docs")
        shell.status = 0
        output = shell.run("sphinx-build -q -E -n -W --keep-going docs _clean")
        assert (shell.status, output) == (0, "")
    if page == "tutorial.md":
        assert commands >= 12
        html = (root / "_build/index.html").read_text(encoding="utf-8")
        assert 'href="exceptions.html#' in html


def test_a_page_that_says_what_is_not_printed_is_noticed(follow, monkeypatch):
    wrong = "```console\n$ echo yes\nno\n```\n"
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: wrong)
    with pytest.raises(AssertionError, match="yes"):
        follow("tutorial.md")
