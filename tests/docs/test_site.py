"""The built site: clean, every link inside it leads somewhere, nothing is left out."""

from __future__ import annotations

import importlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from sphinx_arco_parity.model.directive_options import SHAPES
from sphinx_arco_parity.model.rule_names import RULE_NAMES
from sphinx_arco_parity.settings.options import OPTIONS

pytestmark = pytest.mark.whole

DOCS = Path(__file__).parents[2] / "docs"


class Page(HTMLParser):
    """The ids and the links of a page."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links = set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if "id" in found:
            self.ids.add(found["id"])
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])


@pytest.fixture(scope="module")
def pages(site):
    return {
        path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8"))
        for path in site.rglob("*.html")
    }


def broken(pages, site):
    """Return (page, link) of each link inside the site that leads nowhere."""
    found = []
    for name, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (site / name).parent / unquote(parts.path)
            file = (target if parts.path else site / name).resolve()
            there = file.is_file() and file.is_relative_to(site.resolve())
            if there and parts.fragment and file.suffix == ".html":
                key = file.relative_to(site.resolve()).as_posix()
                there = unquote(parts.fragment) in pages[key].ids | {""}
            if not there:
                found.append((name, link))
    return found


def test_every_internal_link_leads_somewhere(pages, site):
    assert sum(len(page.links) for page in pages.values()) > 1000
    assert broken(pages, site) == []


def test_external_links_are_addresses_of_real_hosts(pages):
    links = {link for page in pages.values() for link in page.links if urlsplit(link).netloc}
    assert len(links) > 5
    for link in links:
        parts = urlsplit(link)
        assert parts.scheme == "https", link
        assert re.fullmatch(r"[\w-]+(\.[\w-]+)+", parts.netloc), link
        assert not re.search(r"OWNER|HOST|VERSION|<|\{", link), link


def test_a_broken_link_would_be_seen(pages, site):
    bad = Page('<a href="no.html">a</a><a href="index.html#no">b</a>')
    assert len(broken({**pages, "bad.html": bad}, site)) == 2


@pytest.mark.parametrize("rule", RULE_NAMES)
def test_a_rule_has_a_page(pages, rule):
    assert f"reference/rules/{rule}.html" in pages
    index = pages["reference/rules/index.html"]
    assert f"{rule}.html" in index.links


def test_each_rule_is_in_one_group(monkeypatch):
    monkeypatch.syspath_prepend(DOCS / "_ext")
    groups = importlib.import_module("reference_tables").RULE_GROUPS
    assert sorted(" ".join(groups.values()).split()) == sorted(RULE_NAMES)


def test_there_are_pages_of_rules_only():
    names = {path.stem for path in (DOCS / "reference/rules").glob("*.md")}
    assert names == {"index", *RULE_NAMES}


@pytest.mark.parametrize(
    ("page", "directive", "names"),
    [
        ("configuration", "option-facts", {f"parity_{one.name}" for one in OPTIONS}),
        ("directives", "directive-facts", {one.name for one in SHAPES}),
    ],
)
def test_a_reference_page_leaves_nothing_out(page, directive, names):
    text = (DOCS / f"reference/{page}.md").read_text(encoding="utf-8")
    pairs = re.findall(rf"^### (\S+)\n\n```\{{{directive}\}} (\S+)$", text, re.MULTILINE)
    assert sorted(names) == sorted(name for name, _ in pairs)
    assert all(heading == name for heading, name in pairs)


def test_llms_txt_names_every_page(site):
    text = (site / "llms.txt").read_text(encoding="utf-8")
    for source in DOCS.rglob("*.md"):
        name = source.relative_to(DOCS).with_suffix(".html").as_posix()
        assert f"]({name})" in text
    assert "](parity.json)" in text


def test_the_site_publishes_its_own_parity(site):
    published = json.loads((site / "parity.json").read_text(encoding="utf-8"))
    assert published["reference"] == "sphinx-needs"
    assert published["summary"]["findings"]["error"] == 0
    evidence = published["summary"]["evidence"]
    assert evidence["verified"] == sum(evidence.values()) > 70
    assert published["summary"]["unread"] == 0
    assert published["rows"]
    assert published["exceptions"]
