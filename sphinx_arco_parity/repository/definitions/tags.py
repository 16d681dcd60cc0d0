"""Languages that are read by the ``tags`` query of their grammar: C, C++, C#, Ruby, PHP, Kotlin.

A language is one entry of :data:`TAGGED`: its files, its grammar, what its query lacks, and how a
test and one that is left out look.  Where a grammar ships no query, all of it is ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module

from tree_sitter import Node, QueryCursor

from sphinx_arco_parity.repository.definitions import nodes
from sphinx_arco_parity.repository.definitions.nodes import Grammar, Tag, Tags, defined, query
from sphinx_arco_parity.repository.source import Definition
from sphinx_arco_parity.text.words import by_word

_KINDS = by_word({
    "type": "class interface type struct enum trait object",
    "module": "namespace module",
})  # fmt: skip
#: Nodes that hold one definition and nothing else: it is as long as they are.
_OUTER = frozenset({
    "function_definition", "declaration", "pointer_declarator", "reference_declarator",
    "template_declaration", "field_declaration", "type_definition", "init_declarator",
    "array_declarator", "function_declarator",
})  # fmt: skip
_FUNCTIONS = frozenset({"function_definition", "declaration"})
_MACRO = re.compile(r"[A-Z][A-Z0-9_]+")
_NEVER = "(?!)"


def _tagged(
    name: str,
    endings: str,
    more: str,
    *,
    local: str = "",
    function: str = "language",
    test: str = _NEVER,
    off: str = _NEVER,
) -> Grammar:
    """Return a language whose tests match *test*, from their first attribute to their name."""
    module = f"tree_sitter_{name}"

    def whole(root: Node) -> Tags:
        shipped = getattr(import_module(module), "TAGS_QUERY", None) or ""
        inner = "\n".join(f"({word}) @local" for word in ("ERROR", *local.split()))
        cursor = QueryCursor(query(grammar, f"{shipped}\n{more}\n{inner}"))
        return Tags(tags=_sure([found for _, found in cursor.matches(root)], root.text or b""))

    grammar = Grammar(
        name.replace("_", ""), tuple(endings.split()), module, function=function,
        names="(_) @name", signs=(b"",), whole=whole,
        define=partial(_define, test=re.compile(test), off=re.compile(off)),
    )  # fmt: skip
    return grammar


@dataclass(frozen=True, slots=True, order=True)
class _Span:
    """Where a definition is, or, without a name, where names are local or not read for sure."""

    start: int
    minus_end: int
    item: Node = field(compare=False)
    kind: str = field(default="", compare=False)
    name: Node | None = field(default=None, compare=False)


def _span(captures: dict[str, list[Node]]) -> _Span | None:
    kind = next((name for name in captures if name.startswith("definition.")), "")
    if not kind and "local" not in captures:
        return None
    item, name = captures[kind or "local"][0], captures["name"][0] if kind else None
    while kind and item.parent is not None and item.parent.type in _OUTER:
        item = item.parent
    word = kind.partition(".")[2]
    return _Span(item.start_byte, -item.end_byte, item, _KINDS.get(word, word), name)


def _sure(found: Iterable[dict[str, list[Node]]], raw: bytes) -> dict[tuple[int, int], Tag]:
    """Return the definitions of a file by where their names begin and end.

    Of a name that is also something else, it is not known where it is defined.
    """
    tags: dict[tuple[int, int], Tag] = {}
    odd: set[str] = set()
    stack: list[tuple[_Span, Tag | None]] = []
    for span in sorted(filter(None, map(_span, found))):
        while stack and -stack[-1][0].minus_end <= span.start:
            stack.pop()
        around = [tag for outer, tag in stack[-nodes.DEPTH :] if outer != span]
        tag = None
        if span.name is not None:
            within = next(filter(None, reversed(around)), None)
            name = nodes.text_of(span.name).removeprefix(":")
            tag = Tag(span.kind, span.item, name, _head(span, span.name, raw), within)
            tags[span.name.start_byte, span.name.end_byte] = tag
            if None in around or len(stack) > nodes.DEPTH or _is_odd(tag):
                odd.add(tag.name)
        stack.append((span, tag))
    return {place: tag for place, tag in tags.items() if tag.name not in odd}


def _is_odd(tag: Tag) -> bool:
    """Tell whether *tag* is a macro (`TEST(Ring, Push) {}`), or the grammar stumbles over it."""
    item, body = tag.item, nodes.field(tag.item, "body")
    if item.type in _FUNCTIONS and _MACRO.fullmatch(tag.name):
        return True
    return item.has_error and any(child.has_error for child in item.children if child != body)


def _head(span: _Span, name: Node, raw: bytes) -> str:
    """Return the comment before a definition, and its text up to the end of its *name*."""
    before = span.item.prev_sibling
    comment = nodes.text_of(before) if before is not None and nodes.is_comment(before) else ""
    text = raw[max(span.start, name.end_byte - 2000) : name.end_byte].decode("utf-8", "replace")
    return f"{comment[:2000]}\n{text}"


def _define(
    node: Node, whole: Tags, *, test: re.Pattern[str], off: re.Pattern[str]
) -> Definition | None:
    """Return what *node* defines, if the query takes it for the name of a definition."""
    tag = whole.tags.get((node.start_byte, node.end_byte))
    if tag is None or node.child_count:
        return None
    called = tag.kind in {"function", "method"} and test.search(tag.head) is not None
    is_test = called or tag.kind == "test"
    around, outer = list[Tag](), tag.outer
    while outer is not None and len(around) < nodes.DEPTH:
        around.insert(0, outer)
        outer = outer.outer
    skips = [off.search(each.head) for each in (tag, *around)] if is_test else []
    return defined(
        node, tag.item, name=tag.name, scope=(*(each.name for each in around), *_qualified(node)),
        kind="test" if is_test else tag.kind, first_line=nodes.leading(tag.item)[0],
        is_test=is_test, disabled=next((found[0] for found in skips if found), None),
    )  # fmt: skip


def _qualified(node: Node) -> tuple[str, ...]:
    """Return the types before a name such as that of ``Ring::push``."""
    scope, above = list[str](), node.parent
    while above is not None and above.type == "qualified_identifier":
        scope.insert(0, nodes.text_of(nodes.field(above, "scope")).partition("<")[0])
        above = above.parent
    return tuple(word for word in scope if word)


_C = """
(preproc_def name: (identifier) @name) @definition.macro
(preproc_function_def name: (identifier) @name) @definition.macro
(enumerator name: (identifier) @name) @definition.variant
(union_specifier name: (type_identifier) @name body: (_)) @definition.class
(field_declaration declarator: (field_identifier) @name) @definition.field
(field_declaration declarator: (_ declarator: (field_identifier) @name)) @definition.field
(field_declaration declarator: (_ declarator: (_ declarator: (field_identifier) @name))) @definition.field
(declaration declarator: (identifier) @name) @definition.constant
(declaration declarator: (_ declarator: (identifier) @name)) @definition.constant
(declaration declarator: (_ declarator: (_ declarator: (identifier) @name))) @definition.constant
"""
_CPP = f"""{_C}
(class_specifier name: (template_type name: (type_identifier) @name)) @definition.class
(struct_specifier name: (template_type name: (type_identifier) @name)) @definition.class
(namespace_definition name: (namespace_identifier) @name) @definition.namespace
(alias_declaration name: (type_identifier) @name) @definition.type
(function_declarator declarator: (template_function name: (identifier) @name)) @definition.function
(function_declarator declarator: (qualified_identifier name: [
  (identifier) @name (template_function name: (identifier) @name)])) @definition.method
