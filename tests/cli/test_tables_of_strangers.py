"""Documents as people write them, unconfigured: what is read of each kind, and as what."""

from __future__ import annotations

import json
import tomllib

import pytest

from sphinx_arco_parity.declarations.columns import recognise
from sphinx_arco_parity.settings.options import Settings

FILES = {
    "Cargo.toml": '[package]\nname = "kite"\n',
    "src/wind.rs": "pub fn gust() {}\n",
    "crates/kite-db/src/sail.rs": "pub fn hoist() {}\n",
    "tests/sky.rs": "#[test]\nfn flies() {}\n",
    "docs/one.md": "# One\n",
}


def table(head: str, *rows: str) -> str:
    """Return a table; cells stand between ``|``."""
    lines = [head, "|".join(["---"] * (head.count("|") + 1)), *rows]
    return "\n".join(f"| {line} |" for line in lines) + "\n"


@pytest.fixture
def read(cli, empty):
    """Return what ``check`` reports of a page, and what it says of its reading."""

    def read(text, path="PARITY.md"):
        written = text if isinstance(text, dict) else {path: text}
        for name, content in {**FILES, **written}.items():
            empty.write(name, content)
        empty.commit()
        done = cli("check", "--format", "json", cwd=empty.root)
        return json.loads(done.out) if done.out else {}, done.err

    return read


def verdicts(data):
    """Return path and verdict of all evidence."""
    return [(e["path"], e["verdict"]) for row in data["rows"] for e in row["evidence"]]


@pytest.mark.parametrize(
    ("header", "cells", "taken"),
    [
        ("Artifacts", ["`src/wind.rs`", "`tests/sky.rs`", "-"], True),
        # Short, and beside words.
        ("How", ["by `kite-db/src/sail.rs`", "`wind.rs`", "by hand"], True),
        # What names the files of another project is none of ours.
        ("Upstream", ["`wind/gust.py`", "`sky/fly.py`", "`src/wind.rs`"], False),
        ("Comment", ["see `src/wind.rs`", "good", "later"], False),
        ("根拠", ["`src/old.rs`", "`src/older.rs`", "`src/wind.rs`"], True),
    ],
)
def test_a_column_is_evidence_by_what_its_cells_cite(read, header, cells, taken):
    rows = [f"f{number} | done | {cell}" for number, cell in enumerate(cells)]
    data, said = read(f"# Parity\n\n{table(f'Feature | Status | {header}', *rows)}")
    assert bool(verdicts(data)) == taken
    assert (f'{header} = "evidence"' in said.replace('"根拠"', "根拠")) == taken
    assert all(row["unread"] == [] for row in data["rows"]) or not taken


@pytest.mark.parametrize(
    ("page", "text", "rows"),
    [
        # A share is a status where the header says that it is one.
        ("PARITY.md", table("Feature | Status", "a | **100%**", "b | 0%", "c | ~40%"),
         ["Implemented", "Planned", "Partial"]),
        ("PARITY.md", table("Feature | Lines", "a | 100%", "b | 0%", "c | 40%"), []),
        # The index of the decisions is no matrix, what is retired there no lost citation.
        ("docs/adr/index.md", table("ADR | Status | Decision", "[0001](../one.md) | Accepted | x",
                                    "0004 | Superseded | retired"), []),
        # A tracked path that is no evidence makes no matrix of a table of other files.
        ("bench/TASK.md", table("File | Status | You do",
                                "`engine/a.rs` | a stub | write it, and call it in `src/wind.rs`"), []),
        # A number and a capability are what any table may begin with.
        ("PARITY.md", table("# | Capability | Kite | Port", "1 | a | ✅ yes | P1", "2 | b | ❌ | P2"),
         ["Implemented", "Planned"]),
    ],
)  # fmt: skip
def test_which_tables_are_matrices(read, page, text, rows):
    data, _ = read(f"# Page\n\n{text}", page)
    assert [row["status"] for row in data.get("rows", [])] == rows


def test_rows_about_files_are_called_as_the_files(read):
    text = table("Module | LOC | Status", "`src/wind.rs` | 10 | done", "tests/sky.rs | 20 | done")
    data, _ = read(f"# Coverage\n\n{text}")
    assert [row["capability"] for row in data["rows"]] == ["src/wind.rs", "tests/sky.rs"]
    assert verdicts(data) == [("src/wind.rs", "verified"), ("tests/sky.rs", "verified")]
    # Where something else is the title, a column of files is evidence alone, or nothing.
    text = table("Module | Purpose | Status", "`src/wind.rs` | gusts | done")
    data, _ = read(f"# Coverage\n\n{text}")
    assert [row["capability"] for row in data["rows"]] == ["src/wind.rs"]


