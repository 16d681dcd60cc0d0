"""``needs.json``: the declarations as needs, for ``needimport`` of sphinx-needs.

The importing project declares :data:`NEED_TYPES`, :data:`NEED_FIELDS` and
:data:`NEED_LINKS`; with this extension loaded that is done.  Links lead only to needs of
the file.  Texts are escaped so that they mean themselves in reStructuredText and in
Markdown, and never call a function of sphinx-needs.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.assessment.proofs import Proofs
from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.exports.tables import verdict_counts
from sphinx_arco_parity.model.fields import EXCEPTIONS, FIELDS, MATRIX, Shape, fields_of, text_of
from sphinx_arco_parity.model.records import (
    Adr,
    Citation,
    Declaration,
    ParityClaim,
    ParityException,
    ParityRow,
)
from sphinx_arco_parity.repository.adrs import resolve_adr
from sphinx_arco_parity.text.words import digest, plain

_OTHER = re.compile(r"[^A-Z0-9]+")


def needs_ids(prefix: str, ids: Iterable[str]) -> dict[str, str]:
    """Return a different id for each of *ids*; *prefix* is ``ROW``, ``CLAIM``, ….

    The default pattern of sphinx-needs is ``^[A-Z0-9_]{5,}``.  Ids that would meet get a
    digest, all of them, so that which is which does not hang on their order.
    """
    meeting = defaultdict[str, list[str]](list)
    for item_id in dict.fromkeys(ids):
        decomposed = unicodedata.normalize("NFKD", item_id)
        bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
        name = f"{prefix}_{_OTHER.sub('_', bare.upper()).strip('_')}"
        meeting[name].append(item_id)
    result: dict[str, str] = {}
    for name, group in meeting.items():
        alone = len(group) == 1 and name != f"{prefix}_"
        for identifier in group:
            longer = f"{name.rstrip('_')}_{digest(identifier).upper()}"
            result[identifier] = name if alone else longer
    return result


D = TypeVar("D")

#: Type to (title, prefix of the ids).
NEED_TYPES: Mapping[str, tuple[str, str]] = {
    "parity_exception": ("Parity exception", "EXCEPTION_"),
    "parity_row": ("Parity row", "ROW_"),
    "parity_claim": ("Parity claim", "CLAIM_"),
    "parity_adr": ("Decision record", "ADR_"),
}

#: Fields beside those of sphinx-needs: name to what it holds.
NEED_FIELDS: Mapping[str, str] = {
    "parity_id": "The id as declared.",
    **{
        f"parity_{field.key}": field.need
        for field in sorted(FIELDS, key=lambda field: field.last)
        if field.need
    },
    "parity_verdicts": "How many pieces of its evidence have which verdict.",
    "parity_path": "The file that declares it, relative to the repository.",
    "parity_line": "The line that declares it, from 1.",
}

#: Fields that link: name to (outgoing, incoming) words.
NEED_LINKS: Mapping[str, tuple[str, str]] = {
    "parity_exceptions": ("cites exceptions", "cited by"),
    "parity_rows": ("cites rows", "cited by claims"),
    "parity_adrs": ("rests on decisions", "decision for"),
    "parity_successor": ("superseded by", "supersedes"),
}

#: The version under which the needs stand; it is that of their form.
_VERSION = "1"
_LONGEST_TITLE = 80
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_CALLS = re.compile(r"(?<=\[)(?=\[)|(?<=<)(?=\{)")


@dataclass(frozen=True, slots=True)
class NeedIds:
    """Id as declared to id of the need, for each kind."""

    exceptions: Mapping[str, str]
    rows: Mapping[str, str]
    claims: Mapping[str, str]
    adrs: Mapping[str, str]
    """By path: two ADRs may have one number."""

    @classmethod
    def of(cls, register: Register) -> NeedIds:
        """Return the ids of all needs of *register*."""
        by_path = {adr.key: adr.number or adr.path for adr in register.adrs}
        numbers = list(by_path.values())
        keys = {
            path: number if numbers.count(number) == 1 else f"{number} {path}"
            for path, number in by_path.items()
        }
        adrs = needs_ids("ADR", keys.values())
        return cls(
            needs_ids("EXCEPTION", register.exceptions_by_id),
            needs_ids("ROW", register.rows_by_id),
            needs_ids("CLAIM", register.claims_by_id),
            {path: adrs[key] for path, key in keys.items()},
        )


def needs_json(assessment: Assessment) -> str:
    """Return the file; of declarations that share an id the first is taken."""
    register = assessment.register
    needs = {need["id"]: need for need in need_records(assessment)}
    version = {
        "creator": {"program": "sphinx-arco-parity", "version": _VERSION},
        "needs": needs,
        "needs_amount": len(needs),
    }
    document = {
        "project": register.settings.product,
        "current_version": _VERSION,
        "versions": {_VERSION: version},
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def need_records(assessment: Assessment) -> list[dict[str, Any]]:
    """Return every need as sphinx-needs names its fields.

    Exceptions, rows, claims, then ADRs, each in the order of the register; of those that
    share an id the first.
    """
    register, proofs = assessment.register, Proofs(assessment)
    ids = NeedIds.of(register)
    adrs = sorted(register.adrs, key=attrgetter("path"))
    return [
        *(_exception(o, register, proofs, ids) for o in _firsts(register.exceptions)),
        *(_row(o, register, proofs, ids) for o in _firsts(register.rows)),
        *(_claim(o, register, ids) for o in _firsts(register.claims)),
        *(_adr(o, register, ids) for o in _firsts(adrs, "key")),
    ]


def _firsts(records: Iterable[D], key: str = "id") -> Iterable[D]:
    """Return those of *records* whose *key* none before them has."""
    by_key: dict[str, D] = {}
    for record in records:
        by_key.setdefault(getattr(record, key), record)
    return by_key.values()


def _declared(
    kind: str, declaration: Declaration, identifier: str, title: str, texts: Iterable[str]
) -> dict[str, Any]:
    # Each a paragraph that both markups show as it is.
    shown = (_PUNCTUATION.sub(r"\\\1", plain(text)) for text in texts if text.strip())
    return {
        "id": identifier,
        "type": kind,
        "title": _title(title) or declaration.id,
        "content": "\n\n".join(shown),
        "parity_id": _title(declaration.id),
        "parity_path": declaration.place.path,
        "parity_line": str(declaration.place.line),
    }


def _field_texts(
    record: ParityException | ParityRow, kind: str, register: Register
) -> dict[str, str]:
    """Return the fields of *record* that needs have too."""
    texts = {f: text_of(record, f) for f in fields_of(kind) if f.need}
    known = register.settings.exception_type
    return {
        f"parity_{field.key}": _title((known(text) if field.shape is Shape.TYPE else None) or text)
        for field, text in texts.items()
    }


def _exception(
    exception: ParityException, register: Register, proofs: Proofs, ids: NeedIds
) -> dict[str, Any]:
    return {
        **_declared(
            "parity_exception",
            exception,
            ids.exceptions[exception.id],
            exception.capability,
            (exception.decision, exception.rationale),
        ),
        **_field_texts(exception, EXCEPTIONS, register),
        "parity_verdicts": verdict_counts(proofs.of(exception)),
        "parity_adrs": _adr_links(exception.adrs, register, ids),
    }


def _row(row: ParityRow, register: Register, proofs: Proofs, ids: NeedIds) -> dict[str, Any]:
    return {
        **_declared("parity_row", row, ids.rows[row.id], row.capability, (row.feature, row.notes)),
        "status": register.status(row) or _title(row.status) or None,
        **_field_texts(row, MATRIX, register),
        "parity_verdicts": verdict_counts(proofs.of(row)),
        "parity_exceptions": _links(register.cited_by_row(row), ids.exceptions),
        "parity_adrs": _adr_links(row.adrs, register, ids),
    }


def _claim(claim: ParityClaim, register: Register, ids: NeedIds) -> dict[str, Any]:
    text = plain(claim.text)
    title = text if len(text) <= _LONGEST_TITLE else f"{text[:_LONGEST_TITLE]}…"
    rows = [cited.target for cited in claim.rows]
    return {
        **_declared("parity_claim", claim, ids.claims[claim.id], title, (claim.text,)),
        "parity_exceptions": _links(register.cited_by_claim(claim), ids.exceptions),
        "parity_rows": _links(rows, ids.rows),
    }


def _adr(adr: Adr, register: Register, ids: NeedIds) -> dict[str, Any]:
    following = resolve_adr(adr.superseded_by or "", register.adrs, near=adr.path)
    return {
        "id": ids.adrs[adr.key],
        "type": "parity_adr",
        "title": _title(adr.title) or adr.number,
        "content": "",
        "status": _title(adr.status) or None,
        "parity_id": _title(adr.number),
        "parity_path": adr.path,
        "parity_line": str(adr.line),
        "parity_successor": [ids.adrs[following.key]] if following else [],
    }


def _links(cited: Iterable[str], ids: Mapping[str, str]) -> list[str]:
    return [ids[identifier] for identifier in dict.fromkeys(cited) if identifier in ids]


def _adr_links(cited: Iterable[Citation], register: Register, ids: NeedIds) -> list[str]:
    found = (resolve_adr(identifier.target, register.adrs) for identifier in cited)
    return list(dict.fromkeys(ids.adrs[adr.key] for adr in found if adr))


def _title(text: str) -> str:
    """Return *text* plain, in one line, without what calls a function."""
    return _CALLS.sub(" ", plain(text))
