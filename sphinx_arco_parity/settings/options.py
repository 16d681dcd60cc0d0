"""The configuration: every ``parity_`` option once, with type, default, check and help.

:data:`OPTIONS` is what Sphinx registers, what :func:`read_settings` checks and what the
reference page is made from.  :class:`Settings` is what the rest of the code reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache, lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote

from sphinx_arco_parity.model.fields import KINDS, cell_of, fields_of
from sphinx_arco_parity.model.records import STATUSES, Evidence
from sphinx_arco_parity.settings import checks as check
from sphinx_arco_parity.text.patterns import matches
from sphinx_arco_parity.text.words import STRUCK, label_key, plain

#: The default policy: globs over paths relative to the repository.
DEFAULT_EVIDENCE: dict[str, list[str]] = {
    "adr": ["docs/adr/**", "doc/adr/**", "docs/decisions/**", "adr/**"],
    "code": ["**", "!docs/**", "!doc/**"],
    "tests": ["**", "!docs/**", "!doc/**"],
    "ci": [
        ".github/workflows/*.yml", ".github/workflows/*.yaml", ".gitlab-ci.yml", ".circleci/**",
        "azure-pipelines.yml", "Jenkinsfile", ".forgejo/workflows/**",
    ],
    "background": ["docs/plans/**"],
}  # fmt: skip

#: The policy's name for the globs of a kind of evidence.
POLICY_KINDS = {"adr": "adr", "code": "code", "test": "tests", "ci": "ci"}


class Form(NamedTuple):
    """What the value of an option is."""

    shape: str
    """As the reference page writes it."""
    types: tuple[type, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One option of ``conf.py``."""

    name: str
    """Without the prefix ``parity_``."""
    default: Any
    form: Form
    check: Callable[[Any], str | None]
    """Returns what is wrong with a value, or ``None``."""
    help: str
    """What it does, in a sentence or two of Markdown."""


_STR, _BOOL = Form("str", (str,)), Form("bool", (bool,))
_MAYBE = Form("str | None", (str, type(None)))
_STRINGS = Form("list[str]", (list, tuple))
_WORDS = Form("dict[str, str]", (dict,))
_LISTS = Form("dict[str, list[str]]", (dict,))
_NESTED = Form("dict[str, dict[str, str]]", (dict,))


def _required_fields() -> dict[str, list[str]]:
    return {kind: [field.name for field in fields_of(kind) if field.required] for kind in KINDS}


