"""What is shown of a finding: its line in a table, and its box in a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_arco_parity.views.entry import Entry
from sphinx_arco_parity.views.inline import Cell, Part, parts_of
from sphinx_arco_parity.views.lazy_cells import words_cell
from sphinx_arco_parity.views.marks import class_of

if TYPE_CHECKING:
    from sphinx_arco_parity.model.findings import Finding


def finding_entry(finding: Finding) -> Entry:
    """Return the entry of one finding."""
    place = f"{finding.place.path}:{finding.place.line}"
    return Entry(
        cells={
            "severity": (Part(finding.severity.value, "severity"),),
            "rule": (Part(finding.rule, "code", link=("rule", finding.rule)),),
            "item": words_cell(finding.item),
            "message": parts_of(finding.message),
            "help": parts_of(finding.help),
            "place": (Part(place, "code", link=("file", place)),),
        },
        facts={
            "type": [finding.rule],
            "status": [finding.severity.value],
            "documents": [finding.docname],
        },
        declared=(finding.docname, finding.anchor),
        classes=(class_of("severity", finding.severity.value),),
    )


def finding_cell(finding: Finding, *, instead_of_help: Cell = ()) -> Cell:
    """Return one finding as it stands in a page: what is wrong, then what to do."""
    rule = Part(f"parity.{finding.rule}", "code", link=("rule", finding.rule))
    help_ = instead_of_help or parts_of(finding.help)
    helped = (Part("\n", "break"), Part("→ "), *help_) if finding.help else ()
    mark = Part(finding.severity.value, "severity")
    return (mark, Part(" "), *parts_of(finding.message), Part(" "), rule, *helped)
