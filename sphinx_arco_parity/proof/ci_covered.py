"""Whether CI runs all the tests that a bare command selects, though no step is that command.

``cargo test --test flows tick`` says how to run some tests; a workflow that runs
``cargo test`` runs them.  Called by :mod:`.ci_lookup` for a command that names no workflow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sphinx_arco_parity.proof.ci_workflows import Running, Workflows, in_the_end
from sphinx_arco_parity.repository.definitions import language_of
from sphinx_arco_parity.repository.selection import Subject, runner_of
from sphinx_arco_parity.repository.selection.runners import SELECTING
from sphinx_arco_parity.repository.shell import ShellCommand
from sphinx_arco_parity.repository.source import UnreadableFileError

#: Files with tests, and tests, beyond which nothing is said.
_FILES, _TESTS = 150, 400

#: What the command runs is no test that a file defines.
_APART = frozenset({"--doc", "--no-run", "--benches", "--bench", "--collect-only", "--co"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """What CI does with the tests of a command."""

    running: tuple[Running, ...] = ()
    """The commands that run them, if each is run."""
    tests: int = 0
    """How many tests there are."""
    empty: bool = False
    """The command plainly selects no test."""
    missed: bool = False
    """Some test is plainly run by nothing."""


def covered(parts: Sequence[ShellCommand], workflows: Workflows) -> Covered:
    """Return what CI does with the tests that the quoted *parts* select."""
    tests: list[Subject] = []
    doubt = False
    for part in parts:
        if _APART & {word.text for word in part.words}:
            return Covered()
        for test in _candidates(part, workflows):
            answer = workflows.quoted_selects(part, test) if test.definition else None
            doubt |= answer is None or answer.selected is None
            if answer is not None and answer.selected:
                tests.append(test)
    if doubt:
        return Covered()
    found = [_run(test, workflows) for test in tests]
    running = {id(by[2]): by for by, _ in found if by}
    if tests and all(by for by, _ in found):
        return Covered(running=tuple(running.values()), tests=len(tests))
    return Covered(empty=not tests, missed=any(not by and not doubt for by, doubt in found))


def _candidates(part: ShellCommand, workflows: Workflows) -> Iterator[Subject]:
    """Give the tests that *part* may select; one without a definition where that is unclear."""
    runner = runner_of(part)
    repository = workflows.repository
    words = [word.text for word in runner.command.words[1:] if not word.text.startswith("-")]
    sought = {piece for word in words for piece in word.split("::")[-1:] if piece} - {"test"}
    files = [
        path
        for path in repository.files()
        if language_of(path) == runner.language and _may_hold(path, sought, workflows)
    ]
    given = 0
    for path in files[:_FILES]:
        try:
            names = repository.symbols.definitions(path)
        except UnreadableFileError:
            names = None
        tests = [name for name in names.definitions if name.is_test] if names else []
        # A macro may make what a file spells and does not define.
        if not tests and any(word in (repository.text(path) or "") for word in sought):
            yield Subject(path=path)
        for test in islice(tests, _TESTS):
            yield Subject(path=path, symbol=test.name, definition=test, language=runner.language)
        given += len(tests)
    if len(files) > _FILES or given > _TESTS:
        yield Subject(path="")


def _may_hold(path: str, sought: set[str], workflows: Workflows) -> bool:
    if not sought or any(word.strip("./") in path for word in sought):
        return True
    text = workflows.repository.text(path) or ""
    return any(word in text for word in sought)


def _run(test: Subject, workflows: Workflows) -> tuple[Running | None, bool]:
    """Return what runs *test* and holds up a pull request, and whether something else may."""
    doubt = False
    for workflow in workflows.readable():
        for job in workflow.jobs:
            for _, command in in_the_end((job, command) for command in job.commands):
                runner = runner_of(command.shell)
                is_lost = command.not_gating or job.not_gating
                if is_lost or runner.language not in {None, test.language}:
                    continue
                known = runner.kind in SELECTING
                answer = workflows.selects(command, test).selected if known else None
                if answer:
                    return (workflow, job, command), False
                doubt |= answer is None and runner.kind != "nothing"
    return None, doubt
