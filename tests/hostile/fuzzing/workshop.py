"""The repository that targets read: a small one on disk, with something outside it.

A target may put a text of its own in the place of any file; the others stay.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from fuzzing.target import watch_root
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.git import Listing
from sphinx_arco_parity.repository.reading import decode
from sphinx_arco_parity.repository.source import SourceFile, UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Mapping

CI = """\
on: {push: {branches: [main]}, pull_request: {}}
jobs:
  t:
    runs-on: ubuntu-latest
    strategy: {matrix: {py: ["3.11", "3.12"]}}
    steps:
      - uses: actions/checkout@v4
      - run: |
          cd .
          uv run pytest tests -k "not slow"
      - run: cargo test --workspace --exclude b -- --skip tock
"""
FILES = {
    "src/a.py": "def f():\n    pass\n\n\nclass A:\n    def m(self):\n        pass\n",
    "tests/test_a.py": "import pytest\n\n\n@pytest.mark.slow\ndef test_a():\n    pass\n",
    "tests/conftest.py": "",
    "pyproject.toml": "[tool.pytest.ini_options]\ntestpaths = ['tests']\n",
    "Cargo.toml": "[workspace]\nmembers = ['crates/*']\n",
    "crates/a/Cargo.toml": '[package]\nname = "a"\n',
    "crates/a/src/lib.rs": "pub enum E { A, B }\n#[cfg(test)]\nmod tests {\n    #[test]\n"
    "    fn tick() {}\n}\n",
    "crates/a/tests/it.rs": "#[test]\nfn tock() {}\n",
    "crates/b/Cargo.toml": '[package]\nname = "b"\n',
    "crates/b/src/lib.rs": "",
    ".github/workflows/ci.yml": CI,
    ".github/workflows/reused.yml": "on: workflow_call\njobs: {r: {steps: [{run: make}]}}\n",
    "docs/adr/001-a.md": "# 1. A\n\n## Status\n\nAccepted\n",
    "docs/adr/002-b.md": "# 2. B\n\nStatus: Superseded by ADR-001\n",
    "docs/adr/README.md": "| ADR | Status |\n|---|---|\n| [001](001-a.md) | Proposed |\n",
    "docs/matrix.md": "# Matrix\n",
    "web/a.test.ts": "describe('a', () => { it('b', () => {}) })\n",
    "go/a_test.go": "package a\n\nfunc TestA(t *testing.T) {}\n",
    "java/ATest.java": "class ATest { @Test void a() {} }\n",
    "Makefile": "test:\n\tpytest\n",
    **dict.fromkeys(("justfile", "Taskfile.yml", "noxfile.py", "tox.ini", "ci/run"), ""),
    **dict.fromkeys(("jest.config.js", "vitest.config.ts"), ""),
    "package.json": "{}",
}  # fmt: skip


class Workshop(Repository):
    """The repository on disk with some files replaced by texts."""

    def __init__(self, root: Path, listing: Listing, texts: Mapping[str, str]) -> None:
        super().__init__(root)
        self.__dict__["has_git"] = False
        self.__dict__["_listing"] = listing
        self._texts = {path: text.encode("utf-8", "replace") for path, text in texts.items()}

    def _read(self, path: str) -> SourceFile | UnreadableFileError:
        raw = self._texts.get(path)
        if raw is None:
            return super()._read(path)
        if b"\0" in raw:
            return UnreadableFileError(path, "is no text")
        digest = blake2b(raw, digest_size=16).hexdigest()
        return SourceFile(path=path, text=decode(raw), digest=digest)

    def _digest(self, path: str) -> str:
        return self.read(path).digest

    def read_bytes(self, path: str) -> bytes:
        """Return the bytes in place of the file's, if there are any."""
        raw = self._texts.get(path)
        return super().read_bytes(path) if raw is None else raw


@cache
def folder() -> Path:
    """Return the repository's root; links in it lead to ``outside``, beside it."""
    parent = Path(tempfile.mkdtemp(prefix="hostile-")).resolve()
    atexit.register(shutil.rmtree, parent, ignore_errors=True)
    root = parent / "root"
    for path, text in FILES.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (parent / "outside").mkdir()
    (parent / "outside" / "secret.py").write_text("def f(): pass\n", encoding="utf-8")
    (root / "link").symlink_to("../outside")
    (root / "src" / "link.py").symlink_to("../../outside/secret.py")
    watch_root(root)
    return root


@cache
def _listing() -> Listing:
    links = {"link", "src/link.py"}
    return Listing(files=tuple(sorted({*FILES, *links})), links=frozenset(links))


def repository(texts: Mapping[str, str] | None = None) -> Workshop:
    """Return the repository, with *texts* (path to text) in place of what is there."""
    return Workshop(folder(), _listing(), texts or {})


@cache
def shared() -> Workshop:
    """Return the repository as it is on disk, with all that it has learnt."""
    return repository()
