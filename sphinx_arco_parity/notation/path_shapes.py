"""What looks like a path of a repository, and what only has a slash in it.

:mod:`.paths` calls :func:`is_path` for words and literals whose line and symbol are off.
"""

from __future__ import annotations

import re

from sphinx_arco_parity.notation import vocabulary

_FORBIDDEN = re.compile(r"[\s\"'<>|=$^\\;&!%:`{}~#,\x00-\x1f\x7f]|\.\.\.|…|//")
_PINNED = re.compile(r"@(?:v?[0-9]|main$|master$|latest$|[0-9a-f]{7,}$)")
_HOST = re.compile(
    r"(?:[\w-]+\.)+(?:com|org|io|net|dev|ai|co|app|cloud|gov|edu)|docs\.rs|lib\.rs", re.ASCII
)
_VERSION = re.compile(r"v?[0-9][\w.]*(?:alpha|beta)?[0-9]*")
_HUMPS = re.compile(r"(?:[A-Z][a-z0-9]+){2,}")
_LIBRARY = re.compile(r"[A-Z]\w*\.(?:js|JS|ts|NET|io|py|rs)")
_SYSTEM = re.compile(r"/(?:etc|usr|home|root|tmp|var|proc|sys|dev|opt|mnt|srv|Users)/.")
#: An ending that a kind of files shares, and no dotfile: `.test.ts`.
_ENDING_ALONE = re.compile(
    r"\.(?:d|g|gen|generated|designer|min|module|pb|snap|spec|stories|story|test)\.[a-z]{1,4}"
)
_TITLED = frozenset({"js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts"})
_LONGEST = 1000

_CI_FOLDERS = (".github/workflows/", ".forgejo/workflows/", ".gitea/workflows/", ".circleci/")
_CI_FILES = (
    ".gitlab-ci.yml",
    ".gitlab-ci.yaml",
    "azure-pipelines.yml",
    "azure-pipelines.yaml",
    "Jenkinsfile",
)


def extension(name: str) -> str:
    """Return the ending of a file's *name* that we know, in lower case, or nothing."""
    if _ENDING_ALONE.fullmatch(name):
        return ""
    ending = name.rpartition(".")[2].lower() if "." in name.strip(".") else ""
    return ending if ending in vocabulary.EXTENSIONS else ""


def is_ci_path(path: str) -> bool:
    """Tell whether *path* is plainly a CI system's own file."""
    bare = path.lstrip("/")
    return bare.startswith(_CI_FOLDERS) or bare.rpartition("/")[2] in _CI_FILES


def mentions_ci(text: str) -> bool:
    """Tell whether a CI system's own file may be named in *text*."""
    return any(name in text for name in (*_CI_FOLDERS, *_CI_FILES))


def is_test_path(path: str) -> bool:
    """Tell whether *path* is plainly a file or folder of tests."""
    *folders, name = path.split("/")
    if any(f in {"tests", "test", "__tests__", "spec", "e2e"} for f in folders):
        return True
    stem, _, _ = name.partition(".")
    return (
        name.startswith("test_")
        or stem.endswith(("_test", "_tests"))
        or re.search(r"\.(?:test|spec|cy)\.[cm]?[jt]sx?$", name) is not None
        or re.search(r"[a-z0-9]Tests?\.(?:java|kt|scala|cs|swift)$", name) is not None
    )


def has_titles(path: str) -> bool:
    """Tell whether *path* is a file of tests that are named by titles."""
    return extension(path.rpartition("/")[2]) in _TITLED and is_test_path(path)


def is_path(text: str, *, quoted: bool, has_line: bool) -> bool:
    """Tell whether *text*, without line and symbol, is certainly meant as a path.

    :param quoted: it is a literal or a link's text: a slash is nearly enough.
    :param has_line: a line number follows it.
    """
    if not text or len(text) > _LONGEST or text[0] in "-@+(" or _FORBIDDEN.search(text):
        return False
    if text.startswith(".") and text.strip("./") == "":
        return False
    if "/" not in text:
        return _is_file_name(text, quoted=quoted, has_line=has_line)
    if text.startswith("/"):
        # A route (`/api/v1/runs`) is no path; a file that cannot be evidence is one, so that
        # the check can say that it is outside.
        return has_line or extension(text.rpartition("/")[2]) != "" or bool(_SYSTEM.match(text))
    parts = [part for part in text.split("/") if part]
    if _is_prose(text, parts, has_line=has_line):
        return False
    return quoted or _is_certain(text, parts, has_line=has_line)


def _is_file_name(text: str, *, quoted: bool, has_line: bool) -> bool:
    if text in vocabulary.KNOWN_FILES:
        return quoted or has_line or text not in vocabulary.PROSE_FILES
    ending = extension(text)
    if not ending or "(" in text or text.startswith("*"):
        return ending != "" and quoted and text.startswith("*.") and "(" not in text
    if has_line:
        return True
    ambiguous = ending in vocabulary.AMBIGUOUS_EXTENSIONS or _LIBRARY.fullmatch(text) is not None
    return quoted and not ambiguous


def _is_prose(text: str, parts: list[str], *, has_line: bool) -> bool:
    last = parts[-1]
    if not any(c.isalpha() for c in text) or text.lower() in vocabulary.PROSE_PAIRS:
        return True
    if _PINNED.search(last) or _HOST.fullmatch(parts[0]):
        return True
    named = extension(last) != ""
    if has_line or named:
        return not has_line and len(parts) > 1 and all(map(extension, parts))
    if any(c in text for c in "()+"):
        return True
    return not text.endswith("/") and _are_words(parts)


def _are_words(parts: list[str]) -> bool:
    """Tell whether words between slashes, no file among them, are alternatives."""
    first, last = parts[0], parts[-1]
    if all(len(part) == 1 for part in parts) or len(parts) == 1:
        return all(len(part) == 1 for part in parts)
    if all(part.isupper() and part.isalpha() for part in parts):
        return True
    if all(_HUMPS.fullmatch(part) or _VERSION.fullmatch(part) for part in parts):
        return True
    if len(parts) > 2:
        return False
    return (
        first in vocabulary.MIME_TYPES
        or last in vocabulary.RATE_UNITS
        or _VERSION.fullmatch(last) is not None
        or first in {"origin", "refs", "HEAD", "feature", "release", "w", "*"}
    )


def _is_certain(text: str, parts: list[str], *, has_line: bool) -> bool:
    if text.endswith("/"):
        return len(parts) > 1 or parts[0] in vocabulary.KNOWN_FOLDERS or parts[0].startswith(".")
    last = parts[-1]
    if last in vocabulary.KNOWN_FILES or (has_line and parts[0] in vocabulary.KNOWN_FOLDERS):
        return True
    return extension(last) != "" and (has_line or _LIBRARY.fullmatch(last) is None)
