"""Which tests are to kill the mutants of which room: those of the same room alone."""

from __future__ import annotations

#: Folder in the package to the tests that are its own.
ROOMS: dict[str, tuple[str, ...]] = {
    "model": ("tests/model",),
    "text": ("tests/text",),
    "settings": ("tests/settings",),
    "notation": ("tests/notation",),
    "declarations": ("tests/declarations",),
    "repository/selection": ("tests/selection",),
    "proof": ("tests/proof",),
    "review": ("tests/review",),
    "results": ("tests/results",),
    "rules": ("tests/rules", "tests/review/test_rules.py"),
    "assessment": (
        "tests/rules/test_assessed_results.py",
        "tests/rules/test_assessment.py",
        "tests/rules/test_baseline.py",
        "tests/rules/test_marks.py",
        "tests/rules/test_results.py",
    ),
    "views": ("tests/views",),
    "exports": ("tests/exports",),
}

#: What `--short` tries: rooms whose tests take a few seconds.
SHORT = ("declarations", "rules", "assessment")
