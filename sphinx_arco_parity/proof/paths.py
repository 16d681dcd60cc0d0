"""Judges the path of a piece of evidence: the policy first, then whether it is there.

And whether a cited test is one of the library's own source, by where it lives.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sphinx_arco_parity.model.records import Evidence, Verdict
from sphinx_arco_parity.proof.elsewhere import Elsewhere
from sphinx_arco_parity.repository.definitions import language_of
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.settings.options import POLICY_KINDS, Settings
from sphinx_arco_parity.text.patterns import is_glob

_BRACES = re.compile(r"\{([^{}]*,[^{}]*)\}")
_MANY = 50
"""How many spellings of a path in braces are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathJudged:
    """What became of a path."""

    verdict: Verdict | None
    """Final, or ``None`` if *path* is a file to look into."""
    path: str = ""
    """As git writes it; the first match of a glob, a folder without its slash."""
    many: bool = False
    """It is a folder or a glob, or in a submodule that is not checked out."""


class PathJudge:
    """Judges paths by the policy of *settings* and the files of *repository*."""

    def __init__(self, repository: Repository, settings: Settings, elsewhere: Elsewhere) -> None:
        self._repository = repository
        self._settings = settings
        self._elsewhere = elsewhere

    def judge(self, evidence: Evidence) -> PathJudged:
        """Judge the path of *evidence*, as written, as proof of its kind."""
        path, repository = evidence.path, self._repository
        if not path:
            return _final("unknown", "no path is named")
        if repository.problems:
            return _final("unknown", f"{path} cannot be looked for: the repository cannot be read")
        if self._is_there(path) or not (is_glob(path) or _BRACES.search(path)):
            return self._plain(evidence)
        judged = [
            self._glob(spelling, evidence.kind)
            if is_glob(spelling)
            else self._plain(replace(evidence, path=spelling))
            for spelling in _expanded(path)
        ]
        wrong = next((answer for answer in judged if answer.verdict and answer.verdict.rule), None)
        if wrong is not None or len(judged) == 1:
            return wrong or judged[0]
        return PathJudged(verdict=None, path=judged[0].path, many=True)

    def _is_there(self, path: str) -> bool:
        """Tell whether *path* is in the repository, be it missing in the work tree."""
        return self._repository.exists(path) or self._repository.is_plain_file(path)

    def _glob(self, glob: str, kind: str) -> PathJudged:
        found = self._repository.glob(glob)
        names: Sequence[str] = found or [glob.removeprefix("./")]
        proof = [name for name in names if not self._settings.is_background(name)]
        if not proof:
            return _background(glob)
        canonical = [name for name in proof if self._settings.is_canonical(name, kind)]
        if not canonical:
            return self._not_canonical(glob, kind)
        if not found:
            return _final(
                "not-found",
                f"no tracked file matches {glob}",
                rule="evidence-not-found",
                help_="correct the pattern, or cite the file itself",
            )
        return PathJudged(verdict=None, path=canonical[0], many=True)

    def _plain(self, evidence: Evidence) -> PathJudged:
        path, repository, settings = evidence.path, self._repository, self._settings
        clean = "/".join(word for word in path.split("/") if word not in {"", "."})
        is_folder = path.endswith("/") or repository.is_directory(path)
        name = f"{clean}/" if is_folder and clean else clean
        if settings.is_background(name) or (name != clean and settings.is_background(clean)):
            return _background(path)
        outside = path.startswith("/") or ".." in path.split("/")
        several = () if outside or self._is_there(path) else self._perhaps(clean)
        if several:
            named = ", ".join(several[:3]) + (", …" if len(several) > 3 else "")
            any_of = "any of " if several[1:] else ""
            return _final("unknown", f"{path} may be {any_of}{named}: write more of the path")
        if not outside and not self._is_canonical(name, evidence.kind):
            return self._not_canonical(path, evidence.kind)
        if not repository.exists(path):
            return self._not_found(evidence, clean)
        many = not repository.is_file(path) or repository.is_absent(path)
        return PathJudged(verdict=None, path=clean, many=many)

    def _perhaps(self, path: str) -> Sequence[str]:
        """Return the tracked paths that one may be which is not there.

        It is their ending, or it leaves out folders and prefixes of folders: ``db/x.rs`` for
        ``crates/kite-db/src/x.rs``.  One that begins with a folder of the root leaves out none.
        """
        *folders, name = path.split("/")
        ending = self._repository.ending_in(path)
        if ending or not folders or self._repository.is_directory(folders[0]):
            return ending
        called = self._repository.suggestions.called(name)
        return [other for other in called if _has_in_order(folders, other.split("/"))]

    def _is_canonical(self, name: str, kind: str) -> bool:
        is_canonical = self._settings.is_canonical
        if is_canonical(name, kind):
            return True
        if name and not name.endswith("/"):
            return is_canonical(f"{name}/", kind)
        files = (file for file in self._repository.files() if file.startswith(name))
        return any(is_canonical(file, kind) for file in files)

    def _not_canonical(self, path: str, kind: str) -> PathJudged:
        policy = POLICY_KINDS[kind]
        globs = self._settings.evidence.get(policy, ())
        listed = ", ".join(f"`{glob}`" for glob in globs) or "nothing"
        return _final(
            "unknown",
            f"{path} is not among what counts as evidence for {policy}: {listed}",
            rule="evidence-not-canonical",
            cause=f"{policy}: {path.partition('/')[0]}",
            help_=f'cite a file that counts, or add this one to `parity_evidence["{policy}"]`',
        )

    def _not_found(self, evidence: Evidence, clean: str) -> PathJudged:
        path, words = evidence.path, clean.split("/")
        module = self._repository.absent_module(path)
        if module is not None:
            said = f"{path} lies in the submodule {module}, which is not checked out"
            return _final("unknown", said)
        folders = ("/".join(words[:depth]) for depth in range(1, len(words)))
        missing = (f"{name}/" for name in folders if not self._repository.is_directory(name))
        detail, help_ = self._why_not_found(evidence, clean)
        verdict = Verdict(
            name="not-found",
            detail=detail,
            rule="evidence-not-found",
            help=help_,
            cause=next(missing, ""),
            fix=self._elsewhere.fix(evidence),
        )
        return PathJudged(verdict=verdict)

    def _why_not_found(self, evidence: Evidence, clean: str) -> tuple[str, str]:
        path, repository = evidence.path, self._repository
        meant = replace(evidence, path=path.replace("\\", "/"))
        guess, help_ = self._elsewhere.instead_of(meant)
        hint = f"; did you mean {guess}?" if guess else ""
        if path.startswith("/") or ".." in path.split("/"):
            return (
                f"{path} leads out of the repository{hint}",
                "write the path from the root of the repository",
            )
        if repository.leads_out(path):
            return (
                f"{path} is a symbolic link that leads out of the repository",
                "cite a file of the repository",
            )
        if repository.is_ignored(path):
            return (
                f"{path} is not tracked: `.gitignore` leaves it out",
                "cite what it is generated from, which is tracked",
            )
        variant = repository.case_variant(path)
        if variant is not None:
            return f"{path} is spelt {variant} in the repository", f"write {variant}"
        if repository.is_untracked(path):
            return f"{path} is not tracked by git", f"`git add {clean}`, or correct the path"
        if repository.is_file(path):
            return f"{path} is tracked, but is not in the work tree", "restore it, or cite another"
        return f"{path} is not in the repository{hint}", help_


def _expanded(path: str) -> list[str]:
    """Return what ``a/{b,c}.rs`` stands for: ``a/b.rs`` and ``a/c.rs``."""
    found = [path]
    while len(found) < _MANY:
        match = next((m for spelling in found if (m := _BRACES.search(spelling))), None)
        if match is None:
            break
        text, words = match[0], match[1].split(",")
        found = [
            spelling.replace(text, word.strip(), 1)
            for spelling in found
            for word in (words if text in spelling else [text])
        ]
    return found


def _has_in_order(folders: Sequence[str], among: Sequence[str]) -> bool:
    rest = iter(among[:-1])
    return all(
        any(name == folder or name.endswith((f"-{folder}", f"_{folder}")) for name in rest)
        for folder in folders
    )


def _background(path: str) -> PathJudged:
    return _final(
        "unknown",
        f"{path} is background material, which is not proof",
        rule="evidence-background",
        help_="cite the code, the test or the CI job that proves it",
    )


def _final(
    name: str, detail: str, *, rule: str | None = None, help_: str = "", cause: str = ""
) -> PathJudged:
    verdict = Verdict(name=name, detail=detail, rule=rule, help=help_, cause=cause)
    return PathJudged(verdict=verdict)


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