OPTIONS: tuple[Option, ...] = (
    Option("product", "", _STR, check.anything,
           "The product that is documented. Default: the project's name."),
    Option("reference", "", _STR, check.anything,
           "The product with which it is compared."),
    Option("aliases", {}, Form('{"product": list[str], "reference": list[str]}', (dict,)),
           check.mapping_of_lists("product", "reference"),
           "Other names of both products, for `parity_prose`."),
    Option("statuses", {}, _WORDS, check.statuses,
           "The project's own labels for the five statuses: label to status."),
    Option("exception_types", ["Permanent", "Deferral", "Simplified"], _STRINGS, check.some_strings,
           "The types that an exception may have."),
    Option("proof_levels", ["unit", "integration", "e2e", "prod"], _STRINGS, check.strings,
           "The levels of proof, from the weakest."),
    Option("required_evidence", {"Implemented": ["code", "tests", "ci"]}, _LISTS,
           check.required_evidence,
           "The kinds of evidence that a status requires."),
    Option("required_fields", _required_fields(), _LISTS,
           check.mapping_of_lists("exceptions", "matrix"),
           "The fields that an exception and a row must have."),
    Option("columns", {}, _NESTED, check.columns,
           "Further headers of tables: for each kind of table, header to field."),
    Option("fields", {}, _LISTS, check.mapping_of_lists("exceptions", "matrix"),
           "Fields of the project's own, allowed as options and columns."),
    Option("tables", {}, _LISTS, check.mapping_of_lists("exceptions", "matrix"),
           "Patterns over page names whose plain tables are declarations."),
    Option("rules", {}, _WORDS, check.rules,
           "The severity of a rule: `error`, `warning`, `info` or `off`."),
    Option("ignore", {}, _NESTED, check.ignore,
           "Findings silenced with a reason: rule to (item or path glob to reason)."),
    Option("baseline", None, _MAYBE, check.path,
           "A file of known findings, relative to `conf.py`."),
    Option("strict_output", False, _BOOL, check.anything,
           "With errors, stop before any page is written."),
    Option("speedups", True, _BOOL, check.anything,
           "Build faster, with the same output; `False` switches this off, to find out "
           "whether it causes a fault."),
    Option("evidence", DEFAULT_EVIDENCE, _LISTS,
           check.mapping_of_lists("adr", "code", "tests", "ci", "background"),
           "The canonical evidence policy: for each kind, globs over the paths that count as "
           "proof; `!` excludes, `background` is never proof."),
    Option("repository", None, _MAYBE, check.path,
           "The root of the repository, relative to `conf.py`. Default: the nearest folder "
           "above the sources that holds `.git`, else the sources."),
    Option("repository_url", None, _MAYBE, check.url_template,
           "Where a file is shown, with `{commit}`, `{path}` and `{line}`."),
    Option("rules_url", None, _MAYBE, check.rules_url,
           "Where the page of a rule is shown, with `{rule}`; findings in pages link to it."),
    Option("expected_failures", [], _STRINGS, check.strings,
           "Lists of tests that are expected to fail, as globs over paths relative to the "
           "repository: text, YAML or JSON."),
    Option("required_results", {}, _WORDS, check.required_results,
           "What a status demands of the cited tests, where results are read: status to `passed`."),
    Option("minimum", {}, Form("dict[str, float]", (dict,)), check.minimum,
           "How much must be reached, in percent: `verified` of the evidence, `implemented` of the "
           "rows, `passed` of the cited tests."),
    Option("milestones", [], _STRINGS, check.strings,
           "The release milestones, in order."),
    Option("milestone", None, _MAYBE, check.anything,
           "The current milestone."),
    Option("lock", "parity.lock.json", _STR, check.path,
           "The file of the last review, relative to `conf.py`."),
    Option("review_scope", "all", Form('"all" | "linked" | dict[str, list[str]]', (str, dict)),
           check.review_scope,
           "Which exceptions a change of status touches: all, those linked with the changed "
           "rows, or those that a section is mapped to."),
    Option("prose", False, _BOOL, check.anything,
           "Also find parity claims that are not marked as such."),
    Option("prose_scope", "section", Form('"paragraph" | "section" | "page"', (str,)),
           check.one_of("paragraph", "section", "page"),
           "Where a citation may stand that covers an unmarked claim."),
    Option("prose_pages", ["**"], _STRINGS, check.strings,
           "Patterns over the names of the pages that `parity_prose` reads; `!` excludes."),
    Option("prose_files", [], _STRINGS, check.strings,
           "Files outside the documentation that `parity_prose` reads, as globs over paths "
           "relative to the repository."),
    Option("publish", ["json", "badge"], _STRINGS, check.subset_of("json", "badge"),
           "What HTML builds write beside `objects.inv`: `json`, `badge`."),
)  # fmt: skip


#: What ends the part of a label that is its status.
_QUALIFIER = re.compile(r"[(\[（:：;；,，、]|\s[-–—]+\s")
_AROUND_NOTES = " \t-–—:：;；,，、()[]（）"


def status_part(label: str) -> str:
    """Return what of *label*, without markup, stands before its qualifier."""
    bare = plain(label)
    cut = _QUALIFIER.search(bare)
    return bare[: cut.start()] if cut else bare


