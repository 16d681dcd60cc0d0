"""Pictures as inline SVG, each with the table behind it.

:func:`.summary.summary_pictures` draws what ``parity-summary`` shows and
:func:`.graph.graph_picture` what ``parity-graph`` shows.  A model says what is drawn, an
emitter draws it; neither knows Sphinx.  The Sphinx rooms put the SVG into HTML and the
table into every builder.

A picture takes its colour from the text around it.  What it distinguishes, it
distinguishes by pattern and word; a style sheet may add colour through the classes of
:mod:`sphinx_arco_parity.views.marks`, which stand beside the class ``parity-shade``.
"""

from __future__ import annotations
