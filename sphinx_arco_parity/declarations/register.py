"""The register: all that is declared in the whole project, read-only.

Made again from the records of the documents in every build; rules, views and exports
read it.  Nothing in it is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from sphinx_arco_parity.model.records import (
    Adr,
    AdrIndexEntry,
    Declaration,
    DocumentRecords,
    Mention,
    ParityClaim,
    ParityException,
    ParityRow,
    ProseClaim,
)
from sphinx_arco_parity.settings.options import Settings
from sphinx_arco_parity.text.words import IdShapes, digest, is_empty, slug

D = TypeVar("D", bound="Declaration")
R = TypeVar("R", "ParityException", "ParityRow")


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedBy:
    """What cites an exception, each in the order of pages and lines."""

    rows: tuple[str, ...] = ()
    """Ids of rows that cite it by column, option or role."""
    claims: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    """Roles in ordinary text."""
    named_by_rows: tuple[str, ...] = ()
    """Ids of rows that name it in another cell, which is no citation."""


@dataclass(frozen=True, kw_only=True)
class Register:
    """Everything that is declared, in the order of pages and lines."""

    settings: Settings
    documents: tuple[DocumentRecords, ...]
    """Sorted by the name of the page."""
    adrs: tuple[Adr, ...] = ()
    adr_index: tuple[AdrIndexEntry, ...] = ()
    inventories: Mapping[str, frozenset[str] | None] = field(default_factory=dict)
    """Exceptions of other projects: name to ids, ``None`` if it could not be loaded."""

    @cached_property
    def exceptions(self) -> tuple[ParityException, ...]:
        """All exceptions; those without an id of their own have their derived one."""
        found = (self._labelled(exception) for d in self.documents for exception in d.exceptions)
        return _with_ids(_ordered(found))

    @cached_property
    def rows(self) -> tuple[ParityRow, ...]:
        """All rows; those without an id of their own have their derived one."""
        return _with_ids(_ordered(self._labelled(row) for d in self.documents for row in d.rows))

    def _labelled(self, record: R) -> R:
        """Return *record* without labels that mean "nothing", unless the project knows them."""
        meanings = {
            "status": self.settings.status,
            "proof_level": self.settings.proof_level,
            "type": self.settings.exception_type,
        }
        empty: dict[str, Any] = {
            name: ""
            for name, meaning in meanings.items()
            if (label := getattr(record, name, "")) and is_empty(label) and meaning(label) is None
        }
        return replace(record, **empty) if empty else record

    @cached_property
    def claims(self) -> tuple[ParityClaim, ...]:
        """All claims that are marked; those without an id have a derived one."""
        return _with_ids(_ordered(claim for d in self.documents for claim in d.claims))

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Roles in ordinary text."""
        return tuple(mention for d in self.documents for mention in d.mentions)

    @cached_property
    def prose(self) -> tuple[ProseClaim, ...]:
        """Unmarked claims, whether or not they are covered by a citation."""
        return tuple(sentence for d in self.documents for sentence in d.prose)

    @cached_property
    def exceptions_by_id(self) -> dict[str, ParityException]:
        """The first declaration of each id."""
        return _first_by_id(self.exceptions)

    @cached_property
    def rows_by_id(self) -> dict[str, ParityRow]:
        """The first declaration of each id."""
        return _first_by_id(self.rows)

    @cached_property
    def claims_by_id(self) -> dict[str, ParityClaim]:
        """The first declaration of each id."""
        return _first_by_id(self.claims)

    @cached_property
    def id_shapes(self) -> IdShapes:
        """What the ids of the declared exceptions look like."""
        return IdShapes.of(self.exceptions_by_id)

    @cached_property
    def declaring_paths(self) -> frozenset[str]:
        """The files that declare exceptions, pages that include them among them."""
        paths = {exception.place.path for exception in self.exceptions}
        return frozenset(paths | {d.path for d in self.documents if d.exceptions})

    def status(self, row: ParityRow) -> str | None:
        """Return the canonical status of *row*, ``None`` if its label is unknown."""
        return self.settings.status(row.status)

    def is_declared(self, target: str) -> bool:
        """Tell whether an exception *target* is declared, here or (``NAME:ID``) there.

        What an inventory that could not be loaded holds is taken as declared.
        """
        if target in self.exceptions_by_id:
            return True
        name, colon, identifier = target.partition(":")
        if not colon or name not in self.inventories:
            return False
        ids = self.inventories[name]
        return ids is None or identifier in ids

    def cited_by_row(self, row: ParityRow) -> tuple[str, ...]:
        """Return the ids that *row* cites, declared or not, in the order of its text."""
        key = row.docname, row.anchor, row.id, row.place.line, row.exceptions_text
        known = self._cited_by_rows.get(key)
        if known is not None:
            return known
        self._cited_by_rows[key] = cited = _unique(
            [exception.target for exception in row.exceptions]
            + self.id_shapes.tokens(row.exceptions_text)
            + (self._declared_in(row) if self.status(row) == "Exception" else [])
        )
        return cited

    @cached_property
    def _cited_by_rows(self) -> dict[tuple[str, str, str, int, str], tuple[str, ...]]:
        """By what tells rows apart, as five rules and each view ask; a row's hash takes long."""
        return {}

    def cited_by_claim(self, claim: ParityClaim) -> tuple[str, ...]:
        """Return the ids that *claim* cites, declared or not."""
        return _unique(
            [exception.target for exception in claim.exceptions] + self.id_shapes.tokens(claim.text)
        )

    def cites_declaring_page(self, links: Sequence[str]) -> bool:
        """Tell whether one of the repository paths *links* declares exceptions."""
        return any(link in self.declaring_paths for link in links)

    @cached_property
    def cited_by(self) -> dict[str, CitedBy]:
        """What cites each declared exception; those that nothing cites have no entry."""
        rows, claims, named = (defaultdict[str, list[str]](list) for _ in range(3))
        for row in self.rows:
            cited = self.cited_by_row(row)
            for identifier in cited:
                rows[identifier].append(row.id)
            for name in self._declared_in(row):
                if name not in cited:  # which is a backlink only
                    named[name].append(row.id)
        for claim in self.claims:
            for key in self.cited_by_claim(claim):
                claims[key].append(claim.id)
        spoken = defaultdict[str, list["Mention"]](list)
        for mention in self.mentions:
            if mention.role == "exception":
                spoken[mention.target].append(mention)
        cited_ids = set(rows) | set(claims) | set(named) | set(spoken)
        return {
            exception: CitedBy(
                rows=_unique(rows[exception]),
                claims=_unique(claims[exception]),
                mentions=tuple(spoken[exception]),
                named_by_rows=_unique(named[exception]),
            )
            for exception in self.exceptions_by_id
            if exception in cited_ids
        }

    def _declared_in(self, row: ParityRow) -> list[str]:
        """Return the declared ids in the cells of *row* other than the citing one."""
        texts = [text for name, text in row.cells if name != "exceptions"]
        texts += [text for _, text in row.fields]
        tokens = self.id_shapes.tokens(" ".join(texts))
        return [token for token in tokens if token in self.exceptions_by_id]

    @cached_property
    def anchors(self) -> dict[tuple[str, str], tuple[str, str]]:
        """(kind, id) to (page, anchor), of :attr:`by_kind`."""
        return {
            (kind, identifier): (declared.docname, declared.anchor)
            for kind, by_id in self.by_kind.items()
            for identifier, declared in by_id.items()
        }

    @property
    def by_kind(self) -> dict[str, Mapping[str, Declaration]]:
        """``exception``, ``row`` and ``claim``, each to the first declaration of each id."""
        return {
            "exception": self.exceptions_by_id,
            "row": self.rows_by_id,
            "claim": self.claims_by_id,
        }


