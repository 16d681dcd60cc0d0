"""Labels: the words up to a colon that stand before what an item cites.

Called by :mod:`.references` and :mod:`.ci_cells`.
"""

from __future__ import annotations

from collections.abc import Sequence

from sphinx_arco_parity.notation.cell_items import begins_remark
from sphinx_arco_parity.notation.prose import is_negated
from sphinx_arco_parity.notation.reference_tokens import Reader
from sphinx_arco_parity.notation.tokens import Kind, Token

_MOST = 4


def without_label(tokens: Sequence[Token], reader: Reader) -> Sequence[Token] | None:
    """Return what follows the labels of *tokens*, or ``None`` if that is a remark."""
    for _ in range(_MOST):
        end = _label_end(tokens, reader)
        if end is None:
            break
        tokens = tokens[end:]
        if tokens and tokens[0].kind is not Kind.GROUP and begins_remark(tokens):
            return None
    return tokens


def _label_end(tokens: Sequence[Token], reader: Reader) -> int | None:
    """Return the index after the colon of the label that *tokens* begin with, if any."""
    for index, token in enumerate(tokens):
        reference = reader.reference(token)
        if token.kind is Kind.WORD and token.text.endswith((":", "：")) and reference is None:
            return index + 1 if not token.text.endswith("::") else None
        if reference is None:
            continue
        if not index or (reference.anchored and not is_negated(tokens[:index])):
            return None
    return None
