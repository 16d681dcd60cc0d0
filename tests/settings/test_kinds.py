"""Evidence that lies among the ADRs is of their kind, wherever it is written."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.model.records import Evidence
from sphinx_arco_parity.settings.options import Settings

SETTINGS = Settings(evidence={"adr": ["docs/adr/**"], "code": ["src/**"]})


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("docs/adr/1.md", "adr"),
        ("./docs/adr/1.md", "adr"),
        ("docs/adr", "adr"),
        ("docs/adr/", "adr"),
        ("docs/adrs/1.md", "code"),
        ("docs", "code"),
        ("src/adr.rs", "code"),
        ("", "code"),
        ("/", "code"),
    ],
)
def test_a_path_among_the_adrs_is_a_decision_and_keeps_its_field(path, kind):
    (found,) = SETTINGS.with_kinds([Evidence(kind="code", text="x", path=path)])
    assert (found.kind, found.path) == (kind, path)
    assert found.written_in == ("code" if kind == "adr" else "")


def test_without_globs_for_adrs_no_path_is_one():
    piece = Evidence(kind="code", text="x", path="docs/adr/1.md")
    assert Settings(evidence={}).with_kinds([piece]) == (piece,)
