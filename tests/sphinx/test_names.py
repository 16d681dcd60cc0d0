"""Names: flat and in the domain, Python's `exception`, slips, and what is not ours."""

from __future__ import annotations

import pytest

_EXCEPTION = "   :capability: c\n   :decision: d\n   :type: Deferral\n"


def _messages(built):
    return [
        (f["rule"], f["line"], f["message"])
        for f in built.serious
        if f["rule"] == "malformed-declaration"
    ]


@pytest.mark.parametrize("name", ["parity-exception", "parity:exception"])
def test_flat_and_domain_names_are_the_same(project, name):
    built = project(
        {
            "a.rst": f"A\n=\n\n.. {name}:: EX-01\n{_EXCEPTION}",
            "b.md": f"# B\n\n```{{{name}}} EX-02\n:capability: c\n:decision: d\n"
            ":type: Deferral\n```\n",
        }
    ).build()
    assert built.ids() == ["EX-01", "EX-02"]
    assert built.warnings == []


def test_pythons_directive_is_told_where_an_id_is_meant(project):
    built = project(
        {
            "a.rst": "A\n=\n\n.. exception:: EX-01\n\n   text\n",
            "b.md": "# B\n\n```{exception} EX-02\ntext\n```\n",
            "c.rst": f"C\n=\n\n.. exception:: EX-03\n{_EXCEPTION}",
        }
    ).build()
    assert _messages(built) == [
        (
            "malformed-declaration",
            line,
            f"`exception` with “{name}” is Python's directive and declares nothing here",
        )
        for name, line in [("EX-01", 4), ("EX-02", 3), ("EX-03", 4)]
    ]
    assert built.status == 1
    assert built.ids() == []


def test_pythons_exceptions_stay_pythons(project):
    made = project(
        {
            "index.rst": "I\n=\n\n.. exception:: MyError\n\n.. py:exception:: pkg.Error\n\n"
            ".. automodule:: amod\n   :members:\n\n:exc:`amod.AmodError` :py:exc:`MyError`\n",
            "amod.py": 'class AmodError(Exception):\n    """Not EX-01."""\n',
        },
        {"extensions": ["sphinx.ext.autodoc", "sphinx_arco_parity"]},
        more="import os, sys\nsys.path.insert(0, os.path.dirname(__file__))",
    )
    built = made.build("html", "-n", "-W")
    assert built.warnings == []
    assert built.status == 0
    assert 'id="amod.AmodError"' in built.html("index.html")


@pytest.mark.parametrize("domain", ["std", None, "c"])
def test_bare_exception_where_pythons_domain_is_not_the_default(project, domain):
    built = project(
        {"a.rst": f"A\n=\n\n.. exception:: EX-01\n{_EXCEPTION}"},
        {"primary_domain": domain},
    ).build()
    assert [(rule, line) for rule, line, _ in _messages(built)] == [("malformed-declaration", 4)]


def test_bare_exception_where_our_domain_is_the_default(project):
    built = project(
        {
            "a.rst": f"A\n=\n\n.. exception:: EX-01\n{_EXCEPTION}\n.. note:: n\n\n"
            ":exception:`EX-01`\n\n.. py:exception:: MyError\n"
        },
        {"primary_domain": "parity"},
    ).build("html", "-W")
    assert built.ids() == ["EX-01"]
    assert built.warnings == []


_SLIPS = {
    "parity-expection": "parity-exception",
    "parity_exception": "parity-exception",
    "parity-excption": "parity-exception",
    "parity:exceptoin": "parity:exception",
    "parity-claims": "parity-claim",
    "partiy-row": "parity-row",
    "parity-matirx": "parity-matrix",
}


@pytest.mark.parametrize("slip", _SLIPS)
def test_misspelt_directives(project, slip):
    built = project(
        {
            "a.rst": f"A\n=\n\n.. {slip}:: EX-01\n\n   text\n",
            "b.md": f"# B\n\n```{{{slip}}} EX-01\ntext\n```\n",
        }
    ).build()
    expected = f"there is no directive `{slip}`; did you mean `{_SLIPS[slip]}`?"
    assert [(line, text) for _, line, text in _messages(built)] == [
        (4, expected),
        (3, expected),
    ]


