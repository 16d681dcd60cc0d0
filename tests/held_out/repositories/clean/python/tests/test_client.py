import pytest

from otter import Client


class TestClient:
    @pytest.mark.parametrize("key", ["a", "b"])
    @pytest.mark.asyncio
    async def test_get(self, key):
        assert await Client().get(key) == b""

    class TestBatch:
        def test_yields(self):
            with Client().batch() as c:
                assert c


@pytest.mark.live
def test_live():
    assert Client()


def test_closed():
    assert not Client().closed


@pytest.mark.xfail(Client is None, reason="no client here")
def test_future():
    raise AssertionError
