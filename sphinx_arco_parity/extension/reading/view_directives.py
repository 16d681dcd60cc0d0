"""The directives of tables and of views, and the table of all directives.

What shows collected things leaves a placeholder and a view.
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes

from sphinx_arco_parity.declarations.columns import Columns, map_columns
from sphinx_arco_parity.declarations.data_files import DataFileError, DataRow, read_rows
from sphinx_arco_parity.extension.reading.directives import (
    ParityClaimDirective,
    ParityDirective,
    ParityExceptionDirective,
    ParityRowDirective,
)
from sphinx_arco_parity.extension.reading.document_data import WrappedTable, collected
from sphinx_arco_parity.extension.reading.page_files import page_file
from sphinx_arco_parity.extension.reading.table_rows import declare, section_of
from sphinx_arco_parity.model.directive_options import TABLE_KINDS
from sphinx_arco_parity.model.records import Place, Problem
from sphinx_arco_parity.text.words import nearest, split_list


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
                caption, _messages = self.parse_inline(self.block.argument)
                title = nodes.title(self.block.argument, "", *caption)
                self.set_source_info(title)
                table.insert(0, title)
        return list(container.children)

    def _file(self, texts: dict[str, str]) -> list[nodes.Node]:
        name = texts["file"]
        if "\0" in name:
            self.problem("file has a name with a null character")
            return []
        file = page_file(self.env, name)
        if file.wrong:
            help_text = "the path is relative to the page, or to the sources after a leading /"
            missing = file.wrong == "does not exist"
            self.problem(f"file {name} {file.wrong}", help_text if missing else "")
            return []
        path = file.path
        try:
            rows = read_rows(path.read_text(encoding="utf-8-sig"), path.suffix)
        except (OSError, UnicodeDecodeError) as error:
            self._unreadable(self.place, f"{name} cannot be read: {error}")
            return []
        except DataFileError as error:
            place = Place(path=self.project.relative(path), line=error.line)
            self._unreadable(place, f"{name} {error.reason}")
            return []
        return self._declare_all(texts, path, rows)

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
        document, found = self.state.document, collected(self.env)
        for row in rows:
            at = Place(path=place.path, line=row.line)
            headers = tuple(header for header, _ in row.cells)
            if headers not in maps:
                maps[headers] = map_columns(headers, self.kind, self.project.settings)
            if "capability" not in maps[headers].fields:
                named = ", ".join(headers) or "nothing"
                self._unreadable(at, f"no column for `capability` among {named}")
                continue
            cells = [text for _, text in row.cells]
            nowhere = nodes.Element()
            anchor = declare(document, found, nowhere, maps[headers], cells, at, section)
            document.ids[anchor] = document
            anchors.append(anchor)
        if not rows:
            self._unreadable(place, f"{texts['file']} holds no rows")
        options = {"anchors": "\n".join(anchors), "columns": texts.get("columns", "")}
        if self.block.argument:
            options["caption"] = self.block.argument
        return [self.shown(self.kind, options)]


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


class ViewDirective(ParityDirective):
    """Shows something; its kind is the directive's own name."""

    def perform(self) -> list[nodes.Node]:
        """Note the view and return its placeholder."""
        if any(line.strip() for line in self.content):
            self.problem("takes no body", line=self.body_line)
        kind = self.view_kind()
        if not kind:
            return []
        options = self.block.texts
        self._check_numbers(options)
        self._note_files(options)
        return [self.shown(kind, options)]

    def view_kind(self) -> str:
        """Return what is shown, or nothing if that cannot be told."""
        return self.shape_name.removeprefix("parity-")

    def _check_numbers(self, options: dict[str, str]) -> None:
        number = options.get("per-page", "1")
        if not (number.isdigit() and int(number)):
            self.problem(
                f"`per-page` is “{number}”",
                "give a number of lines from 1",
                self.block.options["per-page"].line,
            )
            del options["per-page"]

    def _note_files(self, options: dict[str, str]) -> None:
        """Make the page depend on the files of other repositories that it shows."""
        files = []
        for name in split_list(options.get("from", "").replace("\0", "\ufffd")):
            file = page_file(self.env, name)
            wrong = file.wrong or _unfit(file.path)
            if wrong:
                line = self.block.options["from"].text_line
                self.problem(f"{name} {wrong}", "name a parity.json of a build", line)
            else:
                files.append(file.relative)
        # Only these are opened when the table is made.
        options.pop("from", None)
        if files:
            options["from"] = "\n".join(files)


def _unfit(path: Path) -> str:
    """Return why the file cannot be shown, or nothing."""
    from sphinx_arco_parity.views import others  # noqa: PLC0415 - seldom

    try:
        others.parse_other(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    except (UnicodeDecodeError, others.OtherProjectError) as error:
        return str(error)
    return ""


class ParityTableDirective(ViewDirective):
    """``parity-table``."""

    shape_name = "parity-table"

    def view_kind(self) -> str:
        """Return the argument, if it is a kind of table."""
        kind = self.block.argument
        if kind in TABLE_KINDS:
            return kind
        if kind:
            guess = nearest(kind, TABLE_KINDS)
            hint = f"; did you mean `{guess}`?" if guess else ""
            self.problem(f"there is no table of “{kind}”{hint}", f"known: {', '.join(TABLE_KINDS)}")
        return ""


#: Every directive by its flat name.
ALL_DIRECTIVES: dict[str, type[ParityDirective]] = {
    "parity-exception": ParityExceptionDirective,
    "parity-row": ParityRowDirective,
    "parity-claim": ParityClaimDirective,
    "parity-table": ParityTableDirective,
    **{
        name: type(kind.__name__, (kind,), {"shape_name": name})
        for kind, names in (
            (TableDirective, ("parity-exceptions", "parity-matrix")),
            (ViewDirective, ("parity-summary", "parity-graph", "parity-legend")),
        )
        for name in names
    },
}
