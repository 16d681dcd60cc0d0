"""Text from anywhere, made safe for a terminal.

Used for every line that a command writes or a build logs: names of files, headers and
branches are other people's.
"""

from __future__ import annotations

import re

#: What commands a terminal, turns the direction of text, or is no character.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def visible(text: str, *, kept: re.Pattern[str] | None = None) -> str:
    r"""Return *text* with ``\u001b`` and the like for what is no character to be seen.

    So it stays the same text where it is JSON.  Line ends and tabs stay.

    :param kept: what stays too: the colours that are ours.
    """
    if kept is None:
        return _CONTROL.sub(_escape, text)
    between, ours = kept.split(text), kept.findall(text)
    return "".join(
        _CONTROL.sub(_escape, part) + own for part, own in zip(between, [*ours, ""], strict=True)
    )


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
