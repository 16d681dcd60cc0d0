"""From text to tokens: one pass over the characters of a cell.

:mod:`.cell_items` calls :func:`tokenize`.  Every pattern here is bounded or reads each character
once, so that the time is that of the length of the text.
"""

from __future__ import annotations

import re
from html import unescape

from sphinx_arco_parity.notation.codespans import CodeSpans, literal
from sphinx_arco_parity.notation.emphasis import mark_role, resolve
from sphinx_arco_parity.notation.tokens import Kind, Token

_BREAK = re.compile(
    r"\r?\n|<br[ \t]{0,9}/?>|</?(?:p|li|ul|ol|hr|div|dd|dt)[ \t]{0,9}/?>", re.IGNORECASE
)
_BULLET = re.compile(
    r"[ \t]*(?:[-*+•‣▪◦·]|[0-9]{1,3}[.)]|#\.)[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)"
)
_CODE_TAG = re.compile(r"<(code|tt|kbd|samp)>([^<>\n]{1,400})</\1>", re.IGNORECASE)
_TAG = re.compile(
    r"<!--.{0,400}?-->"
    r"|</?(?:a|abbr|b|big|code|del|details|em|font|i|ins|kbd|mark|s|samp|small|span"
    r"|strike|strong|sub|summary|sup|tt|u|wbr)(?:[ \t][^<>\n]{0,400})?/?>",
    re.IGNORECASE | re.DOTALL,
)
_AUTOLINK = re.compile(r"<((?:https?|ftp|mailto):[^<>\s]{1,400})>", re.IGNORECASE)
_LINK = re.compile(
    r"!?\[((?:[^\[\]\n]|\[[^\[\]\n]{0,100}\]){1,300})\]"
    r"\(([^()\n]{0,500}(?:\([^()\n]{0,100}\)[^()\n]{0,100})?)\)"
)
_ENTITY = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~ ])")
_MARK = re.compile(r"\*{1,3}|_{1,3}|~~")
_BRACES = re.compile(r"\{[^{}\s]{0,300}(?:\{[^{}\s]{0,300}\}[^{}\s]{0,300}){0,9}\}")
_COMMA_IN_NUMBER = re.compile(r"(?<=[0-9]),(?=[0-9])")
_TITLE = re.compile(r"""(?<!\s)\s++(?:"[^"]*+"|'[^']*+')\s*+$""")
_PLAIN = re.compile(r"[^\s`\\&<\[!,;()，；、（）*_~{]+")
_SPACE = re.compile(r"[^\S\n\r]+|\r(?!\n)")


class _Scanner:
    """Reads a text from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = CodeSpans(text)
        self.tokens: list[Token] = []
        self.position = 0
        self.word: list[str] = []
        self.word_start = 0

    def scan(self) -> list[Token]:
        self._bullet()
        while self.position < len(self.text):
            self._step()
        self._flush()
        return self.tokens

    def _step(self) -> None:
        character = self.text[self.position]
        if self._line_end() or self._space():
            return
        if character == "`":
            self._code()
            return
        if character == "<" and self._tag():
            return
        if character in "[!" and self._link():
            return
        if character in ",;，；、" and self._separator(character):
            return
        if character in "()（）":
            self._add(Kind.OPEN if character in "(（" else Kind.CLOSE, character, 1)
        elif not (character in "*_~" and self._mark()):
            self._letters(character)

    def _add(self, kind: Kind, text: str, length: int, **more: str | bool) -> None:
        self._flush()
        start = self.position
        self.position += length
        self.tokens.append(Token(kind, text, start, self.position, **more))  # type: ignore[arg-type]

    def _flush(self) -> None:
        if self.word:
            text = "".join(self.word)
            self.tokens.append(Token(Kind.WORD, text, self.word_start, self.position))
            self.word = []

    def _line_end(self) -> bool:
        match = _BREAK.match(self.text, self.position)
        if match is None:
            return False
        self._add(Kind.BREAK, "\n" if match[0][-1] == "\n" else "<br>", len(match[0]))
        self._bullet()
        return True

    def _bullet(self) -> None:
        match = _BULLET.match(self.text, self.position)
        if match is not None:
            self._add(Kind.BULLET, "", len(match[0]))

    def _space(self) -> bool:
        match = _SPACE.match(self.text, self.position)
        if match is None:
            return False
        self._flush()
        self.position = match.end()
        return True

    def _code(self) -> None:
        span = self.spans.at(self.position)
        if span is None:
            run = self.spans.run_at(self.position)
            self._keep(self.text[self.position : self.position + run], run)
        else:
            inside, end = span
            self._add(Kind.CODE, literal(inside), end - self.position)

    def _tag(self) -> bool:
        if match := _CODE_TAG.match(self.text, self.position):
            self._add(Kind.CODE, literal(match[2]), len(match[0]))
            return True
        if match := _AUTOLINK.match(self.text, self.position):
            self._add(Kind.WORD, match[1], len(match[0]))
            return True
        if match := _TAG.match(self.text, self.position):
            role = "c" if match[0].startswith("</") else "o"
            self._add(Kind.TAG, match[0], len(match[0]), target=role)
            return True
        return False

    def _link(self) -> bool:
        match = _LINK.match(self.text, self.position)
        if match is None:
            return False
        shown = match[1].strip(" *~")
        is_literal = len(shown) > 2 and shown[0] == shown[-1] == "`"
        target = _TITLE.sub("", match[2]).strip().removeprefix("<").removesuffix(">")
        if match[0].startswith("!"):
            self._add(Kind.WORD, match[1], len(match[0]))
        else:
            text = literal(shown.strip("`") if is_literal else shown.replace("`", ""))
            more = {"target": _resolved(target), "literal": is_literal}
            self._add(Kind.LINK, text, len(match[0]), **more)
        return True

    def _separator(self, character: str) -> bool:
        if _COMMA_IN_NUMBER.match(self.text, self.position) and self.word:
            return False
        self._add(Kind.SEPARATOR, "," if character in ",，、" else ";", 1)
        return True

    def _mark(self) -> bool:
        match = _MARK.match(self.text, self.position)
        role = match and mark_role(self.text, match.start(), match.end())
        if match is None or not role:
            return False
        self._add(Kind.MARK, match[0], len(match[0]), target=role)
        return True

    def _letters(self, character: str) -> None:
        if match := _PLAIN.match(self.text, self.position):
            self._keep(match[0], len(match[0]))
        elif match := _ENTITY.match(self.text, self.position):
            self._keep(unescape(match[0]), len(match[0]))
        elif match := _ESCAPE.match(self.text, self.position):
            self._keep(match[1].strip(), 2)
        elif (match := _BRACES.match(self.text, self.position)) or (
            match := _MARK.match(self.text, self.position)
        ):
            self._keep(match[0], len(match[0]))
        else:
            self._keep(character, 1)

    def _keep(self, text: str, length: int) -> None:
        if not self.word:
            self.word_start = self.position
        self.word.append(text)
        self.position += length


def _resolved(target: str) -> str:
    return _ENTITY.sub(lambda match: unescape(match[0]), target)


def tokenize(text: str) -> list[Token]:
    """Return the tokens of *text*; white space and markup are gone.

    Emphasis is resolved: markers that come in pairs drop out, others are text.
    """
    return resolve(_Scanner(text).scan())
