"""Targets: what people write in cells, and what the repository says of it."""

from __future__ import annotations

from functools import cache

from fuzzing import seeds, vocabulary
from fuzzing.target import Target, writable
from fuzzing.workshop import FILES, repository, shared
from sphinx_arco_parity.cli.line_edits import Move, rewrite
from sphinx_arco_parity.declarations.records_from import (
    named_documents,
    roles_in,
    split_target,
)
from sphinx_arco_parity.model.records import Fix, Place
from sphinx_arco_parity.notation import (
    CELL_KINDS,
    Home,
    parse_cell,
    print_evidence,
    split_items,
)
from sphinx_arco_parity.notation.renumbering import renumber
from sphinx_arco_parity.proof import Prover
from sphinx_arco_parity.repository.source import UnreadableFileError
from sphinx_arco_parity.review.triggers import parse_trigger
from sphinx_arco_parity.settings.options import Settings
from sphinx_arco_parity.text.words import (
    IdShapes,
    header_key,
    label_key,
    nearest,
    plain,
    slug,
    split_list,
    value,
)
from sphinx_arco_parity.views.inline import parts_of, plain_text

_HERE = Place(path="docs/matrix.md", line=1)


def _cell(text: str) -> None:
    for kind in CELL_KINDS:
        for home in (Home(), Home("docs", "https://h/{commit}/{path}#L{line}")):
            read = parse_cell(text, kind, home=home)
            for one in read.evidence:
                assert one.text in text
                assert one.line is None or one.line > 0
                parse_cell(print_evidence(one), kind, home=home)
    assert all(item in text for item in split_items(text))


def _evidence(text: str) -> None:
    """Judge what each kind of cell cites, against files that are there."""
    settings = Settings()
    for kind in ("code", "test", "ci", "any"):
        cited = parse_cell(text, kind).evidence
        prover = Prover(shared(), settings)
        prover.prepare(cited)
        said = prover.prove(cited)
        assert len(said) == len(cited)
        writable(said)


def _command(text: str) -> None:
    """Judge a quoted command beside a test of each language."""
    cell = f"`.github/workflows/ci.yml` (job `t`: `{text}`)"
    tests = "`tests/test_a.py` (`test_a`), `crates/a/src/lib.rs` (`tick`)"
    cited = (*parse_cell(cell, "ci").evidence, *parse_cell(tests, "test").evidence)
    writable(Prover(shared(), Settings()).prove(cited))


def _path(text: str) -> None:
    """Ask the repository everything about a path."""
    asked = repository()
    outside = asked.leads_out(text)
    for question in (
        *(asked.is_file, asked.is_directory, asked.exists, asked.is_absent, asked.glob),
        *(
            asked.is_untracked,
            asked.case_variant,
            asked.nearest_path,
            asked.is_plain_file,
        ),
    ):
        question(text)
    try:
        read = asked.read(text)
    except UnreadableFileError:
        return
    assert not outside
    assert "secret" not in read.path


def _words(text: str) -> None:
    for one in (
        plain(text),
        header_key(text),
        label_key(text),
        slug(text),
        value(text),
    ):
        assert isinstance(one, str)
    split_list(text)
    split_target(text)
    roles_in(text, _HERE)
    named_documents(text)
    plain_text(parts_of(text))
    nearest(text[:60], ("EX-01", "schedule-tick"))
    IdShapes.of(["EX-01", "EX-02a", text]).tokens(text)
    parse_trigger(text, ("M1", "M2", "1.0"))


def _rewriting(text: str) -> None:
    """Rewriting changes what is there once, and a second time nothing."""
    once = renumber(text, "src/a.py", 1, 22)
    assert renumber(once, "src/a.py", 1, 22) == once
    move = Move(
        place=Place(path="docs/matrix.md", line=2),
        declared=1,
        item="r",
        docname="matrix",
        message="",
        fix=Fix(path="src/a.py", new_path="src/a.py", file="src/a.py", line=1, new_line=22),
        items=tuple((e.text, e.repeats) for e in parse_cell(text, "code").evidence),
    )
    for path in ("docs/matrix.md", "docs/matrix.rst", "docs/a.csv", "docs/a.yaml"):
        done = rewrite(text, path, [move, move], [1, 3])
        assert len(done.done) + len(done.left) == 2


@cache
def _lines() -> list[str]:
    return [f"`{path}:1` (`f`)" for path in FILES]


def _cells() -> list[str]:
    return [*seeds.cells(), *_lines()]


def _rows() -> list[str]:
    return [f"`src/a.py:1` (`f`)\n| x | `src/a.py:1` |\n{one}" for one in seeds.cells()]


TARGETS = (
    Target(name="cells", read=_cell, words=vocabulary.NOTATION, seeds=_cells, share=16),
    Target(
        name="evidence", read=_evidence, words=vocabulary.NOTATION, seeds=_cells, share=16),
    Target(
        name="quoted commands",
        read=_command,
        words=vocabulary.SHELL,
        seeds=lambda: list(seeds.commands()), share=10),
    Target(
        name="paths", read=_path, words=vocabulary.PATHS + vocabulary.GLOB, seeds=_cells, share=10),
    Target(name="words", read=_words, words=vocabulary.TABLE, seeds=_cells, share=20),
    Target(name="rewriting", read=_rewriting, words=vocabulary.NOTATION, seeds=_rows, share=10),
)  # fmt: skip