def signs_around(label: str) -> list[str]:
    """Return the words without letters or digits with which *label* begins or ends."""
    words = label.split()
    ends = dict.fromkeys([words[0], words[-1]] if words[1:] else [])
    return [word for word in ends if not any(map(str.isalnum, word))]


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
    rules_url: str | None = None
    expected_failures: Sequence[str] = ()
    minimum: Mapping[str, float] = field(default_factory=dict)
    required_results: Mapping[str, str] = field(default_factory=dict)
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
        comma, then a sign that the project maps, with which it begins or ends; the rest is
        the note.  What is struck out is not said.
        """
        label = STRUCK.sub("", label)
        whole = self._meaning(label)
        if whole is not None:
            return whole, ""
        bare = plain(label)
        part = status_part(bare)
        meaning = self._meaning(part) if part != bare else None
        if meaning is None:
            meant = {sign: self._own_meaning(label_key(sign)) for sign in signs_around(bare)}
            signs = [sign for sign, own in meant.items() if own]
            if signs and (meant[signs[0]] != STATUSES[0] or meant[signs[-1]] == STATUSES[0]):
                part, meaning = signs[0], meant[signs[0]]  # `✅ / ❌` is not implemented
        if meaning is None:
            return None, ""
        note = bare.removeprefix(part).removesuffix(part).strip(_AROUND_NOTES)
        return meaning, f"{note})" if note.count("(") > note.count(")") else note

    def _meaning(self, label: str) -> str | None:
        key = label_key(label)
        if not key:
            return None
        return self._own_meaning(key) or _meanings().get(key)

    def _own_meaning(self, key: str) -> str | None:
        meant = (meaning for own, meaning in self.statuses.items() if label_key(own) == key)
        return next((_meanings().get(label_key(meaning)) for meaning in meant), None)

    def exception_type(self, label: str) -> str | None:
        """Return the configured type that *label* means, or ``None``."""
        return _same(label, self.exception_types)

    def proof_level(self, label: str) -> str | None:
        """Return the configured level that *label* means, or ``None``."""
        return _same(label, self.proof_levels)

    def file_url(self, path: str, line: int | None, commit: str | None) -> str:
        """Return where a file of the repository is shown on its site, or nothing.

        :param path: relative to the repository.
        :param commit: the full hash of the commit that is looked at, if there is one.
        """
        if not self.repository_url:
            return ""
        shown = quote(path, errors="replace")
        url = self.repository_url.format(commit=commit or "HEAD", path=shown, line=line or 1)
        return url if line else url.removesuffix("#L1")

    def with_kinds(self, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
        """Return *evidence*, in which what lies among the ADRs is of kind ``adr``.

        That holds in whatever column or option it stands.
        """
        globs = tuple(self.evidence.get(POLICY_KINDS["adr"], ()))
        return tuple(
            replace(piece, kind="adr", written_in=cell_of(piece))
            if _lies_among(piece.path, globs)
            else piece
            for piece in evidence
        )

    def is_background(self, path: str) -> bool:
        """Tell whether *path* is planning material, which is never proof."""
        return matches(path, self.evidence.get("background", ()))

    def is_canonical(self, path: str, kind: str) -> bool:
        """Tell whether *path* counts as proof of *kind* (``test``, ``code``, …)."""
        return matches(path, self.evidence.get(POLICY_KINDS[kind], ()))


@lru_cache(maxsize=4096)  # most rows cite the files that others cite
def _lies_among(path: str, globs: tuple[str, ...]) -> bool:
    clean = path.removeprefix("./").rstrip("/")
    # The folder itself, too, is among what `docs/adr/**` gives.
    return bool(clean) and (matches(clean, globs) or matches(f"{clean}/", globs))


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
        wrong = None
        if not isinstance(value, option.form.types):
            wrong = f"must be {option.form.shape}, not {type(value).__name__}"
        elif type(value) is not type(option.default) or value != option.default:
            # A default is right, and its check would bring the words that it compares.
            wrong = option.check(value)
        if wrong:
            problems.append((f"parity_{option.name}", wrong))
            value = option.default
        good[option.name] = value
    good["evidence"] = {**DEFAULT_EVIDENCE, **good["evidence"]}
    good["required_fields"] = {**_required_fields(), **good["required_fields"]}
    if wrong := check.column_fields(good["columns"], good["fields"]):
        problems.append(("parity_columns", wrong))
        good["columns"] = {}
    if wrong := check.milestone(good["milestone"], good["milestones"]):
        problems.append(("parity_milestone", wrong))
        good["milestone"] = None
    return Settings(**good), problems


assert {f.name for f in fields(Settings)} == {o.name for o in OPTIONS}  # noqa: S101
