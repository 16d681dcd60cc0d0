"""The quick way through usual cells says what the grammar says."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.notation.cells import read_cell, usual_evidence
from sphinx_arco_parity.notation.links import Home
from sphinx_arco_parity.notation.vocabulary import (
    EXTENSIONS,
    KNOWN_FOLDERS,
    NEGATIONS,
    REMARK_WORDS,
    TOOLS,
    VALUES,
)

_TELLING = sorted(
    {*KNOWN_FOLDERS, *NEGATIONS, *REMARK_WORDS, *TOOLS, *VALUES}
    | {"src", "job", "jobs", "line", "lines", "l12", "L12", "L1", "api", "origin", "w"}
    | {"l1", "ll_12", "ll12", "ln12", "line12", "lines3", "_deleted_", "Deleted"}
    | {"a", "Test", "TestCase", "test_it", "crate", "adr", "decision", "docs", "run"}
)
_words = (
    st.sampled_from([one for one in _TELLING if re.fullmatch(r"[a-z_][a-z0-9_]*", one)])
    | st.from_regex(r"[a-z_][a-z0-9_]{0,5}", fullmatch=True)
    | st.sampled_from(_TELLING)
)
_endings = st.sampled_from(sorted(EXTENSIONS)) | st.sampled_from(["unknown", "x"])
_numbers = st.integers(0, 1_000_000).map(str)
_places = st.one_of(
    st.just(""),
    _numbers.map(":{}".format),
    st.tuples(_numbers, _numbers).map(":{0[0]}-{0[1]}".format),
)
_named = st.one_of(st.just("`"), _words.map("::{}`".format), _words.map("` (`{}`)".format))
_paths = st.tuples(st.lists(_words, min_size=0, max_size=3), _words, _endings).map(
    lambda parts: "/".join([*parts[0], f"{parts[1]}.{parts[2]}"])
)
_cells = st.tuples(_paths, _places, _named).map("`{0[0]}{0[1]}{0[2]}".format)


@given(text=_cells, kind=st.sampled_from(["code", "test"]))
def test_it_says_what_the_grammar_says(text, kind):
    quick = usual_evidence(text, kind)
    if quick is None:
        return
    cell = read_cell(text, kind, Home())
    assert cell.evidence == (quick,)
    (read,) = cell.evidence
    assert (read.start, read.end, read.literal) == (0, quick.end, quick.literal)
    assert cell.remarks == ()


def test_it_knows_the_usual_forms_and_no_other():
    for text in (
        "`flow/ticks.py:1` (`tick`)",
        "`flow/ticks.py:1-4`",
        "`tests/test_ticks.py::test_tick`",
        "`crates/core/src/lib.rs`",
    ):
        assert usual_evidence(text, "code") is not None, text
    for text in (
        "flow/ticks.py",
        "`ticks.py`",
        "`flow/ticks.py` and more",
        "`flow/ticks.py` (`true`)",
        "`flow/ticks.py` (`L12`)",
        "`flow/ticks.unknown`",
    ):
        assert usual_evidence(text, "code") is None, text
