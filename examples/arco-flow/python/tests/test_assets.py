from __future__ import annotations

from arco_flow import Asset, asset


def test_parameters_name_the_upstream():
    @asset
    def report(context, orders, customers):
        return (orders, customers)

    assert isinstance(report, Asset)
    assert report.key == "report"
    assert report.upstream == ("orders", "customers")


def test_an_asset_can_be_called_like_its_function():
    @asset(key="warehouse/total", metadata={"team": "finance"})
    def total(orders):
        return sum(orders)

    assert total([1, 2, 3]) == 6
    assert total.key == "warehouse/total"
    assert total.metadata == {"team": "finance"}
