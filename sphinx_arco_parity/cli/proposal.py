"""The configuration that reads the tables which were found, and what is asked first.

Only what differs from the defaults is written: a short configuration is read.  Nothing is
guessed: a label that may be a typo, or that is no usual word, is a question.  Used by
``arco-parity init``, and by what reads a repository without configuration.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pprint import pformat
from typing import Any

from sphinx_arco_parity.cli.found_tables import FoundTables
from sphinx_arco_parity.cli.our_columns import beyond_policy
from sphinx_arco_parity.cli.usual_words import usual_meaning, usual_words
from sphinx_arco_parity.exports.counts import plural
from sphinx_arco_parity.model.records import STATUSES
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.settings.options import (
    DEFAULT_EVIDENCE,
    Settings,
    signs_around,
    status_part,
)
from sphinx_arco_parity.settings.toml import toml_key, toml_value
from sphinx_arco_parity.text.patterns import matches
from sphinx_arco_parity.text.words import is_empty, label_key

_ADR = re.compile(r"^(?P<folder>.+)/(?:adr[-_ ]?)?\d{3,4}[-_][^/]+\.(?:md|rst)$", re.IGNORECASE)
_MILESTONE = re.compile(r"\bM(\d{1,2})\b")

#: A table of so many rows in which a label stands once makes it doubtful.
_MANY_ROWS = 10
#: Items of a list that are said, at most.
_MANY = 12


@dataclass(slots=True)
class Proposal:
    """Options, without prefix, to values, and what must be asked."""

    options: dict[str, Any] = field(default_factory=dict)
    questions: dict[str, list[str]] = field(default_factory=dict)
    """An option to what must be asked before it can be set, each in a line."""
    notes: dict[str, str] = field(default_factory=dict)
    """An option to what must be said of its value."""
    unplaced: Counter[str] = field(default_factory=Counter)
    """Labels of statuses whose meaning nobody has said."""
    reference_missing: bool = False
    """Whether nothing says what is compared with."""

    def leave_out(self, names: Collection[str]) -> None:
        """Take away what is set already, and what would be asked about it."""
        for name in names:
            self.options.pop(name, None)
            self.notes.pop(name, None)
            self.questions.pop(name, None)
        self.reference_missing &= "reference" not in names


def propose(
    tables: FoundTables, patterns: Mapping[str, Sequence[str]], repository: Repository
) -> Proposal:
    """Return the configuration that reads *tables*.

    :param patterns: ``exceptions`` and ``matrix`` to patterns that name their pages.
    """
    made = Proposal(reference_missing=not tables.reference)
    if tables.reference:
        made.options["reference"] = tables.reference
    named = {kind: list(globs) for kind, globs in patterns.items() if globs}
    if named:
        made.options["tables"] = named
    if tables.columns:
        made.options["columns"] = {"matrix": dict(tables.columns)}
    for place, headers in [*tables.doubtful.items()][:_MANY]:
        made.questions.setdefault("columns", []).append(
            f"which column of {place} says how far the product is? statuses stand in "
            f"{', '.join(f'`{header}`' for header in headers)}; "
            f'`columns.matrix.{toml_key(headers[-1])} = "status"` would name one'
        )
    _place_statuses(made, tables)
    settings = Settings()
    for option, name, what, known in (
        ("exception_types", "type", "type", settings.exception_types),
        ("proof_levels", "proof-level", "proof level", settings.proof_levels),
    ):
        own, questions = _own_words(tables, name, what, known)
        if questions:
            made.questions[option] = questions
        if own:
            made.options[option] = [*known, *own]
    _place_demands(made, tables)
    _place_policy(made, tables, repository)
    highest = max(
        (int(m) for text in tables.values("revisit") for m in _MILESTONE.findall(text)), default=0
    )
    if highest:
        made.options["milestones"] = [f"M{n}" for n in range(1, highest + 1)]
    return made


def _place_statuses(made: Proposal, tables: FoundTables) -> None:
    """Map labels by the page's legend, then by the usual words; ask for the others."""
    settings = Settings()
    legend = {label_key(label): (label, status) for label, status in tables.legends.items()}
    found: dict[str, str] = {}
    disputed = Counter[str]()
    for value, count in tables.values("status").items():
        part = status_part(value).strip()
        tried = [value, part, *signs_around(value)]
        if tables.disputed.intersection(map(label_key, tried)):
            disputed[part or value] += count
            continue
        if own := next((legend[key] for text in tried if (key := label_key(text)) in legend), None):
            found[own[0]] = own[1]
        elif settings.status(value):
            continue
        elif usual := next((text for text in tried if usual_meaning(text)), None):
            found[usual] = usual_meaning(usual) or ""
        elif not is_empty(value):
            made.unplaced[part or value] += count
    # One label in several writings is one entry.
    statuses = {label_key(label): (label, status) for label, status in found.items()}
    if statuses:
        made.options["statuses"] = dict(statuses.values())
    _ask_statuses(made, [*found, *STATUSES, *usual_words()], disputed)


def _ask_statuses(made: Proposal, known: Sequence[str], disputed: Counter[str]) -> None:
    """Ask what the labels mean that are not *known*, and those of which legends disagree."""
    near = {label: meant for label in made.unplaced if (meant := _near(label, known))}
    doubts = dict.fromkeys(disputed, "legends say two things of it")
    made.unplaced |= disputed
    for label, meant in near.items():
        status = usual_meaning(meant)
        said = f" (that is {status})" if status != meant else ""
        doubts[label] = f"did you mean `{meant}`{said}?"
    questions = [
        f"what does the status `{label}` mean, which {_stands(made.unplaced[label])}? {doubt}"
        for label, doubt in doubts.items()
    ]
    others = [f"`{label}` ({n})" for label, n in made.unplaced.most_common() if label not in doubts]
    if others:
        more = f" and {len(others) - _MANY} more" if len(others) > _MANY else ""
        questions.append(f"what do these statuses mean: {', '.join(others[:_MANY])}{more}?")
    if questions:
        made.questions["statuses"] = questions


