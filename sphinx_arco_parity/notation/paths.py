"""One reference as people write it: a path with its line, range or symbol.

:mod:`.references` and :mod:`.ci_cells` call :func:`read_reference` for literals and words,
:mod:`.links` :func:`read_link` for links.  Reading never fails: what is no reference is ``None``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import unquote

from sphinx_arco_parity.notation.path_shapes import extension, has_titles, is_ci_path, is_path
from sphinx_arco_parity.notation.symbols import (
    is_command,
    is_identifier,
    is_job_name,
    read_path_symbols,
    read_symbols,
    split_braces,
)
from sphinx_arco_parity.notation.vocabulary import KIND_WORDS, KNOWN_FILES

_NUMBER = r"[1-9][0-9]{0,8}"
_RANGE = rf"L?{_NUMBER}(?:[-–—]L?{_NUMBER})?"
_LINES = re.compile(
    rf"(?P<base>[^\s:#]*)(?::(?P<colon>{_RANGE}(?:,{_RANGE}){{0,19}})(?::[0-9]{{1,9}})?"
    rf"|#L?(?P<hash>{_NUMBER}(?:C[0-9]{{1,9}})?(?:[-–—]L?{_NUMBER}(?:C[0-9]{{1,9}})?)?))"
)
_AT_LINE = re.compile(r"@L(?=[0-9])")
_COLUMN = re.compile(r"C[0-9]+")
_FRAGMENT = re.compile(r"([^\s:#]+)#([A-Za-z_][\w.:-]*)")
_ANCHORED = frozenset(
    {"md", "mdx", "rst", "txt", "html", "htm", "adoc", "ipynb", "yml", "yaml", "json", "toml"}
)  # pages and data, whose fragments name no definition
_ALTERNATIVES = re.compile(r"([^{}]*)\{([^{}]*,[^{}]*)\}([^{}]*)")
_PHRASE = re.compile(
    rf"(?P<path>[^\s,]+),?\s+(?:\((?P<inside>[^()]{{0,300}})\)"
    rf"|(?:lines?\s+|L)(?P<lines>{_NUMBER}(?:\s?[-–—]\s?L?{_NUMBER})?))"
)
_JOINED = re.compile(r"\s?(?:[,+&]|\band\b)\s?")
_LINE_NOISE = re.compile(r"[\sL]")
# Characters that a path may have and prose has more often: hidden while it is read.
_ODD = " ,$&!;'"
_HIDDEN = {ord(odd): 0xE000 + place for place, odd in enumerate(_ODD)}
_SHOWN = {hidden: odd for odd, hidden in _HIDDEN.items()}
_BACKSLASHES = re.compile(r"[\w.-]+(?:\\[\w.@+-]+)+(?=$|[:#])")
_PICTURES = ("html", "htm", "png", "jpg", "jpeg", "gif", "svg")
_LONGEST = 1200
_MOST = 32

Lines = tuple[int, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A path, or several that braces stand for, with what is cited of them."""

    paths: tuple[str, ...]
    lines: tuple[Lines, ...] = ()
    """First and last line of each range; ``None`` for a single line."""
    symbols: tuple[str, ...] = ()
    anchored: bool = False
    """It has a slash and a line, a symbol or an ending: no file named in passing."""


def read_lines(text: str) -> tuple[Lines, ...]:
    """Return the lines of ``12``, ``12-40`` or ``12,40-50``.

    A range that ends before it begins loses its end.
    """
    found = []
    for part in text.replace("L", "").split(","):
        first, *last = re.split("[-–—]", part)
        end = int(last[0]) if last else None
        found.append((int(first), end if end is not None and end > int(first) else None))
    return tuple(found)


@lru_cache(maxsize=4096)
def read_reference(text: str, *, quoted: bool) -> Reference | None:
    """Return the reference that *text* is, or ``None``.

    :param text: a literal, a word or a link's text.
    :param quoted: it is a literal or a link's text, no word of prose.
    """
    if len(text) > _LONGEST or "://" in text:
        return None
    text = _AT_LINE.sub("#L", text)
    if quoted and (windows := _BACKSLASHES.match(text)) is not None:
        text = windows[0].replace("\\", "/") + text[windows.end() :]
    if any(map(str.isspace, text)):
        return (_read_phrase(text) or _read_odd(text)) if quoted else None
    return _read_plain(text, quoted=quoted) or (_read_odd(text) if quoted else None)


def _read_plain(text: str, *, quoted: bool) -> Reference | None:
    head, double, symbol = text.partition("::")
    base, lines = _split_lines(head)
    symbols = _named_in(base, symbol) if double else ()
    if double and not symbols:
        return None
    if not lines and not symbols:
        base, symbols = _split_symbol(base)
    return _reference(base, lines, symbols, quoted=quoted)


def is_odd(path: str) -> bool:
    """Tell whether *path* is one only if the repository has it: blanks, commas and the like."""
    return any(odd in path for odd in _ODD)


def _read_odd(text: str) -> Reference | None:
    """Read a literal that as a whole may be a path with blanks or commas, and no list."""
    head, double, symbol = text.partition("::")
    if not is_odd(head) or is_command(head):
        return None
    *before, _last = re.split(f"[{_ODD}]", head)
    found = _read_plain(head.translate(_HIDDEN) + double + symbol, quoted=True)
    if found is None or any(map(extension, before)):
        return None
    paths = tuple(path.translate(_SHOWN) for path in found.paths)
    name = paths[0].rpartition("/")[2]
    return replace(found, paths=paths) if extension(name) or not name else None


