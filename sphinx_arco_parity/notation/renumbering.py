"""A cited line's number, replaced where it was written.

``arco-parity fix`` calls :func:`rewritten` with an item of evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from sphinx_arco_parity.model.records import Fix

_LINK = re.compile(r"\[((?:[^\[\]\n]|\[[^\[\]\n]{0,100}\]){1,300})\]\(([^()\n]{0,500})\)")
_END = r"(?P<column>:[0-9]{1,9})?(?:(?P<dash>[-–—]L?)(?P<end>[1-9][0-9]{0,8}))?"
_LEAD = r"[`*_~]{0,6}(?::L?|[#@]L?|,? \(?(?:lines? |L))"
_BARE = re.compile(r"[\w./@+-]+")
_NO_MORE = r"(?![0-9\w]|[,][0-9]|[-–—][0-9L])"


@dataclass(frozen=True, slots=True)
class _Edit:
    """New text for ``[start, end)`` of the source."""

    start: int
    end: int
    text: str


def _number(old: int) -> str:
    return rf"(?P<first>{old}){_END}{_NO_MORE}"


def _edit(match: re.Match[str], new: int, old: int) -> _Edit | None:
    """Return the edit that moves the number of *match*, and its range's end alike."""
    written = f"{new}{match['column'] or ''}"
    if match["end"] is not None:
        last = int(match["end"]) + new - old
        if last < 1:
            return None
        written += f"{match['dash']}{last}"
    return _Edit(match.start("first"), match.end(), written)


def renumber(text: str, path: str, old_line: int, new_line: int) -> str:
    """Return *text* with the line of *path* changed from *old_line* to *new_line*.

    ``path:12``, ``path#L12``, `` `path`:12 `` and ``path line 12`` are places, and so is a
    link with the path in its text or target, whose numbers change together.  The end of
    a range moves by as much.  All else stays as it is, byte for byte.

    *text* comes back unchanged if there is not exactly one such place; so a second call
    changes nothing.

    :param text: one line of a document, or several.
    :param path: as it was written, relative to the repository.
    """
    places = [*_in_links(text, path, old_line, new_line)]
    taken = [(match.start(), match.end()) for match in _LINK.finditer(text)]
    for match in _plain(path, old_line).finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            edit = _edit(match, new_line, old_line)
            places.append([edit] if edit is not None else [])
    if len(places) != 1 or old_line == new_line or min(old_line, new_line) < 1:
        return text
    for edit in sorted(places[0], key=lambda e: e.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def rewritten(text: str, fix: Fix) -> str:
    """Return *text* with the one reference in it that *fix* is about written anew.

    :param text: an item of evidence as it stands in a document.
    :returns: *text* itself if the reference is not in it, or more than once.
    """
    new = text
    if fix.line != fix.new_line:
        new = renumber(text, fix.path, *fix.lines)
        if new == text:
            return text
    if fix.new_path == fix.path:
        return new
    whole = rf"(?<![\w./\\@%-]){re.escape(fix.path)}(?![\w/\\-]|\.\w)"
    other = text if fix.option else new  # without an option the path means the same file as it is
    if _LINK.search(new) or not _BARE.fullmatch(fix.new_path):
        return other  # a target is relative to its page; some names need escapes
    new, times = re.subn(whole, lambda _: fix.new_path, new)
    return new if times == 1 else other


def _plain(path: str, old: int) -> re.Pattern[str]:
    written = re.escape(path).replace("/", r"[/\\]")
    return re.compile(rf"(?:(?<![\w./@%-])|<(?:\.\./)+){written}{_LEAD}{_number(old)}")


def _in_links(text: str, path: str, old: int, new: int) -> list[list[_Edit]]:
    """Return the edits of each link that cites the old line of *path*."""
    name = re.escape(path.rpartition("/")[2])
    shown = re.compile(rf"(?<![\w.@%-]){name}{_LEAD}{_number(old)}")
    whole = f"{re.escape(path)}|{re.escape(quote(path))}"
    aimed = re.compile(rf"(?<=[(/<])(?:{whole})(?:#L|:){_number(old)}(?=>?$)")
    places = []
    for link in _LINK.finditer(text):
        target = link[2]
        bare = re.split(r"[#:]L?[0-9]", target.partition("://")[2] or target)[0]
        is_target = f"/{unquote(bare)}".endswith(f"/{path}")
        label = shown if is_target else _plain(path, old)
        matches = [*label.finditer(text, link.start(1), link.end(1))]
        if is_target and "://" not in target:  # a site may show another commit
            matches += filter(None, [aimed.search(text, link.start(2), link.end(2))])
        edits = [e for m in matches if (e := _edit(m, new, old)) is not None]
        if edits:
            places.append(edits)
    return places
