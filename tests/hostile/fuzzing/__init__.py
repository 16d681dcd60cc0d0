"""Targets for fuzzers: one function for each kind of text that is read.

The same targets are driven by hypothesis (``test_targets.py``) and by atheris
(``coverage_guided.py``).  None of them builds a document, so that a million inputs take
minutes.  The folder above is put on the path by whoever imports this package.
"""

from __future__ import annotations
