"""A Python test as pytest's ``-k`` and ``-m`` see it: its names and marks.

Called by :mod:`.pytest`.  What decorators, base classes, fixtures and plugins may add is
not guessed: it leaves the names or marks open.
"""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.python_text import parse_python
from sphinx_arco_parity.repository.shell.commands import upwards
from sphinx_arco_parity.text.words import word_set

#: Names that pytest, its plugins and decorators give without anyone writing them.
_INCIDENTAL = (
    "pytestmark", "__wrapped__", "patchings", "hypothesis", "is_hypothesis_test",
    "_hypothesis_internal", "asyncio+uvloop", "trio", "anyio", "chromium", "firefox", "webkit",
    "function", "session", "usefixtures", "filterwarnings",
)  # fmt: skip
_INCIDENTAL_MARKS = frozenset({"hypothesis", "asyncio", "anyio", "trio", "unittest"})
#: Bases of a class that give no marks.
_PLAIN_BASES = frozenset({"object", "TestCase", "IsolatedAsyncioTestCase"})
_HARMLESS = word_set("""
    patch object dict given settings example seed staticmethod classmethod wraps fixture
    freeze_time property contextmanager skip skipIf skipUnless expectedFailure override_settings
    dataclass final abstractmethod
    """)
_MAKES_IDS = re.compile(r"pytest_generate_tests|scenarios|subTest")
_MAY_MAKE_IDS = re.compile(r"parametrize|params\s*=|\*\*")
_CONCEALING = re.compile(r"__(?:init|new|test)__|abstractmethod|dataclass")
_ADDS_MARKS = re.compile(
    r"add_marker|pytest_collection_modifyitems|pytest_itemcollected|pytest_pycollect|pytest_plugins"
)


@dataclass(slots=True)
class Item:
    """A test with what it is called."""

    names: list[str] = field(default_factory=list)
    """The function's, its classes' and its module's names."""
    folders: list[str] = field(default_factory=list)
    """Names that count in some versions of pytest only."""
    marks: set[str] = field(default_factory=set)
    inside: set[str] = field(default_factory=set)
    """Of a whole file or class, the marks of what is in it."""
    is_case: bool = False
    """Its class is a ``unittest.TestCase``, collected whatever its name."""
    in_case: bool = False
    """So is a class around it, in which unittest looks for no classes."""
    names_open: bool = False
    """Parameters may add to the function's name."""
    marks_open: bool = False
    """It may have marks that are not among :attr:`marks`."""

    def keyword(self, word: str) -> bool | None:
        """Tell whether ``-k word`` takes the test."""
        lowered = word.lower()
        if any(lowered in name.lower() for name in (*self.names, *self.marks)):
            return True
        if self.names_open or self.marks_open:
            return None
        return None if any(lowered in n.lower() for n in (*self.folders, *_INCIDENTAL)) else False

    def mark(self, word: str) -> bool | None:
        """Tell whether ``-m word`` takes the test."""
        if word in self.marks:
            return True
        return None if self.marks_open or word in _INCIDENTAL_MARKS else False


def read_item(repository: Repository, path: str, names: Sequence[str]) -> Item | None:
    """Return the test *names* (classes, then the function) of the file *path*, or the file.

    ``None`` if it is not in the file; without *names*, the whole file.
    """
    text = repository.text(path)
    tree = None if text is None else _parsed(text)
    if text is None or tree is None:
        return None
    bound = _is_bound_again(text, names)
    item = Item(
        names=[*names, posixpath.basename(path)],
        folders=[*posixpath.dirname(path).split("/"), path],
        names_open=bound,
        marks_open=bound,
    )
    _module_marks(tree.body, item)
    nodes = _way(tree, names)
    if len(nodes) <= len(names):
        return None
    for node in nodes[1:]:
        _own_marks(node, item)
    if isinstance(nodes[-1], ast.Module | ast.ClassDef):
        inner = Item()
        for node in ast.walk(nodes[-1]):
            if isinstance(node, _Definition) and node is not nodes[-1]:
                _own_marks(node, inner)
        item.inside = inner.marks
        item.marks_open |= inner.marks_open
    _surroundings(repository, path, text, item)
    return item


def _way(tree: ast.Module, names: Sequence[str]) -> list[Any]:
    """Return *tree* and the definitions *names* in it, outermost first, as far as they are there."""
    nodes: list[Any] = [tree]
    for name in names:
        found = [n for n in nodes[-1].body if isinstance(n, _Definition) and n.name == name]
        if not found:
            break
        nodes.append(found[-1])
    return nodes


def conceals(repository: Repository, path: str, names: Sequence[str]) -> bool:
    """Tell whether pytest may pass over the test *names* of the file *path*, named as it is.

    It does so for fixtures, for classes that are abstract or have a constructor, and for what
    is given another meaning further down.
    """
    text = repository.text(path) or ""
    if _is_bound_again(text, names):
        return True
    fixture = rf"fixture\b[^@]*\bdef {re.escape(names[-1])}\b"
    if not (_CONCEALING.search(text) or re.search(fixture, text)):
        return False
    tree = _parsed(text)
    nodes = _way(tree, names) if tree else []
    return any(_is_concealed(node, nodes[0]) for node in nodes[1:])


def _is_bound_again(text: str, names: Sequence[str]) -> bool:
    """Tell whether one of *names* is assigned to, deleted, marked or a class's a second time."""
    name = f"(?:{'|'.join(map(re.escape, names))})" if names else "(?!)"
    again = rf"^[ \t]*(?:del[ \t(]+{name}\b|{name}(?:\.\w+)*[ \t]*(?::[^=\n]+)?=(?!=))|mark\.\w.*\({name}\)"
    classes = re.findall(rf"^[ \t]*class[ \t]+({name})\b", text, re.MULTILINE)
    return len(set(classes)) < len(classes) or bool(re.search(again, text, re.MULTILINE))


