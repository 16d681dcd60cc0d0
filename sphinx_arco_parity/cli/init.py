"""``arco-parity init``: a register, a matrix and the configuration to start with.

Shows what it changes, overwrites nothing, and asks for nothing that it can find out.
"""

from __future__ import annotations

from dataclasses import dataclass
from pprint import pformat
from typing import TYPE_CHECKING, Any

from sphinx_arco_parity.cli.cache_folder import working_folder
from sphinx_arco_parity.cli.conf_text import ConfText
from sphinx_arco_parity.cli.errors import DONE, CannotRunError
from sphinx_arco_parity.cli.find_docs import find_docs
from sphinx_arco_parity.cli.first_page import first_page
from sphinx_arco_parity.cli.found_tables import find_tables
from sphinx_arco_parity.cli.patch import patch_of
from sphinx_arco_parity.cli.proposal import proposed, unknown_statuses
from sphinx_arco_parity.cli.running import run
from sphinx_arco_parity.cli.showing import from_here
from sphinx_arco_parity.exports.counts import closing_line
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.git import git_folder
from sphinx_arco_parity.repository.rewriting import UnwritableFileError, replace_file

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from sphinx_arco_parity.cli.console import Console

_ADVICE = {
    "parity_reference": "What it is compared with.",
    "parity_tables": "Tables of these pages are declarations, as they stand.",
    "parity_statuses": "The project's own words for the five statuses.",
    "parity_proof_levels": "From the weakest.",
    "parity_milestones": "In order; set parity_milestone to the one that is reached.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What would be written."""

    root: Path
    conf: str
    """The path of ``conf.py``, relative to the repository."""
    before: bytes
    after: bytes
    page: str | None = None
    """The first page, relative to the repository."""
    page_text: str = ""
    told: tuple[str, ...] = ()
    """What is left to the user."""


def init(arguments: Namespace, console: Console) -> int:
    """Show the patch and write it; return the exit status."""
    docs = find_docs(arguments.docs)
    plan = _plan(docs)
    patch = patch_of(plan.conf, plan.before, plan.after)
    if plan.page is not None:
        patch += patch_of(plan.page, b"", plan.page_text.encode())
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


def _plan(docs: Path) -> _Plan:
    root = git_folder(docs) or docs
    repository = Repository.open(root)
    root = repository.root
    path = (docs / "conf.py").relative_to(root).as_posix()
    before = repository.read_bytes(path)
    try:
        conf = ConfText(before.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise CannotRunError(f"{docs / 'conf.py'} is no text in UTF-8") from error
    if conf.tree is None:
        raise CannotRunError(
            f"{docs / 'conf.py'} is no Python that can be read",
            help_text="correct it, then run `arco-parity init` again",
        )
    tables = find_tables(repository, docs, conf.strings("exclude_patterns"))
    told = [
        f"parity_statuses: say which status `{label}` means"
        for label in unknown_statuses(conf, tables)
    ]
    # What is set already says that register and matrix are somewhere.
    started = conf.loads_us and "parity_tables" in conf.names
    page = None if started else first_page(docs, conf, set(tables.pages))
    options = proposed(conf, tables, repository)
    if page is not None:
        known = options.get("parity_tables", {})
        options["parity_tables"] = {
            kind: [*known.get(kind, ()), *page.tables.get(kind, ())]
            for kind in ("exceptions", "matrix")
        }
        told.append(
            f"add `{page.docname}` to a toctree, and remove the line that makes it an orphan"
        )
    new = conf
    if not conf.loads_us:
        grown = conf.with_extension()
        new = grown or conf
        if grown is None:
            told.append('add "sphinx_arco_parity" to `extensions` in conf.py')
    lines = list(_lines(options))
    if lines:
        new = new.with_lines(lines)
    return _Plan(
        root=root,
        conf=path,
        before=before,
        after=new.text.encode(),
        page=(docs / page.file).relative_to(root).as_posix() if page else None,
        page_text=page.text if page else "",
        told=tuple(told),
    )


def _lines(options: dict[str, Any]) -> list[str]:
    if not options:
        return []
    lines = ["# Parity with the reference product, as sphinx-arco-parity checks it."]
    for name, value in options.items():
        if name in _ADVICE:
            lines.append(f"# {_ADVICE[name]}")
        written = pformat(value, width=84 - len(name), sort_dicts=False)
        lines += _assignment(name, value, written)
    return lines


def _assignment(name: str, value: object, written: str) -> list[str]:
    if "\n" not in written and len(name) + len(written) < 85:
        return [f"{name} = {_quoted(written)}"]
    if isinstance(value, dict):
        inner = [f"    {key!r}: {item!r}," for key, item in value.items()]
        return [f"{name} = {{", *map(_quoted, inner), "}"]
    assert isinstance(value, list)  # noqa: S101 - no other option is long
    return [f"{name} = [", *(_quoted(f"    {item!r},") for item in value), "]"]


def _quoted(text: str) -> str:
    """Return Python text with double quotes, where that is safe."""
    return text if '"' in text or "\\" in text else text.replace("'", '"')


def _write(plan: _Plan) -> None:
    try:
        if plan.before != plan.after:
            replace_file(plan.root, plan.conf, plan.before, plan.after)
        if plan.page is not None:
            file = plan.root / plan.page
            # Never over a file that has come in the meantime.
            with file.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(plan.page_text)
    except UnwritableFileError as error:
        raise CannotRunError(str(error)) from error
    except OSError as error:
        raise CannotRunError(f"{plan.page} cannot be written: {error.strerror}") from error


def _try_out(docs: Path, console: Console) -> None:
    """Say what a first check finds, so that nobody is surprised by the next build."""
    with working_folder(docs) as work:
        seen = run(docs, work, console, quiet=True)
    register = seen.assessment.register
    console.say(
        f"{from_here(docs / 'conf.py')}: {len(register.exceptions)} exceptions and "
        f"{len(register.rows)} rows are declared"
    )
    closing = closing_line(seen.assessment.findings)
    if closing:
        console.say(closing)
        console.say(
            "  help: `arco-parity check` shows them; `arco-parity check "
            "--write-baseline FILE` takes them as known"
        )
