"""Make the message catalogue: the template, each translation, and what Sphinx reads.

Run it after a word that readers see has changed::

    python docs/make_catalogue.py

Translations are kept in ``sphinx_arco_parity/locale/<language>/LC_MESSAGES/*.po``; a
message that is new there is empty until somebody translates it.
"""

from __future__ import annotations

import ast
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from sphinx_arco_parity import views
from sphinx_arco_parity.extension.locale import CATALOGUE
from sphinx_arco_parity.extension.showing import emit_html
from sphinx_arco_parity.extension.showing.emit_html import SCRIPT_WORDS
from sphinx_arco_parity.model.table_columns import COLUMNS
from sphinx_arco_parity.rules.rows import KIND_WORDS
from sphinx_arco_parity.views import marks
from sphinx_arco_parity.views.pictures import drawing

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(views.__file__).parent.parent
LOCALE = PACKAGE / "locale"
_FUNCTIONS = {"_", "say"}


def messages() -> list[str]:
    """Return every message that a reader sees, sorted."""
    found = {*_called(), *_named()}
    return sorted(message for message in found if message.strip())


def _called() -> Iterator[str]:
    """Yield the literal arguments of the functions that translate."""
    rooms = (PACKAGE / "extension", PACKAGE / "views")
    for path in sorted(path for room in rooms for path in room.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            if name in _FUNCTIONS and isinstance(first, ast.Constant):
                yield str(first.value)


def _named() -> Iterator[str]:
    """Yield the labels and words that are kept in tables."""
    for labels in COLUMNS.values():
        yield from labels.values()
    for glyphs in (
        marks.STATUS_GLYPHS,
        marks.VERDICT_GLYPHS,
        marks.SEVERITY_GLYPHS,
        marks.REVIEW_GLYPHS,
        marks.RESULT_GLYPHS,
    ):
        yield from glyphs
    for meanings in (marks.STATUS_MEANINGS, marks.VERDICT_MEANINGS):
        yield from meanings.values()
    yield from KIND_WORDS.values()
    yield from emit_html.NAMES.values()
    yield from SCRIPT_WORDS
    known = (*drawing.STATUS_SHADES.values(), *drawing.VERDICT_SHADES.values())
    yield from (shade.word for shade in (*known, drawing.UNKNOWN_STATUS))


def template() -> Catalog:
    """Return the catalogue without translations."""
    catalog = Catalog(project="sphinx-arco-parity", fuzzy=False, charset="utf-8")
    for message in messages():
        catalog.add(message)
    return catalog


def _bytes(catalog: Catalog) -> bytes:
    buffer = BytesIO()
    # Without dates and places: two runs give the same bytes.
    write_po(buffer, catalog, omit_header=True, no_location=True, sort_output=True)
    return buffer.getvalue()


def update(po: Path) -> Catalog:
    """Return the translations of *po*, for the messages there are now."""
    language = po.parent.parent.name
    with po.open("rb") as file:
        old = read_po(file, locale=language)
    fresh = Catalog(locale=language, fuzzy=False, charset="utf-8")
    for message in messages():
        known = old.get(message)
        fresh.add(message, known.string if known else "")
    return fresh


def main() -> None:
    """Write the template, and each translation with its compiled form."""
    LOCALE.mkdir(exist_ok=True)
    (LOCALE / f"{CATALOGUE}.pot").write_bytes(_bytes(template()))
    for po in sorted(LOCALE.glob(f"*/LC_MESSAGES/{CATALOGUE}.po")):
        catalog = update(po)
        po.write_bytes(_bytes(catalog))
        with po.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)


if __name__ == "__main__":
    main()
