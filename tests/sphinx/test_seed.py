"""The document that the project was made for, copied unchanged."""

from __future__ import annotations

from pathlib import Path

import pytest

_SEED = Path(__file__).parents[2] / "examples/arco-flow/docs/audits/arco-flow-exception-planning.md"
_IDS = ["01", "02", "03", "04", "05a", "05b", "06", "07", "08", "09"]


@pytest.fixture
def seed(project):
    made = project(
        {
            "audits/arco-flow-exception-planning.md": _SEED.read_bytes(),
            "guide.rst": "Guide\n=====\n\nSee :exception:`EX-05a` and\n"
            ":exception:`the other <EX-05b>`.\n",
            "notes/more.md": "# More\n\nSee {exception}`EX-03`.\n",
            "trace.md": "# Trace\n\n```{parity-table} traceability\n```\n",
        },
    )
    made.write(
        {
            "docs/conf.py": 'project = "Arco Flow"\n'
            'extensions = ["myst_parser", "sphinx_arco_parity"]\n'
            'parity_tables = {"exceptions": ["audits/*exception*"]}\n'
        }
    )
    return made


def test_ten_exceptions_are_declared_by_three_lines_of_configuration(seed):
    built = seed.build("html")
    assert built.ids() == [f"EX-{one}" for one in _IDS]
    assert built.status == 0
    assert built.warnings == []
    assert built.serious == []
    lines = [one["location"]["line"] for one in built.data["exceptions"]]
    assert lines == list(range(19, 29))
    assert {one["location"]["path"] for one in built.data["exceptions"]} == {
        "audits/arco-flow-exception-planning.md"
    }
    assert built.one("exceptions", "EX-05b")["capability"] == ("Observable/external asset parity")


def test_every_page_may_link_to_them(seed):
    built = seed.build("html")
    page = "audits/arco-flow-exception-planning.html"
    ids = {one: f"exception-EX-{one}" for one in _IDS}
    guide, more = built.html("guide.html"), built.html("notes/more.html")
    assert f'href="{page}#{ids["05a"].lower()}"' in guide.replace("EX", "ex")
    assert "the other</span></a>" in guide or "the other</a>" in guide
    assert f"../{page}#" in more
    register = built.html(page)
    for one in _IDS:
        assert f'id="{ids[one]}"' in register or f'id="{ids[one].lower()}"' in register


def test_the_traceability_table_lists_all_ten(seed):
    trace = seed.build("html").html("trace.html")
    for one in _IDS:
        assert f"EX-{one}" in trace
