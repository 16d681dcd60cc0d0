"""Where that is which is not where it is cited: only what would satisfy the rule is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_arco_parity.proof import messages
from sphinx_arco_parity.proof.members import members
from sphinx_arco_parity.proof.naming import read_name
from sphinx_arco_parity.repository.definitions import language_of

if TYPE_CHECKING:
    from sphinx_arco_parity.model.records import Evidence
    from sphinx_arco_parity.repository.files import Repository
    from sphinx_arco_parity.settings.options import Settings


class Elsewhere:
    """What the policy of *settings* takes for proof in the other files of *repository*."""

    def __init__(self, repository: Repository, settings: Settings) -> None:
        self._repository = repository
        self._settings = settings

    def _is_proof(self, path: str, kind: str) -> bool:
        return self._settings.is_canonical(path, kind) and not self._settings.is_background(path)

    def places(self, evidence: Evidence) -> list[tuple[str, int]]:
        """Return where the symbol of *evidence* is now: the one place that is meant, or all.

        Of a qualified name, only what belongs to the type or module; then the only one in a
        file that is spelt like the cited one is meant.
        """
        path, name, kind = evidence.path, read_name(evidence.symbol or ""), evidence.kind
        found = [
            (other, definition)
            for other, definition in self._repository.symbols.search.places(
                path, name.word, test=kind == "test"
            )
            if self._is_proof(other, kind) and not definition.disabled and not definition.fails
        ]
        symbols, is_test = self._repository.symbols, kind == "test"
        lines: dict[str, int] = {}
        for other, definition in found:
            if members(name, [definition], other, symbols, test=is_test).found:
                lines.setdefault(other, definition.line)
        places = list(lines.items())
        near = self._repository.nearest_path(path)
        alike = [place for place in places if near is not None and _file(place[0]) == _file(near)]
        return alike if len(alike) == 1 else places

    def instead_of(self, evidence: Evidence) -> tuple[str | None, str]:
        """Return the path that may be meant by one which is not there, and what to do.

        A symbol decides before the spelling of the path.
        """
        path, symbol, symbols = evidence.path, evidence.symbol, self._repository.symbols
        if symbol is not None and language_of(path) is not None:
            places = self.places(evidence)
            help_ = messages.instead(evidence, places) if places else messages.NOW
            return places[0][0] if len(places) == 1 else None, help_
        near = self._repository.nearest_path(path)
        if near is None or not self._is_proof(near, evidence.kind):
            return None, messages.NOW
        if symbol is not None and not symbols.search.spells(near, read_name(symbol).word):
            return None, messages.NOW
        return near, f"cite {near}, or what proves it now"


def _file(path: str) -> str:
    return path.rpartition("/")[2]
