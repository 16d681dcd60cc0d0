"""Asset checks: functions that look at an asset and say whether it is good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Severity(Enum):
    """What a failed check does."""

    WARN = "warn"
    ERROR = "error"


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """The answer of a check."""

    passed: bool
    severity: Severity = Severity.ERROR
    message: str = ""

    def blocks_downstream(self) -> bool:
        """Tell whether assets downstream must wait."""
        return not self.passed and self.severity is Severity.ERROR


@dataclass(frozen=True)
class AssetCheck:
    """A check and the asset that it looks at."""

    asset: str
    function: Callable[[Any], CheckResult]

    def run(self, value: Any) -> CheckResult:
        """Return the answer; a check that raises has failed."""
        try:
            return self.function(value)
        except Exception as error:
            return CheckResult(passed=False, message=str(error))


def asset_check(asset: str) -> Callable[[Callable[[Any], CheckResult]], AssetCheck]:
    """Make a check of a function that takes the asset's value."""
    return lambda function: AssetCheck(asset, function)
