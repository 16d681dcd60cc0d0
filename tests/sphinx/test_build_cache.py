"""A build in which nothing has changed says the same without judging again."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import myst_parser
import pytest

import sphinx_arco_parity
from sphinx_arco_parity import extension
from sphinx_arco_parity.extension import domain
from sphinx_arco_parity.extension.cache import build_cache
from sphinx_arco_parity.extension.checking import judging
from sphinx_arco_parity.repository import reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MATRIX = """# Matrix

| Capability | Status | Evidence (Code) |
|---|---|---|
| Ticks | Partial | `flow/ticks.py:1` (`tick`) |
| Tocks | Partial | `flow/tocks.py:1` (`gone`) |
"""
VIEWS = """# Views

```{parity-table} exceptions
:caption: All of them
```

```{parity-table} traceability
```

```{parity-table} evidence
:group-by: item
```

```{parity-summary}
```

```{parity-graph}
```

```{parity-legend}
```

A role: {parity-row}`ticks`, {exception}`EX-01` and {exception}`EX-09`.
"""
CODE = "def tick():\n    return 1\n"
CLAIM = "# Claim\n\n```{parity-claim}\nTicks match, see {exception}`EX-09`.\n```\n"


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list that grows by one whenever a project is judged; no file is too young."""
    calls: list[int] = []
    judge = judging.judge

    def counted(*arguments: Any) -> Any:
        calls.append(1)
        return judge(*arguments)

    monkeypatch.setattr(judging, "judge", counted)
    monkeypatch.setattr(reading, "RACY", 0)
    return calls


@pytest.fixture
def made(
    project: Callable[..., Any],
    register: str,
    tables: dict[str, Any],
    judged: list[int],
) -> Any:
    """A project with findings on pages and in the repository, built once."""
    root = project(
        {
            "register.md": register,
            "matrix.md": MATRIX,
            "claim.md": CLAIM,
            "views.md": VIEWS,
            "other.md": "# Other\n",
            "/flow/ticks.py": CODE,
            "/flow/tocks.py": CODE,
        },
        tables,
    )
    # Under git, so that what is built here is no file of the repository.
    root.git("init", "--quiet")
    root.git("add", "docs", "flow")
    root.first = root.build("html")
    judged.clear()
    return root


def test_findings_and_status_are_repeated(made: Any, judged: list[int]) -> None:
    again = made.build("html")
    assert not judged
    assert again.lines == made.first.lines
    assert {line.rule for line in again.lines} >= {"unknown-exception", "evidence-gone"}
    assert (again.status, again.closing) == (made.first.status, made.first.closing)
    assert again.status == 1
    assert not again.written


def test_what_is_published_is_the_same(made: Any, judged: list[int]) -> None:
    names = ("parity.json", "parity-badge.svg", "objects.inv")
    before = [(made.first.out / name).read_bytes() for name in names]
    made.build("html")
    assert not judged
    assert [(made.first.out / name).read_bytes() for name in names] == before


@pytest.mark.parametrize("name", ["parity.json", "parity-badge.svg"])
def test_what_is_published_is_mended(made: Any, name: str) -> None:
    path = made.first.out / name
    before = path.read_bytes()
    path.write_text("{}", encoding="utf-8")
    made.build("html")
    assert path.read_bytes() == before


PAGES = {"matrix": MATRIX, "claim": CLAIM, "views": VIEWS}


@pytest.mark.parametrize("page", PAGES)
def test_a_touched_page_shows_what_it_showed(made: Any, judged: list[int], page: str) -> None:
    before = made.first.html(f"{page}.html")
    assert {"parity-finding", "parity-picture"} & set(before.replace('"', " ").split())
    made.write({f"docs/{page}.md": f"{PAGES[page]}\nAnother sentence.\n"})
    again = made.build("html")
    assert not judged
    after = again.html(f"{page}.html").replace("<p>Another sentence.</p>\n", "")
    assert page in again.written
    assert after == before
    assert again.lines == made.first.lines


def test_columns_that_move_are_published_anew(made: Any) -> None:
    def columns() -> list[object]:
        document = json.loads((made.first.out / "parity.json").read_text("utf-8"))
        return [
            found["column"] for found in document["findings"] if found["path"] == "docs/matrix.md"
        ]

    before = columns()
    assert any(before)
    made.write({"docs/matrix.md": MATRIX.replace("| Tocks", "|  Tocks")})
    made.build("html")
    assert columns() != before


