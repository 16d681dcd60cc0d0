"""Partitions as an author declares them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol


class Partitions(Protocol):
    """What the manifest needs to know of partitions."""

    def as_manifest(self) -> dict[str, Any]:
        """Return the definition as plain values."""


@dataclass(frozen=True)
class DailyPartitions:
    """One partition for each whole day from ``start`` on."""

    start: date

    def keys(self, today: date) -> list[str]:
        """Return the days before *today*, which is not over yet."""
        days = max((today - self.start).days, 0)
        return [(self.start + timedelta(days=n)).isoformat() for n in range(days)]

    def as_manifest(self) -> dict[str, Any]:
        return {"kind": "daily", "start": self.start.isoformat()}


@dataclass(frozen=True)
class StaticPartitions:
    """A fixed list of partitions."""

    names: tuple[str, ...]

    def keys(self) -> list[str]:
        return list(self.names)

    def as_manifest(self) -> dict[str, Any]:
        return {"kind": "static", "names": list(self.names)}
