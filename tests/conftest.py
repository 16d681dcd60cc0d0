"""What every test may use: Sphinx's own fixtures."""

from __future__ import annotations

pytest_plugins = ("sphinx.testing.fixtures",)
