"""What a condition of a script says, where its words are known.

Called by :mod:`.interpreter`.
"""

from __future__ import annotations

from collections.abc import Mapping

from sphinx_arco_parity.repository.shell.commands import Word
from sphinx_arco_parity.repository.shell.expansion import expand
from sphinx_arco_parity.repository.shell.syntax import AndOr, Compound, Simple

#: Programs that only answer a question.
_ASKING = frozenset({"[", "test", "grep", "command", "which", "type", "hash", "false"})

Variables = Mapping[str, tuple[Word, ...] | None]


def only_asks(item: AndOr, index: int) -> bool:
    """Tell whether part *index* of *item* runs only if a question before it is answered so."""
    for before, operator in zip(item.parts[:index], item.operators, strict=False):
        part = before.parts[0]
        asks = isinstance(part, Compound) and part.kind == "test"
        if isinstance(part, Simple) and part.words:
            asks = part.words[0].plain in _ASKING
        if asks or before.negated or operator == "||":
            return True
    return False


def holds(condition: list[AndOr], variables: Variables) -> bool | None:
    """Return whether *condition* of an ``if`` holds; ``None`` if only a run can tell."""
    if len(condition) != 1 or len(condition[0].parts) != 1 or len(condition[0].parts[0].parts) != 1:
        return None
    pipeline = condition[0].parts[0]
    part = pipeline.parts[0]
    tokens = part.values if isinstance(part, Compound) else part.words
    words = [word for token in tokens or [] for word in expand(token, variables)]
    if not all(word.known and (not word.glob or word.text in {"[", "]"}) for word in words):
        return None
    texts = [word.text for word in words]
    if isinstance(part, Simple):
        found = _simple(texts)
    else:
        found = _asked(texts) if part.kind == "test" else None
    return found if found is None or not pipeline.negated else not found


def _simple(texts: list[str]) -> bool | None:
    if texts in (["true"], [":"], ["false"]):
        return texts != ["false"]
    if texts[:1] == ["["] and texts[-1] == "]":
        return _asked(texts[1:-1])
    return _asked(texts[1:]) if texts[:1] == ["test"] else None


def _asked(texts: list[str]) -> bool | None:
    """Return what a test of plain words answers."""
    if texts[:1] == ["!"]:
        found = _asked(texts[1:])
        return None if found is None else not found
    if len(texts) == 3 and texts[1] in {"=", "==", "!="}:
        return (texts[0] == texts[2]) == (texts[1] != "!=")
    if len(texts) == 2 and texts[0] in {"-z", "-n"}:
        return (texts[1] == "") == (texts[0] == "-z")
    return None
