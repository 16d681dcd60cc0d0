"""Text from anywhere, made safe for the Markdown of a hosting site.

Used by the Markdown report and by ``arco-parity diff``.
"""

from __future__ import annotations

import re

_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~$])")
_CALL = re.compile(r"([@#])(?=\w)")
_SPACE = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def markdown_text(text: str) -> str:
    """Return *text* as one line that means itself, also in a cell of a table.

    Code in back-ticks stays code.  Nobody is called by ``@name`` and nothing linked by
    ``#1``.
    """
    folded = _SPACE.sub(" ", _CONTROL.sub(" ", text)).strip()
    parts: list[str] = []
    end = 0
    for match in _CODE.finditer(folded):
        parts += [_escaped(folded[end : match.start()]), _code(match[1])]
        end = match.end()
    return "".join([*parts, _escaped(folded[end:])])


def markdown_code(text: str) -> str:
    """Return *text* as code in one line, also in a cell of a table."""
    return _code(_SPACE.sub(" ", _CONTROL.sub(" ", text)).strip().replace("`", "'")) if text else ""


def markdown_place(path: str, line: int, url: str) -> str:
    """Return where something stands, as code and, if there is a *url*, as a link."""
    place = markdown_code(f"{path}:{line}" if line else path)
    return f"[{place}](<{_CONTROL.sub('', url)}>)" if url else place


def _escaped(text: str) -> str:
    return _CALL.sub(r"\1&#8203;", _SPECIAL.sub(r"\\\1", text.replace("&", "&amp;")))


def _code(text: str) -> str:
    # A table is split at bars before code is looked for.
    return "`" + text.replace("|", "\\|") + "`"
