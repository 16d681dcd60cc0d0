"""Lines and symbols of code: every verdict, beside its twin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_arco_parity.model.records import Evidence, Verdict
from sphinx_arco_parity.proof import Prover
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.settings.options import Settings

if TYPE_CHECKING:
    from pathlib import Path

RUST = """\
//! Ticks.

use other::Reexported;

/// Makes ticks.
#[derive(Debug)]
pub struct Ticker {
    pub zone: String,
}




impl Ticker {
    /// Runs.
    pub fn run(&self) {
        helper();
    }
}
pub enum Status {
    Queued,
    Running,
}

impl Clock for Daemon {
    fn run(&self) {
        Reexported::go();
    }
}

fn helper() {}
fn unique() {
    // a body
    // of some
    // lines
    // that is
    // longer
    // than
    // three
}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    files = {
        "src/lib.rs": RUST,
        "src/crlf.rs": RUST.replace("\n", "\r\n"),
        "src/other.rs": "\n\npub fn departed() {}\n",
        "app/ops.py": "class Job:\n    name = 1\n\n    def run(self):\n        self.done = 1\n",
        "deploy.yaml": "steps:\n  - build-image\n\n\n\n\n\n  - push\n",
        "logo.png": "\0\1",
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, newline="")
    return folder


def judge(
    root: Path,
    symbol: str | None,
    line: int | None = None,
    *,
    path: str = "src/lib.rs",
    end: int | None = None,
    kind: str = "code",
) -> Verdict:
    evidence = Evidence(kind=kind, text="x", path=path, line=line, end_line=end, symbol=symbol)
    repository = Repository.open(root)
    prover = Prover(repository, Settings())
    (said,) = prover.prove([evidence])
    prover.prepare([evidence])
    assert prover.prove([evidence]) == (said,)
    assert Prover(repository, Settings()).prove([evidence]) == (said,)
    return said


@pytest.mark.parametrize("line", [32, 33, 36, 40, 31, 30, 29])
def test_a_line_in_the_definition_or_just_before_is_right(root: Path, line: int) -> None:
    said = judge(root, "unique", line)
    assert (said.name, said.rule, said.found_line) == ("verified", None, 32)
    assert said.detail == "`unique` is at line 32 of src/lib.rs"


@pytest.mark.parametrize("line", [28, 1, 41])
def test_a_line_beyond_is_wrong_and_the_right_one_is_given(root: Path, line: int) -> None:
    if line == 41:
        (root / "src/lib.rs").write_text(RUST + "\n\n")
    said = judge(root, "unique", line)
    assert (said.name, said.rule) == ("moved", "evidence-moved")
    assert said.found_line == 32
    assert said.fix.lines == (line, 32)
    assert said.detail == f"`unique` is not at line {line} of src/lib.rs; it is at line 32"
    assert said.help == "write src/lib.rs:32, or let `arco-parity fix` do it"


@pytest.mark.parametrize("line", [2, 3, 5, 6, 7, 9])
def test_attributes_and_doc_comments_belong_to_the_definition(root: Path, line: int) -> None:
    assert judge(root, "Ticker", line).name == "verified"


@pytest.mark.parametrize("line", [1, 10, 12])
def test_lines_that_are_neither(root: Path, line: int) -> None:
    assert judge(root, "Ticker", line).name == "moved"


def test_the_head_of_an_impl_is_right_for_its_type(root: Path) -> None:
    assert judge(root, "Ticker", 14).name == "verified"
    assert judge(root, "Daemon", 25).name == "verified"
    assert judge(root, "Ticker", 17).fix.lines == (17, 7)


@pytest.mark.parametrize("by", [5, 5000])
def test_a_definition_that_moved_far(root: Path, by: int) -> None:
    assert judge(root, "unique", 32).name == "verified"
    (root / "src/lib.rs").write_text("\n" * by + RUST)
    said = judge(root, "unique", 28)
    assert said.fix.lines == (28, 32 + by)


def test_lines_past_the_end_are_gone(root: Path) -> None:
    said = judge(root, "unique", 41)
    assert (said.name, said.rule, said.fix) == ("gone", "evidence-gone", None)
    assert said.detail == "line 41 is past the end of src/lib.rs, which has 40 lines"
    assert said.help == "`unique` is at line 32: write src/lib.rs:32"
    assert said.found_line == 32
    assert judge(root, None, 5000).rule == "evidence-gone"
    assert judge(root, None, 40).name == "unknown"
    assert judge(root, "run", 5000).help == "`run` is at lines 16 and 26"
    assert judge(root, "go", 5000).help == "cite the line that is meant"


def test_symbols_that_are_gone(root: Path) -> None:
    said = judge(root, "uniqe", 32)
    assert (said.name, said.rule) == ("gone", "evidence-gone")
    assert said.detail == "`uniqe` is not in src/lib.rs; did you mean `unique` (line 32)?"
    assert judge(root, "uniqe").rule == "evidence-gone"
    assert judge(root, "zzz").detail == "`zzz` is not in src/lib.rs"
    assert judge(root, "zzz", 5000).detail == "`zzz` is not in src/lib.rs"


def test_where_a_symbol_is_now_is_offered(root: Path) -> None:
    said = judge(root, "departed", 3)
    assert said.detail == "`departed` is not in src/lib.rs; it is in src/other.rs (line 3)"
    assert said.help == "cite src/other.rs:3"


