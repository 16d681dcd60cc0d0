"""The grammar of an item that cites CI: a workflow, its jobs, their commands.

:func:`read_pipelines` is called by :mod:`.cells`.  What a literal is follows from the
word beside it ("job", "step", "command") or from its own shape; one that stays open is
left out, and the workflow alone is cited.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile

from sphinx_arco_parity.notation.ci_runs import Runs, read_runs
from sphinx_arco_parity.notation.path_shapes import is_ci_path
from sphinx_arco_parity.notation.paths import Reference
from sphinx_arco_parity.notation.prose import is_connective, is_negated, takes_back
from sphinx_arco_parity.notation.reference_tokens import Reader
from sphinx_arco_parity.notation.references import without_label
from sphinx_arco_parity.notation.symbols import is_job_name
from sphinx_arco_parity.notation.tokens import Kind, Token
from sphinx_arco_parity.notation.vocabulary import POINTERS

_FAR = 8


@dataclass(slots=True)
class Pipeline:
    """A CI file with what is said of it."""

    reference: Reference
    token: Token
    """Where it is written."""
    tokens: list[Token] = field(default_factory=list)
    """Around it, parentheses opened."""

    def runs(self) -> Runs:
        """Return pairs of job and command; ``None`` for what is not said."""
        jobs = self.reference.symbols if self._is_workflow() else ()
        found = read_runs(self.tokens)
        if jobs:
            found = tuple((job, command) for job in jobs for _, command in found or ((None, None),))
        return found or ((None, None),)

    def _is_workflow(self) -> bool:
        endings = (".yml", ".yaml")
        return all(is_ci_path(path) or path.endswith(endings) for path in self.reference.paths)

    def perhaps_job(self) -> str | None:
        """Return the only name behind a workflow, with no word beside it."""
        after = [token for token in self.tokens if token.start >= self.token.end]
        words = [t for t in after if t.kind in {Kind.CODE, Kind.WORD} and t.text not in POINTERS]
        named = [word for word in words if not is_connective([word])]
        if len(named) != 1 or not self._is_workflow():
            return None
        (name,) = named
        joins = all(t is name or t.kind in {Kind.OPEN, Kind.CLOSE, Kind.WORD} for t in after)
        return name.text if joins and is_job_name(name.text) else None


def flat(tokens: Sequence[Token]) -> Iterator[Token]:
    """Return *tokens* with each group between separators of its own."""
    for token in tokens:
        if token.kind is Kind.GROUP:
            yield Token(Kind.OPEN, "(", token.start, token.start + 1)
            yield from token.inner
            yield Token(Kind.CLOSE, ")", token.end - 1, token.end)
        else:
            yield token


def read_pipelines(tokens: Sequence[Token], reader: Reader) -> list[Pipeline]:
    """Return what the CI item of *tokens* cites, in its order; empty for a remark."""
    joined = reader.join(tokens)
    lead = takewhile(lambda token: reader.reference(token) is None, joined)
    if not any(token.kind is Kind.CODE for token in lead):
        # A label with a literal in it may name the job or the command.
        labelled = without_label(joined, reader)
        if labelled is None:
            return []
        joined = list(labelled)
    top = _references(joined, reader)
    if not top:
        joined = [part for token in joined for part in _opened(token, reader)]
        top = _references(joined, reader)
    mains = _mains(top, joined)
    if not mains or is_negated(t for t in joined[: mains[0]] if t.kind is Kind.WORD):
        return []
    rest = joined[mains[-1] + 1 :]
    if takes_back(rest) or (rest and rest[0].kind is Kind.GROUP and takes_back(rest[0].inner)):
        return []
    return _pipelines(joined, mains, top)


def _opened(token: Token, reader: Reader) -> list[Token]:
    """Return *token*, or what it encloses if there is a path in it."""
    if token.kind is not Kind.GROUP:
        return [token]
    inner = reader.join(token.inner)
    return inner if any(map(reader.reference, inner)) else [token]


def _references(tokens: Sequence[Token], reader: Reader) -> dict[int, Reference]:
    found = ((index, reader.reference(token)) for index, token in enumerate(tokens))
    return {index: reference for index, reference in found if reference is not None}


def _mains(top: dict[int, Reference], tokens: Sequence[Token]) -> list[int]:
    """Return where the CI files stand: the first, and those that are joined to one.

    A script that a workflow runs (``scripts/ci.sh``) is a command, no second file.  Without a
    workflow the first path counts that is no name in passing.
    """
    workflows = [i for i, ref in top.items() if all(map(is_ci_path, ref.paths))]
    first = (i for i, ref in top.items() if ref.anchored or not i or tokens[i].kind != Kind.WORD)
    chosen = workflows[:1] or list(islice(first, 1))
    for index in top:
        if not chosen or index <= chosen[-1]:
            continue
        if index in workflows or (not workflows and _joins(tokens, chosen[-1], index)):
            chosen.append(index)
    return chosen


def _joins(tokens: Sequence[Token], left: int, right: int) -> bool:
    """Tell whether the paths at *left* and *right* are named together."""
    between = (token for token in tokens[left + 1 : right] if token.kind is not Kind.GROUP)
    return right - left < _FAR and is_connective(between)


def _pipelines(
    tokens: Sequence[Token], mains: Sequence[int], top: dict[int, Reference]
) -> list[Pipeline]:
    pipelines = [Pipeline(top[index], tokens[index]) for index in mains]
    ends = [*mains[1:], len(tokens)]
    for pipeline, start, end in zip(pipelines, mains, ends, strict=True):
        pipeline.tokens += flat(tokens[start + 1 : end])
    if len(pipelines) == 1:
        stop = replace(tokens[mains[0]], kind=Kind.CLOSE)
        pipelines[0].tokens[:0] = [*flat(tokens[: mains[0]]), stop]
    return pipelines


def is_about_ci(pipelines: Sequence[Pipeline], *, also_bare: bool) -> bool:
    """Tell whether an item outside a CI column cites workflows for what they run.

    :param also_bare: a workflow of which nothing more is said is meant so, too.
    """
    return bool(pipelines) and all(
        all(map(is_ci_path, pipeline.reference.paths))
        and (also_bare or any(job or command for job, command in pipeline.runs()))
        for pipeline in pipelines
    )
