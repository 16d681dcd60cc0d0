"""What Python need not look at again and again when it searches for cycles.

A build makes millions of objects, and for some of them Python looks for cycles among
all that it holds: modules, configuration and records that live to the end of the build.
Setting those aside takes nothing from what is found, and a tenth off the time.

The tree of one page has tens of thousands of objects, where Python looks after every 700
of them: what is still being built is taken for old, and the old is looked at in full,
with all pages that Sphinx holds.  Looking after 20,000 lets most pages die young.  Of the
27 s in which 5,000 rows and exceptions each were read, the searches took 11 s, and take
3.4 s so; at most 3 MiB more are used.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from sphinx_arco_parity.extension.domain import ParityDomain

#: Fewer pages than this are not worth a search.
_MANY = 100

#: New objects after which Python looks for cycles among them.
_YOUNG = 20_000

_usual: list[tuple[int, int, int]] = []
"""The thresholds as they were before the build, while ours hold."""


def set_aside(_app: Sphinx) -> None:
    """Set aside what is there before any page is read; for ``builder-inited``."""
    gc.freeze()
    usual = gc.get_threshold()
    if 0 < usual[0] < _YOUNG:  # 0: whoever runs the build has switched it off
        _usual.append(usual)
        gc.set_threshold(_YOUNG, *usual[1:])


def release(_app: Sphinx, _exception: Exception | None) -> None:
    """Let Python look at everything again; for ``build-finished``."""
    gc.unfreeze()
    if _usual:
        gc.set_threshold(*_usual.pop())


@contextmanager
def without_collection() -> Iterator[None]:
    """Make many values that live to the end of the build, and set them aside.

    The trees of the pages that were read are full of cycles: they go first.
    """
    before = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if before:
            gc.enable()


def drop_written_trees(domain: ParityDomain, pages: int) -> None:
    """Free the pages that are written, before what may be large is made.

    Sphinx holds each page that it reads until it is written, so the pages were set aside
    with the rest: 40 MiB of ten thousand declarations.  A search for cycles takes a
    hundredth of a build, so there are few of them.

    :param pages: how many there are in all.
    """
    written = len(domain.written)
    if written - domain.freed < max(_MANY, pages // 4):
        return
    domain.freed = written
    gc.unfreeze()
    gc.collect()
    gc.freeze()
