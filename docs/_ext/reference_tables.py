"""Directives that write the reference pages from the code, while the site is built.

Each makes Markdown of what the package declares once (options, directives, rules,
schemas) and has the page's own parser read it.  Loaded by ``conf.py``.
"""

from __future__ import annotations

from pprint import pformat
from typing import TYPE_CHECKING, Any

from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from sphinx_arco_parity.exports.needs_json import NEED_FIELDS, NEED_LINKS, NEED_TYPES
from sphinx_arco_parity.model.directive_options import (
    SHAPES_BY_NAME,
    TABLE_KINDS,
    DirectiveShape,
)
from sphinx_arco_parity.model.fields import KINDS, declared_names, known_headers
from sphinx_arco_parity.model.rule_names import RULES_BY_NAME, Rule
from sphinx_arco_parity.model.table_columns import COLUMNS
from sphinx_arco_parity.schemas import schema
from sphinx_arco_parity.settings.options import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

_OPTIONS = {f"parity_{option.name}": option for option in OPTIONS}


class _Markdown(SphinxDirective):
    """Makes Markdown and parses it in place."""

    required_arguments = 0
    has_content = False

    def markdown(self) -> Iterable[str]:
        """Return the lines."""
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        """Return what the page's parser makes of the lines."""
        from docutils import nodes as n  # noqa: PLC0415 - only while building

        source, _ = self.get_source_info()
        holder = n.Element()
        self.state.nested_parse(
            StringList(list(self.markdown()), source=source), self.lineno, holder
        )
        return list(holder.children)


class OptionFacts(_Markdown):
    """``option-facts``: type, default and meaning of an option of ``conf.py``."""

    required_arguments = 1

    def markdown(self) -> Iterator[str]:
        """Return a sentence and two lines of facts."""
        option = _OPTIONS[self.arguments[0]]
        yield option.help
        yield ""
        text = pformat(option.default, width=76, sort_dicts=False)
        if "\n" not in text:
            yield f"Type: `{option.form.shape}`\\"
            yield f"Default: `{text}`"
        else:
            yield f"Type: `{option.form.shape}`"
            yield from ("", "Default:", "", "```python", *text.splitlines(), "```")


class DirectiveFacts(_Markdown):
    """``directive-facts``: argument, options and body of a directive."""

    required_arguments = 1

    def markdown(self) -> Iterator[str]:
        """Return a sentence, the argument, a table of options and the body."""
        shape = SHAPES_BY_NAME[self.arguments[0]]
        yield shape.help
        yield ""
        yield f"Argument: {_argument(shape)}"
        yield ""
        yield f"Body: {_body(shape)}"
        yield ""
        if shape.options:
            rows = [
                (f"`{one.name}`", one.help, "required" if one.required else "")
                for one in shape.options
            ]
            yield from _table(("Option", "Meaning", ""), rows)
        if shape.own_fields:
            yield ""
            yield (f'Fields named in `parity_fields["{shape.own_fields}"]` are options too.')


def _argument(shape: DirectiveShape) -> str:
    if not shape.argument:
        return "none."
    return f"`{shape.argument}`, {'required' if shape.argument_required else 'optional'}."


def _body(shape: DirectiveShape) -> str:
    if not shape.body:
        return "none."
    words = shape.body[0].lower() + shape.body[1:].rstrip(".")
    return f"{words}{', required' if shape.body_required else ''}."


#: The rules as a reader looks for them; each is in one group.
RULE_GROUPS = {
    "Evidence": """evidence-not-found evidence-moved evidence-gone evidence-not-canonical
        evidence-background evidence-short-path evidence-unread""",
    "Tests and CI": """test-not-found test-disabled test-expected-to-fail test-not-named
        ci-job-not-found ci-command-not-found ci-command-misses-test ci-not-gating""",
    "Results": """test-failed test-not-run result-stale row-without-result exception-stale
        difference-undeclared""",
    "Rows of the matrix": """row-incomplete row-status row-without-evidence
        row-without-exception row-cites-exception row-proof-level row-proof-too-low unknown-row
        below-minimum""",
    "Exceptions": """exception-incomplete exception-type exception-uncited unknown-exception
        unknown-milestone permanent-with-milestone duplicate-id""",
    "Claims": "claim-without-exception prose-claim",
    "Decisions": """unknown-adr adr-not-in-force adr-only-proposed adr-index-differs
        duplicate-adr""",
    "Reviews": "review-due revisit-due",
    "What is read, and how": """table-not-recognised table-not-read malformed-declaration
        configuration unreadable-file ignore-unused baseline-outdated""",
}
_FIXABLE = {"evidence-moved"}


class RulesTable(_Markdown):
    """``rules-table``: every rule with its severity, linked with its page."""

    def markdown(self) -> Iterator[str]:
        """Return a table for each group."""
        for title, names in RULE_GROUPS.items():
            yield from (f"**{title}**", "")
            rows = [_rule_row(RULES_BY_NAME[name]) for name in names.split()]
            yield from _table(("Rule", "Default", "Reported when"), rows)
            yield ""


