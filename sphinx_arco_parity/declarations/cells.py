"""What the cells of a row are: fields of ours, fields of the project, and the id."""

from __future__ import annotations

from collections.abc import Sequence

from sphinx_arco_parity.declarations.columns import Columns
from sphinx_arco_parity.text.words import plain, plain_value, slug


def identify(texts: dict[str, str], kind: str) -> tuple[str, bool]:
    """Return the id of a row, and whether it is derived from the capability.

    Numbers in a matrix are no ids.
    """
    identifier = plain_value(texts.get("id", ""))
    if kind == "matrix" and identifier.rstrip(".").isdigit():
        identifier = ""
    if identifier:
        return identifier, False
    return plain(texts.get("capability", "")), True


def anchor_name(identifier: str, derived: bool) -> str | None:
    """Return what the id of an element is made of; ``None`` lets Sphinx number it."""
    return (slug(identifier) if derived else identifier) or None


def named_cells(
    columns: Columns, texts: Sequence[str]
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return the texts of our fields, and (name, text) of the other columns."""
    ours: dict[str, str] = {}
    own: list[tuple[str, str]] = []
    for name, field, text in zip(columns.names, columns.fields, texts, strict=False):
        if field:
            ours[field] = f"{ours[field]}\n{text}" if field in ours else text
        else:
            own.append((name, text))
    title = columns.index("capability")
    if title is not None and title < len(texts):
        ours.setdefault("capability", texts[title])
    return ours, own
