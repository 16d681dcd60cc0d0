"""The two languages of pages, for the generator of benchmarks (:mod:`systems`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Restructured:
    """reStructuredText."""

    suffix = ".rst"

    def title(self, text: str) -> str:
        """Return the title of a page."""
        return f"{text}\n{'=' * len(text)}\n\n"

    def heading(self, text: str) -> str:
        """Return the heading of a section."""
        return f"{text}\n{'-' * len(text)}\n\n"

    def label(self, name: str) -> str:
        """Return a target for :meth:`reference`."""
        return f".. _{name}:\n\n"

    def reference(self, name: str, text: str) -> str:
        """Return a link to a label."""
        return f":ref:`{text} <{name}>`"

    def text(self, text: str) -> str:
        """Return a body, written with Markdown's single back-ticks or our double ones."""
        return text

    def cell(self, text: str) -> str:
        """Return a cell of evidence, whose back-ticks are Markdown's."""
        return text.replace("`", "``")

    def directive(
        self,
        name: str,
        argument: str = "",
        options: Mapping[str, str] | None = None,
        body: str = "",
    ) -> str:
        """Return a directive."""
        lines = [f".. {name}:: {argument}".rstrip()]
        lines += [f"   :{key}: {value}" for key, value in (options or {}).items()]
        if body:
            lines += ["", *(f"   {line}".rstrip() for line in body.splitlines())]
        return "\n".join(lines) + "\n\n"

    def fields(self, fields: Mapping[str, str]) -> str:
        """Return a field list."""
        return "".join(f":{name}: {value}\n" for name, value in fields.items()) + "\n"

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        """Return a table as people write long ones."""
        return self.list_table(headers, rows)

    def list_table(self, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        """Return a ``list-table``."""
        body = "".join(
            "".join(f"{'* -' if not i else '  -'} {cell}\n" for i, cell in enumerate(r))
            for r in (headers, *rows)
        )
        return self.directive("list-table", "", {"header-rows": "1"}, body)


class Markdown(Restructured):
    """MyST Markdown."""

    suffix = ".md"

    def title(self, text: str) -> str:
        """Return the title of a page."""
        return f"# {text}\n\n"

    def heading(self, text: str) -> str:
        """Return the heading of a section."""
        return f"## {text}\n\n"

    def label(self, name: str) -> str:
        """Return a target for :meth:`reference`."""
        return f"({name})=\n"

    def reference(self, name: str, text: str) -> str:
        """Return a link to a label."""
        return f"{{ref}}`{text} <{name}>`"

    def text(self, text: str) -> str:
        """Return a body."""
        return text.replace("``", "`")

    def cell(self, text: str) -> str:
        """Return a cell of evidence."""
        return text

    def directive(
        self,
        name: str,
        argument: str = "",
        options: Mapping[str, str] | None = None,
        body: str = "",
    ) -> str:
        """Return a directive."""
        fence = "````" if "```" in body else "```"
        lines = [f"{fence}{{{name}}} {argument}".rstrip()]
        lines += [f":{key}: {value}" for key, value in (options or {}).items()]
        if body:
            lines += ["", body.rstrip("\n")]
        return "\n".join([*lines, fence]) + "\n\n"

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        """Return a pipe table."""
        lines = [headers, ["---"] * len(headers), *rows]
        return "".join(f"| {' | '.join(line)} |\n" for line in lines) + "\n"


MARKUPS = {"rst": Restructured(), "md": Markdown()}
