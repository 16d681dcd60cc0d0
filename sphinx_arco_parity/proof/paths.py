"""Judges the path of a piece of evidence: the policy first, then whether it is there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sphinx_arco_parity.model.records import Evidence, Verdict
from sphinx_arco_parity.proof.elsewhere import Elsewhere
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


def judge_path(evidence: Evidence, *, repository: Repository, settings: Settings) -> PathJudged:
    """Judge the path of *evidence*, as written, as proof of its kind."""
    path, kind = evidence.path, evidence.kind
    if not path:
        return _final("unknown", "no path is named")
    if repository.problems:
        return _final("unknown", f"{path} cannot be looked for: the repository cannot be read")
    if repository.is_plain_file(path):
        return _judge_tracked(evidence, repository, settings)
    if _is_plain(path, repository):
        return _judge_plain(evidence, repository=repository, settings=settings)
    spellings = _expanded(path)
    judged = [
        _judge_glob(spelling, kind, repository=repository, settings=settings)
        if is_glob(spelling)
        else _judge_plain(
            replace(evidence, path=spelling), repository=repository, settings=settings
        )
        for spelling in spellings
    ]
    wrong = next((answer for answer in judged if answer.verdict and answer.verdict.rule), None)
    if wrong is not None or len(judged) == 1:
        return wrong or judged[0]
    return PathJudged(verdict=None, path=judged[0].path, many=True)


def _judge_tracked(evidence: Evidence, repository: Repository, settings: Settings) -> PathJudged:
    """Judge a path that is spelt as git spells it: by far the most."""
    path, kind = evidence.path, evidence.kind
    if settings.is_background(path):
        return _background(path)
    if not settings.is_canonical(path, kind):
        return _not_canonical(path, kind, settings)
    if not repository.exists(path):
        return _not_found(evidence, path, repository, settings)
    return PathJudged(verdict=None, path=path, many=repository.is_absent(path))


def _is_plain(path: str, repository: Repository) -> bool:
    return not (is_glob(path) or _BRACES.search(path)) or repository.exists(path)


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


def _judge_glob(glob: str, kind: str, *, repository: Repository, settings: Settings) -> PathJudged:
    found = repository.glob(glob)
    names: Sequence[str] = found or [glob.removeprefix("./")]
    proof = [name for name in names if not settings.is_background(name)]
    if not proof:
        return _background(glob)
    canonical = [name for name in proof if settings.is_canonical(name, kind)]
    if not canonical:
        return _not_canonical(glob, kind, settings)
    if not found:
        return _final(
            "not-found",
            f"no tracked file matches {glob}",
            rule="evidence-not-found",
            help_="correct the pattern, or cite the file itself",
        )
    return PathJudged(verdict=None, path=canonical[0], many=True)


def _judge_plain(evidence: Evidence, *, repository: Repository, settings: Settings) -> PathJudged:
    path, kind = evidence.path, evidence.kind
    clean = "/".join(word for word in path.split("/") if word not in {"", "."})
    is_folder = path.endswith("/") or repository.is_directory(path)
    name = f"{clean}/" if is_folder and clean else clean
    if settings.is_background(name) or settings.is_background(clean):
        return _background(path)
    outside = path.startswith("/") or ".." in path.split("/")
    several = () if outside or repository.exists(path) else _perhaps(clean, repository)
    if several:
        named = ", ".join(several[:3]) + (", …" if len(several) > 3 else "")
        detail = f"{path} may be {'any of ' if several[1:] else ''}{named}: write more of the path"
        return PathJudged(verdict=Verdict(name="unknown", detail=detail))
    if not outside and not _is_canonical(name, kind, repository, settings):
        return _not_canonical(path, kind, settings)
    if not repository.exists(path):
        return _not_found(evidence, clean, repository, settings)
    many = not repository.is_file(path) or repository.is_absent(path)
    return PathJudged(verdict=None, path=clean, many=many)


def _perhaps(path: str, repository: Repository) -> Sequence[str]:
    """Return the tracked paths that one may be which is not there, but no outdated path either.

    It is their ending, or it leaves out folders and prefixes of folders: ``db/x.rs`` for
    ``crates/kite-db/src/x.rs``.  One that begins with a folder of the root leaves out none.
    """
    *folders, name = path.split("/")
    ending = repository.ending_in(path)
    if ending or not folders or repository.is_directory(folders[0]):
        return ending
    called = repository.suggestions.called(name)
    return [other for other in called if _has_in_order(folders, other.split("/"))]


def _has_in_order(folders: Sequence[str], among: Sequence[str]) -> bool:
    rest = iter(among[:-1])
    return all(
        any(name == folder or name.endswith((f"-{folder}", f"_{folder}")) for name in rest)
        for folder in folders
    )


def _is_canonical(name: str, kind: str, repository: Repository, settings: Settings) -> bool:
    if settings.is_canonical(name, kind):
        return True
    folder = name == "" or name.endswith("/")
    if not folder and not settings.is_canonical(f"{name}/", kind):
        return False
    return not folder or any(
        settings.is_canonical(file, kind) for file in repository.files() if file.startswith(name)
    )


def _background(path: str) -> PathJudged:
    return _final(
        "unknown",
        f"{path} is background material, which is not proof",
        rule="evidence-background",
        help_="cite the code, the test or the CI job that proves it",
    )


def _not_canonical(path: str, kind: str, settings: Settings) -> PathJudged:
    policy = POLICY_KINDS[kind]
    globs = settings.evidence.get(policy, ())
    listed = ", ".join(f"`{glob}`" for glob in globs) or "nothing"
    return _final(
        "unknown",
        f"{path} is not among what counts as evidence for {policy}: {listed}",
        rule="evidence-not-canonical",
        cause=f"{policy}: {path.partition('/')[0]}",
        help_=f'cite a file that counts, or add this one to `parity_evidence["{policy}"]`',
    )


def _not_found(
    evidence: Evidence, clean: str, repository: Repository, settings: Settings
) -> PathJudged:
    path = evidence.path
    module = repository.absent_module(path)
    if module is not None:
        return _final("unknown", f"{path} lies in the submodule {module}, which is not checked out")
    meant = replace(evidence, path=path.replace("\\", "/"))
    elsewhere = Elsewhere(repository, settings)
    detail, help_ = _why_not_found(path, clean, repository, elsewhere.instead_of(meant))
    verdict = Verdict(
        name="not-found",
        detail=detail,
        rule="evidence-not-found",
        help=help_,
        cause=_missing_folder(clean, repository),
        fix=elsewhere.fix(evidence),
    )
    return PathJudged(verdict=verdict)


def _missing_folder(path: str, repository: Repository) -> str:
    """Return the topmost folder of *path* that is not there, or nothing."""
    words = path.split("/")
    folders = ("/".join(words[:depth]) for depth in range(1, len(words)))
    return next((f"{name}/" for name in folders if not repository.is_directory(name)), "")


def _why_not_found(
    path: str, clean: str, repository: Repository, instead: tuple[str | None, str]
) -> tuple[str, str]:
    guess, help_ = instead
    meant = f"; did you mean {guess}?" if guess else ""
    if path.startswith("/") or ".." in path.split("/"):
        return (
            f"{path} leads out of the repository{meant}",
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
        return (f"{path} is not tracked by git", f"`git add {clean}`, or correct the path")
    if repository.is_file(path):
        return (f"{path} is tracked, but is not in the work tree", "restore it, or cite another")
    return f"{path} is not in the repository{meant}", help_


def _final(
    name: str, detail: str, *, rule: str | None = None, help_: str = "", cause: str = ""
) -> PathJudged:
    verdict = Verdict(name=name, detail=detail, rule=rule, help=help_, cause=cause)
    return PathJudged(verdict=verdict)
