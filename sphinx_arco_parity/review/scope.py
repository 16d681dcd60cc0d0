"""Which exceptions a change touches, as ``parity_review_scope`` says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.model.records import ParityRow
from sphinx_arco_parity.review.lock import LockedRow
from sphinx_arco_parity.review.triggers import parse_trigger
from sphinx_arco_parity.settings.options import Settings
from sphinx_arco_parity.text.words import label_key


class Scope:
    """Answers for one register; every answer is in the order of the register."""

    def __init__(self, register: Register, settings: Settings) -> None:
        """Answer for *register* as *settings* say."""
        self._register = register
        self._settings = settings
        said = settings.review_scope
        self.is_all = said == "all"
        """Every change touches every exception, which is the literal reading."""
        self._of_section = {} if isinstance(said, str) else _by_section(said)
        self._is_linked = said == "linked"

    def of_row(self, row: ParityRow | None, old: LockedRow | None) -> tuple[str, ...]:
        """Return the exceptions that a change from *old* to *row* touches."""
        if self.is_all:
            return self._every
        sections = [row.section] if row else []
        sections += [old.section] if old else []
        keys = {label_key(section) for section in sections if section.strip()}
        if not self._is_linked:
            return self._declared(item for key in keys for item in self._of_section.get(key, ()))
        cited = list(self._register.cited_by_row(row)) if row else []
        cited += old.exceptions if old else ()
        cited += [item for key in keys for item in self._cited_in_section[key]]
        return self._declared(cited)

    def of_milestone(self, milestone: str | None) -> tuple[str, ...]:
        """Return the exceptions that reaching *milestone* touches.

        With ``linked`` those whose trigger names it, with a mapping all that it holds.
        """
        if self.is_all:
            return self._every
        if not self._is_linked:
            return self._declared(item_id for ids in self._of_section.values() for item_id in ids)
        return tuple(
            exception.id
            for exception in self._register.exceptions_by_id.values()
            if milestone in parse_trigger(exception.revisit, self._settings.milestones).milestones
        )

    @cached_property
    def _every(self) -> tuple[str, ...]:
        return tuple(self._register.exceptions_by_id)

    @cached_property
    def _cited_in_section(self) -> dict[str, list[str]]:
        cited = defaultdict[str, list[str]](list)
        for row in self._register.rows:
            if row.section.strip():
                cited[label_key(row.section)] += self._register.cited_by_row(row)
        return cited

    def _declared(self, ids: Iterable[str]) -> tuple[str, ...]:
        given = set(ids)
        return tuple(key for key in self._register.exceptions_by_id if key in given)


def _by_section(mapping: object) -> dict[str, list[str]]:
    assert isinstance(mapping, dict)  # noqa: S101 - checked with the settings
    return {label_key(section): list(ids) for section, ids in mapping.items()}
