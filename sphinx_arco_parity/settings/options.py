"""The configuration: every ``parity_`` option once, with type, default, check and help.

:data:`OPTIONS` is what Sphinx registers, what :func:`read_settings` checks and what the
reference page is made from.  :class:`Settings` is what the rest of the code reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from sphinx_arco_parity.model.fields import KINDS, fields_of
from sphinx_arco_parity.model.records import STATUSES
from sphinx_arco_parity.settings import checks as check
from sphinx_arco_parity.text.patterns import matches
from sphinx_arco_parity.text.words import label_key, plain

#: The default policy: globs over paths relative to the repository.
DEFAULT_EVIDENCE: dict[str, list[str]] = {
    "adr": ["docs/adr/**", "doc/adr/**", "docs/decisions/**", "adr/**"],
    "code": ["**", "!docs/**", "!doc/**"],
    "tests": ["**", "!docs/**", "!doc/**"],
    "ci": [
        ".github/workflows/*.yml",
        ".github/workflows/*.yaml",
        ".gitlab-ci.yml",
        ".circleci/**",
        "azure-pipelines.yml",
        "Jenkinsfile",
        ".forgejo/workflows/**",
    ],
    "background": ["docs/plans/**"],
}

#: The policy's name for the globs of a kind of evidence.
POLICY_KINDS = {"adr": "adr", "code": "code", "test": "tests", "ci": "ci"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of ``conf.py``."""

    name: str
    """Without the prefix ``parity_``."""
    default: Any
    types: tuple[type, ...]
    help: str
    """What it does, in a sentence or two of Markdown."""
    check: Callable[[Any], str | None] = check.anything
    """Returns what is wrong with a value, or ``None``."""
    shape: str = ""
    """The type as the reference page writes it."""


def _required_fields() -> dict[str, list[str]]:
    return {kind: [field.name for field in fields_of(kind) if field.required] for kind in KINDS}


