"""Notation: what people write in a cell or an option, as evidence.

The extension calls :func:`parse_cell` while pages are read, reports and tables call
:func:`print_evidence`, ``arco-parity fix`` calls :func:`rewritten`.  Pure: text in, values out;
nothing is looked up, and what cannot be decided from the text stays a remark.

The way in: :mod:`.tokens` makes tokens, :mod:`.cell_items` groups and splits them,
:mod:`.references` and :mod:`.ci_cells` read one item, :mod:`.paths` one reference.
"""

from __future__ import annotations

from sphinx_arco_parity.notation.cell_items import split_items
from sphinx_arco_parity.notation.cells import CELL_KINDS, Cell, parse_cell
from sphinx_arco_parity.notation.links import Home
from sphinx_arco_parity.notation.printing import print_evidence
from sphinx_arco_parity.notation.renumbering import rewritten

__all__ = ["CELL_KINDS", "Cell", "Home", "parse_cell", "print_evidence", "rewritten", "split_items"]
