"""Which column of a comparison says how far the product itself is.

Many a matrix has no header *Status*, but a column of signs for each implementation:
``| Feature | Python | Rust |``.  Ours is the one that is called as the product is, or as
the language that it is written in, or by a word for it, *Implemented*; where that is unclear,
nothing is guessed.

A column of which most cells name a file of the repository is evidence, whatever its header
says; so is a first column of files that the rows are about.  A header is decided over all
tables that have it, because the configuration maps it for all.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from posixpath import dirname
from typing import Any

from sphinx_arco_parity.cli.usual_words import placed, share_of, sign_of
from sphinx_arco_parity.declarations.columns import Columns, map_columns
from sphinx_arco_parity.model.fields import MATRIX
from sphinx_arco_parity.notation import Home, parse_cell
from sphinx_arco_parity.notation.path_shapes import extension
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.source import UnreadableFileError
from sphinx_arco_parity.settings.options import Settings, signs_around, status_part
from sphinx_arco_parity.text.words import header_key, is_empty, label_key, plain

#: Words of a header that say what its column holds, also in languages without blanks.
_SAYING = re.compile(
    r"\b(?:implemented|implementation|status|state|support|ported|done|completed|conformant|parity"
    r"|estado|statut|stand)\b|状态|状態|状況|ステータス|상태|현황|статус"
)
#: Words of a header below which a comparison says how it came out.
_RESULT = re.compile(
    r"(?:^tier|\b(?:result|compatible|compatibility|compliance|conformance|covered|disposition"
    r"|fidelity|match|matches|verdict|verified|works))$"
)
#: Words of headers of evidence, though no header that is known has them.
_SAYING_EVIDENCE = re.compile(
    r"根拠|证据|依据|代码位置|实现位置|实现文件|测试文件|근거|доказательств|(?i:evidence|nachweis|beleg|preuve|evid[eê]ncia)"
)
#: The share of the cells that must hold a status, and where the header says that they do.
_MOST, _SOME = 0.8, 0.5
#: The words of a label that occurs in a table, at most.
_LONGEST_LABEL = 6
#: Where the note of a label begins.
_NOTED = re.compile(r"\s[–—-]+\s|\s?[(（]")
#: Columns up to which one that is called as a language is this product in that language;
#: more of them are products of their own.
_FEW = 3


def says_status(header: str) -> bool:
    """Tell whether *header* has a word for how far something is, and is not about evidence."""
    name = header_key(header.partition("(")[0])
    return _SAYING.search(name) is not None and _SAYING_EVIDENCE.search(name) is None


def our_column(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    repository: Repository,
    own: Collection[str] = (),
) -> tuple[list[str], str | None]:
    """Return the headers of the columns that hold statuses, and the one that is ours.

    ``None`` if none is, or if that is unclear.

    :param own: the keys of labels that the page itself explains.
    """
    columns = [
        (plain(header), [plain(row[place]) for row in rows if place < len(row)])
        for place, header in enumerate(headers)
        if place and plain(header)
    ]
    found = [
        header
        for header, cells in columns
        if holds_statuses(cells, own=own) or (says_status(header) and may_be_statuses(cells, own))
    ]
    product = set(header_key(product_of(repository)).split()) | {"ours", "us"}
    languages = [words for file, words in _LANGUAGES.items() if repository.is_file(file)]
    names = product.union(*languages if len(found) <= _FEW else ())
    # `Go SDK` says more of `kite-sdk-go` than `Python SDK` does.
    shared = {header: len(set(header_key(header).split()) & names) for header in found}
    most = max(shared.values(), default=0)
    for ours in (
        [header for header in found if shared[header] == most > 0],
        [header for header in found if says_status(header)],
        [header for header in found if _RESULT.search(header_key(header))],
    ):
        if ours:
            return found, ours[0] if len(ours) == 1 else None
    return found, None


def may_be_statuses(cells: Sequence[str], own: Collection[str]) -> bool:
    """Tell whether *cells* are statuses for all that can be seen; *own* as for :func:`our_column`."""
    return holds_statuses(cells, _SOME, own) or are_labels(cells)


def are_labels(values: Sequence[str]) -> bool:
    """Tell whether *values*, without markup, are labels that are used again: few, and short."""
    labels = [label_key(_NOTED.split(value, maxsplit=1)[0]) for value in values]
    # A letter alone may grade or name anything.
    wordy = [label for label in labels if is_wordy(label) and not re.fullmatch("[a-z]?", label)]
    wordy = [label for label in wordy if len(label.split()) <= _LONGEST_LABEL]
    return len(wordy) == len(labels) > 1 and len(set(labels)) * 2 <= len(labels)


def is_wordy(value: str) -> bool:
    """Tell whether *value* is no number, version or badge."""
    return re.search(r"\d|://", value) is None


def holds_statuses(cells: Sequence[str], share: float = _MOST, own: Collection[str] = ()) -> bool:
    """Tell whether so large a *share* of *cells*, without markup, are statuses.

    :param own: the keys of labels that the page itself explains.
    """
    filled = [cell for cell in cells if cell and cell not in {"-", "–", "—"}]
    # A column of shares measures something, unless its header says that they are statuses.
    placed_ones = [
        cell
        for cell in filled
        if share_of(cell) is None
        and (
            placed(cell)
            or any(label_key(t) in own for t in (cell, status_part(cell), *signs_around(cell)))
        )
    ]
    # What is only *yes* or *no* may answer any question.
    telling = any(sign_of(cell) or label_key(cell) not in {"yes", "no"} for cell in placed_ones)
    return telling and len(placed_ones) >= max(share * len(filled), 1)


#: The share of the paths that must be there: a list of old files, or of another project's, has less.
_SHARE = 0.9


def evidence_columns(
    tables: Iterable[tuple[str, Columns, Sequence[Sequence[str]]]], repository: Repository
) -> dict[str, str]:
    """Return the headers, of no field of ours, whose columns cite files, to ``evidence``.

    :param tables: the path, the columns and the rows of each.
    """
    cells: dict[str, list[tuple[str, Home]]] = {}
    titles: set[str] = set()
    for path, columns, rows in tables:
        home = Home(dirname(path), "")
        for place, (header, field) in enumerate(zip(columns.headers, columns.fields, strict=True)):
            if columns.kind == MATRIX and header and field in {None, "capability"}:
                texts = [(row[place], home) for row in rows if place < len(row)]
                cells.setdefault(header, []).extend(texts)
                if field and not _may_be_title(columns.headers, place):
                    titles.add(header)
    return {
        header: "evidence"
        for header, texts in cells.items()
        if header not in titles and _cite(header, texts, repository)
    }


def _may_be_title(headers: Sequence[str], place: int) -> bool:
    """Tell whether the capability still is what it is when it is evidence as well."""
    settings = Settings(columns={MATRIX: {headers[place]: "evidence"}})
    return map_columns(headers, MATRIX, settings).index("capability") == place


def _cite(header: str, texts: Sequence[tuple[str, Home]], repository: Repository) -> bool:
    """Tell whether most of the cells name paths, nearly all of which are there.

    Where the header says as much, some that are there are enough.
    """
    filled = [(text, home) for text, home in texts if not is_empty(text)]
    named = [
        [piece.path for piece in parse_cell(text, "any", home=home).evidence]
        for text, home in filled
    ]
    paths = [path for some in named for path in some if path]
    there = sum(is_there(path, repository) for path in paths)
    if _SAYING_EVIDENCE.search(header):
        return there > 0
    is_usual = 2 * sum(any(some) for some in named) >= len(filled)
    return is_usual and there >= max(_SHARE * len(paths), 1)


def beyond_policy(
    tables: Iterable[tuple[str, Columns, Sequence[Sequence[str]]]], repository: Repository
) -> bool:
    """Tell whether evidence names files that the default policy takes for no proof, as of docs.

    :param tables: the path, the columns and the rows of each.
    """
    settings = Settings()
    return any(
        repository.is_file(piece.path) and not settings.is_canonical(piece.path, "code")
        for path, columns, rows in tables
        for place, field in enumerate(columns.fields)
        if field == "evidence"
        for row in rows
        if place < len(row)
        for piece in parse_cell(row[place], "any", home=Home(dirname(path), "")).evidence
        if piece.kind == "code"
    )


def is_there(path: str, repository: Repository) -> bool:
    """Tell whether *path* is tracked, or the ending of a tracked file."""
    if repository.exists(path):
        return True
    return bool(extension(path.rpartition("/")[2]) and repository.ending_in(path))


#: A file at the root to what the language is called.
_LANGUAGES = {
    "Cargo.toml": ("rust",),
    "go.mod": ("go", "golang"),
    "package.json": ("typescript", "ts", "javascript", "js", "node", "nodejs"),
    "pyproject.toml": ("python", "py"),
    "setup.py": ("python", "py"),
    "pom.xml": ("java",),
    "build.gradle": ("java", "kotlin"),
    "build.gradle.kts": ("kotlin", "java"),
    "Package.swift": ("swift",),
    "mix.exs": ("elixir",),
    "build.zig": ("zig",),
    "composer.json": ("php",),
    "Gemfile": ("ruby",),
    "CMakeLists.txt": ("c++", "cpp", "c"),
}


def product_of(repository: Repository) -> str:
    """Return the name of the product, as its package files say."""
    for path, keys in (
        ("pyproject.toml", (("project", "name"), ("tool", "poetry", "name"))),
        ("Cargo.toml", (("package", "name"),)),
        ("package.json", (("name",),)),
    ):
        text = _text(repository, path)
        try:
            loaded = json.loads(text) if path.endswith(".json") else tomllib.loads(text)
        except (ValueError, RecursionError):
            continue
        for key in keys:
            value: Any = loaded
            for word in key:
                value = value.get(word) if isinstance(value, dict) else None
            if isinstance(value, str) and value:
                return value
    module = re.search(r"(?m)^module[ \t]+(\S+)", _text(repository, "go.mod"))
    words = module[1].split("/") if module else [""]
    return words[-2 if words[1:] and re.fullmatch(r"v\d+", words[-1]) else -1]


def _text(repository: Repository, path: str) -> str:
    try:
        return repository.read(path).text
    except UnreadableFileError:
        return ""
