"""ADRs are found, numbered and read in every notation in use."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.repository.adrs import (
    duplicates,
    number_key,
    read_adrs,
    resolve_adr,
    standing,
    status_word,
    successor_chain,
)
from sphinx_arco_parity.repository.adrs.names import (
    cited_numbers,
    file_number,
    is_other,
)
from sphinx_arco_parity.settings.options import Settings


class Folder:
    """A repository of texts; ``None`` for a file that cannot be read."""

    def __init__(self, files):
        self.texts = files

    def files(self):
        return tuple(self.texts)

    def text(self, path):
        return self.texts[path]


def read(files):
    return read_adrs(Folder({f"docs/adr/{k}": v for k, v in files.items()}), Settings())


def status_of(text, name="adr-024-x.md"):
    (adr,) = read({name: text}).adrs
    return adr.status, adr.line


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("adr-024-schedule-sensor-automation.md", "024"),
        ("0007-use-x.md", "0007"),
        ("ADR-12.md", "12"),
        ("12-foo.rst", "12"),
        ("adr_0012_title.md", "0012"),
        ("adr012.md", "012"),
        ("ADR 012 - Title.md", "012"),
        ("0001.md", "0001"),
        ("arco-adr-012-x.md", "012"),
        ("decision-7-x.adoc", "7"),
        ("2024-001-use-x.md", "2024-001"),
        ("0012a-x.md", "0012a"),
        ("2024-05-01-use-x.md", None),
        ("20240501-use-x.md", None),
        ("2024-05-use-x.md", None),
        ("adr-2024-05-01-x.md", None),
        ("2024-use-x.md", None),
        ("use-2-phase-commit.md", None),
        ("3d-rendering.md", None),
        ("use-x.md", None),
    ],
)
def test_number_comes_from_the_name_of_the_file(name, number):
    assert file_number(f"docs/adr/{name}") == number


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("template.md", True),
        ("adr-template.md", True),
        ("0000-template.md", True),
        ("adr-000-template.md", True),
        ("adr-template-minimal.md", True),
        ("NNNN-title.md", True),
        ("README.md", True),
        ("index.rst", True),
        ("000-index.md", True),
        ("templates/0001-x.md", True),
        ("0001-template.md", True),
        ("templates.md", True),
        ("0012-use-jinja-template-engine.md", False),
        ("0002-templates.md", False),
        ("0003-templates-2.md", False),
        ("0000-use-adrs.md", False),
        ("0003-index-of-partitions.md", False),
    ],
)
def test_templates_and_lists_are_no_adrs(name, other):
    assert is_other(f"docs/adr/{name}") is other


NOTATIONS = {
    "nygard": ("# 24. X\n\nDate: 2026-02-18\n\n## Status\n\nAccepted\n\n## Context\n", ("Accepted", 7)),
    "no blank line": ("# X\n## Status\nProposed\n", ("Proposed", 3)),
    "with date": ("# X\n\n## Status\n\nAccepted (2026-02-18, after review)\n", ("Accepted (2026-02-18, after review)", 5)),
    "bold value": ("# X\n\n## Status\n\n**Accepted**\n", ("Accepted", 5)),
    "emoji": ("# X\n\n## Status\n\n✅ Accepted\n", ("Accepted", 5)),
    "struck": ("# X\n\n## Status\n\n~~Accepted~~\n\nSuperseded by ADR-030\n", ("Superseded by ADR-030", 7)),
    "struck before": ("# X\n\n## Status\n\n~~Proposed~~ Accepted\n", ("Accepted", 5)),
    "boxes": ("# X\n## Status\n- [ ] Proposed\n- [x] Accepted\n- [ ] Deprecated\n", ("Accepted", 4)),
    "comment": ("# X\n## Status\n<!-- Proposed\n| Accepted -->\n\nAccepted\n", ("Accepted", 6)),
    "heading tells": ("# X\n\n## Status: Accepted\n", ("Accepted", 3)),
    "setext": ("X\n===\n\nStatus\n------\n\nAccepted\n", ("Accepted", 7)),
    "madr 2": ("# X\n\n- Status: accepted\n- Date: 2026-02-18\n\n## Context\n", ("accepted", 3)),
    "log4brains": ("# X\n\n* Status: superseded by [20260101-y](20260101-y.md)\n", ("superseded by 20260101-y", 3)),
    "madr 3": ('---\nstatus: "superseded by ADR-0123"\ndate: 2026-02-18\n---\n# X\n', ("superseded by ADR-0123", 2)),
    "madr 4": ("---\n# a comment\nstatus: accepted\n---\n\n# X\n", ("accepted", 3)),
    "toml": ('+++\nstatus = "accepted"\n+++\n# X\n', ("accepted", 2)),
    "bad yaml": ("---\nstatus: accepted\ntitle: a: b: [\n---\n# X\n", ("accepted", 2)),
    "bold": ("# X\n\n**Status**: Proposed\n**Date**: 2026\n", ("Proposed", 3)),
    "bold with colon": ("# X\n\n**Status:** Accepted\n", ("Accepted", 3)),
    "bold bullet": ("# X\n\n- **Status:** Accepted\n", ("Accepted", 3)),
    "quoted": ("# X\n\n> **Status:** Accepted\n", ("Accepted", 3)),
    "several in a line": ("# X\n\n**Status:** Accepted | **Date:** 2026-02-18\n", ("Accepted", 3)),
    "bold alone": ("# X\n\n**Status**\n\nAccepted\n", ("Accepted", 5)),
    "html": ("# X\n\n<b>Status</b>: Accepted\n", ("Accepted", 3)),
    "table": ("# X\n\n| Status | Accepted |\n|---|---|\n| Date | 2026 |\n", ("Accepted", 3)),
    "table in rows": ("# X\n\n| | |\n|---|---|\n| Date | 2026 |\n| **Status** | Accepted |\n", ("Accepted", 6)),
    "table with header": ("# X\n\n| Status | Date |\n|---|---|\n| Accepted | 2026 |\n", ("Accepted", 3)),
    "table of three": ("# X\n\n| Date | Status | By |\n|---|---|---|\n| 2026 | Accepted | me |\n", ("Accepted", 3)),
    "rst field": ("X\n===\n\n:Status: Accepted\n:Date: 2026\n", ("Accepted", 4)),
    "rst section": ("X\n===\n\nStatus\n======\n\nAccepted\n", ("Accepted", 7)),
    "rst overline": ("=====\nTitle\n=====\n\nStatus\n------\n\nAccepted\n", ("Accepted", 8)),
    "rst list table": ("X\n===\n\n.. list-table::\n\n   * - Status\n     - Accepted\n", ("Accepted", 7)),
    "asciidoc": ("= X\n\n== Status\n\nAccepted\n", ("Accepted", 5)),
    "after metadata": ("# X\n\n## Metadata\n\n- Status: Accepted\n\n## Context\n", ("Accepted", 5)),
    "numbered": ("# X\n\n## 1. Status\n\nAccepted<br>Superseded by ADR-2\n", ("Accepted", 5)),
    "in a box": ("# X\n\n## Status\n\n:::{note}\nAccepted\n:::\n", ("Accepted", 6)),
    "above a rule": ("# X\n\n**Status:** Accepted\n**Date:** 2026\n---\n\ntext\n", ("Accepted", 3)),
    "in emphasis": ("# X\n\n_Status: Accepted_\n", ("Accepted", 3)),
    "status of something else": ("# X\n\n## Context\n\nStatus: 404 is returned.\n\n- Status: done\n", ("", 1)),
    "in code": ("# X\n\n```\nStatus: Accepted\n```\n\n## Context\n", ("", 1)),
    "prose": ("# X\n\nThe status of runs is kept.\n\n## Context\n", ("", 1)),
    "two boxes": ("# X\n## Status\n- [x] Proposed\n- [x] Accepted\n", ("", 1)),
}  # fmt: skip


def file_of(notation):
    suffix = {"rst": "rst", "asciidoc": "adoc"}.get(notation.split()[0], "md")
    return f"adr-024-x.{suffix}"


@pytest.mark.parametrize("name", NOTATIONS)
def test_status_in_every_notation(name):
    text, expected = NOTATIONS[name]

    assert status_of(text, file_of(name)) == expected


@pytest.mark.parametrize("name", NOTATIONS)
def test_line_is_that_of_the_file(name):
    text, (status, line) = NOTATIONS[name]

    comment = ".. a\n\n" if name.startswith("rst") else "<!-- a\nb -->\n"
    if text[0] in "-+":
        comment = ""  # front matter stands first
    shifted = status_of(comment + text, file_of(name))

    assert shifted == (status, line + 2 * bool(comment) if status else 1)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# 24. Use schedules\n", "Use schedules"),
        ("# ADR-024: Use schedules\n", "Use schedules"),
        ("# ADR 024 — Use `schedules`\n", "Use schedules"),
        ("Use schedules\n=============\n", "Use schedules"),
        ("= Use schedules\n", "Use schedules"),
        ("#\n# <!-- x -->\n# 24. Use schedules\n", "Use schedules"),
        ("---\ntitle: Use schedules\n---\n", "Use schedules"),
        ("# 3 reasons for schedules\n", "3 reasons for schedules"),
    ],
)
def test_title_without_its_number(text, title):
    suffix = "adoc" if text.startswith("=") else "md"
    assert read({f"024-x.{suffix}": text}).adrs[0].title == title


def by_number(files):
    return {adr.number: adr for adr in read(files).adrs}


ACCEPTED = "# X\n\n## Status\n\nAccepted\n"


@pytest.mark.parametrize(
    "status",
    [
        "## Status\n\nSuperseded by ADR-020",
        "## Status\n\nSuperceded by [20. Y](adr-020-y.md)",
        "## Status\n\nAccepted\n\nSuperceded by [20. Y](adr-020-y.md)",
        "## Status\n\nAccepted, superseded by ADR-20 on 2026-02-18",
        "- Status: superseded by [ADR-0020](0020-y.md)",
        "- Status: Accepted\n- Superseded by: 20",
        "**Status**: Replaced by #20",
        "| Status | Accepted |\n|---|---|\n| Superseded by | ADR-020 |",
        ":Status: Superseded by :adr:`20`",
        ":Status: Superseded by `ADR 20 <adr-020-y.rst>`_",
        "## Status\n\nAccepted\n\n## Superseded by\n\n- ADR-020",
        "## Status\n\nAccepted\n\n## Links\n\n* Superseded by [ADR-020](adr-020-y.md)",
    ],
)
def test_successor_from_the_status(status):
    adrs = by_number({"adr-012-x.md": f"# X\n\n{status}\n", "adr-020-y.md": ACCEPTED})

    assert adrs["012"].superseded_by == "020"
    assert standing(adrs["012"]) == "superseded"
    assert adrs["020"].superseded_by is None


@pytest.mark.parametrize("front", ["superseded_by: 020", "superseded-by: [ADR-020]"])
def test_successor_from_front_matter(front):
    text = f"---\nstatus: accepted\n{front}\n---\n# X\n"

    assert by_number({"12-x.md": text, "020-y.md": ACCEPTED})["12"].superseded_by == "020"


@pytest.mark.parametrize(
    "status",
    [
        "## Status\n\nAccepted\n\nPartially superseded by ADR-020",
        "## Status\n\nAccepted\n\nAmended by ADR-020",
        "## Status\n\nAccepted, not superseded by ADR-020",
        "## Status\n\nAccepted\n\nSupersedes ADR-009",
        "## Status\n\nAccepted\n\n## Context\n\nMay be superseded by ADR-020.",
    ],
)
def test_no_successor(status):
    adrs = by_number({"adr-012-x.md": f"# X\n\n{status}\n", "adr-020-y.md": ACCEPTED})

    assert adrs["012"].superseded_by is None
    assert standing(adrs["012"]) == "accepted"


@pytest.mark.parametrize(
    ("status", "successor"),
    [
        ("## Status\n\nAccepted\n\nSupersedes [12. X](adr-012-x.md)", "020"),
        ("## Status\n\nAccepted. Supersedes ADR-012", "020"),
        ("- Status: accepted\n- Supersedes: ADR-12", "020"),
        ("**Status**: Accepted\n**Supersedes**: ADR-012, ADR-013", "020"),
        ("## Status\n\nProposed\n\nSupersedes ADR-012", None),
        ("## Status\n\nRejected\n\nSupersedes ADR-012", None),
        ("## Status\n\nAccepted\n\nPartially supersedes ADR-012", None),
        ("## Status\n\nAccepted\n\nSupersedes ADR-012's section on retries", None),
        ("## Status\n\nAccepted\n\n## Context\n\nSupersedes ADR-012", None),
    ],
)
def test_successor_from_the_newer_one(status, successor):
    adrs = by_number({"adr-012-x.md": ACCEPTED, "adr-020-y.md": f"# Y\n\n{status}\n"})

    assert adrs["012"].superseded_by == successor


def test_without_number_or_status_it_is_no_adr():
    found = read(
        {
            "process.md": "# How we decide\n",
            "use-x.md": "# Use X\n\n- Status: accepted\n",
            "2026-01-01-y.md": "# Y\n\n- Status: accepted\n",
            "y.md": "# ADR-007: Y\n\nStatus: accepted\n",
            "0009-z.md": "# Z\n",
            "picture.png": "",
        }
    ).adrs

    assert {adr.number for adr in found} == {"use-x", "2026-01-01-y", "007", "0009"}


def test_unreadable_file_with_a_number_is_an_adr_without_status():
    (adr,) = read({"0001-x.md": None}).adrs

    assert (adr.number, adr.status, adr.line) == ("0001", "", 1)


@pytest.mark.parametrize(
    "target",
    ["024", "24", "ADR-024", "adr 24", "ADR024", "#24", "adr-024-schedule-sensor-automation",
     "docs/adr/adr-024-schedule-sensor-automation.md", "ADR-024-Schedule-Sensor-Automation.md",
     "docs/adr/adr-024-schedule-sensor-automation.md#status", "`24`", "0024"],
)  # fmt: skip
def test_resolve_finds(target):
    adrs = read({"adr-024-schedule-sensor-automation.md": "", "adr-240-y.md": ""}).adrs

    found = resolve_adr(target, adrs)

    assert found is not None
    assert found.number == "024"


@pytest.mark.parametrize("target", ["25", "ADR-2", "", "ADR", "x-24x", "adr-", "2024-01-24"])
def test_resolve_does_not_guess(target):
    assert resolve_adr(target, read({"adr-024-x.md": ""}).adrs) is None


def test_own_folder_comes_first():
    adrs = read({"a/0001-x.md": "", "b/0001-y.md": ""}).adrs

    found = resolve_adr("1", adrs, near="docs/adr/b/0002-z.md")

    assert found is not None
    assert found.path == "docs/adr/b/0001-y.md"
    assert duplicates(adrs) == ()
    assert len(duplicates(read({"0001-x.md": "", "001-y.md": ""}).adrs)) == 1


def test_chain_leads_to_the_one_in_force_and_survives_loops():
    files = {
        "1-a.md": "## Status\nSuperseded by ADR-2\n",
        "2-b.md": "## Status\nSuperseded by ADR-3\n",
        "3-c.md": ACCEPTED,
        "4-d.md": "## Status\nSuperseded by ADR-5\n",
        "5-e.md": "## Status\nSuperseded by ADR-4\n",
        "6-f.md": "## Status\nSuperseded by ADR-99\n",
    }
    adrs = read(files).adrs

    chains = {a.number: [b.number for b in successor_chain(a, adrs)] for a in adrs}

    assert chains == {
        "1": ["2", "3"],
        "2": ["3"],
        "3": [],
        "4": ["5"],
        "5": ["4"],
        "6": [],
    }
    assert adrs[-1].superseded_by == "99"


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("Accepted (2026-02-18, …)", "accepted"),
        ("accepted", "accepted"),
        ("Superceded by ADR-020", "superseded"),
        ("superseded by [x](y.md)", "superseded"),
        ("Draft", "proposed"),
        ("In review", "proposed"),
        ("Withdrawn", "rejected"),
        ("Deprecated.", "deprecated"),
        ("Proposed → Accepted", "accepted"),
        ("", "unknown"),
        ("Experimental", "unknown"),
        ("{proposed | rejected | accepted}", "unknown"),
        ("Proposed | Accepted", "unknown"),
    ],
)
def test_status_word(status, word):
    assert status_word(status) == word


def test_cited_numbers_leave_dates_and_years_alone():
    assert cited_numbers("ADR-012, ADR 13 and 0014 on 2026-02-18 in 2026") == [
        "012",
        "13",
        "0014",
    ]


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text):
    (adr,) = read({"0001-x.md": text}).adrs

    assert adr.number == "0001"
    assert 1 <= adr.line <= text.count("\n") + 1


@given(st.integers(min_value=0, max_value=99999), st.integers(min_value=0, max_value=3))
def test_leading_zeros_do_not_count(number, zeros):
    assert number_key("0" * zeros + str(number)) == str(number)


def _bomb():
    """Front matter of a few lines whose aliases stand for a thousand million texts."""
    lines = ["a: &a [x, x]"]
    for before, name in zip("abcdef", "bcdefg", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 30)}]")
    return "\n".join(lines)


@pytest.mark.parametrize(
    "front",
    [_bomb(), "a: " + "[" * 3000, "a: &a {b: *a}", "a: &a [*a]", "x: y\n" * 5000],
    ids=["aliases", "deep", "recursive mapping", "recursive list", "long"],
)
def test_front_matter_that_makes_much_of_little_is_read_all_the_same(front):
    text = f"---\nstatus: Accepted\n{front}\n---\n# 24. X\n"
    assert status_of(text) == ("Accepted", 2)


@pytest.mark.parametrize("keys", list(permutations(("status", "state", "decision-status"))))
def test_of_several_keys_for_the_status_the_first_holds(keys):
    words = zip(keys, ("accepted", "proposed", "rejected"), strict=True)
    front = "\n".join(f"{key}: {word}" for key, word in words)
    assert status_of(f"---\n{front}\n---\n# ADR 24: X\n") == ("accepted", 2)


def test_aliases_of_front_matter_are_followed():
    text = "---\na: &s Deprecated\nstatus: *s\n---\n# 24. X\n"
    assert status_of(text)[0] == "Deprecated"


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("# 24. A ##", "A"),
        ("# 24. A#", "A"),
        ("# 24. C# x  ", "C# x"),
        ("= 24. A =", "A"),
    ],
)
def test_marks_that_close_a_heading_are_no_part_of_it(heading, title):
    suffix = "adoc" if heading.startswith("=") else "md"
    (adr,) = read({f"adr-024-x.{suffix}": f"{heading}\n\nStatus: Accepted\n"}).adrs
    assert adr.title == title


def test_comments_are_no_part_of_an_adr():
    text = "# 24. X\n<!-- Status: Proposed\n-->\nStatus: Accepted\n<!-- Status: <!--\n"
    assert status_of(text) == ("Accepted", 4)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("0012-replace-adr-0007.md", "0012"),
        ("0013-use-madr4.md", "0013"),
        ("ADR-0042-migrate-adr-4-to-5.md", "0042"),
        ("0008-python-3.12.md", "0008"),
        ("0010_2024-01-01_x.md", "0010"),
        ("0011-issue-123.md", "0011"),
        ("ADR-T3-x.md", "T3"),
        ("ADR-API-12-x.md", "API-12"),
        ("ADR-7b-x.md", "7b"),
        ("0035-x.yaml", "0035"),
        ("0001-x/README.md", "0001"),
        ("0001-x/index.rst", "0001"),
        ("replace-adr-0007.md", None),
        ("migrate-adr-4-to-5.md", None),
        ("adr-v2-format.md", None),
        ("HTTP-2-push.md", None),
        ("0001-x/notes.md", None),
        ("2024-05-05-x/README.md", None),
    ],
)
def test_only_a_leading_number_is_one(name, number):
    assert file_number(f"docs/adr/{name}") == number


def history(*lines):
    return "# 1. X\n\n## Status\n\n" + "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (history("2024-01-01 proposed", "", "2024-02-01 accepted"), "accepted"),
        (history("2024-02-01 accepted", "", "2024-01-01 proposed"), "accepted"),
        (history("- 2024-01-01: accepted", "- 2024-03-01: deprecated"), "deprecated"),
        (history("- 2024-01-01: draft", "- 2024-02-01: proposed"), "proposed"),
        (history("- Proposed (5 Feb 2024)", "- Accepted (1 March 2024)"), "accepted"),
        (history("01.12.2023 proposed", "", "02.01.2024 accepted"), "accepted"),
        (history("Proposed 2024-01-01, accepted 2024-02-01"), "accepted"),
        (history("Proposed 2024-01-01<br>Accepted 2024-02-01"), "accepted"),
        (history("2024-01-01 accepted", "", "2024-05-01: status changed to rejected"), "rejected"),
        (history("2024-01-01 accepted", "", "2024-05-01: reviewed, no change"), "accepted"),
        (history("- 2024-01-01: draft", "- 2024-02-01: proposed", "- 2024-02-01: accepted"), "accepted"),
        (history("Accepted", "", "- 2024-01-01: proposed"), "accepted"),
        (history("| Date | Status |", "|---|---|", "| 2024-01-01 | Proposed |", "| 2024-02-01 | Accepted |"), "accepted"),
        (history("| Status | Date |", "|---|---|", "| Accepted | 2024-02-01 |", "| Proposed | 2024-01-01 |"), "accepted"),
        ("# X\n\n- Status:\n  - 2024-01-01: proposed\n  - 2024-02-01: accepted\n", "accepted"),
        ("# X\n\n## Status history\n\n- 2024-01-01: proposed\n- 2024-02-01: accepted\n", "accepted"),
        ("---\nstatus:\n- {date: 2024-02-01, state: accepted}\n- {date: 2024-01-01, state: proposed}\n---\n# X\n", "accepted"),
        (history("Proposed 2024-01-01 (accepted 2024-02-01)"), "accepted"),
        ("# X\n\nStatus: Proposed (2024-01-01)\nStatus: Accepted (2024-02-01)\n", "accepted"),
        ("# X\n\n- Status: deprecated\n\n## Status history\n\n- 2024-02-01: accepted\n", "deprecated"),
        # One status, with or without a date, is what it is.
        (history("2024-01-01 proposed"), "proposed"),
        (history("Accepted", "", "Date: 2024-01-01"), "accepted"),
        (history("Accepted (2024-01-01)", "", "Amended by ADR-3 (2024-05-05)"), "accepted"),
        # It cannot be told.
        ("# X\n\n- Status: proposed\n\n## Status history\n\n- 2024-02-01: accepted\n", "unknown"),
        (history("Accepted 2023-01-01", "", "Open until 2024-05-01"), "unknown"),
        (history("2024-01-01 proposed", "", "2024-01-01 accepted"), "unknown"),
        (history("01/02/2024: proposed", "", "03/02/2024: accepted"), "unknown"),
        (history("Proposed", "", "Accepted"), "unknown"),
        (history("2024-01-01 accepted", "", "2024-05-01: we found it is deprecated"), "unknown"),
    ],
)  # fmt: skip
def test_of_a_history_the_newest_line_holds(text, word):
    (adr,) = read({"0001-x.md": text}).adrs

    assert standing(adr) == word


def test_what_holds_no_longer_names_no_successor():
    changes = ["2024-01-01: superseded by ADR-2", "2024-02-01: accepted"]
    files = {"0002-y.md": ACCEPTED}

    risen = by_number({**files, "0001-x.md": history(*[f"- {c}" for c in changes])})
    assert (risen["0001"].superseded_by, standing(risen["0001"])) == (None, "accepted")

    fallen = history("- 2024-01-01: accepted", "- 2024-02-01: superseded by ADR-2")
    assert by_number({**files, "0001-x.md": fallen})["0001"].superseded_by == "0002"


def test_superseded_in_part_is_in_force():
    text = "# X\n\n- Status: Superseded by [2](0002-y.md) in part: the rest holds\n"
    assert standing(by_number({"0001-x.md": text})["0001"]) == "accepted"


def found_by(files, *targets):
    adrs = read(files).adrs
    found = [resolve_adr(target, adrs) for target in targets]
    return [adr and adr.key.removeprefix("docs/adr/") for adr in found]


def test_a_folder_is_an_adr_by_its_readme():
    files = {
        "README.md": "# All\n",
        "0001-a/README.md": ACCEPTED,
        "0001-a/notes.md": "# Notes\n",
        "0002-b/index.md": "# B\n\n- Status: superseded by [1](../0001-a/README.md)\n",
    }

    assert found_by(files, "1", "0001-a", "docs/adr/0001-a/", "2", "3") == [
        "0001-a/README.md",
        "0001-a/README.md",
        "0001-a/README.md",
        "0002-b/index.md",
        None,
    ]
    assert by_number(files)["0002"].superseded_by == "0001"
    assert len(duplicates(read({**files, "0001-z.md": ""}).adrs)) == 1


def test_a_numbered_folder_of_adrs_is_a_category():
    files = {"01-web/README.md": "# Web\n", "01-web/0007-x.md": "", "02-api/README.md": "# Api\n", "02-api/0003-y/README.md": ""}  # fmt: skip

    assert set(by_number(files)) == {"0007", "0003"}


LOG = (
    "# Log\n\n## ADR-8: A\n\nStatus: superseded by ADR-9\n\n## ADR-9: B\n\n### Status\n\nAccepted\n"
)


def test_sections_of_one_file_are_adrs():
    eight, nine = read({"log.md": LOG}).adrs

    assert (eight.number, eight.title, eight.line) == ("8", "A", 5)
    assert successor_chain(eight, (eight, nine)) == (nine,)
    assert standing(eight) == "superseded"
    assert found_by({"log.md": LOG}, "8", "ADR-9", "10") == [
        "log.md#8",
        "log.md#9",
        None,
    ]
    assert len(duplicates(read({"log.md": LOG.replace("9: B", "8: B")}).adrs)) == 1


@pytest.mark.parametrize(
    ("files", "numbers"),
    [
        ({"process.md": "# How\n\n## 1. Write\n\n## 2. Read\n"}, set()),
        ({"README.md": "# All\n\n## ADR-1: A\n\nSee the file.\n"}, set()),
        ({"log.md": LOG, "0008-a.md": ""}, {"0008", "9"}),
        ({"use-x.md": "# Use X\n\nStatus: accepted\n\n## ADR-5 said no\n"}, {"use-x"}),
        ({"x.md": "# ADR-7: X\n\nStatus: accepted\n"}, {"7"}),
        ({"0001-x.md": "# X\n\n## ADR-5: why not\n\nStatus: rejected\n"}, {"0001"}),
    ],
)
def test_other_sections_are_none(files, numbers):
    assert set(by_number(files)) == numbers


def test_values_alone_are_an_adr():
    files = {
        "0035-x.yaml": "title: X\nstatus: superseded\nsuperseded_by: 36\n",
        "0036-y.yml": "status: accepted\n",
        "0001-a.md": ACCEPTED,
        "0001-a.yaml": "status: proposed\n",
        "mkdocs.yml": "nav: []\n",
        "z.yaml": "id: ADR-40\nstatus: proposed\n",
    }
    adrs = by_number(files)

    assert set(adrs) == {"0035", "0036", "0001", "40"}
    assert (adrs["0035"].line, adrs["0035"].superseded_by) == (2, "0036")
    assert adrs["0001"].status == "Accepted"


def test_letters_and_dates_are_names():
    files = {
        "ADR-T3-a.md": "# ADR-T3: A\n\n- Status: superseded by ADR-T4 and ADR-T5\n",
        "ADR-T4-b.md": "# ADR-T4: B\n",
        "API-12-c.md": "# API-12: C\n\n- Status: superseded by API-13\n",
        "API-13-d.md": "# API-13: D\n",
        "HTTP-2-e.md": "# HTTP 2\n",
        "HTTP-2-f.md": "# More of HTTP 2\n",
        "2024-05-05-g.md": "# G\n",
    }
    adrs = by_number(files)

    assert (adrs["T3"].superseded_by, adrs["API-12"].superseded_by) == ("T4", "API-13")
    assert (adrs["API-12"].title, duplicates(tuple(adrs.values()))) == ("C", ())
    assert found_by(files, "ADR-T3", "t03", "API-12", "2024-05-05", "2024-05-05-g") == [
        "ADR-T3-a.md",
        "ADR-T3-a.md",
        "API-12-c.md",
        "2024-05-05-g.md",
        "2024-05-05-g.md",
    ]
    assert found_by(files, "3", "12", "2", "2024", "2024-05-06") == [None] * 5
