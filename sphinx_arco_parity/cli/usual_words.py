"""Labels of statuses that mean the same wherever they are used, and a page's own legend.

Used where nobody has configured anything: by ``check`` without configuration, and by
``init``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from sphinx_arco_parity.model.records import STATUSES
from sphinx_arco_parity.settings.options import signs_around, status_part
from sphinx_arco_parity.text.blocks import Outline, Paragraph, Table
from sphinx_arco_parity.text.words import header_key, is_empty, label_key, plain

#: Each status to its usual words, and the signs that are used for it.
_USUAL = {
    "Implemented": "implemented|done|complete|completed|full|fully|supported|yes|available|shipped"
    "|pass|passed|passing|aligned|at parity|built|closed|compatible|compliant|confirmed"
    "|conformant|covered|delivered|enabled|equivalent|exact|exact match|excellent"
    "|feature complete|fixed|full parity|good|green|identical|in use|included|landed|live|match|matched"
    "|matches|matching|merged|met|ok|parity|ported|present|ready|released|resolved|same"
    "|satisfied|stable|tested|validated|verified|working|works"
    "|✅|✔|✓|☑|🟢|🟩|[x]|完成|已完成|已实现|支持|已支持|対応|対応済み|実装済み|완료|구현|지원|реализовано|готово"
    "|поддерживается|fertig|umgesetzt|unterstützt|terminé|implémenté|implementado|completado|concluído",
    "Partial": "partial|partially|in progress|wip|limited|mostly|basic|beta|degraded|experimental"
    "|in development|incomplete|minimal|ongoing|preview|started|under development|underway|🚧|🟡|🟠|🟨|🟧|🔶|🔄|⚠|◐|~|部分|部分完成|部分支持|进行中|一部対応|部分対応|부분|진행중|частично"
    "|в работе|teilweise|partiel|parcial",
    "Designed": "designed|draft|specified",
    "Planned": "planned|todo|to do|not started|pending|missing|no|unsupported|not supported"
    "|not implemented|absent|backlog|blocked|deferred|fail|failed|failing|future|gap|not available"
    "|not built|not covered|not done|not met|not ported|not present|not working|open|unavailable"
    "|unimplemented|unmet"
    "|❌|✗|✘|🔴|🟥|⬜|☐|⏳|[ ]"
    "|未完成|未实现|未支持|不支持|计划中|待开始|未対応|未実装|미구현|미지원|예정|не реализовано|запланировано"
    "|geplant|fehlt|prévu|planificado|pendiente|planejado|pendente",
    "Exception": "exception|out of scope|won't do|wontfix|not applicable|n/a|excluded|divergent"
    "|by design|declined|different by design|differs|diverges|dropped|intentional|non goal"
    "|not planned|omitted|rejected|will not implement|won't fix|won't implement|🚫|不适用|対象外",
}
#: A difference that somebody has decided.
_DECIDED = re.compile(
    r"(?:accepted|declared|deliberate|documented|intended|intentional|permanent|supported)(?:ly)? "
    r"(?:absen|deviat|differ|diverg|drift|exception|exclu|non parity|omi|remov|unsupported)[a-z]*"
)
#: Signs as GitHub lets one write them.
_SHORT = {
    "✅": "white_check_mark",
    "✔": "heavy_check_mark",
    "☑": "ballot_box_with_check",
    "🟢": "green_circle",
    "🚧": "construction",
    "🟡": "yellow_circle",
    "🟠": "orange_circle",
    "⚠": "warning",
    "❌": "x",
    "🔴": "red_circle",
    "⬜": "white_large_square",
    "🚫": "no_entry_sign",
}
_SIGNS = re.compile(r"\[[ x]\](?=\s|$)|~(?=\s|$)|:[a-z_]{1,40}:|[^\w\s(){}<>*.,;/|&+~-]")
_FULLY = ("full", "fully", "completely")
_PARTLY = ("partial", "partially", "partly", "mostly", "limited")
_DOING = ("support", "implementation")
_FILLING = ("the", "is", "it", "feature", "has", "been")
_SHARE = re.compile(r"[~≈]?\s?([0-9]{1,3}(?:\.[0-9]{1,9})?)\s?%")
#: Where the part of a meaning ends that is a status.
_QUALIFIED = re.compile(r"[(\[（:：;；,，.]|\s[-–—]+\s")
#: A label and its meaning.
_PAIR = re.compile(
    r"^\W{0,2}?(?P<label>[^\s=:→|].{0,30}?)"
    r"(?:[ \t]{1,9}[–—-]{1,3}[ \t]{1,9}|[ \t]{0,9}(?:[-=]>|[=→]|[:：](?=[ \t]))[ \t]{0,9})"
    r"(?P<meaning>\S.{0,200})$"
)
#: Between pairs that share a line.
_BETWEEN = re.compile(r"[,;·•|、，；]|[ \t]/[ \t]|[ \t]{3,9}")
_HEAD = re.compile(
    r"\b(?:status|state|symbol|icon|mark|marker|sign|label|legend|emoji|key|code|value|level)\b"
)


_ALL = {word: status for status, words in _USUAL.items() for word in words.split("|")}
#: The five statuses and the usual words to what they mean.
_WORDS = {label_key(status): status for status in STATUSES}
_WORDS |= {word: status for word, status in _ALL.items() if word[0].isalpha()}
#: The usual signs, as themselves and as GitHub spells them, to what they mean.
_BY_SIGN = {sign: status for sign, status in _ALL.items() if not sign[0].isalpha()}
_BY_SIGN |= {f":{name}:": _BY_SIGN[sign] for sign, name in _SHORT.items()}


def usual_meaning(label: str) -> str | None:
    """Return the status that *label* as a whole usually means, or ``None``."""
    bare = plain(label).replace("\ufe0f", "").strip()
    sign = _BY_SIGN.get(bare.casefold())
    if sign:
        return sign
    share = share_of(bare)
    if share is not None:
        return {0.0: "Planned", 100.0: "Implemented"}.get(share, "Partial")
    key = label_key(bare).removeprefix("[x] ").removeprefix("[ ] ")
    if key == "x":  # a cross, or a box that is ticked
        return None
    key = re.sub(r"\bnot yet\b", "not", key.replace("\u2019", "'"))
    spaced = re.sub(r"\b[-_]\b|_", " ", key)
    found = _WORDS.get(key) or _BY_SIGN.get(key) or _WORDS.get(spaced)
    if found or _DECIDED.fullmatch(spaced):
        return found or "Exception"
    first, _, rest = key.partition(" ")
    rest_is_done = rest in _DOING or _WORDS.get(rest) == "Implemented"
    if rest_is_done and first in _FULLY:
        return "Implemented"
    return "Partial" if rest_is_done and first in _PARTLY else None


def share_of(label: str) -> float | None:
    """Return the percent that *label*, without markup, says and nothing else."""
    match = _SHARE.fullmatch(label)
    return float(match[1]) if match else None


def sign_of(label: str) -> str:
    """Return the sign with which *label* begins or ends, if it is usual for a status."""
    bare = plain(label).replace("\ufe0f", "").strip()
    match = _SIGNS.match(bare)
    found = [match[0]] if match else signs_around(bare)[-1:]
    return next((sign for sign in found if sign.casefold() in _BY_SIGN), "")


def placed(label: str) -> str | None:
    """Return the status that a cell's *label* usually means, its qualifier aside."""
    if is_empty(label) and not usual_meaning(label):
        return None
    return (
        usual_meaning(label) or usual_meaning(status_part(label)) or usual_meaning(sign_of(label))
    )


