"""The page of each rule, as Markdown: what it means, an example, how to fix it.

Shown by ``arco-parity explain RULE`` and by the documentation.
"""

from __future__ import annotations

from importlib.resources import files

from sphinx_arco_parity.model.rule_names import RULES_BY_NAME


def page(rule: str) -> str:
    """Return the page of *rule* as Markdown.

    :raises KeyError: if there is no such rule.
    """
    name = RULES_BY_NAME[rule].name
    return files(__name__).joinpath(f"{name}.md").read_text(encoding="utf-8")
