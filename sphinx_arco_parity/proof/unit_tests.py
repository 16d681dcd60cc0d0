"""Whether a cited test is one of the library's own source, by where it lives."""

from __future__ import annotations

from sphinx_arco_parity.model.records import Evidence
from sphinx_arco_parity.repository.definitions import language_of
from sphinx_arco_parity.repository.files import Repository

_TEST_FOLDERS = frozenset({
    "test", "tests", "it", "e2e", "integration", "integration_tests", "integration-tests",
    "acceptance", "functional", "system", "smoke", "spec", "specs", "__tests__",
})  # fmt: skip
_LARGER = ("e2e", "integration", "acceptance", "end_to_end", "end-to-end")
_SOURCES = frozenset({"src", "lib"})


def is_unit_test(evidence: Evidence, repository: Repository) -> bool:
    """Tell whether a cited test lives inside the library's own source.

    Rust: below ``src``; Python: in a package, not in a folder of tests; Go: beside the
    source; TypeScript and JavaScript: below ``src`` or ``lib``.  A path that speaks of
    integration or of end-to-end tests never is one, nor a path that is not there.
    """
    path = evidence.path.removeprefix("./")
    *folders, name = path.split("/")
    if not repository.is_file(path) or any(word in path.lower() for word in _LARGER):
        return False
    language = language_of(path)
    if language == "rust":
        return "src" in folders
    words = (word for folder in folders for word in folder.lower().split("."))
    if not _TEST_FOLDERS.isdisjoint(words):
        return False
    if language == "python":
        return repository.is_file("/".join([*folders, "__init__.py"]))
    if language == "go":
        return name.endswith("_test.go")
    return language is not None and not _SOURCES.isdisjoint(folders)
