"""Proves evidence: each reference that a declaration cites gets a verdict.

A build makes one :class:`Prover`.  Nothing here opens a file: :class:`.Repository` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from sphinx_arco_parity.model.marks import Mark
from sphinx_arco_parity.model.records import Evidence, Fix, Verdict
from sphinx_arco_parity.model.results import LISTED
from sphinx_arco_parity.proof import messages
from sphinx_arco_parity.proof.code import CodeJudge
from sphinx_arco_parity.proof.elsewhere import Elsewhere
from sphinx_arco_parity.proof.judged import CitedTest, Judged, settled
from sphinx_arco_parity.proof.paths import PathJudge, is_unit_test
from sphinx_arco_parity.repository.definitions import language_of
from sphinx_arco_parity.repository.expected_failures import listed_marks
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.source import Definition
from sphinx_arco_parity.settings.options import Settings

if TYPE_CHECKING:
    from sphinx_arco_parity.proof.ci import CiJudge

__all__ = ["Prover", "is_unit_test"]

#: What joins a test to what is around it, in what people write.
_JOINTS = re.compile(r"::|\.(?=\w)|\s>\s|(?<=\w)/(?=\w)")


class Prover:
    """Proves evidence against one repository, and keeps what it found.

    The kinds of the evidence are final: what lies among the ADRs is of kind ``adr``.
    """

    def __init__(self, repository: Repository, settings: Settings) -> None:
        self._repository = repository
        self._settings = settings
        self._elsewhere = Elsewhere(repository, settings)
        self._paths = PathJudge(repository, settings, self._elsewhere)

    @cached_property
    def _code(self) -> CodeJudge:
        return CodeJudge(self._repository.symbols, self._elsewhere)

    @cached_property
    def _ci(self) -> CiJudge:
        # Workflows are read only where one is cited.
        from sphinx_arco_parity.proof.ci import CiJudge  # noqa: PLC0415

        return CiJudge(self._repository)

    def prepare(self, evidence: Iterable[Evidence]) -> None:
        """Find the definitions that *evidence*, of all declarations, asks for.

        Costs nothing that :meth:`prove` would not cost, but takes the files one after
        the other, so that none is parsed twice.
        """
        if self._repository.problems:
            return
        by_path: dict[str, list[Evidence]] = {}
        evidence = list(evidence)
        exists = self._repository.exists
        self._repository.ask_together(p.path for p in evidence if p.path and not exists(p.path))
        for piece in evidence:
            if piece.path and piece.symbol and piece.kind != "ci":
                by_path.setdefault(piece.path.removeprefix("./"), []).append(piece)
        for path, cited in by_path.items():
            if language_of(path) is not None and self._repository.exists(path):
                for piece in cited:
                    self._code.judge(piece, path)

    def prove(self, evidence: Sequence[Evidence]) -> tuple[Verdict, ...]:
        """Return a verdict for each piece of the evidence of one declaration, in order.

        A CI command is judged together with the tests of the same declaration.
        """
        judged = {
            index: found
            for index, piece in enumerate(evidence)
            if (found := self._judge(piece)) is not None
        }
        verdicts = {
            index: self._as_marked(evidence[index], judged[index], verdict)
            for index, verdict in settled(evidence, judged).items()
        }
        commands = [index for index in range(len(evidence)) if index not in judged]
        if commands:
            tests = [
                CitedTest(evidence=evidence[index], definition=found.meant)
                for index, found in judged.items()
                if evidence[index].kind == "test" and evidence[index].path
            ]
            paths = [p.path for p in evidence if p.kind in {"code", "test"} and p.path]
            said = self._ci.judge([evidence[index] for index in commands], tests, paths)
            verdicts.update(zip(commands, said, strict=True))
        self._run_ignored(evidence, judged, verdicts)
        return tuple(_as_written(piece, verdicts[index]) for index, piece in enumerate(evidence))

    def _judge(self, piece: Evidence) -> Judged | None:
        """Judge *piece* by itself; ``None`` for what CI has to be asked about."""
        is_ci = piece.kind == "ci"
        if is_ci and not piece.path:
            return None
        if not piece.path and piece.symbol and not self._repository.problems:
            return Judged(verdict=self._elsewhere.judge(piece))
        found = self._paths.judge(piece)
        if found.verdict is not None:
            return Judged(verdict=found.verdict, path=piece.path)
        if not found.many:
            return None if is_ci else self._code.judge(piece, found.path)
        if piece.symbol is None and piece.line is None:
            said = messages.there(piece.path)
        else:
            said = Verdict(name="unknown", detail=f"{piece.path} is no single file to look into")
        return Judged(verdict=said, path=found.path)

    def _as_marked(self, piece: Evidence, found: Judged, verdict: Verdict) -> Verdict:
        """Return *verdict* with the test that is meant, as the lists of failures have it."""
        if piece.kind != "test" or not found.path or not piece.symbol:
            return verdict
        named = cited_test(piece, found.meant)
        mark = next((m for m in self._listed if m.covers(found.path, named)), None)
        if mark is not None and verdict.name in {"verified", "moved", "unknown"}:
            line, said = verdict.found_line, f"{mark.place.path}:{mark.place.line} lists it"
            verdict = messages.expected_failure(piece, line, said, found.path)
            verdict = replace(verdict, mark=LISTED)
        return replace(verdict, test=named)

    @cached_property
    def _listed(self) -> list[Mark]:
        return listed_marks(self._repository, self._settings.expected_failures)[0]

    def _run_ignored(
        self, evidence: Sequence[Evidence], judged: dict[int, Judged], verdicts: dict[int, Verdict]
    ) -> None:
        """Let ignored tests be verified where a command in CI asks for them."""
        ignored = [index for index, found in judged.items() if found.ignored]
        if ignored and any(
            piece.command is not None
            and verdicts[index].name in {"verified", "unknown"}
            and self._ci.asks_for_ignored(piece)
            for index, piece in enumerate(evidence)
        ):
            for index in ignored:
                verdicts[index] = replace(
                    verdicts[index],
                    name="verified",
                    rule=None,
                    help="",
                    detail=f"{verdicts[index].detail} unless it is asked for, as the command does",
                )


def cited_test(piece: Evidence, meant: Definition | None) -> str:
    """Return the name of the test that *piece* cites, as :attr:`.Mark.name`.

    A parameter stands in the text of the item alone.
    """
    name = meant.whole_name if meant is not None else "::".join(_JOINTS.split(piece.symbol or ""))
    _, found, rest = piece.text.partition(f"{name.rpartition('::')[2]}[")
    return f"{name}[{rest.rpartition(']')[0]}]" if found and "]" in rest else name


def _as_written(piece: Evidence, verdict: Verdict) -> Verdict:
    """Return *verdict* with what *piece* leaves to be inferred."""
    if piece.inferred and verdict.rule is not None:
        said = f"{verdict.detail}; that name is not in back-ticks behind the path, but inferred"
        verdict = replace(verdict, detail=said)
    verdict = replace(verdict, fix=_fix_of(piece, verdict.fix))
    if piece.as_written and verdict.rule is None:
        said = f"{piece.as_written} is short for {piece.path}; {verdict.detail}"
        help_ = f"write {piece.path}"
        fix = Fix(path=piece.as_written, new_path=piece.path, file=piece.path, option="--paths")
        return replace(verdict, detail=said, rule="evidence-short-path", help=help_, fix=fix)
    return verdict


def _fix_of(piece: Evidence, fix: Fix | None) -> Fix | None:
    """Return *fix*, which is that of the file and line, for *piece* as it is written."""
    if fix is None:
        return None
    path, stays = piece.as_written or fix.path, fix.new_path == fix.path
    if piece.inferred and not stays:
        return None
    option = "--inferred" if piece.inferred else fix.option
    return replace(fix, path=path, new_path=path if stays else fix.new_path, option=option)
