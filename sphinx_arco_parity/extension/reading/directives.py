"""The directives that declare one thing each: exception, row and claim.

They turn text into a node and a record, and nothing else; what they cannot understand
becomes a problem of the page, never a dropped declaration.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx.util.docutils import SphinxDirective

from sphinx_arco_parity.declarations.records_from import Written, exception_from, row_from
from sphinx_arco_parity.extension.build import build_of
from sphinx_arco_parity.extension.nodes import give_id, item, view, view_node
from sphinx_arco_parity.extension.reading.cell_text import roles_of
from sphinx_arco_parity.extension.reading.document_data import collected
from sphinx_arco_parity.extension.reading.lines import ROOTS, find_fence, find_line, lines_of
from sphinx_arco_parity.extension.reading.option_block import (
    OptionBlock,
    read_late,
    read_myst,
    read_rest,
)
from sphinx_arco_parity.model.directive_options import SHAPES_BY_NAME, DirectiveShape
from sphinx_arco_parity.model.records import Place, Problem, View
from sphinx_arco_parity.text.words import header_key, nearest, plain, slug

if TYPE_CHECKING:
    from docutils import nodes as docutils_nodes

_BAD_ID = re.compile(r"[\s:`<>,;|\"']")


class ParityDirective(SphinxDirective):
    """Reads argument, options and body by :class:`.DirectiveShape`, and reports."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    # No option_spec: see option_block.
    shape_name = ""

    def run(self) -> list[docutils_nodes.Node]:
        """Return the nodes; called by the page's parser."""
        self.shape: DirectiveShape = SHAPES_BY_NAME[self.shape_name]
        self.project = build_of(self.env).project
        source, line = self.get_source_info()
        self.source = source or str(self.env.doc2path(self.env.docname))
        self._path = self.project.relative_source(self.source)
        self.line = self._straightened(line)
        self.block = self._read_block(self.line - line)
        problems = collected(self.env).problems
        before = len(problems)
        self._check_block()
        found = self.perform()
        # What is wrong with it is shown where it stands.
        ours = (node for node in found if isinstance(node, (item, view)))
        anchor = next((node["ids"][0] for node in ours if node["ids"]), "")
        problems[before:] = [
            problem if problem.anchor else replace(problem, anchor=anchor)
            for problem in problems[before:]
        ]
        return found

    def perform(self) -> list[docutils_nodes.Node]:
        """Return the nodes of what :attr:`block` and the body declare."""
        raise NotImplementedError

    def _read_block(self, skipped: int) -> OptionBlock:
        """Return the options; docutils has counted *skipped* lines too few."""
        argument = self.arguments[0] if self.arguments else ""
        content = list(self.content)
        if self.is_markdown:
            first = self.line + 1
            block = read_myst(argument, first, content)
        else:
            inline = bool(re.search(r"::[ \t]+\S", self.block_text.split("\n", 1)[0]))
            offset = self.content.items[0][1] if self.content.items else None
            first = self.content_offset if offset is None else int(offset) + skipped
            first += 1
            block = read_rest(argument, self.line + (not inline), content, first)
        read_late(block, content, first, self.shape.option_names)
        self.content.trim_start(block.used)
        self.content_offset += block.used
        self.body_line = first + block.used
        return block

    def _straightened(self, line: int) -> int:
        """Return the line of the directive's name, of which the parser gives *line*.

        MyST counts too many in directives within directives, docutils too few where a
        page includes a file from some line on.
        """
        if not self.is_markdown:
            return find_line(lines_of(self.source), self.block_text.split("\n", 1)[0], line)
        within = getattr(self.state_machine, "node", None)
        if within is None or isinstance(within, ROOTS):
            return line
        own = find_fence(lines_of(self.source), self.name, line)
        self.lineno -= line - own
        self.content_offset -= line - own
        return own

    @property
    def is_markdown(self) -> bool:
        """Whether the page's parser is MyST, whose states are stand-ins."""
        return type(self.state).__name__.startswith("Mock")

    @property
    def place(self) -> Place:
        """The line of the directive's name."""
        return Place(path=self._path, line=self.line)

    def problem(self, message: str, help_text: str = "", line: int | None = None) -> None:
        """Note a malformed declaration; the correct form is its help."""
        collected(self.env).problems.append(
            Problem(
                rule="malformed-declaration",
                message=f"{self.shape.name}: {message}",
                help=help_text or self.correct_form(),
                item=self.block.argument or self.shape.name,
                docname=self.env.docname,
                place=self.place if line is None else Place(path=self._path, line=line),
            )
        )

    def correct_form(self) -> str:
        """Return how the directive is written, in the language of the page."""
        argument = f" {self.shape.argument.upper()}" if self.shape.argument else ""
        options = [f":{option.name}: …" for option in self.shape.options if option.required]
        if self.is_markdown:
            lines = [f"```{{{self.shape.name}}}{argument}", *options, "```"]
        else:
            lines = [f".. {self.shape.name}::{argument}", *(f"   {o}" for o in options)]
        return "write " + " ⏎ ".join(lines)

    def _check_block(self) -> None:
        block = self.block
        for text, line in block.strays:
            self.problem(
                f"“{text.strip()}” is no option",
                "options follow the directive's name without a blank line, each as "
                "`:name: value`; continued lines are indented",
                line,
            )
        for name, line in block.duplicates:
            self.problem(f"option `{name}` is given twice", "keep one of them", line)
        self._check_names()
        self._check_argument()
        if self.shape.body_required and not any(line.strip() for line in self.content):
            self.problem(f"has no body: {self.shape.body.lower().rstrip('.')} is missing")

    def _check_names(self) -> None:
        block, ours = self.block, frozenset(self.shape.option_names)
        if ours.issuperset(block.options):  # as nearly always
            return
        known = self._known_options()
        for name, option in list(block.options.items()):
            if name in known:
                continue
            renamed = known.get(header_key(name).replace(" ", "-"))
            if renamed and renamed not in block.options:
                block.options[renamed] = block.options.pop(name)
                continue
            del block.options[name]
            guess = nearest(name, list(known))
            if guess and known[guess] not in block.options:
                # One mistake is one finding: what is meant is taken as if written so.
                block.options[known[guess]] = option
            hint = f"; did you mean `{guess}`?" if guess else ""
            self.problem(
                f"unknown option `{name}`{hint}",
                f"known options: {', '.join(known) or 'none'}",
                option.line,
            )

    def _check_argument(self) -> None:
        argument, shape = self.block.argument, self.shape
        if shape.argument_required and not argument:
            self.problem(f"its argument, the {shape.argument}, is missing")
        elif argument and not shape.argument:
            self.problem(f"takes no argument, but has “{argument}”")
        elif argument and not shape.argument_words and _BAD_ID.search(argument):
            self.problem(f"“{argument}” is no {shape.argument}: it must be one word")

    def _known_options(self) -> dict[str, str]:
        own = self.project.settings.fields.get(self.shape.own_fields, ())
        return {
            **{name: name for name in self.shape.option_names},
            **{header_key(name).replace(" ", "-"): name for name in own},
            **{name: name for name in own},
        }

    def identifier(self) -> str:
        """Return the argument if it can be an id, markup stripped."""
        argument = plain(self.block.argument)
        return "" if _BAD_ID.search(argument) else argument

    def texts(self) -> tuple[dict[str, str], list[tuple[str, str]]]:
        """Return the texts of our options, and those of the project's own fields."""
        names = frozenset(self.shape.option_names)
        ours = {n: o.text for n, o in self.block.options.items() if n in names}
        own = [(n, o.text) for n, o in self.block.options.items() if n not in names]
        return ours, own

    def make_item(self, kind: str, identifier: str) -> item:
        """Return the node, with an id of its own and the parsed body."""
        node = item(kind=kind, docname=self.env.docname)
        self.set_source_info(node)
        give_id(self.state.document, node, kind, identifier or None)
        if any(line.strip() for line in self.content):
            self.state.nested_parse(self.content, self.content_offset, node)
        return node

    def shown(self, kind: str, options: dict[str, str]) -> view:
        """Return a place where something is shown, with an id of its own, and note the view."""
        node = view_node(self.env.docname, options.get("caption", ""))
        self.set_source_info(node)
        anchor = give_id(self.state.document, node, f"parity-{kind}", self.env.docname)
        collected(self.env).views.append(
            View(
                kind=kind,
                options=tuple(options.items()),
                docname=self.env.docname,
                anchor=anchor,
                place=self.place,
            )
        )
        return node

    def body_text(self) -> str:
        """Return the source of the body."""
        return "\n".join(self.content).strip()

    def written(self, node: item) -> Written:
        """Return where this is."""
        place = self.place
        return Written(
            docname=self.env.docname,
            anchor=node["ids"][0],
            place=place,
            how="option",
            roles=roles_of(node, place, self.source),
            lines=self.block.lines,
            site=self.project.settings.repository_url or "",
        )


