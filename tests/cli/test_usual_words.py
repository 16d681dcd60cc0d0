"""What labels usually mean, and what a page's legend says of its own."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.cli.our_columns import holds_statuses
from sphinx_arco_parity.cli.usual_words import legend, placed, usual_meaning
from sphinx_arco_parity.text.blocks import read_blocks
from sphinx_arco_parity.text.words import label_key

MEANINGS = {
    "Implemented": "implemented Done COMPLETE completed **full** fully supported Yes available shipped "
    "pass passing ✅ ✔️ ✓ ☑ 🟢 [x] :white_check_mark: Fully_supported ✅_Done "
    "met MATCHED built parity at_parity feature-complete released",
    "Partial": "partial partially in_progress WIP limited mostly 🚧 🟡 🟠 🔶 ⚠️ ◐ ~ Partially_implemented "
    "in-progress under_development ongoing",
    "Designed": "designed Specified",
    "Planned": "planned todo to_do not_started pending missing no unsupported not_supported "
    "not_implemented Not_yet_supported ❌ ✗ ✘ 🔴 ⬜ ☐ [_] :x: "
    "unimplemented not-available not_yet_built deferred",
    "Exception": "exception out_of_scope won't_do Won’t_do wontfix not_applicable N/A excluded divergent "
    "intentional_difference by_design 🚫 NOT-APPLICABLE non-goal different_by_design rejected "
    "intentional_non-parity supported_difference Intentionally_different accepted_drift",
}


@pytest.mark.parametrize(
    ("label", "status"),
    [
        (word if "white" in word else word.replace("_", " "), status)
        for status, words in MEANINGS.items()
        for word in words.split()
    ],
)
def test_the_usual_words(label, status):
    assert usual_meaning(label) == status


@pytest.mark.parametrize(
    ("label", "status"),
    [("`intentional_non_parity`", "Exception"), ("NOT_APPLICABLE", "Exception"),
     ("in_progress", "Partial"), ("supported_on_unix", None), ("known_difference", None)],
)  # fmt: skip
def test_words_that_are_joined_are_words(label, status):
    assert usual_meaning(label) == status


@pytest.mark.parametrize(
    "label", ["x", "Implementd", "98%-ish", "gold", "v1.2", "-", "", "done deal"]
)
def test_what_is_no_usual_word(label):
    assert placed(label) is None


@pytest.mark.parametrize(
    ("label", "status"),
    [("100%", "Implemented"), ("**100 %**", "Implemented"), ("0%", "Planned"),
     ("~98%", "Partial"), ("99.9%", "Partial"), ("0.5%", "Partial"), ("1000%", None)],
)  # fmt: skip
def test_a_share_is_all_none_or_a_part(label, status):
    assert placed(label) == status


def test_a_column_of_shares_is_one_of_statuses_only_by_its_header():
    cells = ["100%", "40%", "0%"]
    assert not holds_statuses(cells)
    assert holds_statuses([*cells, "done", "todo", "done", "done"], share=0.5)


def test_a_qualifier_is_no_part_of_it():
    assert placed("Done (core only)") == "Implemented"
    assert placed("❌ since 1.2") == "Planned"
    assert placed("N/A: not for us") == "Exception"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- A = done\n- B → partially done\n- C — out of scope, on purpose\n", "IPE"),
        ("Legend: A = done, B = in progress; C = not started\n", "IPp"),
        ("A: done · B: wip · C: n/a\n", "IPE"),
        (
            "| Symbol | Meaning |\n|---|---|\n| A | fully working, done |\n| B | partial |\n| C | ? |\n",
            "IP ",
        ),
        (
            "| Label | x |\n|---|---|\n| A | Supported by all |\n| B | not yet implemented |\n",
            "Ip ",
        ),
        ("A = parity with the original\n\nB = parity gap\n\nC = match\n", "I I"),
        # What a sentence begins with is no legend, nor is what says two things.
        ("A: no evidence is needed\n\nB = done or planned\n\nSee C: the list\n", "   "),
        ("```\nA = done\n```\n", "   "),
    ],
)
def test_legends(text, found):
    said = dict(legend(read_blocks(f"# x\n\n{text}", "a.md"), {"a", "b", "c"}))
    short = {"Implemented": "I", "Partial": "P", "Planned": "p", "Exception": "E"}
    assert "".join(short.get(said.get(label, ""), " ") for label in "ABC") == found


def test_a_known_word_is_bent_by_an_exact_meaning_alone():
    outline = read_blocks(
        "- Done: planned\n- Full: planned for all of it\n- ✅: planned for all\n", "a.md"
    )
    said = dict(legend(outline, {label_key(label) for label in ("done", "full", "✅")}))
    assert said == {"Done": "Planned", "✅": "Planned"}


def test_a_sentence_behind_a_sign_is_no_legend_of_it():
    lines = (
        "- ✅ Minimal overhead\n- ✅ Draft of a plan\n- ❌ done (by others)\n- 🟪 Minimal for now\n"
    )
    said = dict(legend(read_blocks(lines, "a.md"), {label_key(sign) for sign in "✅❌🟪"}))
    assert said == {"❌": "Implemented", "🟪": "Partial"}
