"""``arco-parity diff``: what has changed since a git revision, as Markdown."""

from __future__ import annotations

from argparse import Namespace

from sphinx_arco_parity.cli.console import DONE, FINDINGS, Console, WrongUsageError
from sphinx_arco_parity.cli.find_docs import asked
from sphinx_arco_parity.cli.revisions import Judged, named_commit, revisions
from sphinx_arco_parity.cli.running import checked, url_of
from sphinx_arco_parity.declarations.register import Register
from sphinx_arco_parity.exports.markdown import comparison_markdown
from sphinx_arco_parity.exports.parity_json import parity_document
from sphinx_arco_parity.model.parity_document import EMPTY, ParityDocument
from sphinx_arco_parity.review.comparison import Renamed, compare
from sphinx_arco_parity.review.lock import parse_lock
from sphinx_arco_parity.review.renames import (
    renamed_by_capability,
    renamed_exceptions,
    renamed_rows,
)


def diff(arguments: Namespace, console: Console) -> int:
    """Print the comparison; return the exit status."""
    folder, since = _named(arguments)
    docs, options = asked(folder, arguments)
    now = checked(docs, options, console)
    root = now.project.root
    commit = named_commit(root, since, merge_base=arguments.base is not None)
    with revisions(docs, root, options) as builder:
        then = builder.judge(commit)
    if then is None:
        console.say(f"{since} has no documentation there: all is new")
    document = parity_document(now.assessment, commit=now.commit)
    compared = compare(
        then.document if then is not None else EMPTY,
        document,
        old_lock=then.lock if then is not None else None,
        new_lock=now.assessment.lock,
        renamed=_renamed(now.assessment.register, then, document) if then is not None else None,
        unseen=now.repository.is_absent,
    )
    console.write(comparison_markdown(compared, since=since, url=url_of(now)))
    return FINDINGS if arguments.strict and compared.regressed else DONE


def _named(arguments: Namespace) -> tuple[str | None, str]:
    """Return the documentation and the revision that are named.

    :raises WrongUsageError: if no revision is, or two are.
    """
    if arguments.base is None:
        if arguments.revision is None:
            raise WrongUsageError(
                "diff needs a revision", help_text="name one, or a branch with `--base`"
            )
        return arguments.docs, arguments.revision
    if arguments.docs is not None:
        raise WrongUsageError("diff takes a revision or `--base`, not both")
    return arguments.revision, arguments.base


def _renamed(register: Register, then: Judged, now: ParityDocument) -> Renamed:
    """Return what has another id since, as a review at that revision would tell it.

    A row that has lost its evidence too is known by its capability.
    """
    lock = parse_lock(then.review)
    rows = renamed_rows(register, lock)
    rows |= renamed_by_capability(then.document, now, rows)
    return {"row": rows, "exception": renamed_exceptions(register, lock)}
