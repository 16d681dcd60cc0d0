"""What every test may use: snapshots, and laws that are not timed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable

# A slow machine is no broken law.  What is checked before a change lands tries the same
# examples each time; new ones are looked for by everybody else, a few in a run, and by
# `tox -e fuzz`, which tries many.
settings.register_profile(
    "untimed",
    deadline=None,
    max_examples=int(os.environ.get("PARITY_EXAMPLES", "25")),
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("untimed")


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with what `snapshots/` beside the test keeps by that name.

    ``UPDATE_SNAPSHOTS=1`` keeps it.
    """
    folder = request.path.parent / "snapshots"

    def compare(name: str, text: str) -> None:
        file = folder / name
        if os.environ.get("UPDATE_SNAPSHOTS"):
            folder.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8")

    return compare
