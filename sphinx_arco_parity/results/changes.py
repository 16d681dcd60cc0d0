"""Whether what a declaration cites is still what it was when its tests ran."""

from __future__ import annotations

from collections.abc import Iterable

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.git import GitError, changed_since


class Changes:
    """What has changed since the commit whose tests ran; nothing, where there is no git."""

    def __init__(self, commit: str | None, repository: Repository) -> None:
        self._repository = repository
        self.at = f" at {commit[:7]}" if commit else ""
        self._paths: frozenset[str] | None = frozenset()
        self._is_older = bool(commit) and repository.has_git and commit != repository.commit()
        if commit and self._is_older:
            try:
                self._paths = changed_since(repository.root, commit)
            except GitError:
                self._paths = None

    def since(self, paths: Iterable[str]) -> str:
        """Return how what *paths* mean has changed since then; empty if it has not."""
        if not self._is_older:
            return ""
        if self._paths is None:
            return "that commit is not in this clone, so nobody can tell what has changed since"
        every: list[str] = []
        for cited in paths:
            clean = cited.removeprefix("./")
            every += (clean, *self._repository.below(clean))
        for path in every:
            self._repository.exists(path)  # so that a build in which it changes is judged
        changed = next((path for path in every if path in self._paths), "")
        return f"{changed} has changed since" if changed else ""
