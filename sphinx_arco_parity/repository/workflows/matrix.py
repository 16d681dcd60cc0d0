"""The combinations of a job's matrix.

Called by :mod:`.jobs`.  Source of the rules: "Running variations of jobs in a workflow"
of GitHub's documentation.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import product
from typing import Any

from sphinx_arco_parity.repository.workflows.expressions import (
    EXPRESSION,
    evaluate,
    has_unknown,
    substitute,
)
from sphinx_arco_parity.repository.workflows.values import UNKNOWN
from sphinx_arco_parity.repository.workflows.yaml_nodes import Node

#: GitHub's own limit on the jobs of a matrix.
_LIMIT = 256

#: A combination of which nothing is known.
ANY: dict[str, Any] = {"*": UNKNOWN}


def combinations(job: Node, context: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the combinations of *job*'s matrix: name to value.

    A value that is not known is UNKNOWN; the key ``*`` says that there may be other
    names.  A job without a matrix has one empty combination.
    """
    strategy = job.get("strategy")
    matrix = strategy.get("matrix") if strategy else None
    if matrix is None:
        return [{} if strategy is None or isinstance(strategy.value, dict) else dict(ANY)]
    plain = resolved(matrix.plain(), context)
    if not isinstance(plain, dict):
        return [dict(ANY)]
    include, exclude = plain.pop("include", None), plain.pop("exclude", None)
    vectors = {key: value if isinstance(value, list) else [UNKNOWN] for key, value in plain.items()}
    if math.prod(map(len, vectors.values())) > _LIMIT:
        return [dict(ANY)]
    every = product(*vectors.values()) if vectors else ()
    found = _without([dict(zip(vectors, values, strict=True)) for values in every], exclude)
    return _with(found, include, set(vectors)) or [dict(ANY)]


def resolved(value: Any, context: Mapping[str, Any]) -> Any:
    """Return *value* with the expressions in its texts put in, or UNKNOWN for them."""
    if isinstance(value, dict):
        return {key: resolved(inner, context) for key, inner in value.items()}
    if isinstance(value, list):
        return [resolved(inner, context) for inner in value]
    if isinstance(value, str) and EXPRESSION.search(value):
        whole = EXPRESSION.fullmatch(value.strip())
        if whole:
            return evaluate(whole[1], context)
        text = substitute(value, context)
        return UNKNOWN if has_unknown(text) else text
    return value


def _without(found: list[dict[str, Any]], exclude: Any) -> list[dict[str, Any]]:
    """Take away what *exclude* surely names; what it may name stays."""
    if not isinstance(exclude, list):
        return found
    entries = [entry for entry in exclude if isinstance(entry, dict) and entry]

    def is_named(combination: dict[str, Any], entry: dict[str, Any]) -> bool:
        own = {key: combination.get(key, UNKNOWN) for key in entry}
        return own == entry and UNKNOWN not in own.values()

    return [each for each in found if not any(is_named(each, entry) for entry in entries)]


def _with(found: list[dict[str, Any]], include: Any, original: set[str]) -> list[dict[str, Any]]:
    if include is None:
        return found
    if not isinstance(include, list):
        return [{**combination, "*": UNKNOWN} for combination in found] + [dict(ANY)]
    result = [dict(combination) for combination in found]
    for entry in include:
        if not isinstance(entry, dict):
            result.append(dict(ANY))
            continue
        fitting = [
            new
            for new, old in zip(result, found, strict=False)
            if all(old[key] == value for key, value in entry.items() if key in original)
        ]
        for combination in fitting:
            combination.update(entry)
        if not fitting:
            result.append(dict(entry))
    return result
