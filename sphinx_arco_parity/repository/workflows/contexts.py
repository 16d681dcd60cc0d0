"""What expressions and scripts of a job may know: contexts, environments, its matrix.

Called by :mod:`.jobs` and :mod:`.steps`.  Source of the rules of the matrix: "Running variations
of jobs in a workflow" of GitHub's documentation.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.shell.commands import WORKSPACE
from sphinx_arco_parity.repository.workflows.expressions import (
    EXPRESSION,
    UNKNOWN,
    as_text,
    condition,
    evaluate,
    has_unknown,
    substitute,
)
from sphinx_arco_parity.repository.workflows.triggers import with_any_label
from sphinx_arco_parity.repository.workflows.yaml_nodes import Node

#: GitHub's own limit on the jobs of a matrix.
_LIMIT = 256

#: A combination of which nothing is known.
ANY: dict[str, Any] = {"*": UNKNOWN}


def combinations(job: Node, context: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the combinations of *job*'s matrix: name to value.

    A value that is not known is UNKNOWN; the key ``*`` says that there may be other
    names.  A job without a matrix has one empty combination.
    """
    strategy = job.get("strategy")
    matrix = strategy.get("matrix") if strategy else None
    if matrix is None:
        return [{} if strategy is None or isinstance(strategy.value, dict) else dict(ANY)]
    plain = resolved(matrix.plain(), context)
    if not isinstance(plain, dict):
        return [dict(ANY)]
    include, exclude = plain.pop("include", None), plain.pop("exclude", None)
    vectors = {key: value if isinstance(value, list) else [UNKNOWN] for key, value in plain.items()}
    if math.prod(map(len, vectors.values())) > _LIMIT:
        return [dict(ANY)]
    every = product(*vectors.values()) if vectors else ()
    found = _without([dict(zip(vectors, values, strict=True)) for values in every], exclude)
    return _with_included(found, include, set(vectors)) or [dict(ANY)]


def resolved(value: Any, context: Mapping[str, Any]) -> Any:
    """Return *value* with the expressions in its texts put in, or UNKNOWN for them."""
    if isinstance(value, dict):
        return {key: resolved(inner, context) for key, inner in value.items()}
    if isinstance(value, list):
        return [resolved(inner, context) for inner in value]
    if isinstance(value, str) and EXPRESSION.search(value):
        whole = EXPRESSION.fullmatch(value.strip())
        if whole:
            return evaluate(whole[1], context)
        text = substitute(value, context)
        return UNKNOWN if has_unknown(text) else text
    return value


def _without(found: list[dict[str, Any]], exclude: Any) -> list[dict[str, Any]]:
    """Take away what *exclude* surely names; what it may name stays."""
    if not isinstance(exclude, list):
        return found
    entries = [entry for entry in exclude if isinstance(entry, dict) and entry]

    def is_named(combination: dict[str, Any], entry: dict[str, Any]) -> bool:
        own = {key: combination.get(key, UNKNOWN) for key in entry}
        return own == entry and UNKNOWN not in own.values()

    return [each for each in found if not any(is_named(each, entry) for entry in entries)]


def _with_included(
    found: list[dict[str, Any]], include: Any, original: set[str]
) -> list[dict[str, Any]]:
    if include is None:
        return found
    if not isinstance(include, list):
        return [{**combination, "*": UNKNOWN} for combination in found] + [dict(ANY)]
    result = [dict(combination) for combination in found]
    for entry in include:
        if not isinstance(entry, dict):
            result.append(dict(ANY))
            continue
        fitting = [
            new
            for new, old in zip(result, found, strict=False)
            if all(old[key] == value for key, value in entry.items() if key in original)
        ]
        for combination in fitting:
            combination.update(entry)
        if not fitting:
            result.append(dict(entry))
    return result


