"""``conf.py`` as text: what it says, and the extension added to its list.

Nothing of it is run.  Used by ``arco-parity init``.
"""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from sphinx_arco_parity.repository.python_text import parse_python

NAME = "sphinx_arco_parity"


@dataclass(frozen=True)
class ConfText:
    """The text of one ``conf.py``."""

    text: str
    """As it is, line ends included."""

    @cached_property
    def tree(self) -> ast.Module | None:
        """The module, ``None`` if it is no Python that we can read."""
        return parse_python(self.text)

    @property
    def newline(self) -> str:
        """The end of its lines."""
        return "\r\n" if "\r\n" in self.text else "\n"

    @cached_property
    def values(self) -> dict[str, ast.expr]:
        """The names that the module itself assigns, to the last expression."""
        found: dict[str, ast.expr] = {}
        for node in self.tree.body if self.tree else ():
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                found |= {t.id: node.value for t in targets if isinstance(t, ast.Name)}
        return found

    @cached_property
    def _nodes(self) -> list[ast.AST]:
        return [*ast.walk(self.tree)] if self.tree else []

    @cached_property
    def names(self) -> Counter[str]:
        """Every name that is assigned somewhere in the module, and how often."""
        names = (node for node in self._nodes if isinstance(node, ast.Name))
        return Counter(node.id for node in names if isinstance(node.ctx, ast.Store))

    def string(self, name: str) -> str:
        """Return the text that *name* is set to, empty if it is no plain text."""
        value = self._literal(name)
        return value if isinstance(value, str) else ""

    def strings(self, name: str) -> list[str]:
        """Return the texts that *name* is set to, as far as they are plain."""
        node = self.values.get(name)
        items = node.elts if isinstance(node, (ast.List, ast.Tuple, ast.Set)) else []
        return [
            item.value
            for item in items
            if isinstance(item, ast.Constant) and isinstance(item.value, str)
        ]

    def _literal(self, name: str) -> object:
        try:
            return ast.literal_eval(self.values[name])
        except (KeyError, ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            return None

    @property
    def loads_us(self) -> bool:
        """Whether our name stands in it as a text, so that it is loaded already."""
        return any(isinstance(node, ast.Constant) and node.value == NAME for node in self._nodes)

    @property
    def may_be_ours(self) -> bool:
        """Whether it loads us, sets an option of ours, or is too dynamic to tell."""
        extensions = self._literal("extensions") if "extensions" in self.names else []
        is_plain = self.tree is not None and isinstance(extensions, (list, tuple))
        return (
            not is_plain or self.loads_us or any(name.startswith("parity_") for name in self.names)
        )

    def with_extension(self) -> ConfText | None:
        """Return the text with our name at the end of the list ``extensions``.

        ``None`` if there is no such list to be seen; a longer expression is extended in
        a line of its own.
        """
        node = self.values.get("extensions")
        if node is None:
            if "extensions" in self.names or self.imported_whole:
                return None
            return self.with_lines([f'extensions = ["{NAME}"]'])
        changed = self._grown(node) if isinstance(node, ast.List) else None
        if changed is None or self.names["extensions"] > 1:
            changed = self.with_lines([f'extensions = [*extensions, "{NAME}"]'])
        return changed if changed.tree is not None else None

    def with_lines(self, lines: list[str]) -> ConfText:
        """Return the text with *lines* at its end, after an empty line."""
        end = self.newline
        text = self.text
        if text and not text.endswith(("\n", "\r")):
            text += end
        gap = end if text.strip() else ""
        return ConfText(text + gap + "".join(f"{line}{end}" for line in lines))

    @property
    def imported_whole(self) -> list[str]:
        """The modules of which it imports every name."""
        imports = (node for node in self._nodes if isinstance(node, ast.ImportFrom))
        return [node.module or "" for node in imports if node.names[0].name == "*"]

    def _grown(self, node: ast.List) -> ConfText | None:
        """Return the text with one more item in the list *node*, laid out like it."""
        raw = self.text.encode()
        if not node.elts:
            start = self._offset(raw, node.lineno, node.col_offset)
            end = self._offset(raw, node.end_lineno or 1, node.end_col_offset or 0)
            return self._spliced(raw, start, end, f'["{NAME}"]')
        last, first = node.elts[-1], node.elts[0]
        at = self._offset(raw, last.end_lineno or 1, last.end_col_offset or 0)
        close = self._offset(raw, node.end_lineno or 1, node.end_col_offset or 0)
        between = raw[at:close].decode()
        if first.lineno == last.lineno == node.end_lineno:
            return self._spliced(raw, at, at, f', "{NAME}"')
        indent = " " * last.col_offset
        comma = between.split("#")[0].strip().startswith(",")
        if comma:
            at += between.index(",") + 1
        line_end = raw.find(b"\n", at)
        rest = raw[at:line_end].decode().strip() if line_end >= 0 else ""
        if rest and not rest.startswith("#"):
            return None
        line = f'{indent}"{NAME}",{self.newline}'.encode()
        mark = b"" if comma else b","
        new = mark + raw[at : line_end + 1] + line
        return self._spliced(raw, at, line_end + 1, new.decode())

    def _spliced(self, raw: bytes, start: int, end: int, new: str) -> ConfText:
        return ConfText((raw[:start] + new.encode() + raw[end:]).decode())

    @staticmethod
    def _offset(raw: bytes, line: int, column: int) -> int:
        """Return the place of a line and a column, counted in bytes as ``ast`` does."""
        lines = raw.splitlines(keepends=True)
        return sum(map(len, lines[: line - 1])) + column
