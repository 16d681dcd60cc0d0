"""A day's worth of edits: the worker is the size that it was in the morning."""

from __future__ import annotations

import gc
import logging
from pathlib import Path

import pytest

from sphinx_arco_parity.editor.worker import Project

from .conftest import MARKUPS, Editor, commit, kept_loaded, write


def _pages() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1])


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="asks Linux for its size")
def test_two_thousand_edits_do_not_grow(tmp_path, monkeypatch):
    # pytest keeps all that is logged.
    monkeypatch.setattr(logging.getLogger("sphinx"), "propagate", False)
    root = write(tmp_path / "flow", MARKUPS["md"])
    commit(root)
    with kept_loaded(root / "docs", tmp_path / "work") as warm:
        editor = Editor(root, "md", Project(warm))
        name, sizes = editor.page("matrix"), []
        whole = editor.read(name)
        for number in range(2_000):
            # Caches of texts are bounded, at thousands: what is looked for is a loss with each edit.
            text = whole.replace("flwo", f"flw{number % 97}")
            text = text.replace("| web |", f"| web-{number % 101} |")
            if number % 2:
                (root / name).write_text(text)
                editor.typed.clear()
            else:
                editor.typed[str(root / name)] = text
            assert "evidence-not-found" in {d.code for d in editor.check(name)}
            if number % 500 == 499:
                gc.collect()
                sizes.append(_pages())
        assert sizes[-1] < sizes[0] * 1.05, sizes
