"""Which column of a comparison says how far the product itself is.

Many a matrix has no header *Status*, but a column of signs for each implementation:
``| Feature | Python | Rust |``.  Ours is the one that is called as the product is, or as
the language that it is written in, or by a word for it, *Implemented*; where that is unclear,
nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from sphinx_arco_parity.cli.product import languages_of, product_of
from sphinx_arco_parity.cli.usual_words import placed, share_of, sign_of
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.settings.options import signs_around, status_part
from sphinx_arco_parity.text.words import header_key, label_key, plain

#: Words of a header that say what its column holds, also in languages without blanks.
_SAYING = re.compile(
    r"\b(?:implemented|implementation|status|state|support|ported|done|completed|conformant|parity"
    r"|estado|statut|stand)\b|状态|状態|状況|ステータス|상태|현황|статус"
)
#: Words of a header below which a comparison says how it came out.
_RESULT = re.compile(r"\b(?:result|covered|fidelity|match|matches|works)$")
#: The share of the cells that must hold a status, and where the header says that they do.
_MOST, _SOME = 0.8, 0.5
#: The words of a label that occurs in a table, at most.
_LONGEST_LABEL = 6
#: Columns up to which one that is called as a language is this product in that language;
#: more of them are products of their own.
_FEW = 3


def says_status(header: str) -> bool:
    """Tell whether *header* has a word for how far something is."""
    return _SAYING.search(header_key(header)) is not None


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
        if holds_statuses(cells, own=own)
        or (says_status(header) and (holds_statuses(cells, _SOME, own) or are_labels(cells)))
    ]
    product = set(header_key(product_of(repository)).split()) | {"ours", "us"}
    languages = languages_of(repository) if len(found) <= _FEW else set()
    names = product | languages
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


def are_labels(values: Sequence[str]) -> bool:
    """Tell whether *values*, without markup, are labels that are used again: few, and short."""
    labels = {label_key(status_part(value)) for value in values}
    wordy = [value for value in values if len(value.split()) <= _LONGEST_LABEL and is_wordy(value)]
    return len(wordy) == len(values) > 1 and len(labels) * 2 <= len(values)


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
        cell for cell in filled if share_of(cell) is None and (placed(cell) or _is_own(cell, own))
    ]
    # What is only *yes* or *no* may answer any question.
    telling = any(sign_of(cell) or label_key(cell) not in {"yes", "no"} for cell in placed_ones)
    return telling and len(placed_ones) >= max(share * len(filled), 1)


def _is_own(cell: str, own: Collection[str]) -> bool:
    parts = (cell, status_part(cell), *signs_around(cell)) if own else ()
    return any(label_key(part) in own for part in parts)
