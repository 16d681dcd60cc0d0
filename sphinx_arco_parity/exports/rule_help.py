"""What a report says of a rule beyond its findings: its page, or its sentence.

Used by the formats that carry help.
"""

from __future__ import annotations

from functools import cache

from sphinx_arco_parity.model.rule_names import RULES_BY_NAME
from sphinx_arco_parity.rules.pages import page


@cache
def rule_page(name: str) -> str:
    """Return the Markdown page of the rule *name*, or its sentence if it has none.

    :raises KeyError: if there is no such rule.
    """
    try:
        return page(name)
    except FileNotFoundError:
        return sentence(RULES_BY_NAME[name].sentence)


def sentence(text: str) -> str:
    """Return *text* with a capital letter and a full stop."""
    return f"{text[:1].upper()}{text[1:]}."
