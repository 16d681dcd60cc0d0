"""The names of the directives: a build that uses none of them needs no more of them."""

from __future__ import annotations

_NAMES = "exception row claim exceptions matrix table summary graph legend"
#: The domain's name of each directive: ``parity:exception`` is ``parity-exception``.
DOMAIN_NAMES = {name: f"parity-{name}" for name in _NAMES.split()}
