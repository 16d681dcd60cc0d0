"""Findings: one violation of one rule, with its place, message and help.

Rules yield them, :mod:`sphinx_arco_parity.assessment.assess` sorts and grades them, reports and
exports show them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

from sphinx_arco_parity.model.records import Fix, Place


class Severity(StrEnum):
    """What a finding does to a build."""

    ERROR = "error"
    """Fails every build."""
    WARNING = "warning"
    """A Sphinx warning: fails with ``-W``."""
    INFO = "info"
    """Appears in reports only."""
    OFF = "off"
    """Is not looked for."""


_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One violation of one rule."""

    rule: str
    severity: Severity
    message: str
    """What is wrong, in one line; begins with the item."""
    help: str
    """What to do, in one line; may be empty."""
    place: Place
    """What must change."""
    item: str
    """The id of the row, claim, exception or ADR, or the name of a page or file."""
    docname: str = ""
    """The page on which it is shown; empty if there is none."""
    anchor: str = ""
    """The element of that page at which it is shown."""
    fix: Fix | None = None
    """What ``arco-parity fix`` may write instead."""

    written: tuple[str, int] | None = None
    """For one about evidence: the item as written, and how often that stands before it in
    the declaration."""

    field: str = ""
    """The field that is wrong, if one is."""
    column: int | None = None
    """In which column of its table that stands, from 0, if it was read from one."""
    role: tuple[str, str] | None = None
    """Kind and target of the role in ordinary text that it is about, if it is."""

    cause: str = ""
    """What it has in common with others of its rule, which people are told once."""

    @property
    def is_fixable(self) -> bool:
        """Whether ``arco-parity fix`` rewrites it without an option."""
        return self.fix is not None and not self.fix.option

    @property
    def home(self) -> str:
        """Where on its page it is shown: an anchor, or what no anchor is for a role."""
        return " ".join(self.role) if self.role else self.anchor

    @property
    def id(self) -> str:
        """Twelve hex digits that stay the same while lines and counts change."""
        text = "\0".join((self.rule, self.item, _NUMBERS.sub("", self.message)))
        return blake2b(text.encode(errors="replace"), digest_size=6).hexdigest()
