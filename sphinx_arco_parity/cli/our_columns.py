"""Which column of a comparison says how far the product itself is.

Many a matrix has no header *Status*, but a column of signs for each implementation:
``| Feature | Python | Rust |``.  Ours is the one that is called as the product is, or as
the language that it is written in, or by a word for it, *Implemented*; where that is unclear,
nothing is guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_arco_parity.cli.product import languages_of, product_of
from sphinx_arco_parity.cli.usual_words import placed, sign_of
from sphinx_arco_parity.text.words import header_key, label_key, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_arco_parity.repository.files import Repository

#: Words of a header that say what its column holds.
_SAYING = frozenset(
    [
        "implemented",
        "implementation",
        "status",
        "state",
        "ported",
        "done",
        "completed",
        "conformant",
        "parity",
    ]
)
#: The share of the cells that must hold a status.
_MOST = 0.8
#: Columns up to which one that is called as a language is this product in that language;
#: more of them are products of their own.
_FEW = 3


def our_column(
    headers: Sequence[str], rows: Sequence[Sequence[str]], repository: Repository
) -> tuple[list[str], str | None]:
    """Return the headers of the columns that hold statuses, and the one that is ours.

    ``None`` if none is, or if that is unclear.
    """
    found = [
        plain(header)
        for place, header in enumerate(headers)
        if place and plain(header) and _holds_statuses([r[place] for r in rows if place < len(r)])
    ]
    product = set(header_key(product_of(repository)).split()) | {"ours", "us"}
    languages = languages_of(repository) if len(found) <= _FEW else set()
    for names in (product | languages, _SAYING):
        ours = [header for header in found if set(header_key(header).split()) & names]
        if ours:
            return found, ours[0] if len(ours) == 1 else None
    return found, None


def _holds_statuses(cells: Sequence[str]) -> bool:
    filled = [cell for cell in map(plain, cells) if cell and cell not in {"-", "–", "—"}]
    placed_ones = [cell for cell in filled if placed(cell)]
    # What is only *yes* or *no* may answer any question.
    telling = any(sign_of(cell) or label_key(cell) not in {"yes", "no"} for cell in placed_ones)
    return telling and len(placed_ones) >= max(_MOST * len(filled), 1)
