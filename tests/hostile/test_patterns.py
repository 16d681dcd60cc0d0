"""No regular expression of the package takes more steps than its text is long, times a constant.

Steps are counted, not timed: each pattern is tried on texts that are made from its own
parts, thrice as long the second time.  A pattern that goes back and forth takes nine
times the steps.
"""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from fuzzing.patterns import every
from fuzzing.steps import Counter, TooManyStepsError, pumps

_FEW, _TIMES, _MOST = 24, 3, 100_000

#: Patterns that do go back and forth, and what keeps that from mattering.
_BOUNDED = {
    "cli.reasons._HANDLER": "one message of Sphinx's own",
    "text.inline._ROLE": "at most 62 characters before a back-tick",
    "text.patterns._TOKEN": "globs of up to 1,000 characters",
    "text.blocks.model._COMMENT": "nothing after the last `-->` is given to it",
    "repository.selection.verdicts._CFG_TOKEN": "conditions of up to 2,000 characters",
}
_PATTERNS = {name.removeprefix("sphinx_arco_parity."): used for name, used in every().items()}


def _steps(pattern: re.Pattern[str], text: str, limit: int, *, searched: bool) -> int:
    counter = Counter(pattern, limit)
    with suppress(TooManyStepsError):
        (counter.search if searched else counter.match)(text)
    return counter.steps


def _grows(pattern: re.Pattern[str], *, searched: bool = True) -> str:
    """Return a text for which the steps grow faster than the text, or nothing."""
    for before, body in pumps(pattern):
        for end in ("\0", ""):
            text = before + body * _FEW + end
            few = _steps(pattern, text, _MOST, searched=searched)
            longer = before + body * _FEW * _TIMES + end
            limit = (_TIMES + 2) * few + 300
            if _steps(pattern, longer, limit, searched=searched) > limit:
                return longer
    return ""


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        (r"(?:a+)+b", r"(?<!a)(?:a++)++b"),
        (r"\s+x", r"(?<!\s)\s++x"),
        (r"[\w.]+\.md\b", r"(?<![\w.])[\w.]+\.md\b"),
        (r"<!--.*?-->", r"<!--[^<]*?-->"),
        (r"\w+?\s*\s*$", r"(?<!\w)\w++\s*+$"),
        (r"(`+)(.+?)\1(?!`)", r"(?<!`)(`++)[^`]+\1(?!`)"),
        (r"a[^b]*c[^b]*b", r"a[^b]{0,9}c[^b]{0,9}b"),
    ],
)
def test_the_count_tells_them_apart(bad, good):
    assert _grows(re.compile(bad))
    assert not _grows(re.compile(good))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(?P<a>\d+)-(?P=a)", "12-12"),
        (r"^\s*(?:x|yy)+?(?=z)", "  xyyx zyyz"),
        (r"(?i)ab{2,3}[^\W_]\b", "xABBBc d"),
        (r"(?s)a.*b|c$", "a\n\nb c"),
        (r"(?>a*)b|\Ax*+", "xxaab"),
    ],
)
def test_the_count_matches_as_the_engine_does(pattern, text):
    ready = re.compile(pattern)
    for at in range(len(text) + 1):
        real = ready.match(text, at)
        assert Counter(ready, 10_000).match(text, at) == (real.end() if real else None)


def test_all_patterns_are_looked_at():
    assert len(_PATTERNS) > 250
    assert _PATTERNS["notation.paths._ALTERNATIVES"].methods == {"fullmatch"}
    assert _PATTERNS["repository.workflows.expressions.EXPRESSION"].searched
    assert set(_BOUNDED) <= set(_PATTERNS)


@pytest.mark.parametrize("name", sorted(set(_PATTERNS) - set(_BOUNDED)))
def test_no_pattern_grows_faster_than_its_text(name):
    used = _PATTERNS[name]
    text = _grows(used.pattern, searched=used.searched)
    assert not text, f"{used.pattern.pattern} on {text[:60]!r}…"
