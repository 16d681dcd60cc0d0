r"""Cuts a POSIX shell script (with bash's common extras) into words and operators.

A word keeps its pieces: literal text, variables, and what only a run can know.  An
expression ``${{ … }}`` that is left in the text of a workflow is one unknown piece.
Called by :mod:`.syntax`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field


class ShellSyntaxError(Exception):
    """The text is no script that we can read; the message says why, without a line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a word."""

    kind: str
    """``text``, ``variable``, ``array`` (``${name[@]}``) or ``unknown``."""
    text: str
    """The literal text, the variable's name, or the source of what is unknown."""
    quoted: bool = False


@dataclass(slots=True)
class Token:
    r"""A word or an operator; a line end is the operator ``\\n``."""

    kind: str
    """``word`` or ``operator``."""
    text: str
    """As written."""
    line: int
    pieces: list[Piece] = field(default_factory=list)
    array: list[Token] | None = None
    """For ``name=( … )``: the words inside."""

    @property
    def plain(self) -> str | None:
        """The text, if the word is one unquoted literal; reserved words are."""
        if self.kind != "word" or self.array is not None:
            return None
        if all(p.kind == "text" and not p.quoted for p in self.pieces):
            return "".join(p.text for p in self.pieces)
        return None


_OPERATOR = re.compile(r"\n|;;&|;&|;;|&&|\|\||\|&|&>>|&>|<<<|<<-|<<|>>|<&|>&|<>|>\||[;&|()<>]")
_REDIRECTIONS = frozenset({"&>>", "&>", "<<<", "<<-", "<<", ">>", "<&", ">&", "<>", ">|", "<", ">"})
_EXPRESSION = re.compile(r"\$\{\{(?:[^$]|\$(?!\{\{))*?\}\}")
_VARIABLES = (
    (re.compile(r"\{([A-Za-z_]\w*)\}"), "variable"),
    (re.compile(r"\{([A-Za-z_]\w*)\[[@*]\]\}"), "array"),
    (re.compile(r"([A-Za-z_]\w*)"), "variable"),
    (re.compile(r"([0-9@*#?$!-])"), "unknown"),
)
_LITERAL = re.compile(r"[^\s;&|()<>'\"\\$`]+")
_QUOTED = re.compile(r'[^"\\$`]+')
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "\n": ""}
_ASSIGN = re.compile(r"[A-Za-z_]\w*\+?=\Z")


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of *text*, without comments and bodies of heredocs.

    :raises ShellSyntaxError: for a quote or bracket that is not closed.
    """
    return _Lexer(text).run()


class _Lexer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self._counted = (0, 1)
        self.tokens: list[Token] = []
        self.heredocs: list[tuple[str, bool]] = []

    @property
    def line(self) -> int:
        """The line of what is read next."""
        at, line = self._counted
        self._counted = (self.at, line + self.text.count("\n", at, self.at))
        return self._counted[1]

    def run(self) -> list[Token]:
        self._blanks()
        while self.at < len(self.text):
            match = _OPERATOR.match(self.text, self.at)
            if self.text[self.at] == "#":
                self.at = self._line_end()
            elif match is None or self._is_process():
                word = self._word()
                following = _OPERATOR.match(self.text, self.at)
                redirects = following and following[0] in _REDIRECTIONS - {"&>", "&>>"}
                if not (redirects and word.text.isdigit()):  # else it is a file descriptor
                    self.tokens.append(word)
            else:
                self._operator(match[0])
            self._blanks()
        return self.tokens

    def _operator(self, found: str) -> None:
        line = self.line
        self.at += len(found)
        if found in _REDIRECTIONS:
            self._redirection(found)
            return
        self.tokens.append(Token("operator", found, line))
        if found == "\n":
            self._skip_heredocs()

    def _line_end(self) -> int:
        end = self.text.find("\n", self.at)
        return len(self.text) if end < 0 else end

    def _redirection(self, operator: str) -> None:
        self._blanks()
        if self.at >= len(self.text) or self.text[self.at] == "\n":
            raise ShellSyntaxError(f"`{operator}` has no target")
        target = self._word()
        if operator in {"<<", "<<-"}:
            quoted = "".join(p.text for p in target.pieces)
            self.heredocs.append((quoted, operator == "<<-"))
        elif operator in {">", ">>", "&>", "&>>", ">|"}:
            self.tokens.append(Token("operator", ">", target.line, target.pieces))

    def _blanks(self) -> None:
        while self.at < len(self.text):
            if self.text.startswith("\\\n", self.at):
                self.at += 2
            elif self.text[self.at] in " \t\r":
                self.at += 1
            else:
                return

    def _skip_heredocs(self) -> None:
        for delimiter, tabs in self.heredocs:
            while self.at < len(self.text):
                end = self._line_end()
                body = self.text[self.at : end]
                self.at = min(end + 1, len(self.text))
                if (body.lstrip("\t") if tabs else body).rstrip("\r") == delimiter:
                    break
        self.heredocs.clear()

    # --- words ---------------------------------------------------------------------

    def _word(self) -> Token:
        start, line = self.at, self.line
        pieces: list[Piece] = []
        array: list[Token] | None = None
        while self.at < len(self.text):
            character = self.text[self.at]
            if character == "(" and _ASSIGN.match(self.text[start : self.at]):
                array = self._array()
            elif character in " \t\r\n;&|()" or (character in "<>" and not self._is_process()):
                break
            else:
                self._piece(pieces)
        if self.at == start:
            raise ShellSyntaxError("a word is missing")
        raw = self.text[start : self.at].replace("\\\n", "")
        return Token("word", raw, line, pieces, array)

    def _is_process(self) -> bool:
        return self.text.startswith(("<(", ">("), self.at)

    def _piece(self, pieces: list[Piece], *, quoted: bool = False) -> None:
        """Read the next piece of a word, *quoted* if it stands between double quotes."""
        character = self.text[self.at]
        if character == "\\":
            following = self.text[self.at + 1 : self.at + 2]
            self.at += 2
            if following != "\n":
                kept = following if not quoted or following in '$`"\\' else "\\" + following
                pieces.append(Piece("text", kept, quoted=True))
        elif character == "$":
            pieces.append(self._dollar(quoted=quoted))
        elif character == "`":
            pieces.append(Piece("unknown", self._until("`"), quoted))
        elif character == '"':
            self._double(pieces)
        elif character == "'" and not quoted:
            pieces.append(Piece("text", self._until("'"), quoted=True))
        elif character in "<>" and not quoted:
            self.at += 1
            pieces.append(Piece("unknown", self._nested("(", ")"), quoted=True))
        else:
            match = (_QUOTED if quoted else _LITERAL).match(self.text, self.at)
            text = match[0] if match else character
            self.at += len(text)
            pieces.append(Piece("text", text, quoted))

    def _until(self, quote: str) -> str:
        end = self.text.find(quote, self.at + 1)
        if end < 0:
            raise ShellSyntaxError(f"a {quote} is not closed")
        inside, self.at = self.text[self.at + 1 : end], end + 1
        return inside

    def _double(self, pieces: list[Piece]) -> None:
        self.at += 1
        if self.text.startswith('"', self.at):
            pieces.append(Piece("text", "", quoted=True))
        while not self.text.startswith('"', self.at):
            if self.at >= len(self.text):
                raise ShellSyntaxError('a " is not closed')
            self._piece(pieces, quoted=True)
        self.at += 1

    def _dollar(self, *, quoted: bool) -> Piece:
        expression = _EXPRESSION.match(self.text, self.at)
        if expression:
            self.at = expression.end()
            return Piece("unknown", expression[0], quoted)
        self.at += 1
        if self.text.startswith("'", self.at) and not quoted:
            return Piece("text", self._ansi(), quoted=True)
        if self.text.startswith('"', self.at) and not quoted:
            return Piece("text", "", quoted=True)
        for pattern, kind in _VARIABLES:
            match = pattern.match(self.text, self.at)
            if match:
                self.at = match.end()
                return Piece(kind, match[1], quoted)
        for opening, closing in ("()", "{}"):
            if self.text.startswith(opening, self.at):
                return Piece("unknown", self._nested(opening, closing), quoted)
        return Piece("text", "$", quoted)

    def _ansi(self) -> str:
        start = self.at + 1
        end = start
        while end < len(self.text) and self.text[end] != "'":
            end += 2 if self.text[end] == "\\" else 1
        if end >= len(self.text):
            raise ShellSyntaxError("a $' is not closed")
        self.at = end + 1
        return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), self.text[start:end])

    def _nested(self, opening: str, closing: str) -> str:
        """Pass over what stands between *opening* and its *closing*, quotes minded."""
        start, depth = self.at, 0
        while self.at < len(self.text):
            character = self.text[self.at]
            if character == "\\":
                self.at += 2
                continue
            if character == "'" and opening == "(":
                self._until("'")
                continue
            if character == '"':
                self._double([])
                continue
            depth += (character == opening) - (character == closing)
            self.at += 1
            if depth == 0:
                return self.text[start : self.at]
        raise ShellSyntaxError(f"a {opening} is not closed")

    def _array(self) -> list[Token]:
        self.at += 1
        words: list[Token] = []
        while not self.text.startswith(")", self.at):
            if self.at >= len(self.text):
                raise ShellSyntaxError("an array is not closed")
            if self.text[self.at] in " \t\r\n":
                self.at += 1
            elif self.text[self.at] == "#":
                self.at = self._line_end()
            else:
                words.append(self._word())
        self.at += 1
        return words
