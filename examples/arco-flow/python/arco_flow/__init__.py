"""Author assets for Arco Flow: decorators, partitions, checks and the manifest."""

from __future__ import annotations

from arco_flow.assets import Asset, asset
from arco_flow.checks import CheckResult, Severity, asset_check
from arco_flow.manifest import build_manifest
from arco_flow.partitions import DailyPartitions, StaticPartitions

__all__ = [
    "Asset",
    "CheckResult",
    "DailyPartitions",
    "Severity",
    "StaticPartitions",
    "asset",
    "asset_check",
    "build_manifest",
]