def make_register(
    documents: Iterable[DocumentRecords],
    settings: Settings,
    *,
    adrs: Sequence[Adr] = (),
    adr_index: Sequence[AdrIndexEntry] = (),
    inventories: Mapping[str, frozenset[str] | None] | None = None,
) -> Register:
    """Make the register of *documents*, given in any order."""
    return Register(
        settings=settings,
        documents=tuple(sorted(documents, key=lambda one: one.docname)),
        adrs=tuple(adrs),
        adr_index=tuple(adr_index),
        inventories=dict(inventories or {}),
    )


def _ordered(declared: Iterable[D]) -> list[D]:
    return sorted(declared, key=lambda one: (one.place, one.docname, one.anchor))


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def _first_by_id(declared: Sequence[D]) -> dict[str, D]:
    found: dict[str, D] = {}
    for declaration in declared:
        found.setdefault(declaration.id, declaration)
    return found


def _with_ids(declared: Sequence[D]) -> tuple[D, ...]:
    """Give those whose id is derived one that nobody else has.

    First the slug of the capability, where two collide that of section and capability,
    then a number; where a slug would be empty, a digest.
    """
    taken = {declaration.id for declaration in declared if not declaration.derived_id}
    names = [
        (_derived(declaration), _derived(declaration, section=True)) for declaration in declared
    ]
    short = defaultdict[str, int](int)
    for declaration, (name, _) in zip(declared, names, strict=True):
        short[name] += declaration.derived_id
    result: list[D] = []
    for declaration, (name, long) in zip(declared, names, strict=True):
        if not declaration.derived_id:
            result.append(declaration)
            continue
        wanted = long if short[name] > 1 or name in taken else name
        identifier, number = wanted, 2
        while identifier in taken:
            identifier, number = f"{wanted}-{number}", number + 1
        taken.add(identifier)
        result.append(replace(declaration, id=identifier))
    return tuple(result)


def _derived(declaration: Declaration, *, section: bool = False) -> str:
    text = declaration.id
    name = slug(text)
    if section:
        name = "-".join(filter(None, (slug(getattr(declaration, "section", "")), name)))
    return name or digest(text or f"{declaration.docname} {declaration.anchor}")
