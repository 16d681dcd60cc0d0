"""Claims by role, with prose read for claims that nobody marked, and in translation."""

from __future__ import annotations

import re
import zlib

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

_CONF = {"parity_tables": {"exceptions": ["register"]}, "parity_prose": True}

#: Where a marked claim stands, in each markup; ``@`` is the claim.
_PLACES = {
    "a paragraph": ("It is said that @ and that @.", "It is said that @ and that @."),
    "a list": ("- @\n- Words.", "- @\n- Words."),
    "a table": (
        "| A | B |\n|---|---|\n| @ | x |",
        "== =====\nA  B\n== =====\nx  @\n== =====",
    ),
    "a quotation": ("> @", "   @"),
}
_WORDS = "Flow matches Dagster in every way"
_ROLES = (f"{{parity-claim}}`{_WORDS} <EX-01>`", f":parity-claim:`{_WORDS} <EX-01>`")


def _rest_table(text: str) -> str:
    bar = "== " + "=" * (len(_ROLES[1]) + 2)
    return text.replace("== =====", bar)


@pytest.mark.parametrize("place", _PLACES)
def test_a_marked_claim_is_no_prose_claim(project, register, place):
    markdown, rest = _PLACES[place]
    made = project(
        {
            "register.md": register,
            "a.md": "# A\n\n" + markdown.replace("@", _ROLES[0]) + "\n",
            "b.rst": "B\n=\n\n" + _rest_table(rest).replace("@", _ROLES[1]) + "\n",
            "c.md": f"# C\n\n{_WORDS}.\n",
            "d.rst": "D\n=\n\n.. include:: part.txt\n",
            "part.txt": f"Again {_ROLES[1]}.\n",
        },
        _CONF,
    )
    for _ in range(2):
        built = made.build()
        found = [line.path for line in built.lines if line.rule == "prose-claim"]
        assert found == ["docs/c.md"], built.stderr
        each = 2 if place == "a paragraph" else 1
        assert len(built.data["claims"]) == 2 * each + 1


_PAGE = """Page
====

First :parity-claim:`One is so <EX-01>` and :parity-claim:`two is so <EX-02>`.

- :parity-claim:`Three is so <EX-01>` in a list.

:parity-claim:`Four is so <EX-02>` is dropped by the translation.

:parity-claim:`Five is so <EX-01>` is not translated.

.. parity-table:: claims
"""
_GERMAN = {
    "First :parity-claim:`One is so <EX-01>` and :parity-claim:`two is so <EX-02>`.": (
        ":parity-claim:`Zwei ist so <EX-02>`, und :parity-claim:`eins ist so <EX-01>`."
    ),
    ":parity-claim:`Three is so <EX-01>` in a list.": (
        "In der Liste: :parity-claim:`drei ist so <EX-01>`."
    ),
    ":parity-claim:`Four is so <EX-02>` is dropped by the translation.": "Nichts davon.",
}


def _translate(root, texts: dict[str, str]) -> None:
    catalogue = Catalog(locale="de")
    for text, german in texts.items():
        catalogue.add(text, german)
    folder = root / "docs" / "locale" / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "page.mo").open("wb") as file:
        write_mo(file, catalogue)


def _anchors(built) -> dict[str, str]:
    raw = (built.out / "objects.inv").read_bytes().split(b"\n", 4)[4]
    lines = zlib.decompress(raw).decode().splitlines()
    found = re.compile(r"(.+?) parity:claim \S+ page\.html#(\S+) ")
    matches = filter(None, map(found.match, lines))
    return {m[1]: m[2].replace("$", m[1]) for m in matches}


@pytest.mark.parametrize("builder", ["html", "singlehtml"])
@pytest.mark.parametrize("prose", [False, True])
def test_a_translated_claim_keeps_its_anchor(project, register, builder, prose):
    conf = {**_CONF, "language": "de", "locale_dirs": ["locale"], "parity_prose": prose}
    made = project({"register.md": register, "page.rst": _PAGE}, conf)
    _translate(made.root, _GERMAN)
    built = made.build(builder)
    page = built.html("page.html" if builder == "html" else "index.html")
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert "Zwei ist so" in page
    if builder == "html":
        anchors = _anchors(built)
        assert len(anchors) == 5
        assert all(ids.count(anchor) == 1 for anchor in anchors.values())
    links = re.findall(r'href="(?:page\.html)?#(claim-[^"]+)"', page)
    assert len(set(links)) == 5
    assert set(links) <= set(ids)
    # By what it cites: the translation says the second claim first.
    assert re.search(r'id="claim-two-is-so"[^>]*>Zwei', page)
    assert re.search(r'id="claim-One-is-so"[^>]*>eins', page)


def test_no_node_of_ours_is_in_a_translated_page(project, register):
    conf = {**_CONF, "language": "de", "locale_dirs": ["locale"]}
    made = project({"register.md": register, "page.rst": _PAGE}, conf)
    _translate(made.root, _GERMAN)
    text = (made.build("pseudoxml").out / "page.pseudoxml").read_text(encoding="utf-8")
    assert "<claim" not in text
    assert text.count('<inline classes="parity-claim"') == 4
