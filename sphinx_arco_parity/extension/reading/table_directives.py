"""``parity-exceptions`` and ``parity-matrix``: tables, in the page or in a data file."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes

from sphinx_arco_parity.declarations.columns import Columns, map_columns
from sphinx_arco_parity.declarations.data_files import DataFileError, DataRow, read_rows
from sphinx_arco_parity.extension.reading.directives import ParityDirective
from sphinx_arco_parity.extension.reading.document_data import WrappedTable, collected
from sphinx_arco_parity.extension.reading.page_files import page_file
from sphinx_arco_parity.extension.reading.table_rows import declare, section_of
from sphinx_arco_parity.model.records import Place, Problem
from sphinx_arco_parity.text.words import split_list


class TableDirective(ParityDirective):
    """Declares the rows of one or several tables."""

    @property
    def kind(self) -> str:
        """What the rows are: ``exceptions`` or ``matrix``."""
        return self.shape_name.removeprefix("parity-")

    def perform(self) -> list[nodes.Node]:
        """Return the parsed tables, or a place where the file's rows are shown."""
        texts, _ = self.texts()
        if "file" in texts:
            if any(line.strip() for line in self.content):
                self.problem("has both a `file` and a body", "keep one of them")
            return self._file(texts)
        return self._body(texts)

    def _body(self, texts: dict[str, str]) -> list[nodes.Node]:
        container = nodes.Element()
        container.document = self.state.document
        self.state.nested_parse(self.content, self.content_offset, container)
        tables = list(container.findall(nodes.table))
        if not tables:
            self.problem("has no table in its body", line=self.line)
        columns = tuple(split_list(texts.get("columns", "")))
        for table in tables:
            if not table.line:
                table.source, table.line = str(self.source), self.body_line
            collected(self.env).wrapped[table] = WrappedTable(
                kind=self.kind, section=texts.get("section", ""), columns=columns
            )
            if self.block.argument and not any(table.findall(nodes.title)):
                table.insert(0, self._caption())
        return list(container.children)

    def _caption(self) -> nodes.title:
        caption, messages = self.parse_inline(self.block.argument)
        title = nodes.title(self.block.argument, "", *caption)
        self.set_source_info(title)
        del messages
        return title

    def _file(self, texts: dict[str, str]) -> list[nodes.Node]:
        name = texts["file"]
        path = self._resolve(name)
        if path is None:
            return []
        try:
            text = path.read_text(encoding="utf-8-sig")
            rows = read_rows(text, path.suffix)
        except (OSError, UnicodeDecodeError) as error:
            self._unreadable(self.place, f"{name} cannot be read: {error}")
            return []
        except DataFileError as error:
            place = Place(path=self.project.relative(path), line=error.line)
            self._unreadable(place, f"{name} {error.reason}")
            return []
        return self._declare_all(texts, path, rows)

    def _resolve(self, name: str) -> Path | None:
        """Return the file, if it lies in the repository and can be read."""
        if "\0" in name:
            self.problem("file has a name with a null character")
            return None
        file = page_file(self.env, name)
        if not file.wrong:
            return file.path
        help_text = "the path is relative to the page, or to the sources after a leading /"
        missing = file.wrong == "does not exist"
        self.problem(f"file {name} {file.wrong}", help_text if missing else "")
        return None

    def _unreadable(self, place: Place, message: str) -> None:
        collected(self.env).problems.append(
            Problem(
                rule="unreadable-file",
                message=f"{self.shape.name}: {message}",
                help="a data file holds a header and rows (CSV, TSV), or a list of "
                "mappings or ids with mappings (YAML, JSON)",
                item=self.shape.name,
                docname=self.env.docname,
                place=place,
            )
        )

    def _declare_all(
        self, texts: dict[str, str], path: Path, rows: list[DataRow]
    ) -> list[nodes.Node]:
        place = Place(path=self.project.relative(path), line=1)
        section = texts.get("section", "") or _section(self)
        anchors, maps = [], dict[tuple[str, ...], "Columns"]()
        for row in rows:
            headers = tuple(header for header, _ in row.cells)
            if headers not in maps:
                maps[headers] = map_columns(headers, self.kind, self.project.settings)
            if "capability" not in maps[headers].fields:
                named = ", ".join(headers) or "nothing"
                at = Place(path=place.path, line=row.line)
                self._unreadable(at, f"no column for `capability` among {named}")
                continue
            anchors.append(self._declare(place.path, row, maps[headers], section))
        if not rows:
            self._unreadable(place, f"{texts['file']} holds no rows")
        options = {"anchors": "\n".join(anchors), "columns": texts.get("columns", "")}
        if self.block.argument:
            options["caption"] = self.block.argument
        return [self.shown(self.kind, options)]

    def _declare(self, path: str, row: DataRow, columns: Columns, section: str) -> str:
        document = self.state.document
        cells, place = [text for _, text in row.cells], Place(path=path, line=row.line)
        found, nowhere = collected(self.env), nodes.Element()
        anchor = declare(document, found, nowhere, columns, cells, place, section)
        document.ids[anchor] = document
        return anchor


def _section(directive: TableDirective) -> str:
    """Return the title of the section that is being parsed."""
    if directive.is_markdown:  # MyST's stand-in for a state refuses the attribute
        parent = getattr(directive.state, "_renderer").current_node  # noqa: B009
    else:
        parent = directive.state.parent
    if parent is None:
        return ""
    probe = nodes.inline()
    probe.parent = parent
    return section_of(probe)
