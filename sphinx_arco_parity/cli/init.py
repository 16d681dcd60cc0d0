"""``arco-parity init``: the configuration that reads the tables which are there.

``arco-parity.toml`` where there is no ``conf.py``, else lines at the end of that.  Shows
what it changes, overwrites nothing, invents nothing, and asks where it would have to guess.
With ``--site`` it also makes a Sphinx site, and a first page for what is missing.
"""

from __future__ import annotations

import posixpath
import re
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from sphinx_arco_parity.cli.conf_text import ConfText
from sphinx_arco_parity.cli.console import DONE, CannotRunError, Console, from_here
from sphinx_arco_parity.cli.find_docs import USUAL, find_docs
from sphinx_arco_parity.cli.first_page import first_page, first_site
from sphinx_arco_parity.cli.found_tables import find_tables
from sphinx_arco_parity.cli.line_edits import patch_of
from sphinx_arco_parity.cli.our_columns import product_of
from sphinx_arco_parity.cli.plain import is_plain, nothing_to_read, read_unconfigured, tracked_pages
from sphinx_arco_parity.cli.proposal import Proposal, conf_lines, propose, toml_text
from sphinx_arco_parity.cli.running import checked
from sphinx_arco_parity.exports.counts import closing_line, plural
from sphinx_arco_parity.extension.config import toml_for
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.git import git_folder
from sphinx_arco_parity.repository.replacing import UnwritableFileError, replace_file
from sphinx_arco_parity.repository.source import UnreadableFileError
from sphinx_arco_parity.settings.toml import OWN
from sphinx_arco_parity.text.patterns import matches

SUFFIXES = (".md", ".rst", ".txt", ".markdown")
_INCLUDE = re.compile(
    r"^[ \t>]*(?:(?:`{3,}|~{3,}|:{3,})\{include\}|\.\. include::)[ \t]+(?P<path>\S+)", re.MULTILINE
)


class SphinxPages:
    """The pages below the folder of ``conf.py``, as its text lets one expect."""

    def __init__(self, repository: Repository, docs: Path, excluded: Sequence[str]) -> None:
        """Look for the pages.

        :param excluded: patterns over paths relative to *docs*.
        """
        self.repository = repository
        below = docs.relative_to(repository.root).as_posix()
        self._prefix = "" if below == "." else f"{below}/"
        self.paths = [f"{self._prefix}{page}" for page in sorted(_pages(docs, excluded))]
        """Relative to the repository."""

    def page_of(self, path: str) -> str | None:
        """Return the name of the page that is, or includes, the file at *path*, or ``None``."""
        if path in self.paths:
            return path.removeprefix(self._prefix).rpartition(".")[0]
        return self._includers.get(path)

    @cached_property
    def _includers(self) -> dict[str, str]:
        found = {}
        for page in self.paths:
            try:
                text = self.repository.read(page).text
            except UnreadableFileError:
                continue
            for match in _INCLUDE.finditer(text):
                named = match["path"]
                start = self._prefix if named.startswith("/") else posixpath.dirname(page)
                path = posixpath.normpath(posixpath.join(start, named.lstrip("/")))
                found[path] = page.removeprefix(self._prefix).rpartition(".")[0]
        return found


