"""``arco-parity check``: all findings, no pages written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_arco_parity.assessment.assess import assess
from sphinx_arco_parity.assessment.baseline import write_baseline
from sphinx_arco_parity.cli.build_options import asked
from sphinx_arco_parity.cli.cache_folder import working_folder
from sphinx_arco_parity.cli.config_text import reading_lines, toml_text
from sphinx_arco_parity.cli.console import from_here
from sphinx_arco_parity.cli.errors import DONE, FINDINGS, CannotRunError
from sphinx_arco_parity.cli.running import run
from sphinx_arco_parity.cli.showing import presentation, shown_path
from sphinx_arco_parity.exports.counts import closing_line
from sphinx_arco_parity.exports.files import write_text
from sphinx_arco_parity.exports.registry import FORMATS
from sphinx_arco_parity.model.findings import Severity
from sphinx_arco_parity.settings.toml import OWN

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable

    from sphinx_arco_parity.cli.console import Console
    from sphinx_arco_parity.cli.plain import Reading
    from sphinx_arco_parity.cli.running import Run
    from sphinx_arco_parity.model.findings import Finding


def check(arguments: Namespace, console: Console) -> int:
    """Report all findings; return the exit status."""
    docs, options = asked(arguments.docs, arguments)
    with working_folder(docs, options) as work:
        seen = run(docs, work, console, options=options, as_of=arguments.as_of)
    if arguments.write_baseline is not None:
        seen = _with_baseline(seen, Path(arguments.write_baseline), console)
    shown = presentation(
        seen, console, strict=arguments.strict, to_file=arguments.output is not None
    )
    report = FORMATS[arguments.format](seen.assessment, shown)
    if arguments.output is None:
        console.write(report)
    else:
        _write(Path(arguments.output), report, console, seen)
    if seen.reading is not None:
        in_report = arguments.format == "text" and arguments.output is None
        _say_reading(seen, seen.reading, console.write if in_report else console.say)
    return exit_status(seen.assessment.findings, strict=arguments.strict)


def exit_status(findings: Iterable[Finding], *, strict: bool = False) -> int:
    """Return the exit status that *findings* give."""
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return FINDINGS if any(finding.severity in failing for finding in findings) else DONE


def _say_reading(seen: Run, reading: Reading, say: Callable[[str], None]) -> None:
    """Say which tables were read, how, and what configuration writes that down."""
    end = "\n" if say.__name__ == "write" else ""
    lines = [
        "",
        *reading_lines(reading.tables, reading.proposal, shown_path(seen)),
        "",
        f"`arco-parity init` writes this into {from_here(reading.home / OWN)}:",
        "",
        *(f"  {line}" if line else "" for line in toml_text(reading.proposal).splitlines()),
    ]
    say("\n".join(lines) + end)


def _write(path: Path, report: str, console: Console, seen: Run) -> None:
    try:
        if _is_special(path):
            path.write_text(report, encoding="utf-8", newline="\n")
        else:
            write_text(path, report)
    except OSError as error:
        raise CannotRunError(f"{path} cannot be written: {error.strerror}") from error
    closing = closing_line(seen.assessment.findings)
    console.say(closing or "sphinx-arco-parity: no errors, no warnings")


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
    return replace(seen, given=given, assessment=assess(given))


def _is_special(path: Path) -> bool:
    """Tell whether *path* is a device or a pipe, such as ``/dev/stdout``."""
    return path.exists() and not path.is_file() and not path.is_dir()
