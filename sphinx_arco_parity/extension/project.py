"""The one :class:`.Project` of a build, for whoever has the environment at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

#: Where `arco-parity history` writes, beside ``conf.py``.
HISTORY = "parity.history.json"

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from sphinx_arco_parity.extension.config import Project
    from sphinx_arco_parity.extension.domain import ParityDomain


def parity_domain(env: BuildEnvironment) -> ParityDomain:
    """Return our domain."""
    return cast("ParityDomain", env.get_domain("parity"))


def project_of(env: BuildEnvironment) -> Project:
    """Return the project that *env* builds."""
    return parity_domain(env).project
