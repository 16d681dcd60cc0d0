"""Large documentation about something else gives no finding."""

from __future__ import annotations

import ast
import importlib
from functools import lru_cache
from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_arco_parity.prose import Block, find_claims, markdown_blocks, rst_blocks
from sphinx_arco_parity.settings.options import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGES = ("sphinx", "_pytest", "myst_parser", "docutils", "hypothesis")


def descriptions() -> Iterator[list[Block]]:
    for distribution in distributions():
        known = distribution.metadata
        yield markdown_blocks(known.get("Description", ""))


def docstrings() -> Iterator[list[Block]]:
    for name in PACKAGES:
        folder = Path(str(importlib.import_module(name).__file__)).parent
        for path in sorted([*folder.glob("*.py"), *folder.glob("ext/*.py")]):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                    text = ast.get_docstring(node)
                    if text:
                        yield rst_blocks(text)


@lru_cache(maxsize=1)
def pages() -> list[list[Block]]:
    return [*descriptions(), *docstrings()]


def found(settings: Settings) -> list[str]:
    return [claim.text for page in pages() for claim in find_claims(page, settings)]


def test_there_is_much_to_read() -> None:
    assert sum(len(page) for page in pages()) > 5000


@pytest.mark.parametrize("reference", ["Dagster OSS", ""])
def test_no_finding_where_it_speaks_of_something_else(reference: str) -> None:
    assert found(Settings(product="Arco Flow", reference=reference)) == []


@pytest.mark.parametrize("reference", ["Sphinx", "pytest", "Python", "PyPI"])
def test_hardly_a_finding_where_the_reference_is_on_every_page(reference: str) -> None:
    mentions = sum(reference in block.text for page in pages() for block in page)
    assert mentions > 20
    claims = found(Settings(product="Arco Flow", reference=reference))
    assert len(claims) <= max(2, mentions // 100), claims
