"""The directives that show collected things, each of which leaves a placeholder and a view.

Also the table of all directives.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_arco_parity.extension.reading.directives import (
    ParityClaimDirective,
    ParityDirective,
    ParityExceptionDirective,
    ParityRowDirective,
)
from sphinx_arco_parity.extension.reading.page_files import page_file
from sphinx_arco_parity.extension.reading.table_directives import TableDirective
from sphinx_arco_parity.model.directive_options import TABLE_KINDS
from sphinx_arco_parity.text.words import nearest, split_list

if TYPE_CHECKING:
    from docutils import nodes


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
    from sphinx_arco_parity.views.others import (  # noqa: PLC0415 - seldom
        OtherProjectError,
        parse_other,
    )

    try:
        parse_other(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    except (UnicodeDecodeError, OtherProjectError) as error:
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
