"""Laws of the notation, for any text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.model.records import Evidence
from sphinx_arco_parity.notation import (
    CELL_KINDS,
    Home,
    parse_cell,
    print_evidence,
    split_items,
)
from sphinx_arco_parity.notation.renumbering import renumber
from sphinx_arco_parity.text.code_spans import visible

# What real cells are made of, so that generated ones reach the depths of the grammar.
PIECES = """
    `crates/flow/src/a.rs:12` `crates/flow/src/a.rs` crates/b.rs:3 crates/ `tests/test_a.py`
    `tests/test_a.py::TestA::test_b[x-1]` `.github/workflows/ci.yml` `.gitlab-ci.yml` `tick`
    `A::b` `Enum::{A,B}` `A::{B,C::{D,E}}` `cargo␣test␣-p␣x` `pytest` `ci-lint` `:40`
    `L7` `::c` `src/{a,b}.rs` `x.rs:1,5-9` job jobs step command runs ( ) ( ) , ; : + & and /
    not see in Rust: Missing Missing: No TODO None planned - → — ** * _ ~~ \n \n-␣ <br> <li>
    [a.rs](/crates/a.rs#L3) [`t`](/x/y.py#L1-L4) [x](https://e.org/a/b.rs) ` `` \\| &amp; #L9
    `path with space/x.rs` and/or 12 lines `Cargo.toml` Makefile `scripts/ci.sh` (`a` (`b`)
    `crates/x.rs:12␣(tick)` ✅ [ ] ]( :file: :adr: {file} `a``b` is missing { } {a,b} < >
"""
fragments = st.sampled_from(
    [p.replace("␣", " ") for piece in PIECES.split(" ") if (p := piece.strip(" "))] + [" "] * 20
)
cells = st.lists(fragments, max_size=25).map(" ".join) | st.lists(fragments, max_size=25).map(
    "".join
)
texts = cells | st.text(max_size=80)
kinds = st.sampled_from(CELL_KINDS)


@given(texts, kinds, st.sampled_from(["", "docs/parity"]))
def test_any_text_is_read_and_every_item_is_said_once(text, kind, folder):
    cell = parse_cell(text, kind, home=Home(folder))
    items = split_items(text)
    said = {evidence.item for evidence in cell.evidence}
    assert all(items[e.item] == e.text for e in cell.evidence)
    if cell.evidence or cell.remarks:
        rest = [item for number, item in enumerate(items) if number not in said]
        assert list(cell.remarks) == rest


@given(texts, kinds)
def test_evidence_is_well_formed(text, kind):
    for e in parse_cell(text, kind).evidence:
        assert e.path or e.command
        assert not re.search(r"[\r\n`]", e.path)
        assert e.line is None or e.line >= 1
        assert e.end_line is None or (e.line is not None and e.end_line > e.line)
        assert e.kind in {"adr", "code", "test", "ci"}
        assert kind in {e.kind, "any"} or e.kind == "ci"
        assert (e.job is None and e.command is None) or e.kind == "ci"


@given(texts, kinds)
def test_what_is_printed_reads_the_same(text, kind):
    for evidence in parse_cell(text, kind).evidence:
        again = parse_cell(print_evidence(evidence), evidence.kind).evidence[0]
        assert replace(again, text=evidence.text, item=evidence.item) == replace(
            evidence, inferred=False
        )


names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{2,8}", fullmatch=True)
folders = st.sampled_from(["crates", "python", "src", "my-crate", "tests", ".hidden", "a b"])
files = st.builds("{}.{}".format, names, st.sampled_from(["rs", "py", "go", "yml", "ts"]))
paths = st.builds(
    lambda parts, name: "/".join([*parts, name]),
    st.lists(folders, min_size=1, max_size=4),
    files,
)
lines = st.integers(min_value=1, max_value=99_999_999)
symbols = st.lists(names.map("s{}".format), min_size=1, max_size=3).flatmap(
    lambda parts: st.sampled_from(["::".join(parts), ".".join([*parts, "x9"])])
)
commands = st.text(
    st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=30
).map(lambda text: "cargo test " + " ".join(text.replace("&", "+").replace("\\", "/").split()))


@given(
    st.sampled_from(["code", "test", "adr"]),
    paths,
    lines | st.none(),
    symbols | st.none(),
)
def test_any_reference_can_be_printed_and_read(kind, path, line, symbol):
    if " " in path:
        symbol = None
    evidence = Evidence(kind=kind, text="", path=path, line=line, symbol=symbol)
    [again] = parse_cell(print_evidence(evidence), kind).evidence
    assert replace(again, text="") == evidence


@given(names | st.none(), commands.map(str.strip) | st.none(), lines | st.none())
def test_any_job_and_command_can_be_printed_and_read(job, command, line):
    path = ".github/workflows/ci.yml"
    evidence = Evidence(
        kind="ci",
        text="",
        path=path,
        line=line,
        job=job,
        command=command and command.strip(),
    )
    [again] = parse_cell(print_evidence(evidence), "ci").evidence
    assert replace(again, text="") == evidence


_SEPARATORS = re.compile(
    r"(?:[\s,;，；、]|</?(?:br|li)\s*/?>|[-*+•‣▪◦·](?:\s|$)|[0-9]{1,3}[.)]\s|#\.\s|\[[ xX]\]\s|[*_~])*"
)


@given(texts)
def test_splitting_loses_nothing_but_separators(text):
    items = split_items(text)
    assert all(item == item.strip() for item in items)
    between = _SEPARATORS.pattern
    parts = "".join(re.escape(visible(item)) + between for item in items)
    # What nobody sees counts for nothing.
    assert re.fullmatch(between + parts, visible(text))


@given(st.lists(cells, min_size=1, max_size=4), kinds)
def test_lines_are_read_one_by_one(parts, kind):
    # Without open back-ticks, parentheses and list markers a line stands for itself.
    closed = [
        re.sub(r"[`()\[\]{}<>*_~\n-]|Missing:|job|::?c|:40|L7|,|;|None|No|TODO", " ", part)
        for part in parts
    ]
    apart = [e for part in closed for e in parse_cell(part, kind).evidence]
    together = parse_cell("<br>".join(closed), kind).evidence
    assert [replace(e, item=0) for e in together] == [replace(e, item=0) for e in apart]


@given(texts, st.sampled_from(["crates/flow/src/a.rs", "x/y.py"]), lines, lines)
def test_renumbering_twice_is_renumbering_once(text, path, old, new):
    once = renumber(text, path, old, new)
    assert renumber(once, path, old, new) == once or old == new
    assert renumber(text, path, old, old) == text


@given(paths.filter(lambda p: " " not in p), lines, lines, symbols)
def test_renumbering_moves_what_is_read(path, old, new, symbol):
    evidence = Evidence(kind="code", text="", path=path, line=old, symbol=symbol)
    moved = renumber(f"| a | {print_evidence(evidence)} |", path, old, new)
    assert moved == f"| a | {print_evidence(replace(evidence, line=new))} |"


@pytest.mark.parametrize("kind", CELL_KINDS)
@pytest.mark.parametrize(
    "piece",
    [
        "(",
        "`",
        "`` ` ",
        "[a](",
        "A::{",
        "**a",
        "`a/b.rs` (`a` ",
        "Missing a, ",
        "a/",
        "a.yml `x` (",
    ],
)
def test_long_nonsense_is_read(piece, kind):
    text = piece * (6_000 // len(piece))
    cell = parse_cell(text, kind)
    assert cell.remarks or cell.evidence
