"""Declare, link, render and prove parity claims in Sphinx documentation.

``setup`` imports the Sphinx rooms late, so that the core and the command line load
without Sphinx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything with *app*; called by Sphinx."""
    from sphinx_arco_parity.extension import setup_extension  # noqa: PLC0415 - late

    return setup_extension(app)
