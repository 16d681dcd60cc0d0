"""A proposal as text: the lines of ``arco-parity.toml`` or ``conf.py``, and how tables are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pprint import pformat
from typing import Any

from sphinx_arco_parity.cli.found_tables import FoundTable, FoundTables
from sphinx_arco_parity.cli.proposal import Proposal
from sphinx_arco_parity.exports.counts import plural
from sphinx_arco_parity.settings.toml import toml_key, toml_value

_TITLE = "# Parity with the reference product, as sphinx-arco-parity checks it."
_ADVICE = {
    "reference": "What it is compared with.",
    "columns": "What columns are whose headers do not say it.",
    "tables": "Tables of these pages are declarations, as they stand.",
    "statuses": "The project's own words for the five statuses.",
    "proof_levels": "From the weakest.",
    "milestones": "In order; set {prefix}milestone to the one that is reached.",
}
#: The columns of a line of configuration, at most, if it can be broken.
_WIDTH = 90
#: Labels that are said, at most.
_SAID = 20


def toml_text(proposal: Proposal) -> str:
    """Return the text of a new ``arco-parity.toml``."""
    plain = {n: v for n, v in proposal.options.items() if not isinstance(v, dict)}
    tables = {n: v for n, v in proposal.options.items() if isinstance(v, dict)}
    lines = [_TITLE, ""]
    for name, value in plain.items():
        lines += _comments(name, proposal.notes, "")
        lines += _broken(f"{name} = ", value)
    for name, mapping in tables.items():
        lines += ["", *_comments(name, proposal.notes, ""), f"[{name}]"]
        for key, value in mapping.items():
            lines += _broken(f"{toml_key(key)} = ", value)
    text = "\n".join(lines)
    return text.replace("\n\n\n", "\n\n") + "\n"


def _broken(start: str, value: Any) -> list[str]:
    """Return a value on one line, or a list with an item a line where that is too long."""
    line = start + toml_value(value)
    if len(line) <= _WIDTH or not isinstance(value, list):
        return [line]
    return [f"{start}[", *(f"  {toml_value(item)}," for item in value), "]"]


def _comments(name: str, notes: Mapping[str, str], prefix: str) -> list[str]:
    said = notes.get(name) or _ADVICE.get(name)
    return [f"# {said.replace('{prefix}', prefix)}"] if said else []


def conf_lines(proposal: Proposal) -> list[str]:
    """Return lines for the end of a ``conf.py``; none if there is nothing to set."""
    lines = [_TITLE] if proposal.options else []
    for bare, value in proposal.options.items():
        name = f"parity_{bare}"
        lines += _comments(bare, proposal.notes, "parity_")
        lines += _assignment(name, value)
    return lines


def _assignment(name: str, value: object) -> list[str]:
    written = pformat(value, width=84 - len(name), sort_dicts=False)
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


def reading_lines(
    tables: FoundTables, proposal: Proposal, shown: Callable[[str], str]
) -> Iterator[str]:
    """Yield lines that say which tables were read, and how."""
    pages = len({table.path for table in tables.tables})
    yield (
        f"read without configuration: {plural(len(tables.tables), 'table')} on "
        f"{plural(pages, 'page')}, of {plural(tables.looked_at, 'page')} looked at"
    )
    for table in tables.tables:
        yield f"  {shown(table.path)}:{table.line}: {_how(table)}"
    statuses = proposal.options.get("statuses", {})
    if statuses:
        said = ", ".join(f"{label} = {status}" for label, status in statuses.items())
        yield f"  statuses: {said}"
    for question in proposal.questions.get("columns", ()):
        yield f"  not read: {question}"
    if proposal.unplaced:
        common = proposal.unplaced.most_common(_SAID)
        said = ", ".join(f"{label} ({count})" for label, count in common)
        more = len(proposal.unplaced) - len(common)
        yield f"  statuses that are not placed: {said}{f' and {more} more' if more else ''}"


def _how(table: FoundTable) -> str:
    columns = table.columns
    what = "exceptions" if columns.kind == "exceptions" else "matrix"
    fields = Counter(name for name in columns.fields if name)
    named = [
        f"{header} = {name}"
        for header, name in zip(columns.headers, columns.fields, strict=True)
        if name and fields[name]
    ]
    return f"{what}, {plural(len(table.rows), 'row')}: {', '.join(named)}"
