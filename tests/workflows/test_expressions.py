from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.repository.workflows.contexts import combinations
from sphinx_arco_parity.repository.workflows.expressions import (
    UNKNOWN,
    Partial,
    condition,
    evaluate,
    substitute,
)
from sphinx_arco_parity.repository.workflows.yaml_nodes import read_yaml

CONTEXT = {
    "github": {
        "event_name": "pull_request",
        "ref": Partial("refs/pull/"),
        "ref_name": Partial("", "/merge"),
        "*": UNKNOWN,
    },
    "matrix": {"os": "ubuntu-latest", "list": ["a", "B"], "deep": {"x": 1}},
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true && 'a' || 'b'", "a"),
        ("false && 'a' || 'b'", "b"),
        ("'It''s'", "It's"),
        ("matrix.os", "ubuntu-latest"),
        ("matrix['os']", "ubuntu-latest"),
        ("matrix.deep.x", 1),
        ("matrix.none", None),
        ("matrix.list[1]", "B"),
        ("'A' == 'a'", True),
        ("1 == '1'", True),
        ("null == 0", True),
        ("contains(matrix.list, 'b')", True),
        ("contains('Hello', 'ell')", True),
        ("startsWith(matrix.os, 'ubuntu')", True),
        ("endsWith(matrix.os, 'x')", False),
        ("format('{0}-{1}{{}}', 'a', 2)", "a-2{}"),
        ("fromJSON('[1, 2]')[0]", 1),
        ("1 < 2 && !(3 >= 4)", True),
        ("always()", True),
    ],
)
def test_known_values(text, value):
    assert evaluate(text, CONTEXT) == value


@pytest.mark.parametrize(
    "text",
    [
        "github.actor",
        "secrets.X",
        "success()",
        "github.*.x",
        "a b",
        "(",
        "hashFiles('x')",
        "vars.A == 'b'",
    ],
)
def test_what_only_a_run_knows(text):
    assert evaluate(text, CONTEXT) is UNKNOWN


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("github.event_name == 'push'", False),
        ("github.event_name != 'push'", True),
        ("${{ github.event_name == 'push' }}", False),
        ("github.ref == 'refs/heads/main'", False),
        ("github.ref_name == 'main'", False),
        ("startsWith(github.ref, 'refs/tags/')", False),
        ("startsWith(github.ref, 'refs/')", True),
        ("github.event_name == 'push' && github.actor == 'x'", False),
        ("github.actor == 'x' && github.event_name == 'push'", False),
        ("github.event_name == 'push' || github.actor == 'x'", None),
        ("github.ref == 'refs/pull/1/merge'", None),
        ("!failure() && github.event_name == 'push'", False),
        ("${{ github.event_name }} == 'push'", None),
        ("false", False),
    ],
)
def test_conditions_are_three_valued(text, holds):
    assert condition(text, CONTEXT) is holds


def test_only_what_is_known_is_put_in():
    text = "a ${{ matrix.os }} ${{ github.actor }} ${{ matrix.none }}."
    assert substitute(text, CONTEXT) == "a ubuntu-latest ${{ github.actor }} ."


@given(st.text("github.x=!&|()'[]*, 1<", max_size=30))
def test_any_text_has_a_value(text):
    evaluate(text, CONTEXT)


def expanded(matrix, **context):
    return combinations(read_yaml(f"strategy:\n  matrix: {matrix}\n"), context)


def test_a_matrix_is_expanded_with_include_and_exclude():
    found = expanded(
        "{os: [a, b], v: [1, 2], exclude: [{os: b, v: 2}], include: [{os: a, x: y}, {os: c}]}"
    )
    assert found == [
        {"os": "a", "v": 1, "x": "y"},
        {"os": "a", "v": 2, "x": "y"},
        {"os": "b", "v": 1},
        {"os": "c"},
    ]


def test_a_job_without_a_matrix_has_one_combination():
    assert combinations(read_yaml("runs-on: x"), {}) == [{}]


@pytest.mark.parametrize(
    "matrix",
    [
        "'${{ fromJSON(needs.a.outputs.b) }}'",
        "{a: '${{ fromJSON(inputs.b) }}'}",
        "{a: [1], include: '${{ x }}'}",
    ],
)
def test_a_matrix_that_is_computed_is_unknown(matrix):
    assert any(UNKNOWN in one.values() for one in expanded(matrix))


def test_a_matrix_of_known_json_is_known():
    found = expanded("{a: '${{ fromJSON(inputs.b) }}'}", inputs={"b": "[1, 2]"})
    assert found == [{"a": 1}, {"a": 2}]


def test_a_matrix_beyond_all_bounds_is_unknown():
    many = "[" + ",".join(map(str, range(100))) + "]"
    assert expanded(f"{{a: {many}, b: {many}}}") == [{"*": UNKNOWN}]
