"""The numbers and dates of ADRs: in the names of files, in titles, in sentences.

A number is kept as it is written (``024``) and compared by :func:`number_key`; a date as precisely
as it can be told: of ``03/04/2024`` only the year.
"""

from __future__ import annotations

import re
from posixpath import basename, dirname

#: The endings of records that are values alone.
VALUES = (".yaml", ".yml")

#: The endings of files that may be ADRs.
SUFFIXES = (".md", ".markdown", ".mdx", ".rst", ".txt", ".adoc", ".asciidoc", *VALUES)

#: The file that is the record, in a folder named after it; the first that is there.
HOME_STEMS = ("readme", "index", "adr", "decision", "record")

#: Files of a folder of ADRs that list or explain them.
INDEX_STEMS = frozenset({"readme", "index", "adr index", "index adr", "adr log",
                         "decision log", "adrs", "adr list", "toc"})  # fmt: skip
_OTHER_STEMS = frozenset({"template", "templates", "contributing", "changelog",
                          "summary", "overview", "glossary", "sidebar"})  # fmt: skip
_TEMPLATE_WORDS = frozenset({"template", "templates", "adr", "madr", "nygard", "long",
                             "short", "minimal", "bare", "full", "example", "blank",
                             "new", "decision", "record", "the", "x", "a"})  # fmt: skip

