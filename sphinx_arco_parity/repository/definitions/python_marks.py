"""What decorators, ``pytestmark``, early skips and parameters say of tests in Python.

Marks are often given a name at the top of a module: ``broken = pytest.mark.xfail(reason="#1")`` and
``from pytest import mark as m`` are read through; a name that is bound twice, or under a
condition, stands for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import product
from math import prod

from tree_sitter import Node

from sphinx_arco_parity.repository.definitions import nodes
from sphinx_arco_parity.repository.definitions.nodes import join
from sphinx_arco_parity.repository.source import Marks

_IMPORTS = frozenset({"import_statement", "import_from_statement"})
_DEPTH = 5


@dataclass(frozen=True, slots=True)
class Module:
    """The names that a module binds once, at its top level."""

    imported: dict[str, str] = field(default_factory=dict)
    """A dotted name, by the name that it has here."""
    bound: dict[str, Node] = field(default_factory=dict)
    """The expression that is assigned, or the class."""

    def resolve(self, node: Node) -> Node:
        """Return the expression or class for which *node* stands if it is a name."""
        for _ in range(_DEPTH):
            found = self.bound.get(nodes.text_of(node))
            if found is None:
                break
            node = found
        return node

    def dotted(self, node: Node | None) -> str:
        """Return what *node* spells, with the names that others gave to it."""
        first, point, rest = nodes.text_of(node).partition(".")
        for _ in range(_DEPTH):
            found = self.bound.get(first)
            if found is None or found.type not in {"identifier", "attribute"}:
                break
            head, dot, tail = nodes.text_of(found).partition(".")
            first, rest = head, tail + (point and dot and ".") + rest
            point = dot or point
        return self.imported.get(first, first) + point + rest


def module_of(node: Node) -> Module:
    """Return the names of the module in which *node* is."""
    *_, root = (node, *nodes.ancestors(node))
    return _module(root)


@lru_cache(maxsize=4)
def _module(root: Node) -> Module:
    module = Module()
    every: set[str] = set()
    for name, value in (pair for child in root.named_children for pair in _binds(child)):
        module.imported.pop(name, None)
        module.bound.pop(name, None)
        if name in every:
            continue
        every.add(name)
        if isinstance(value, str):
            module.imported[name] = value
        else:
            module.bound[name] = value
    return module


def _binds(statement: Node) -> Iterator[tuple[str, str | Node]]:
    if statement.type in _IMPORTS:
        owner = nodes.text_of(nodes.field(statement, "module_name"))
        for name in statement.children_by_field_name("name"):
            yield from _import(name, owner)
        return
    inner = nodes.field(statement, "definition") or statement
    if inner.type == "class_definition":
        yield nodes.text_of(nodes.field(inner, "name")), inner
    for part in statement.named_children if inner.type == "expression_statement" else ():
        left, right = nodes.field(part, "left"), nodes.field(part, "right")
        if part.type == "assignment" and left and right and left.type == "identifier":
            yield nodes.text_of(left), right


def _import(name: Node, owner: str) -> Iterator[tuple[str, str]]:
    dotted = nodes.text_of(nodes.field(name, "name") or name)
    alias = nodes.text_of(nodes.field(name, "alias"))
    if owner:
        yield alias or dotted, f"{owner}.{dotted}"
    elif alias:
        yield alias, dotted


_TRUE = frozenset({"True", "1", '"True"', "'True'"})
_FALSE = frozenset({"False", "0", '"False"', "'False'", "None"})
_CALLS = frozenset({"pytest.skip", "pytest.xfail", "self.skipTest"})
#: What lists are written as.
SEQUENCES = frozenset({"list", "tuple"})
_SKIP_RAISED = re.compile(r"^raise\s+(?:unittest\.(?:case\.)?)?SkipTest\b")


def decorator_marks(item: Node) -> Marks:
    """Read the decorators of a decorated definition; others have none."""
    return join(_mark(mark, "@") for mark in decorators(item))


def decorators(item: Node) -> list[Node]:
    """Return what the decorators of a decorated definition say, without the ``@``."""
    return [
        child.named_children[0]
        for child in item.children
        if child.type == "decorator" and child.named_children
    ]


@lru_cache(maxsize=16)  # a class is asked again for each of its methods
def body_marks(item: Node) -> Marks:
    """Read ``pytestmark``, ``__test__`` and a skip that opens the body."""
    body = nodes.field(item, "body")
    if body is None:
        return Marks()
    if item.type == "class_definition":
        return join(marks for part in body.named_children for marks in _assigned(part))
    first = next((statement for statement in body.named_children if not _is_idle(statement)), None)
    return _opening(first) if first is not None else Marks()


def class_marks(item: Node, depth: int = 5) -> Marks:
    """Read what a class says of its tests, and the classes of its file that it extends."""
    found = [body_marks(item), decorator_marks(decorated(item))]
    bases = nodes.field(item, "superclasses")
    for base in bases.named_children if bases is not None and depth else ():
        above = module_of(item).resolve(base)
        if above.type == "class_definition":
            inherited = class_marks(above, depth - 1)
            if (inherited.disabled or "").startswith("__test__"):  # its own matter
                inherited = replace(inherited, disabled=None)
            found.append(inherited)
    return join(found)


def decorated(item: Node) -> Node:
    """Return a function or class with its decorators."""
    above = item.parent
    return above if above is not None and above.type == "decorated_definition" else item


def module_marks(root: Node) -> Marks:
    """Read what a module says of all its tests."""
    return join(_module_statement(statement) for statement in root.named_children)


def _assigned(statement: Node) -> Iterator[Marks]:
    """What ``pytestmark = …`` and ``__test__ = False`` say."""
    for part in statement.named_children if _is_expression(statement) else ():
        if part.type != "assignment":
            continue
        name = nodes.text_of(nodes.field(part, "left"))
        right = nodes.field(part, "right")
        if name == "pytestmark" and right is not None:
            yield from read_marks(right, "pytestmark = ")
        elif name == "__test__" and nodes.text_of(right) in _FALSE:
            yield Marks(disabled=nodes.text_of(part))


def _module_statement(statement: Node) -> Marks:
    if statement.type == "if_statement":
        return _conditional(statement)
    text = _opening(statement).disabled
    if text is not None and ("allow_module_level" in text or "raise" in text):
        return Marks(disabled=text)
    if _is_expression(statement) and "importorskip" in nodes.text_of(statement):
        return Marks(gates=(_short(statement),))
    return join(_assigned(statement))


def _conditional(statement: Node) -> Marks:
    """A module that skips itself under a condition has a gate."""
    condition = _short(nodes.field(statement, "condition"))
    body = nodes.field(statement, "consequence")
    for inner in body.named_children if body is not None else []:
        if _opening(inner).disabled is not None:
            return Marks(gates=(f"if not ({condition})",))
    return Marks()


def _is_expression(statement: Node) -> bool:
    return statement.type == "expression_statement"


def _is_idle(statement: Node) -> bool:
    if statement.type in {"comment", "import_statement", "import_from_statement"}:
        return True
    inner = statement.named_children
    return _is_expression(statement) and bool(inner) and inner[0].type == "string"


def _opening(statement: Node) -> Marks:
    """Read a statement that skips or gives up, whatever the circumstances."""
    if statement.type == "raise_statement":
        text = _short(statement)
        return Marks(disabled=text if _SKIP_RAISED.match(text) else None)
    call = statement.named_children[0] if statement.named_children else None
    if not _is_expression(statement) or call is None or call.type != "call":
        return Marks()
    called = module_of(call).dotted(nodes.field(call, "function"))
    if called == "pytest.xfail":
        return Marks(fails=_short(call))
    return Marks(disabled=_short(call) if called in _CALLS else None)


def read_marks(given: Node, before: str) -> Iterator[Marks]:
    """Read one mark or a list of them."""
    given = module_of(given).resolve(given)
    for mark in given.named_children if given.type in SEQUENCES else [given]:
        yield _mark(mark, before)


def _mark(node: Node, before: str) -> Marks:
    """Read one mark: ``pytest.mark.slow``, ``unittest.skipIf(…)``, ``skip("…")``."""
    written = before + _short(node)
    call = nodes.field(node, "function") if node.type == "call" else None
    module = module_of(node)
    stands_for = module.resolve(call or node)
    if stands_for.type == "call" and node.type != "call":  # `broken = xfail(reason="x")`
        node, call = stands_for, nodes.field(stands_for, "function")
    owner, _, name = module.dotted(call or node).rpartition(".")
    marked = owner == "mark" or owner.endswith(".mark")
    own = (call or node).type == "identifier"
    if not (marked or own or owner in {"unittest", "unittest.case"}):
        return Marks()
    names = (name,) if marked else ()
    effect = _effect(node, name, called=call is not None, marked=marked)
    return Marks(
        marks=names,
        disabled=written if effect == "disabled" else None,
        gates=(written,) if effect == "gates" else (),
        fails=written if effect == "fails" else None,
    )


def _effect(node: Node, name: str, *, called: bool, marked: bool) -> str:
    """Return which field of :class:`.Marks` the mark called *name* fills; empty for none."""
    given, named = arguments(node) if called else ([], {})
    condition = nodes.text_of(given[0] if given else named.get("condition"))
    always, runs = condition in {"", *_TRUE}, nodes.text_of(named.get("run")) not in _FALSE
    if name == "expectedFailure":
        return "fails"
    if name == "xfail" and marked and runs:
        return "fails" if always else ""
    if name == "xfail" and marked:
        return "disabled" if always else "gates"
    if name == "skip":
        return "disabled" if marked or called else ""
    if name in {"skipif", "skipIf"}:
        return "disabled" if condition in _TRUE else "gates"
    if name == "skipUnless":
        return "disabled" if condition in _FALSE else "gates"
    return ""


def arguments(call: Node) -> tuple[list[Node], dict[str, Node]]:
    """Return the positional arguments of a call, and the named ones."""
    positional, named = [], {}
    given = nodes.field(call, "arguments")
    for argument in given.named_children if given is not None else []:
        value = nodes.field(argument, "value")
        if argument.type == "keyword_argument" and value is not None:
            named[nodes.text_of(nodes.field(argument, "name"))] = value
        elif argument.type != "comment":
            positional.append(argument)
    return positional, named


def _short(node: Node | None) -> str:
    text = " ".join(nodes.text_of(node).split())
    return text if len(text) <= 300 else text[:299] + "…"


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
