"""What is read in each of many cells, whole: evidence, what is unread, and remarks.

`snapshots/cells.txt` keeps the answers; `UPDATE_SNAPSHOTS=1` writes them anew.
"""

from __future__ import annotations

from dataclasses import fields

import pytest

from sphinx_arco_parity.model.records import Evidence
from sphinx_arco_parity.notation import Home, parse_cell, print_evidence

CELLS = r"""
`src/tick.rs`
`src/tick.rs:12`
`src/tick.rs:12-40`
`src/tick.rs:12,40`
`src/tick.rs#L12-L40`
`src/tick.rs` (`tick`)
`src/tick.rs:12` (`tick`, `tock`)
`src/tick.rs:12`, `:40` (`tick`)
`src/tick.rs` (lines 12-40)
`src/tick.rs` line 12
`src/tick.rs` L12
`src/tick.rs::Clock::tick`
`src/tick.rs` `Clock::{tick, tock}`
`src/{tick,tock}.rs:3`
`src/*.rs`
`src/`
`./src/tick.rs`, `../x.rs`
src/tick.rs:12 (tick)
See src/tick.rs for that
see `src/tick.rs` for the rest, and `tick` for the start
Code: `src/tick.rs`; tests: `tests/tick.rs` (`test_tick`)
Code:src/tick.rs
- `a.rs`<br>- `b.rs:3`
1. `a.rs` 2. `b.rs`
`a.rs`, `b.rs` and `c.rs:7`
`a.rs`; `b.rs` (`one`; `two`)
`a.rs` → `b.rs`
`a.rs`::`tick`
`a.rs`:`12`
**`a.rs:1`** *(`tick`)*
[`tick`](../src/tick.rs#L12)
[tick](/src/tick.rs)
[tick](src/tick.rs:12)
[docs](https://x.org/a.html)
[tick](https://h.org/o/r/blob/main/src/a.py#L7-L9)
![picture](a.png) `a.rs`
{file}`src/tick.rs` :file:`src/tock.rs`
`tick`
`Clock::tick`
`tests/test_tick.py::TestTick::test_late[a-1]`
`tests/test_tick.py` (`test_a`, `test_b[1]`)
`tests/tick.rs` (no `test_x`)
`tests/tick.rs` (not `test_x` but `test_y`)
not `a.rs`
no longer in `a.rs`
`a.rs` is gone
`a.rs` (removed)
`a.rs` (planned)
none
n/a
-
TODO
ADR-024, `docs/adr/024-s.md`
`.github/workflows/ci.yml`
`.github/workflows/ci.yml` (`test`)
`.github/workflows/ci.yml` (job `test`)
`.github/workflows/ci.yml` (job `test`: `cargo test`)
`.github/workflows/ci.yml` (jobs `a` and `b`: `cargo test`)
`.github/workflows/ci.yml` job test
`.github/workflows/ci.yml`: `cargo test`, `pytest tests`
`.github/workflows/ci.yml` runs `cargo test` in job `test`
`.github/workflows/ci.yml` (step `Unit tests`)
`.github/workflows/ci.yml:12`
`.github/workflows/ci.yml` and `.github/workflows/nightly.yml` (job `a`)
`.github/workflows/ci.yml` does not run `cargo test`
`ci.yml` (`cargo test -p flow`)
ci.yml job `test`
CI: `cargo test --workspace`
`cargo test -p flow --test schedule`
cargo test -p flow
`pytest tests/test_tick.py::test_late`
`make check` (`Makefile`)
`scripts/e2e.sh` in job `lint`
job `test`
`a b.rs`
`a.rs (tick`
`` a`b.rs ``
`a.rs``b.rs`
`C:\a\b.rs:3`
a/b/c
and/or
1.2.3
e.g. v1.rs
user@host.rs
`x` / `y`
`a.rs` / `b.rs`
`a.rs` + `b.rs`
`Cargo.toml`, `README`
`a.rs:0`
`a.rs:40-12`
`a.rs:99999999999999999999`
`a.rs:12:5`
`a.rs@12`
`a.rs?plain=1#L3`
&#96;a.rs&#96; &amp; `b.rs`
`a.rs`&nbsp;(`tick`)
<code>a.rs</code>
[tests](../tests/)
[all](/src/../tests)
`a.rs` (`tick` and `tock`)
`a.rs` (`tick` or so)
`a.rs` (`tick`, the start)
`a.rs` (L12-L40)
`a.rs` (l. 12)
`a.rs` (:12)
`a.rs` (12)
`a.rs` ((12))
`a.rs` (`tick` (`tock`))
`a.rs`) (`tick`
(`a.rs`)
(see `a.rs`)
a.rs lines 12-40
a.rs line 12: tick
src/tick.rs, lines 3 and 5
`src/.hidden`
`src/name.`
`.github/x..yml`
`...`
`src/..`
`web/a.test.ts > shows a thing`
`web/a.test.ts` (`shows a thing`)
web/a.test.ts (shows a thing)
`web/a.test.ts` > `group` > `shows a thing`
`a.rs` Test of a thing
`a.rs::test_*`
`a.rs::{test_a,test_b*}`
`a.rs::not a name`
`a.rs::tick()`
`a.rs::tick::<T>`
`src/a<b.rs`
`src/a|b.rs`
`src/{a.rs`
`src/a}.rs`
`$HOME/a.rs`
`~/a.rs`
`/src/a.rs`
`/api/v1/runs`
`https://x.org/a.rs`
:doc:`src/tick.rs` {ref}`tick` {code}`src/tock.rs` :py:func:`a.tick`
{exception}`EX-01` and {adr}`024`
x`a.rs`y
`a.rs`,`b.rs`
`a.rs`:40
`a.rs`#L40
`a.rs`-`b.rs`
- `a.rs`\n  (`tick`)\n- `b.rs`
- `a.rs`\n\n`b.rs`
* `a.rs`:\n  `tick`, `tock`
`a.rs`\n(`tick`)
`a.rs`<br>(`tick`)
`a.rs` and\n`b.rs`
`a.rs`,\n`:12`
Missing `a.rs`
no `a.rs`, but `b.rs`
`a.rs` instead of `b.rs`
`a.rs` (was `b.rs`)
`a.rs` (not yet)
formerly `a.rs`
`a.rs`, without `b.rs`
Unit: `a.rs`; E2E: `b.rs` (`x`)
Unit `a.rs` / E2E `b.rs`
`crate::a::Clock`
`pkg.mod.Class.method`
`Clock.tick()` in `a.rs`
`tick` (`a.rs`)
`tick` (`a.rs:12`), `tock` (`b.rs`)
`tick`: `a.rs`
test_a, test_b in `tests/test_a.py`
`tests/test_a.py`: test_a, test_b
`tests/test_a.py`: `test_a`, `test_b`
`tests/a_test.go` (`TestTick/late`)
`src/test/java/TickTest.java` (`TickTest#late`)
`a.rs` `b.rs`
`a.rs` 12
`a.rs` (100 %)
`a.rs` v2
""".strip("\n").split("\n")
KINDS = ("any", "test", "ci")
SITE = "https://h.org/o/r/blob/{commit}/{path}#L{line}"
DEFAULTS = Evidence(kind="", text="", path="")


