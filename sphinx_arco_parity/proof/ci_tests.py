"""Holds each cited test against the commands of its declaration that are in CI.

A test is missed only if none of the commands selects it and none is unknown, commands of
another language's runner aside.  Called by :mod:`.ci`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from sphinx_arco_parity.proof import ci_messages as say
from sphinx_arco_parity.repository.definitions import language_of
from sphinx_arco_parity.repository.selection import Selection, Subject, runner_of
from sphinx_arco_parity.repository.selection.runners import COMPUTED
from sphinx_arco_parity.repository.workflows.matching import quoted_commands

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_arco_parity.model.records import Verdict
    from sphinx_arco_parity.proof.ci_lookup import Lookup
    from sphinx_arco_parity.proof.ci_workflows import Workflows
    from sphinx_arco_parity.proof.cited import CitedTest
    from sphinx_arco_parity.repository.files import Repository
    from sphinx_arco_parity.repository.workflows import CiCommand, Job, Workflow

#: Files of one cited folder beyond which its tests are not judged.
_FILES = 200

#: Added to the rank of a command that would select the test as it is quoted.
_AS_QUOTED = 10


@dataclass(frozen=True, slots=True)
class _Miss:
    """A test that a piece of CI evidence does not run."""

    index: int
    """Of the evidence."""
    job: Job
    command: CiCommand
    selection: Selection
    rank: int


def misses(
    found: Sequence[Lookup], tests: Sequence[CitedTest], workflows: Workflows
) -> dict[int, Verdict]:
    """Return the verdicts of the commands that miss a test, by their index in *found*."""
    missed: dict[int, list[tuple[CitedTest, Subject, _Miss]]] = {}
    if any(lookup.commands and lookup.evidence.command is not None for lookup in found):
        for test in tests:
            for subject, miss in _of_test(test, found, workflows):
                missed.setdefault(miss.index, []).append((test, subject, miss))
    return {
        index: _verdict(found[index], group, workflows)
        for index, group in missed.items()
    }


def _of_test(
    test: CitedTest, found: Sequence[Lookup], workflows: Workflows
) -> Iterator[tuple[Subject, _Miss]]:
    """Give the miss of *test*, if there is one."""
    subjects = _subjects(test, workflows.repository)
    results = [_held(subject, found, workflows) for subject in subjects]
    if results and all(result is not None for result in results):
        best = max(
            ((s, r) for s, r in zip(subjects, results, strict=True) if r is not None),
            key=lambda pair: pair[1].rank,
        )
        yield best


def _subjects(test: CitedTest, repository: Repository) -> list[Subject]:
    """Return what *test* is: a test, a file, or every file of a folder or glob."""
    cited = test.evidence
    path = cited.path.removeprefix("./").rstrip("/")
    if repository.is_file(path):
        language = test.language or language_of(path)
        return (
            [
                Subject(
                    path=path,
                    symbol=cited.symbol,
                    definition=test.definition,
                    language=language,
                )
            ]
            if language
            else []
        )
    pattern = f"{path}/**" if repository.is_directory(path) else path
    files = repository.glob(pattern)
    if not files or len(files) > _FILES:
        return []
    subjects = [Subject(path=file, language=language_of(file)) for file in files]
    return [
        subject
        for subject in subjects
        if subject.language and _is_test_file(subject.path)
    ]


def _is_test_file(path: str) -> bool:
    name = path.rpartition("/")[2]
    return not name.endswith(".py") or name not in {"conftest.py", "__init__.py"}


def _held(
    subject: Subject, found: Sequence[Lookup], workflows: Workflows
) -> _Miss | None:
    """Return the nearest miss of *subject*, ``None`` if it is run or may be."""
    nearest: _Miss | None = None
    for index, lookup in enumerate(found):
        miss = _by_one(index, lookup, subject, workflows)
        if miss is None:
            return None
        if isinstance(miss, _Miss) and (nearest is None or miss.rank > nearest.rank):
            nearest = miss
    return nearest


def _by_one(
    index: int, lookup: Lookup, subject: Subject, workflows: Workflows
) -> _Miss | Literal[False] | None:
    """Return the miss of *subject* by one piece of evidence.

    ``False`` if it says nothing of such tests, ``None`` if it runs the test or may.
    """
    quoted = lookup.evidence.command
    bare = quoted is None and lookup.evidence.job is None
    if (lookup.present is None or lookup.steps) and _may_concern(quoted, subject):
        return None
    best: _Miss | Literal[False] = False
    for job, command in lookup.commands:
        answer = _answer(command, subject, workflows)
        if answer is None or (bare and runner_of(command.shell).kind not in COMPUTED):
            continue
        if not answer.missed:
            return None
        rank = _rank(quoted, command, answer, subject, workflows)
        if quoted is not None and (
            best is False or (isinstance(best, _Miss) and rank > best.rank)
        ):
            best = _Miss(index, job, command, answer, rank)
    return best


def _may_concern(quoted: str | None, subject: Subject) -> bool:
    """Tell whether what is quoted, which cannot be followed, may run *subject*."""
    parts = quoted_commands(quoted or "")
    if not parts:
        return True
    runners = [runner_of(part) for part in parts]
    return any(
        r.kind != "nothing" and r.language in {None, subject.language} for r in runners
    )


def _answer(
    command: CiCommand, subject: Subject, workflows: Workflows
) -> Selection | None:
    """Return whether *command* runs *subject*, ``None`` if that is no matter of it."""
    runner = runner_of(command.shell)
    if runner.kind == "nothing":
        return None
    if runner.language is not None and runner.language != subject.language:
        return None
    if runner.kind not in COMPUTED:
        return Selection(selected=None)
    return workflows.selects(command, subject)


def _rank(
    quoted: str | None,
    command: CiCommand,
    answer: Selection,
    subject: Subject,
    workflows: Workflows,
) -> int:
    for part in quoted_commands(quoted or ""):
        there = replace(part, directory=command.shell.directory)
        if (
            runner_of(part).kind in COMPUTED
            and workflows.quoted_selects(there, subject).selected
        ):
            return _AS_QUOTED + answer.nearness
    return answer.nearness


def _verdict(
    lookup: Lookup,
    group: Sequence[tuple[CitedTest, Subject, _Miss]],
    workflows: Workflows,
) -> Verdict:
    _, subject, miss = group[0]
    shown = [(_shown(test), m.selection.reason) for test, _, m in group]
    running = _running(subject, lookup.workflow, workflows)
    return say.excluded(lookup.evidence, miss.job, miss.command, shown, running)


def _running(
    subject: Subject, cited: Workflow | None, workflows: Workflows
) -> say.Runs | None:
    """Return a step that does run the test; one that holds up pull requests if any."""
    fallback: say.Runs | None = None
    first = cited.path if cited else None
    for workflow, job, command in workflows.running(subject, first):
        found = say.Runs(workflow=workflow, job=job, command=command, cited=cited)
        if command.not_gating is None and job.not_gating is None:
            return found
        fallback = fallback or found
    return fallback


def _shown(test: CitedTest) -> str:
    cited = test.evidence
    return f"`{cited.symbol}` ({cited.path})" if cited.symbol else cited.path
