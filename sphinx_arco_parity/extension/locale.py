"""Our words in the reader's language.

Looked up when a page is written, so that none of them lands in the project's own
catalogue.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.locale import get_translation

if TYPE_CHECKING:
    from sphinx.application import Sphinx

CATALOGUE = "sphinx_arco_parity"

_lookup = get_translation(CATALOGUE)


def _(message: str) -> str:
    """Return *message* in the language of the documentation."""
    return str(_lookup(message)) if message else ""


def register_catalogue(app: Sphinx) -> None:
    """Tell Sphinx where our catalogues are."""
    app.add_message_catalog(CATALOGUE, str(Path(__file__).parent.parent / "locale"))
