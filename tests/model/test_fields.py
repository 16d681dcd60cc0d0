"""A field is declared once: what is made from its entry."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.model.directive_options import SHAPES_BY_NAME
from sphinx_arco_parity.model.fields import FIELDS, KINDS, fields_of, ordered
from sphinx_arco_parity.model.records import (
    EVIDENCE_KINDS,
    ParityException,
    ParityRow,
    Place,
)
from sphinx_arco_parity.review.renames import exception_digest, row_digest
from sphinx_arco_parity.schemas import schema

RECORDS = {"exceptions": ParityException, "matrix": ParityRow}
DIGESTS = {"exceptions": exception_digest, "matrix": row_digest}


@pytest.mark.parametrize("kind", KINDS)
def test_the_digest_of_a_review_covers_what_its_entry_says(kind):
    def record(**fields):
        return RECORDS[kind](
            id="x", docname="p", anchor="x", place=Place(path="p.md", line=1), **fields
        )

    for field in fields_of(kind):
        if field.key in {"adrs", "evidence", "id"} or not field.declared:
            continue
        if not hasattr(record(), field.key) or field.key == "exceptions":
            continue
        differs = DIGESTS[kind](record(**{field.key: "other"})) != DIGESTS[kind](record())
        assert differs is field.digest, field.name


@pytest.mark.parametrize("kind", KINDS)
def test_every_exported_field_is_in_the_schema(kind):
    name = {"exceptions": "exception", "matrix": "row"}[kind]
    properties = schema("parity")["$defs"][name]["properties"]
    exported = {field.key for field in fields_of(kind) if field.exported and not field.evidence}
    assert exported - set(properties) == set()


@pytest.mark.parametrize(
    ("kind", "directive"),
    [("exceptions", "parity-exception"), ("matrix", "parity-row")],
)
def test_options_are_the_fields_that_have_one_and_what_is_required_comes_first(kind, directive):
    options = SHAPES_BY_NAME[directive].options
    assert {o.name for o in options} == {f.name for f in fields_of(kind) if f.option}
    required = [option.required for option in options]
    assert required == sorted(required, reverse=True)


def test_no_name_stands_twice_for_one_kind_of_table():
    for kind in KINDS:
        names = [field.name for field in fields_of(kind)]
        assert sorted(names) == sorted(set(names))
        assert {f.name for f in ordered(kind)} == set(names)


def test_evidence_is_of_a_kind_that_there_is():
    kinds = {field.evidence for field in FIELDS} - {""}
    assert kinds <= {*EVIDENCE_KINDS, "any"}
