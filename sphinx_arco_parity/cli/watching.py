"""``arco-parity check --watch``: checks again whenever a file of the repository changes.

Each check is a process of its own: what a ``conf.py`` does to one stays in it.  Where the
system can, it is a copy of this one, which has Sphinx loaded.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from sphinx.application import builtin_extensions

from sphinx_arco_parity.cli import main
from sphinx_arco_parity.cli.console import Console
from sphinx_arco_parity.cli.warm import states
from sphinx_arco_parity.repository import git

#: Seconds between two looks at the files.
_PAUSE = 0.2


def watch(docs: Path, console: Console) -> int:
    """Check, and again after each change, until the user interrupts it."""
    root = git.git_folder(docs) or docs
    words = [word for word in sys.argv[1:] if word != "--watch"]
    before: object = None
    while True:
        now = states(root / path for path in _files(root))
        if now != before:
            before = now
            if console.out.isatty():
                console.out.write("\x1b[2J\x1b[H")
            console.out.flush()
            _check(words)
            console.say("arco-parity: waiting for changes; Ctrl-C ends")
        time.sleep(_PAUSE)


def _check(words: list[str]) -> None:
    if not hasattr(os, "fork"):
        subprocess.run([sys.executable, "-m", "sphinx_arco_parity", *words], check=False)
        return
    for name in builtin_extensions:
        import_module(name)
    child = os.fork()
    if not child:
        os._exit(main(words))
    os.waitpid(child, 0)


def _files(root: Path) -> Iterable[str]:
    if not (root / ".git").exists():
        return (str(path) for path in root.rglob("*"))
    listed = git.run(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    return map(os.fsdecode, listed.rstrip(b"\0").split(b"\0"))
