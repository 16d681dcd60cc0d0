"""Declare, link, render and prove parity claims in Sphinx documentation.

``setup`` imports the Sphinx rooms late, so that the core and the command line load
without Sphinx.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything with *app*; called by Sphinx."""
    # By name: whoever asks for the version knows nothing of the Sphinx rooms.
    rooms = import_module("sphinx_arco_parity.extension")
    metadata: ExtensionMetadata = rooms.setup_extension(app)
    return metadata
