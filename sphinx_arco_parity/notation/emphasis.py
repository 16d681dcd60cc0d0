"""Emphasis: which markers are markup and which belong to a glob or a name.

Called by :mod:`.scanning`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_arco_parity.notation.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_arco_parity.notation.tokens import Token

_BEFORE = " \t\n\r([{\"'“‘>*_~—–"
_AFTER = " \t\n\r)]}\"'”’<*_~.,:;!?—–"
_STRETCHED = frozenset(
    {Kind.CODE, Kind.LINK, Kind.WORD, Kind.OPEN, Kind.CLOSE, Kind.MARK}
)
_INSIDE = "`[\"'“‘(*_~"


def mark_role(text: str, start: int, end: int) -> str:
    """Return ``o`` if ``text[start:end]`` may open emphasis, ``c`` if it may close it.

    Or both, or neither: the ``*`` of ``crates/*.rs`` and the underscores of ``__init__.py``
    do not pair.
    """
    opens, closes = _opens(text, start, end), _closes(text, start, end)
    return ("o" if opens else "") + ("c" if closes else "")


def _opens(text: str, start: int, end: int) -> bool:
    if start and text[start - 1] not in _BEFORE:
        return False
    following = text[end : end + 1]
    return following.isalnum() or (following in _INSIDE and following != "")


def _closes(text: str, start: int, end: int) -> bool:
    if not start or text[start - 1].isspace() or text[start - 1] == "/":
        return False
    rest = text[end : end + 2]
    return not rest or (
        rest[0] in _AFTER and not (rest[0] == "." and rest[1:].isalnum())
    )


def resolve(tokens: list[Token]) -> list[Token]:
    """Return *tokens* without paired markers; the others are part of their word.

    What stands beside a dropped marker is stretched over it, so that an item is given
    back with its markup.
    """
    dropped = _paired(tokens)
    kept: list[Token] = []
    opener: Token | None = None
    for index, token in enumerate(tokens):
        if index in dropped:
            closes = "o" not in dropped[index]
            if (
                closes
                and kept
                and kept[-1].touches(token)
                and kept[-1].kind in _STRETCHED
            ):
                kept[-1] = replace(kept[-1], end=token.end)
            elif opener is None or not opener.touches(token):
                opener = token
            else:
                opener = replace(opener, end=token.end)
            continue
        stretches = opener is not None and opener.touches(token)
        if opener is not None and stretches and token.kind in _STRETCHED:
            kept.append(replace(token, start=opener.start))
        else:
            kept.append(token)
        opener = None
    return list(_merged(kept))


def _paired(tokens: list[Token]) -> dict[int, str]:
    """Return the indices of markup that drops out, with what it does there."""
    dropped: dict[int, str] = {}
    waiting: dict[str, list[int]] = {}
    for index, token in enumerate(tokens):
        if token.kind is Kind.TAG:
            dropped[index] = token.target
        elif token.kind is Kind.MARK:
            same = waiting.setdefault(token.text, [])
            if same and "c" in token.target:
                dropped |= {same.pop(): "o", index: "c"}
            elif "o" in token.target:
                same.append(index)
    return dropped


def _merged(tokens: Iterable[Token]) -> Iterable[Token]:
    last: Token | None = None
    for token in tokens:
        is_text = token.kind in {Kind.WORD, Kind.MARK}
        if is_text and last is not None and last.touches(token):
            last = replace(last, text=last.text + token.text, end=token.end)
            continue
        if last is not None:
            yield last
        last = replace(token, kind=Kind.WORD, target="") if is_text else None
        if not is_text:
            yield token
    if last is not None:
        yield last
