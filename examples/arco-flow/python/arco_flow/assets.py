"""Assets: functions that make a table, a file or a model."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from arco_flow.partitions import Partitions


@dataclass(frozen=True, kw_only=True)
class Asset:
    """A function, with the name of what it makes and of what it needs."""

    key: str
    function: Callable[..., Any]
    upstream: tuple[str, ...]
    partitions: Partitions | None = None
    metadata: dict[str, Any] = field(default_factory=dict)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function itself, as a test does."""
        return self.function(*args, **kwargs)


def asset(
    function: Callable[..., Any] | None = None,
    *,
    key: str | None = None,
    partitions: Partitions | None = None,
    metadata: dict[str, Any] | None = None,
) -> Any:
    """Make an asset of a function; its parameters name the upstream assets.

    Works with and without arguments: ``@asset`` and ``@asset(key="raw/orders")``.
    """

    def make(function: Callable[..., Any]) -> Asset:
        names = inspect.signature(function).parameters
        return Asset(
            key=key or function.__name__,
            function=function,
            upstream=tuple(name for name in names if name != "context"),
            partitions=partitions,
            metadata=dict(metadata or {}),
        )

    return make if function is None else make(function)
