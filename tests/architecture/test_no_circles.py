"""No module imports, directly or by others, a module that imports it.

Every import counts: late ones within functions, and those for types alone.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_ROOT = Path(__file__).parents[2]


def _modules(folder: Path, root: Path) -> dict[str, Path]:
    found = {}
    for path in folder.rglob("*.py"):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def _named(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield each import: what is named, and the module that it is named in."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((name.name, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for name in node.names:
                yield f"{node.module}.{name.name}", node.module


def _graph(modules: Mapping[str, Path]) -> dict[str, set[str]]:
    graph = {}
    for module, path in modules.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        graph[module] = _targets(_named(tree), modules) - {module}
    return graph


def _targets(names: Iterable[tuple[str, str]], modules: Mapping[str, Path]) -> set[str]:
    """Return the modules that are meant; a package only if something in it itself is."""
    found = set()
    for name, package in names:
        if name in modules:
            found.add(name)
        elif package in modules:
            found.add(package)
    return found


def _circles(graph: Mapping[str, set[str]]) -> list[frozenset[str]]:
    """Return the strongly connected components of more than one module."""
    reach = {module: _reached(module, graph) for module in graph}
    seen: set[str] = set()
    found = []
    for module in sorted(graph):
        circle = {other for other in reach[module] if module in reach[other]}
        if circle and module not in seen:
            found.append(frozenset(circle | {module}))
            seen |= circle
    return found


def _reached(start: str, graph: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += graph[module]
    return found


def test_a_circle_is_found(tmp_path: Path) -> None:
    texts = {
        "a": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from p import b\n",
        "b": "def f():\n    from p.c import X\n",
        "c": "from p import a\n",
        "d": "from p import a\n",
    }
    folder = tmp_path / "p"
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.py").write_text(text)
    circles = _circles(_graph(_modules(folder, tmp_path)))
    assert circles == [frozenset({"p.a", "p.b", "p.c"})]


@pytest.mark.parametrize("folder", ["sphinx_arco_parity", "benchmarks"])
def test_there_are_no_circles(folder: str) -> None:
    # Scripts of `benchmarks` are run from their own folder, and import each other so.
    root = _ROOT if folder == "sphinx_arco_parity" else _ROOT / folder
    modules = _modules(_ROOT / folder, root)
    assert len(modules) > 10
    assert [sorted(circle) for circle in _circles(_graph(modules))] == []