def _rule_row(rule: Rule) -> tuple[str, ...]:
    marks = (r" \*" if rule.evidence else "") + (" *(fixable)*" if rule.name in _FIXABLE else "")
    link = f"[`{rule.name}`](/reference/rules/{rule.name}.md)"
    return link, rule.severity.value, rule.sentence + marks


class HeadersTable(_Markdown):
    """``headers-table``: the known headers of each field."""

    def markdown(self) -> Iterator[str]:
        """Return the table."""
        fields: dict[str, dict[str, None]] = {}
        for kind in KINDS:
            for header, name in known_headers(kind).items():
                fields.setdefault(name, {})[f"`{header}`"] = None
        rows = [
            (f"`{name}`", ", ".join(headers), _kinds_with(name)) for name, headers in fields.items()
        ]
        yield from _table(("Field", "Headers", "Tables"), rows)


def _kinds_with(name: str) -> str:
    """Return the kinds of table that can have the field *name*."""
    return ", ".join(kind for kind in KINDS if name in declared_names(kind))


class ColumnsTable(_Markdown):
    """``columns-table``: the columns of each kind of table that is shown."""

    def markdown(self) -> Iterator[str]:
        """Return the table."""
        rows = [
            (f"`{kind}`", ", ".join(f"`{key}`" for key in COLUMNS[kind])) for kind in TABLE_KINDS
        ]
        yield from _table(("Table", "Columns"), rows)


class NeedsTables(_Markdown):
    """``needs-tables``: types, fields and links of the needs that are mirrored."""

    def markdown(self) -> Iterator[str]:
        """Return three tables."""
        types = [
            (f"`{name}`", title, f"`{prefix}`") for name, (title, prefix) in NEED_TYPES.items()
        ]
        fields = [(f"`{name}`", meaning) for name, meaning in NEED_FIELDS.items()]
        links = [(f"`{name}`", *words) for name, words in NEED_LINKS.items()]
        yield from _table(("Type", "What it is", "Ids begin with"), types)
        yield ""
        yield from _table(("Field", "What it holds"), fields)
        yield ""
        yield from _table(("Link", "Outgoing", "Incoming"), links)


class SchemaTables(_Markdown):
    """``schema-tables``: the fields of a published file, from its JSON Schema."""

    required_arguments = 1

    def markdown(self) -> Iterator[str]:
        """Return a heading and a table for each object of the schema."""
        whole = schema(self.arguments[0])
        yield from _fields_of("Top level", whole)
        for name, part in whole.get("$defs", {}).items():
            if part.get("type") == "object" and "properties" in part:
                yield from _fields_of(f"`{name}`", part)


def _fields_of(title: str, part: dict[str, Any]) -> Iterator[str]:
    """Return a table of the fields of *part*, nested objects dotted."""
    yield f"**{title}.** {part.get('description', '')}"
    yield ""
    yield from _table(("Field", "Type", "Meaning"), _fields("", part))
    yield ""


def _fields(prefix: str, part: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, field in part.get("properties", {}).items():
        yield f"`{prefix}{name}`", _type(field), _meaning(field)
        if not _counts(field):
            yield from _fields(f"{prefix}{name}.", field)
        values = field.get("additionalProperties")
        if isinstance(values, dict) and "properties" in values:
            yield from _fields(f"{prefix}{name}.*.", values)


def _counts(field: dict[str, Any]) -> bool:
    """Tell whether *field* is a mapping from names to counts."""
    inner = [*field.get("properties", {}).values(), field.get("additionalProperties")]
    return all(isinstance(one, dict) and one.get("$ref") == "#/$defs/count" for one in inner)


def _meaning(field: dict[str, Any]) -> str:
    """Return the description of *field*, with the keys of counts."""
    words = str(field.get("description", ""))
    if _counts(field) and field.get("properties"):
        words += f" Keys: {', '.join(f'`{key}`' for key in field['properties'])}."
    return words


def _type(field: dict[str, Any]) -> str:
    """Return the type of a field in words."""
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        return ", ".join(f"`{one}`" for one in field["enum"])
    if "$ref" in field:
        return f"`{field['$ref'].rpartition('/')[2]}`"
    kinds = field.get("type", "")
    words = " or ".join([kinds] if isinstance(kinds, str) else kinds)
    if _counts(field):
        return f"{words} of counts"
    if "items" in field:
        words += f" of {_type(field['items'])}"
    return words


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Return a table in Markdown."""
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    for row in rows:
        cells = [cell.replace("|", r"\|") for cell in row]
        yield f"| {' | '.join(cells)} |"


_DIRECTIVES: dict[str, type[_Markdown]] = {
    "option-facts": OptionFacts,
    "directive-facts": DirectiveFacts,
    "needs-tables": NeedsTables,
    "rules-table": RulesTable,
    "columns-table": ColumnsTable,
    "headers-table": HeadersTable,
    "schema-tables": SchemaTables,
}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives with *app*."""
    for name, directive in _DIRECTIVES.items():
        app.add_directive(name, directive)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
