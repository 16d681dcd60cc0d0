from __future__ import annotations

import re
from importlib.resources import files

import pytest

from sphinx_arco_parity.model.rule_names import RULE_NAMES, RULES
from sphinx_arco_parity.rules import ALL_RULES
from sphinx_arco_parity.rules.pages import page

RULE = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
HEADINGS = ["What it means", "Example", "How to fix it", "How to silence it"]


def folded(text):
    return " ".join(text.split())


@RULE
def test_a_page_says_what_the_rule_is(rule):
    text = page(rule.name)
    assert text.startswith(f"# {rule.name}\n")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == HEADINGS
    assert f"Default severity: **{rule.severity}**. Reported when {rule.sentence}." in folded(text)
    assert ("is at most a warning" in folded(text)) == rule.evidence


def test_there_is_a_page_for_each_rule_and_no_other():
    found = files("sphinx_arco_parity.rules.pages").iterdir()
    names = {one.name for one in found if one.name.endswith(".md")}
    assert names == {f"{name}.md" for name in RULE_NAMES}


def test_there_is_no_page_for_what_is_no_rule():
    with pytest.raises(KeyError):
        page("../__init__")


def test_the_sentence_of_a_rule_is_the_docstring_of_its_function():
    sentences = {folded(rule.sentence).lower() for rule in RULES}
    said = {
        rule.__name__.replace("_", "-"): folded(rule.__doc__).rstrip(".").lower()
        for rule in ALL_RULES
    }
    named = {name: text for name, text in said.items() if name in RULE_NAMES}
    assert len(named) > 20
    assert {name for name, text in named.items() if text not in sentences} == set()
