"""The numbers of ADRs: in the names of files, in titles, in sentences that cite one.

A number is kept as it is written (``024``) and compared by :func:`number_key`.
"""

from __future__ import annotations

import re
from posixpath import basename

#: The endings of files that may be ADRs.
SUFFIXES = (".md", ".markdown", ".mdx", ".rst", ".txt", ".adoc", ".asciidoc")

#: Files of a folder of ADRs that list or explain them.
INDEX_STEMS = frozenset({"readme", "index", "adr index", "index adr", "adr log",
                         "decision log", "adrs", "adr list", "toc"})  # fmt: skip
_OTHER_STEMS = frozenset({"template", "templates", "contributing", "changelog",
                          "summary", "overview", "glossary", "sidebar"})  # fmt: skip
_TEMPLATE_WORDS = frozenset({"template", "templates", "adr", "madr", "nygard", "long",
                             "short", "minimal", "bare", "full", "example", "blank",
                             "new", "decision", "record", "the", "x", "a"})  # fmt: skip

_NUMBER = r"\d{1,5}(?:(?<=\d\d)[a-z](?![A-Za-z]))?"
_DATE = re.compile(r"(?:19|20)\d\d[-_.]?(?:0[1-9]|1[0-2])(?:[-_.]?[0-3]\d)?(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_YEAR_AND_NUMBER = re.compile(r"(?:19|20)\d\d-\d{3,4}(?!\d)")
_PREFIX = re.compile(
    r"(?:.*[-_ .])?(?:adr|madr)s?[-_ .#]*(?=\d)"
    r"|(?:decision|record|rfc|edr|pdr|tdr|dr|ad)[-_ .#]*(?=\d)",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"(?P<number>{_NUMBER})(?=$|[-_ .,:])")
_TITLE = re.compile(
    r"^\W*(?:adr[-_ #:]*(?P<adr>\d{1,5})|(?P<plain>\d{1,5})(?=[.:)]\s|\s[-–—]\s))\W*",
    re.IGNORECASE,
)


def stem_of(path: str) -> str:
    """Return the name of the file at *path* without its ending."""
    name = basename(path)
    for suffix in SUFFIXES:
        if name.lower().endswith(suffix):
            return name[: -len(suffix)]
    return name


def file_number(path: str) -> str | None:
    """Return the number that the file's name has, as written; a date is none.

    >>> file_number("docs/adr/adr-024-schedule.md"), file_number("2024-05-01-use-x.md")
    ('024', None)
    """
    stem = stem_of(path)
    prefix = _PREFIX.match(stem)
    rest = stem[prefix.end() :] if prefix else stem
    together = _YEAR_AND_NUMBER.match(rest)
    if together:
        return together[0]
    if _DATE.match(rest) or (not prefix and _YEAR.match(rest)):
        return None
    found = _LEADING.match(rest)
    return found["number"] if found else None


def title_number(title: str) -> str | None:
    """Return the number with which a title begins: ``12. Title``, ``ADR-012: Title``."""
    found = _TITLE.match(title)
    return (found["adr"] or found["plain"]) if found else None


def without_number(title: str) -> str:
    """Return *title* without the number with which it begins."""
    return title[found.end() :] if (found := _TITLE.match(title)) else title


def number_key(number: str) -> str:
    """Return what numbers are compared by: without leading zeros, in lower case."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", number.strip().lower())


def _words(path: str) -> list[str]:
    return [word for word in re.split(r"[-_ .]+", stem_of(path).lower()) if word]


def is_index(path: str) -> bool:
    """Tell whether the name of *path* is that of a list of ADRs."""
    words = [word for word in _words(path) if word.strip("0")]
    return " ".join(words) in INDEX_STEMS


def is_other(path: str) -> bool:
    """Tell whether the name of *path* is that of a template, a list, an explanation."""
    folders = path.lower().split("/")[:-1]
    if is_index(path) or {"template", "templates"} & set(folders[-1:]):
        return True
    words = _words(path)
    if " ".join(words) in _OTHER_STEMS or (
        words and words[0] in {"nnnn", "xxxx", "nnn", "xxx"}
    ):
        return True
    if not {"template", "templates"} & set(words):
        return False
    numbers = [word for word in words if word.isdigit()]
    said = [word for word in words if not word.isdigit()]
    if not any(n.strip("0") for n in numbers):
        return True
    # A numbered decision on templates is one.
    return "templates" not in said and set(said) <= _TEMPLATE_WORDS


_REFERENCE = re.compile(
    r"\[(?P<text>[^\[\]]*)\]\((?P<target>[^()\s]++)[^()]*+\)"
    r"|\[\[(?P<wiki>[^\[\]|]+)(?:\|[^\[\]]*)?\]\]"
    r"|`(?P<rst_text>[^`<>]*)<(?P<rst>[^`<>]+)>`_{0,2}"
    r"|(?P<file>(?<![\w./-])[\w./-]+\.(?:md|markdown|mdx|rst|adoc)\b)"
    r"|\badrs?[-_ #:]*(?P<adr>(?:(?:19|20)\d\d-)?\d{1,5})(?!\d)"
    r"|(?<![\w.&])\#(?P<hash>\d{1,5})(?!\d)"
    r"|(?<![\w./:-])(?P<bare>\d{1,5})(?![\w/:]|-\d|\.\d)",
    re.IGNORECASE,
)


def cited_numbers(text: str, *, bare: bool = False) -> list[str]:
    """Return the ADRs that *text* names: numbers as written, or the names of files.

    :param bare: a number of one or two digits counts too, as in ``superseded_by: 20``.
        One of three or four digits counts always.
    """
    found: list[str] = []
    for match in _REFERENCE.finditer(text):
        number = _cited(match, bare=bare)
        if number and number not in found:
            found.append(number)
    return found


def _cited(match: re.Match[str], *, bare: bool) -> str | None:
    target = match["target"] or match["wiki"] or match["rst"] or match["file"]
    if target:
        path = target.partition("#")[0]
        said = match["text"] or match["rst_text"] or ""
        return (
            file_number(path)
            or title_number(said)
            or (stem_of(path) if path and "://" not in path else None)
        )
    if match["bare"]:
        long = 3 <= len(match["bare"]) <= 4 and not _YEAR.match(match["bare"])
        return match["bare"] if bare or long else None
    return match["adr"] or match["hash"]
