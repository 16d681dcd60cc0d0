"""Writing what an export returned: whole or not at all, and only what has changed.

Called by the builder, by HTML builds and by the command line.
"""

from __future__ import annotations

from pathlib import Path

from sphinx_arco_parity.repository.replacing import replace_content


def write_text(path: Path, text: str) -> bool:
    """Make *path* hold *text* as UTF-8, line ends as given; tell whether it changed.

    :raises OSError: if the folder cannot be made or the file cannot be written.
    """
    # Half a surrogate pair has no place in UTF-8; a question mark beats no report.
    content = text.encode("utf-8", "replace")
    path.parent.mkdir(parents=True, exist_ok=True)
    return replace_content(path, content)
