from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_arco_parity.prose import Block, FoundClaim, find_claims
from sphinx_arco_parity.settings.options import Settings

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def settings() -> Settings:
    return Settings(product="Arco Flow", reference="Dagster OSS")


@pytest.fixture
def claims(settings: Settings) -> Callable[..., list[FoundClaim]]:
    """Find the claims of one block."""

    def find(text: str, kind: str = "paragraph", **fields: object) -> list[FoundClaim]:
        block = Block(kind=kind, text=text, line=10, **fields)
        return find_claims([block], settings)

    return find


@pytest.fixture
def root() -> Path:
    return Path(__file__).parents[2]
