"""Small inputs that ask for much: aliases, deep nesting, long numbers, many wildcards.

No clock is asked: what is checked is that the input is refused, or how many steps a
reader takes, by the length of what it must go through.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sphinx_arco_parity
from sphinx_arco_parity.assessment.baseline import BaselineError, parse_baseline
from sphinx_arco_parity.declarations.data_files import DataFileError, read_rows
from sphinx_arco_parity.extension.reading.option_block import read_myst
from sphinx_arco_parity.repository.workflows.yaml_nodes import WorkflowError, read_yaml
from sphinx_arco_parity.review.history import HistoryError, parse_history
from sphinx_arco_parity.review.lock import LockError, parse_lock
from sphinx_arco_parity.text.patterns import compile_glob
from sphinx_arco_parity.views.others import OtherProjectError, parse_other

_WIDE = ", ".join(["*{0}"] * 30)


def _merge_bomb() -> str:
    lines = ["a: &a {capability: x}"]
    for before, name in zip("abcdefg", "bcdefgh", strict=True):
        lines.append(f"{name}: &{name} {{<<: [{_WIDE.format(before)}]}}")
    return "\n".join(lines)


def test_merged_mappings_are_made_once():
    assert [dict(row.cells)["capability"] for row in read_rows(_merge_bomb(), ".yaml")] == (
        ["x"] * 8
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        f"- {{capability: &x {'y' * 9999}, notes: [{', '.join(['*x'] * 9999)}]}}",
        f"- {{capability: &x {'y' * 99999}}}\n" + "- {capability: *x}\n" * 999,
        "- &x {" + ", ".join(f"k{n}: v" for n in range(9999)) + "}\n"
        "- {<<: [" + ", ".join(["*x"] * 9999) + "]}",
    ],
)
def test_aliases_that_make_much_of_little_are_refused(text):
    with pytest.raises(DataFileError, match="aliases"):
        read_rows(text, ".yaml")


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("[" * 100_000, ".yaml"),
        ("{a: " * 100_000, ".yaml"),
        ("\n".join(" " * n + "-" for n in range(1500)), ".yaml"),
        ("[" * 100_000, ".json"),
        ('{"a":' * 100_000, ".json"),
        ('[{"a":' + "[" * 900 + "]" * 900 + "}]", ".json"),
    ],
)
def test_deep_nesting_is_refused(text, suffix):
    with pytest.raises(DataFileError):
        read_rows(text, suffix)


def test_a_recursive_alias_is_refused():
    with pytest.raises(DataFileError):
        read_rows("- &a {<<: *a}", ".yaml")


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "1" * 5000])
@pytest.mark.parametrize(
    ("read", "error"),
    [
        (parse_baseline, BaselineError),
        (parse_history, HistoryError),
        (parse_lock, LockError),
        (parse_other, OtherProjectError),
        (lambda text: read_rows(f"[{text}]", ".json"), DataFileError),
    ],
)
def test_json_that_python_refuses_is_refused_in_words(read, error, text):
    with pytest.raises(error):
        read(text)


_OTHER = (
    '{"schema_version": 2, "product": "%s", "exceptions": [], "rows": [], "claims": [], '
    '"adrs": [], "findings": []}'
)


@pytest.mark.parametrize(
    ("read", "error", "text"),
    [
        (parse_baseline, BaselineError, '[{"id": "%s", "rule": "", "path": "", "item": ""}]'),
        (parse_history, HistoryError, '{"schema_version": 1, "rows": {"%s": []}}'),
        (parse_lock, LockError, '{"schema_version": 1, "milestone": "%s", "exceptions": {}}'),
        (parse_other, OtherProjectError, _OTHER),
        (lambda text: read_rows(text, ".json"), DataFileError, '[{"id": "%s"}]'),
    ],
)  # fmt: skip
def test_half_of_a_character_is_refused_in_words(read, error, text):
    """It is JSON, but no file, page or terminal could take it."""
    with pytest.raises(error, match="half of a character"):
        read(text % r"\ud83d")
    assert read(text % r"\ud83d\ude00")


def test_a_workflow_of_aliases_is_refused():
    lines = ["a: &a [x, x]"]
    for before, name in zip("abcdefg", "bcdefgh", strict=True):
        lines.append(f"{name}: &{name} [{_WIDE.format(before)}]")
    with pytest.raises(WorkflowError, match="aliases"):
        read_yaml("\n".join(lines))


# --- wildcards ----------------------------------------------------------------------


def _steps(glob: str, name: str) -> int:
    """Count the lines of Python that a match takes, in a C-free form of it."""
    count = 0

    def trace(_frame, event, _argument):
        nonlocal count
        count += event == "line"
        return trace

    ready = compile_glob(glob)
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        ready.fullmatch(name)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("glob", ["*a" * 20 + "b", "**a" * 20 + "b", "**/*a" * 20 + "b"])
def test_many_wildcards_take_no_more_steps_than_characters_times_tokens(glob):
    few, many = _steps(glob, "a" * 100), _steps(glob, "a" * 400)
    assert many < 8 * few
    assert not compile_glob(glob).fullmatch("a" * 400)
    assert compile_glob(glob).fullmatch("a" * 60 + "b")


_GLOB = st.lists(
    st.sampled_from(["*", "**", "**/", "?", "a", "b", "/", "[ab]", "[!a]", "."]),
    max_size=9,
).map("".join)
_NAME = st.text("ab/.", max_size=10)


@given(glob=_GLOB, name=_NAME)
def test_both_ways_of_matching_agree(glob, name):
    ready = compile_glob(glob)
    assert ready.fullmatch(name) == (ready.whole.fullmatch(name) is not None)


@given(glob=_GLOB, name=_NAME)
def test_long_names_are_matched_the_same(glob, name):
    long = f"{name}{'/' if name else ''}{'ab' * 160}"
    ready = compile_glob(glob)
    if ready.wild < 4:
        assert ready.fullmatch(long) == (ready.whole.fullmatch(long) is not None)


# --- regular expressions ------------------------------------------------------------


def _patterns() -> dict[str, re.Pattern[str]]:
    """Every compiled pattern that a module of the package holds."""
    found = {}
    for module in pkgutil.walk_packages(sphinx_arco_parity.__path__, "sphinx_arco_parity."):
        if module.name.endswith("__main__") or ".needs" in module.name:
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            values = value if isinstance(value, (tuple, list)) else [value]
            for n, one in enumerate(values):
                if isinstance(one, re.Pattern):
                    found[f"{module.name}.{name}.{n}"] = one
    return found  # fmt: skip


#: Texts that make patterns go back and forth; each is repeated.
_PIECES = (
    *("a", " ", "\t", "\n", "a ", "a.", "a:", "a::", "a/", "a-", "a_", "-", "_", ".", "..", "*"),
    *("`", "``", "(", ")", "((", "()", "[", "]", "{", "}", "<", ">", "<a", "</", "|", "\\", "\\|"),
    *('"', "'", '\\"', "$", "${", "${{", "#", "=", "==", ",", ";", ", ", "1", "1 ", "1.", "M1/"),
    *("EX-1", "EX-1, ", "a=b ", "--a ", "&&", "a: ", "- ", "**", "~~", "]( ", "![", "|-", ":--|"),
    *("\u00e9", "\u200d", "\U0001f600", "aA", "A1", "x(y", "`a` (", "and ", "or "),
)  # fmt: skip


def test_no_pattern_goes_back_and_forth():
    """Each pattern gives up on long nonsense: in Python's engine a bad one never returns.

    A pattern that is quadratic takes a fraction of a second here, an exponential one
    takes longer than the test run.
    """
    patterns = _patterns()
    assert len(patterns) > 80
    for name, pattern in patterns.items():
        for piece in _PIECES:
            for end in ("", "\0", "!x"):
                text = piece * 60 + end
                if isinstance(pattern.pattern, bytes):
                    pattern.search(text.encode())
                else:
                    pattern.search(text)
        assert name


# --- options ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "stray"),
    [("a: " + "[" * 3000, True), ("a: &a [x, *a]", False), ("a: &a {b: *a}", False)],
)
def test_options_in_yaml_are_read_or_told_of(block, stray):
    read = read_myst("x", 1, ["---", *block.split("\n"), "---"])
    assert bool(read.strays) is stray
    assert stray or read.texts["a"] in {"x", ""}
