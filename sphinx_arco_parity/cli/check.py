"""``arco-parity check``: all findings, no pages written."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from sphinx.application import builtin_extensions

from sphinx_arco_parity.assessment.baseline import write_baseline
from sphinx_arco_parity.cli import main
from sphinx_arco_parity.cli.console import (
    DONE,
    FINDINGS,
    CannotRunError,
    Console,
    WrongUsageError,
    from_here,
)
from sphinx_arco_parity.cli.find_docs import asked, found_below
from sphinx_arco_parity.cli.narrowing import folder_of, narrowing
from sphinx_arco_parity.cli.plain import Reading
from sphinx_arco_parity.cli.proposal import reading_lines, toml_text
from sphinx_arco_parity.cli.results import joined, reported
from sphinx_arco_parity.cli.running import Run, checked, judged_again, presentation, shown_path
from sphinx_arco_parity.cli.warm import states
from sphinx_arco_parity.exports.counts import closing_line
from sphinx_arco_parity.exports.presentation import write_text
from sphinx_arco_parity.exports.registry import FORMATS
from sphinx_arco_parity.exports.text import statistics
from sphinx_arco_parity.model.findings import Finding, Severity
from sphinx_arco_parity.repository import git
from sphinx_arco_parity.settings.toml import OWN


def check(arguments: Namespace, console: Console) -> int:
    """Report all findings; return the exit status."""
    reports = _reports(arguments)
    _part_results(arguments)
    docs, options = asked(folder_of(arguments.paths), arguments)
    wanted = narrowing(arguments, docs)
    cases = reported(arguments.results) if arguments.results else None
    if arguments.watch:
        return _watch(docs, console)
    seen = checked(docs, options, console, as_of=arguments.as_of, quiet=arguments.quiet)
    if cases is not None:
        given = replace(seen.given, results=joined(seen, cases, arguments.results_commit))
        seen = judged_again(seen, given)
    if arguments.write_baseline is not None:
        seen = _with_baseline(seen, Path(arguments.write_baseline), console)
    seen = wanted(seen)
    # pre-commit shows what a hook says only if it fails.
    bare = arguments.quiet or bool(os.environ.get("PRE_COMMIT") and not seen.assessment.findings)
    for name, file in reports.items():
        shown = presentation(seen, console, strict=arguments.strict, to_file=file is not None)
        report = _FORMATS[name](seen.assessment, replace(shown, bare=bare))
        if file is None:
            console.write(report)
        else:
            _write(Path(file), report)
    if None not in reports.values() and not bare:
        closing = closing_line(seen.assessment.findings)
        console.say(closing or "sphinx-arco-parity: no errors, no warnings")
    if seen.reading is not None and not bare:
        told = _reading_text(seen, seen.reading)
        if reports.get("text", "") is None:
            console.write(f"{told}\n")
        else:
            console.say(told)
    return exit_status(seen.assessment.findings, strict=arguments.strict)


def _part_results(arguments: Namespace) -> None:
    """Take folders and pages behind ``--results``, which are no reports, for what is checked."""
    given = arguments.results or []
    paths = [n for n in given if Path(n).is_dir() or Path(n).suffix in {".md", ".py", ".rst"}]
    arguments.paths = [*arguments.paths, *paths]
    arguments.results = [name for name in given if name not in paths]
    if given and not arguments.results:
        raise WrongUsageError("--results names no report, but what is to be checked")


#: Those of ``--format``, and the counts in place of the text.
_FORMATS = {**FORMATS, "statistics": statistics}


def _reports(arguments: Namespace) -> dict[str, str | None]:
    """Return the name of each report and the file to which it goes, if it goes to one.

    :raises WrongUsageError: if two would go to the same place.
    """
    asked_for: dict[str, str | None] = dict(arguments.format or [("text", None)])
    shown = [name for name, file in asked_for.items() if file is None]
    if len(shown) > 1:
        raise WrongUsageError(
            f"{' and '.join(shown)} cannot both be shown",
            help_text=f"write one to a file, as in `--format {shown[1]}=FILE`",
        )
    if arguments.output is not None and not shown:
        raise WrongUsageError("--output has no report: each --format has a file of its own")
    asked_for.update(dict.fromkeys(shown, arguments.output))
    if arguments.statistics and "text" in asked_for:
        asked_for["statistics"] = asked_for.pop("text")
    return asked_for


def exit_status(findings: Iterable[Finding], *, strict: bool = False) -> int:
    """Return the exit status that *findings* give."""
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return FINDINGS if any(finding.severity in failing for finding in findings) else DONE


def _reading_text(seen: Run, reading: Reading) -> str:
    """Return which tables were read, how, and what configuration writes that down."""
    own, passed_over = from_here(reading.home / OWN), found_below(reading.home)
    lines = [
        "",
        *reading_lines(reading.tables, reading.proposal, shown_path(seen)),
        "",
        f"{from_here(passed_over / 'conf.py')} does not load sphinx_arco_parity and was not used: "
        f"`arco-parity init` adds it there, or write this into {own}:"
        if passed_over
        else f"`arco-parity init` writes this into {own}:",
        "",
        *(f"  {line}" if line else "" for line in toml_text(reading.proposal).splitlines()),
    ]
    return "\n".join(lines)


def _write(path: Path, report: str) -> None:
    try:
        if _is_special(path):
            path.write_text(report, encoding="utf-8", newline="\n")
        else:
            write_text(path, report)
    except OSError as error:
        raise CannotRunError(f"{path} cannot be written: {error.strerror}") from error


def _with_baseline(seen: Run, path: Path, console: Console) -> Run:
    """Write the baseline, and return what is found with it in force."""
    known = seen.assessment.before_baseline
    if _is_special(path):
        raise CannotRunError(f"{path} cannot be written: it is no regular file")
    try:
        write_baseline(path, known)
    except OSError as error:
        raise CannotRunError(f"{path} cannot be written: {error.strerror}") from error
    console.say(f"{path}: {len(known)} known findings")
    project, baseline = seen.project, path.resolve()
    set_to = project.settings.baseline
    if set_to is None or (project.confdir / set_to).resolve() != baseline:
        name = from_here(baseline)
        if baseline.is_relative_to(project.confdir):
            name = baseline.relative_to(project.confdir).as_posix()
        console.say(f'  help: set `parity_baseline = "{name}"` in conf.py to use it')
    given = replace(seen.given, baseline=baseline, baseline_path=project.relative(baseline))
    return judged_again(seen, given)


def _is_special(path: Path) -> bool:
    """Tell whether *path* is a device or a pipe, such as ``/dev/stdout``."""
    return path.exists() and not path.is_file() and not path.is_dir()


#: Seconds between two looks at the files.
_PAUSE = 0.2


def _watch(docs: Path, console: Console) -> int:
    """Check, and again after each change, until the user interrupts it.

    Each check is a process of its own: what a ``conf.py`` does to one stays in it.  Where the
    system can, it is a copy of this one, which has Sphinx loaded.
    """
    root = git.git_folder(docs) or docs
    words = [word for word in sys.argv[1:] if word != "--watch"]
    before: object = None
    while True:
        now = states(root / path for path in _files(root))
        if now != before:
            before = now
            if console.out.isatty():
                console.out.write("\x1b[2J\x1b[H")
            console.out.flush()
            _check_again(words)
            console.say("arco-parity: waiting for changes; Ctrl-C ends")
        time.sleep(_PAUSE)


def _check_again(words: list[str]) -> None:
    if not hasattr(os, "fork"):
        subprocess.run([sys.executable, "-m", "sphinx_arco_parity", *words], check=False)
        return
    for name in builtin_extensions:
        import_module(name)
    child = os.fork()
    if not child:
        os._exit(main(words))
    os.waitpid(child, 0)


def _files(root: Path) -> Iterable[str]:
    if not (root / ".git").exists():
        return (str(path) for path in root.rglob("*"))
    listed = git.run(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    return map(os.fsdecode, listed.rstrip(b"\0").split(b"\0"))
