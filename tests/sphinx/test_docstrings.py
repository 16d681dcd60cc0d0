"""What autodoc shows is found at its lines of the Python file."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.extension.reading.notebooks import first_line

MODULE = '''\
"""The module, see :parity:exception:`EX-5`."""


def run():
    """Run it.

    .. parity-claim:: same-run
       :exceptions: EX-9

       It runs as the other.

    See :parity:exception:`EX-8`.
    """


class Ring:
    """A ring."""

    def push(self):
        """

        Push, :parity:exception:`EX-7`.
        """
'''
PAGE = "M\n=\n\n.. automodule:: of_ours_alone\n   :members:\n"


def test_findings_in_docstrings_stand_in_their_file(project, monkeypatch):
    made = project(
        {"index.rst": PAGE, "/src/of_ours_alone.py": MODULE},
        {"extensions": ["sphinx.ext.autodoc", "sphinx_arco_parity"]},
    )
    monkeypatch.syspath_prepend(str(made.root / "src"))
    data = made.build("parity").data
    found = {
        finding["message"].split("`")[1]: (finding["path"], finding["line"])
        for finding in data["findings"]
        if finding["rule"] == "unknown-exception"
    }
    lines = MODULE.splitlines()
    assert found == {
        f"EX-{number}": (
            "src/of_ours_alone.py",
            next(at for at, line in enumerate(lines, 1) if f"EX-{number}" in line),
        )
        for number in (5, 7, 8, 9)
    }
    (claim,) = data["claims"]
    assert claim["location"] == {"path": "src/of_ours_alone.py", "line": 7}


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("of_ours_alone", 1),
        ("of_ours_alone.run", 5),
        ("a.package.of_ours_alone.Ring", 17),
        ("of_ours_alone.Ring.push", 22),
        ("of_ours_alone.Ring.nope", 0),
        ("nope", 1),
    ],
)
def test_the_docstring_of_a_name_begins_where_it_says_something(name, line):
    assert first_line(MODULE, name) == line


@pytest.mark.parametrize("text", ["def (", "", "x = 1\n", "def f():\n    pass\n"])
def test_a_file_without_the_docstring_has_no_line(text):
    assert first_line(text, "m.f") == 0