class ParityExceptionDirective(ParityDirective):
    """``parity-exception``."""

    shape_name = "parity-exception"

    def perform(self) -> list[docutils_nodes.Node]:
        """Declare an exception."""
        identifier = self.identifier()
        node = self.make_item("exception", identifier)
        if not identifier:
            return list(node.children)
        texts, own = self.texts()
        record = exception_from(
            texts, own, self.written(node), identifier=identifier, rationale=self.body_text()
        )
        collected(self.env).exceptions.append(record)
        return [node]


class ParityRowDirective(ParityDirective):
    """``parity-row``."""

    shape_name = "parity-row"

    def perform(self) -> list[docutils_nodes.Node]:
        """Declare a row."""
        texts, own = self.texts()
        identifier = self.identifier() or plain(texts.get("capability", ""))
        node = self.make_item("row", self.identifier() or slug(identifier))
        record = row_from(
            texts,
            own,
            self.written(node),
            identifier=identifier,
            derived=not self.identifier(),
            section="",
            notes=self.body_text(),
        )
        collected(self.env).rows.append(record)
        return [node]


class ParityClaimDirective(ParityDirective):
    """``parity-claim``; its record is made when the page's links are known."""

    shape_name = "parity-claim"

    def perform(self) -> list[docutils_nodes.Node]:
        """Declare a claim."""
        node = self.make_item("claim", self.identifier() or "claim")
        if not any(line.strip() for line in self.content):
            return []
        collected(self.env).claims.append((node, self.block, self.identifier()))
        return [node]
