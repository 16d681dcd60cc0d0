"""Holds each cited test against the commands of its declaration that are in CI.

A test is missed only if none of the commands selects it and none is unknown, commands of
another language's runner aside.  Where none selects it and some may, those are unknown.
Called by :mod:`.ci`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sphinx_arco_parity.model.records import Verdict
from sphinx_arco_parity.proof import ci_messages as say
from sphinx_arco_parity.proof.ci_lookup import Lookup
from sphinx_arco_parity.proof.ci_workflows import Running, Workflows, in_the_end
from sphinx_arco_parity.proof.judged import CitedTest
from sphinx_arco_parity.repository.definitions import language_of, missing_language
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection import Selection, Subject, runner_of
from sphinx_arco_parity.repository.selection.runners import COMPUTED, SELECTING
from sphinx_arco_parity.repository.selection.verdicts import ELSEWHERE, missed, unknown
from sphinx_arco_parity.repository.workflows import CiCommand, Job
from sphinx_arco_parity.repository.workflows.matching import quoted_commands

#: Files of one cited folder beyond which its tests are not judged.
_FILES = 200

#: Added to the rank of a command that would select the test as it is quoted.
_AS_QUOTED = 10

_IDLE = missed("runs no tests", ELSEWHERE - 1)

#: Languages whose tests the runners of another one run.
_RUN_AS = {"typescript": "javascript", "kotlin": "java"}


@dataclass(frozen=True, slots=True)
class _Miss:
    """A test that a piece of CI evidence does not run."""

    index: int
    """Of the evidence."""
    job: Job
    command: CiCommand
    selection: Selection
    rank: int


@dataclass(slots=True)
class _Held:
    """What all the CI evidence of a declaration does with one test."""

    runs: bool = False
    doubts: dict[int, str] = field(default_factory=dict)
    """Why it cannot be told, by the index of the evidence that may run it."""
    miss: _Miss | None = None
    """The nearest."""


def misses(
    found: Sequence[Lookup], tests: Sequence[CitedTest], workflows: Workflows
) -> dict[int, Verdict]:
    """Return the verdicts that the tests give commands, by their index in *found*.

    A command that misses a test is excluded; one that no other makes up for, and of which
    it cannot be told whether it runs a test, is unknown.
    """
    if not any((lookup.commands or lookup.steps) and lookup.evidence.command for lookup in found):
        return {}
    excluded: dict[int, list[tuple[CitedTest, Subject, _Miss]]] = {}
    doubtful: dict[int, Verdict] = {}
    for test in tests:
        subjects = _subjects(test, workflows.repository)
        held = [_held(subject, found, workflows) for subject in subjects]
        if not held or any(answer.runs for answer in held):
            continue
        if any(answer.doubts for answer in held):
            _doubt(doubtful, [answer.doubts for answer in held], test, found)
        elif all(answer.miss is not None for answer in held):
            pairs = [(s, a.miss) for s, a in zip(subjects, held, strict=True) if a.miss]
            subject, miss = max(pairs, key=lambda pair: pair[1].rank)
            if miss.selection is not _IDLE or all(lookup.evidence.command for lookup in found):
                excluded.setdefault(miss.index, []).append((test, subject, miss))
    said = {index: _verdict(found[index], group, workflows) for index, group in excluded.items()}
    return {**doubtful, **said}


def may_run(lookup: Lookup, tests: Sequence[CitedTest], workflows: Workflows) -> bool:
    """Tell whether what *lookup* found runs each of *tests*, or may."""
    held = [
        [_held(subject, [lookup], workflows) for subject in _subjects(test, workflows.repository)]
        for test in tests
    ]
    return all(not test or any(answer.runs or answer.doubts for answer in test) for test in held)


def _doubt(
    verdicts: dict[int, Verdict],
    reasons: Sequence[dict[int, str]],
    test: CitedTest,
    found: Sequence[Lookup],
) -> None:
    """Make the commands that are verified, and may not run *test*, unknown."""
    for index, reason in (pair for answer in reasons for pair in answer.items()):
        verdict = found[index].verdict
        if verdict.name == "verified" and found[index].evidence.command:
            command = found[index].commands[0][1] if found[index].commands else None
            shown = say.doubt(found[index].evidence, _shown(test), reason, command)
            verdicts.setdefault(index, replace(verdict, name="unknown", detail=shown))


def _subjects(test: CitedTest, repository: Repository) -> list[Subject]:
    """Return what *test* is: a test, a file, or every file of a folder or glob."""
    cited = test.evidence
    path = cited.path.removeprefix("./").rstrip("/")
    if repository.is_file(path):
        language = _language(path)
        return [
            Subject(path=path, symbol=cited.symbol, definition=test.definition, language=language)
        ]
    files = repository.below(path)
    if not files or len(files) > _FILES:
        return []
    subjects = [Subject(path=file, language=_language(file)) for file in files]
    return [subject for subject in subjects if subject.language and _is_test_file(subject.path)]


def _language(path: str) -> str | None:
    # Which runner a file belongs to is known without a parser for it.
    language = language_of(path) or missing_language(path)
    return _RUN_AS.get(language or "", language)


def _is_test_file(path: str) -> bool:
    name = path.rpartition("/")[2]
    return not name.endswith(".py") or name not in {"conftest.py", "__init__.py"}


def _held(subject: Subject, found: Sequence[Lookup], workflows: Workflows) -> _Held:
    """Return what the evidence *found* does with *subject*."""
    held = _Held()
    for index, lookup in enumerate(found):
        quoted = lookup.evidence.command
        bare = quoted is None and lookup.evidence.job is None
        if (lookup.present is None or lookup.steps) and _may_concern(quoted, subject):
            held.doubts[index] = "may run it in a way that cannot be read"
        for job, command in in_the_end(lookup.commands):
            answer = _answer(command, subject, workflows)
            if answer is None or (bare and runner_of(command.shell).kind not in COMPUTED):
                continue
            if answer.selected:
                held.runs = True
            elif answer.selected is None:
                held.doubts.setdefault(index, answer.reason)
            elif quoted is not None:
                rank = _rank(quoted, command, answer, subject, workflows)
                if held.miss is None or rank > held.miss.rank:
                    held.miss = _Miss(index, job, command, answer, rank)
    return held


def _may_concern(quoted: str | None, subject: Subject) -> bool:
    """Tell whether what is quoted, which cannot be followed, may run *subject*."""
    parts = quoted_commands(quoted or "")
    if not parts:
        return True
    runners = [runner_of(part) for part in parts]
    return any(r.kind != "nothing" and r.language in {None, subject.language} for r in runners)


def _answer(command: CiCommand, subject: Subject, workflows: Workflows) -> Selection | None:
    """Return whether *command* runs *subject*, ``None`` if that is no matter of it."""
    runner = runner_of(command.shell)
    if runner.language is not None and runner.language != subject.language:
        return None
    if runner.kind == "nothing":
        return _IDLE
    if runner.kind not in SELECTING:
        return unknown("starts something that may run it")
    return workflows.selects(command, subject)


def _rank(
    quoted: str,
    command: CiCommand,
    answer: Selection,
    subject: Subject,
    workflows: Workflows,
) -> int:
    for part in quoted_commands(quoted):
        there = replace(part, directory=command.shell.directory)
        if runner_of(part).kind in SELECTING and workflows.quoted_selects(there, subject).selected:
            return _AS_QUOTED + answer.nearness
    return answer.nearness


def _verdict(
    lookup: Lookup, group: Sequence[tuple[CitedTest, Subject, _Miss]], workflows: Workflows
) -> Verdict:
    _, subject, miss = group[0]
    shown = [(_shown(test), m.selection.reason) for test, _, m in group]
    cited = lookup.workflow
    running = _running(subject, cited.path if cited else None, workflows)
    return say.excluded(lookup.evidence, miss.job, miss.command, shown, running, cited)


def _running(subject: Subject, first: str | None, workflows: Workflows) -> Running | None:
    """Return what does run the test; one that holds up pull requests if any."""
    fallback = None
    for running in workflows.running(subject, first):
        _, job, command = running
        if command.not_gating is None and job.not_gating is None:
            return running
        fallback = fallback or running
    return fallback


def _shown(test: CitedTest) -> str:
    cited = test.evidence
    return f"`{cited.symbol}` ({cited.path})" if cited.symbol else cited.path
