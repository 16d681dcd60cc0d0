"""Python as a tree, without running it and without a word to the user.

Called for the tests that commands select, and by ``arco-parity init`` for ``conf.py``.
"""

from __future__ import annotations

import ast
import warnings


def parse_python(text: str) -> ast.Module | None:
    """Return the module that *text* is; ``None`` if it is no Python that we can read."""
    with warnings.catch_warnings():
        # Escapes that Python dislikes are no business of this build's.
        warnings.simplefilter("ignore")
        try:
            # For a text with an error Python opens the file of that name: there is none.
            return ast.parse(text, filename="")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
