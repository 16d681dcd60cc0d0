"""Whether ``mvn`` runs a test.

Called by :mod:`.select`.  Source of the rules: Maven's default lifecycle and the
default patterns of its Surefire plugin (3.2).
"""

from __future__ import annotations

import posixpath
import re

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection.runners import Runner
from sphinx_arco_parity.repository.selection.verdicts import (
    ELSEWHERE,
    SELECTED,
    Selection,
    Subject,
    missed,
    unknown,
)
from sphinx_arco_parity.text.words import word_set

_TESTING = word_set("""
    test prepare-package package pre-integration-test integration-test post-integration-test verify
    install deploy
    """)
_BEFORE_TESTS = word_set(
    "validate compile test-compile clean process-classes process-resources generate-sources site"
)
_PLAIN_OPTIONS = word_set("""
    -B -q -e -X -U -V -ntp -fae -ff --batch-mode --quiet --errors --no-transfer-progress
    --show-version --update-snapshots --fail-fast --fail-at-end
    """)
_SKIPS = frozenset({"-DskipTests", "-Dmaven.test.skip", "-Dmaven.test.skip.exec"})
_TEST_NAME = re.compile(r"Test\w*|\w*(?:Test|Tests|TestCase)")
#: What a project may say of its tests that this reading does not follow.
_SETTINGS = re.compile(
    r"skip|<(?:includes?|excludes?|groups|excludedGroups|parent|testSourceDirectory|profile)\b"
)


class MavenSelection:
    """Answers for one repository."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    def selects(self, runner: Runner, subject: Subject) -> Selection:
        """Tell whether *runner* runs *subject*."""
        command = runner.command
        if not command.known or not runner.sure or command.directory is None:
            return unknown("has arguments that are not known before it runs")
        words = [word.text for word in command.words[1:]]
        for word in words:
            name, _, value = word.partition("=")
            if name in _SKIPS and value in {"", "true"}:
                return missed(f"runs no tests (`{word}`)", ELSEWHERE)
        goals = [word for word in words if not word.startswith("-")]
        if goals and all(goal in _BEFORE_TESTS for goal in goals):
            return missed("runs no tests", ELSEWHERE)
        if not set(goals) <= _TESTING | _BEFORE_TESTS or not set(goals) & _TESTING:
            return unknown("has goals that are not known here")
        if any(word.startswith("-") and word not in _PLAIN_OPTIONS for word in words):
            return unknown("has options that may change what is run")
        return self._found(command.directory, subject.path)

    def _found(self, folder: str, path: str) -> Selection:
        """Tell whether the project in *folder* has the test file *path*."""
        before, there, _ = path.rpartition("src/test/java/")
        module = before.rstrip("/")
        name = posixpath.basename(path).removesuffix(".java")
        if not there or not _TEST_NAME.fullmatch(name):
            return unknown("is about a file that Maven's defaults do not take")
        project = self._repository.text(posixpath.join(folder, "pom.xml"))
        if module != folder or project is None:
            return unknown(f"may not run the module of {path}")
        if _SETTINGS.search(project):
            return unknown("has a project that may choose its tests")
        return SELECTED