def test_a_line_alone_is_unknown_and_a_path_alone_is_verified(root: Path) -> None:
    assert judge(root, None, 12).detail == (
        "line 12 of src/lib.rs is cited with no symbol to hold it to"
    )
    assert judge(root, None, 12).name == "unknown"
    assert judge(root, None).name == "verified"
    assert judge(root, None, path="logo.png").name == "verified"


def test_a_symbol_alone_needs_only_to_be_there(root: Path) -> None:
    assert judge(root, "unique").name == "verified"
    assert judge(root, "run").name == "verified"


@pytest.mark.parametrize(
    ("symbol", "line"),
    [
        ("Ticker::run", 16), ("Daemon::run", 26), ("Clock::run", 26), ("Self::run", 26),
        ("Status::Queued", 21), ("crate::Status::Running", 22), ("Ticker::zone", 8),
        ("ticker.run()", 16), ("Ticker::<T>::run", 16), ("lib::helper", 30),
        ("Ticker#run", 16), ("&Ticker", 7),
    ],
)  # fmt: skip
def test_qualified_names(root: Path, symbol: str, line: int) -> None:
    assert judge(root, symbol, line).name == "verified"
    assert judge(root, symbol).name == "verified"


def test_the_scope_decides_between_namesakes(root: Path) -> None:
    said = judge(root, "Ticker::run", 26)
    assert (said.name, said.fix.lines) == ("moved", (26, 16))
    assert judge(root, "Clock::run", 16).fix.lines == (16, 26)


def test_namesakes_that_nothing_tells_apart_are_not_fixed(root: Path) -> None:
    said = judge(root, "run", 1)
    assert (said.name, said.rule, said.fix) == ("moved", "evidence-moved", None)
    assert said.detail == "`run` is not at line 1 of src/lib.rs; it is at lines 16 and 26"
    assert said.found_line == 16
    assert judge(root, "run", 26).name == "verified"
    assert judge(root, "run", 33).found_line == 26


def test_a_word_without_definition(root: Path) -> None:
    for line in (24, 27, 30):
        assert judge(root, "go", line).name == "verified", line
    for line in (23, 31, None):
        said = judge(root, "go", line)
        assert (said.name, said.rule) == ("unknown", None), line
    assert judge(root, "Reexported", 6).name == "verified"
    assert judge(root, "done", 5, path="app/ops.py").name == "verified"


def test_a_language_that_nobody_reads(root: Path) -> None:
    assert judge(root, "build-image", 2, path="deploy.yaml").name == "verified"
    assert judge(root, "build-image", 6, path="deploy.yaml").name == "unknown"
    assert judge(root, "build-image", path="deploy.yaml").name == "unknown"
    said = judge(root, "build-images", 2, path="deploy.yaml")
    assert (said.name, said.rule) == ("gone", "evidence-gone")
    assert judge(root, "image", 2, path="deploy.yaml").name == "verified"


def test_ranges(root: Path) -> None:
    assert judge(root, "unique", 32, end=40).name == "verified"
    assert judge(root, "unique", 20, end=33).name == "verified"
    assert judge(root, "unique", 20, end=31).fix.lines == (20, 32)
    assert judge(root, "unique", 32, end=41).name == "verified"
    said = judge(root, "unique", 32, end=60)
    assert said.detail == "line 60 is past the end of src/lib.rs, which has 40 lines"


def test_line_ends_of_windows(root: Path) -> None:
    assert judge(root, "unique", 32, path="src/crlf.rs").name == "verified"
    assert judge(root, "unique", 22, path="src/crlf.rs").fix.lines == (22, 32)
    assert judge(root, None, 41, path="src/crlf.rs").rule == "evidence-gone"


def test_names_of_classes_and_modules_in_python(root: Path) -> None:
    path = "app/ops.py"
    assert judge(root, "Job.run", 4, path=path).name == "verified"
    assert judge(root, "app.ops.Job.name", 2, path=path).name == "verified"
    assert judge(root, "ops:Job", 1, path=path).rule == "evidence-gone"


def test_files_that_cannot_be_looked_into_are_unknown(root: Path) -> None:
    said = judge(root, "pixel", 3, path="logo.png")
    assert (said.name, said.rule) == ("unknown", None)
    assert said.detail == "logo.png is no text"


def test_an_unchanged_repository_is_answered_from_the_cache(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = [
        Evidence(kind="code", text="", path="src/lib.rs", symbol=symbol, line=line, item=i)
        for i, (symbol, line) in enumerate([("unique", 1), ("run", 1), ("Ticker", 7), ("zzz", 2)])
    ]  # fmt: skip

    def build() -> tuple[Verdict, ...]:
        repository = Repository.open(root, cache=tmp_path / "cache")
        said = Prover(repository, Settings()).prove(every)
        repository.save()
        return said

    first = build()
    from sphinx_arco_parity.repository import definitions

    def refuse(*_: object) -> None:
        raise AssertionError("parsed again")

    monkeypatch.setattr(definitions.Outline, "named", refuse)
    monkeypatch.setattr(definitions.Outline, "words", refuse)
    assert build() == first
    assert [one.name for one in first] == ["moved", "moved", "verified", "gone"]
    monkeypatch.undo()
    (root / "src/lib.rs").write_text("\n" + RUST)
    assert build()[0].fix.lines == (1, 33)
