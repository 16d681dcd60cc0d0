"""The file of the lock: its text, its errors, its schema."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.cli.console import CannotRunError, replace_text
from sphinx_arco_parity.review.lock import (
    Lock,
    LockedRow,
    LockError,
    Reviewed,
    lock_text,
    parse_lock,
    read_lock,
)
from sphinx_arco_parity.schemas import schema

TEXT = """\
{
  "exceptions": {
    "EX-03": {"by": "Ada", "date": "2026-02-18", "digest": "0a1b2c3d", "milestone": "M1"},
    "EX-09": {"by": "Ada", "date": "2026-02-18", "digest": "00000000", "milestone": null, "note": "stays"}
  },
  "milestone": "M1",
  "rows": {
    "backfill": {"digest": "11111111", "status": "Partial"},
    "tick": {"digest": "22222222", "exceptions": ["EX-03"], "section": "Schedules", "status": "Implemented"}
  },
  "schema_version": 1
}
"""

LOCK = Lock(
    exceptions={
        "EX-03": Reviewed(digest="0a1b2c3d", date="2026-02-18", by="Ada", milestone="M1"),
        "EX-09": Reviewed(digest="00000000", date="2026-02-18", by="Ada", note="stays"),
    },
    rows={
        "tick": LockedRow(
            status="Implemented",
            section="Schedules",
            exceptions=("EX-03",),
            digest="22222222",
        ),
        "backfill": LockedRow(status="Partial", digest="11111111"),
    },
    milestone="M1",
)


def test_a_line_for_each_item_sorted():
    assert lock_text(LOCK) == TEXT


def test_it_is_read_as_it_was_written_with_its_lines():
    lock = parse_lock(TEXT)

    assert lock == LOCK
    assert lock.line("exceptions", "EX-09") == 4
    assert lock.line("rows", "tick") == 9
    assert lock.line("", "milestone") == 6
    assert lock.line("rows", "gone") == 1


def test_lines_are_found_in_a_file_laid_out_otherwise():
    text = json.dumps(json.loads(TEXT), indent=4)

    lock = parse_lock(text)

    assert lock == LOCK
    assert text.splitlines()[lock.line("rows", "tick") - 1].strip() == '"tick": {'


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("{\n", "{\n<<<<<<< HEAD\n", 2, "holds the markers of a merge conflict"),
        ('  "rows"', '=======\n  "rows"', 7, "holds the markers of a merge conflict"),
        ('"M1"},\n', '"M1"}\n', 4, "is no JSON: Expecting ',' delimiter (column 5)"),
        ('"EX-09"', '"EX-03"', 4, "has `EX-03` twice (lines 3 and 4)"),
        ('version": 1', 'version": 2', 1, "has schema version 2, newer than the 1 that is known"),
        ('version": 1', 'version": true', 1, "has no `schema_version`"),
        ('  "milestone": "M1"', '  "milestone": 3', 6, "`milestone` must be a name"),
        ('"status": "Partial"', '"status": 3', 8, "`backfill` has a `status` that cannot be: 3"),
        (', "status": "Partial"', "", 8, "`backfill` has no `status`"),
        ('"note"', '"remark"', 4, "`EX-09` has the unknown key `remark`"),
        ('["EX-03"]', "[3]", 9, "`tick` has a `exceptions` that cannot be: [3]"),
        ('{"digest": "11111111", "status": "Partial"}', "3", 8, "`backfill` must be a JSON object"),
        ('  "milestone"', '  "mood": 1,\n  "milestone"', 1, "has the unknown key `mood`"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(old, new, line, reason):
    with pytest.raises(LockError) as raised:
        parse_lock(TEXT.replace(old, new, 1))

    assert (raised.value.line, raised.value.reason) == (line, reason)
    assert raised.value.help_text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is no JSON: Expecting value (column 1)"),
        ("[]", "must be a JSON object"),
        ("3", "must be a JSON object"),
        ("null", "must be a JSON object"),
        ("{}", "has no `schema_version`"),
        ("[" * 100_000, "is nested too deeply"),
        ("9" * 5000, "holds a number that is too long"),
        ('{"a": 1, "a": 2}', "has `a` twice"),
    ],
)
def test_what_is_no_lock_is_an_error(text, reason):
    with pytest.raises(LockError) as raised:
        parse_lock(text)
    assert (raised.value.line, raised.value.reason) == (1, reason)


@pytest.mark.parametrize("section", ["exceptions", "rows"])
def test_a_section_that_is_no_object_is_wrong_on_its_line(section):
    other = "rows" if section == "exceptions" else "exceptions"
    text = f'{{\n "schema_version": 1,\n "{other}": {{}},\n "{section}": 3\n}}\n'
    with pytest.raises(LockError) as raised:
        parse_lock(text)
    assert (raised.value.line, raised.value.reason) == (4, f"`{section}` must be a JSON object")


def test_schema_takes_it_and_nothing_else():
    jsonschema.validate(json.loads(TEXT), schema("parity.lock"))
    jsonschema.validate(json.loads(lock_text(Lock(exceptions={}))), schema("parity.lock"))
    for old, new in [
        ('"by": "Ada", ', ""),
        ("0a1b2c3d", "x"),
        ('"M1",', "3,"),
        ('n": 1', 'n": 2'),
    ]:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(json.loads(TEXT.replace(old, new)), schema("parity.lock"))


def test_file_is_replaced_as_a_whole(tmp_path):
    path = tmp_path / "parity.lock.json"

    assert read_lock(path) is None
    assert replace_text(path, lock_text(LOCK)) is True
    assert replace_text(path, lock_text(LOCK)) is False
    assert read_lock(path) == LOCK
    assert [one.name for one in tmp_path.iterdir()] == ["parity.lock.json"]


def test_link_and_mode_stay(tmp_path):
    real, link = tmp_path / "real.json", tmp_path / "parity.lock.json"
    real.write_text("{}")
    real.chmod(0o640)
    link.symlink_to(real)

    replace_text(link, lock_text(LOCK))

    assert link.is_symlink()
    assert read_lock(real) == LOCK
    assert real.stat().st_mode & 0o777 == 0o640


def test_what_cannot_be_read_or_written_is_said(tmp_path):
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(LockError, match="is no UTF-8 text"):
        read_lock(tmp_path / "binary")
    with pytest.raises(LockError, match="cannot be read: Is a directory"):
        read_lock(tmp_path)
    with pytest.raises(CannotRunError, match="cannot be written"):
        replace_text(tmp_path, lock_text(LOCK))
    with pytest.raises(CannotRunError, match="cannot be written"):
        replace_text(tmp_path / "no folder" / "x", lock_text(LOCK))
    assert [one.name for one in tmp_path.iterdir()] == ["binary"]


IDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
REVIEWS = st.builds(
    Reviewed,
    digest=st.just("0a1b2c3d"),
    date=st.just("2026-02-18"),
    by=st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
    milestone=st.sampled_from([None, "M1"]),
    note=st.text(st.characters(exclude_categories=["Cs"]), max_size=9),
)
ROWS = st.builds(
    LockedRow,
    status=st.sampled_from(["Partial", "Planned"]),
    section=st.sampled_from(["", "rows", "x"]),
    exceptions=st.lists(IDS, max_size=2).map(tuple),
    digest=st.just("11111111"),
)
LOCKS = st.builds(
    Lock,
    exceptions=st.dictionaries(IDS, REVIEWS, max_size=3),
    rows=st.none() | st.dictionaries(IDS, ROWS, max_size=3),
    milestone=st.sampled_from([None, "M1"]),
)


@given(LOCKS)
def test_text_and_value_are_the_same(lock):
    assert parse_lock(lock_text(lock)) == lock