def _stands(count: int) -> str:
    return "stands once" if count == 1 else f"stands {count} times"


def _own_words(
    tables: FoundTables, name: str, what: str, known: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Return the project's own words in the column *name*, and questions on those in doubt."""
    keys = {label_key(label) for label in known}
    found = {
        label: count
        for label, count in tables.values(name).items()
        if label_key(label) not in keys and not is_empty(label)
    }
    own, questions = [], []
    for label, count in found.items():
        others = [*known, *(other for other, often in found.items() if often > max(count, 1))]
        meant = _near(label, others)
        if meant:
            questions.append(
                f"is the {what} `{label}`, which {_stands(count)}, one of its own, or did you "
                f"mean `{meant}`?"
            )
        elif count == 1 and any(
            label in table.values(name) and len(table.rows) >= _MANY_ROWS for table in tables.tables
        ):
            questions.append(f"is the {what} `{label}`, which stands once, one of its own?")
        else:
            own.append(label)
    return own, questions


def _near(label: str, known: Iterable[str]) -> str | None:
    """Return that of *known* from which *label* is one or two edits away, if one is."""
    key = label_key(label)
    best: tuple[int, str] | None = None
    for word in known:
        other = label_key(word)
        most = 1 if min(len(key), len(other)) < 6 else 2
        if len(other) < 3 or key == other:
            continue
        edits = _edits(key, other, most)
        if edits <= most and (best is None or edits < best[0]):
            best = (edits, word)
    return best[1] if best else None


def _edits(one: str, other: str, most: int) -> int:
    """Return how many letters differ: put in, left out, changed or swapped."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        two_before, before, row = before, row, [i]
        for j, opposite in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != opposite))
            if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _place_policy(made: Proposal, tables: FoundTables, repository: Repository) -> None:
    """Take for proof what is cited as such, and demand no exception where none is declared."""
    folders = adr_folders(repository)
    if folders:
        made.options["evidence"] = {"adr": [f"{folder}/**" for folder in folders]}
    if beyond_policy(((t.path, t.columns, t.rows) for t in tables.tables), repository):
        made.options.setdefault("evidence", {})["code"] = ["**"]
        made.notes["evidence"] = "Pages of docs are cited as evidence, which by default are none."
    statuses = {*made.options.get("statuses", {}).values(), *tables.values("status")}
    if not tables.pages("exceptions") and "Exception" in statuses:
        made.options["rules"] = {"row-without-exception": "off"}
        made.notes["rules"] = "No table of exceptions was found that rows could cite."


def _place_demands(made: Proposal, tables: FoundTables) -> None:
    """Demand the kinds and fields for which every table has a column."""
    settings = Settings()
    matrix, register = tables.fields("matrix"), tables.fields("exceptions")
    kinds = settings.required_evidence["Implemented"]
    if matrix is not None and not set(kinds) <= matrix:
        kept = [kind for kind in kinds if kind in matrix]
        made.options["required_evidence"] = {"Implemented": kept}
        made.notes["required_evidence"] = (
            "Not every table has a column for every kind of evidence (code, tests, ci): "
            + (f"only {' and '.join(kept)} must be cited." if kept else "no evidence is required.")
        )
    needed = settings.required_fields["exceptions"]
    if register is not None and not set(needed) <= register:
        made.options["required_fields"] = {
            "exceptions": [name for name in needed if name in register]
        }
        made.notes["required_fields"] = "What every table of exceptions has a column for."
    rows = settings.required_fields["matrix"]
    if matrix is not None and (kept := [name for name in rows if tables.is_filled(name)]) != rows:
        made.options.setdefault("required_fields", {})["matrix"] = kept
        made.notes.setdefault("required_fields", "What every row has.")


def adr_folders(repository: Repository) -> list[str]:
    """Return the folders of ADRs that the default policy does not know."""
    folders = {match["folder"] for path in repository.files() if (match := _ADR.match(path))}
    names = ("adr", "adrs", "decisions", "decision-records", "architecture-decisions")
    return sorted(
        folder
        for folder in folders
        if folder.rpartition("/")[2].lower() in names
        and not matches(f"{folder}/x.md", DEFAULT_EVIDENCE["adr"])
    )


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
        written = pformat(value, width=84 - len(name), sort_dicts=False)
        if "\n" not in written and len(name) + len(written) < 85:
            lines.append(f"{name} = {_quoted(written)}")
        elif isinstance(value, dict):
            inner = [f"    {key!r}: {item!r}," for key, item in value.items()]
            lines += [f"{name} = {{", *map(_quoted, inner), "}"]
        else:  # a list, as no other option is long
            lines += [f"{name} = [", *(_quoted(f"    {item!r},") for item in value), "]"]
    return lines


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
        columns = table.columns
        fields = Counter(name for name in columns.fields if name)
        named = [
            f"{header} = {name}"
            for header, name in zip(columns.headers, columns.fields, strict=True)
            if name and fields[name]
        ]
        yield (
            f"  {shown(table.path)}:{table.line}: {columns.kind}, "
            f"{plural(len(table.rows), 'row')}: {', '.join(named)}"
        )
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