_WRITTEN = re.compile(r"(?<!\w)[^\WA-Za-z_]*+([A-Za-z_]\w*+)(?:=|<<)")
#: A line that writes one variable for later steps, in any shell.
_WRITES = re.compile(
    r"""echo[ ]([\"']?)([A-Za-z_]\w*+)=([\w./:=@,+-]*(?:[ ][\w./:=@,+-]+)*)\1[ ]?>>[ ]?\"?\$(?:\{|env:)?GITHUB_ENV\b\}?\"?"""
)
_BRANCHES = re.compile(r"\b(?:if|for|foreach|while|case|exit|return|function)\b|\(\)|\|\||&&|\\\n")
#: What holds only once something else has failed the job.
_AFTER_FAILURE = re.compile(r"\b(?:failure|cancelled)\s*+\(\s*+\)")
#: A word in a runner's labels to its system.
_SYSTEMS = {"ubuntu": "Linux", "linux": "Linux", "windows": "Windows", "macos": "macOS"}
#: Roots that nobody knows before a run are simply absent.
_GITHUB: dict[str, Any] = {"workspace": WORKSPACE, "*": UNKNOWN}
_OPEN = re.compile(r"\b(?:vars|secrets|env|(?:steps|needs)\.[\w-]{1,100}\.outputs)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where a job, step or action is read: its file, contexts and environment."""

    repository: Repository
    path: str
    events: tuple[dict[str, Any], ...] | None
    """See :class:`.Triggers`."""
    contexts: dict[str, Any] = field(default_factory=dict)
    """``matrix``, ``inputs``, ``env``."""
    environment: dict[str, str | None] = field(default_factory=dict)
    """Variables of the scripts; ``None`` for a value that is not known."""
    depth: int = 0
    """How many workflows and actions call each other above."""
    base: str = ""
    """The folder, below the runner's workspace, into which the repository is put."""
    runs_on: str | None = None
    source: str = ""
    """The text of the workflow file."""

    def with_environment(self, node: Node | None) -> Scope:
        """Return the scope with the variables of an ``env`` mapping *node*."""
        if node is None:
            return self
        environment = dict(self.environment)
        for name, value in node.items():
            text = substitute(value.raw, self.context())
            environment[name] = None if has_unknown(text) else text
        return replace(self, environment=environment)

    def after(self, step: Node) -> Scope:
        """Return the scope of the steps behind *step*: what it writes is set for them."""
        script = step.get("run")
        if script is None or "GITHUB_ENV" not in script.raw:
            return self
        inner = self.with_environment(step.get("env"))
        holds = inner.holds(step.text("if"))
        if holds is False:
            return self
        written = written_variables(substitute(script.raw, inner.context()))
        known = written if holds else dict.fromkeys(written)
        return replace(self, environment={**self.environment, **known})

    def context(self) -> dict[str, Any]:
        """Return the contexts as expressions see them, whatever the event."""
        env = {name: UNKNOWN if v is None else v for name, v in self.environment.items()}
        return {"github": _GITHUB, **self.contexts, "env": {**env, "*": UNKNOWN}}

    def text(self, node: Node | None, key: str) -> str | None:
        """Return the text at *key* with the known values put in, or ``None``."""
        found = node.text(key) if node else None
        return None if found is None else substitute(found, self.context())

    def holds(self, text: str | None) -> bool | None:
        """Return whether an ``if`` holds, whatever the event."""
        return True if text is None else condition(text, self.context())

    def is_open(self, text: str | None) -> bool:
        """Tell whether an ``if`` turns on settings or outputs, which only a run knows."""
        return bool(text and _OPEN.search(text)) and self.holds(text) is None

    def never_for_pull_requests(self, text: str | None) -> bool:
        """Tell whether an ``if`` is plainly false in every run for a pull request.

        A queue that merges holds up what did not run before, unless that only wants a label.
        """
        if text is None or not self.events:
            return False
        text = _AFTER_FAILURE.sub("false", text)
        if all(self._is_false(text, event) for event in self.events):
            return True
        own = [event for event in self.events if "pull_request" in event["event"]]
        return bool(own) and all(
            self._is_false(text, event) and not self._is_false(text, with_any_label(event))
            for event in own
        )

    def _is_false(self, text: str, event: dict[str, Any]) -> bool:
        known = {"inputs": {}, **self.context(), "github": {**_GITHUB, **event}}
        return condition(text, known) is False

    def tolerated(self, node: Node) -> bool:
        """Tell whether ``continue-on-error`` of a job or step is plainly true."""
        found = node.get("continue-on-error")
        if found is None:
            return False
        if isinstance(found.value, bool):
            return found.value
        return resolved(found.raw, self.context()) in (True, "true")

    def locate(self, directory: str | None) -> str | None:
        """Return *directory*, below the workspace, as a folder of the repository."""
        if directory is None or not self.base:
            return directory
        if directory == self.base:
            return ""
        prefix = self.base + "/"
        return directory.removeprefix(prefix) if directory.startswith(prefix) else None


def written_variables(script: str) -> dict[str, str | None]:
    """Return the variables that *script* writes to ``GITHUB_ENV``, ``None`` for what it computes."""
    found: dict[str, str | None] = {}
    for line in (line.strip() for line in script.split("\n") if "GITHUB_ENV" in line):
        plain = None if _BRANCHES.search(script) else _WRITES.fullmatch(line)
        if plain and plain[2] not in found:
            found[plain[2]] = plain[3]
        else:
            found |= dict.fromkeys(_WRITTEN.findall(line) or _WRITTEN.findall(script))
    return found


def inputs_of(declared: Node | None, given: Node | None, caller: Scope | None) -> dict[str, Any]:
    """Return the inputs of a reusable workflow or action: name to value.

    *declared* is the mapping under ``inputs``, *given* the caller's ``with``.  Without a
    caller every value is unknown.
    """
    if caller is None:
        return {"*": UNKNOWN}
    found: dict[str, Any] = {}
    for name, node in declared.items() if declared else []:
        default = node.get("default")
        found[name] = None if default is None else resolved(default.plain(), caller.context())
    for name, node in given.items() if given else []:
        found[name] = resolved(node.plain(), caller.context())
    return found


def label_of(node: Node | None, scope: Scope) -> str | None:
    """Return the labels of ``runs-on`` in lower case, ``None`` if they are not known."""
    if node is None:
        return None
    value = resolved(node.plain(), scope.context())
    if isinstance(value, dict):
        value = value.get("labels", UNKNOWN)
    texts = [as_text(part) for part in (value if isinstance(value, list) else [value])]
    if None in texts:
        return None
    return " ".join(text or "" for text in texts).lower()


def system_of(labels: str | None) -> str | None:
    """Return what the runner's variable ``RUNNER_OS`` is, ``None`` if that is not known."""
    return next((system for word, system in _SYSTEMS.items() if word in (labels or "")), None)
