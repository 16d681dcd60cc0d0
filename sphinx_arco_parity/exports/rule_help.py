"""The documented page of a rule, for reports that carry help.

The pages are ``rules/pages/<rule>.md`` and are shipped in the wheel.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from sphinx_arco_parity.rule_names import RULES_BY_NAME


@cache
def rule_page(name: str) -> str:
    """Return the Markdown page of the rule *name*.

    A rule without a page has its sentence.

    :raises KeyError: if there is no such rule.
    """
    rule = RULES_BY_NAME[name]
    page = files("sphinx_arco_parity") / "rules" / "pages" / f"{name}.md"
    if page.is_file():
        return page.read_text(encoding="utf-8")
    return sentence(rule.sentence)


def sentence(text: str) -> str:
    """Return *text* with a capital letter and a full stop."""
    return f"{text[:1].upper()}{text[1:]}."
