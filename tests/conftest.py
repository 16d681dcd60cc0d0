"""What every test may use: Sphinx's own fixtures, and laws that are not timed."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

pytest_plugins = ("sphinx.testing.fixtures",)

# A slow machine is no broken law.
settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("untimed")