OPTIONS: tuple[Option, ...] = (
    Option(
        name="product",
        default="",
        types=(str,),
        shape="str",
        help="The product that is documented. Default: the project's name.",
    ),
    Option(
        name="reference",
        default="",
        types=(str,),
        shape="str",
        help="The product with which it is compared.",
    ),
    Option(
        name="aliases",
        default={},
        types=(dict,),
        shape='{"product": list[str], "reference": list[str]}',
        help="Other names of both products, for `parity_prose`.",
        check=check.mapping_of_lists("product", "reference"),
    ),
    Option(
        name="statuses",
        default={},
        types=(dict,),
        shape="dict[str, str]",
        help="The project's own labels for the five statuses: label to status.",
        check=check.statuses,
    ),
    Option(
        name="exception_types",
        default=["Permanent", "Deferral", "Simplified"],
        types=(list, tuple),
        shape="list[str]",
        help="The types that an exception may have.",
        check=check.some_strings,
    ),
    Option(
        name="proof_levels",
        default=["unit", "integration", "e2e", "prod"],
        types=(list, tuple),
        shape="list[str]",
        help="The levels of proof, from the weakest.",
        check=check.strings,
    ),
    Option(
        name="required_evidence",
        default={"Implemented": ["code", "tests", "ci"]},
        types=(dict,),
        shape="dict[str, list[str]]",
        help="The kinds of evidence that a status demands.",
        check=check.required_evidence,
    ),
    Option(
        name="required_fields",
        default=_required_fields(),
        types=(dict,),
        shape="dict[str, list[str]]",
        help="The fields that an exception and a row must have.",
        check=check.mapping_of_lists("exceptions", "matrix"),
    ),
    Option(
        name="columns",
        default={},
        types=(dict,),
        shape="dict[str, dict[str, str]]",
        help="Further headers of tables: for each kind of table, header to field.",
        check=check.columns,
    ),
    Option(
        name="fields",
        default={},
        types=(dict,),
        shape="dict[str, list[str]]",
        help="Fields of the project's own, allowed as options and columns.",
        check=check.mapping_of_lists("exceptions", "matrix"),
    ),
    Option(
        name="tables",
        default={},
        types=(dict,),
        shape="dict[str, list[str]]",
        help="Patterns over page names whose plain tables are declarations.",
        check=check.mapping_of_lists("exceptions", "matrix"),
    ),
    Option(
        name="rules",
        default={},
        types=(dict,),
        shape="dict[str, str]",
        help="The severity of a rule: `error`, `warning`, `info` or `off`.",
        check=check.rules,
    ),
    Option(
        name="ignore",
        default={},
        types=(dict,),
        shape="dict[str, dict[str, str]]",
        help="Findings silenced with a reason: rule to (item or path glob to reason).",
        check=check.ignore,
    ),
    Option(
        name="baseline",
        default=None,
        types=(str, type(None)),
        shape="str | None",
        help="A file of known findings, relative to `conf.py`.",
        check=check.path,
    ),
    Option(
        name="strict_output",
        default=False,
        types=(bool,),
        shape="bool",
        help="With errors, stop before any page is written.",
    ),
    Option(
        name="speedups",
        default=True,
        types=(bool,),
        shape="bool",
        help="Build faster, with the same output; `False` takes the plain way, to find out "
        "whether a fault lies there.",
    ),
    Option(
        name="evidence",
        default=DEFAULT_EVIDENCE,
        types=(dict,),
        shape="dict[str, list[str]]",
        help="The canonical evidence policy: for each kind, globs over the paths that "
        "count as proof; `!` takes away, `background` is never proof.",
        check=check.mapping_of_lists("adr", "code", "tests", "ci", "background"),
    ),
    Option(
        name="repository",
        default=None,
        types=(str, type(None)),
        shape="str | None",
        help="The root of the repository, relative to `conf.py`. Default: the nearest "
        "folder above the sources that holds `.git`, else the sources.",
        check=check.path,
    ),
    Option(
        name="repository_url",
        default=None,
        types=(str, type(None)),
        shape="str | None",
        help="Where a file is shown, with `{commit}`, `{path}` and `{line}`.",
        check=check.url_template,
    ),
    Option(
        name="milestones",
        default=[],
        types=(list, tuple),
        shape="list[str]",
        help="The release milestones, in order.",
        check=check.strings,
    ),
    Option(
        name="milestone",
        default=None,
        types=(str, type(None)),
        shape="str | None",
        help="The milestone that is reached now.",
    ),
    Option(
        name="lock",
        default="parity.lock.json",
        types=(str,),
        shape="str",
        help="The file of the last review, relative to `conf.py`.",
        check=check.path,
    ),
    Option(
        name="review_scope",
        default="all",
        types=(str, dict),
        shape='"all" | "linked" | dict[str, list[str]]',
        help="Which exceptions a change of status touches: all, those linked with the "
        "changed rows, or those that a section is mapped to.",
        check=check.review_scope,
    ),
    Option(
        name="prose",
        default=False,
        types=(bool,),
        shape="bool",
        help="Also find parity claims that nobody marked.",
    ),
    Option(
        name="prose_scope",
        default="section",
        types=(str,),
        shape='"paragraph" | "section" | "page"',
        help="Where a citation may stand that covers an unmarked claim.",
        check=check.one_of("paragraph", "section", "page"),
    ),
    Option(
        name="prose_pages",
        default=["**"],
        types=(list, tuple),
        shape="list[str]",
        help="Patterns over the names of the pages that `parity_prose` reads; `!` takes away.",
        check=check.strings,
    ),
    Option(
        name="prose_files",
        default=[],
        types=(list, tuple),
        shape="list[str]",
        help="Files outside the documentation that `parity_prose` reads, as globs over "
        "paths relative to the repository.",
        check=check.strings,
    ),
    Option(
        name="publish",
        default=["json", "badge"],
        types=(list, tuple),
        shape="list[str]",
        help="What HTML builds write beside `objects.inv`: `json`, `badge`.",
        check=check.subset_of("json", "badge"),
    ),
)


#: What ends the part of a label that is its status.
_QUALIFIER = re.compile(r"[(\[（:：;；,，、]|\s[-–—]+\s")
_AROUND_NOTES = " \t-–—:：;；,，、()[]（）"


def status_part(label: str) -> str:
    """Return what of *label*, without markup, stands before its qualifier."""
    bare = plain(label)
    cut = _QUALIFIER.search(bare)
    return bare[: cut.start()] if cut else bare


