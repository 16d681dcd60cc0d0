"""From a text to what the page keeps of it, before any builder."""

from __future__ import annotations

import pytest


@pytest.fixture
def tree(sphinx_doctree):
    sphinx_doctree.set_conf({"extensions": ["myst_parser", "sphinx_arco_parity"]})
    return sphinx_doctree


_MARKDOWN = """# Page

```{parity-exception} EX-01
:capability: c
:decision: d
:type: Deferral

Why *so*.
```
"""
_REST = """Page
====

.. parity-exception:: EX-01
   :capability: c
   :decision: d
   :type: Deferral

   Why *so*.
"""


@pytest.mark.parametrize(("name", "text"), [("i.md", _MARKDOWN), ("i.rst", _REST)])
def test_a_declaration_keeps_its_body_as_content(tree, name, text):
    result = tree(text, f"{'index'}{name[1:]}")
    assert result.warnings == ""
    lines = [line.strip() for line in result.pformat().splitlines()]
    assert any('ids="exception-EX-01"' in line for line in lines)
    assert lines[lines.index("Why") + 1 :] == ["<emphasis>", "so", "."]


def test_no_node_of_ours_reaches_other_writers(tree):
    tree.buildername = "text"
    result = tree(_REST, "index.rst")
    resolved = result.get_resolved_pformat()
    assert "EX-01" in resolved
    assert "<item" not in resolved
    assert "<view" not in resolved


def test_roles_link_to_the_declaration(tree):
    tree.buildername = "html"
    result = tree(_REST + "\n:exception:`EX-01` and :exception:`it <EX-01>`\n", "index.rst")
    resolved = result.get_resolved_pformat()
    assert resolved.count('refid="exception-EX-01"') == 2
    assert 'reftitle="c · Deferral"' in resolved
