"""Literals beside a workflow: which is a command, which may be a job.

Called by :mod:`.ci_cells` and :mod:`.printing`.
"""

from __future__ import annotations

import re

from sphinx_arco_parity.notation.vocabulary import TOOLS, WORDS_BEFORE_TOOLS

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
        return name in TOOLS or _OPTION.search(text) is not None
    return name in TOOLS and name not in WORDS_BEFORE_TOOLS


def begins_command(word: str) -> bool:
    """Tell whether a command without back-ticks may begin with *word*."""
    return word.rpartition("/")[2] in TOOLS or _SCRIPT.fullmatch(word) is not None


def is_title(literal: str) -> bool:
    """Tell whether *literal* reads like the title of a step: ``Run unit tests``."""
    return " " in literal and literal[0].isupper() and not is_command(literal)


def is_job_name(literal: str) -> bool:
    """Tell whether *literal* has the shape of a job's key, and of nothing else there."""
    if literal in _EVENTS or _RUNNER.fullmatch(literal):
        return False
    return _JOB.fullmatch(literal) is not None
