"""The real directives, by their flat names; imported with the first that is used."""

from __future__ import annotations

from sphinx_arco_parity.extension.reading.directives import (
    ParityClaimDirective,
    ParityExceptionDirective,
    ParityRowDirective,
)
from sphinx_arco_parity.extension.reading.table_directives import (
    ParityExceptionsDirective,
    ParityMatrixDirective,
)
from sphinx_arco_parity.extension.reading.view_directives import (
    ParityGraphDirective,
    ParityLegendDirective,
    ParitySummaryDirective,
    ParityTableDirective,
)

ALL_DIRECTIVES = {
    one.shape_name: one
    for one in (
        ParityExceptionDirective,
        ParityRowDirective,
        ParityClaimDirective,
        ParityExceptionsDirective,
        ParityMatrixDirective,
        ParityTableDirective,
        ParitySummaryDirective,
        ParityGraphDirective,
        ParityLegendDirective,
    )
}
