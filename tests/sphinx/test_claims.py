"""A claim that cites nothing, an id that nobody declares, and in each of the four ways."""

from __future__ import annotations

import re

import pytest

# What is cited, for people; the claim's options and body in Markdown, then in rst.
_DIRECTIVES = {
    "option": (":exceptions: EX-01\n\nMatches.", ":exceptions: EX-01\n\nMatches."),
    "role": ("As {exception}`EX-01` says.", "As :exception:`EX-01` says."),
    "role with title": ("{exception}`that <EX-01>`.", ":exception:`that <EX-01>`."),
    "domain role": ("{parity:exception}`EX-01`.", ":parity:exception:`EX-01`."),
    "id": ("Matches, but EX-01.", "Matches, but EX-01."),
    "id in code": ("Matches, but `EX-01`.", "Matches, but ``EX-01``."),
    "path": ("See `docs/register.md`.", "See ``docs/register.md``."),
    "path with line": ("See `docs/register.md:5`.", "See ``docs/register.md:5``."),
    "bare path": ("See docs/register.md:5.", "See docs/register.md:5."),
    "link": ("See [it](register.md).", "See `it <register.md>`_."),
    "link to section": ("See [it](register.md#register).", "See `it <register.md>`__."),
    "link without text": ("See [](register.md).", "See `it <register.html>`_."),
    "link by reference": (
        "See [it][1].\n\n[1]: register.md",
        "See it_.\n\n.. _it: register.md",
    ),
    "project link": ("See <project:register.md>.", "See :download:`register.md`."),
    "doc": ("See {doc}`register`.", "See :doc:`register`."),
    "doc with title": ("See {doc}`it </register>`.", "See :doc:`it </register>`."),
    "ref": ("See {ref}`the-register`.", "See :ref:`the-register`."),
    "ref with title": ("{ref}`it <The-Register>`.", ":ref:`it <The-Register>`."),
}
_INLINE = {
    "option": ("{parity-claim}`Matches <EX-01>`", ":parity-claim:`Matches <EX-01>`"),
    "two": (
        "{parity-claim}`Matches <EX-01, EX-03>`",
        ":parity-claim:`Matches <EX-01, EX-03>`",
    ),
    "id": ("{parity-claim}`Matches but EX-01`", ":parity-claim:`Matches but EX-01`"),
    "domain role": (
        "{parity:claim}`Matches <EX-01>`",
        ":parity:claim:`Matches <EX-01>`",
    ),
}


def _markdown(body: str) -> str:
    return f"# Claims\n\nText.\n\n```{{parity-claim}} c\n{body}\n```\n"


def _rest(body: str) -> str:
    gap = "" if body.startswith(":exceptions") else "\n"
    text = "\n".join(f"   {line}" if line else "" for line in body.split("\n"))
    return f"Claims\n======\n\nText.\n\n.. parity-claim:: c\n{gap}{text}\n"


def _pages(way: str, forms: tuple[str, str]) -> dict[str, str]:
    name = re.sub(r"\W+", "-", way)
    return {f"{name}-md.md": _markdown(forms[0]), f"{name}-rst.rst": _rest(forms[1])}


@pytest.fixture
def built(project, register, tables):
    def build(pages):
        files = {"register.md": "(the-register)=\n" + register, **pages}
        tables["parity_tables"].pop("matrix")
        return project(files, tables).build()

    return build


def test_each_way_of_citing_is_enough(built):
    pages = {}
    for way, forms in _DIRECTIVES.items():
        pages |= {
            name: text.replace("parity-claim} c", f"parity-claim}} {name[:-3]}")
            for name, text in _pages(way, forms).items()
        }
    pages = {
        name: text.replace("parity-claim:: c", f"parity-claim:: {name[:-4]}")
        for name, text in pages.items()
    }
    result = built(pages)
    assert result.places == []
    assert result.status == 0
    assert len(result.data["claims"]) == 2 * len(_DIRECTIVES)


def test_each_way_of_citing_inline_is_enough(built):
    text = {0: "# Claims\n\n", 1: "Claims\n======\n\n"}
    for forms in _INLINE.values():
        for markup, form in enumerate(forms):
            text[markup] += f"A text and\n{form}.\n\n"
    result = built({"md.md": text[0], "rst.rst": text[1]})
    assert result.places == []
    assert len(result.data["claims"]) == 2 * len(_INLINE)
    for claim in result.data["claims"]:
        assert claim["exceptions"][0] == "EX-01"
        first = 4 if claim["location"]["path"] == "docs/md.md" else 5
        assert (claim["location"]["line"] - first) % 3 == 0


_NOTHING = {
    "nothing": ("Matches.", "Matches."),
    "another page": ("See [it](other.md).", "See :doc:`other`."),
    "another label": ("See {ref}`there`.", "See :ref:`there`."),
    "a part of a word": ("Matches XEX-01 and EX-01xy.", "Matches XEX-01 and EX-01xy."),
    "a bare row": (":rows: r\n\nMatches.", ":rows: r\n\nMatches."),
}


