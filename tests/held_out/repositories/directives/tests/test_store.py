import pytest

from quarry.store import CappedCollection, Collection


def test_insert_one():
    assert Collection("a").insert_one({}) == 1


@pytest.mark.parametrize("n", [1, 2])
def test_insert_many(n):
    assert len(Collection("a").insert_many([{}] * n)) == n


class TestCapped:
    def test_forgets(self):
        assert CappedCollection("a").limit == 100


@pytest.mark.skip(reason="slow")
def test_index():
    Collection("a").create_index("x")
