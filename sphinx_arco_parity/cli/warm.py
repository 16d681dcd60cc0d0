"""Documentation that stays loaded, and is judged again when what it rests on has changed.

Used by the worker of the editor.  What is asked of the disk is the state of the files that
were read, so that what changes outside the editor is seen; no process is started for it.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_arco_parity.cli.plain import is_plain, plain
from sphinx_arco_parity.cli.running import Loaded, Run
from sphinx_arco_parity.extension.build import build_of
from sphinx_arco_parity.extension.config import HISTORY, toml_for
from sphinx_arco_parity.extension.reading.lines import UNSAVED
from sphinx_arco_parity.repository.git import git_folder

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: Nanoseconds by which the clock of a file system may be behind.
_BEHIND = 10_000_000

States = dict[Path, tuple[int, int] | None]


class Warm:
    """The documentation in *docs*, as it was *loaded*."""

    def __init__(self, docs: Path, loaded: Loaded) -> None:
        self._docs, self._loaded = docs, loaded
        self._seen: Run | None = None
        self._unsaved: dict[str, str] = {}
        self._known: States = {}
        toml = toml_for(docs)
        self._toml = toml and toml.path
        self._configuration = states(self._configured())
        loaded.app.connect("source-read", _put_unsaved)
        # Before it is kept on disk: what nobody saved is read again.
        loaded.app.connect(
            "env-updated", lambda app, _env: _forget_pages(app, UNSAVED), priority=100
        )

    def is_loaded_anew(self) -> bool:
        """Tell whether the configuration has changed, so that it must be loaded again."""
        toml, source = toml_for(self._docs), self._loaded.source
        if (toml and toml.path) != self._toml or states(self._configuration) != self._configuration:
            return True
        if source is None or self._seen is None or not self._has_changed():
            return is_plain(self._docs) != (source is not None)
        now = plain(self._docs)
        return (now.pages, now.options) != (source.pages, source.options)

    def judge(self, unsaved: Mapping[str, str]) -> Run:
        """Return what is found now.

        :param unsaved: absolute path to text, of documents that are changed in the editor.
        :raises CannotRunError: as :func:`.loaded` says, from there.
        """
        if self._seen is None or unsaved != self._unsaved or self._has_changed():
            started, before = time.time_ns() - _BEHIND, states(self._known)
            UNSAVED.clear()
            UNSAVED.update(unsaved)
            _forget_pages(self._loaded.app, {*unsaved, *self._unsaved})
            self._seen, self._unsaved = self._loaded.judge(), dict(unsaved)
            # What changes meanwhile is of the next time: a state is older than the reading.
            self._known = {
                path: before[path] if path in before else _settled(state, started)
                for path, state in states(self._read(self._seen)).items()
            }
            # With what was imported late.
            self._configuration = {**states(self._configured()), **self._configuration}
        return self._seen

    def _has_changed(self) -> bool:
        return self._seen is None or states(self._known) != self._known

    def _configured(self) -> Iterator[Path]:
        """Yield the files of the configuration, and modules of the project's own."""
        yield from (self._docs / "conf.py", *([self._toml] if self._toml else []))
        top = f"{git_folder(self._docs) or self._docs}{os.sep}"
        ours = f"{Path(__file__).parents[1]}{os.sep}"
        for module in list(sys.modules.values()):
            file = str(getattr(module, "__file__", None) or "")
            if file.startswith(top) and not file.startswith(ours) and "site-packages" not in file:
                yield Path(file)

    def _read(self, seen: Run) -> Iterator[Path]:
        """Yield all that was read, there or not."""
        env, project = self._loaded.app.env, seen.project
        pages = {Path(env.doc2path(name)) for name in env.found_docs}
        yield from pages
        yield from {page.parent for page in pages}
        for names in (*env.dependencies.values(), *build_of(env).domain.files.values()):
            yield from (Path(env.srcdir, str(name)) for name in names)
        looked_at = [project.root / path for path in seen.repository.looked_at()]
        yield from looked_at
        if not seen.repository.has_git:
            yield from {path.parent for path in looked_at}
        git = (git_folder(project.root) or project.root) / ".git"
        if git.is_file():  # of a work tree beside the first
            git = Path(git.read_text(encoding="utf-8").partition(":")[2].strip())
        yield from (git / name for name in ("index", "HEAD", "info/exclude"))
        for name in (project.settings.lock, HISTORY, project.settings.baseline):
            yield from [project.confdir / name] if name else []


def states(paths: Iterable[Path]) -> States:
    """Return when each file was changed and how large it is; ``None`` if it is not there."""
    found: States = {}
    for path in paths:
        found[path] = None
        with suppress(OSError):
            status = path.stat()
            found[path] = status.st_mtime_ns, status.st_size
    return found


def _settled(state: tuple[int, int] | None, started: int) -> tuple[int, int] | None:
    return state if state is None or state[0] < started else (0, 0)


def _put_unsaved(app: Sphinx, docname: str, source: list[str]) -> None:
    text = UNSAVED.get(str(app.env.doc2path(docname)))
    if text is not None:
        source[0] = text


def _forget_pages(app: Sphinx, paths: Iterable[str]) -> None:
    """Have the pages at *paths* read again in the next build."""
    for path in paths:
        docname = app.env.path2doc(path)
        if docname in app.env.all_docs:
            app.env.all_docs[docname] = 0
