"""``needs.json``: ids, links, and a real import by sphinx-needs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from html import unescape
from importlib.util import find_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.declarations.register import make_register
from sphinx_arco_parity.exports.needs_json import (
    NEED_FIELDS,
    NEED_LINKS,
    NEED_TYPES,
    needs_ids,
    needs_json,
)
from sphinx_arco_parity.text.words import plain

PATTERN = re.compile("^[A-Z0-9_]{5,}")


def needs_of(assessment):
    document = json.loads(needs_json(assessment))
    return document["versions"][document["current_version"]]["needs"]


def test_ids_are_plain_where_they_can_be():
    assert needs_ids("EXCEPTION", ["EX-01", "EX-05a"]) == {
        "EX-01": "EXCEPTION_EX_01",
        "EX-05a": "EXCEPTION_EX_05A",
    }


def test_ids_that_meet_all_get_a_digest():
    ids = needs_ids("ROW", ["a-b", "A b", "c"])
    assert ids["c"] == "ROW_C"
    assert ids == needs_ids("ROW", ["c", "A b", "a-b"])
    assert all(re.fullmatch("ROW_A_B_[0-9A-F]{8}", ids[one]) for one in ("a-b", "A b"))
    assert re.fullmatch("ROW_[0-9A-F]{8}", needs_ids("ROW", ["日本"])["日本"])


@given(st.lists(st.text(min_size=1), unique=True))
def test_ids_differ_and_are_taken(ids):
    made = needs_ids("ROW", ids)
    assert len(set(made.values())) == len(ids)
    assert all(PATTERN.fullmatch(one) for one in made.values())


def test_needs_and_links(sample):
    needs = needs_of(sample)
    assert list(needs) == [
        "EXCEPTION_EX_03", "EXCEPTION_EX_07", "ROW_SCHEDULE_TICK", "ROW_SENSOR",
        next(one for one in needs if one.startswith("CLAIM_")), "ADR_003", "ADR_024",
    ]  # fmt: skip
    exception, row = needs["EXCEPTION_EX_03"], needs["ROW_SCHEDULE_TICK"]
    assert exception["parity_adrs"] == ["ADR_024"], "an ADR that is not there is no link"
    assert exception["content"] == r"Deferred \| later"
    assert (exception["parity_type"], exception["parity_line"]) == ("Deferral", "12")
    assert (row["status"], row["parity_exceptions"]) == (
        "Implemented",
        ["EXCEPTION_EX_03"],
    )
    assert row["parity_verdicts"] == "verified 1; moved 1; unknown 1"
    assert needs["ROW_SENSOR"]["parity_exceptions"] == ["EXCEPTION_EX_07"]
    assert needs["ADR_003"]["parity_successor"] == ["ADR_024"]


@given(data=st.data())
def test_every_link_leads_somewhere(assessments, data):
    needs = needs_of(data.draw(assessments))
    known = {"id", "type", "title", "content", "status", *NEED_FIELDS, *NEED_LINKS}
    for key, need in needs.items():
        assert PATTERN.fullmatch(key)
        assert need["type"] in NEED_TYPES
        assert set(need) <= known
        assert need["title"]
        for link in NEED_LINKS:
            assert set(need.get(link, [])) <= set(needs)


CONF = """
extensions = ["sphinx_needs", "myst_parser"]
needs_types = [
    {{"directive": kind, "title": title, "prefix": prefix, "color": "#fff", "style": "node"}}
    for kind, (title, prefix) in {types!r}.items()
]
needs_fields = {{name: {{"description": text, "nullable": True}} for name, text in {fields!r}.items()}}
needs_links = {{
    name: {{"outgoing": out, "incoming": back}} for name, (out, back) in {links!r}.items()
}}
needs_build_json = True
needs_reproducible_json = True
"""
HOSTILE = "[[nope()]] <{x}> *a `b` |c| :ref:`d` <e> {{f}} $g$ - \\ _h_ 1. i::"


@pytest.mark.skipif(find_spec("sphinx_needs") is None, reason="needs sphinx-needs")
@pytest.mark.parametrize(("name", "page"), [
    ("index.rst", "Needs\n=====\n\n.. needimport:: needs.json\n\n.. needtable::\n\n.. needflow::\n   :engine: graphviz\n"),
    ("index.md", "# Needs\n\n```{needimport} needs.json\n```\n\n```{needtable}\n```\n"),
])  # fmt: skip
def test_sphinx_needs_imports_it(sample, tmp_path, name, page):
    document = sample.register.documents[1]
    first, *others = document.exceptions
    odd = replace(
        first,
        capability=HOSTILE,
        decision=HOSTILE,
        rationale=f"{HOSTILE}\n\n.. raw:: html\n",
    )
    documents = [
        replace(document, exceptions=(odd, *others)),
        sample.register.documents[0],
    ]
    register = make_register(documents, sample.register.settings, adrs=sample.register.adrs)
    written = needs_json(replace(sample, register=register))
    (tmp_path / "needs.json").write_text(written, encoding="utf-8")
    (tmp_path / name).write_text(page, encoding="utf-8")
    conf = CONF.format(types=dict(NEED_TYPES), fields=dict(NEED_FIELDS), links=dict(NEED_LINKS))
    (tmp_path / "conf.py").write_text(conf, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(tmp_path), str(tmp_path / "out")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = [line for line in run.stderr.splitlines() if "dot command" not in line]
    assert (run.returncode, lines) == (0, [])
    imported = json.loads((tmp_path / "out/needs.json").read_text(encoding="utf-8"))
    needs = imported["versions"][imported["current_version"]]["needs"]
    ours = needs_of(replace(sample, register=register))
    assert set(needs) == set(ours)
    for key, need in ours.items():
        for field in NEED_LINKS:
            assert needs[key].get(field, []) == need.get(field, [])
    html = (tmp_path / "out/index.html").read_text(encoding="utf-8")
    assert "ROW_SCHEDULE_TICK" in html
    shown = " ".join(unescape(re.sub("<[^>]+>", "", html)).split())
    assert shown.count(plain(HOSTILE)) >= 2, "the text means itself, in the page's markup"
