"""Names of other shapes than ``a::b``: calls, members, arities, titles with blanks."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.notation.cells import read_cell


@pytest.mark.parametrize(
    ("kind", "cell", "symbols"),
    [
        ("code", "`src/a.rs` (`tick()`)", ["tick"]),
        ("code", "src/a.rs#tick", ["tick"]), ("code", "`src/a.rs#Ring.tick`", ["Ring.tick"]),
        ("code", "`docs/a.md#tick`", [None]), ("code", "`src/a.yml#tick`", [None]),
        ("code", "`src/a.ex` (`tick/2`, `empty?`)", ["tick", "empty?"]),
        ("code", "`src/A.java` (`Ring#push`)", ["Ring#push"]),
        ("code", "`src/a.rs` (`3/2`, `a/b`, `see below`)", [None]),
        ("test", "`a_test.go` (`TestX/no such case`)", ["TestX/no such case"]),
        ("test", "`a/b_test.go::TestX/no such case`", ["TestX/no such case"]),
        ("test", '`a.test.ts:3` ("drops, and keeps (all)")', ["drops, and keeps (all)"]),
        ("test", "`a.test.ts` (“one two”, “three four”)", ["one two", "three four"]),
        ("test", "`src/a.test.ts::ring > x y`, `src/b.test.ts` (`q r`)", ["ring > x y", "q r"]),
        ("test", "`a.test.ts` `drops the oldest`", ["drops the oldest"]),
        ("test", '`a.test.ts` ("one two" + see below)', [None]),
        ("test", "`a.test.ts` (see the notes)", [None]),
        ("test", "`a.test.ts` (`npx vitest run`)", [None, None]),
        ("test", "`tests/test_a.py::test_push_*`", ["test_push_*"]),
        ("test", "`tests/test_a.py` (`test_push_*`)", ["test_push_*"]),
        ("test", "`tests/test_a.py` (`*`, `**kwargs`, `a * b`)", [None]),
        ("test", "`tests/test_a.py` (`see the notes below`)", [None]),
        ("test", '`tests/a.rs` ("drops it")', [None]),
    ],
)  # fmt: skip
def test_what_is_a_name(kind: str, cell: str, symbols: list[str | None]) -> None:
    assert [piece.symbol for piece in read_cell(cell, kind, None).evidence] == symbols


@pytest.mark.parametrize(
    ("cell", "paths"),
    [
        ("The ported coverage lives in `tests/test_a.py`", ["tests/test_a.py"]),
        ("Same as upstream, covered by `tests/test_a.py`", ["tests/test_a.py"]),
        ("Adapted from the original, mirrored in `tests/test_a.py:3`", ["tests/test_a.py"]),
        ("Ported from upstream/tests/test_a.py:3", []),
        ("Will be ported to `tests/test_a.py`", []),
        ("Missing: ported `tests/test_a.py`", []),
    ],
)
def test_words_of_ports_hide_no_path_in_back_ticks(cell: str, paths: list[str]) -> None:
    assert [piece.path for piece in read_cell(cell, "test", None).evidence] == paths
