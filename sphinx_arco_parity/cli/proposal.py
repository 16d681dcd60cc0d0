"""The configuration that ``arco-parity init`` proposes, from what it has found.

Only what differs from the defaults is written: a short ``conf.py`` is read.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

from sphinx_arco_parity.repository.source import UnreadableFileError
from sphinx_arco_parity.settings.options import DEFAULT_EVIDENCE, Settings
from sphinx_arco_parity.text.patterns import matches
from sphinx_arco_parity.text.words import label_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_arco_parity.cli.conf_text import ConfText
    from sphinx_arco_parity.cli.found_tables import FoundTables
    from sphinx_arco_parity.repository.files import Repository

_ADR = re.compile(r"^(?P<folder>.+)/(?:adr[-_ ]?)?\d{3,4}[-_][^/]+\.(?:md|rst)$", re.IGNORECASE)
_MILESTONE = re.compile(r"\bM(\d{1,2})\b")

#: Labels that mean the same wherever they are used.
_MEANING = {
    "Implemented": "done complete completed implemented supported full yes green shipped ✅ ✔ 🟢",
    "Partial": "partial partially|implemented in|progress in_progress wip started yellow 🟡 🚧 ⚠",
    "Designed": "designed design specified",
    "Planned": "planned todo to|do not|started missing backlog pending no red ❌ 🔴 ⬜",
    "Exception": "exception exempt out|of|scope won't|do wontfix not|planned n/a divergent",
}
_BY_LABEL = {
    label_key(word.replace("|", " ")): meaning
    for meaning, words in _MEANING.items()
    for word in words.split()
}


def proposed(conf: ConfText, tables: FoundTables, repository: Repository) -> dict[str, Any]:
    """Return options, with their prefix, to values; those of *conf* are left out."""
    options = dict(_all(conf, tables, repository))
    return {name: value for name, value in options.items() if name not in conf.names}


def _all(conf: ConfText, tables: FoundTables, repository: Repository) -> Iterator[tuple[str, Any]]:
    if not conf.string("project"):
        product = product_of(repository)
        if product:
            yield "parity_product", product
    yield "parity_reference", tables.reference or "the reference product"
    if tables.pages:
        yield "parity_tables", dict(tables.pages)
    yield from _words(tables)
    yield from _demands(tables)
    folders = adr_folders(repository)
    if folders:
        yield "parity_evidence", {"adr": [f"{folder}/**" for folder in folders]}
    highest = max(
        (int(m) for text in tables.values.get("revisit", ()) for m in _MILESTONE.findall(text)),
        default=0,
    )
    if highest:
        yield "parity_milestones", [f"M{n}" for n in range(1, highest + 1)]


def _words(tables: FoundTables) -> Iterator[tuple[str, Any]]:
    """Give the project's own words for statuses, types and levels of proof."""
    settings = Settings()
    statuses = {
        label: _BY_LABEL[label_key(label)]
        for label in tables.values.get("status", ())
        if settings.status(label) is None and label_key(label) in _BY_LABEL
    }
    if statuses:
        yield "parity_statuses", statuses
    types = _others(tables.values.get("type", {}), settings.exception_types)
    if types:
        yield "parity_exception_types", [*settings.exception_types, *types]
    levels = _others(tables.values.get("proof-level", {}), settings.proof_levels)
    if levels:
        yield "parity_proof_levels", [*settings.proof_levels, *levels]


def _others(found: dict[str, None], known: Any) -> list[str]:
    keys = {label_key(label) for label in known}
    return [label for label in found if label_key(label) not in keys]


def _demands(tables: FoundTables) -> Iterator[tuple[str, Any]]:
    """Give what can be demanded: a kind or field for which every table has a column."""
    settings = Settings()
    matrix, register = tables.fields.get("matrix"), tables.fields.get("exceptions")
    kinds = settings.required_evidence["Implemented"]
    if matrix is not None and not set(kinds) <= matrix:
        kept = [kind for kind in kinds if kind in matrix]
        yield "parity_required_evidence", {"Implemented": kept}
    needed = settings.required_fields["exceptions"]
    if register is not None and not set(needed) <= register:
        kept = [name for name in needed if name in register]
        yield "parity_required_fields", {"exceptions": kept}


def unknown_statuses(conf: ConfText, tables: FoundTables) -> list[str]:
    """Return the labels of statuses that nobody but the user can map."""
    settings = Settings()
    if "parity_statuses" in conf.names:
        return []
    return [
        label
        for label in tables.values.get("status", ())
        if settings.status(label) is None and label_key(label) not in _BY_LABEL
    ]


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


def product_of(repository: Repository) -> str:
    """Return the name of the product, as its package files say."""
    for path, keys in (
        ("pyproject.toml", (("project", "name"), ("tool", "poetry", "name"))),
        ("Cargo.toml", (("package", "name"),)),
        ("package.json", (("name",),)),
    ):
        loaded = _loaded(repository, path)
        for key in keys:
            value: Any = loaded
            for word in key:
                value = value.get(word) if isinstance(value, dict) else None
            if isinstance(value, str) and value:
                return value
    return ""


def _loaded(repository: Repository, path: str) -> Any:
    try:
        text = repository.read(path).text
        return json.loads(text) if path.endswith(".json") else tomllib.loads(text)
    except (UnreadableFileError, ValueError, RecursionError):
        return {}