_ROLE_SLIPS = {
    "excepton": "exception",
    "exceptions": "exception",
    "parity-rows": "parity-row",
    "parity:clam": "parity:claim",
}


@pytest.mark.parametrize("slip", _ROLE_SLIPS)
def test_misspelt_roles(project, slip):
    built = project(
        {
            "a.rst": f"A\n=\n\nText and :{slip}:`EX-01`.\n",
            "b.md": f"# B\n\nText and {{{slip}}}`EX-01`.\n",
        }
    ).build()
    expected = f"there is no role `{slip}`; did you mean `{_ROLE_SLIPS[slip]}`?"
    assert [(line, text) for _, line, text in _messages(built)] == [
        (4, expected),
        (3, expected),
    ]


def test_names_of_others_are_left_alone(project):
    directives = "exec exercise solution deprecated seealso need req table-of parallel"
    roles = "expand excel adrs_ need claim row paragraph"
    rest = "".join(f".. {name}:: x\n\n   text\n\n" for name in directives.split())
    rest += "".join(f"Text :{name.strip('_')}x:`x`.\n\n" for name in roles.split())
    markdown = "".join(f"```{{{n}}} 1.0\ntext\n```\n\n" for n in directives.split())
    built = project({"a.rst": "A\n=\n\n" + rest, "b.md": "# B\n\n" + markdown}).build()
    assert built.serious == []
    assert built.status == 0


_LOOKALIKES = {
    "fence of colons": ("a.md", ":::{parity-exception} EX-01\n:capability: c\n:::\n"),
    "rst in Markdown": ("a.md", ".. parity-exception:: EX-01\n   :capability: c\n"),
    "no braces": ("a.md", "```parity-exception EX-01\n:capability: c\n```\n"),
    "one colon": ("a.rst", ".. parity-exception: EX-01\n   :capability: c\n"),
    "no colon": ("a.rst", ".. parity-exception EX-01\n   :capability: c\n"),
    "colons at the end": ("a.rst", ".. parity-exception EX-01::\n\n   text\n"),
    "MyST in rst": ("a.rst", "```{parity-exception} EX-01\n:capability: c\n```\n"),
    "rst role in Markdown": ("a.md", ":exception:`EX-01` is cited.\n"),
    "MyST role in rst": ("a.rst", "{exception}`EX-01` is cited.\n"),
}


@pytest.mark.parametrize("kind", _LOOKALIKES)
def test_what_parsers_take_for_text_or_comments(project, kind):
    name, text = _LOOKALIKES[kind]
    head = "# A\n\nText.\n\n" if name == "a.md" else "A\n=\n\nText.\n\n"
    built = project({name: head + text}).build()
    line = head.count("\n") + 1
    assert built.places == [("malformed-declaration", f"docs/{name}", line)]


def test_what_only_speaks_of_our_names(project):
    built = project(
        {
            "a.md": "# A\n\nThe role `:exception:` and ```` ```{parity-row} ````.\n\n"
            "````md\n```{parity-exception} EX-01\n```\n````\n\n"
            "`.. parity-exception:: EX-01` and the `{exception}` role, `{adr}` `12`.\n\n"
            "% parity-exception: later\n\n```{parity-row} r\n:capability: c\n"
            ":status: Planned\n\nA {adr}`1`\n```\n",
            "b.rst": "B\n=\n\nThe role ``:exception:`` and ``.. parity-row::``::\n\n"
            "   .. parity-exception:: EX-01\n\n.. parity-row is what we use, see below\n\n"
            ".. code-block:: rst\n\n   .. parity-exception:: EX-01\n\n"
            ".. .. parity-exception:: EX-02\n",
        },
        {"parity_rules": {"unknown-adr": "off"}},
    ).build()
    assert built.places == []


def test_any_finds_our_declarations(project, register):
    built = project(
        {"register.md": register, "a.rst": "A\n=\n\n:any:`EX-05a`\n"},
        {"parity_tables": {"exceptions": ["register"]}},
    ).build("html", "-n", "-W")
    assert built.status == 0
    assert 'href="register.html#exception-EX-05a"' in built.html("a.html")
