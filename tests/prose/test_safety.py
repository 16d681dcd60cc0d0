"""No pattern of the reader can be made to backtrack without a bound."""

from __future__ import annotations

import importlib
import pkgutil
import re
from re import _constants as sre
from re import _parser as parser

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sphinx_arco_parity.prose as room
from sphinx_arco_parity.prose import Block, find_claims, markdown_blocks, rst_blocks
from sphinx_arco_parity.prose.grammar import ELIDED_RULES, RULES, UNNAMED_RULES
from sphinx_arco_parity.settings.options import Settings

REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT)
ONE_CHARACTER = (sre.IN, sre.LITERAL, sre.NOT_LITERAL, sre.ANY)


def all_patterns() -> dict[str, re.Pattern[str]]:
    found = {}
    for info in pkgutil.iter_modules(room.__path__):
        module = importlib.import_module(f"{room.__name__}.{info.name}")
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                found[f"{info.name}.{name}"] = value
    for number, rule in enumerate((*RULES, *ELIDED_RULES, *UNNAMED_RULES)):
        found[f"rule {number} {rule.name}"] = rule.pattern
    return found


def parts(tree: object) -> list[tuple[object, object]]:
    """Return all nodes of a parsed pattern below *tree*."""
    found = []
    if isinstance(tree, parser.SubPattern):
        for code, argument in tree:
            found.append((code, argument))
            found.extend(parts(argument))
    elif isinstance(tree, tuple | list):
        for one in tree:
            found.extend(parts(one))
    return found


def unbounded(pattern: str) -> list[tuple[object, object]]:
    return [
        argument
        for code, argument in parts(parser.parse(pattern))
        if code in REPEATS and argument[1] is sre.MAXREPEAT
    ]


def loops_in_loops(pattern: str) -> bool:
    """Tell whether something that repeats without a bound holds more than a character."""
    for _, _, body in unbounded(pattern):
        simple = len(body) == 1 and body[0][0] in ONE_CHARACTER
        token = not unbounded_below(body)
        if not simple and not token:
            return True
    return False


def unbounded_below(body: object) -> bool:
    return any(code in REPEATS and argument[1] is sre.MAXREPEAT for code, argument in parts(body))


def test_the_inspection_sees_what_is_dangerous() -> None:
    assert loops_in_loops(r"(?:a+)+b")
    assert loops_in_loops(r"(?:\w+\s*)*$")
    assert not loops_in_loops(r"a+b[^c]*")


@pytest.mark.parametrize(("name", "pattern"), all_patterns().items(), ids=list(all_patterns()))
def test_no_loop_in_a_loop(name: str, pattern: re.Pattern[str]) -> None:
    assert not loops_in_loops(pattern.pattern), name


@pytest.mark.parametrize(
    "rule", [*RULES, *ELIDED_RULES, *UNNAMED_RULES], ids=lambda rule: rule.name
)
def test_the_grammar_repeats_nothing_without_a_bound(rule) -> None:
    assert unbounded(rule.pattern.pattern) == []
    assert parser.parse(rule.pattern.pattern).getwidth()[1] < 5000


WORDS = st.sampled_from(
    [
        "parity",
        "with",
        "to",
        "Dagster",
        "OSS",
        "compatible",
        "is",
        "has",
        "a",
        "the",
        "full",
        "and",
        ",",
        "not",
        "same",
        "as",
        "in",
        "on",
        "runs",
        "everything",
        "without",
        "no",
        "changes",
        "drop-in",
        "replacement",
        "for",
        "identical",
        "match",
        "exactly",
        "like",
        "Arco",
        "Flow",
        "provides",
        "all",
        "just",
        "way",
        "of",
        "between",
        "switching",
        "from",
        "that",
        "which",
        "(",
        ")",
        "“",
        "”",
        '"',
        "`",
        "*",
        "_",
        "<",
        "<!--",
        ":",
        ";",
        ".",
        "?",
        "￼",
        "[",
        "](",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=5), st.integers(1, 400), st.booleans())
def test_hostile_lines_are_read_to_their_end(words: list[str], times: int, one_line: bool) -> None:
    text = (" " if one_line else "\n").join(["Dagster", *words * times])
    chosen = Settings(product="Arco Flow", reference="Dagster OSS")
    for blocks in (
        [Block(kind="paragraph", text=text, line=1)],
        markdown_blocks(text),
        rst_blocks(text),
    ):
        for claim in find_claims(blocks, chosen):
            assert claim.text
            block = blocks[claim.block]
            assert block.line <= claim.line <= block.line + block.text.count("\n")


def test_a_sentence_of_a_whole_file_is_not_read(claims) -> None:
    sentence = "Arco Flow matches Dagster OSS"
    assert claims(f"{sentence} {'and so on ' * 20}.")
    assert claims(f"{sentence} {'and so on ' * 2000}.") == []
