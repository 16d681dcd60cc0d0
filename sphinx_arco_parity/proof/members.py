"""Whether what a file defines under a qualified name belongs to the type or module it says.

``Type::method`` is proven by a method of that type, or of what the type inherits, and not by
the same word in another type.  Where a type may have members that nobody can see (a base from
elsewhere, a macro), a missing one proves nothing.  Nor does a missing test that pytest may find
in a file which does not spell it: ``class TestSqlite(StorageSuite)`` has every test of
``StorageSuite``, wherever that is; ``from suite import *`` may have any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sphinx_arco_parity.proof.naming import Name
from sphinx_arco_parity.repository.definitions import language_of
from sphinx_arco_parity.repository.source import Definition, UnreadableFileError

if TYPE_CHECKING:
    from sphinx_arco_parity.repository.symbols import Symbols

_TYPES = frozenset({"type", "impl", "module", "declaration"})
_TESTS = frozenset({"test", "suite"})
_MEMBERS = frozenset({"method", "field", "variant"})
_TRANSPARENT = frozenset({"prototype", "exports", "default", "module", "cls", "static"})
_HEADS = re.compile(r"[{};]")
_BRACKETS = re.compile(r"<[^<>]*+>|\[[^\[\]]*+\]|\([^()]*+\)")
_KEYWORD = re.compile(r"\b(?:class|interface|enum|record|trait|type|struct)\s+(\w+)")
_RELATION = re.compile(r"\b(?:extends|implements|with)\b|(?<!:)[:=](?!:)")
_EMBEDDED = re.compile(r"^\s*+\*?(?:\w++\.)*+(\w++)(?:\[[^\]]*+\])?\s*+(?:`.*|//.*)?$")
_PYTHON = re.compile(r"^[ \t]*+class\s++(\w++)\s*+(?:\[[^\]]*+\])?\s*+\(([^:]*+):", re.MULTILINE)
_DERIVED = re.compile(r"#\[derive\(([^()]*+)\)\]")
#: Bases that add no member but those of :data:`_STANDARD`.
_PLAIN = frozenset({
    "object", "ABC", "Generic", "Protocol", "Enum", "Object", "Serializable", "", "Debug",
    "Clone", "Copy", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash", "Default", "Display",
    "Serialize", "Deserialize", "Send", "Sync", "Error",
})  # fmt: skip
_STANDARD = {
    "rust": frozenset({
        "clone", "clone_from", "eq", "ne", "cmp", "partial_cmp", "lt", "le", "gt", "ge", "max",
        "min", "clamp", "hash", "fmt", "to_string", "default", "serialize", "deserialize",
    }),
    "python": frozenset({"name", "value", "register"}),
    "java": frozenset({"name", "values", "valueOf", "ordinal", "equals", "hashCode", "toString"}),
}  # fmt: skip
#: Calls that give a type, their first argument, members of another.
_MIXING = ("assign", "Mixins", "mixins", "mixin", "defineProperty", "setattr")
_DEPTH = 5


@dataclass(frozen=True, slots=True)
class Members:
    """What of a name belongs to what its qualification says."""

    found: tuple[Definition, ...] = ()
    doubt: str | None = None
    """Why it cannot be told, where nothing is found."""
    inherited: tuple[str, int] | None = None
    """The path and line in another file where what is inherited has it."""


def members(
    name: Name, found: Sequence[Definition], path: str, symbols: Symbols, *, test: bool
) -> Members:
    """Return which of *found*, all that *path* defines under a name, are what is meant."""
    scope = [word for word in name.scope if word not in _TRANSPARENT]
    if not scope:
        return Members(tuple(found))
    joined = "." if f"{scope[-1]}." in name.whole else "::"
    own = tuple(d for d in found if _is_within(scope, joined, d, path, symbols))
    if own:
        return Members(own)
    owner = scope[-1]
    kinds = {d.kind for d in symbols.named(path, owner)}
    if kinds.isdisjoint(_TYPES | _TESTS if test else _TYPES):
        return _of_a_stranger(owner, found, path, symbols, test=test)
    return _inherited(owner, name.word, found, path, symbols)


def _of_a_stranger(
    owner: str, found: Sequence[Definition], path: str, symbols: Symbols, *, test: bool
) -> Members:
    """The answer for an *owner* that the file does not define."""
    if not found:
        return Members()
    language = language_of(path)
    holds_tests = language in {"go", "java", "javascript", "typescript"} or (
        language == "python" and owner[:1].isupper()
    )
    if test and holds_tests and not symbols.words(path, owner):
        return Members()  # its tests can only be in a holder that the file spells
    return Members(doubt=f"`{found[0].name}` is in {path}, but `{owner}` is not defined there")


def _is_within(
    scope: Sequence[str], joined: str, found: Definition, path: str, symbols: Symbols
) -> bool:
    """Tell whether *found* is a direct member of the last of *scope*, *joined* to it.

    ``ticker.run`` may be of an instance, whose name is that of its type in small letters.
    """
    owner, around, language = scope[-1], found.scope, language_of(path)
    last = set(around if found.is_test else around[-1:])
    if language == "rust" and len(around) > 1 and found.kind not in {"field", "variant"}:
        # An `impl` of a trait for a type is in both.
        kinds = {d.kind for d in symbols.named(path, around[-2])}
        last |= {around[-2]} if "module" not in kinds else set()
    if language == "go" and found.is_test and scope[0] in around:
        return True
    is_module = _is_module(owner, path, symbols)
    is_instance = joined == "." and not is_module and not symbols.named(path, owner)
    if owner not in last and not (is_instance and any(_same(owner, word) for word in last)):
        is_member = found.kind in _MEMBERS or (around and not found.is_test)
        if is_member or not is_module:
            return False
    known = {*around, owner}
    return not any(
        word not in known
        and not _is_module(word, path, symbols)
        and any(d.kind in {"type", "module", "suite"} for d in symbols.named(path, word))
        for word in scope[:-1]
    )


def _has_type(word: str, path: str, symbols: Symbols) -> bool:
    return any(d.kind == "type" for d in symbols.named(path, word))


def _same(word: str, other: str) -> bool:
    """Tell whether an instance, or a folder, has the name of a type, or module."""
    first, second = (re.sub("[_-]", "", each).casefold() for each in (word, other))
    return first == second


def _is_module(word: str, path: str, symbols: Symbols) -> bool:
    """Tell whether *word* is a name that the path, or a Go package, gives to the module."""
    if _has_type(word, path, symbols):
        return False
    if any(
        _same(word, part) for folder in path.split("/") for part in (folder, *folder.split("."))
    ):
        return True
    return path.endswith(".go") and f"package {word}\n" in symbols.text(path)


# --- what a type inherits -----------------------------------------------------------------------


def _inherited(
    owner: str, word: str, found: Sequence[Definition], path: str, symbols: Symbols
) -> Members:
    """The answer for an *owner* that the file defines, and that has no such member itself."""
    ancestors: dict[str, tuple[str, ...]] = {}
    is_open = _climb(owner, path, symbols, ancestors, _DEPTH)
    own = tuple(d for d in found if d.scope and d.scope[-1] in ancestors)
    if own:
        return Members(tuple(_as_heir_runs(d, symbols.named(path, owner)) for d in own))
    for base, places in ancestors.items():
        for other in places:
            there = [d for d in symbols.named(other, word) if d.scope[-1:] == (base,)]
            if there:
                return Members(inherited=(other, there[0].line))
    standard = _STANDARD.get(language_of(path) or "", frozenset())
    if is_open or word in standard or _may_be_made(owner, word, path, symbols):
        doubt = f"`{owner}` in {path} has no `{word}` of its own, but may get it from elsewhere"
        return Members(doubt=doubt)
    return Members()


def _as_heir_runs(test: Definition, heirs: Sequence[Definition]) -> Definition:
    """Return an inherited test with what keeps the class that inherits it from running."""
    heir = next((d for d in heirs if d.disabled or d.fails), None)
    if heir is None or not test.is_test:
        return test
    return replace(test, disabled=test.disabled or heir.disabled, fails=test.fails or heir.fails)


def _climb(
    owner: str, path: str, symbols: Symbols, ancestors: dict[str, tuple[str, ...]], depth: int
) -> bool:
    """Put the bases of *owner* into *ancestors*; tell whether some are not known."""
    if depth == 0:
        return True
    is_open = False
    for base in bases(owner, path, symbols):
        if base in _PLAIN or base in ancestors or base == owner:
            continue
        places = (path,) if _has_type(base, path, symbols) else _files_with(base, path, symbols)
        if not places:
            is_open = is_open or not base.endswith("TestCase")
            continue
        ancestors[base] = places
        try:
            for other in places:
                is_open = _climb(base, other, symbols, ancestors, depth - 1) or is_open
        except UnreadableFileError:
            is_open = True
    return is_open


def _files_with(base: str, path: str, symbols: Symbols) -> tuple[str, ...]:
    found = symbols.search.places(path, base, test=False)
    return tuple(dict.fromkeys(other for other, d in found if d.kind == "type"))[:3]


def bases(owner: str, path: str, symbols: Symbols) -> list[str]:
    """Return the last words of what the type *owner* extends, implements or embeds.

    A word that is no type's, where something is computed, stands for what cannot be seen.
    """
    text, language = symbols.text(path), language_of(path)
    if language == "python":
        heads = (
            match[2].rpartition(")")[0] for match in _PYTHON.finditer(text) if match[1] == owner
        )
        return [base for head in heads for base in _words(head)]
    if language == "go":
        return [base for d in symbols.named(path, owner) for base in _embedded(d, text)]
    return [base for head in _HEADS.split(text) for base in _of_head(owner, head, language)]


def _words(listed: str) -> Iterator[str]:
    """The last word of each name in a list that is separated by signs."""
    for _ in range(4):
        listed = _BRACKETS.sub("" if "(" not in listed else "()", listed)
    for part in re.split(r"[,&+|]", listed):
        if "=" not in part:
            yield re.split(r"\.|::", part.strip())[-1].strip()


def _embedded(owner: Definition, text: str) -> Iterator[str]:
    head, brace, body = "\n".join(text.split("\n")[owner.line - 1 : owner.last_line]).partition("{")
    if not brace:
        yield from _words(head.partition("=")[2].split("\n")[0])
    for part in re.split(r"[\n;]", body.rpartition("}")[0]):
        if match := _EMBEDDED.match(part):
            yield match[1]


def _of_head(owner: str, head: str, language: str | None) -> Iterator[str]:
    """The bases that the text before a block, or a statement, gives *owner*."""
    if owner not in head:
        return
    if language == "rust":
        impl, _, target = _stripped(head.rpartition("impl")[2]).rpartition(" for ")
        if (
            impl
            and "impl" in head
            and next(_words(target.partition("where")[0])).strip("&") == owner
        ):
            yield from _words(impl.strip().lstrip("!"))
    plain = _stripped(head)
    named = _KEYWORD.search(plain)
    if named is None or named[1] != owner:
        return
    if language == "rust":
        for match in _DERIVED.finditer(head):
            yield from _words(match[1])
    for part in _RELATION.split(plain[named.end() :])[1:]:
        yield from _words(part.partition("where")[0])


def _is_blanket(head: str) -> bool:
    """Tell whether *head* implements a trait for every type: ``impl<T> Trait for T``."""
    _, impl, rest = head.rpartition("impl<")
    target = rest.rpartition(" for ")[2].split()
    return bool(impl and target) and target[0].lstrip("&") in re.findall(
        r"\w+", rest.partition(">")[0]
    )


def _stripped(head: str) -> str:
    for _ in range(4):
        head = re.sub(r"<[^<>]*+>", "", head)
    return head


def _may_be_made(owner: str, word: str, path: str, symbols: Symbols) -> bool:
    """Tell whether a macro, a component, or code in the type may give it the member."""
    text, language = symbols.text(path), language_of(path)
    if language == "rust" and ("macro_rules!" in text or any(map(_is_blanket, _HEADS.split(text)))):
        return True
    if any(f"{call}({owner}" in text for call in _MIXING):
        return True
    ranges = [(d.first_line, d.last_line) for d in symbols.named(path, owner)]
    dynamic = ("__getattr__", "Proxy") if language != "rust" else ()
    return any(
        first <= line <= last
        for spelt in (word, *dynamic)
        for line, comment in symbols.words(path, spelt)
        if not comment
        for first, last in ranges
    )


# --- tests that a file does not spell -----------------------------------------------------------

_STAR = re.compile(r"^from\s+\S+\s+import\s+\*", re.MULTILINE)
_CALL = r"\b(?:it|test|specify|describe)(?:\.\w{1,20}){0,3}\(\s*+"
_COMPUTED = re.compile(_CALL + r"(?:[A-Za-z_$]|\"[^\"\n]*+\"\s*+\+|'[^'\n]*+'\s*+\+)")
_TEMPLATE = re.compile(_CALL + r"`([^`]*+)`")
_FILLED = re.compile(r"%[a-zA-Z#]|\$\{[^{}]*+\}|\$\w++(?:\.\w++)*+")


def may_come_from(name: Name, path: str, symbols: Symbols) -> str | None:
    """Return where the test *name*, not in the file *path*, may come from.

    A class of which the repository has the source and which does not have the test
    proves that it is gone; a class from elsewhere leaves that open, unless it is a
    framework's ``…TestCase``.
    """
    if language_of(path) in {"javascript", "typescript"}:
        return _made_by(name, path, symbols)
    if language_of(path) != "python":
        return None
    text = symbols.text(path)
    if _STAR.search(text) and symbols.search.elsewhere(path, name.word, test=True):
        return "an `import *`"
    every = symbols.definitions(path)
    for holder in every.definitions if every is not None and not name.scope else ():
        if holder.kind == "type":
            qualified = replace(name, scope=(holder.name,))
            found = members(qualified, (), path, symbols, test=True)
            if found.doubt or found.inherited:
                return f"the class `{holder.name}`"
    return None


def _made_by(name: Name, path: str, symbols: Symbols) -> str | None:
    """A title with places to fill, or a call whose title is no literal."""
    text, every = symbols.text(path), symbols.definitions(path)
    if _COMPUTED.search(text):
        return "a title that the file computes"
    found = every.definitions if every is not None else ()
    titles = [test.name for test in found if test.is_test or test.kind == "suite"]
    for title in (*titles, *_TEMPLATE.findall(text)):
        pieces = _FILLED.split(title)
        if len(pieces) > 1 and _in_order(pieces, name.whole):
            return f"the title `{title}`"
    return None


def _in_order(pieces: Sequence[str], text: str) -> bool:
    at = 0
    for piece in pieces:
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True
