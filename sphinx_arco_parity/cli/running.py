"""Runs the project's real Sphinx configuration, and gives the assessment of it.

Where there is none, Sphinx reads the pages of :mod:`.plain`.

No page is written.  Sphinx's warnings go to standard error, its log only on demand, and what
``conf.py`` prints too; the findings, which are the report, are not logged.  Once in a process:
what ``conf.py`` does to it stays.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, redirect_stdout, suppress
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any, TextIO, cast

import sphinx
from sphinx.application import Sphinx
from sphinx.builders.dummy import DummyBuilder
from sphinx.util.console import coloron, nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinx_arco_parity.assessment.assess import Assessment, AssessmentInputs, assess
from sphinx_arco_parity.cli.console import (
    CannotRunError,
    Console,
    LogStream,
    Nowhere,
    Progress,
    wants_colour,
)
from sphinx_arco_parity.cli.find_docs import USUAL, BuildOptions
from sphinx_arco_parity.cli.listed_pages import ListedPages, ReadingBuilder
from sphinx_arco_parity.cli.plain import (
    Plain,
    Reading,
    as_tables,
    is_plain,
    none_could_be_read,
    plain,
)
from sphinx_arco_parity.cli.reasons import reason_of
from sphinx_arco_parity.exports.presentation import Presentation, path_from
from sphinx_arco_parity.extension.build import build_of
from sphinx_arco_parity.extension.checking.judging import assessment_inputs
from sphinx_arco_parity.extension.checking.reporting import logger as findings_logger
from sphinx_arco_parity.extension.config import Project
from sphinx_arco_parity.repository.content_cache import code_version
from sphinx_arco_parity.repository.files import Repository


@contextmanager
def working_folder(docs: Path, options: BuildOptions = USUAL, reader: str = "") -> Iterator[Path]:
    """Give the folder in which the documentation at *docs* is read.

    Each *reader* has its own: an editor keeps it in use all day.

    It is the user's cache folder for this project.  Where that cannot be written, or
    where another run is using it, it is a folder that lives as long as this run.
    """
    with ExitStack() as stack:
        folder = _kept(docs, options, reader)
        if folder is None or not _lock(folder, stack):
            made = tempfile.TemporaryDirectory(prefix="arco-parity-")
            folder = Path(stack.enter_context(made))
        yield folder


def user_cache() -> Path:
    """Return the folder for caches of this user, as the system has it."""
    if os.environ.get("XDG_CACHE_HOME"):
        return Path(os.environ["XDG_CACHE_HOME"])
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path.home() / ".cache"


def _kept(docs: Path, options: BuildOptions, reader: str) -> Path | None:
    """Return the folder for *docs*, built so, made if need be, or ``None`` if it cannot be."""
    versions = (sphinx.__version__, str(code_version()), sys.version)
    parts = (str(docs), repr(options), *filter(None, [reader]), *versions)
    key = blake2b("\0".join(parts).encode(), digest_size=8)
    try:
        folder = user_cache() / "arco-parity" / f"{docs.parent.name}-{key.hexdigest()}"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not os.access(folder, os.W_OK | os.X_OK):
            return None
    except (OSError, RuntimeError):  # RuntimeError: the user has no home
        return None
    return folder


def _lock(folder: Path, stack: ExitStack) -> bool:
    """Take *folder* until *stack* ends; tell whether no other run has it."""
    try:
        import fcntl  # noqa: PLC0415 - not on every system
    except ImportError:
        return True
    try:
        handle = os.open(folder / "in-use", os.O_CREAT | os.O_RDWR, 0o600)
        stack.callback(os.close, handle)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@dataclass(frozen=True, kw_only=True)
class Run:
    """The documentation as it was read and judged."""

    assessment: Assessment
    given: AssessmentInputs
    """What was judged."""
    project: Project
    repository: Repository
    commit: str | None
    read_at: Mapping[str, int]
    """The name of a page to when it was read, in microseconds of the epoch."""
    reading: Reading | None = None
    """How it was read, if there is no configuration."""


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """The documentation with its configuration, to be read and judged as often as asked."""

    app: Sphinx
    source: Plain | None
    """What is read, if there is no ``conf.py``."""

    def judge(self, as_of: date | None = None) -> Run:
        """Read what has changed, and judge; *as_of* is as for :func:`checked`."""
        self.app.build()
        build = build_of(self.app.env)
        facts = replace(assessment_inputs(build, []), as_of=as_of)
        seen = Run(
            assessment=build.assessment if as_of is None else assess(facts),
            given=facts,
            project=build.project,
            repository=build.repository,
            commit=build.commit(),
            read_at=dict(self.app.env.all_docs),
        )
        reading = self.source.reading if self.source is not None else None
        return seen if reading is None else _without_configuration(seen, reading)


def checked(
    docs: Path,
    options: BuildOptions,
    console: Console,
    *,
    as_of: date | None = None,
    quiet: bool = False,
) -> Run:
    """Read and judge the documentation in *docs*, with what is kept of the run before.

    The rest is as for :func:`loaded`.

    :param as_of: the day for which triggers that are dates are judged.
    """
    with (
        working_folder(docs, options) as work,
        loaded(docs, work, console, quiet=quiet, options=options) as documentation,
    ):
        return documentation.judge(as_of)


@contextmanager
def loaded(
    docs: Path,
    work: Path,
    console: Console,
    *,
    root: Path | None = None,
    quiet: bool = False,
    options: BuildOptions = USUAL,
) -> Iterator[Loaded]:
    """Load the configuration of the documentation in *docs*, where ``conf.py`` is by default.

    :param work: a folder of our own; what is there from an earlier run is used again.
    :param root: the repository, if it is not the one that the configuration gives.
    :param quiet: keep Sphinx's log to ourselves.
    :raises CannotRunError: if the configuration, an extension or Sphinx fails, then or while
        it is read.
    """
    confdir = options.confdir or docs
    overrides: dict[str, Any] = {**dict(options.overrides), "parity_strict_output": False}
    if root is not None:
        overrides["parity_repository"] = str(root)
    source = plain(docs, root) if is_plain(confdir, adopting=options.may_load_us) else None
    # What Sphinx has to say of pages that are not its own is for those who ask.
    quiet = quiet or (source is not None and not console.verbose and not console.err.isatty())
    patched = confdir if source is None else work
    with _silent_findings(), patch_docutils(patched), docutils_namespace():
        try:
            with _report_apart(console), _streams(console, quiet=quiet) as streams:
                status, warning, progress = streams
                app: Sphinx
                if source is None:
                    rest = (confdir, work, overrides, status, warning)
                    app = _Application(docs, *rest, tags=options.tags)
                else:
                    overrides = {**source.options, **overrides}
                    told = warning if console.verbose else Nowhere()
                    app = ListedPages(docs, work, source.pages, overrides, status, told)
                if progress is not None:
                    _watch(app, progress)
                yield Loaded(app=app, source=source)
        except CannotRunError:
            raise
        except (Exception, SystemExit) as error:
            reason, help_text = reason_of(error, confdir)
            raise CannotRunError(reason, help_text=help_text) from error


class _Application(Sphinx):
    """Sphinx with our builder in place of its own, in this run only."""

    def __init__(self, docs: Path, confdir: Path, work: Path, *rest: Any, **more: Any) -> None:
        out, trees = work / "out", work / "doctrees"
        super().__init__(docs, confdir, out, trees, DummyBuilder.name, *rest, **more)

    def preload_builder(self, name: str) -> None:
        """Take our builder, once all extensions are loaded.

        :raises CannotRunError: if ours is not among them.
        """
        if "parity" not in self.registry.domains:
            raise CannotRunError(
                f"{self.confdir / 'conf.py'} does not load sphinx_arco_parity",
                help_text='add "sphinx_arco_parity" to the list `extensions` there, or '
                "run `arco-parity init`",
            )
        self.add_builder(ReadingBuilder, override=True)
        super().preload_builder(name)


def _watch(app: Sphinx, progress: Progress) -> None:
    def begin(_app: Sphinx, _env: object, docnames: list[str]) -> None:
        progress.begin("reading pages", len(docnames))

    def read(_app: Sphinx, _doctree: object) -> None:
        progress.step()

    def judge(_app: Sphinx, _env: object) -> None:
        progress.begin("checking evidence")

    app.connect("env-before-read-docs", begin)
    app.connect("doctree-read", read)
    app.connect("env-updated", judge, priority=100)


def judged_again(seen: Run, given: AssessmentInputs) -> Run:
    """Return what was read by *seen*, judged as *given*."""
    again = replace(seen, given=given, assessment=assess(given))
    return again if seen.reading is None else _without_configuration(again, seen.reading)


def _without_configuration(seen: Run, reading: Reading) -> Run:
    if not any(page.tables for page in seen.given.documents):
        raise none_could_be_read(reading, seen.assessment.findings)
    assessment = replace(seen.assessment, findings=as_tables(seen.assessment.findings, reading))
    return replace(seen, assessment=assessment, reading=reading)


@contextmanager
def _report_apart(console: Console) -> Iterator[None]:
    """Keep what ``conf.py`` prints, and programs that it starts, out of the report."""
    with redirect_stdout(console.err), ExitStack() as stack:
        with suppress(OSError):  # a stream in memory has no number
            ours, report = console.err.fileno(), console.out.fileno()
            kept = os.dup(report)
            stack.callback(os.close, kept)
            os.dup2(ours, report)
            stack.callback(os.dup2, kept, report)
        yield


@contextmanager
def _streams(
    console: Console, *, quiet: bool
) -> Iterator[tuple[TextIO | None, TextIO | None, Progress | None]]:
    """Give the streams for Sphinx's log and warnings, and the progress bar if any."""
    if quiet:
        nowhere = cast("TextIO", Nowhere())
        yield nowhere, nowhere, None
        return
    (coloron if wants_colour(console.err) else nocolor)()
    if console.verbose or not console.err.isatty():
        log = cast("TextIO", LogStream(console.err))
        yield (log if console.verbose else None), log, None
        return
    progress = Progress(console.err)
    try:
        yield None, cast("TextIO", LogStream(cast("TextIO", progress))), progress
    finally:
        progress.clear()


@contextmanager
def _silent_findings() -> Iterator[None]:
    # A filter, because Sphinx enables every logger that it makes.
    logger = findings_logger.logger
    logger.addFilter(nothing := lambda _record: False)
    try:
        yield
    finally:
        logger.removeFilter(nothing)


def presentation(
    run: Run, console: Console, *, strict: bool = False, to_file: bool = False
) -> Presentation:
    """Return how a report on *run* is shown; *to_file*: not on the terminal."""
    return Presentation(
        commit=run.commit,
        strict=strict,
        colour=console.colour and not to_file,
        width=100 if to_file else console.width,
        wrapped=console.out.isatty() and not to_file,
        shown_path=shown_path(run),
        url=url_of(run),
        source_line=run.repository.line,
    )


def url_of(run: Run) -> Callable[[str, int], str]:
    """Return what says where the site of the repository shows a line, if it has one."""
    settings = run.project.settings
    return lambda path, line: settings.file_url(path, line, run.commit)


def shown_path(run: Run) -> Callable[[str], str]:
    """Return what makes a path of the repository one from where the user stands."""
    return path_from(str(Path.cwd()), str(run.project.root))
