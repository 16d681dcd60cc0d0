"""The grammar of an item that cites code or tests: label, paths, symbols.

:func:`read_citations` is called by :mod:`.cells`; :mod:`.ci_cells` shares how tokens are
joined and labels found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sphinx_arco_parity.notation.cell_items import begins_remark
from sphinx_arco_parity.notation.parentheses import Annex, bare_names, is_pure, read_annex
from sphinx_arco_parity.notation.path_shapes import extension, has_titles
from sphinx_arco_parity.notation.paths import Reference, read_lines
from sphinx_arco_parity.notation.prose import (
    is_connective,
    is_negated,
    is_succeeded,
    only,
    takes_back,
)
from sphinx_arco_parity.notation.reference_tokens import LINE_WORD, Reader
from sphinx_arco_parity.notation.symbols import read_symbols, read_title
from sphinx_arco_parity.notation.tokens import Kind, Token
from sphinx_arco_parity.notation.vocabulary import KNOWN_FOLDERS, LEADS, LOCATORS, POINTERS, PORTS

_MOST = 4


def without_label(tokens: Sequence[Token], reader: Reader) -> Sequence[Token] | None:
    """Return what follows the labels of *tokens*, or ``None`` if that is a remark."""
    for _ in range(_MOST):
        end = _label_end(tokens, reader)
        if end is None:
            break
        tokens = tokens[end:]
        if tokens and tokens[0].kind is not Kind.GROUP and begins_remark(tokens):
            return None
    return tokens


def _label_end(tokens: Sequence[Token], reader: Reader) -> int | None:
    """Return the index after the colon of the label that *tokens* begin with, if any."""
    for index, token in enumerate(tokens):
        reference = reader.reference(token)
        if token.kind is Kind.WORD and token.text.endswith((":", "：")) and reference is None:
            return index + 1 if not token.text.endswith("::") else None
        if reference is None:
            continue
        if not index or (reference.anchored and not is_negated(tokens[:index])):
            return None
    return None


BARE_LINE = re.compile(r"(?::|#L|L(?=[0-9]{2}))([1-9][0-9]{0,8}(?:[-–—]L?[1-9][0-9]{0,8})?)")


@dataclass(slots=True)
class Citation:
    """A reference with the symbols that stand beside it."""

    reference: Reference
    token: Token
    """Where it is written."""
    symbols: list[str] = field(default_factory=list)
    inferred: tuple[str, ...] = ()
    """Names without back-ticks; see :attr:`.Evidence.inferred`."""
    joined: bool = False
    """It follows another one, with only a word like ``and`` between them."""
    annexed: bool = False
    """Parentheses follow it."""


class _Item:
    """Reads the tokens of one item from left to right."""

    def __init__(self, tokens: Sequence[Token], reader: Reader, *, starts_line: bool) -> None:
        self.tokens = tokens
        self.reader = reader
        self.starts_line = starts_line
        self.citations: list[Citation] = []
        self.gap: list[Token] = []
        """What was read since the last citation."""
        self.denied = False

    def read(self) -> list[Citation]:
        found = [self.reader.reference(token) for token in self.tokens]
        enclosed = not any(found)
        for index, (token, reference) in enumerate(zip(self.tokens, found, strict=True)):
            if reference is not None:
                self._reference(reference, token)
            elif token.kind is Kind.GROUP:
                self._group(token, enclosed=enclosed)
            elif not (
                self._bare_line(token) or self._line_words(token) or self._symbol(token, index)
            ):
                self.gap.append(token)
            if self.denied:
                break
        if self.citations and (takes_back(self.gap) or self._only_named()):
            self.citations.pop()
        elif self.citations and self.gap and only(self.gap[:1], POINTERS):
            last = self.citations[-1]
            last.inferred = last.inferred or bare_names(self.gap)
        return self.citations

    def _only_named(self) -> bool:
        """Tell whether `` `run/step` retries `` speaks of alternatives, not of a folder."""
        last = self.citations[-1]
        path = last.reference.paths[0]
        ending = extension(path.rpartition("/")[2])
        if last.reference.anchored or last.annexed or last.symbols or "/" not in path:
            return False
        is_folder = path.split("/")[0] in KNOWN_FOLDERS or path.startswith((".", "/"))
        return not ending and not is_folder and not is_connective(self.gap)

    def _reference(self, reference: Reference, token: Token) -> None:
        joins = is_connective(self.gap)
        if not joins and not self._stands_alone(reference, token):
            self.gap.append(token)
            return
        if not joins and self.citations and is_succeeded(self.gap):
            self.citations.pop()
        else:
            ports = () if token.kind is Kind.CODE else PORTS
            self.denied = not joins and is_negated(self.gap, also=ports)
        if self.denied:
            return
        if not joins and len(self.citations) == 1:
            first = self.citations[0]
            if not (first.reference.anchored or first.annexed or first.symbols):
                self.citations.clear()  # it only names a file that is spoken of
        symbols = [] if self.citations else leading_symbols(self.gap)
        joined = joins and bool(self.citations)
        self.citations.append(Citation(reference, token, symbols, joined=joined))
        self.gap = []

    def _stands_alone(self, reference: Reference, token: Token) -> bool:
        """Tell whether *reference* is evidence even with a sentence before it."""
        if not self.starts_line and _is_page(reference):
            return False
        if reference.anchored:
            return True
        pointed = only(self.gap, LEADS) or leading_symbols(self.gap) != []
        first = self.starts_line and not self.citations
        return first and pointed and token.kind is not Kind.WORD

    def _group(self, token: Token, *, enclosed: bool) -> None:
        if not self.citations:
            inner = self._enclosed(token) if enclosed else []
            if inner and not is_negated(self.gap):
                inner[0].symbols += leading_symbols(self.gap)
                self.citations += inner
                self.gap = []
            else:
                self.gap.append(token)
        elif only(self.gap, POINTERS) or (
            is_pure(token)
            and not is_negated(self.gap)
            and not any(between.kind is Kind.CODE for between in self.gap)
        ):
            self._annex(read_annex(token.inner, titled=self._titled()))
        else:
            self.gap.append(token)

    def _enclosed(self, token: Token) -> list[Citation]:
        """Return what is cited in parentheses that hold nothing else."""
        inner = self.reader.join(token.inner)
        found = [(part, self.reader.reference(part)) for part in inner]
        rest = [part for part, reference in found if reference is None]
        if not is_connective(rest):
            # (`path:12`, a remark)
            first = found[0][1]
            alone = first is not None and first.lines and rest[0].text == ","
            return [Citation(first, inner[0])] if first is not None and alone else []
        return [Citation(reference, part) for part, reference in found if reference is not None]

    def _annex(self, annex: Annex) -> None:
        last = self.citations[-1]
        if annex.denied:
            self.citations.pop()
            self.denied = True
            return
        shared = last.joined and not self.citations[-2].annexed
        if shared and len(annex.symbols) > 1:
            # `a.rs` and `b.rs` (`x`, `y`): which is where is not said.
            annex = Annex()
        last.annexed = True
        last.symbols += annex.symbols
        last.inferred = annex.inferred
        if annex.lines and not last.reference.lines:
            last.reference = replace(last.reference, lines=annex.lines)
        self.gap = []

    def _bare_line(self, token: Token) -> bool:
        match = BARE_LINE.fullmatch(token.text) if token.kind is Kind.CODE else None
        if match is None or not self.citations or not is_connective(self.gap):
            return False
        reference = replace(self.citations[-1].reference, lines=read_lines(match[1]), symbols=())
        self.citations.append(Citation(reference, token, joined=True))
        self.gap = []
        return True

    def _line_words(self, token: Token) -> bool:
        """Take the line of `` `path` line 12 `` and `` `path` L12-L40 ``."""
        match = LINE_WORD.fullmatch(token.text) if token.kind is Kind.WORD else None
        if match is None or not self.citations or self.citations[-1].reference.lines:
            return False
        named = len(self.gap) == 1 and self.gap[0].text in {"line", "lines"}
        marked = match["mark"] and len(match["lines"]) > 1
        if not named and (self.gap or not marked):
            return False
        last = self.citations[-1]
        last.reference = replace(last.reference, lines=read_lines(match["lines"]))
        self.gap = []
        return True

    def _symbol(self, token: Token, index: int) -> bool:
        """Take a literal right after a path, with nothing of a sentence after it."""
        symbols = read_symbols(token.text) if token.kind is Kind.CODE else ()
        if token.kind is Kind.CODE and not symbols and self._titled():
            symbols = read_title(token.text)
        if not symbols or not self.citations or not self._may_follow(index):
            return False
        self.citations[-1].symbols += symbols
        self.gap = []
        return True

    def _titled(self) -> bool:
        """Tell whether the file cited last has tests that are named by titles."""
        return bool(self.citations) and has_titles(self.citations[-1].reference.paths[0])

    def _may_follow(self, index: int) -> bool:
        has_symbols = bool(self.citations[-1].symbols)
        between = is_connective(self.gap) if has_symbols else only(self.gap, POINTERS)
        if not between or (self.citations[-1].joined and not has_symbols):
            return False
        rest = self.tokens[index + 1 : index + 13]
        ends = next((i for i, t in enumerate(rest) if t.kind is not Kind.WORD), len(rest))
        return is_connective(rest[:ends])


def _is_page(reference: Reference) -> bool:
    """Tell whether *reference* is a document, which prose sends the reader to."""
    path = reference.paths[0].lower()
    is_record = "adr" in path or "decision" in path
    return not reference.lines and path.endswith((".md", ".rst", ".txt")) and not is_record


def leading_symbols(gap: Sequence[Token]) -> list[str]:
    """Return the symbols of ``a`` in ``path``: literals, then a word like "in"."""
    end = len(gap)
    while end and gap[end - 1].kind is Kind.WORD and only(gap[end - 1 : end], LOCATORS):
        end -= 1
    symbols: list[str] = []
    for token in gap[:end]:
        if token.kind is Kind.CODE and (names := read_symbols(token.text)):
            symbols += names
        elif not is_connective([token]):
            return []
    return symbols


def read_citations(tokens: Sequence[Token], reader: Reader, *, starts_line: bool) -> list[Citation]:
    """Return what the item of *tokens* cites, in its order; empty for a remark.

    :param starts_line: the item begins a line, and does not go on with a sentence.
    """
    rest = without_label(reader.join(tokens), reader)
    if rest is None:
        return []
    return _Item(rest, reader, starts_line=starts_line).read()
