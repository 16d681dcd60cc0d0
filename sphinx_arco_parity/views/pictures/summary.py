"""The pictures of ``parity-summary``: statuses, evidence, types and milestones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinx_arco_parity.assessment.assess import Assessment
from sphinx_arco_parity.assessment.proofs import Proofs
from sphinx_arco_parity.model.records import EVIDENCE_KINDS, Declaration, ParityException
from sphinx_arco_parity.review.history import History
from sphinx_arco_parity.review.triggers import TriggerKind, parse_trigger
from sphinx_arco_parity.settings.options import Settings
from sphinx_arco_parity.text.words import plain
from sphinx_arco_parity.views.pictures.bars import BarLine, Bars, bars_picture, percent
from sphinx_arco_parity.views.pictures.drawing import (
    STATUS_SHADES,
    UNKNOWN_STATUS,
    VERDICT_SHADES,
    Shade,
    numbered_shades,
)

if TYPE_CHECKING:
    from sphinx_arco_parity.views.pictures.drawing import Picture

    Say = Callable[[str], str]
    Shows = Callable[[Declaration], bool]


#: As many dates are drawn of a history; more are not read.
_REVISIONS = 8


def summary_pictures(
    assessment: Assessment,
    *,
    prefix: str,
    shows: Shows = lambda _declared: True,
    history: History | None = None,
    say: Say = str,
) -> tuple[Picture, ...]:
    """Return the pictures that have something to show.

    :param prefix: what all ids begin with; different for each directive of a page.
    :param shows: tells which declarations count.
    :param say: translates words.
    """
    makers = (statuses, evidence, types, milestones)
    made = [make(assessment, shows, say) for make in makers]
    made.insert(1, trend(assessment, shows, say, history or History()))
    return tuple(
        bars_picture(replace(bars, total_header=say("All")), prefix=prefix, say=say)
        for bars in made
        if bars.lines
    )


def statuses(assessment: Assessment, shows: Shows, say: Say) -> Bars:
    """Return the rows of each section by status, in the order of the sections."""
    register = assessment.register
    rows = [row for row in register.rows if shows(row)]
    pairs = [(plain(row.section) or say("no section"), register.status(row)) for row in rows]
    shades = [*STATUS_SHADES.values()]
    if any(status is None for _, status in pairs):
        shades.append(UNKNOWN_STATUS)
    disputes = Proofs(assessment).is_disputed
    disputed = sum(map(disputes, rows))
    done = sum(register.status(row) == "Implemented" and not disputes(row) for row in rows)
    told = say("{done} of {count} rows ({share}) are implemented and undisputed.")
    if disputed:
        told += " " + say("{disputed} are disputed.")
    return Bars(
        name="statuses",
        title=say("Rows by section and status"),
        description=told.format(
            done=done, count=len(rows), share=percent(done, len(rows)), disputed=disputed
        ),
        first_header=say("Section"),
        share_header=f"{say('Implemented')} %",
        shades=_said(shades, say),
        lines=_lines(pairs, [*STATUS_SHADES, None][: len(shades)]),
    )


def trend(assessment: Assessment, shows: Shows, say: Say, history: History) -> Bars:
    """Return the rows by status at some revisions of *history*, the first and the last too."""
    hidden = {row.id for row in assessment.register.rows if not shows(row)}
    rows = [steps for key, steps in history.rows.items() if key not in hidden]
    dates = sorted({step.date for steps in rows for step in steps})
    chosen = {dates[len(dates[1:]) * n // (_REVISIONS - 1)] for n in range(_REVISIONS) if dates}
    lines = []
    for date in sorted(chosen):
        last = [[step.status for step in steps if step.date <= date][-1:] for steps in rows]
        counts = Counter(status for [status] in filter(None, last) if status in STATUS_SHADES)
        lines.append(BarLine(date, tuple(counts[status] for status in STATUS_SHADES)))
    shares = [percent(line.counts[0], line.total) for line in lines] or [""]
    told = (
        say("{then} of the rows were implemented on {first}, {now} on {last}.").format(
            then=shares[0], first=dates[0], now=shares[-1], last=dates[-1]
        )
        if dates
        else ""
    )
    return Bars(
        name="trend",
        title=say("Rows by status over time"),
        description=told,
        first_header=say("Date"),
        share_header=f"{say('Implemented')} %",
        summed=False,
        shades=_said(STATUS_SHADES.values(), say),
        lines=tuple(lines) if lines[1:] else (),
    )


def evidence(assessment: Assessment, shows: Shows, say: Say) -> Bars:
    """Return the pieces of evidence of each kind: verified, wrong, unknown."""
    register, proofs = assessment.register, Proofs(assessment)
    words = dict(zip(EVIDENCE_KINDS, ("ADRs", "Code", "Tests", "CI"), strict=True))
    pairs = [
        (say(words[proven.kind]), verdict.name if verdict.name in VERDICT_SHADES else "wrong")
        for declared in (*register.exceptions, *register.rows)
        if shows(declared)
        for proven, verdict in proofs.of(declared)
    ]
    pairs.sort(key=lambda pair: [say(word) for word in words.values()].index(pair[0]))
    verified = sum(verdict == "verified" for _, verdict in pairs)
    return Bars(
        name="evidence",
        title=say("Verified evidence"),
        description=say("{verified} of {count} pieces of evidence ({share}) are verified.").format(
            verified=verified, count=len(pairs), share=percent(verified, len(pairs))
        ),
        first_header=say("Kind"),
        share_header=f"{say('verified')} %",
        shades=_said(VERDICT_SHADES.values(), say),
        lines=_lines(pairs, list(VERDICT_SHADES)),
    )


def types(assessment: Assessment, shows: Shows, say: Say) -> Bars:
    """Return how many exceptions there are of each type."""
    settings = assessment.register.settings
    exceptions = [exception for exception in assessment.register.exceptions if shows(exception)]
    counted = Counter(dict.fromkeys(settings.exception_types, 0))
    counted.update(_type(exception, settings, say) for exception in exceptions)
    return Bars(
        name="types",
        title=say("Exceptions by type"),
        description=say("{count} exceptions are declared.").format(count=len(exceptions)),
        first_header=say("Type"),
        share_header=say("Share"),
        of_all=True,
        shades=(Shade(say("Exceptions"), "hatch"),),
        lines=tuple(BarLine(word, (count,)) for word, count in counted.items())
        if exceptions
        else (),
    )


def milestones(assessment: Assessment, shows: Shows, say: Say) -> Bars:
    """Return which exceptions come due when: at a milestone, on an event, never."""
    settings = assessment.register.settings
    exceptions = [exception for exception in assessment.register.exceptions if shows(exception)]
    pairs = [(_due(each, settings, say), _type(each, settings, say)) for each in exceptions]
    kinds = dict.fromkeys([*settings.exception_types, *(kind for _, kind in pairs)])
    order = [_milestone(name, settings, say) for name in settings.milestones]
    # Milestones that are not configured stand between those that are and the events.
    last = (say("on a date"), say("on an event"), say("no trigger"))
    pairs.sort(key=lambda pair: _rank(pair[0], order, last))
    return Bars(
        name="milestones",
        title=say("Exceptions by revisit trigger"),
        description=_coming(pairs, order, settings, say),
        first_header=say("Due"),
        share_header=say("Share"),
        of_all=True,
        shades=numbered_shades(tuple(kinds)),
        lines=_lines(pairs, list(kinds)),
    )


def _rank(due: str, order: list[str], last: tuple[str, ...]) -> tuple[int, int, str]:
    if due in order:
        return 0, order.index(due), ""
    if due in last:
        return 2, last.index(due), ""
    return 1, 0, due


def _coming(pairs: list[tuple[str, str]], order: list[str], settings: Settings, say: Say) -> str:
    at = sum(due in order for due, _ in pairs)
    text = say("{at} of {count} exceptions come due at a milestone.").format(
        at=at, count=len(pairs)
    )
    if settings.milestone:
        text += " " + say("{milestone} is reached.").format(milestone=settings.milestone)
    return text


def _due(exception: ParityException, settings: Settings, say: Say) -> str:
    """Return the milestone at which *exception* comes due next, or what else it waits for."""
    trigger = parse_trigger(exception.revisit, settings.milestones)
    if trigger.milestones:
        named = sorted(trigger.milestones, key=list(settings.milestones).index)
        ahead = (name for name in named if not _is_reached(name, settings))
        return _milestone(next(ahead, named[-1]), settings, say)
    if trigger.unknown:
        return trigger.unknown[0]
    words = {TriggerKind.DATE: say("on a date"), TriggerKind.NONE: say("no trigger")}
    return words.get(trigger.kind, say("on an event"))


def _is_reached(name: str, settings: Settings) -> bool:
    order = list(settings.milestones)
    return settings.milestone in order and order.index(name) <= order.index(settings.milestone)


def _milestone(name: str, settings: Settings, say: Say) -> str:
    if _is_reached(name, settings):
        return say("{milestone} (reached)").format(milestone=name)
    return name


def _type(exception: ParityException, settings: Settings, say: Say) -> str:
    return settings.exception_type(exception.type) or plain(exception.type) or say("no type")


def _said(shades: Iterable[Shade], say: Say) -> tuple[Shade, ...]:
    return tuple(replace(shade, word=say(shade.word)) for shade in shades)


def _lines(
    pairs: Iterable[tuple[str, Hashable]], series: list[str | None] | list[str]
) -> tuple[BarLine, ...]:
    """Count *pairs* of label and series, by labels in the order of their first."""
    counts = defaultdict[str, Counter[Hashable]](Counter)
    for name, key in pairs:
        counts[name][key] += 1
    return tuple(
        BarLine(name, tuple(seen[shade] for shade in series)) for name, seen in counts.items()
    )
