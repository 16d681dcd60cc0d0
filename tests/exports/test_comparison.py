"""What differs between two states, as Markdown: the whole text."""

from __future__ import annotations

from sphinx_arco_parity.exports.markdown import comparison_markdown
from sphinx_arco_parity.review.comparison import Comparison, Difference

WHOLE = Comparison(
    regressed=(
        Difference(kind="row", id="tick", was="Implemented", now="Partial", what="Ticks", path="docs/m.md", line=9),
        Difference(kind="evidence", id="tick", was="verified", now="gone", what="`a.rs` (`t`)", why="no | t", path="docs/m.md", line=9),
        Difference(kind="evidence", id="tock", was="verified", now="gone", what="b.rs", why="is gone"),
        Difference(kind="finding", id="tock", now="row tock: is gone", what="evidence-gone", line=0),
    ),
    improved=(Difference(kind="exception", id="EX-01", was="x", now="y", what="EX-01"),),
    added=(Difference(kind="claim", id="c", what="It *matches*."),),
    reviewed=(
        Difference(kind="exception", id="EX-01", now="2026-02-18, Ada"),
        Difference(kind="exception", id="EX-02", now="2026-02-18, Ada"),
        Difference(kind="exception", id="EX-03", now="2026-02-19, Ada"),
    ),
    milestone=(None, "M2"),
    statuses={"Implemented": (2, 1), "Partial": (0, 1), "Planned": (3, 3)},
    results={"passed": (1, 1)},
)  # fmt: skip


def test_a_comparison_is_said_whole(snapshot):
    text = comparison_markdown(
        WHOLE,
        since="v1",
        now="HEAD",
        url=lambda path, line: f"https://h/{path}#L{line}" * bool(path),
    )
    snapshot("comparison.md", text)


def test_a_comparison_without_a_difference():
    assert comparison_markdown(Comparison(), since="v1") == (
        "## Parity since `v1`: no regressions\n\nNothing has changed.\n"
    )
    one = Comparison(regressed=WHOLE.regressed[:1], improved=WHOLE.improved * 2)
    head = comparison_markdown(one, since="v1").splitlines()[0]
    assert head == "## Parity since `v1`: 1 regression, 2 improvements"
