"""Which of the findings are shown: those of some paths and of some rules."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from sphinx_arco_parity.cli.console import WrongUsageError
from sphinx_arco_parity.cli.explain import no_such_rule
from sphinx_arco_parity.cli.find_docs import has_documentation
from sphinx_arco_parity.cli.running import Run
from sphinx_arco_parity.model.rule_names import RULE_NAMES


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


def narrowing(arguments: Namespace, docs: Path) -> Callable[[Run], Run]:
    """Return what leaves, of all that is found in *docs*, the findings that are asked for.

    :raises WrongUsageError: for a rule that there is not.
    """
    paths = [Path(path).resolve() for path in arguments.paths]
    if docs in paths or docs / "conf.py" in paths:
        paths = []
    select, ignore = (_rules(getattr(arguments, name, ())) for name in ("select", "ignore"))

    def narrowed(seen: Run) -> Run:
        found = [
            finding
            for finding in seen.assessment.findings
            if finding.rule not in ignore and (not select or finding.rule in select)
        ]
        if paths:
            root = seen.project.root
            found = [f for f in found if any(map((root / f.place.path).is_relative_to, paths))]
        return replace(seen, assessment=replace(seen.assessment, findings=tuple(found)))

    return narrowed


def _rules(given: Sequence[str]) -> frozenset[str]:
    names = [name.strip().removeprefix("parity.") for text in given for name in text.split(",")]
    for name in names:
        if name not in RULE_NAMES:
            raise no_such_rule(name)
    return frozenset(names)
