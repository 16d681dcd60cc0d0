"""Word and glyph of each status, verdict and severity; their colour is a class.

Never one of the three alone: who cannot see colour or lacks the glyph has the word.
"""

from __future__ import annotations

#: The kinds of parts that are marks.
MARKS = frozenset({"status", "verdict", "severity", "type", "review", "result"})

STATUS_GLYPHS = {
    "Implemented": "✔",
    "Partial": "◐",
    "Designed": "✎",
    "Planned": "○",
    "Exception": "≠",
}

VERDICT_GLYPHS = {
    "verified": "✔",
    "moved": "↷",
    "gone": "✖",
    "not-found": "∅",
    "disabled": "◌",
    "expected-failure": "✗",
    "excluded": "⊘",
    "unknown": "?",
    "unread": "¿",
}

RESULT_GLYPHS = {
    "passed": "✓",
    "failed": "✖",
    "skipped": "◌",
    "expected-failure": "✗",
    "unexpected-pass": "‼",
    "not-run": "–",
    "stale": "↺",
}

REVIEW_GLYPHS = {"reviewed": "✔", "not reviewed": "○", "review due": "▲", "revisit due": "✖"}

SEVERITY_GLYPHS = {"error": "✖", "warning": "▲", "info": "•", "disputed": "✖"}

#: What each status says to a reader, for the legend.
STATUS_MEANINGS = {
    "Implemented": "the product does what the reference does, and the evidence is checked",
    "Partial": "partly implemented; the row names what is missing",
    "Designed": "decided and described, not built",
    "Planned": "wanted, neither designed nor built",
    "Exception": "deliberately different; a declared exception says how and why",
}

#: What each verdict says to a reader, for the legend.
VERDICT_MEANINGS = {
    "verified": "the reference is right: the file, the symbol at its line, the test or the "
    "command exists",
    "moved": "the symbol is in the file, but not at the cited line",
    "gone": "the line is past the end of the file, or the symbol or test is not in it",
    "not-found": "no tracked file has that path, or the policy does not accept it",
    "disabled": "the test exists, but it is ignored or skipped",
    "expected-failure": "the test exists, but it is marked as expected to fail",
    "excluded": "the command is in CI, but it does not run the cited test",
    "unknown": "it cannot be decided from the files alone; never shown as verified",
    "unread": "it is shaped like a path, a name or a command, but was not understood",
}


def glyph_of(kind: str, word: str) -> str:
    """Return the glyph of *word*, a ``status``, ``verdict``, ``severity`` or ``result``."""
    glyphs = {
        "status": STATUS_GLYPHS,
        "verdict": VERDICT_GLYPHS,
        "severity": SEVERITY_GLYPHS,
        "review": REVIEW_GLYPHS,
        "result": RESULT_GLYPHS,
    }
    return glyphs.get(kind, {}).get(word, "")


def class_of(kind: str, word: str) -> str:
    """Return the style class of *word*: ``parity-status-implemented``."""
    return f"parity-{kind}-{word.lower().replace(' ', '-')}"
