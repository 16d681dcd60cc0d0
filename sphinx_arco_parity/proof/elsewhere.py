"""Where that is which is not where it is cited: only what would satisfy the rule is offered."""

from __future__ import annotations

from posixpath import basename

from sphinx_arco_parity.model.records import Evidence, Fix, Verdict
from sphinx_arco_parity.proof import messages
from sphinx_arco_parity.proof.members import members
from sphinx_arco_parity.proof.naming import module_words, read_name
from sphinx_arco_parity.repository.definitions import language_of
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.source import Definition
from sphinx_arco_parity.settings.options import Settings


class Elsewhere:
    """What the policy of *settings* takes for proof in the other files of *repository*."""

    def __init__(self, repository: Repository, settings: Settings) -> None:
        self._repository = repository
        self._settings = settings

    def _is_proof(self, path: str, kind: str) -> bool:
        return self._settings.is_canonical(path, kind) and not self._settings.is_background(path)

    def _is_right(self, found: Definition, path: str, evidence: Evidence) -> bool:
        """Tell whether *found* in *path* proves what *evidence* names."""
        if found.disabled or found.fails or not self._is_proof(path, evidence.kind):
            return False
        name, symbols = read_name(evidence.symbol or ""), self._repository.symbols
        return bool(members(name, [found], path, symbols, test=evidence.kind == "test").found)

    def places(self, evidence: Evidence) -> list[tuple[str, int]]:
        """Return where the symbol of *evidence* is now: the one place that is meant, or all.

        Of a qualified name, only what belongs to the type or module; then the only one in a
        file that is spelt like the cited one is meant.
        """
        path = evidence.path
        lines: dict[str, int] = {}
        for other, line in self._every(evidence):
            lines.setdefault(other, line)
        places = list(lines.items())
        near = self._repository.nearest_path(path)
        alike = [place for place in places if near and basename(place[0]) == basename(near)]
        return alike if len(alike) == 1 else places

    def _every(self, evidence: Evidence) -> list[tuple[str, int]]:
        """Return each definition in another file that may be meant: its path and line."""
        word, is_test = read_name(evidence.symbol or "").word, evidence.kind == "test"
        search = self._repository.symbols.search
        return [
            (path, found.line)
            for path, found in search.places(evidence.path, word, test=is_test)
            if self._is_right(found, path, evidence)
        ]

    def fix(self, evidence: Evidence) -> Fix | None:
        """Return what may be written for a symbol that has moved to the one place left."""
        places = self._every(evidence) if evidence.symbol else []
        if len(places) != 1 or (evidence.end_line and not evidence.line):
            return None
        [(path, line)] = places
        return Fix(
            path=evidence.path,
            new_path=path,
            file=path,
            line=evidence.line or 0,
            new_line=line if evidence.line else 0,
            option="--across-files",
        )

    def anywhere(self, evidence: Evidence) -> list[tuple[str, int]]:
        """Return where the qualified name of *evidence*, which names no path, is defined.

        The last word before the name is the type around it, or the name of the module (in
        Go, of its folder); the others are around it too.
        """
        name, is_test = read_name(evidence.symbol or ""), evidence.kind == "test"
        if not name.scope:
            return []
        owner, lines = name.scope[-1], dict[str, int]()
        search = self._repository.symbols.search
        for path, found in search.places("", name.word, test=is_test, owner=owner):
            module = module_words(path)
            if (
                {*name.scope} <= {*found.scope, *module}
                and owner in {*found.scope, *module[-2 if path.endswith(".go") else -1 :]}
                and self._is_right(found, path, evidence)
            ):
                lines.setdefault(path, found.line)
        return list(lines.items())

    def judge(self, evidence: Evidence) -> Verdict:
        """Judge a qualified name without a path: verified where it is defined."""
        places = self.anywhere(evidence)
        if not places:
            return messages.unknown(f"{messages.noun(evidence)} names no file, and none defines it")
        shown = messages.shown(places)
        return Verdict(name="verified", detail=f"{messages.noun(evidence)} is in {shown}")

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