@pytest.mark.parametrize(
    ("page", "head", "row"),
    [
        ("功能.md", "功能 | 实现状态 | 代码位置", "风 | ✅ 已完成 | `src/wind.rs`"),
        ("x.md", "機能 | ステータス | 根拠", "風 | 対応済み | `src/wind.rs`"),
        ("x.md", "기능 | 상태 | 파일", "바람 | 완료 | `src/wind.rs`"),
        ("x.md", "Функция | Статус | Файл", "ветер | реализовано | `src/wind.rs`"),
        ("x.md", "Requirement ID | Test ID | Status", "R-1 | T-1 | ✅ Pass"),
        ("x.md", "Item | Current Status", "`src/wind.rs` | Working, tested"),
        ("x.md", "Service | Status | Parity", "S3 | ~98% of calls ✅ | yes"),
    ],
)
def test_headers_and_labels_of_others(read, page, head, row):
    data, _ = read(table(head, row), page)
    assert [row["status"] for row in data["rows"]] == ["Implemented"]


@pytest.mark.parametrize("module", ["kite", "example.org/a/kite", "example.org/a/kite/v2"])
def test_the_product_is_called_as_its_go_module(read, module):
    head = "Feature | Beacon | Kite"
    text = f"# Parity\n\n{table(head, 'a | ✅ | ❌', 'b | ✅ | ✅')}"
    data, _ = read({"PARITY.md": text, "Cargo.toml": "", "go.mod": f"module {module}\n\ngo 1.22\n"})
    assert [row["status"] for row in data["rows"]] == ["Planned", "Implemented"]


def test_the_header_that_shares_most_words_with_the_product_is_ours(read):
    head = "Feature | Python SDK | Go SDK"
    text = f"# Parity\n\n{table(head, 'a | ✅ | ❌', 'b | ✅ | ✅')}"
    data, _ = read({"PARITY.md": text, "Cargo.toml": "", "go.mod": "module a/kite-sdk-go\n"})
    assert [row["status"] for row in data["rows"]] == ["Planned", "Implemented"]


def test_every_table_that_is_read_of_a_page_is_named(read):
    """A page is taken whole, so what stands beside a matrix is read too."""
    text = (
        f"# Parity\n\n{table('Feature | Status', 'gusts | done')}\n"
        f"## Crew\n\n{table('Sailor | Status', 'Ann | ashore', 'Ben | at sea')}\n"
        f"## Words\n\n{table('Status | Meaning', 'done | it works', 'ashore | planned')}\n"
    )
    data, said = read(text)
    assert "2 tables on 1 page" in said
    assert "PARITY.md:9: matrix, 2 rows" in said
    assert {row["status_label"]: row["status"] for row in data["rows"]} == {
        "done": "Implemented",
        "ashore": "Planned",
        "at sea": None,
    }


def test_what_is_written_down_reads_the_same(cli, read, empty):
    rows = ["gusts | ✅ | `src/wind.rs`", "sails | 🔄 | `kite-db/src/sail.rs`"]
    data, _ = read(f"# Parity\n\n{table('Feature | 实现状态 | Artifacts / Flags', *rows)}")
    cli("init", cwd=empty.root)
    written = tomllib.loads(empty.read("arco-parity.toml"))
    columns = written["columns"]["matrix"]
    assert columns == {"实现状态": "status", "Artifacts / Flags": "evidence"}
    found = recognise(["Feature", *columns], ["matrix"], Settings(columns=written["columns"]))
    assert found.fields == ("capability", "status", "evidence")
    again = json.loads(cli("check", "--format", "json", cwd=empty.root).out)
    assert [row["status"] for row in again["rows"]] == ["Implemented", "Partial"]
    assert verdicts(again) == verdicts(data)


def test_a_header_that_is_mapped_displaces_no_status(read):
    rows = ["gusts | `a.c` | `gust()` | done"] * 3
    text = (
        f"# Parity\n\n{table('Feature | C | Rust | Status', *rows)}\n## Features\n\n"
        f"{table('Feature | C | Rust', 'ropes | ✅ | ❌', 'knots | ✅ | ✅')}"
    )
    data, _ = read(text)
    assert [row["status_label"] for row in data["rows"]] == ["done"] * 3 + ["❌", "✅"]