def methods(repository: Repository, path: str, names: Sequence[str]) -> list[str]:
    """Return the names of the functions in the class *names* of the file *path*."""
    tree = _parsed(repository.text(path) or "")
    nodes = _way(tree, names) if tree else []
    body = nodes[-1].body if len(nodes) > len(names) else []
    return [part.name for part in body if isinstance(part, _Definition)]


def _is_concealed(node: Any, tree: ast.Module) -> bool:
    if not isinstance(node, ast.ClassDef):
        return any(name.endswith("fixture") for name in _decorators(node))
    line = [node]
    for known in line:  # with the bases that are in the file
        found = (_way(tree, [_dotted(base)])[1:] for base in known.bases)
        line += [base for bases in found for base in bases if base not in line]
    case = any(_dotted(base).endswith("TestCase") for known in line for base in known.bases)
    abstract = any("abstractmethod" in _decorators(p) for p in node.body)
    silenced = not _says_test(node) and any(map(_says_test, line))
    return abstract or silenced or (not case and any(map(_has_constructor, line)))


def _decorators(node: ast.AST) -> list[str]:
    """Return the last words of what decorates *node*."""
    given = getattr(node, "decorator_list", ())
    names = (_dotted(d.func if isinstance(d, ast.Call) else d) for d in given)
    return [name.rsplit(".", 1)[-1] for name in names]


def _has_constructor(node: ast.ClassDef) -> bool:
    names = {getattr(part, "name", "") for part in node.body}
    return bool(names & {"__init__", "__new__"}) or "dataclass" in _decorators(node)


def _says_test(node: ast.ClassDef) -> bool:
    assigned = (target for part in node.body for target in getattr(part, "targets", ()))
    return "__test__" in map(_dotted, assigned)


_Definition = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_parsed = lru_cache(maxsize=64)(parse_python)


def _own_marks(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef, item: Item) -> None:
    """Take the marks that a class or function has, without those of what is in it."""
    for decorator in node.decorator_list:
        _mark(decorator, item)
    if isinstance(node, ast.ClassDef):
        _module_marks(node.body, item)
        bases = {_dotted(base).rsplit(".", 1)[-1] for base in node.bases}
        item.in_case |= item.is_case
        item.is_case = any(base.endswith("TestCase") for base in bases)
        item.marks_open |= bool(node.keywords) or not bases <= _PLAIN_BASES


def _module_marks(body: list[ast.stmt], item: Item) -> None:
    """Take the marks that ``pytestmark`` of a module or class gives."""
    for node in body:
        if isinstance(node, _Definition):
            continue
        # What is assigned to something else may speak of it: that changes nothing.
        assigned = isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign))
        targets = getattr(node, "targets", [getattr(node, "target", None)]) if assigned else []
        inner = targets if assigned else ast.walk(node)
        if not any(isinstance(n, ast.Name) and n.id == "pytestmark" for n in inner):
            continue
        if isinstance(node, ast.Assign):
            given = node.value
            for value in given.elts if isinstance(given, (ast.List, ast.Tuple)) else [given]:
                _mark(value, item)
        else:
            item.marks_open = True


def _mark(node: ast.expr, item: Item) -> None:
    parts = _dotted(node.func if isinstance(node, ast.Call) else node).split(".")
    if parts[-2:-1] == ["mark"]:
        item.marks.add(parts[-1])
        item.names_open |= parts[-1] == "parametrize"
    elif parts[-1] not in _HARMLESS:
        item.marks_open = True


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return "?"


def _surroundings(repository: Repository, path: str, text: str, item: Item) -> None:
    """Look for what may name or mark tests from outside them."""
    texts = [text, *conftests(repository, path)]
    item.names_open = item.names_open or any(map(_names_others, texts))
    item.marks_open |= any(map(_ADDS_MARKS.search, texts)) or "marks=" in text
    for folder in upwards(posixpath.dirname(path)):
        package = f"{folder}/__init__.py"
        if folder and repository.is_file(package) and "pytestmark" in _read(repository, package):
            item.marks_open = True


def _names_others(text: str) -> bool:
    """Tell whether a module may add to the names of tests that do not say so themselves.

    A ``parametrize`` that decorates another test does not; a fixture's ``params`` may.
    """
    if _MAKES_IDS.search(text):
        return True
    if not _MAY_MAKE_IDS.search(text):
        return False
    tree = _parsed(text)
    if tree is None:
        return True
    nodes = list(ast.walk(tree))
    marks = {
        id(call.func)
        for node in nodes
        for call in getattr(node, "decorator_list", ())
        if isinstance(call, ast.Call)
    }
    return any(id(node) not in marks and _is_source_of_ids(node) for node in nodes)


def _is_source_of_ids(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "parametrize"
    if not isinstance(node, ast.Call) or not _dotted(node.func).endswith("fixture"):
        return False
    return any(keyword.arg in {None, "params"} for keyword in node.keywords)


def conftests(repository: Repository, path: str) -> list[str]:
    """Return the texts of the ``conftest.py`` that are about the file *path*."""
    paths = [posixpath.join(f, "conftest.py") for f in upwards(posixpath.dirname(path))]
    return [_read(repository, candidate) for candidate in paths if repository.is_file(candidate)]


def _read(repository: Repository, path: str) -> str:
    text = repository.text(path)
    return "pytestmark pytest_plugins parametrize" if text is None else text
