"""Which of the findings are shown: those of some paths and of some rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_arco_parity.cli.errors import WrongUsageError
from sphinx_arco_parity.cli.explain import no_such_rule
from sphinx_arco_parity.cli.find_docs import has_documentation
from sphinx_arco_parity.model.findings import Finding
from sphinx_arco_parity.model.rule_names import RULE_NAMES

if TYPE_CHECKING:
    from argparse import Namespace

    from sphinx_arco_parity.cli.running import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What is asked for of all that is found."""

    paths: tuple[Path, ...] = ()
    """Absolute; none: all."""
    select: frozenset[str] = frozenset()
    """Names of rules; none: all."""
    ignore: frozenset[str] = frozenset()

    def of(self, seen: Run) -> Run:
        """Return *seen* with the findings that are asked for."""
        root = seen.project.root
        found = seen.assessment.findings
        kept = tuple(finding for finding in found if self._takes(finding, root))
        return replace(seen, assessment=replace(seen.assessment, findings=kept))

    def _takes(self, finding: Finding, root: Path) -> bool:
        if finding.rule in self.ignore or (self.select and finding.rule not in self.select):
            return False
        place = root / finding.place.path
        return not self.paths or any(place.is_relative_to(path) for path in self.paths)


def folder_of(paths: Sequence[str]) -> str | None:
    """Return which of *paths* names what is read: the folder that has a configuration, else the first.

    :raises WrongUsageError: for a path that is not there.
    """
    for path in paths:
        if not Path(path).exists():
            raise WrongUsageError(
                f"there is no file or folder {path}",
                help_text="name the folder of conf.py, or what is to be shown of it",
            )
    return next((path for path in paths if has_documentation(Path(path))), None) or next(
        iter(paths), None
    )


def narrowing(arguments: Namespace, docs: Path) -> Narrowing:
    """Return what *arguments* ask for of what is found in *docs*.

    :raises WrongUsageError: for a rule that there is not.
    """
    paths = tuple(Path(path).resolve() for path in arguments.paths)
    whole = docs in paths or docs / "conf.py" in paths
    return Narrowing(
        paths=() if whole else paths,
        select=_rules(getattr(arguments, "select", ())),
        ignore=_rules(getattr(arguments, "ignore", ())),
    )


def _rules(given: Sequence[str]) -> frozenset[str]:
    names = [name.strip().removeprefix("parity.") for text in given for name in text.split(",")]
    for name in names:
        if name not in RULE_NAMES:
            raise no_such_rule(name)
    return frozenset(names)
