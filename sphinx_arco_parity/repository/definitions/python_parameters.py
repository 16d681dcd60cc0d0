"""Tests whose parameters carry marks of their own: ``pytest.param(2, marks=…)``."""

from __future__ import annotations

from itertools import product
from math import prod

from tree_sitter import Node

from sphinx_arco_parity.repository.definitions import nodes
from sphinx_arco_parity.repository.definitions.python_marks import (
    SEQUENCES,
    Marks,
    arguments,
    decorators,
    join,
    read_marks,
)
from sphinx_arco_parity.repository.definitions.python_module import module_of

_MOST = 2000
_PLAIN = frozenset({"integer", "float", "true", "false", "none"})
_COMPREHENSIONS = frozenset({"list_comprehension", "generator_expression"})
_Parameter = tuple[str | None, Marks]


def parameter_marks(decorated: Node) -> tuple[Marks, tuple[str, ...]]:
    """Return what every parameter of a test says, and the ids of those that must fail.

    Of several ``parametrize`` the ids are joined as pytest does it, the last one first.
    """
    module = module_of(decorated)
    tables = []
    for call in decorators(decorated):
        named = module.dotted(nodes.field(call, "function"))
        if call.type == "call" and named.endswith("mark.parametrize"):
            tables.append(_table(call))
    every = join(_of_all(table) for table in tables)
    return every, tuple(dict.fromkeys(_failing(tables[::-1])))


def _of_all(table: list[_Parameter]) -> Marks:
    """What holds whichever parameter is taken: none of them passes."""
    if not table or not all(marks.fails or marks.disabled for _, marks in table):
        return Marks()
    found = join(marks for _, marks in table)
    return Marks(disabled=None if found.fails else found.disabled, fails=found.fails)


def _failing(tables: list[list[_Parameter]]) -> list[str]:
    if not any(marks.fails for table in tables for _, marks in table):
        return []
    if prod(len(table) for table in tables) > _MOST:
        return []
    return [
        "-".join(str(word) for word, _ in chosen)
        for chosen in product(*tables)
        if any(marks.fails for _, marks in chosen) and all(word is not None for word, _ in chosen)
    ]


def _table(call: Node) -> list[_Parameter]:
    """The parameters of one ``parametrize``: the id, where it can be read, and marks."""
    given, named = arguments(call)
    values = named.get("argvalues") or (given[1] if len(given) > 1 else None)
    values = module_of(call).resolve(values) if values is not None else None
    if values is None:
        return []
    if values.type in _COMPREHENSIONS:
        return [_parameter(values.named_children[0])]
    if values.type not in SEQUENCES:
        return []
    rows = [value for value in values.named_children if value.type != "comment"]
    ids = named.get("ids")
    words = ids.named_children if ids is not None and ids.type in SEQUENCES else []
    said = [_id(word) for word in words] if words or ids else [_id(row) for row in rows]
    said += [None] * (len(rows) - len(said))
    return [_parameter(row, word) for row, word in zip(rows, said, strict=False)]


def _parameter(row: Node, word: str | None = None) -> _Parameter:
    """One set of arguments; ``pytest.param`` may give it an id and marks."""
    called = module_of(row).dotted(nodes.field(row, "function"))
    if row.type != "call" or called != "pytest.param":
        return word, Marks()
    _, named = arguments(row)
    marks = named.get("marks")
    own = named.get("id")
    found = join(read_marks(marks, "marks=")) if marks is not None else Marks()
    return _id(own) if own is not None else word, found


def _id(value: Node) -> str | None:
    """The id that pytest makes of a value, or of several together, if it is plain."""
    if value.type == "call":
        words = [_id(part) for part in arguments(value)[0]]
    elif value.type in SEQUENCES:
        words = [_id(part) for part in value.named_children]
    elif value.type == "string":
        return nodes.string_content(value)
    else:
        return nodes.text_of(value) if value.type in _PLAIN else None
    return None if None in words else "-".join(map(str, words))
