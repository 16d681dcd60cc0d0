from __future__ import annotations

from datetime import date

import pytest

from arco_flow import DailyPartitions, asset, build_manifest
from arco_flow.manifest import DuplicateAssetError


@asset
def orders():
    return []


@asset(partitions=DailyPartitions(date(2026, 1, 1)))
def report(orders):
    return len(orders)


def test_manifest_is_the_same_for_any_order():
    assert build_manifest([orders, report]) == build_manifest([report, orders])


def test_manifest_lists_partitions_and_upstream():
    entry = build_manifest([report])["assets"][0]
    assert entry["upstream"] == ["orders"]
    assert entry["partitions"] == {"kind": "daily", "start": "2026-01-01"}


def test_duplicate_keys_are_refused():
    with pytest.raises(DuplicateAssetError, match="orders"):
        build_manifest([orders, orders])