def usual_words() -> tuple[str, ...]:
    """Return every usual word that is no sign."""
    return tuple(_WORDS)


def meaning_of(text: str) -> str | None:
    """Return the status that a legend's *text* describes, or ``None`` if that is unclear."""
    bare = plain(text).strip(" .")
    cut = _QUALIFIED.search(bare)
    exact = usual_meaning(bare) or (usual_meaning(bare[: cut.start()]) if cut else None)
    if exact:
        return exact
    words = label_key(bare).replace("\u2019", "'").split()
    while words and words[0] in _FILLING:
        words = words[1:]
    if {"but", "except", "only", "without", "or"} & set(words[:6]):
        return None
    for count in range(min(3, len(words)), 0, -1):
        phrase = " ".join(words[:count])
        found = usual_meaning(phrase)
        # A short word begins too many sentences, and a parity gap is none.
        if found and len(phrase) > 3 and words[count : count + 1] not in (["gap"], ["gaps"]):
            return found
    return None


def legend(outline: Outline, labels: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield what a page says its labels mean: label, as it writes it, and status.

    A label comes twice if it says two things of it.

    :param labels: the keys (:func:`.label_key`) of the labels that stand in its tables.
    """
    for label, meaning, exactly in _pairs(outline):
        key = label_key(label)
        if key not in labels:
            continue
        status = meaning_of(meaning)
        # A line that begins with a known word may say anything else of it.
        if exactly and status != usual_meaning(meaning) and key in _WORDS:
            continue
        if status:
            yield label, status


def own_words(outline: Outline) -> frozenset[str]:
    """Return the keys of the labels in a page's tables that the page itself explains."""
    cells = {plain(text) for table in outline.tables() for row in table.rows for text in row.texts}
    parts = {part for cell in cells for part in (cell, status_part(cell), *signs_around(cell))}
    labels = {label_key(part) for part in parts}
    return frozenset(label_key(label) for label, _ in legend(outline, labels))


def _pairs(outline: Outline) -> Iterator[tuple[str, str, bool]]:
    """Yield label, meaning, and whether the pair is a line of text and no row."""
    for block in outline.walk():
        if isinstance(block, Table):
            yield from _pairs_of_table(block)
        elif isinstance(block, Paragraph):
            for line in block.text.splitlines():
                yield from _pairs_of_line(line)


def _pairs_of_table(table: Table) -> Iterator[tuple[str, str, bool]]:
    head = [header_key(cell.text) for cell in table.header]
    if len(head) in {2, 3} and (not head[0] or _HEAD.search(head[0])):
        labels = [row.texts[0] for row in table.rows if row.texts]
        pairs = [(plain(row.texts[0]), row.texts[1]) for row in table.rows if len(row.texts) > 1]
        once = len({label_key(label) for label in labels}) == len(labels)
        if once or all(meaning_of(meaning) for _, meaning in pairs):
            yield from ((label, meaning, False) for label, meaning in pairs)


def _pairs_of_line(line: str) -> Iterator[tuple[str, str, bool]]:
    bare = plain(line)
    parts = [part.strip() for part in _BETWEEN.split(bare)]
    if len(parts) > 1:
        # What stands before a list of pairs is what it is called: `Legend: ✅ = done, …`.
        parts[0] = re.sub(
            r"^(?:legend|key|status(?:es)?)\s*[:：]\s*", "", parts[0], flags=re.IGNORECASE
        )
        several = [match for part in parts if (match := _pair(part))]
        if len(several) > 1:
            yield from ((label, meaning, True) for label, meaning in several)
            return
    if single := _pair(bare):
        yield *single, True


def _pair(text: str) -> tuple[str, str] | None:
    match = _PAIR.match(text)
    if match:
        return match["label"].strip(), match["meaning"]
    # `✅ done` needs no mark between; `✅ Minimal overhead` says nothing of the sign.
    sign, _, rest = text.partition(" ")
    says = rest and (not usual_meaning(sign) or usual_meaning(status_part(rest)))
    return (sign, rest.strip()) if sign and says and not label_key(sign).isalnum() else None
