"""Whether a workflow runs for a pull request.

The reading is the one with fewest false alarms.  A workflow runs for a pull request if
it has one of the events ``pull_request``, ``pull_request_target`` and ``merge_group``, or
if it runs on ``push`` to branches other than plain trunk and release branches: such a
push is how a pull request from the same repository gets its commits.  It plainly does not
if all its events are of the kinds in :data:`NEVER`.  Everything else is not known.

Called by :mod:`.reader`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sphinx_arco_parity.repository.workflows.expressions import UNKNOWN, Partial
from sphinx_arco_parity.repository.workflows.yaml_nodes import Node
from sphinx_arco_parity.text.words import word_set

#: Events that no pull request causes.
NEVER = word_set("""
    schedule workflow_dispatch repository_dispatch release create delete fork gollum page_build
    public registry_package watch milestone issues label project project_card project_column
    branch_protection_rule discussion discussion_comment issue_comment commit_comment
    pull_request_review_comment
    """)

_PULL_REQUESTS = frozenset({"pull_request", "pull_request_target"})
#: Types of `pull_request` that come when someone does something else than open or push.
_LATER = word_set("""
    closed labeled unlabeled assigned unassigned locked unlocked milestoned demilestoned
    converted_to_draft review_request_removed auto_merge_disabled
    """)
#: What opening a pull request or pushing to it causes.
_ACTIONS = ("opened", "synchronize", "reopened")

_TRUNK = re.compile(
    r"(?:refs/heads/)?(?:main|master|trunk|default|develop|development|dev|next|edge"
    r"|production|prod|nightly|lts|gh-pages"
    r"|(?:releases?|rel|stable|hotfix|v|version|maint|maintenance)(?:[-/_.*\d].*)?"
    r"|\d.*|\[0-9\].*)"
)
_TRUNKS = ("refs/heads/main", "refs/heads/master", "main", "master")
#: What is known of the ref in a run that an event causes.
_REFS: dict[str, dict[str, Any]] = {
    "pull_request": {
        "ref": Partial("refs/pull/"), "ref_name": Partial("", "/merge"), "ref_type": "branch",
    },
    "merge_group": {
        "ref": Partial("refs/heads/gh-readonly-queue/"), "ref_name": Partial("gh-readonly-queue/"),
    },
    "push": {
        "ref": Partial("refs/heads/", never=_TRUNKS), "ref_name": Partial(never=_TRUNKS),
        "ref_type": "branch",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Triggers:
    """When a workflow runs, as far as pull requests are concerned."""

    events: tuple[dict[str, Any], ...] | None
    """What ``github`` is in each of the runs that a pull request causes; ``None`` if
    that is not known, empty if there are none."""
    reason: str = ""
    """Why there are none."""
    called: bool = False
    """Other workflows may call it."""
    filters: tuple[tuple[str, ...], ...] = ()
    """For each event of a pull request the globs of the paths that let it run the workflow;
    empty where all do."""


def read_triggers(on: Node | None) -> Triggers:
    """Return what the value of ``on`` says."""
    events = _events(on)
    if events is None:
        return Triggers(events=None)
    called = "workflow_call" in events
    causes = [name for name in events if _is_pull_request(name, events[name])]
    contexts = [context for name in causes for context in _contexts(name, events[name])]
    own = {name: node for name, node in events.items() if name != "workflow_call"}
    if contexts:
        filters = tuple(_filter(events[name]) for name in causes)
        return Triggers(events=tuple(contexts), called=called, filters=filters)
    states = [_never(name, node) for name, node in own.items()]
    if any(state is None for state in states):
        return Triggers(events=None, called=called)
    if "push" in own and not _only_trunk(own["push"]):
        filters = (_filter(own["push"]),)
        return Triggers(events=(_context("push"),), called=called, filters=filters)
    return Triggers(events=(), reason=_reason(own), called=called)


def _events(on: Node | None) -> dict[str, Node | None] | None:
    if on is None:
        return None
    if isinstance(on.value, str):
        return {on.value: None}
    if isinstance(on.value, list):
        return {str(node.value): None for node in on.value}
    if isinstance(on.value, dict):
        return dict(on.value)
    return None


def _is_pull_request(name: str, node: Node | None) -> bool:
    return name == "merge_group" or (name in _PULL_REQUESTS and not _only_later(node))


def _only_later(node: Node | None) -> bool:
    """Tell whether all types are such that neither opening nor pushing causes them."""
    types = _texts(node, "types")
    return bool(types) and set(types) <= _LATER


def _texts(node: Node | None, key: str) -> list[str]:
    found = node.get(key) if node else None
    if found is None:
        return []
    return [item.raw for item in found.list()] or ([found.raw] if found.raw else [])


def _filter(node: Node | None) -> tuple[str, ...]:
    """Return the globs of an event, none where one has signs that mean something else here."""
    ignored = _texts(node, "paths-ignore")
    globs = [
        *_texts(node, "paths"),
        *(["**", *(f"!{glob}" for glob in ignored)] if ignored else []),
    ]
    return () if any(sign in glob for glob in globs for sign in "?+[$") else tuple(globs)


def _never(name: str, node: Node | None) -> bool | None:
    """Return whether no pull request causes *name*; ``None`` if that is not known."""
    if name in NEVER:
        return True
    if name in _PULL_REQUESTS:
        return _only_later(node)
    if name == "push" and not _only_trunk(node):
        branches = _texts(node, "branches")
        wide = not branches or any(branch.startswith("*") for branch in branches)
        return False if wide else None
    return True if name == "push" else None


def _only_trunk(node: Node | None) -> bool:
    branches = [b for b in _texts(node, "branches") if not b.startswith("!")]
    if branches:
        return all(_TRUNK.fullmatch(branch.lower()) for branch in branches)
    return bool(_texts(node, "tags")) and not _texts(node, "branches-ignore")


def _reason(events: dict[str, Node | None]) -> str:
    names = ", ".join(_shown(*pair) for pair in events.items()) or "`workflow_call`"
    if "push" in events:
        branches = _texts(events["push"], "branches")
        limited = f" to {', '.join(f'`{b}`' for b in branches)}" if branches else " of tags"
        names = names.replace("`push`", f"`push`{limited}")
    return f"the workflow runs only on {names}"


def _shown(name: str, node: Node | None) -> str:
    types = _texts(node, "types") if name.startswith("pull_request") else []
    limited = f" ({', '.join(f'`{text}`' for text in types)})" if types else ""
    return f"`{name}`{limited}"


def _contexts(event: str, node: Node | None) -> list[dict[str, Any]]:
    """Return what is known of ``github`` in the runs that *event* causes.

    A pull request has no labels when it is opened: a run that needs one holds up none.
    """
    known = _context(event)
    if event == "merge_group":
        return [known]
    types = _texts(node, "types")
    actions = [action for action in _ACTIONS if not types or action in types]
    payload = {"labels": [], "*": UNKNOWN}
    event_of = {**known["event"], "pull_request": payload, "label": None}
    return [{**known, "event": {**event_of, "action": action}} for action in actions or [UNKNOWN]]


def with_any_label(event: dict[str, Any]) -> dict[str, Any]:
    """Return what is known of ``github`` in *event* if the pull request may have labels."""
    payload = {**event["event"], "label": UNKNOWN, "action": UNKNOWN}
    payload["pull_request"] = {**payload["pull_request"], "labels": UNKNOWN}
    return {**event, "event": payload}


def _context(event: str) -> dict[str, Any]:
    """Return what is known of ``github`` in a run that *event* causes."""
    return {
        "event_name": event,
        "event": {"inputs": None, "schedule": None, "*": UNKNOWN},
        "*": UNKNOWN,
        **_REFS.get(event, {}),
    }
