"""ADRs are found, numbered and read in every notation in use."""

from __future__ import annotations

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
from sphinx_arco_parity.repository.source import SourceFile, UnreadableFileError
from sphinx_arco_parity.settings.options import Settings


class Folder:
    """A repository of texts; ``None`` for a file that cannot be read."""

    def __init__(self, files):
        self.texts = files

    def files(self):
        return tuple(self.texts)

    def read(self, path):
        if self.texts[path] is None:
            raise UnreadableFileError(path, "is no text")
        return SourceFile(path=path, text=self.texts[path], digest="")


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

    assert (
        by_number({"12-x.md": text, "020-y.md": ACCEPTED})["12"].superseded_by == "020"
    )


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


@pytest.mark.parametrize(
    "target", ["25", "ADR-2", "", "ADR", "x-24x", "adr-", "2024-01-24"]
)
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
