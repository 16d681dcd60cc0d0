"""What each directive takes: argument, options and body, each declared once.

The directives check against it, their error messages show it, and the reference page is
made from it.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass

from sphinx_arco_parity.model.directive_names import DOMAIN_NAMES
from sphinx_arco_parity.model.fields import EXCEPTIONS, MATRIX, ordered


@dataclass(frozen=True, slots=True)
class DirectiveOption:
    """An option of a directive."""

    name: str
    help: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class DirectiveShape:
    """What a directive can be."""

    name: str
    help: str
    _: KW_ONLY
    argument: str = ""
    """The argument's name for people; empty: takes none."""
    argument_required: bool = False
    argument_words: bool = False
    """The argument is free text, such as a caption."""
    options: tuple[DirectiveOption, ...] = ()
    body: str = ""
    """What the body is; empty: takes none."""
    body_required: bool = False
    own_fields: str = ""
    """The kind whose ``parity_fields`` are options too."""

    @property
    def option_names(self) -> tuple[str, ...]:
        """The names of the options, without those of ``parity_fields``."""
        return tuple(option.name for option in self.options)


_O = DirectiveOption

_TABLE_OPTIONS = (
    _O("file", "A CSV, TSV, YAML or JSON file, relative to the page."),
    _O("columns", "The fields that are shown, in order."),
)

_TABLE = "A table, in any syntax that the page's language has."

_CITES = (
    _O("exceptions", "The exceptions that it cites."),
    _O("rows", "The rows on which it rests."),
)

_FILTERS = (
    _O("columns", "The fields that are shown, in order."),
    _O("status", "Only rows of these statuses."),
    _O("type", "Only exceptions of these types."),
    _O("milestone", "Only what is due at these milestones."),
    _O("section", "Only rows of these sections."),
    _O("owner", "Only what these people own."),
    _O("documents", "Only what pages with these names (globs) declare."),
    _O("group-by", "A field by which the lines are grouped."),
    _O("sort", "A field by which they are sorted; `-field` turns the order."),
    _O("per-page", "How many lines a reader sees at once."),
    _O("caption", "The caption of the table."),
    _O("empty", "The text that is shown if nothing matches."),
    _O("from", "`parity.json` files of other repositories, relative to the page."),
)

_PICTURE = tuple(o for o in _FILTERS if o.name not in {"columns", "per-page", "sort"})


def _field_options(kind: str) -> tuple[DirectiveOption, ...]:
    """Return the options that declare the fields of *kind*, what is required first."""
    optional = [field for field in ordered(kind) if field.option]
    optional.sort(key=lambda field: not field.required)
    return tuple(DirectiveOption(field.name, field.option, field.required) for field in optional)


SHAPES: tuple[DirectiveShape, ...] = (
    DirectiveShape("parity-exception", "Declares an exception.", argument="id",
                   argument_required=True, options=_field_options(EXCEPTIONS),
                   body="The rationale.", own_fields="exceptions"),
    DirectiveShape("parity-row", "Declares a row of the parity matrix.", argument="id",
                   options=_field_options(MATRIX), body="Notes.", own_fields="matrix"),
    DirectiveShape("parity-claim",
                   "Declares a claim to readers that the product matches the reference.",
                   argument="id", options=_CITES, body="The claim.", body_required=True),
    DirectiveShape("parity-exceptions",
                   "Declares each row of a table as an exception, and shows the table.",
                   argument="caption", argument_words=True, options=_TABLE_OPTIONS, body=_TABLE),
    DirectiveShape("parity-matrix",
                   "Declares each row of a table as a row of the matrix, and shows the table.",
                   argument="caption", argument_words=True,
                   options=(*_TABLE_OPTIONS, _O("section", "The section of its rows.")),
                   body=_TABLE),
    DirectiveShape("parity-table", "Shows a table over the whole project.", argument="kind",
                   argument_required=True, options=_FILTERS),
    DirectiveShape("parity-summary",
                   "Shows counts and shares as a picture with a table behind it.",
                   options=_PICTURE),
    DirectiveShape("parity-graph", "Shows exceptions, claims, rows and ADRs as a picture.",
                   options=_PICTURE),
    DirectiveShape("parity-legend", "Shows what each status and verdict means.",
                   options=(_O("caption", "The caption of the table."),)),
)  # fmt: skip

SHAPES_BY_NAME = {shape.name: shape for shape in SHAPES}

assert list(SHAPES_BY_NAME) == list(DOMAIN_NAMES.values())  # noqa: S101

#: What ``parity-table`` shows.
TABLE_KINDS = (
    "exceptions", "matrix", "claims", "adrs", "evidence", "traceability", "review", "findings",
    "history",
)  # fmt: skip