_NUMBER = r"\d{1,5}(?:(?<=\d\d)[a-z](?![A-Za-z]))?"
#: With letters before or after it, as only stands behind the word: ``ADR-T3``, ``ADR-7b``.
_LETTERED = r"(?:(?-i:[A-Z]{1,5})-?)?\d{1,5}(?:[a-z](?![A-Za-z]))?"
_LABEL = r"(?-i:[A-Z]{1,5}-\d{1,5})"
_DATE = re.compile(
    r"(?:19|20)\d\d[-_.]?(?:0[1-9]|1[0-2])(?:[-_.]?[0-3]\d)?(?!\d)"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d\d{4}(?:\d\d)?(?!\d)"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_YEAR_AND_NUMBER = re.compile(r"(?:19|20)\d\d-\d{3,4}(?!\d)")
# One word may stand before it, as that of the project; what is done to another ADR is none.
_PREFIX = re.compile(
    r"(?P<adr>(?:(?!(?:replac|supersed|supercede|amend|deprecat|revert|revis|updat|remov|"
    r"extend|reject|drop|migrat|mov|chang|follow|clarif|implement|retir|reconsider|undo|use)"
    r"[a-z]*[-_ .])[a-z]\w*?[-_ .])?(?:adr|madr)s?[-_ .#]*)(?=[a-z]{0,5}-?\d)"
    r"|(?:decision|record|rfc|edr|pdr|tdr|dr|ad)[-_ .#]*(?=\d)",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"(?P<number>{_NUMBER})(?=$|[-_ .,:])")
_LEADING_LETTERED = re.compile(rf"(?P<number>{_LETTERED})(?=$|[-_ .,:])", re.IGNORECASE)
_LEADING_LABEL = re.compile(rf"(?P<number>{_LABEL})(?=$|[-_ .,:])")
_TITLE = re.compile(
    rf"^\W*(?:adr[-_ #:]*(?P<adr>{_LETTERED})(?![A-Za-z0-9])"
    rf"|(?P<label>{_LABEL})(?=:\s|\s[-–—]\s)"
    r"|(?P<plain>\d{1,5}[a-z]?)(?=[.:)]\s|\s[-–—]\s))\W*",
    re.IGNORECASE,
)


def stem_of(path: str) -> str:
    """Return the name of the record at *path*, without the ending of its file.

    Where it has a folder of its own that is the folder's: ``0001-x/README.md``.
    """
    stem = _file_stem(path)
    folder = basename(dirname(path))
    begins = _stem_number(folder) is not None or record_date(folder) or label_of(folder)
    return folder if begins and stem.lower() in HOME_STEMS else stem


def home_of(path: str) -> str:
    """Return the folder in which the record at *path* lies among the others."""
    own = stem_of(path) != _file_stem(path)
    return dirname(dirname(path)) if own else dirname(path)


def _file_stem(path: str) -> str:
    name = basename(path)
    ending = next((suffix for suffix in SUFFIXES if name.lower().endswith(suffix)), "")
    return name[: len(name) - len(ending)]


def record_date(stem: str) -> str | None:
    """Return the date with which the name of a record begins, as digits.

    >>> record_date("2024-05-05-use-x"), record_date("2024-use-x")
    ('20240505', None)
    """
    prefix = _PREFIX.match(stem)
    rest = stem[prefix.end() :] if prefix else stem
    found = None if _YEAR_AND_NUMBER.match(rest) else _DATE.match(rest)
    return re.sub(r"\D", "", found[0]) if found else None


def label_of(stem: str) -> str | None:
    """Return the letters and number with which a name begins: ``API-12-retry``.

    They may be those of what it is about (``HTTP-2-push``): the title decides.
    """
    found = _LEADING_LABEL.match(stem)
    return found["number"] if found else None


def file_number(path: str) -> str | None:
    """Return the number with which the record's name begins, as written; a date is none.

    >>> file_number("docs/adr/adr-024-schedule.md"), file_number("2024-05-01-use-x.md")
    ('024', None)
    """
    return _stem_number(stem_of(path))


def _stem_number(stem: str) -> str | None:
    prefix = _PREFIX.match(stem)
    rest = stem[prefix.end() :] if prefix else stem
    together = _YEAR_AND_NUMBER.match(rest)
    if together:
        return together[0]
    if _DATE.match(rest) or (not prefix and _YEAR.match(rest)):
        return None
    leading = _LEADING_LETTERED if prefix and prefix["adr"] else _LEADING
    found = leading.match(rest)
    return found["number"] if found else None


def title_number(title: str) -> str | None:
    """Return the number with which a title begins: ``12. Title``, ``ADR-012: Title``."""
    found = _TITLE.match(title)
    return found and (found["adr"] or found["label"] or found["plain"])


def without_number(title: str, number: str) -> str:
    """Return *title* without the number with which it begins.

    :param number: of the record; letters that are not its number are words.
    """
    found = _TITLE.match(title)
    if not found or (found["label"] and number_key(found["label"]) != number_key(number)):
        return title
    return title[found.end() :]


def number_key(number: str) -> str:
    """Return what numbers are compared by: without leading zeros, in lower case.

    >>> number_key("T03") == number_key("t-3")
    True
    """
    joined = re.sub(r"(?<=[a-z])[-_ ](?=\d)", "", number.strip().lower())
    return re.sub(r"(?<!\d)0+(?=\d)", "", joined)


def _words(path: str) -> list[str]:
    return [word for word in re.split(r"[-_ .]+", _file_stem(path).lower()) if word]


def is_index(path: str) -> bool:
    """Tell whether the name of *path* is that of a list of ADRs."""
    words = [word for word in _words(path) if word.strip("0")]
    return " ".join(words) in INDEX_STEMS


def is_other(path: str) -> bool:
    """Tell whether the name of *path* is that of a template, a list, an explanation."""
    folders = path.lower().split("/")[:-1]
    if stem_of(path) != _file_stem(path):
        return False
    if is_index(path) or {"template", "templates"} & set(folders[-1:]):
        return True
    words = _words(path)
    if " ".join(words) in _OTHER_STEMS or (words and words[0] in {"nnnn", "xxxx", "nnn", "xxx"}):
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
    r"|(?P<file>(?<![\w./-])[\w./-]+\.(?:md|markdown|mdx|rst|adoc|ya?ml)\b)"
    r"|\badrs?[-_ #:]*(?P<adr>(?:(?:19|20)\d\d-)?\d{1,5}(?:[a-z](?![a-z]))?"
    r"|(?-i:[A-Z]{1,5})-?\d{1,5})(?!\d)"
    rf"|\b(?P<label>{_LABEL})\b"
    r"|(?P<dated>(?<![\w-])(?:19|20)\d\d-\d\d-\d\d-[\w-]+)"
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
        path = target.partition("#")[0].rstrip("/")
        said = match["text"] or match["rst_text"] or ""
        return (
            file_number(path)
            or title_number(said)
            or (stem_of(path) if path and "://" not in path else None)
        )
    if match["bare"]:
        long = 3 <= len(match["bare"]) <= 4 and not _YEAR.match(match["bare"])
        return match["bare"] if bare or long else None
    if match["label"] or match["dated"]:
        return (match["label"] or match["dated"]) if bare else None
    return match["adr"] or match["hash"]


_NAMES = "january february march april may june july august september october november december"
_MONTHS = {name[:3]: number for number, name in enumerate(_NAMES.split(), 1)}
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _NAMES.split()) + "|sept"
_WRITTEN_DATE = re.compile(
    r"(?<![\w/.-])(?:"
    r"(?P<year>(?:19|20)\d\d)(?P<mark>[-/.]?)(?P<month>0[1-9]|1[0-2])"
    r"(?:(?P=mark)(?P<day>[0-3]\d))?(?:[T ]\d\d:\d\d(?::\d\d)?Z?)?"
    r"|(?P<first>\d{1,2})(?P<sign>[/.-])(?P<second>\d{1,2})(?P=sign)(?P<last>(?:19|20)\d\d)"
    rf"|(?:(?P<before>\d{{1,2}})(?:st|nd|rd|th)?\.?[ -])?(?P<name>{_MONTH})\.?[ -]"
    r"(?:(?P<after>\d{1,2})(?:st|nd|rd|th)?,?[ ])?(?P<named>(?:19|20)\d\d)"
    r")(?![\w/]|-\w|\.\d)",
    re.IGNORECASE,
)

#: Year, month, day; shorter if the rest is not known.
Date = tuple[int, ...]


def date_of(text: str) -> Date | None:
    """Return the first date of *text*.

    >>> date_of("accepted on 5 March 2024"), date_of("2024-03"), date_of("03/04/2024")
    ((2024, 3, 5), (2024, 3), (2024,))
    """
    found = _WRITTEN_DATE.search(text)
    if found is None:
        return None
    if found["year"]:
        parts = (found["year"], found["month"], found["day"])
        return tuple(int(part) for part in parts if part)
    if found["named"]:
        day = found["before"] or found["after"]
        month = _MONTHS[found["name"][:3].lower()]
        return (int(found["named"]), month, *([int(day)] if day else []))
    year, first, second = (int(found[key]) for key in ("last", "first", "second"))
    if found["sign"] == "." or first > 12 or first == second:
        return (year, second, first)
    return (year, first, second) if second > 12 else (year,)


def without_dates(text: str) -> str:
    """Return *text* without its dates."""
    return _WRITTEN_DATE.sub(" ", text)


def is_newer(date: Date, than: Date) -> bool | None:
    """Return whether *date* is after *than*; ``None`` if it cannot be told."""
    known = min(len(date), len(than))
    return None if date[:known] == than[:known] else date > than