def _pages(docs: Path, excluded: Sequence[str]) -> Iterator[str]:
    for file in docs.rglob("*"):
        path = file.relative_to(docs).as_posix()
        hidden = any(part.startswith(("_", ".")) for part in path.split("/"))
        if file.suffix in SUFFIXES and not hidden and file.is_file():
            parents = [path, *(p.as_posix() for p in Path(path).parents)]
            if not any(matches(parent, excluded) for parent in parents):
                yield path


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file as it is and as it would be."""

    path: str
    """Relative to the repository."""
    after: bytes
    before: bytes | None = None
    """``None`` if it is new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What would be written."""

    root: Path
    files: tuple[_File, ...]
    told: tuple[str, ...] = ()
    """What is left to the user."""


def init(arguments: Namespace, console: Console) -> int:
    """Show the patch and write it; return the exit status."""
    docs = find_docs(arguments.docs, adopting=True)
    bare = is_plain(docs, adopting=True)
    if bare and arguments.site:
        docs, plan = _site_plan(docs)
    else:
        plan = _toml_plan(docs) if bare else _conf_plan(docs, site=arguments.site)
    patch = "".join(patch_of(f.path, f.before or b"", f.after) for f in plan.files)
    console.write(patch)
    if not patch:
        console.say("nothing to do: the configuration and the tables are there")
    for advice in plan.told:
        console.say(advice)
    if arguments.dry_run or not patch:
        return DONE
    _write(plan)
    _try_out(docs, console)
    return DONE


def _toml_plan(docs: Path) -> _Plan:
    """Plan ``arco-parity.toml`` for a repository that is no Sphinx project."""
    repository = Repository.open(git_folder(docs) or docs)
    if toml_for(docs) is not None:
        return _Plan(root=repository.root, files=())
    pages = tracked_pages(repository, docs)
    reading = read_unconfigured(repository, docs, pages)
    if not reading.tables.tables:
        raise nothing_to_read(reading)
    name = (docs.resolve() / OWN).relative_to(repository.root).as_posix()
    text = toml_text(reading.proposal)
    return _Plan(
        root=repository.root,
        files=(_File(path=name, after=text.encode()),),
        told=tuple(_questions(reading.proposal, OWN)),
    )


def _questions(proposal: Proposal, where: str) -> list[str]:
    asked = [f"question: {question}" for some in proposal.questions.values() for question in some]
    if asked:
        asked.append(f"  help: nothing is set for these labels; decide in {where}, or correct them")
    notes = [proposal.notes[name] for name in ("required_evidence",) if name in proposal.notes]
    if proposal.reference_missing:
        notes.append(f"set the name of the reference product in {where}")
    return [*asked, *(f"note: {note[0].lower()}{note[1:]}" for note in notes)]


def _conf_plan(docs: Path, *, site: bool) -> _Plan:
    """Plan lines for the end of ``conf.py``."""
    repository = Repository.open(git_folder(docs) or docs)
    root = repository.root
    path = (docs / "conf.py").relative_to(root).as_posix()
    before = repository.read_bytes(path)
    conf = _read_conf(before, docs)
    toml = toml_for(docs)
    names = {*conf.names, *(f"parity_{name}" for name in (toml.values if toml else ()))}
    proposal, told = _for_pages(SphinxPages(repository, docs, conf.strings("exclude_patterns")))
    files = []
    # What is set already says that register and matrix are somewhere.
    if not (conf.loads_us and "parity_tables" in names):
        page = first_page(docs, conf, {*proposal.options.get("tables", ())}) if site else None
        if page is not None:
            taken = proposal.options.setdefault("tables", {})
            for kind, named in page.tables.items():
                taken.setdefault(kind, []).extend(named)
            new = (docs / page.file).relative_to(root).as_posix()
            files.append(_File(path=new, after=page.text.encode()))
            told.append(
                f"add `{page.docname}` to a toctree, and remove the line that makes it an orphan"
            )
        elif "tables" not in proposal.options:
            told.append(
                "no table of exceptions and no matrix was found; `arco-parity init --site` "
                "writes a first page"
            )
    if not conf.string("project") and (product := product_of(repository)):
        proposal.options = {"product": product, **proposal.options}
    proposal.leave_out({name.removeprefix("parity_") for name in names})
    after = conf if conf.loads_us else conf.with_extension()
    if after is None:
        told.append('add "sphinx_arco_parity" to `extensions` in conf.py')
    after = (after or conf).with_lines(lines) if (lines := conf_lines(proposal)) else after or conf
    files.insert(0, _File(path=path, before=before, after=after.text.encode()))
    return _Plan(root=root, files=tuple(files), told=(*_questions(proposal, "conf.py"), *told))


def _for_pages(pages: SphinxPages) -> tuple[Proposal, list[str]]:
    """Return what reads the tables that a page shows, and what is said of the others."""
    repository = pages.repository
    tracked = [name for name in repository.files() if name.endswith(SUFFIXES)]
    found = find_tables(repository, dict.fromkeys([*pages.paths, *tracked]))
    shown = [table for table in found.tables if pages.page_of(table.path) is not None]
    hidden = dict.fromkeys(table.path for table in found.tables if table not in shown)
    tables = replace(found, tables=shown)
    patterns = {
        kind: list(dict.fromkeys(str(pages.page_of(path)) for path in tables.pages(kind)))
        for kind in ("exceptions", "matrix")
    }
    told = [
        f"{path} has such a table too, but no page shows it: include it in one, as in "
        f"```{{include}} path/to/{path.rpartition('/')[2]}"
        for path in hidden
    ]
    return propose(tables, patterns, repository), told


def _read_conf(before: bytes, docs: Path) -> ConfText:
    try:
        conf = ConfText(before.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise CannotRunError(f"{docs / 'conf.py'} is no text in UTF-8") from error
    if conf.tree is None:
        raise CannotRunError(
            f"{docs / 'conf.py'} is no Python that can be read",
            help_text="correct it, then run `arco-parity init` again",
        )
    return conf


def _site_plan(docs: Path) -> tuple[Path, _Plan]:
    """Plan a Sphinx site for the tables of a repository that has none; return its folder too."""
    repository = Repository.open(git_folder(docs) or docs)
    root = repository.root
    reading = read_unconfigured(repository, docs, tracked_pages(repository, docs))
    home = docs.resolve() / "docs"
    below = home.relative_to(root).as_posix()
    site = first_site(reading.tables, product_of(repository) or root.name, below)
    proposal = propose(reading.tables, site.tables, repository)
    conf = site.conf + "\n" + "\n".join(conf_lines(proposal)) + "\n"
    files = [("conf.py", conf), *site.pages.items()]
    for name, _ in files:
        if (home / name).exists():
            raise CannotRunError(
                f"{from_here(home / name)} is there already",
                help_text="name the folder of another conf.py, or write one",
            )
    return home, _Plan(
        root=root,
        files=tuple(_File(path=f"{below}/{name}", after=text.encode()) for name, text in files),
        told=(
            *_questions(proposal, f"{below}/conf.py"),
            f"build it with `sphinx-build {below} {below}/_build`",
        ),
    )


def _write(plan: _Plan) -> None:
    for file in plan.files:
        try:
            if file.before is None:
                path = plan.root / file.path
                path.parent.mkdir(parents=True, exist_ok=True)
                # Never over a file that has come in the meantime.
                with path.open("xb") as stream:
                    stream.write(file.after)
            elif file.before != file.after:
                replace_file(plan.root, file.path, file.before, file.after)
        except UnwritableFileError as error:
            raise CannotRunError(str(error)) from error
        except OSError as error:
            raise CannotRunError(f"{file.path} cannot be written: {error.strerror}") from error


def _try_out(docs: Path, console: Console) -> None:
    """Say what a first check finds, so that nobody is surprised by the next build."""
    seen = checked(docs, USUAL, console, quiet=True)
    register = seen.assessment.register
    console.say(
        f"{from_here(seen.project.root / seen.project.config_path)}: "
        f"{plural(len(register.exceptions), 'exception')} and "
        f"{plural(len(register.rows), 'row')} are declared"
    )
    closing = closing_line(seen.assessment.findings)
    if closing:
        console.say(closing)
        console.say(
            "  help: `arco-parity check` shows them; `arco-parity check "
            "--write-baseline FILE` takes them as known"
        )
