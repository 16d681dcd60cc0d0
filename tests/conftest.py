"""What every test may use: Sphinx's own fixtures, and laws that are not timed."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

pytest_plugins = ("sphinx.testing.fixtures",)

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
