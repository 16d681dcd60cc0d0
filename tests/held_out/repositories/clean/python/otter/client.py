"""The client."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from functools import cached_property

TIMEOUT: float = 5.0


@dataclass(slots=True)
class Settings:
    url: str = "http://localhost"
    headers: dict[str, str] = field(default_factory=dict)


class Client:
    """A client."""

    retries = 3

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self._closed = False

    @cached_property
    def session(self) -> object:
        return object()

    @contextlib.contextmanager
    def batch(self):
        yield self

    @property
    def closed(self) -> bool:
        return self._closed

    @closed.setter
    def closed(self, value: bool) -> None:
        self._closed = value

    async def get(self, key: str) -> bytes:
        return b""

    class Meta:
        name = "client"


def main() -> int:
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
