"""What the pages show is what is built: each page with files is followed literally."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from sphinx_arco_parity.settings.options import OPTIONS

pytestmark = pytest.mark.whole

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


_BLOCK = re.compile(
    r"^(`{3,})(?:\{code-block\} )?(python|toml|yaml|json)\n(?::caption: [^\n]*\n\n)?(.*?)^\1$",
    re.MULTILINE | re.DOTALL,
)
CONFIGURATIONS = [
    pytest.param(kind, text, id=f"{page.stem}-{number}-{kind}")
    for page in sorted(DOCS.rglob("*.md"))
    for number, (_, kind, text) in enumerate(_BLOCK.findall(page.read_text(encoding="utf-8")))
]


def options_of(kind, text):
    """Return the options of ours that a block sets, and their values."""
    if kind == "toml":
        return tomllib.loads(text)
    if kind != "python":
        (yaml.safe_load if kind == "yaml" else json.loads)(text)
        return {}
    assigned = [node for node in ast.parse(text).body if isinstance(node, ast.Assign)]
    named = {node.targets[0].id: node.value for node in assigned}
    return {
        name.removeprefix("parity_"): ast.literal_eval(value)
        for name, value in named.items()
        if name.startswith("parity_")
    }


@pytest.mark.parametrize(("kind", "text"), CONFIGURATIONS)
def test_a_configuration_is_read_and_its_options_take_what_they_are_given(kind, text):
    options = {option.name: option for option in OPTIONS}
    for name, value in options_of(kind, text).items():
        assert options[name].check(value) is None, name


def test_there_are_configurations():
    assert len(CONFIGURATIONS) > 40
