"""Judges revisions for :mod:`.revisions`, in a process that has run none of them.

Standard input brings a job a line, as JSON; to standard output goes a line for each, the
exit status of what judged it.  With 0 the answer, JSON too, is in the file that the job
names.

Where the system can fork, each revision is judged in a fork: this process has loaded
Sphinx and runs no ``conf.py``, so that no revision finds the modules of another one, and
none pays for the start.  Elsewhere this process judges one revision and ends.
"""

from __future__ import annotations

import io
import json
import os
import sys
import traceback
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, TextIO

from sphinx.application import builtin_extensions

from sphinx_arco_parity import proof, repository, rules
from sphinx_arco_parity.cli.console import Console, NothingToReadError, StopError, own_streams
from sphinx_arco_parity.cli.find_docs import BuildOptions
from sphinx_arco_parity.cli.reasons import is_of_machine
from sphinx_arco_parity.cli.revisions import CAN_FORK, MACHINE_FAILED
from sphinx_arco_parity.cli.running import loaded
from sphinx_arco_parity.exports.parity_json import parity_document
from sphinx_arco_parity.review.lock import lock_text
from sphinx_arco_parity.review.reviewing import reviewed


def main() -> None:
    """Judge until there are no more jobs, or once where the system cannot fork."""
    # Two modules of one size and second would share the file that Python compiles to.
    sys.dont_write_bytecode = True
    questions, said = own_streams()
    jobs, answers = io.TextIOWrapper(questions), io.TextIOWrapper(said)
    if not CAN_FORK:
        _say(answers, _judge(json.loads(jobs.readline())))
        return
    _load()
    for line in jobs:
        child = os.fork()
        if child == 0:
            os._exit(_judge(json.loads(line)))
        _, status = os.waitpid(child, 0)
        _say(answers, os.waitstatus_to_exitcode(status))


def _load() -> None:
    """Load what nearly every revision needs, and what is loaded late elsewhere."""
    for name in (*builtin_extensions, "myst_parser.sphinx_ext.main"):
        import_module(name)
    for room in (proof, repository, rules):
        for module in walk_packages(room.__path__, f"{room.__name__}."):
            import_module(module.name)


def _say(answers: TextIO, status: int) -> None:
    answers.write(f"{status}\n")
    answers.flush()


def _judge(job: dict[str, Any]) -> int:
    """Write the answer to *job*; return the exit status."""
    console = Console(out=sys.stdout, err=sys.stderr)
    try:
        try:
            options = BuildOptions(
                confdir=Path(job["confdir"]),
                tags=tuple(job["tags"]),
                overrides=tuple(map(tuple, job["overrides"])),
            )
            docs, work, root = (Path(job[name]) for name in ("docs", "work", "root"))
            with loaded(docs, work, console, root=root, quiet=True, options=options) as found:
                seen = found.judge()
            register, lock = seen.assessment.register, seen.assessment.lock
            milestone = seen.project.settings.milestone
            review = reviewed(register, None, by=job["by"], date=job["date"], milestone=milestone)
            answer: dict[str, Any] = {
                "document": parity_document(seen.assessment, commit=None),
                "lock": lock_text(lock) if lock is not None else None,
                "review": lock_text(review),
            }
        except NothingToReadError:
            answer = {"nothing": True}
        except StopError as error:
            answer = {
                "message": error.message,
                "help": error.help_text,
                "machine": is_of_machine(error),
            }
        Path(job["answer"]).write_text(json.dumps(answer), encoding="ascii")
    except BaseException as error:  # noqa: BLE001 - it ends a process of its own
        traceback.print_exc()
        return MACHINE_FAILED if is_of_machine(error) else 1
    return 0