@cache
def _meanings() -> dict[str, str]:
    """Return the five statuses by the key with which labels are compared."""
    return {label_key(status): status for status in STATUSES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The checked configuration; plain values that compare and pickle."""

    product: str = ""
    reference: str = ""
    aliases: Mapping[str, Sequence[str]] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    exception_types: Sequence[str] = ("Permanent", "Deferral", "Simplified")
    proof_levels: Sequence[str] = ("unit", "integration", "e2e", "prod")
    required_evidence: Mapping[str, Sequence[str]] = field(
        default_factory=lambda: {"Implemented": ["code", "tests", "ci"]}
    )
    required_fields: Mapping[str, Sequence[str]] = field(default_factory=_required_fields)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tables: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    ignore: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    baseline: str | None = None
    strict_output: bool = False
    speedups: bool = True
    evidence: Mapping[str, Sequence[str]] = field(default_factory=lambda: dict(DEFAULT_EVIDENCE))
    repository: str | None = None
    repository_url: str | None = None
    milestones: Sequence[str] = ()
    milestone: str | None = None
    lock: str = "parity.lock.json"
    review_scope: str | Mapping[str, Sequence[str]] = "all"
    prose: bool = False
    prose_scope: str = "section"
    prose_pages: Sequence[str] = ("**",)
    prose_files: Sequence[str] = ()
    publish: Sequence[str] = ("json", "badge")

    def status(self, label: str) -> str | None:
        """Return the one of :data:`.STATUSES` that *label* means, or ``None``."""
        return self.status_and_note(label)[0]

    def status_and_note(self, label: str) -> tuple[str | None, str]:
        """Return the status that *label* means, and what it says besides.

        The whole label is looked up first, what the project maps before all else; then
        what stands before its first parenthesis, dash between blanks, colon, semicolon or
        comma, then a sign that the project maps with which it begins; the rest is the note.
        """
        whole = self._meaning(label)
        if whole is not None:
            return whole, ""
        bare = plain(label)
        part = status_part(bare)
        meaning = self._meaning(part) if part != bare else None
        if meaning is None:
            part = bare.partition(" ")[0]
            is_sign = part != bare and not any(map(str.isalnum, part))
            meaning = self._own_meaning(label_key(part)) if is_sign else None
        if meaning is None:
            return None, ""
        note = bare[len(part) :].strip(_AROUND_NOTES)
        return meaning, f"{note})" if note.count("(") > note.count(")") else note

    def _meaning(self, label: str) -> str | None:
        key = label_key(label)
        if not key:
            return None
        return self._own_meaning(key) or _meanings().get(key)

    def _own_meaning(self, key: str) -> str | None:
        return next(
            (
                _meanings().get(label_key(meaning))
                for own, meaning in self.statuses.items()
                if label_key(own) == key
            ),
            None,
        )

    def exception_type(self, label: str) -> str | None:
        """Return the configured type that *label* means, or ``None``."""
        return _same(label, self.exception_types)

    def proof_level(self, label: str) -> str | None:
        """Return the configured level that *label* means, or ``None``."""
        return _same(label, self.proof_levels)

    def is_background(self, path: str) -> bool:
        """Tell whether *path* is planning material, which is never proof."""
        return matches(path, self.evidence.get("background", ()))

    def is_canonical(self, path: str, kind: str) -> bool:
        """Tell whether *path* counts as proof of *kind* (``test``, ``code``, …)."""
        return matches(path, self.evidence.get(POLICY_KINDS[kind], ()))


def _same(label: str, known: Sequence[str]) -> str | None:

    key = label_key(label)
    return next((name for name in known if label_key(name) == key), None)


def read_settings(values: Mapping[str, Any]) -> tuple[Settings, list[tuple[str, str]]]:
    """Make settings of *values*: option name without prefix to what ``conf.py`` says.

    Returns the settings, in which each bad value is replaced by its default, and a list
    of (option name with prefix, what is wrong with it).
    """
    problems: list[tuple[str, str]] = []
    good: dict[str, Any] = {}
    for option in OPTIONS:
        value = values.get(option.name, option.default)
        # A default is right, and its check would bring the words that it compares.
        wrong = None if _is_default(option, value) else _wrong(option, value)
        if wrong:
            problems.append((f"parity_{option.name}", wrong))
            value = option.default
        good[option.name] = value
    good["evidence"] = {**DEFAULT_EVIDENCE, **good["evidence"]}
    defaults = Settings()
    good["required_fields"] = {**defaults.required_fields, **good["required_fields"]}
    settings = Settings(**good)
    wrong = check.column_fields(settings.columns, settings.fields)
    if wrong:
        problems.append(("parity_columns", wrong))
        good["columns"] = {}
        settings = Settings(**good)
    wrong = check.milestone(settings.milestone, settings.milestones)
    if wrong:
        problems.append(("parity_milestone", wrong))
        good["milestone"] = None
        settings = Settings(**good)
    return settings, problems


def _is_default(option: Option, value: Any) -> bool:
    return type(value) is type(option.default) and value == option.default


def _wrong(option: Option, value: Any) -> str | None:
    if isinstance(value, option.types):
        return option.check(value)
    return f"must be {option.shape}, not {type(value).__name__}"


assert {f.name for f in fields(Settings)} == {o.name for o in OPTIONS}  # noqa: S101
