"""What is read where there is no Sphinx project: by configuration in TOML, or without any."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sphinx_arco_parity.cli.conf_text import ConfText
from sphinx_arco_parity.cli.console import CannotRunError, NothingToReadError, from_here
from sphinx_arco_parity.cli.found_tables import FoundTables, find_tables
from sphinx_arco_parity.cli.listed_pages import SUFFIXES
from sphinx_arco_parity.cli.our_columns import product_of
from sphinx_arco_parity.cli.proposal import Proposal, propose
from sphinx_arco_parity.exports.counts import plural
from sphinx_arco_parity.extension.config import toml_for
from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.model.records import Place
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.git import git_folder
from sphinx_arco_parity.settings.toml import TomlConfig
from sphinx_arco_parity.text.patterns import matches

#: What a repository without configuration is not held to, because nobody has asked for it:
#: demands, and the policy of what counts as proof.
_LENIENT = {
    **dict.fromkeys(
        (
            "adr-index-differs",
            "duplicate-adr",
            "evidence-background",
            "evidence-not-canonical",
            "exception-incomplete",
            "exception-type",
            "exception-uncited",
            "permanent-with-milestone",
            "row-incomplete",
            "row-proof-level",
            "row-proof-too-low",
            "row-without-evidence",
            "row-without-exception",
            "table-not-read",
            "unknown-milestone",
        ),
        "off",
    ),
    **dict.fromkeys(("duplicate-id", "row-cites-exception", "row-status"), "info"),
    "unreadable-file": "warning",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was found without configuration, and the configuration that reads it."""

    tables: FoundTables
    proposal: Proposal
    home: Path
    """The folder of the configuration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """What is to be read below a folder."""

    pages: tuple[str, ...]
    """Relative to the folder."""
    options: dict[str, Any] = field(default_factory=dict)
    """For Sphinx, with their prefixes."""
    reading: Reading | None = None
    """Set if there is no configuration."""


def is_plain(docs: Path, *, adopting: bool = False) -> bool:
    """Tell whether *docs* is read without its ``conf.py``.

    That is: it has none, or one that has nothing to do with us, or one that does not load us
    beside a configuration in TOML.

    :param adopting: us being added to a ``conf.py`` that has nothing to do with us.
    """
    conf = docs / "conf.py"
    if not conf.is_file():
        return True
    toml = toml_for(docs)
    if toml is None or toml.path.parent != docs:
        return not adopting and not may_be_ours(conf)
    return not loads_us(conf)


def may_be_ours(conf: Path) -> bool:
    """Tell whether the ``conf.py`` at *conf* loads us, sets an option of ours, or may do so."""
    try:
        text = ConfText(conf.read_text(encoding="utf-8"))
        beside = [conf.parent / f"{module}.py" for module in text.imported_whole]
        return text.may_be_ours or any("parity" in module.read_text("utf-8") for module in beside)
    except (OSError, UnicodeDecodeError):
        return True


def loads_us(conf: Path) -> bool:
    """Tell whether the ``conf.py`` at *conf* names us; also if it cannot be read."""
    try:
        return ConfText(conf.read_text(encoding="utf-8")).loads_us
    except (OSError, UnicodeDecodeError):
        return True


def plain(docs: Path, root: Path | None = None) -> Plain:
    """Return what is read of the plain files below *docs*.

    :param root: the repository; by default the one around *docs*.
    :raises CannotRunError: if there is nothing to read.
    """
    repository = Repository.open(root or git_folder(docs) or docs)
    product = product_of(repository) or docs.name
    toml = toml_for(docs)
    pages = tracked_pages(repository, docs)
    if toml:
        return Plain(pages=tuple(_configured(toml, pages)), options={"project": product})
    reading = read_unconfigured(repository, docs, pages)
    proposal = reading.proposal
    if not reading.tables.tables:
        raise nothing_to_read(reading)
    options = {
        **proposal.options,
        "required_evidence": {},
        "required_fields": {"exceptions": [], "matrix": []},
        "rules": _LENIENT,
    }
    tables = options["tables"]
    return Plain(
        pages=tuple(page for page in pages if any(_literal(page) in g for g in tables.values())),
        options={"project": product, **{f"parity_{name}": v for name, v in options.items()}},
        reading=reading,
    )


def read_unconfigured(repository: Repository, docs: Path, pages: Sequence[str]) -> Reading:
    """Find the tables of *pages*, relative to *docs*, and the configuration that reads them."""
    prefix = _prefix(repository, docs)
    tables = find_tables(repository, [prefix + page for page in pages])
    patterns = {
        kind: [_literal(path.removeprefix(prefix)) for path in tables.pages(kind)]
        for kind in ("exceptions", "matrix")
    }
    return Reading(tables=tables, proposal=propose(tables, patterns, repository), home=docs)


def _literal(path: str) -> str:
    """Return a pattern that gives *path* alone."""
    return re.sub(r"[*?\[]", r"[\g<0>]", path)


def nothing_to_read(reading: Reading) -> NothingToReadError:
    """Return why a repository without configuration is not checked: no table was found."""
    docs, looked_at = reading.home, reading.tables.looked_at
    asked = reading.proposal.questions.get("columns", [])
    return NothingToReadError(
        f"there is nothing to read in {from_here(docs)}: {plural(looked_at, 'tracked page')} "
        f"({', '.join(f'*{end}' for end in SUFFIXES)}) looked at, no table found",
        help_text="; ".join(asked)
        or "a matrix is a table with a column `Status`, on a page, below a heading or with "
        "headers that speak of parity, features, support and the like, or that cites a "
        "tracked path; a table of exceptions has the columns `ID` and `Capability`; name "
        "other tables in arco-parity.toml",
    )


def none_could_be_read(reading: Reading, findings: Sequence[Finding]) -> NothingToReadError:
    """Return why a repository is not checked whose tables were found, and none was read."""
    return NothingToReadError(
        f"none of the tables found in {from_here(reading.home)} could be read",
        help_text="; ".join(dict.fromkeys(finding.message for finding in findings)),
    )


def as_tables(findings: Sequence[Finding], reading: Reading) -> tuple[Finding, ...]:
    """Return *findings* as they are without configuration.

    Those on statuses that cannot be placed are one for each page, and those on patterns, which
    nobody wrote, stand at the tables.
    """
    return _one_a_page([_at_its_table(finding, reading) for finding in findings])


def _at_its_table(finding: Finding, reading: Reading) -> Finding:
    if finding.rule != "table-not-recognised":
        return finding
    table = next(
        table for table in reading.tables.tables if _literal(table.path).endswith(finding.item)
    )
    return replace(
        finding,
        place=Place(path=table.path, line=table.line),
        item=table.path,
        message="the table is not read, because docutils does not take it for one",
        help="build the page to see why; in a grid table every border must be in line, and a sign "
        "such as ✅ is two columns wide",
    )


def _one_a_page(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    by_page = Counter(finding.place.path for finding in findings if finding.rule == "row-status")
    gathered = []
    for finding in findings:
        path = finding.place.path
        if finding.rule != "row-status":
            gathered.append(finding)
        elif number := by_page.pop(path, 0):
            first = replace(
                finding,
                item=path,
                message=f"{path}: {plural(number, 'row')} with a status that is no usual word",
                help="say what each label means, in `statuses` of arco-parity.toml, or in a "
                "legend on the page",
            )
            gathered.append(first)
    return tuple(gathered)


def tracked_pages(repository: Repository, folder: Path) -> list[str]:
    """Return the tracked pages below *folder*, relative to it; names that are no text left out."""
    prefix = _prefix(repository, folder)
    ends = tuple(SUFFIXES)
    # git gives bytes that are no UTF-8 as half characters.
    return [
        path.removeprefix(prefix)
        for path in repository.files()
        if path.endswith(ends)
        and path.startswith(prefix)
        and not any("\ud800" <= character <= "\udfff" for character in path)
    ]


def _prefix(repository: Repository, folder: Path) -> str:
    below = folder.resolve().relative_to(repository.root).as_posix()
    return "" if below == "." else f"{below}/"


def _configured(toml: TomlConfig, pages: Sequence[str]) -> list[str]:
    if not toml.values:
        wrong = "; ".join(f"{key} {what}" for key, what in toml.problems) or "sets nothing"
        raise CannotRunError(f"{from_here(toml.path)}: {wrong}")
    tables = toml.values.get("tables", {})
    lists = tables.values() if isinstance(tables, dict) else ()
    ends = tuple(SUFFIXES)
    # A pattern may lack the ending of the pages that it means.
    globs = [
        [
            path
            for pattern in some
            if isinstance(pattern, str)
            for path in ([pattern] if pattern.endswith(ends) else [pattern + end for end in ends])
        ]
        for some in lists
        if isinstance(some, list)
    ]
    if not any(globs) and not toml.values.get("prose_files"):
        raise CannotRunError(
            f"{from_here(toml.path)} names nothing to read",
            help_text='set `tables.matrix = ["FEATURE_PARITY.md"]` there, say, or run '
            "`arco-parity init`",
        )
    return [page for page in pages if any(matches(page, patterns) for patterns in globs)]
