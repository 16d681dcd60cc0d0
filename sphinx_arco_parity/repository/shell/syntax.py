"""The tree of a shell script: lists, pipelines, simple and compound commands.

Called by :mod:`.interpreter`.  Tests, arithmetic and patterns are passed over: only what
may run, and under which condition, is kept.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from sphinx_arco_parity.repository.shell.lexer import ShellSyntaxError, Token, tokens_of

#: How deep compound commands may be nested.
_DEPTH = 60


@dataclass(slots=True)
class Simple:
    """Words, with assignments before them."""

    words: list[Token]
    line: int
    redirected: bool = False
    """Its output goes to a file."""


@dataclass(slots=True)
class Compound:
    """``if``, ``for``, ``while``, ``case``, ``{ }``, ``( )`` or a function."""

    kind: str
    body: list[AndOr]
    condition: list[AndOr] = field(default_factory=list)
    variable: str = ""
    """That a ``for`` sets; the name of a function."""
    values: list[Token] | None = None
    """The words of ``for … in``."""
    otherwise: list[AndOr] = field(default_factory=list)
    """What ``else`` or ``elif`` of an ``if`` has."""
    redirected: bool = False


@dataclass(slots=True)
class Pipeline:
    """Commands joined by ``|``."""

    parts: list[Simple | Compound]
    negated: bool = False


@dataclass(slots=True)
class AndOr:
    """Pipelines joined by ``&&`` and ``||``."""

    parts: list[Pipeline]
    operators: list[str]
    background: bool = False


def parse(text: str) -> list[AndOr]:
    """Return the commands of the script *text*.

    :raises ShellSyntaxError: if it is none that we can read.
    """
    parser = _Parser(tokens_of(text))
    found = parser.list_until(())
    if parser.token is not None:
        raise ShellSyntaxError(f"`{parser.token.text}` stands alone")
    return found


_CLOSERS = frozenset({"then", "elif", "else", "fi", "do", "done", "esac", "}"})


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    @property
    def token(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _operator(self, *texts: str) -> bool:
        token = self.token
        return token is not None and token.kind == "operator" and token.text in texts

    def _reserved(self, words: Collection[str]) -> bool:
        token = self.token
        return token is not None and token.plain in words

    def _skip(self, *texts: str) -> None:
        while self._operator(*texts):
            self.at += 1

    def _expect(self, word: str) -> None:
        if not self._reserved((word,)):
            raise ShellSyntaxError(f"`{word}` is missing")
        self.at += 1

    # --- lists ---------------------------------------------------------------------

    def list_until(self, closers: Collection[str]) -> list[AndOr]:
        """Read commands up to a word or operator of *closers*, which stays."""
        found: list[AndOr] = []
        while self.token is not None:
            if self._operator("\n", ";", "&"):
                self.at += 1
            elif (
                self._reserved(closers)
                or self._operator(*closers)
                or self._reserved(_CLOSERS)
                or self._operator(")", ";;", ";&", ";;&")
            ):
                break
            else:
                found.append(self._and_or())
        return found

    def _and_or(self) -> AndOr:
        result = AndOr([self._pipeline()], [])
        while self._operator("&&", "||"):
            result.operators.append(self.tokens[self.at].text)
            self.at += 1
            self._skip("\n")
            result.parts.append(self._pipeline())
        result.background = self._operator("&")
        return result

    def _pipeline(self) -> Pipeline:
        negated = False
        while self._reserved(("!",)):
            negated = not negated
            self.at += 1
        parts = [self._command()]
        while self._operator("|", "|&"):
            self.at += 1
            self._skip("\n")
            parts.append(self._command())
        return Pipeline(parts, negated)

    def _body(self, closer: str) -> list[AndOr]:
        """Read commands up to the word *closer*, and it."""
        body = self.list_until((closer,))
        self._expect(closer)
        return body

    # --- commands ------------------------------------------------------------------

    def _command(self) -> Simple | Compound:
        self.depth += 1
        if self.depth > _DEPTH:
            raise ShellSyntaxError("commands are nested too deeply")
        found = self._one()
        self.depth -= 1
        if isinstance(found, Compound):
            while self._operator(">"):
                found.redirected = True
                self.at += 1
        return found

    def _one(self) -> Simple | Compound:
        token = self.token
        if token is None:
            raise ShellSyntaxError("a command is missing")
        reader = {
            "if": self._if, "while": self._while, "until": self._while, "for": self._for,
            "select": self._for, "case": self._case, "{": lambda: Compound("group", self._body("}")), "[[": self._test,
            "function": self._function,
        }.get(token.plain or "")  # fmt: skip
        if reader:
            self.at += 1
            return reader()
        if self._operator("("):
            return self._subshell()
        return self._simple()

    def _simple(self) -> Simple | Compound:
        first = self.tokens[self.at]
        simple = Simple([], first.line)
        while self.token is not None:
            if self._operator(">"):
                simple.redirected = True
            elif self.token.kind == "operator":
                break
            else:
                simple.words.append(self.token)
            self.at += 1
        if self._operator("(") and len(simple.words) == 1:
            return self._function_body(simple.words[0])
        if not simple.words and not simple.redirected:
            raise ShellSyntaxError(f"`{first.text}` begins no command")
        return simple

    def _function(self) -> Compound:
        name = self.token
        self.at += 1
        return self._function_body(name)

    def _function_body(self, name: Token | None) -> Compound:
        self._skip("(", ")", "\n")
        body = self._command()
        called = name.text if name else ""
        return Compound("function", [AndOr([Pipeline([body])], [])], variable=called)

    def _subshell(self) -> Compound:
        self.at += 1
        body = self.list_until((")",))
        if not self._operator(")"):
            raise ShellSyntaxError("`)` is missing")
        self.at += 1
        return Compound("subshell", body)

    def _test(self) -> Compound:
        words: list[Token] = []
        while self.token is not None and self.token.plain != "]]":
            words.append(self.token)
            self.at += 1
        self._expect("]]")
        return Compound("test", [], values=words)

    def _if(self) -> Compound:
        condition = self._body("then")
        body = self.list_until(("elif", "else", "fi"))
        if self._reserved(("elif",)):
            self.at += 1
            inner = AndOr([Pipeline([self._if()])], [])
            return Compound("if", body, condition, otherwise=[inner])
        otherwise: list[AndOr] = []
        if self._reserved(("else",)):
            self.at += 1
            otherwise = self.list_until(("fi",))
        self._expect("fi")
        return Compound("if", body, condition, otherwise=otherwise)

    def _while(self) -> Compound:
        condition = self._body("do")
        return Compound("while", self._body("done"), condition)

    def _for(self) -> Compound:
        variable = self.tokens[self.at].plain or "" if self.token else ""
        values: list[Token] | None = None
        self.at += 1
        self._skip("\n")
        if self._reserved(("in",)):
            self.at += 1
            values = []
            while self.token is not None and self.token.kind == "word":
                values.append(self.token)
                self.at += 1
        while self.token is not None and not self._reserved(("do",)):
            self.at += 1
        self._expect("do")
        return Compound("for", self._body("done"), variable=variable, values=values)

    def _case(self) -> Compound:
        self.at += 1
        self._skip("\n")
        self._expect("in")
        body: list[AndOr] = []
        while self.token is not None and not self._reserved(("esac",)):
            if self._operator("\n", ";;", ";&", ";;&", "("):
                self.at += 1
                continue
            while self.token is not None and not self._operator(")"):
                self.at += 1
            self.at += 1
            branch = Compound("group", self.list_until((";;", ";&", ";;&", "esac")))
            body.append(AndOr([Pipeline([branch])], []))
        self._expect("esac")
        return Compound("case", body)