def _read_phrase(text: str) -> Reference | None:
    """Read a literal that holds all of ``path:12 (symbol)`` or ``path lines 12-40``."""
    head, _, title = text.partition("::")
    if title and (has_titles(head) or title.startswith("Test")):
        named = read_reference(head, quoted=True)
        symbols = (title.strip(),) if has_titles(head) else read_symbols(title)
        return replace(named, symbols=symbols) if named and symbols else None
    match = _PHRASE.fullmatch(text)
    reference = read_reference(match["path"], quoted=True) if match else None
    if match is None or reference is None or not reference.anchored:
        return None
    if match["lines"]:
        lines = read_lines(_LINE_NOISE.sub("", match["lines"]))
        return reference if reference.lines else replace(reference, lines=lines)
    if reference.symbols or all(map(is_ci_path, reference.paths)):
        return reference
    names = [read_symbols(name) for name in _JOINED.split(match["inside"])]
    return replace(
        reference, symbols=tuple(n for part in names for n in part) if all(names) else ()
    )


def _split_lines(head: str) -> tuple[str, tuple[Lines, ...]]:
    match = _LINES.fullmatch(head)
    if match is None:
        return head, ()
    if match["colon"]:
        return match["base"], read_lines(match["colon"])
    # `owner/name#12` is an issue; `path#L12` and `file.rs#12` are lines.
    if "#L" not in head and not extension(match["base"]):
        return head, ()
    return match["base"], read_lines(_COLUMN.sub("", match["hash"]))


def _split_symbol(base: str) -> tuple[str, tuple[str, ...]]:
    """Split ``file.rs:tick``, or ``#``, which some write for ``::``; drop a page's anchor."""
    head, colon, symbol = base.partition(":")
    named = extension(head.rpartition("/")[2]) or is_ci_path(head)
    is_name = is_job_name if is_ci_path(head) else is_identifier
    if colon and named and is_name(symbol):
        return head, _named_in(head, symbol) if is_ci_path(head) or symbol not in KIND_WORDS else ()
    match = _FRAGMENT.fullmatch(base)
    if match is not None and (ending := extension(match[1])):
        # A workflow may be called by its bare name.
        is_ci = is_ci_path(match[1]) or (ending in {"yml", "yaml"} and "/" not in match[1])
        if is_ci and is_job_name(match[2]):
            return match[1], (match[2],)
        return match[1], () if ending in _ANCHORED else _named_in(match[1], match[2])
    return base, ()


def _named_in(path: str, name: str) -> tuple[str, ...]:
    """Return what *name*, joined to *path*, names: a workflow's job, or symbols."""
    if is_ci_path(path) and is_job_name(name):
        return (name,)
    return read_path_symbols(name)


def _reference(
    base: str, lines: tuple[Lines, ...], symbols: tuple[str, ...], *, quoted: bool
) -> Reference | None:
    paths = _expand(base)
    has_line = bool(lines or symbols)
    if not paths or not all(is_path(p, quoted=quoted, has_line=has_line) for p in paths):
        return None
    # `std/fmt::Display` is no file: a symbol needs an ending, a glob or a folder.
    if symbols and not all(
        is_ci_path(path) or path.endswith("/") or "." in path.rpartition("/")[2] for path in paths
    ):
        return None
    known = bool(has_line or extension(base) or base.endswith("/") or "*" in base)
    return Reference(
        paths=paths,
        # A line of several files at once is nobody's.
        lines=lines if len(paths) == 1 else (),
        symbols=symbols,
        anchored="/" in base and known,
    )


def _expand(base: str) -> tuple[str, ...]:
    if "{" not in base:
        return (base,)
    match = _ALTERNATIVES.fullmatch(base)
    if match is None:
        return ()
    middle = split_braces(match[2])
    return tuple(match[1] + part + match[3] for part in middle[:_MOST])


def read_link(text: str, target: str, *, literal: bool) -> Reference | None:
    """Return the reference that a link to the path *target* is, or ``None``.

    It has what its text says of the file, and the text's line before that of the target.

    :param literal: the text is a code span.
    :param target: relative to the repository, with its fragment.
    """
    aimed = _read_target(target)
    if aimed is None:
        return None
    shown = read_reference(text, quoted=True)
    path = aimed.paths[0]
    if shown is not None and f"/{path}".endswith(f"/{shown.paths[0]}"):
        return replace(shown, paths=aimed.paths, lines=shown.lines or aimed.lines, anchored=True)
    if not _is_evidence(aimed):
        return None
    return replace(aimed, symbols=read_symbols(text)) if literal and shown is None else aimed


def _read_target(target: str) -> Reference | None:
    path, _, fragment = unquote(target).partition("#")
    match = _LINES.fullmatch(f"x#{fragment}") if fragment.startswith("L") else None
    lines = read_lines(_COLUMN.sub("", match["hash"])) if match else ()
    if match is None and (colon := _LINES.fullmatch(path.replace(" ", "\0"))) is not None:
        path, lines = colon["base"].replace("\0", " "), read_lines(colon["colon"])
    return Reference(paths=(path,), lines=lines, anchored=True) if path else None


def _is_evidence(aimed: Reference) -> bool:
    """Tell whether a link with words for its text points at evidence, no page."""
    path = aimed.paths[0].lower()
    if aimed.lines or path.endswith("/"):
        # `../../wiki/` is a page of the hosting site.
        return bool(aimed.lines) or not path.startswith("../")
    name = aimed.paths[0].rpartition("/")[2]
    ending = extension(name)
    if ending in {"md", "rst", "mdx"}:
        return "adr" in path or "decision" in path
    return name in KNOWN_FILES or ending not in {"", *_PICTURES}
