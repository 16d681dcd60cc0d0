from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.repository.workflows.yaml_nodes import WorkflowError, read_yaml


def test_only_true_and_false_are_booleans():
    text = "on: yes\nno: on\na: true\nb: False\nc: 3\nd: 1.5\ne: ~\nf: 0x1F\ng: '3'\n"
    assert read_yaml(text).plain() == {
        "on": "yes", "no": "on", "a": True, "b": False, "c": 3, "d": 1.5, "e": None, "f": 31, "g": "3",
    }  # fmt: skip


def test_lines_of_block_scalars_and_mappings():
    root = read_yaml("a:\n  run: |\n    x\n    y\n\n  b: >-\n    z\nc: 1\n")
    inner = root.get("a")
    assert inner.get("run").line == 3
    assert inner.get("run").literal
    assert inner.get("b").line == 7
    assert (inner.line, inner.end_line) == (2, 7)
    assert root.key_line("c") == 8


def test_anchors_and_merge_keys_are_followed():
    text = "a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  l: 3\nc: *x\n"
    assert read_yaml(text).plain()["b"] == {"k": 1, "l": 3}
    assert read_yaml(text).plain()["c"] == {"k": 1, "l": 2}


def test_tags_do_nothing():
    assert read_yaml("a: !!python/object/apply:os.system [x]").plain() == {"a": ["x"]}


BOMB = "a: &a [1,1,1,1,1,1,1,1,1,1]\n" + "".join(
    f"{new}: &{new} [{','.join([f'*{old}'] * 10)}]\n"
    for old, new in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("a: [", "not valid YAML", 1),
        ("a: 1\nb: 2\na: 3", "twice", 3),
        ("a: 1\n---\nb: 2", "several", 3),
        ("", "empty", None),
        ("a: *x", "alias", 1),
        ("a: &a [*a]", "aliases", 1),
        ("a: &a\n  - *a\n", "aliases", 1),
        ("a: " + "[" * 500, "deeply", 1),
        (BOMB, "aliases", None),
        ("\0", "not valid YAML", None),
    ],
)
def test_what_cannot_be_used_says_why_and_where(text, reason, line):
    with pytest.raises(WorkflowError) as caught:
        read_yaml(text)
    assert reason in caught.value.reason
    assert caught.value.line == line or text == BOMB or text.startswith("a: [")


@given(st.lists(st.sampled_from("a: |- []{},&x*x#'\"\n?!%>"), max_size=30).map("".join))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(WorkflowError):
        assert read_yaml(text).line >= 1
