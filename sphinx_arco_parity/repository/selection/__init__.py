"""Which tests a command runs: ``cargo test``, ``cargo nextest run`` and ``pytest``.

:mod:`.select` answers; :mod:`.runners` says which runner a command is.  Answers are
three-valued, and unknown wherever something may decide that cannot be read.
"""

from __future__ import annotations

from sphinx_arco_parity.repository.selection.runners import Runner, asks_for_ignored, runner_of
from sphinx_arco_parity.repository.selection.select import Selector
from sphinx_arco_parity.repository.selection.verdicts import Selection, Subject

__all__ = ["Runner", "Selection", "Selector", "Subject", "asks_for_ignored", "runner_of"]