def shown(piece):
    """Return all that is known of *piece*, without what is empty."""
    names = [field.name for field in fields(piece) if field.name not in {"kind", "text"}]
    known = {name: getattr(piece, name) for name in names}
    told = [f"{n}={v!r}" for n, v in known.items() if v != getattr(DEFAULTS, n)]
    return f"{piece.kind} {piece.text!r} {' '.join(told)}"


def test_each_cell_is_read_as_it_is_kept(snapshot):
    found = []
    for line in CELLS:
        text = line.replace("\\n", "\n")
        read = {}
        for kind in KINDS:
            cell = parse_cell(text, kind, home=Home("docs", SITE))
            lines = [shown(piece) for piece in cell.evidence]
            lines += [f"unread {shown(piece)}" for piece in cell.unread]
            lines += [f"remark {remark!r}" for remark in cell.remarks]
            read.setdefault("\n    ".join(lines), []).append(kind)
        found.append(line)
        found += [f"  {' '.join(kinds)}\n    {lines}" for lines, kinds in read.items()]
    snapshot("cells.txt", "\n".join([*found, ""]))


@pytest.mark.parametrize(
    ("evidence", "text"),
    [
        ({"path": "a.rs"}, "`a.rs`"),
        ({"path": "a.rs", "line": 3, "end_line": 7}, "`a.rs:3-7`"),
        ({"path": "a.rs", "line": 3, "symbol": "tick"}, "`a.rs:3` (`tick`)"),
        ({"path": "a.rs", "symbol": "a b"}, "`a.rs::a b`"),
        ({"path": "a b/c.rs"}, "`a b/c.rs`"),
        ({"path": "b c", "line": 3, "end_line": 7}, "[file](/b%20c#L3-L7)"),
        ({"path": "", "text": "tick"}, "`tick`"),
        ({"path": "", "command": "cargo test"}, "`cargo test`"),
        ({"path": "ci.yml", "job": "a"}, "`ci.yml` (job `a`)"),
        ({"path": "ci.yml", "job": "a", "command": "x y"}, "`ci.yml` (job `a`: `x y`)"),
        ({"path": "ci.yml", "command": "cargo test"}, "`ci.yml` (`cargo test`)"),
        ({"path": "ci.yml", "command": "Unit tests"}, "`ci.yml` (command `Unit tests`)"),
    ],
)
def test_evidence_is_printed_as_people_write_it(evidence, text):
    kind = "ci" if evidence["path"] == "ci.yml" else "code"
    assert print_evidence(Evidence(**{"kind": kind, "text": "", **evidence})) == text