@pytest.mark.parametrize("broken", [b"", b"{}\n" * 9, None])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_which_nothing_is_kept_is_made_again(
    made: Any, judged: list[int], page: str, broken: bytes | None
) -> None:
    before = made.first.html(f"{page}.html")
    kept = made.root / "out" / "doctrees" / "parity-cache.sqlite"
    kept.unlink() if broken is None else kept.write_bytes(broken)
    made.write({f"docs/{page}.md": f"{PAGES[page]}\nAnother sentence.\n"})
    again = made.build("html").html(f"{page}.html")
    assert judged
    assert again.replace("<p>Another sentence.</p>\n", "") == before


def test_another_builder_has_its_own_pages(made: Any) -> None:
    text = made.build("text")
    assert text.lines == made.first.lines
    assert "Ticks" in (text.out / "matrix.txt").read_text(encoding="utf-8")


CHANGES: dict[str, tuple[dict[str, str], str]] = {
    "a cited file": ({"flow/ticks.py": "import os\n\n\n\n\n" + CODE}, "evidence-moved"),
    "a page": ({"docs/matrix.md": MATRIX.replace("Partial", "Green")}, "row-status"),
    "a new page": (
        {"docs/more.md": CLAIM.replace("EX-09", "EX-10")},
        "unknown-exception",
    ),
    "the lock": ({"docs/parity.lock.json": "{"}, "unreadable-file"),
    "the history": ({"docs/parity.history.json": "{"}, "unreadable-file"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_judged(name: str, made: Any, judged: list[int]) -> None:
    files, rule = CHANGES[name]
    made.write(files)
    again = made.build("html")
    assert judged
    known = [line.message for line in made.first.lines]
    assert rule in [one.rule for one in again.lines if one.message not in known]


def test_a_file_that_is_gone_is_judged(made: Any, judged: list[int]) -> None:
    (made.root / "flow" / "ticks.py").unlink()
    again = made.build("html")
    assert judged
    assert "evidence-not-found" in [line.rule for line in again.lines]


def test_a_setting_is_judged(made: Any, judged: list[int], tables: dict[str, Any]) -> None:
    made.configure({**tables, "parity_rules": {"exception-uncited": "warning"}})
    again = made.build("html")
    assert judged
    assert "exception-uncited" in [line.rule for line in again.lines]


def test_what_mends_a_finding_is_seen(made: Any, register: str) -> None:
    made.write({"docs/register.md": register.replace("EX-05a", "EX-09")})
    again = made.build("html")
    assert "unknown-exception" not in [line.rule for line in again.lines]


def test_a_file_with_young_times_is_read(
    made: Any, judged: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its times prove nothing, but its content does."""
    monkeypatch.setattr(reading, "RACY", 10**20)
    made.write({"flow/ticks.py": CODE + "# more\n"})
    made.build("html")
    assert len(judged) == 1
    made.build("html")
    assert len(judged) == 1


def test_a_refreshed_checkout_is_not_judged(made: Any, judged: list[int]) -> None:
    path = made.root / "flow" / "ticks.py"
    path.unlink()
    path.write_text(CODE, encoding="utf-8")
    assert not made.build("html").written
    assert not judged


def test_another_version_judges_and_writes_again(
    made: Any, judged: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sphinx_arco_parity, "__version__", "99.0")
    again = made.build("html")
    assert judged
    assert {"matrix", "claim", "views"} <= set(again.written)


def test_other_code_reads_judges_and_writes_again(
    made: Any, judged: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also under the same version: a class that was kept may be another, or gone."""
    for module in (extension, build_cache):
        monkeypatch.setattr(module, "code_version", lambda: 7)
    again = made.build("html")
    assert judged
    assert {"matrix", "claim", "views"} <= set(again.written)


def test_other_code_reads_the_pages_again(made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    records = domain.ParityDomain.note_records

    def noted(self: domain.ParityDomain, found: Any) -> None:
        read.append(found.docname)
        records(self, found)

    monkeypatch.setattr(domain.ParityDomain, "note_records", noted)
    made.build("html")
    assert not read
    monkeypatch.setattr(extension, "code_version", lambda: 7)
    made.build("html")
    assert {"matrix", "claim"} <= set(read)


def test_a_value_of_code_that_is_gone_is_no_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = build_cache.CacheFile(tmp_path / "cache", "1")
    monkeypatch.setattr(
        build_cache, "Gone", type("Gone", (), {"__module__": build_cache.__name__}), raising=False
    )
    assert kept.write("part", [("name", build_cache.Gone())])  # type: ignore[attr-defined]
    assert kept.read("part", "name") is not None
    monkeypatch.undo()
    assert kept.read("part", "name") is None


@pytest.mark.parametrize("text", ["", "{}", '{"basis": 1}', "[" * 5000, "[1]"])
def test_a_broken_file_costs_only_time(made: Any, judged: list[int], text: str) -> None:
    path = made.root / "out" / "doctrees" / "parity-cache.sqlite"
    assert path.exists()
    path.write_text(text, encoding="utf-8")
    assert made.build("html").lines == made.first.lines
    assert judged


# --- the key, part by part: only that part is changed, and the project is judged again ---


def _commit(made: Any) -> None:
    made.git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "one")


def _configured(**more: Any) -> Callable[[Any, dict[str, Any]], None]:
    return lambda made, tables: made.configure({**tables, **more})


PARTS: dict[str, Callable[[Any, dict[str, Any]], None]] = {
    "a page that has nothing of ours": lambda made, _: made.write({"docs/plain.md": "# Plain\n"}),
    "the commit": lambda made, _: _commit(made),
    "the listing": lambda made, _: made.git("rm", "-q", "--cached", "flow/tocks.py"),
    "a comment in a cited file": lambda made, _: made.write({"flow/ticks.py": CODE + "#"}),
    "the line of an option": lambda made, tables: made.configure({"parity_rules": {}, **tables}),
    "the language": _configured(language="de"),
    "the milestone": _configured(parity_milestones=["M1"], parity_milestone="M1"),
}


@pytest.mark.parametrize("name", PARTS)
def test_each_part_of_the_key_counts(
    name: str, made: Any, judged: list[int], tables: dict[str, Any]
) -> None:
    made.build("html")
    assert not judged
    PARTS[name](made, tables)
    made.build("html")
    assert judged
    judged.clear()
    assert not made.build("html").written
    assert not judged


def test_the_version_of_another_extension_counts(
    made: Any, judged: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(myst_parser, "__version__", "99.0")
    made.build("html")
    assert judged


@pytest.mark.parametrize("option", ["parity_baseline", "parity_lock"])
def test_the_content_of_our_own_files_counts(
    project: Callable[..., Any], judged: list[int], option: str
) -> None:
    made = project({"claim.md": CLAIM, "own.json": "[]"}, {option: "own.json"})
    made.git("init", "--quiet")
    made.git("add", "docs")
    made.build("html")
    judged.clear()
    made.build("html")
    assert not judged
    made.write({"docs/own.json": "[ ]"})
    made.build("html")
    assert judged


def test_a_file_that_was_not_there_counts(project: Callable[..., Any], judged: list[int]) -> None:
    """An inventory of the folder says nothing of a file that a link leads to."""
    row = MATRIX.replace("flow/tocks.py:1", "flow/late.py:1")
    conf = {"parity_tables": {"matrix": ["matrix"]}}
    made = project({"matrix.md": row, "/flow/ticks.py": CODE}, conf)
    made.git("init", "--quiet")
    made.git("add", "docs", "flow")
    made.write({"flow/late.py": CODE.replace("tick", "gone")})
    made.git("add", "flow/late.py")
    (made.root / "flow" / "late.py").unlink()
    first = made.build("html")
    assert "evidence-not-found" in [line.rule for line in first.lines]
    judged.clear()
    made.write({"flow/late.py": CODE.replace("tick", "gone")})
    again = made.build("html")
    assert judged
    assert not [line for line in again.lines if "late.py" in line.message]


def test_a_cache_of_another_build_is_not_believed(made: Any, judged: list[int]) -> None:
    """Models that were kept under another key are made again."""
    before = made.first.html("views.html")
    path = made.root / "out" / "doctrees" / "parity-cache.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        (models,) = connection.execute(
            "SELECT count(*) FROM kept WHERE section = ?", (b"model",)
        ).fetchone()
        assert models >= 4
        connection.execute(
            "UPDATE kept SET content = content || x'00' WHERE section = ?", (b"model",)
        )
    made.write({"docs/views.md": f"{VIEWS}\nAnother sentence.\n"})
    again = made.build("html").html("views.html")
    assert judged
    assert again.replace("<p>Another sentence.</p>\n", "") == before
