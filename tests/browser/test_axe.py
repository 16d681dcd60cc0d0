"""What axe-core says of our own markup, in each theme and scheme."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

LOOKS = [
    ("alabaster", "light"),
    ("alabaster", "dark"),
    ("furo", "light"),
    ("furo", "dark"),
    ("pydata_sphinx_theme", "light"),
    ("pydata_sphinx_theme", "dark"),
    ("sphinx_book_theme", "light"),
    ("sphinx_book_theme", "dark"),
    ("sphinx_rtd_theme", "light"),
    ("sphinx_rtd_theme", "dark"),
]
PAGES = [
    ("example", "parity/overview.html"),
    ("example", "parity/dagster-parity-matrix.html"),
    ("example", "audits/arco-flow-exception-planning.html"),
    ("example", "guides/operations.html"),
    ("small", "claims.html"),
    ("small", "collected.html"),
    ("small", "matrix.html"),
]
OURS = [
    ".parity-view",
    ".parity-pictures",
    ".parity-item",
    ".parity-finding",
    ".parity-tools",
    ".parity-pages",
    "table.parity-table",
]
RUN = """async (ours) => {
  const include = ours.filter((one) => document.querySelector(one));
  const found = await axe.run({ include }, { resultTypes: ['violations'], preload: false });
  return found.violations.flatMap((one) => one.nodes.map((node) =>
    `${one.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
}"""


@pytest.mark.parametrize(("theme", "scheme"), LOOKS)
@pytest.mark.parametrize(("site", "name"), PAGES)
def test_axe_finds_nothing(look, axe, theme, scheme, site, name):
    page = look(name, site, theme, scheme)
    page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
    page.evaluate(axe)
    assert page.evaluate("Boolean(document.querySelector('.parity-item, .parity-table'))")
    assert page.evaluate(RUN, OURS) == []
