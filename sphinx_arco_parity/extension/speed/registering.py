"""The one seam of this room: what :func:`register_speedups` connects, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_arco_parity.extension.speed.detached_rows import detach_rows
from sphinx_arco_parity.extension.speed.gc_tuning import tune_collector
from sphinx_arco_parity.extension.speed.lazy_directives import DIRECTIVES
from sphinx_arco_parity.extension.speed.lazy_transforms import Collect, Show
from sphinx_arco_parity.extension.speed.table_html_fast import (
    UseFastRows,
    depart_rows,
    parity_rows,
    visit_rows,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["DIRECTIVES", "Collect", "Show", "register_speedups"]


def register_speedups(app: Sphinx) -> None:
    """Connect what makes builds faster and changes nothing of what they give."""
    tune_collector(app)
    app.add_node(parity_rows, html=(visit_rows, depart_rows))
    app.add_post_transform(UseFastRows)
    app.connect("builder-inited", detach_rows)
