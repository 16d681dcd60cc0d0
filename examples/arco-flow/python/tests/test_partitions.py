from __future__ import annotations

from datetime import date

import pytest

from arco_flow import DailyPartitions, StaticPartitions


@pytest.mark.parametrize(
    ("today", "count"),
    [(date(2026, 2, 27), 0), (date(2026, 3, 1), 2), (date(2026, 1, 1), 0)],
)
def test_daily_keys_end_before_today(today, count):
    keys = DailyPartitions(date(2026, 2, 27)).keys(today)
    assert len(keys) == count


def test_static_keys_keep_their_order():
    assert StaticPartitions(("us", "eu")).keys() == ["us", "eu"]
