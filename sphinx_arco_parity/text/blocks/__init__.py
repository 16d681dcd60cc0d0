"""The block structure of Markdown and reStructuredText: one reader for all who need it.

It knows no words of ours: readers of ADRs, of prose and of tables take from the outline
what they look for.  Lines count from 1, columns from 0.
"""

from __future__ import annotations

import re

from sphinx_arco_parity.text.blocks.model import (
    Block,
    Cell,
    Code,
    Directive,
    FrontMatter,
    Heading,
    Item,
    Items,
    Outline,
    Paragraph,
    Quote,
    Raw,
    Row,
    Table,
    without_comments,
)
from sphinx_arco_parity.text.blocks.rst import read_rst
from sphinx_arco_parity.text.blocks.tables import is_delimiter, split_row

__all__ = [
    "Block", "Cell", "Code", "Directive", "FrontMatter", "Heading", "Item", "Items", "Outline",
    "Paragraph", "Quote", "Raw", "Row", "Table", "is_delimiter", "read_blocks", "read_rst",
    "split_row", "without_comments",
]  # fmt: skip

_MARKDOWN = re.compile(r"\.(?:md|markdown|mdx)$", re.IGNORECASE)
_MARKDOWN_LINE = re.compile(r"^(?:#{1,6}[ \t]|```|\|[ \t:|]*-)", re.MULTILINE)


def read_blocks(text: str, path: str) -> Outline:
    """Return the outline of *text*, in the language that the name of the file tells.

    :param path: of the file; ``.txt`` may be either, and is what its marks say.
    """
    if is_markdown(text, path):
        # Projects in reStructuredText do without the parser of Markdown.
        from sphinx_arco_parity.text.blocks.markdown import read_markdown  # noqa: PLC0415

        return read_markdown(text)
    return read_rst(text)


def is_markdown(text: str, path: str) -> bool:
    """Return whether the file at *path* is Markdown."""
    if _MARKDOWN.search(path):
        return True
    return not path.lower().endswith(".rst") and bool(_MARKDOWN_LINE.search(text))
