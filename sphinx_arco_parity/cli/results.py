"""``arco-parity results``: write what test runners reported of the cited tests."""

from __future__ import annotations

import glob
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from sphinx_arco_parity.assessment.results import wanted_tests
from sphinx_arco_parity.cli.console import (
    DONE,
    CannotRunError,
    Console,
    WrongUsageError,
    from_here,
    replace_text,
)
from sphinx_arco_parity.cli.find_docs import asked
from sphinx_arco_parity.cli.running import Run, checked
from sphinx_arco_parity.exports.counts import count, plural
from sphinx_arco_parity.model.results import RESULTS, Results
from sphinx_arco_parity.repository.git import GitError, NoRevisionError, commit_of
from sphinx_arco_parity.results.joining import join
from sphinx_arco_parity.results.reports import Case, ReportError, read_report
from sphinx_arco_parity.results.results_file import FILE, results_text


def results(arguments: Namespace, console: Console) -> int:
    """Write the file; return the exit status, whatever the tests did."""
    cases = reported(arguments.files)
    docs, options = asked(arguments.docs, arguments)
    seen = checked(docs, options, console)
    found = joined(seen, cases, arguments.commit)
    path = (seen.project.confdir / seen.project.settings.lock).parent / FILE
    replace_text(path, results_text(found))
    console.write(f"{from_here(path)}: {told(found, len(cases))}\n")
    return DONE


def reported(patterns: Sequence[str]) -> list[Case]:
    """Return the cases of all reports that *patterns*, globs from here, give.

    :raises WrongUsageError: if a pattern gives no file.
    :raises CannotRunError: if a report cannot be used.
    """
    paths: dict[str, None] = {}
    for pattern in patterns:
        found = [pattern] if Path(pattern).is_file() else sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - it may be absolute
        files = [path for path in found if Path(path).is_file()]
        if not files:
            raise WrongUsageError(f"`{pattern}` matches no file of results")
        paths |= dict.fromkeys(files)
    cases: list[Case] = []
    for path in paths:
        try:
            cases += read_report(Path(path).resolve())
        except ReportError as error:
            line = f":{error.line}" if error.line > 1 else ""
            raise CannotRunError(f"{path}{line} {error}") from None
    return cases


def joined(seen: Run, cases: Sequence[Case], revision: str | None) -> Results:
    """Return what *cases* say of the tests that *seen* cites or marks.

    :param revision: the commit whose tests ran; ``None``: what is checked out.
    """
    try:
        commit = commit_of(seen.repository.root, revision) if revision else seen.repository.commit()
    except NoRevisionError as error:
        raise WrongUsageError(str(error)) from None
    except GitError as error:
        raise CannotRunError(str(error)) from None
    wanted = wanted_tests(seen.assessment.proofs, seen.assessment.marks)
    return join(cases, wanted, seen.repository, commit)


def told(found: Results, cases: int) -> str:
    """Return in a line what was found in so many *cases*."""
    counts = count(RESULTS, [result for result, _ in found.tests.values()])
    said = ", ".join(f"{number} {name}" for name, number in counts.items() if number)
    doubt = f"; {found.unmatched} in doubt" if found.unmatched else ""
    tests = plural(len(found.tests), "cited or marked test")
    return f"{tests} ({said or 'none ran'}) of {plural(cases, 'reported case')}{doubt}"
