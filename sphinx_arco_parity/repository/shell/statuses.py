"""Whether a command's failure reaches the end of its script, and what its conditions say.

Called by :mod:`.interpreter`.  Answers are three-valued: ``True`` for a failure that is
plainly swallowed, ``False`` for one that fails the script, ``None`` if that depends.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fnmatch import fnmatchcase

from sphinx_arco_parity.repository.shell.commands import Word
from sphinx_arco_parity.repository.shell.state import expand
from sphinx_arco_parity.repository.shell.syntax import AndOr, Compound, Pipeline, Simple

_ALWAYS_FINE = frozenset({"true", ":", "echo", "printf", "/bin/true"})
#: Programs that hand on what they are given, and succeed.
_PASSES_ON = frozenset({"cat", "head", "tail", "sort", "ts", "nl", "sed"})
#: Programs that only answer a question.
_ASKING = frozenset({"[", "test", "grep", "command", "which", "type", "hash", "false"})
_LEAVING = frozenset({"exit", "return", "break", "continue"})
_ENDS = (["exit"], ["return"], ["false"])


def of_part(
    item: AndOr, index: int, parent: bool | None, *, last: bool, asked: bool
) -> bool | None:
    """Return what becomes of a failure of part *index* of *item*.

    *parent* is what becomes of a failure of *item* as a whole; *last* tells whether it
    ends the script, *asked* whether the script asks for a status somewhere.
    """
    if item.parts[index].negated:
        inner = replace(item, parts=[replace(part, negated=False) for part in item.parts])
        lost = of_part(inner, index, parent, last=last, asked=asked)
        gone = lost or (lost is False and item.operators[index : index + 1] != ["&&"])
        return True if gone else None
    for at in range(index, len(item.operators)):
        if item.operators[at] != "||":
            continue
        handlers = item.parts[at + 1 :]
        rest = item.operators[at + 1 :]
        if len(handlers) == 1 and not rest:
            return _handled(handlers[0].parts[0] if len(handlers[0].parts) == 1 else None, parent)
        return None
    if index == len(item.parts) - 1 or last:
        return parent
    if parent is False and not asked and all(_only_says(part) for part in item.parts[index + 1 :]):
        return True
    return None if parent is False else parent


def first_word(part: Simple | Compound | None) -> str | None:
    """Return the first word of a simple command, ``None`` if it is not plain or there is none."""
    return part.words[0].plain if isinstance(part, Simple) and part.words else None


def only_says(items: list[AndOr]) -> bool:
    """Tell whether *items* are plain commands that succeed and leave nothing behind."""
    return all(not i.operators and not i.background and _only_says(i.parts[0]) for i in items)


def _only_says(pipeline: Pipeline) -> bool:
    part = pipeline.parts[0]
    if not isinstance(part, Simple) or len(pipeline.parts) > 1 or pipeline.negated:
        return False
    return (
        not part.redirected
        and first_word(part) not in {"exit", "return"}
        and _is_fine(_words(part))
    )


def leaving(pipeline: Pipeline, *, failed: bool) -> set[str]:
    """Return the word by which *pipeline* leaves script, function or loop as successful, if so.

    *failed* tells whether it stands after ``||``.
    """
    part = pipeline.parts[0]
    words = _words(part) if isinstance(part, Simple) and len(pipeline.parts) == 1 else []
    if words[:1] == ["exec"]:  # alone it only redirects
        return {"exit"} if words[1:] else set()
    given = part.words[1].text if isinstance(part, Simple) and words[1:] else "$?"
    fine = words[:1] in (["break"], ["continue"]) or given == "0" or (given == "$?" and not failed)
    return {word for word in words[:1] if word in _LEAVING and fine}


def ends_script(item: AndOr) -> bool:
    """Tell whether nothing that follows *item* is run."""
    return first_word(_alone(item)) in {"exit", "return"}


def passes_on(part: Simple | Compound) -> bool:
    """Tell whether *part*, behind a pipe, hides what became of the command before it."""
    return first_word(part) in _PASSES_ON


def is_ignored(item: AndOr, following: list[AndOr]) -> bool:
    """Tell whether a failure of *item* is plainly lost in *following*, after ``set +e``.

    It is if only plain commands follow, the last one succeeds whatever happened, and none
    asks for a status.
    """
    simple = [_alone(part) for part in (item, *following)]
    if None in simple or not following:
        return False
    after = [_words(part) for part in simple[1:] if part is not None]
    texts = [t.text for part in simple[1:] if part is not None for t in part.words]
    if any("$?" in text or "PIPESTATUS" in text for text in texts):
        return False
    ends = {"exit", "return", "trap", "exec", "set", "source", ".", "false", None}
    others = [words for words in after if not _is_fine(words)]
    plain = all(not words or words[0] not in ends for words in others)
    return _is_fine(after[-1]) and (plain or all(words[:1] == ["set"] for words in others))


def _alone(item: AndOr) -> Simple | None:
    """Return the one simple command that *item* is."""
    if item.operators or item.background or len(item.parts) != 1:
        return None
    pipeline = item.parts[0]
    part = pipeline.parts[0]
    plain = len(pipeline.parts) == 1 and not pipeline.negated
    return part if plain and isinstance(part, Simple) else None


def _is_fine(words: list[str | None]) -> bool:
    first = words[0] if words else None
    return first in _ALWAYS_FINE or words in (["exit", "0"], ["return", "0"])


def _handled(handler: Simple | Compound | None, parent: bool | None) -> bool | None:
    """Return what becomes of a failure that *handler* follows after ``||``."""
    if isinstance(handler, Simple):
        return _by_simple(handler, parent)
    if isinstance(handler, Compound) and handler.kind in {"group", "subshell"}:
        parts = [pipeline for item in handler.body for pipeline in item.parts]
        plain = all(len(item.parts) == 1 for item in handler.body)
        simple = [p.parts[0] for p in parts if len(p.parts) == 1 and not p.negated]
        if not plain or not parts or len(simple) != len(parts):
            return None
        answers = [_by_simple(s, parent) if isinstance(s, Simple) else None for s in simple]
        last = simple[-1]
        ends = isinstance(last, Simple) and _words(last)[:1] in _ENDS
        return True if all(answer is True for answer in answers) else answers[-1] if ends else None
    return None


def _words(simple: Simple) -> list[str | None]:
    return [token.plain for token in simple.words]


def _by_simple(simple: Simple, parent: bool | None) -> bool | None:
    words = _words(simple)
    if not words or simple.redirected:
        return None
    if _is_fine(words):
        return True
    if words[0] == "false" or (
        words[0] in {"exit", "return"} and len(words) == 2 and (words[1] or "").isdigit()
    ):
        return parent
    return None


def tee_file(part: Simple | Compound) -> str | None:
    """Return the file of a plain ``tee``, which takes over a pipeline's status."""
    if not isinstance(part, Simple) or first_word(part) != "tee":
        return None
    files = [t.text.strip("'\"") for t in part.words[1:] if not t.text.startswith("-")]
    return files[0] if len(files) == 1 else None


