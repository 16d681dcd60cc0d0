"""``python -m sphinx_arco_parity``."""

from __future__ import annotations

import sys

from sphinx_arco_parity.cli import main

if __name__ == "__main__":
    sys.exit(main())
