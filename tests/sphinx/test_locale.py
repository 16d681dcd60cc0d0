"""The catalogue holds every message, and a translation reaches the page."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]


def _maker():
    path = ROOT / "docs" / "make_catalogue.py"
    spec = importlib.util.spec_from_file_location("make_catalogue", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _catalogue(path):
    with path.open("rb") as file:
        return read_po(file)


def test_the_template_has_every_message():
    maker = _maker()
    written = _catalogue(maker.LOCALE / "sphinx_arco_parity.pot")
    assert sorted(one.id for one in written if one.id) == maker.messages()


def test_the_german_translation_is_whole():
    maker = _maker()
    german = maker.LOCALE / "de" / "LC_MESSAGES" / "sphinx_arco_parity.po"
    untranslated = [one.id for one in _catalogue(german) if one.id and not one.string]
    assert untranslated == []
    assert {one.id for one in _catalogue(german) if one.id} == set(maker.messages())


def test_a_german_page(project):
    built = project(
        {
            "index.rst": "Seite\n=====\n\n.. parity-exception:: EX-01\n"
            "   :capability: UI\n   :decision: später\n   :type: Deferral\n\n"
            ".. parity-row:: tick\n   :capability: Tick\n   :status: Exception\n"
            "   :exceptions: EX-01\n\n.. parity-table:: matrix\n\n.. parity-legend::\n"
        },
        {"language": "de"},
    ).build("html")
    page = (built.out / "index.html").read_text(encoding="utf-8")
    assert "Zitiert von" in page
    assert "Fähigkeit" in page
    assert "Ausnahme" in page
    assert "nie als geprüft gezeigt" in page
