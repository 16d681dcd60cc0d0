"""Exceptions of other projects, by inventory: cited by name, never by accident."""

from __future__ import annotations

import re

import pytest

_THEIRS = """# R

| ID | Capability | Decision | Type |
|---|---|---|---|
| EX-03 | Their UI | D | Permanent |
| OT-07 | Theirs | D | Permanent |
"""
_EXTENSIONS = ["myst_parser", "sphinx_arco_parity", "sphinx.ext.intersphinx"]
_CONF = {"parity_tables": {"exceptions": ["register"]}, "extensions": _EXTENSIONS}


@pytest.fixture
def inventory(project):
    built = project({"register.md": _THEIRS}, _CONF, name="theirs").build("html")
    assert built.status == 0
    return str(built.out / "objects.inv")


@pytest.fixture
def ours(project, register):
    def make(files, inventory):
        mapping = {"other": ("https://other.example/", inventory)}
        conf = {**_CONF, "intersphinx_mapping": mapping}
        return project({"register.md": register, **files}, conf, name="ours")

    return make


_CLAIM = "```{{parity-claim}} {0}\n:exceptions: {1}\n\nWords.\n```\n\n"


def test_citations_with_the_name_of_the_project(ours, inventory):
    text = (
        "# A\n\n{external+other:parity:exception}`EX-03`, "
        "{external+other:exception}`OT-07`, {exception}`other:EX-03`.\n\n"
        + _CLAIM.format("c1", "other:EX-03")
        + "```{parity-claim} c2\nAs {external+other:parity:exception}`OT-07` says.\n```\n\n"
        "{parity-claim}`Same <other:OT-07>`.\n"
    )
    rest = (
        "B\n=\n\n:external+other:parity:exception:`EX-03` "
        ":external+other:exception:`OT-07`\n\n"
        ".. parity-claim:: d1\n   :exceptions: other:EX-03\n\n   Words.\n"
    )
    built = ours({"a.md": text, "b.rst": rest}, inventory).build("html", "-n", "-W")
    assert built.warnings == []
    assert built.status == 0
    cited = {one["id"]: one["exceptions"] for one in built.data["claims"]}
    assert cited == {
        "c1": ["other:EX-03"],
        "c2": ["other:OT-07"],
        "same": ["other:OT-07"],
        "d1": ["other:EX-03"],
    }
    links = re.findall(r'href="https://other.example/([^"]*)"', built.html("a.html"))
    assert {"register.html#exception-EX-03", "register.html#exception-OT-07"} == set(links)
    assert "https://other.example/register.html#exception-OT-07" in built.html("b.html")


def test_what_only_the_other_project_declares_is_unknown_here(ours, inventory):
    text = "# A\n\n{exception}`EX-03` and\n{exception}`OT-07`\n"
    built = ours({"a.md": text}, inventory).build("html")
    assert built.places == [("unknown-exception", "docs/a.md", 4)]
    assert "other.example" not in built.html("a.html")


def test_ids_and_projects_that_are_not_there(ours, inventory):
    text = "# A\n\n" + _CLAIM.format("c1", "other:EX-04") + _CLAIM.format("c2", "othr:EX-03")
    built = ours({"a.md": text}, inventory).build()
    assert built.places == [
        ("unknown-exception", "docs/a.md", 4),
        ("unknown-exception", "docs/a.md", 10),
    ]
    first, second = (one["message"] for one in built.serious)
    assert "the project `other` declares no exception `EX-04`" in first
    assert "`intersphinx_mapping` names no project `othr`" in second


def test_an_inventory_that_cannot_be_loaded_is_one_warning(ours):
    text = (
        "# A\n\n"
        + _CLAIM.format("c1", "other:EX-03")
        + _CLAIM.format("c2", "other:EX-77")
        + "```{parity-claim} c3\nAs {external+other:parity:exception}`OT-07` says.\n```\n"
    )
    rest = "B\n=\n\n.. parity-claim:: d\n\n   As :external+other:exception:`OT-07` says.\n"
    built = ours({"a.md": text, "b.rst": rest}, "/nowhere/objects.inv").build()
    assert [(f["rule"], f["severity"], f["path"]) for f in built.serious] == [
        ("unreadable-file", "warning", "docs/conf.py")
    ]
    assert built.status == 0


def test_an_inventory_that_nobody_uses_is_no_matter_of_ours(ours):
    built = ours({"a.md": "# A\n"}, "/nowhere/objects.inv").build()
    assert built.serious == []
