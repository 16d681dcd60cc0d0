"""``arco-parity explain``: the page of a rule, offline; or all rules."""

from __future__ import annotations

import re
from argparse import Namespace
from textwrap import fill

from sphinx_arco_parity.cli.console import DONE, Console, WrongUsageError
from sphinx_arco_parity.exports.presentation import SEVERITY_COLOURS
from sphinx_arco_parity.model.rule_names import RULE_NAMES, RULES
from sphinx_arco_parity.rules.pages import page
from sphinx_arco_parity.text.words import nearest


def explain(arguments: Namespace, console: Console) -> int:
    """Print the page of a rule, or a line for each rule; return the exit status."""
    if arguments.rule is None:
        console.write(_all_rules(console))
        return DONE
    name = arguments.rule.removeprefix("parity.").strip()
    if name not in RULE_NAMES:
        raise no_such_rule(name)
    console.write(_rendered(page(name), console))
    return DONE


def no_such_rule(name: str) -> WrongUsageError:
    """Return what to say where *name* is no rule."""
    guess = nearest(name, RULE_NAMES)
    offer = f"did you mean `{guess}`?" if guess else "`arco-parity explain` lists all rules"
    return WrongUsageError(f"there is no rule `{name}`", help_text=offer)


def _all_rules(console: Console) -> str:
    width = max(map(len, RULE_NAMES))
    indent = width + 11
    room = console.width - indent
    lines = []
    for rule in RULES:
        severity = console.paint(f"{rule.severity:<7}", SEVERITY_COLOURS[rule.severity])
        said = rule.sentence if room < 30 else fill(rule.sentence, room, break_long_words=False)
        said = said.replace("\n", f"\n{' ' * indent}")
        lines.append(f"{rule.name:<{width}}  {severity}  {said}")
    return "\n".join([*lines, ""])


def _rendered(text: str, console: Console) -> str:
    """Return a page as it is written, or for a terminal: wrapped, without its markup."""
    if not console.out.isatty():
        return f"{text.rstrip()}\n"
    lines: list[str] = []
    paragraph: list[str] = []
    in_code = False
    for line in [*text.rstrip().splitlines(), ""]:
        plain = not in_code and line[:1] not in {"", "#"} and not line.startswith("```")
        if plain and not (paragraph and line.startswith("- ")):
            paragraph.append(line)
            continue
        if paragraph:
            lines.append(fill(" ".join(paragraph), console.width, break_long_words=False))
            paragraph = [line] if plain else []
        if line.startswith("```"):
            in_code = not in_code
        elif in_code:
            lines.append(f"    {line}")
        elif line.startswith("#"):
            lines.append(console.paint(line.lstrip("# "), "bold"))
        elif not plain:
            lines.append("")
    return re.sub(r"\*\*([^*]+)\*\*", lambda bold: console.paint(bold[1], "bold"), "\n".join(lines))
