"""Literals that name something in a file, as ``A::{B,C}``, or are commands or jobs of CI.

Called by :mod:`.paths` for what follows ``path::`` and by :mod:`.references` for literals
beside a path.
"""

from __future__ import annotations

import re

from sphinx_arco_parity.notation import vocabulary

_ASSIGNMENTS = re.compile(
    r"(?:\$ )?(?:[A-Za-z_]\w{0,60}=(?:\"[^\"]{0,200}\"|'[^']{0,200}'|[^\s\"']{0,200}) )*"
)
_OPTION = re.compile(r"(?:^| )--?[A-Za-z]|&&|\|\|| [|>] ")
_SCRIPT = re.compile(r"\./[\w./-]+|[\w./-]+\.(?:sh|bash|ps1|bat|cmd)")
_JOB = re.compile(r"[A-Za-z_][\w-]{0,99}")
_RUNNER = re.compile(r"(?:ubuntu|macos|windows|self-hosted)(?:-[\w.-]+)?|[\w-]+-latest")
_EVENTS = frozenset(
    {"push", "pull_request", "schedule", "workflow_dispatch", "merge_group", "main", "master"}
)


def is_command(literal: str) -> bool:
    """Tell whether *literal* is a command, whatever stands around it.

    Its first word is a known runner or a script, or it has options.  One word alone is
    a command only if it is a runner's name that nobody gives to anything else.
    """
    text = literal[_ASSIGNMENTS.match(literal).end() :]  # type: ignore[union-attr]
    first, space, _ = text.partition(" ")
    name = first.rpartition("/")[2]
    if _SCRIPT.fullmatch(first):
        return True
    if first.endswith(":"):
        # A line of the workflow: `runs-on: ubuntu-latest`.
        return False
    if space:
        return name in vocabulary.TOOLS or _OPTION.search(text) is not None
    return name in vocabulary.TOOLS and name not in vocabulary.WORDS_BEFORE_TOOLS


def begins_command(word: str) -> bool:
    """Tell whether a command without back-ticks may begin with *word*."""
    return word.rpartition("/")[2] in vocabulary.TOOLS or _SCRIPT.fullmatch(word) is not None


def is_title(literal: str) -> bool:
    """Tell whether *literal* reads like the title of a step: ``Run unit tests``."""
    return " " in literal and literal[0].isupper() and not is_command(literal)


def is_job_name(literal: str) -> bool:
    """Tell whether *literal* has the shape of a job's key, and of nothing else there."""
    if literal in _EVENTS or _RUNNER.fullmatch(literal):
        return False
    return _JOB.fullmatch(literal) is not None


_NAME = r"[^\W\d][\w$]*"
_IDENTIFIER = re.compile(rf"{_NAME}(?:(?:::|\.|#){_NAME})*\??")
_HOME = re.compile(r"^(?:(?:crate|self|super|Self)::|self\.|this\.|::)+")
_SUBTEST = re.compile(r"Test\w*/\S.*")
_ARITY = re.compile(r"/[0-9]{1,2}$")
_QUOTED = re.compile(r"\"([^\"]{1,300})\"|“([^”]{1,300})”|'([^']{1,300})'")
_JOINTS = frozenset({"", "and"})
_STARS = re.compile(r"(?<=\w)\*")  # a glob of tests: `test_push_*`
_LINE = re.compile(r"L[0-9]+")
_KIND = re.compile(
    rf"^(?:(?:async|export|pub|public|static) )?(?:{'|'.join(vocabulary.KIND_WORDS - {'mod', 'module', 'tests'})}) (?=[^\W\d])"
)
_LONGEST = 300
_DEEPEST = 6
_MOST = 64


def is_identifier(text: str) -> bool:
    """Tell whether *text* is a name or names joined by ``::``, ``#`` or a full stop."""
    return len(text) <= _LONGEST and _IDENTIFIER.fullmatch(text) is not None


def _names_file(text: str) -> bool:
    ending = text.rpartition(".")[2].lower()
    is_ending = ending in vocabulary.EXTENSIONS and ending not in vocabulary.AMBIGUOUS_EXTENSIONS
    return "::" not in text and "." in text and (is_ending or text in vocabulary.KNOWN_FILES)


def read_symbols(literal: str) -> tuple[str, ...]:
    """Return the symbols that *literal* names; none if it is prose or a value.

    ``A::{B,C}`` names two.  A parametrised test's brackets drop out, and so do the
    words by which code names its own home (``Self::``, ``crate::``).
    """
    if len(literal) > _LONGEST or literal.lower() in vocabulary.VALUES or _names_file(literal):
        return ()
    if _LINE.fullmatch(literal):
        return ()
    return read_path_symbols(literal)


def read_title(literal: str) -> tuple[str, ...]:
    """Return *literal* as the title of a test, where tests have titles with blanks."""
    title = literal.strip()
    is_title = " " in title and len(title) <= _LONGEST
    return (title,) if is_title and not is_command(title.replace(" > ", " ")) else ()


def quoted_titles(text: str) -> tuple[str, ...]:
    """Return the titles in quotes of which *text* consists; none if it says more."""
    if any(word not in _JOINTS for word in re.split(r"[\s,;+&]+", _QUOTED.sub(" ", text))):
        return ()
    return tuple("".join(match.groups("")) for match in _QUOTED.finditer(text))


def read_path_symbols(text: str) -> tuple[str, ...]:
    """Return the symbols of ``path::`` followed by *text*, where it can be no prose."""
    if len(text) > _LONGEST:
        return ()
    text = _HOME.sub("", _KIND.sub("", text)).removesuffix("()")
    if _SUBTEST.fullmatch(text):
        return (text,)
    bare = text.partition("[")[0] if text.endswith("]") else text  # a test's parameters
    bare = _ARITY.sub("", bare)
    names = expand(bare) if "{" in bare else [bare]
    are_names = all(is_identifier(_STARS.sub("x", name)) for name in names)
    return tuple(dict.fromkeys(names)) if names and are_names else ()


def expand(text: str, depth: int = 0) -> list[str]:
    """Return the words that braces at the end of *text* stand for.

    ``A::{B,C::{D,E}}`` is ``A::B``, ``A::C::D`` and ``A::C::E``; ``A::{self,B}`` names ``A``
    as well.  The list is empty if the braces do not close or are nested too deeply.
    """
    prefix, brace, rest = text.partition("{")
    if not brace:
        return [text]
    if (
        depth > _DEEPEST
        or not rest.endswith("}")
        or not (prefix.endswith(("::", ".")) or not prefix)
    ):
        return []
    names: list[str] = []
    for part in split_braces(rest[:-1]):
        inner = expand(part, depth + 1)
        names += [prefix.rstrip(":.") if name == "self" else prefix + name for name in inner]
        if not inner or len(names) > _MOST:
            return []
    return names


def split_braces(text: str) -> list[str]:
    """Return the parts of *text* between commas that no brace encloses."""
    parts, depth, start = [], 0, 0
    for index, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if character == "," and depth == 0:
            parts.append(text[start:index])
            start = index + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]
