"""Every regular expression of the package, with the ways in which it is used."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sphinx_arco_parity

if TYPE_CHECKING:
    from collections.abc import Iterator

_METHODS = frozenset(
    ["search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split"]
)
#: Optional modules, and the one that runs the command.
_LEFT_OUT = (".needs", "__main__")


@dataclass(slots=True)
class Used:
    """A pattern, and by which methods it is asked."""

    pattern: re.Pattern[str]
    methods: set[str] = field(default_factory=set)

    @property
    def searched(self) -> bool:
        """Whether it is tried at every place of a text, or its use is not known."""
        return not self.methods <= {"match", "fullmatch"} or not self.methods


def _patterns(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict) and depth < 3:
        for one in value.values():
            yield from _patterns(one, depth + 1)
    elif isinstance(value, (tuple, list)) and depth < 3:
        for one in value:
            yield from _patterns(one, depth + 1)


def every() -> dict[str, Used]:
    """Return the patterns of all modules, by ``module.NAME``, and those written inline."""
    found: dict[str, Used] = {}
    trees = {}
    for info in pkgutil.walk_packages(sphinx_arco_parity.__path__, "sphinx_arco_parity."):
        if info.name.endswith(_LEFT_OUT):
            continue
        module = importlib.import_module(info.name)
        trees[info.name] = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
        for name, value in vars(module).items():
            for number, one in enumerate(_patterns(value)):
                if isinstance(one.pattern, str):
                    suffix = f"[{number}]" if not isinstance(value, re.Pattern) else ""
                    found[f"{info.name}.{name}{suffix}"] = Used(one)
    for module_name, tree in trees.items():
        _note_uses(module_name, tree, found)
    return _own(found, trees)


def _note_uses(module: str, tree: ast.Module, found: dict[str, Used]) -> None:
    origin = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or node.attr not in _METHODS:
            continue
        if not isinstance(node.value, ast.Name):
            continue
        name = node.value.id
        used = found.get(origin.get(name, f"{module}.{name}"))
        if used is not None:
            used.methods.add(node.attr)
    for node in ast.walk(tree):
        _note_inline(module, node, found)


def _note_inline(module: str, node: ast.AST, found: dict[str, Used]) -> None:
    """Note ``re.sub("…", …)``; a pattern that is put together there is not known."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _METHODS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    ):
        used = Used(re.compile(node.args[0].value), {node.func.attr})
        found[f"{module}:{node.args[0].value}"] = used


def _own(found: dict[str, Used], trees: dict[str, ast.Module]) -> dict[str, Used]:
    """Leave out names that are imported: the pattern counts where it is made."""
    imported = {
        f"{module}.{alias.asname or alias.name}"
        for module, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return {name: used for name, used in found.items() if name not in imported}