@pytest.mark.parametrize("way", _NOTHING)
def test_a_claim_that_cites_nothing(built, way):
    other = "(there)=\n# Other\n\n```{parity-row} r\n:capability: c\n:status: Planned\n```\n"
    forms = tuple(f.replace(":rows: r", ":rows: r") for f in _NOTHING[way])
    pages = {**_pages("x", forms), "other.md": other}
    pages["x-rst.rst"] = pages["x-rst.rst"].replace(":: c\n\n   :rows", ":: c\n   :rows")
    pages["x-rst.rst"] = pages["x-rst.rst"].replace(":: c", ":: d")
    result = built(pages)
    assert result.places == [
        ("claim-without-exception", "docs/x-md.md", 5),
        ("claim-without-exception", "docs/x-rst.rst", 6),
    ]
    assert [one.message.split(" (")[0] for one in result.lines] == [
        "claim c: cites no declared exception",
        "claim d: cites no declared exception",
    ]
    assert {one.level for one in result.lines} == {"ERROR"}
    assert result.status == 1


_UNKNOWN = {
    "option": (":exceptions: EX-99\n\nMatches.", ":exceptions: EX-99\n\nMatches.", 6),
    "role": (
        "One line and\n{exception}`EX-99`.",
        "One line and\n:exception:`EX-99`.",
        7,
    ),
    "id": ("Matches, but EX-99.", "Matches, but EX-99.", 5),
    "beside one": (
        ":exceptions: EX-01, EX-99\n\nMatches.",
        ":exceptions: EX-01, EX-99\n\nMatches.",
        6,
    ),
}


@pytest.mark.parametrize("way", _UNKNOWN)
def test_an_unknown_id_is_told_alone(built, way):
    markdown, rest, line = _UNKNOWN[way]
    pages = _pages("x", (markdown, rest))
    pages["x-rst.rst"] = pages["x-rst.rst"].replace(":: c", ":: d")
    result = built(pages)
    down = 2 if way == "role" else 1  # a blank line after the directive's name
    assert result.places == [
        ("unknown-exception", "docs/x-md.md", line),
        ("unknown-exception", "docs/x-rst.rst", line + down),
    ]
    assert "did you mean" not in result.lines[0].message


def test_inline_claims_stand_on_their_own_lines(built):
    result = built(
        {
            "md.md": "# M\n\nText {parity-claim}`Matches Dagster <EX-01>` and\n"
            "{parity-claim}`Matches Dagster <EX-99>` and {parity-claim}`Matches\n"
            "all of it` there.\n",
            "rst.rst": "M\n=\n\nText :parity-claim:`Matches Dagster <EX-01>` and\n"
            ":parity-claim:`Matches Dagster <EX-99>` and :parity-claim:`Matches\n"
            "all of it` there.\n",
        }
    )
    assert result.places == [
        ("claim-without-exception", "docs/md.md", 4),
        ("unknown-exception", "docs/md.md", 4),
        ("claim-without-exception", "docs/rst.rst", 5),
        ("unknown-exception", "docs/rst.rst", 5),
    ]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (
            "m.rst",
            "M\n=\n\n.. parity-row:: r\n   :capability: A\n   :status: Implemented\n\n   {}\n",
        ),
        ("m.md", "# M\n\n```{{parity-row}} r\n:capability: A\n:status: Implemented\n\n{}\n```\n"),
    ],
)
def test_options_behind_a_blank_line_are_not_lost_in_the_body(project, page, text):
    late = project({page: text.format(":code: gone.py")}, {}).build()
    told = [(f["rule"], f["line"]) for f in late.data["findings"] if f["severity"] == "error"]
    line = text.split("{}")[0].count("\n") + 1
    assert ("malformed-declaration", line) in told
    assert ("evidence-not-found", line) in told
    notes = project({page: text.format(":code:`x` is a role")}, {}).build()
    assert not [f for f in notes.data["findings"] if f["rule"] == "malformed-declaration"]


@pytest.mark.parametrize("suffix", ["md", "rst"])
def test_an_unknown_id_of_the_text_is_reported_where_it_is_written(project, suffix):
    body = ":exceptions: EX-01, EX-77\n\nMatches, but\n`EX-88`, EX-89–EX-90\nand EX-88."
    page = _markdown(body) if suffix == "md" else _rest(body.replace("`", "``"))
    register = "# R\n\n| ID | Capability | Decision | Type |\n|---|---|---|---|\n| EX-01 | a | b | Deferral |\n"
    conf = {"parity_tables": {"exceptions": ["register"]}}
    built = project({f"claims.{suffix}": page, "register.md": register}, conf).build()
    lines = page.splitlines()
    found = {
        f["message"][-30:].split("`")[1]: f for f in built.data["findings"] if "EX-" in f["message"]
    }
    for name in ("EX-77", "EX-88", "EX-89", "EX-90"):
        at = next(number for number, line in enumerate(lines, 1) if name in line)
        assert (found[name]["line"], found[name]["column"]) == (at, lines[at - 1].index(name) + 1)
