"""Answers survive a build for as long as the content does, and no longer."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from sphinx_arco_parity.repository import content_cache as module
from sphinx_arco_parity.repository import definitions, reading
from sphinx_arco_parity.repository.content_cache import Facts
from sphinx_arco_parity.repository.files import Repository

if TYPE_CHECKING:
    from pathlib import Path

NAME = "parity-facts.json"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    folder.mkdir()
    (folder / "a.py").write_text("def tick():\n    pass\n")
    return folder


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that are parsed."""
    seen: list[str] = []
    before = definitions.Outline.__init__

    def counted(self: definitions.Outline, source: object, grammar: object) -> None:
        seen.append(source.path)  # type: ignore[attr-defined]
        before(self, source, grammar)  # type: ignore[arg-type]

    monkeypatch.setattr(definitions.Outline, "__init__", counted)
    return seen


def test_what_was_asked_before_is_not_parsed_again(
    root: Path, tmp_path: Path, parses: list[str]
) -> None:
    first = Repository.open(root, cache=tmp_path / "cache")
    found = first.symbols.named("a.py", "tick")
    first.save()
    assert parses == ["a.py"]
    again = Repository.open(root, cache=tmp_path / "cache")
    assert again.symbols.named("a.py", "tick") == found
    assert parses == ["a.py"]
    again.symbols.named("a.py", "other")
    assert parses == ["a.py", "a.py"]


def test_changed_content_is_parsed_again(root: Path, tmp_path: Path, parses: list[str]) -> None:
    first = Repository.open(root, cache=tmp_path / "cache")
    first.symbols.named("a.py", "tick")
    first.save()
    (root / "a.py").write_text("\n\ndef tick(): pass\n")
    again = Repository.open(root, cache=tmp_path / "cache")
    assert [one.line for one in again.symbols.named("a.py", "tick")] == [3]
    assert len(parses) == 2


def test_a_change_that_keeps_size_and_time_is_seen(root: Path, tmp_path: Path) -> None:
    old = 1_000_000_000
    os.utime(root / "a.py", (old, old))
    first = Repository.open(root, cache=tmp_path / "cache")
    first.symbols.named("a.py", "tick")
    first.save()
    (root / "a.py").write_text("def tock():\n    pass\n")
    os.utime(root / "a.py", (old, old))
    again = Repository.open(root, cache=tmp_path / "cache")
    assert again.symbols.named("a.py", "tick") == ()


def test_the_same_content_under_two_suffixes_is_two_questions(tmp_path: Path) -> None:
    for name in ("a.ts", "a.tsx", "a.js", "a.py", "a.txt"):
        (tmp_path / name).write_text("function tick() {}\n")
    symbols = Repository.open(tmp_path).symbols
    found = {n: len(symbols.named(n, "tick")) for n in ("a.ts", "a.tsx", "a.js", "a.py", "a.txt")}
    assert found == {"a.ts": 1, "a.tsx": 1, "a.js": 1, "a.py": 0, "a.txt": 0}


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '{"version": "0", "files": {}, "seen": {}}', "[" * 100_000],
)
def test_a_foreign_file_is_ignored(root: Path, tmp_path: Path, content: str) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / NAME).write_text(content)
    repository = Repository.open(root, cache=cache)
    assert len(repository.symbols.named("a.py", "tick")) == 1
    repository.save()
    assert json.loads((cache / NAME).read_text())["version"] == module.version()


@pytest.mark.parametrize("answer", ["{", "[1]", '[["x"]]', "3", '{"a": 1}', "null"])
def test_foreign_answers_are_ignored(root: Path, tmp_path: Path, answer: str) -> None:
    cache = tmp_path / "cache"
    first = Repository.open(root, cache=cache)
    first.symbols.named("a.py", "tick")
    first.symbols.words("a.py", "tick")
    first.save()
    content = json.loads((cache / NAME).read_text())
    for entry in content["files"].values():
        for question in entry:
            entry[question] = answer
    (cache / NAME).write_text(json.dumps(content))
    again = Repository.open(root, cache=cache)
    assert len(again.symbols.named("a.py", "tick")) == 1
    assert again.symbols.words("a.py", "tick") == ((1, False),)


def test_a_folder_that_cannot_be_written_is_no_error(root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    repository = Repository.open(root, cache=tmp_path / "file")
    repository.symbols.named("a.py", "tick")
    repository.save()
    assert not (tmp_path / "file" / NAME).exists()


def test_nothing_is_left_beside_the_file(root: Path, tmp_path: Path) -> None:
    repository = Repository.open(root, cache=tmp_path / "cache")
    repository.symbols.named("a.py", "tick")
    repository.save()
    assert [one.name for one in (tmp_path / "cache").iterdir()] == [NAME]


def asked(facts: Facts, digest: str, found: str) -> list[str]:
    return facts.asked(digest, "?", list, lambda: [found])


def test_what_was_used_last_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LIMIT", 2)
    first = Facts(tmp_path)
    for digest in ("a", "b"):
        asked(first, digest, digest)
    first.save()
    second = Facts(tmp_path)
    asked(second, "b", "b")
    asked(second, "c", "c")
    second.save()
    third = Facts(tmp_path)
    assert [asked(third, digest, "new") for digest in "abc"] == [["new"], ["b"], ["c"]]


def test_only_settled_times_are_trusted(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kept() -> list[str]:
        repository = Repository.open(root, cache=tmp_path / "cache")
        repository.symbols.named("a.py", "tick")
        repository.symbols.named("a.py", str(monkeypatch))
        asked(repository.facts, "x", "y")
        repository.save()
        return list(json.loads((tmp_path / "cache" / NAME).read_text())["seen"])

    assert kept() == []
    monkeypatch.setattr(reading, "RACY", -1)
    assert kept() == ["a.py"]


def test_our_own_code_is_part_of_the_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "__init__.py").write_text("")
    (tmp_path / "rules.py").write_text("SEVERE = 1\n")
    monkeypatch.setattr(module.sphinx_arco_parity, "__file__", str(tmp_path / "__init__.py"))
    code_version = module.code_version.__wrapped__
    before = code_version()
    assert code_version() == before
    (tmp_path / "rules.py").write_text("SEVERE = 2\n")
    assert code_version() != before