def only_asks(item: AndOr, index: int) -> bool:
    """Tell whether part *index* of *item* runs only if a question before it is answered so."""
    for before, operator in zip(item.parts[:index], item.operators, strict=False):
        part = before.parts[0]
        asks = isinstance(part, Compound) and part.kind == "test"
        if asks or first_word(part) in _ASKING or before.negated or operator == "||":
            return True
    return False


def holds(condition: list[AndOr], variables: Mapping[str, tuple[Word, ...] | None]) -> bool | None:
    """Return whether *condition* of an ``if`` holds; ``None`` if only a run can tell."""
    if len(condition) != 1 or len(condition[0].parts) != 1 or len(condition[0].parts[0].parts) != 1:
        return None
    pipeline = condition[0].parts[0]
    part = pipeline.parts[0]
    tokens = part.values if isinstance(part, Compound) else part.words
    words = [
        word
        for token in tokens or []
        for word in (
            [Word(token.text, token.text)] if token.kind == "operator" else expand(token, variables)
        )
    ]
    double = isinstance(part, Compound)  # where a pattern is one
    if not all(word.known and (double or not word.glob or word.text in "[]") for word in words):
        return None
    texts = [word.text for word in words]
    patterns = frozenset(word.text for word in words if word.glob)
    if isinstance(part, Simple):
        found = _simple(texts)
    else:
        found = _asked(texts, patterns) if part.kind == "test" else None
    return found if found is None or not pipeline.negated else not found


def _simple(texts: list[str]) -> bool | None:
    if texts in (["true"], [":"], ["false"]):
        return texts != ["false"]
    if texts[:1] == ["["] and texts[-1] == "]":
        return _asked(texts[1:-1])
    return _asked(texts[1:]) if texts[:1] == ["test"] else None


def _asked(texts: list[str], patterns: frozenset[str] = frozenset()) -> bool | None:
    """Return what a test of plain words answers; *patterns* are those with wildcards."""
    for operator, decisive in (("||", True), ("&&", False)):
        if operator in texts and not {"(", ")"} & set(texts):
            at = texts.index(operator)
            answers = _asked(texts[:at], patterns), _asked(texts[at + 1 :], patterns)
            return decisive if decisive in answers else None if None in answers else not decisive
    if texts[:1] == ["!"]:
        found = _asked(texts[1:], patterns)
        return None if found is None else not found
    if len(texts) == 3 and texts[1] in {"=", "==", "!="}:
        if texts[2] in patterns and re.search(r"[\[\\]|[@?*+!]\(", texts[2]):
            return None
        same = fnmatchcase(texts[0], texts[2]) if texts[2] in patterns else texts[0] == texts[2]
        return same == (texts[1] != "!=")
    if len(texts) == 2 and texts[0] in {"-z", "-n"}:
        return (texts[1] == "") == (texts[0] == "-z")
    return None
