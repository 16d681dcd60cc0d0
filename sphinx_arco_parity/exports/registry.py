"""Every format by its name, and the files of the builder.

The command line offers :data:`FORMATS`; the builder writes :data:`FILES`; HTML builds
write those of :data:`PUBLISHED` that ``parity_publish`` names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.exports.badge import badge
from sphinx_arco_parity.exports.github import github, gitlab
from sphinx_arco_parity.exports.junit import junit
from sphinx_arco_parity.exports.markdown import markdown
from sphinx_arco_parity.exports.needs_json import needs_json
from sphinx_arco_parity.exports.parity_json import parity_json
from sphinx_arco_parity.exports.presentation import Presentation
from sphinx_arco_parity.exports.sarif import sarif
from sphinx_arco_parity.exports.tables import exceptions_csv, matrix_csv, traceability_csv
from sphinx_arco_parity.exports.text import text

Export = Callable[[Assessment, Presentation], str]


def _document(assessment: Assessment, shown: Presentation) -> str:
    return parity_json(assessment, commit=shown.commit, source_line=shown.source_line)


#: ``check --format``: name to what returns the report.
FORMATS: Mapping[str, Export] = {
    "text": text,
    "json": _document,
    "github": github,
    "sarif": sarif,
    "junit": junit,
    "gitlab": gitlab,
    "markdown": markdown,
}

#: The builder ``parity``: file name to what returns its content.
FILES: Mapping[str, Export] = {
    "parity.json": _document,
    "parity.sarif": sarif,
    "exceptions.csv": lambda assessment, _: exceptions_csv(assessment),
    "matrix.csv": lambda assessment, _: matrix_csv(assessment),
    "traceability.csv": lambda assessment, _: traceability_csv(assessment),
    "needs.json": lambda assessment, _: needs_json(assessment),
}

#: ``parity_publish``: name to (file name, what returns its content).
PUBLISHED: Mapping[str, tuple[str, Export]] = {
    "json": ("parity.json", FILES["parity.json"]),
    "badge": ("parity-badge.svg", lambda assessment, _: badge(assessment)),
}
