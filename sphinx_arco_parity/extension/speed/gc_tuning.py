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
from typing import TYPE_CHECKING, Any

from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_arco_parity.extension.build import build_of
from sphinx_arco_parity.extension.nodes import view
from sphinx_arco_parity.extension.showing.written_pages import WrittenPages

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_arco_parity.extension.build import Build

#: Fewer pages than this are not worth a search.
_MANY = 100

#: New objects after which Python looks for cycles among them.
_YOUNG = 20_000


def tune_collector(app: Sphinx) -> None:
    """Hold our settings while a build runs, and not a moment longer."""
    tuning = _Tuning()
    app.connect("env-before-read-docs", tuning.begin)
    # Around what judges the project (800) and makes what pages show (801).
    app.connect("env-updated", tuning.hold, priority=799)
    app.connect("env-updated", tuning.resume, priority=802)
    app.connect("build-finished", tuning.release, priority=100)
    app.add_post_transform(FreeWrittenTrees)


class _Tuning:
    """What was changed in the collector of this process, to be put back."""

    def __init__(self) -> None:
        self._usual: tuple[int, int, int] | None = None
        self._freezes = False
        self._held = False

    def begin(self, *_event: object) -> None:
        """Set aside what is there before any page is read."""
        self._freezes = gc.get_freeze_count() == 0  # else somebody else has frozen
        self._freeze()
        usual = gc.get_threshold()
        if 0 < usual[0] < _YOUNG:  # 0: whoever runs the build has switched it off
            self._usual = usual
            gc.set_threshold(_YOUNG, *usual[1:])

    def hold(self, app: Sphinx, *_event: object) -> None:
        """Hold the collector while values are made that live to the end of the build.

        The trees of the pages that were read are full of cycles: they go first.
        """
        # Where nothing is declared, a search for cycles is all that it would cost.
        if build_of(app.env).domain.documents and gc.isenabled():
            gc.collect()
            gc.disable()
            self._held = True

    def resume(self, *_event: object) -> None:
        """Set those values aside."""
        if self._held:
            self._freeze()
            gc.enable()
            self._held = False

    def release(self, *_event: object) -> None:
        """Let Python look at everything again."""
        if self._held:
            gc.enable()
            self._held = False
        if self._freezes:
            gc.unfreeze()
        if self._usual is not None:
            gc.set_threshold(*self._usual)
        self._usual, self._freezes = None, False

    def _freeze(self) -> None:
        if self._freezes:
            gc.freeze()


class FreeWrittenTrees(SphinxPostTransform):
    """Frees the pages that are written, before what may be large is made.

    Sphinx holds each page that it reads until it is written, so the pages were set aside
    with the rest: 40 MiB of ten thousand declarations.  A search for cycles takes a
    hundredth of a build, so there are few of them.
    """

    default_priority = 4  # before ours are filled

    def run(self, **_kwargs: Any) -> None:
        """Free; called by Sphinx for each tree that a builder wants."""
        build = build_of(self.env)
        if not build.is_read:
            return
        written = len(build.part(WrittenPages).written)
        freed = build.part(_Freed)
        many = max(_MANY, len(self.env.found_docs) // 4)
        if written - freed.pages >= many and any(self.document.findall(view)):
            freed.pages = written
            if gc.get_freeze_count():
                gc.unfreeze()
                gc.collect()
                gc.freeze()


class _Freed:
    """How many pages were written when such were last freed."""

    def __init__(self, _build: Build) -> None:
        self.pages = 0
