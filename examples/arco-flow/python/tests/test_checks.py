from __future__ import annotations

from arco_flow import CheckResult, Severity, asset_check


class TestSeverity:
    def test_an_error_blocks_downstream(self):
        assert CheckResult(passed=False).blocks_downstream()

    def test_a_warning_does_not_block(self):
        result = CheckResult(passed=False, severity=Severity.WARN)
        assert not result.blocks_downstream()


class TestAssetCheck:
    def test_a_check_that_raises_has_failed(self):
        @asset_check("orders")
        def not_empty(value):
            return CheckResult(passed=len(value) > 0)

        assert not_empty.run([1]).passed
        assert not not_empty.run(None).passed
