"""Proves evidence: each reference that a declaration cites gets a verdict.

:func:`prove` is called for each row, exception and claim; :func:`prepare`, before that,
with all evidence of a build, so that each file is parsed once.  Nothing here opens a
file: :class:`.Repository` does.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_arco_parity.model.records import Verdict
from sphinx_arco_parity.proof.cited import CitedTest
from sphinx_arco_parity.proof.code import judge_file
from sphinx_arco_parity.proof.ignored import run_all_the_same
from sphinx_arco_parity.proof.judged import Judged
from sphinx_arco_parity.proof.kinds import is_unit_test, kind_of
from sphinx_arco_parity.proof.paths import judge_path
from sphinx_arco_parity.proof.shared_lines import settle
from sphinx_arco_parity.repository.definitions import language_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx_arco_parity.model.records import Evidence
    from sphinx_arco_parity.repository.files import Repository
    from sphinx_arco_parity.settings.options import Settings

__all__ = ["CitedTest", "is_unit_test", "kind_of", "prepare", "prove"]


def prove(
    evidence: Sequence[Evidence], *, repository: Repository, settings: Settings
) -> tuple[Verdict, ...]:
    """Return a verdict for each piece of the evidence of one declaration, in its order.

    A piece counts as the kind that :func:`kind_of` gives it.  A CI command is judged
    together with the tests of the same declaration.
    """
    judged = [_judge(one, repository, settings) for one in evidence]
    verdicts = settle(evidence, judged)
    commands = [index for index, one in enumerate(judged) if one.verdict.name == _TO_CI]
    if commands:
        tests = [
            CitedTest(
                evidence=one,
                verdict=verdict,
                definition=found.meant,
                language=language_of(one.path),
            )
            for one, verdict, found in zip(evidence, verdicts, judged, strict=True)
            if one.kind == "test" and kind_of(one, settings) == "test"
        ]
        said = _judge_ci([evidence[i] for i in commands], tests, repository, settings)
        for index, verdict in zip(commands, said, strict=True):
            verdicts[index] = verdict
    return tuple(run_all_the_same(evidence, verdicts))


def prepare(evidence: Iterable[Evidence], *, repository: Repository) -> None:
    """Find the definitions that *evidence*, of all declarations, asks for.

    Costs nothing that :func:`prove` would not cost, but takes the files one after the
    other, so that none is parsed twice.
    """
    if repository.problems:
        return
    by_path: dict[str, list[Evidence]] = {}
    for one in evidence:
        if one.path and one.symbol and one.kind != "ci":
            by_path.setdefault(one.path.removeprefix("./"), []).append(one)
    with _without_collector():
        for path, cited in by_path.items():
            if language_of(path) is not None and repository.exists(path):
                for one in cited:
                    judge_file(one, path, repository.symbols)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Hold the collector of cycles back while many values are made that all stay.

    It would look through all of them, and through all of the build, again and again:
    half of the time of a build in which nothing changed.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


_TO_CI = "to be judged as CI"
"""Stands for a verdict until the commands of a declaration are judged together."""


def _judge(one: Evidence, repository: Repository, settings: Settings) -> Judged:
    kind = kind_of(one, settings)
    if kind == "ci" and not one.path:
        return Judged(verdict=Verdict(name=_TO_CI))
    found = judge_path(one.path, kind, repository=repository, settings=settings)
    if found.verdict is not None:
        return Judged(verdict=found.verdict, path=one.path)
    if kind == "ci" and not found.many:
        return Judged(verdict=Verdict(name=_TO_CI), path=found.path)
    if not found.many:
        cited = one if one.kind == kind else replace(one, kind=kind)
        return judge_file(cited, found.path, repository.symbols)
    if one.symbol is None and one.line is None:
        said = Verdict(name="verified", detail=f"{one.path} is in the repository")
    else:
        said = Verdict(
            name="unknown", detail=f"{one.path} is no single file to look into"
        )
    return Judged(verdict=said, path=found.path)


def _judge_ci(
    commands: Sequence[Evidence],
    tests: Sequence[CitedTest],
    repository: Repository,
    settings: Settings,
) -> Sequence[Verdict]:
    from sphinx_arco_parity.proof.ci import (  # noqa: PLC0415 - workflows are read only where one is cited
        judge_commands,
    )

    return judge_commands(commands, tests, repository, settings)