(function_declarator declarator: (qualified_identifier
  name: (qualified_identifier name: (identifier) @name))) @definition.method
"""
_CSHARP = "\n".join(
    f"({node} name: (identifier) @name) @definition.{kind}"
    for kind, words in {
        "class": "class_declaration struct_declaration interface_declaration enum_declaration"
        " record_declaration delegate_declaration",
        "method": "method_declaration constructor_declaration",
        "field": "property_declaration event_declaration",
        "variant": "enum_member_declaration",
        "namespace": "namespace_declaration file_scoped_namespace_declaration",
    }.items()
    for node in words.split()
) + "".join(
    f"({node} (variable_declaration (variable_declarator name: (identifier) @name)))"
    " @definition.field\n"
    for node in ("field_declaration", "event_field_declaration")
)  # fmt: skip
_KOTLIN = """
(class_declaration name: (identifier) @name) @definition.class
(object_declaration name: (identifier) @name) @definition.object
(companion_object name: (identifier) @name) @definition.object
(function_declaration name: (identifier) @name) @definition.function
(property_declaration (variable_declaration (identifier) @name)) @definition.field
(class_parameter (identifier) @name) @definition.field
(enum_entry (identifier) @name) @definition.variant
(type_alias type: (identifier) @name) @definition.type
"""
_PHP = """
(const_element (name) @name) @definition.constant
(enum_declaration name: (name) @name) @definition.enum
(enum_case name: (name) @name) @definition.variant
(property_promotion_parameter name: (variable_name (name) @name)) @definition.field
"""
_RUBY = """
((call method: (identifier) @maker arguments: (argument_list . [
  (constant) @name (string . (string_content) @name .)])) @definition.suite
  (#match? @maker "^(describe|context|feature)$"))
((call method: (identifier) @maker arguments: (argument_list . (string . (string_content) @name .)))
  @definition.test (#match? @maker "^(it|specify|scenario|test)$"))
(assignment left: (constant) @name) @definition.constant
((call method: (identifier) @maker arguments: (argument_list (simple_symbol) @name))
  @definition.method (#match? @maker "^attr_"))
"""

_CALLED_TEST = r"(?i:\btest\w*+\Z|test\Z)"
_DOTNET = r"\[\s*(?:Fact|Theory|Test|TestCase|TestCaseSource|TestMethod|DataTestMethod)\b"
_JUNIT = r"@(?:Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate)\b"

#: The languages, in the order of the documentation.
TAGGED = (
    _tagged("c", ".c", _C, local="function_definition compound_statement", test=_CALLED_TEST),
    _tagged("cpp", ".cpp .cc .cxx .h .hpp .hh .hxx", _CPP, test=_CALLED_TEST,
            local="function_definition compound_statement lambda_expression"),
    _tagged("c_sharp", ".cs", _CSHARP, test=_DOTNET, off=r"\[\s*Ignore\b[^]]*\]|\bSkip\s*=[^])]*"),
    _tagged("ruby", ".rb", _RUBY, test=r"def\s+test_\w+[?!]?\Z"),
    _tagged("php", ".php", _PHP, function="language_php", local="function_definition",
            test=r"function\s+test\w+\Z|#\[\s*\\?(?:\w+\\)*Test\b|@test\b"),
    _tagged("kotlin", ".kt .kts", _KOTLIN, test=_JUNIT, local="function_body lambda_literal",
             off=r"@(?:Disabled|Ignore)\b[^\n]*"),
)  # fmt: skip
#: Their names: what collects their tests is not known to us in every case.
TAGGED_NAMES = frozenset(grammar.name for grammar in TAGGED)
