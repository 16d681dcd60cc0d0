"""Laws of building, on generated projects with random edits.

The short form has a few numbers for each law; the long form, for ``tox -e fuzz``, has
hundreds of sequences.  A failure names its number, and the same number makes the same
project again.
"""

from __future__ import annotations

import random
import re

import pytest

pytestmark = pytest.mark.whole

_SHORT = range(12)
_LONG = range(1000, 1500)
_STEPS = 5

_long = pytest.mark.long


def _incremental_is_clean(story, workshop, seed, *, git=False):
    told, shop = story(seed), workshop()
    shop.write(told.files(), git=git)
    shop.build()
    for _ in range(_STEPS):
        edits = [told.step() for _ in range(told.pick((1, 1, 3)))]
        shop.write(told.files(), git=git)
        now = shop.build()
        assert now.outcome == shop.clean().outcome, edits
        again = shop.build()
        assert again.outcome == now.outcome, edits


@pytest.mark.parametrize("seed", _SHORT)
def test_incremental_is_clean_and_failing_stays_failing(story, workshop, seed):
    _incremental_is_clean(story, workshop, seed, git=seed % 6 == 5)


@_long
@pytest.mark.parametrize("seed", _LONG)
def test_incremental_is_clean_in_the_long_form(story, workshop, seed):
    _incremental_is_clean(story, workshop, seed, git=seed % 10 == 5)


def _pages_are_clean(story, workshop, seed):
    """Builders alternate over shared doctrees, and html pages are those of a clean build."""
    told, shop = story(seed), workshop()
    shop.write(told.files())
    shop.build("html")
    for _ in range(2):
        edits = [told.step() for _ in range(2)]
        shop.write(told.files())
        other = shop.build(told.pick(("text", "parity", "dirhtml", "dummy")))
        now, clean = shop.build("html"), shop.clean("html")
        assert now.outcome == clean.outcome, edits
        assert (other.status, other.log) == (clean.status, clean.log), edits
        assert now.pages.keys() >= clean.pages.keys(), edits
        pages = {name: now.pages[name] for name in clean.pages}
        assert pages == clean.pages, edits


@pytest.mark.parametrize("seed", range(20, 25))
def test_builders_that_share_doctrees_write_clean_pages(story, workshop, seed):
    _pages_are_clean(story, workshop, seed)


@_long
@pytest.mark.parametrize("seed", range(2000, 2060))
def test_builders_that_share_doctrees_in_the_long_form(story, workshop, seed):
    _pages_are_clean(story, workshop, seed)


def _parallel_is_serial(story, workshop, seed):
    told, shop = story(seed), workshop()
    for _ in range(6):
        told.add_claim_page()
    shop.write(told.files())
    assert shop.build("parity", "-j", "4").outcome == shop.clean().outcome
    edits = [told.step() for _ in range(4)]
    shop.write(told.files())
    assert shop.build("parity", "-j", "4").outcome == shop.clean().outcome, edits


@pytest.mark.parametrize("seed", range(40, 43))
def test_parallel_is_serial(story, workshop, seed):
    _parallel_is_serial(story, workshop, seed)


@_long
@pytest.mark.parametrize("seed", range(4000, 4100))
def test_parallel_is_serial_in_the_long_form(story, workshop, seed):
    _parallel_is_serial(story, workshop, seed)


class _Names:
    """Other names for pages, in another order; gives the old ones back in texts."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311
        self._known: dict[str, str] = {}

    def __call__(self, page: str) -> str:
        if page not in self._known:
            letters = "".join(self._random.choices("abcdefghijklmnopqrstuvwxyz", k=9))
            self._known[page] = f"{letters}{len(self._known)}"
        return self._known[page]

    def back(self, text: str) -> str:
        for page, name in self._known.items():
            text = re.sub(rf"\b{name}\b", page, text)
        return text


def _names_do_not_matter(story, workshop, seed):
    told = story(seed)
    for _ in range(6):
        told.step()
    one, other = workshop("one"), workshop("other")
    names = _Names(seed)
    one.write(told.files())
    # Written in another order too.
    files = list(told.files(names).items())
    random.Random(seed).shuffle(files)  # noqa: S311
    other.write(dict(files))
    first, second = one.build(), other.build("parity", "-j", "2")
    assert first.status == second.status
    found = {names.back(line.replace(str(other.root), "")) for line in second.log}
    assert found == {line.replace(str(one.root), "") for line in first.log}


@pytest.mark.parametrize("seed", range(60, 64))
def test_names_and_order_of_pages_do_not_matter(story, workshop, seed):
    _names_do_not_matter(story, workshop, seed)


@_long
@pytest.mark.parametrize("seed", range(6000, 6100))
def test_names_and_order_of_pages_in_the_long_form(story, workshop, seed):
    _names_do_not_matter(story, workshop, seed)


def test_the_stories_say_something(story, workshop):
    """The generated projects break many rules, and some not at all."""
    rules, statuses = set(), set()
    for seed in range(8):
        told, shop = story(seed), workshop(f"p{seed}")
        for _ in range(6):
            told.step()
        shop.write(told.files())
        built = shop.build()
        statuses.add(built.status)
        rules |= set(re.findall(r"\[parity\.([\w-]+)\]", "\n".join(built.log)))
    assert {"unknown-exception", "claim-without-exception", "row-status"} <= rules
    assert {"evidence-not-found", "test-not-found", "row-without-evidence"} <= rules
    assert 1 in statuses
