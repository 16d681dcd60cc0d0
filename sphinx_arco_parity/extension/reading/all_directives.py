"""Every directive by its flat name."""

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
    directive.shape_name: directive
    for directive in (
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