def test_the_page_itself_explains_the_signs_of_a_comparison(read):
    legend = table("Symbol | Meaning", "✅ | implemented", "⏸️ | not started")
    rows = ["gusts | ✅ | ⏸️", "**Sky**", "ropes | ✅ | ⏸️", "knots | ✅ | ✅"]
    data, _ = read(f"# Parity\n\n{legend}\n\n{table('Feature | Beacon | Kite', *rows)}")
    assert [row["status"] for row in data["rows"]] == ["Planned", "Planned", "Implemented"]


def test_nothing_is_demanded_that_the_tables_do_not_have(cli, read, empty):
    """What ``init`` writes keeps quiet about what nobody has said."""
    head = "Feature | Status | Where"
    rows = ["gusts | done | `docs/one.md`", "- | done | `src/wind.rs`", "- | n/a | -"]
    read(f"# Parity\n\n{table(head, *rows)}")
    cli("init", cwd=empty.root)
    written = tomllib.loads(empty.read("arco-parity.toml"))
    assert written["evidence"] == {"code": ["**"]}
    assert written["required_fields"] == {"matrix": ["status"]}
    assert written["rules"] == {"row-without-exception": "off"}
    again = json.loads(cli("check", "--format", "json", cwd=empty.root).out)
    assert [finding["rule"] for finding in again["findings"]] == []
    assert {verdict for _, verdict in verdicts(again)} == {"verified"}
    # Where there is a register, rows cite it, and a policy that suffices is not written.
    (empty.root / "arco-parity.toml").unlink()
    register = table("ID | Capability | Decision | Type", "EX-1 | sails | no | Deferral")
    rows = ["gusts | done | `src/wind.rs`", "sails | n/a | -"]
    read(f"# Parity\n\n{table(head, *rows)}\n# Exceptions\n\n{register}")
    cli("init", cwd=empty.root)
    written = tomllib.loads(empty.read("arco-parity.toml"))
    assert not {"evidence", "required_fields", "rules"} & set(written)


@pytest.mark.parametrize(
    "header", ["Result", "Test result", "Match?", "Works", "Tier", "Compatible", "Verified?"]
)
def test_how_a_comparison_came_out_is_its_status(read, header):
    data, _ = read(table(f"Area | {header}", "Gusts | Pass", "Calm | ✅", "Storm | Fail"))
    assert [row["status"] for row in data["rows"]] == ["Implemented", "Implemented", "Planned"]


def test_what_came_out_of_something_else_is_asked_for(read):
    data, said = read(table("Area | Result before the fix", "Gusts | Pass", "Storm | Fail"))
    assert not data
    assert "statuses stand in `Result before the fix`" in said


def test_a_table_that_counts_statuses_has_no_rows(read):
    sums = table("Group | Total | Supported", "Wind | 3 | 1", "Sky | 4 | 2")
    one = table("Command | Supported", "fly | ✅")
    data, _ = read(f"# Support\n\n{sums}\n\n{one}")
    assert [row["capability"] for row in data["rows"]] == ["fly"]
    assert data["summary"]["tables"] == {"read": 1, "found": 2}


def test_labels_with_a_note_are_labels_by_what_stands_before_it(read):
    head = "Host | Status in this code | Evidence"
    notes = (
        "Wind | Bent — by hand, of old | `src/wind.rs`",
        "Sky | Bent (for 3 of them) | `src/wind.rs`",
    )
    data, _ = read(table(head, *notes, "Sea | Flat | `src/wind.rs`", "Hill | Flat | `src/wind.rs`"))
    assert [row["status_label"] for row in data["rows"]][1:3] == ["Bent (for 3 of them)", "Flat"]


@pytest.mark.parametrize("header", ["Parity evidence", "Time (this implementation)"])
def test_what_is_repeated_below_another_header_is_no_label(read, header):
    rows = [f"{name} | `make lift`, by hand" for name in ("Wind", "Sky", "Sea", "Hill")]
    _, said = read(table(f"Host | {header}", *rows))
    assert "no table found" in said


def test_a_header_is_the_status_only_if_its_column_holds_statuses_in_every_table(read):
    few = table("Section | Implementation", "Wind | By hand", "Sky | Not implemented")
    many = table("Section | Implementation", "Sea | Boats of wood", "Hill | Trees", "Dale | Mist")
    assert not read(f"# Support\n\n{few}\n\n{many}")[0]
    data, _ = read(f"# Support\n\n{few}")
    assert [row["status"] for row in data["rows"]] == [None, "Planned"]
