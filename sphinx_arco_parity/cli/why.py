"""``arco-parity why``: the chain from a declaration to its evidence, with the verdicts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_arco_parity.cli.check import exit_status
from sphinx_arco_parity.cli.console import Console
from sphinx_arco_parity.cli.errors import WrongUsageError
from sphinx_arco_parity.cli.find_docs import asked
from sphinx_arco_parity.cli.running import checked, shown_path
from sphinx_arco_parity.cli.tree_text import drawn
from sphinx_arco_parity.cli.why_text import Chains
from sphinx_arco_parity.model.records import Declaration
from sphinx_arco_parity.text.words import nearest

if TYPE_CHECKING:
    from argparse import Namespace

    from sphinx_arco_parity.cli.running import Run


def why(arguments: Namespace, console: Console) -> int:
    """Draw the chains of what has the id; return the exit status."""
    docs, options = asked(arguments.docs, arguments)
    seen = checked(docs, options, console)
    chains = Chains(seen.assessment, shown_path(seen), console.paint)
    path = _path(arguments.id, seen)
    if path is not None:
        trees = [drawn(chains.citing(path))]
    else:
        found = _found(arguments.id, seen)
        trees = [drawn(chains.of(kind, declaration)) for kind, declaration in found]
    console.write("\n".join(trees))
    return exit_status(chains.findings)


def _path(wanted: str, seen: Run) -> str | None:
    """Return the path in the repository that *wanted* is, as the user or a page writes it."""
    register, root = seen.assessment.register, seen.project.root
    if any(wanted in by_id for by_id in (register.rows_by_id, register.exceptions_by_id)):
        return None
    for whole in (Path(wanted).resolve(), (root / wanted).resolve()):
        if whole.exists() and whole.is_relative_to(root) and whole != root:
            return whole.relative_to(root).as_posix()
    return None


def _found(wanted: str, seen: Run) -> list[tuple[str, Declaration]]:
    """Return each kind in which *wanted* is an id, with what is declared by it.

    :raises WrongUsageError: if it is not declared.
    """
    kinds = seen.assessment.register.by_kind
    kind, colon, rest = wanted.partition(":")
    if colon and kind in kinds:
        kinds, wanted = {kind: kinds[kind]}, rest
    found = [(name, by_id[wanted]) for name, by_id in kinds.items() if wanted in by_id]
    if not found:
        what = "exception, row or claim" if len(kinds) > 1 else next(iter(kinds))
        guess = nearest(wanted, [known for by_id in kinds.values() for known in by_id])
        raise WrongUsageError(
            f"the {what} `{wanted}` is not declared",
            help_text=f"did you mean `{guess}`?" if guess else "",
        )
    return found
