"""``arco-parity diff``: what has changed since a git revision, as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_arco_parity.cli.cache_folder import working_folder
from sphinx_arco_parity.cli.errors import DONE, FINDINGS
from sphinx_arco_parity.cli.find_docs import find_docs
from sphinx_arco_parity.cli.revisions import named_commit, revisions
from sphinx_arco_parity.cli.running import run

if TYPE_CHECKING:
    from argparse import Namespace

    from sphinx_arco_parity.cli.console import Console
    from sphinx_arco_parity.cli.running import Run


def diff(arguments: Namespace, console: Console) -> int:
    """Print the comparison; return the exit status."""
    from sphinx_arco_parity.review.comparison import compare  # noqa: PLC0415
    from sphinx_arco_parity.review.comparison_text import (  # noqa: PLC0415
        comparison_markdown,
    )

    docs = find_docs(arguments.docs)
    with working_folder(docs) as work:
        now = run(docs, work, console)
    root = now.project.root
    commit = named_commit(root, arguments.revision)
    with revisions(docs, root, console) as builder:
        then = builder.run_at(commit)
    if then is None:
        console.say(f"{arguments.revision} has no documentation there: all is new")
    compared = compare(
        _document(then) if then is not None else {},
        _document(now),
        old_lock=then.assessment.lock if then is not None else None,
        new_lock=now.assessment.lock,
    )
    console.write(comparison_markdown(compared, since=arguments.revision))
    return FINDINGS if arguments.strict and compared.regressed else DONE


def _document(seen: Run) -> dict[str, Any]:
    from sphinx_arco_parity.exports.parity_json import parity_document  # noqa: PLC0415

    return parity_document(seen.assessment, commit=seen.commit)
