"""What is meant by what is written: short paths, names without back-ticks, no paths."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sphinx_arco_parity.model.records import ParityRow, Place
from sphinx_arco_parity.notation import parse_cell
from sphinx_arco_parity.proof import Prover
from sphinx_arco_parity.proof.meant import as_meant
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.settings.options import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_arco_parity.model.records import Evidence, Verdict

FILES = {
    "src/graph/parse.py": "import os\n\n\nclass Graph:\n    def load(self):\n        pass\n\n\ndef load_all():\n    pass\n",
    "src/left/mod.rs": "fn a() {}\n",
    "src/right/mod.rs": "fn b() {}\n",
    "src/lib.rs": "fn a() {}\nfn tick_once() {}\n",
    "lib.rs": "fn root() {}\n",
    "docs/adr/024-ticks.md": "# 24\n",
    "src/my plan.rs": "fn plan() {}\n",
    "src/left,right.rs": "fn both() {}\n",
    "routes/$id.tsx": "export const id = 1;\n",
    "my files/note one.py": "def note():\n    pass\n",
}
SETTINGS = Settings()


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    root: Path = tmp_path_factory.mktemp("meant")
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return Repository.open(root)


def row(text: str, kind: str = "code", capability: str = "ticks") -> ParityRow:
    cell = parse_cell(text, kind)
    return ParityRow(
        id="r",
        docname="d",
        anchor="a",
        place=Place(path="d.md", line=3),
        capability=capability,
        evidence=cell.evidence,
        unread=cell.unread,
    )


def judged(repository: Repository, declared: ParityRow) -> tuple[Evidence, Verdict]:
    evidence, _ = as_meant(declared, repository, SETTINGS)
    (said,) = Prover(repository, SETTINGS).prove(evidence)
    return evidence[0], said


def unread(repository: Repository, declared: ParityRow) -> list[str]:
    return [piece.text for piece in as_meant(declared, repository, SETTINGS)[1]]


@pytest.mark.parametrize("written", ["parse.py", "graph/parse.py", "graph/"])
def test_the_ending_of_one_tracked_path_means_it(repository, written):
    piece, said = judged(repository, row(f"`{written}`"))
    assert (piece.as_written, said.name, said.rule) == (written, "verified", "evidence-short-path")
    assert said.help == f"write {piece.path}"


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("`src/my plan.rs:1` (`plan`)", "src/my plan.rs"),
        ("`src/my plan.rs::plan`", "src/my plan.rs"),
        ("`src/left,right.rs` (`both`)", "src/left,right.rs"),
        ("`routes/$id.tsx`", "routes/$id.tsx"),
        ("`my files/note one.py:1` (`note`)", "my files/note one.py"),
        ("`my files/`", "my files/"),
        ("`note one.py`", "my files/note one.py"),
        ("`src\\lib.rs:1` (`a`)", "src/lib.rs"),
    ],
)
def test_a_literal_that_is_a_tracked_path_as_a_whole_is_that_path(repository, written, path):
    piece, said = judged(repository, row(written))
    assert (piece.path, said.name) == (path, "verified")
    assert unread(repository, row(written)) == []


def test_a_folder_that_is_called_as_a_name_is_that_folder(repository):
    piece, said = judged(repository, row("`routes`"))
    assert (piece.path, said.name) == ("routes", "verified")
    assert unread(repository, row("`routes`, `paths`")) == ["paths"]
    for spoken in ("not in `routes`", "No `routes` yet", "as `routes` does"):
        evidence, left = as_meant(row(spoken), repository, SETTINGS)
        assert (evidence, [piece.text for piece in left]) in [((), ["routes"]), ((), [])]
    held, _ = as_meant(row("`src/lib.rs` (`src`)"), repository, SETTINGS)
    assert [(piece.path, piece.symbol) for piece in held] == [("src/lib.rs", "src")]


@pytest.mark.parametrize("gone", ["src/old plan.rs", "see src/lib.rs", "src/a,b.rs", "my x.rs"])
def test_one_that_is_none_is_unread_and_never_an_error(repository, gone):
    evidence, _ = as_meant(row(f"`src/lib.rs`, `{gone}:4` (`a`)"), repository, SETTINGS)
    assert [piece.path for piece in evidence] == ["src/lib.rs"]
    assert unread(repository, row(f"`{gone}:4`")) == [gone]


@pytest.mark.parametrize(
    "prose", ["make plan now", "plan(a, b)", "a, b", "src/lib.rs, lib.rs", "src/lib.rs and lib.rs"]
)
def test_words_in_back_ticks_that_are_no_path_are_none(repository, prose):
    evidence, _ = as_meant(row(f"`src/lib.rs`, as `{prose}`"), repository, SETTINGS)
    assert [piece.path for piece in evidence] == ["src/lib.rs"]


def test_a_glob_of_which_only_the_ending_is_written_means_what_it_gives(repository):
    piece, said = judged(repository, row("`graph/*.py`"))
    assert (piece.as_written, said.name, said.rule) == (
        "graph/*.py",
        "verified",
        "evidence-short-path",
    )
    assert judged(repository, row("`gone/*.py`"))[1].rule == "evidence-not-found"


def test_a_whole_path_is_not_short(repository):
    piece, said = judged(repository, row("`lib.rs`"))
    assert (piece.path, piece.as_written, said.name, said.rule) == ("lib.rs", "", "verified", None)


def test_the_ending_of_several_is_unknown_and_names_them(repository):
    _, said = judged(repository, row("`mod.rs`"))
    assert (said.name, said.rule) == ("unknown", None)
    assert "src/left/mod.rs, src/right/mod.rs" in said.detail


@pytest.mark.parametrize("written", ["arse.py", "graph/gone.py", "right/lib.rs"])
def test_a_part_of_a_name_is_no_ending(repository, written):
    _, said = judged(repository, row(f"`{written}`"))
    assert (said.name, said.rule) == ("not-found", "evidence-not-found")


@pytest.mark.parametrize(
    "name", ["Graph", "Graph class", "class Graph", "Graph.load", "load_all", "load_all()"]
)
def test_a_bare_name_that_the_file_defines_is_the_symbol(repository, name):
    piece, said = judged(repository, row(f"`src/graph/parse.py:40` ({name})"))
    assert piece.inferred
    assert piece.symbol is not None
    assert said.name == "gone"  # the file has fewer lines
    piece, said = judged(repository, row(f"`src/graph/parse.py` ({name})"))
    assert (said.name, piece.inferred) == ("verified", True)


def test_a_finding_that_rests_on_an_inferred_name_says_so_and_is_fixed_only_when_asked(repository):
    _, said = judged(repository, row("`src/graph/parse.py:1` (load_all)"))
    assert (said.name, said.rule, said.fix.option) == ("moved", "evidence-moved", "--inferred")
    assert said.detail.endswith("that name is not in back-ticks behind the path, but inferred")


@pytest.mark.parametrize("prose", ["the loop", "NotThere", "a walk, in parts", "unit"])
def test_a_bare_name_that_the_file_does_not_define_is_prose(repository, prose):
    piece, said = judged(repository, row(f"`src/graph/parse.py:1` ({prose})"))
    assert (piece.symbol, said.name, said.rule) == (None, "unknown", None)


def test_and_is_unread_if_it_is_plainly_a_name(repository):
    assert unread(repository, row("`src/graph/parse.py:1` (NotThere)")) == ["NotThere"]
    assert unread(repository, row("`src/graph/parse.py:1` (unit)")) == []


def test_of_a_list_of_bare_names_those_count_that_are_defined(repository):
    evidence, _ = as_meant(row("`src/graph/parse.py` (Graph, gone_by)"), repository, SETTINGS)
    assert [piece.symbol for piece in evidence] == ["Graph"]


def test_a_pattern_is_every_name_that_it_gives(repository):
    evidence, _ = as_meant(row("`src/graph/parse.py::load*`"), repository, SETTINGS)
    assert [piece.symbol for piece in evidence] == ["load", "load_all"]
    evidence, _ = as_meant(row("`src/graph/parse.py::Graph.l*`"), repository, SETTINGS)
    assert [piece.symbol for piece in evidence] == ["Graph.load"]


def test_a_pattern_that_gives_no_name_is_unknown(repository):
    _, said = judged(repository, row("`src/graph/parse.py::gone_*`"))
    assert (said.name, said.rule) == ("unknown", None)


def test_a_line_alone_is_held_to_the_only_name_of_the_capability(repository):
    piece, said = judged(repository, row("`src/lib.rs:1`", capability="Ticks (`tick_once`)"))
    assert (piece.symbol, piece.inferred, said.name) == ("tick_once", True, "verified")
    far = row("`src/graph/parse.py:1`", capability="Reads by load_all")
    assert judged(repository, far)[1].name == "moved"


@pytest.mark.parametrize(
    ("text", "capability"),
    [
        ("`src/lib.rs:1`", "tick_once and load_all"),  # two names
        ("`src/lib.rs:1`", "tick"),  # no name
        ("`src/lib.rs:1`", "MAX_SIZE"),  # a constant's or an option's
        ("`src/lib.rs:1`", "gone_by"),  # not in that file
        ("`src/lib.rs:1` (the loop)", "tick_once"),  # something is said behind it
        ("`src/lib.rs:1,2`", "tick_once"),  # one of them is
        ("`src/lib.rs:1`, then `src/lib.rs:2`", "tick_once"),
    ],
)
def test_in_any_other_case_it_is_unknown(repository, text, capability):
    evidence, _ = as_meant(row(text, capability=capability), repository, SETTINGS)
    assert {piece.symbol for piece in evidence} == {None}
    assert {said.name for said in Prover(repository, SETTINGS).prove(evidence)} == {"unknown"}


@pytest.mark.parametrize("written", ["v1/blobs", "scope/pkg", "blob/round-trip"])
def test_what_has_no_part_in_the_repository_is_no_path(repository, written):
    declared = row(f"`{written}`")
    assert as_meant(declared, repository, SETTINGS)[0] == ()
    assert unread(repository, declared) == [written]


@pytest.mark.parametrize("written", ["src/blobs", "v1/blobs.rs", "v1/blobs/", "docs/adr/099"])
def test_what_has_one_or_is_plainly_a_path_is_judged(repository, written):
    assert judged(repository, row(f"`{written}`"))[1].name == "not-found"


NAMED = {
    "crates/flow/src/clock.rs": "pub struct Clock;\nimpl Clock {\n    pub fn tick(&self) {}\n}\npub fn free() {}\n",
    "crates/bell/src/lib.rs": "pub struct Bell;\nimpl Bell {\n    pub fn ring(&self) {}\n}\n",
    "pkg/store.py": "class Store:\n    def tick(self): ...\n\ndef save_all(): ...\n",
    "pkg/twice.py": "class Bell:\n    def ring(self): ...\n",
    "far/__init__.py": "def reach(): ...\n",
    "pkg/path/join.py": "def join(): ...\n",
    "tests/test_store.py": (
        "import pytest\n\nclass TestStore:\n    def test_saves(self): ...\n"
        "    @pytest.mark.skip\n    def test_off(self): ...\n"
    ),
    "docs/example.py": "class Sample:\n    def shown(self): ...\n",
}


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    root: Path = tmp_path_factory.mktemp("named")
    for path, text in NAMED.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return Repository.open(root)


@pytest.mark.parametrize(
    ("cell", "kind", "path"),
    [
        ("`Clock::tick`", "code", "crates/flow/src/clock.rs"),
        ("Clock::tick", "code", "crates/flow/src/clock.rs"),
        ("the clock, in `flow::Clock::tick`", "any", "crates/flow/src/clock.rs"),
        ("`clock::free`", "code", "crates/flow/src/clock.rs"),
        ("`Store.tick()`", "code", "pkg/store.py"),
        ("`store.save_all`", "any", "pkg/store.py"),
        ("`far.reach`", "code", "far/__init__.py"),
        ("`pkg.store.save_all`", "code", "pkg/store.py"),
        ("`TestStore.test_saves`", "test", "tests/test_store.py"),
        ("`TestStore::test_saves`", "any", "tests/test_store.py"),
    ],
)
def test_a_qualified_name_without_a_path_is_looked_for(
    named: Repository, cell: str, kind: str, path: str
) -> None:
    evidence, said = judged(named, row(cell, kind))
    assert (said.name, said.rule, evidence.path) == ("verified", None, path)
    assert path in said.detail


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("`Store::ring`", "code"), ("`Nowhere.tick`", "code"), ("`os.path.join`", "code"),
        ("`other::Clock::tick`", "code"), ("`crates::free`", "code"),
        ("`flow::free`", "code"), ("`pkg.save_all`", "code"), ("`Clock::free`", "code"),
        ("`TestStore.test_off`", "test"), ("`Clock::tick`", "test"), ("`Sample.shown`", "code"),
    ],
)  # fmt: skip
def test_one_that_nothing_defines_is_unknown(named: Repository, cell: str, kind: str) -> None:
    evidence, said = judged(named, row(cell, kind))
    assert (said.name, said.rule, evidence.path) == ("unknown", None, "")


def test_one_that_several_files_define_is_verified_and_they_are_named(named: Repository) -> None:
    evidence, said = judged(named, row("`Bell.ring`"))
    assert (said.name, evidence.path) == ("verified", "")
    assert said.detail == "`Bell.ring` is in crates/bell/src/lib.rs:3, pkg/twice.py:2"


@pytest.mark.parametrize("cell", ["`tick`", "`tick()`", "lacks `Clock::tick`", "no `Clock.tick`"])
def test_a_single_word_or_one_that_is_denied_is_unread(named: Repository, cell: str) -> None:
    evidence, _ = as_meant(row(cell), named, SETTINGS)
    assert evidence == ()


@pytest.mark.parametrize(
    ("written", "perhaps"),
    [
        # Folders left out in the middle, and prefixes of folders.
        ("ra/parse.py", None),
        ("kite/auth/scram.py", "crates/kite/src/auth/scram.py"),
        ("db/escape.py", "crates/kite-db/src/escape.py"),
        ("auth/kite/scram.py", None),
        # A path from the root leaves nothing out: it is outdated.
        ("crates/auth/scram.py", None),
    ],
)
def test_a_path_that_is_shortened_within_may_be_one(tmp_path, written, perhaps):
    for path in ("crates/kite/src/auth/scram.py", "crates/kite-db/src/escape.py"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text("x = 1\n")
    _, said = judged(Repository.open(tmp_path), row(f"`{written}`"))
    if perhaps is None:
        assert (said.name, said.rule) == ("not-found", "evidence-not-found")
    else:
        assert (said.name, said.rule) == ("unknown", None)
        assert said.detail == f"{written} may be {perhaps}: write more of the path"


def test_a_path_with_dots_may_begin_at_the_page(tmp_path):
    (tmp_path / "plans/one").mkdir(parents=True)
    (tmp_path / "plans/README.py").write_text("x = 1\n")
    repository = Repository.open(tmp_path)
    page = replace(row("`../README.py`"), place=Place(path="plans/one/page.md", line=3))
    piece, said = judged(repository, page)
    assert (piece.path, said.name) == ("plans/README.py", "verified")
    page = replace(page, place=Place(path="page.md", line=3))
    assert judged(repository, page)[1].rule == "evidence-not-found"


def test_the_id_of_a_fixture_is_no_path_whatever_is_said_of_it(repository):
    declared = row("Fixtures: `protocol/cast` (casts by `__rich__`, in `Console.measure`)")
    evidence, unread = as_meant(declared, repository, SETTINGS)
    assert not [piece for piece in evidence if piece.path]
    assert [piece.text for piece in unread] == ["protocol/cast"]


@pytest.mark.parametrize("written", ["/var/shot.ppm", "/var/*.ppm", "/dev/kvm"])
def test_what_a_running_system_has_is_no_evidence(repository, written):
    evidence, unread = as_meant(row(f"`{written}`"), repository, SETTINGS)
    assert ([*evidence], [piece.text for piece in unread]) == ([], [written])
