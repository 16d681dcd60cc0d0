"""Jobs and commands among the words and literals beside a workflow.

Called by :mod:`.ci_cells`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from sphinx_arco_parity.notation.prose import bare, is_connective, is_negated
from sphinx_arco_parity.notation.symbols import begins_command, is_command, is_job_name, is_title
from sphinx_arco_parity.notation.tokens import Kind, Token

Runs = tuple[tuple[str | None, str | None], ...]

_JOB = frozenset({"job", "jobs"})
_STEP = frozenset({"step", "steps", "named", "titled", "called"})
_COMMAND = frozenset({"command", "commands", "run", "runs", "running", "executes", "executing"})
_OTHER = frozenset(
    {"workflow", "branch", "branches", "event", "events", "trigger", "triggers", "matrix"}
    | {"target", "targets", "on", "feature", "features", "needs", "env", "environment"}
    | {"input", "inputs", "runner", "image", "service", "action", "uses"}
)
_ARROWS = frozenset({":", "→", "->", "=>", "⇒", "—", "–", "-", "=", ">", "›", "»"})
_STOPS = frozenset({Kind.SEPARATOR, Kind.OPEN, Kind.CLOSE})
_MOST = 64
_WINDOW = 12


@dataclass(slots=True)
class _Literal:
    """A literal with the tokens between it and its neighbours."""

    text: str
    before: Sequence[Token]
    after: Sequence[Token]
    is_last: bool

    def word_before(self, taken: Token | None) -> str:
        """Return the word before, unless it is *taken* by the literal before that."""
        words = [t for t in self.before if t.kind is Kind.WORD and bare(t.text)]
        return bare(words[-1].text) if words and words[-1] is not taken else ""

    def word_after(self) -> Token | None:
        """Return the word that follows, unless it introduces the next literal."""
        words = [t for t in self.after if t.kind is Kind.WORD and bare(t.text)]
        if not words or self.after[0].kind in _STOPS:
            return None
        introduces = words[0] is self.after[-1] and not self.is_last
        is_label = words[0].text.endswith(":") and bare(words[0].text) not in _COMMAND
        return None if introduces and not is_label else words[0]

    def leads(self) -> bool:
        """Tell whether a colon or an arrow stands between this and the next one."""
        if self.is_last:
            return False
        return any(
            t.text in _ARROWS or t.text.endswith(":") or bare(t.text) in _COMMAND
            for t in takewhile(lambda t: t.kind not in _STOPS, self.after)
        )


def _literals(tokens: Sequence[Token]) -> list[_Literal]:
    places = [index for index, token in enumerate(tokens) if token.kind is Kind.CODE]
    bounds = [-1, *places, len(tokens)]
    found = []
    for (left, place), (_, right) in zip(pairwise(bounds[:-1]), pairwise(bounds[1:]), strict=True):
        before = tokens[max(left + 1, place - _WINDOW) : place]
        after = tokens[place + 1 : min(right, place + 1 + _WINDOW)]
        found.append(_Literal(tokens[place].text, before, after, is_last=right == len(tokens)))
    return found


def read_runs(tokens: Sequence[Token]) -> Runs:
    """Return the pairs of job and command that *tokens* name, in their order."""
    reading = _Reading()
    for literal in _literals(list(_quoted(tokens))):
        reading.take(literal)
    return reading.result()


class _Reading:
    """Jobs and commands as they come: a command belongs to the jobs before it."""

    def __init__(self) -> None:
        self.runs: list[tuple[str | None, str | None]] = []
        self.jobs: list[str] = []
        self.used = True
        """Commands of the jobs were seen."""
        self.last_role = ""
        self.taken: Token | None = None
        """The word after the last literal, which speaks of that one."""
        self.scoped = False
        """A colon after the jobs says that commands follow."""
        self.denied = False

    def take(self, literal: _Literal) -> None:
        if not is_connective(literal.before):
            stops = [i for i, token in enumerate(literal.before) if token.kind in _STOPS]
            self.denied = is_negated(literal.before[stops[-1] + 1 if stops else 0 :])
        role = "" if self.denied or _is_denied_after(literal) else self._role(literal)
        if role == "job":
            if self.last_role != "job":
                self._close()
                self.jobs, self.used = [], False
            self.jobs.append(literal.text)
            self.scoped = literal.leads()
        elif role == "command" and len(self.runs) < _MOST:
            self.used = True
            jobs: Sequence[str | None] = self.jobs or (None,)
            self.runs += [(job, literal.text) for job in jobs]
        self.last_role = role

    def _role(self, literal: _Literal) -> str:
        before, following = literal.word_before(self.taken), literal.word_after()
        self.taken = following
        after = bare(following.text) if following is not None else ""
        known = is_command(literal.text)
        if before in _JOB or (after in _JOB and not known):
            return "job"
        # One more job: ``jobs `a` and `b```.
        listed = self.last_role == "job" and not self.scoped and literal.before and not known
        if listed and is_connective(literal.before) and is_job_name(literal.text):
            return "job"
        if before in _STEP or after in _STEP:
            return "command" if known else "step"
        if before in _COMMAND:
            return "command"
        if before in _OTHER:
            return ""
        return self._by_shape(literal, known=known)

    def _by_shape(self, literal: _Literal, *, known: bool) -> str:
        if known:
            return "command"
        if literal.leads() and is_job_name(literal.text):
            return "job"
        # Only a colon or a connective stands before it.
        goes_on = bool(literal.before) and all(
            t.kind is Kind.SEPARATOR or t.text in _ARROWS or is_connective([t])
            for t in literal.before
        )
        if self.scoped and self.last_role in {"job", "command"} and goes_on:
            return "" if is_title(literal.text) else "command"
        return ""

    def _close(self) -> None:
        """Keep jobs of which no command was named."""
        if self.used or len(self.runs) >= _MOST:
            return
        if self.runs and all(job is None for job, _ in self.runs):
            # `command` in job `name`: the job came last.
            self.runs = [(job, command) for job in self.jobs for _, command in self.runs]
        else:
            self.runs += [(job, None) for job in self.jobs]
        self.used = True

    def result(self) -> Runs:
        self._close()
        return tuple(dict.fromkeys(self.runs[:_MOST]))


def _is_denied_after(literal: _Literal) -> bool:
    after = literal.after
    stop = next((i for i, t in enumerate(after) if t.kind in _STOPS), None)
    if stop is None:
        return literal.is_last and is_negated(after)
    return is_negated(after[:stop])


def _quoted(tokens: Sequence[Token]) -> Iterator[Token]:
    """Return *tokens* with a job's name and a command without back-ticks as literals."""
    index = 0
    previous = ""
    while index < len(tokens):
        token = tokens[index]
        following = tokens[index : index + 200] if _may_begin(previous, token) else ()
        words = list(takewhile(_is_of_command, following))
        if words:
            text = " ".join(word.text for word in words)
            yield replace(token, kind=Kind.CODE, text=text, end=words[-1].end)
            index += len(words)
            previous = ""
            continue
        yield from _job_name(token, previous)
        previous = token.text if token.kind is Kind.WORD else ""
        index += 1


def _job_name(token: Token, previous: str) -> Iterator[Token]:
    """Split ``test:`` after the word "job" into a literal and its colon."""
    name = token.text.rstrip(":")
    is_named = token.kind is Kind.WORD and is_job_name(name) and name not in _COMMAND
    plain = previous.lower() in _JOB and (token.text.endswith(":") or "-" in name or "_" in name)
    if is_named and (plain or previous.lower() in {"job:", "job="}):
        yield replace(token, kind=Kind.CODE, text=name)
        if token.text.endswith(":"):
            yield replace(token, text=":", start=token.end)
    else:
        yield token


def _may_begin(previous: str, token: Token) -> bool:
    if token.kind is not Kind.WORD or not begins_command(token.text):
        return False
    return previous.endswith((":", "→", "->", "=>", "+", "`")) or previous == "runs"


def _is_of_command(token: Token) -> bool:
    return token.kind is Kind.WORD and token.text not in {"+", "→", "->"}
