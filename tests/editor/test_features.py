"""What the editor is told and offered, in Markdown and in reStructuredText."""

from __future__ import annotations

import pytest
from lsprotocol import types

HOVER = types.TEXT_DOCUMENT_HOVER
DEFINITION = types.TEXT_DOCUMENT_DEFINITION
REFERENCES = types.TEXT_DOCUMENT_REFERENCES
COMPLETION = types.TEXT_DOCUMENT_COMPLETION
ACTION = types.TEXT_DOCUMENT_CODE_ACTION
RENAME = types.TEXT_DOCUMENT_RENAME


def asked_at(wanted):
    return types.CodeActionParams(None, wanted, types.CodeActionContext([]))


def said(hover):
    return hover.contents.value if hover else None


def places(locations):
    return sorted(
        (location.uri.rpartition("/")[2].partition(".")[0], location.range.start.line + 1)
        for location in locations
    )


def line_of(editor, name, text):
    return editor.at(name, text).line + 1


# --- diagnostics ------------------------------------------------------------------------


def test_a_finding_stands_at_its_literal_with_its_rule(editor):
    name = editor.page("matrix")
    found = {d.code: d for d in editor.check(name)}
    missing = found["evidence-not-found"]
    assert editor.under(name, missing.range) == "src/flwo.py"
    assert missing.source == "arco-parity"
    assert missing.severity == types.DiagnosticSeverity.Warning
    assert missing.code_description.href.endswith("/evidence-not-found.md")
    # On a later line of the row in a list.
    moved = found["evidence-moved"]
    assert moved.range.start.line + 1 == line_of(editor, name, "flow.py:2")
    assert editor.under(name, moved.range) == "backfill"


def test_what_is_typed_is_judged_and_what_is_undone_too(editor):
    name = editor.page("matrix")
    before = editor.check(name)
    editor.type(name, "src/flwo.py", "src/flow.py")
    assert "evidence-not-found" not in {d.code for d in editor.check(name)}
    editor.typed.clear()
    assert editor.check(name) == before


def test_lines_are_those_of_the_typed_text(editor):
    name = editor.page("matrix")
    (before,) = (d for d in editor.check(name) if d.code == "evidence-not-found")
    editor.type(name, "Matrix\n", "Matrix\n\nNew.\n") if editor.markup == "md" else editor.type(
        name, "======\n", "======\n\nNew.\n"
    )
    (after,) = (d for d in editor.check(name) if d.code == "evidence-not-found")
    assert after.range.start.line == before.range.start.line + 2
    assert editor.under(name, after.range) == "src/flwo.py"


# --- hover, definition, references --------------------------------------------------------


def test_hover_says_what_why_says(editor):
    index = editor.page("index")
    assert "exception EX-01 Web UI [Deferral]" in said(editor.ask(HOVER, index, "`EX-01"))
    assert "claim same-ticks" in said(editor.ask(HOVER, index, "same-ti"))
    assert "row ticks Ticks [Implemented]" in said(editor.ask(HOVER, index, "`tick"))
    assert "cited by claim same-ticks" in said(editor.ask(HOVER, index, ":exceptions: EX"))


def test_hover_on_evidence_gives_the_verdict(editor):
    name = editor.page("matrix")
    assert "code src/flow.py:1 (tick)" in said(editor.ask(HOVER, name, "src/flow.py:1")).replace(
        "`", ""
    )
    assert "not-found" in said(editor.ask(HOVER, name, "src/flw"))
    assert "ADR 001 Ticks [Accepted]" in said(editor.ask(HOVER, name, "ADR-0"))


def test_hover_on_prose_says_nothing(editor):
    assert editor.ask(HOVER, editor.page("index"), "Schedules beh") is None


def test_definition_leads_to_declarations_code_steps_and_adrs(editor):
    index, name = editor.page("index"), editor.page("matrix")
    assert places(editor.ask(DEFINITION, index, "`EX-0")) == [
        ("exceptions", line_of(editor, editor.page("exceptions"), "EX-01"))
    ]
    assert places(editor.ask(DEFINITION, name, "flow.py:1")) == [("flow", 1)]
    assert places(editor.ask(DEFINITION, name, "flow.py:2")) == [("flow", 45)]
    assert places(editor.ask(DEFINITION, name, "test_ti")) == [("test_flow", 4)]
    assert places(editor.ask(DEFINITION, name, "pytest te")) == [("ci", 6)]
    assert places(editor.ask(DEFINITION, name, "ADR-00")) == [("adr-001-ticks", 3)]


def test_references_are_rows_claims_and_roles(editor):
    found = places(editor.ask(REFERENCES, editor.page("exceptions"), "EX-0"))
    index = editor.page("index")
    assert ("index", line_of(editor, index, "`EX-01")) in found
    assert found[0] == ("exceptions", line_of(editor, editor.page("exceptions"), "EX-01"))
    assert len(found) == 3
    rows = editor.ask(REFERENCES, index, "`ticks")
    assert ("index", line_of(editor, index, ":rows:")) in places(rows)


def test_references_of_a_source_file_are_the_rows_that_cite_it(editor):
    name = editor.page("matrix")
    tick = places(editor.ask(REFERENCES, "src/flow.py", "def ti"))
    assert tick == [("matrix", line_of(editor, name, "flow.py:1"))]
    everything = places(editor.ask(REFERENCES, "src/flow.py", "return 2\n"))
    assert len(everything) == 2
    assert places(editor.ask(REFERENCES, "adr/adr-001-ticks.md", "# ADR")) == [
        ("matrix", line_of(editor, name, "ADR-001"))
    ]


def test_symbols_are_what_a_page_declares(editor):
    found = editor.answer(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, editor.page("matrix")).value
    assert [symbol.name for symbol in found] == ["ticks", "web", "fill"]
    assert found[0].detail == "Ticks · Done"
    assert found[0].range.end.line < found[1].range.start.line


# --- completion ---------------------------------------------------------------------------


def labels(completion):
    return [item.label for item in completion.items]


def typing(editor, name, old, new):
    """Type *new* in place of *old*, and complete there."""
    editor.type(name, old, new)
    head = editor.read(name).partition(new)[0] + new
    position = types.Position(
        head.count("\n"), len(head.rpartition("\n")[2].encode("utf-16-le")) // 2
    )
    return editor.answer(COMPLETION, name, types.CompletionParams(None, position)).value


def test_ids_in_roles_and_options(editor):
    index = editor.page("index")
    found = (
        typing(editor, index, "exception}`EX-01`", "exception}`EX-")
        if (editor.markup == "md")
        else typing(editor, index, "exception:`EX-01`", "exception:`EX-")
    )
    assert labels(found) == ["EX-01", "EX-02"]
    assert found.items[0].detail == "Web UI"
    editor.typed.clear()
    assert labels(typing(editor, index, ":rows: ticks", ":rows: ti")) == ["ticks"]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("Done", "", "Done"),
        ("Done", "Par", "Partial"),
        ("src/flwo.py", "src/fl", "src/flow.py"),
        ("(`backfill`)", "(`back", "backfill"),
        ("job `unit`", "job `", "unit"),
        ("EX-02", "EX-", "EX-01"),
        ("ADR-001", "0", "001"),
    ],
)
def test_cells_are_completed_by_their_column(editor, old, new, wanted):
    if editor.markup == "rst":
        old, new = old.replace("`", "``"), new.replace("`", "``")
    name = editor.page("matrix")
    before = "| " if editor.markup == "md" else "- "
    if not new:
        before = "Ticks | " if editor.markup == "md" else "Ticks\n     - "
    if new in {"", "0", "EX-", "Par"}:
        old, new = f"{before}{old}", f"{before}{new}"
    assert wanted in labels(typing(editor, name, old, new))


def test_what_is_completed_replaces_what_is_written(editor):
    name = editor.page("matrix")
    found = typing(editor, name, "src/flwo.py", "src/fl")
    (item,) = (item for item in found.items if item.label == "src/flow.py")
    assert editor.under(name, item.text_edit.range) == "src/fl"


def test_half_written_pages_are_completed_without_fail(editor):
    for name in (editor.page("matrix"), editor.page("index")):
        whole = editor.read(name)
        for end in range(0, len(whole), 7):
            editor.typed[str(editor.root / name)] = whole[:end] + "|"
            lines = f"{whole[:end]}|".split("\n")
            for column in (0, len(lines[-1].encode("utf-16-le")) // 2, 1_000):
                position = types.Position(len(lines) - 1, column)
                answer = editor.answer(COMPLETION, name, types.CompletionParams(None, position))
                assert isinstance(answer.value, types.CompletionList), whole[:end]


# --- fixes --------------------------------------------------------------------------------


def fixes(editor, name, before):
    return {action.title: action.edit for action in editor.ask(ACTION, name, before)}


def test_moved_lines_are_rewritten_as_fix_does(editor):
    name = editor.page("matrix")
    edit = fixes(editor, name, "flow.py:2")["Cite line 45"]
    assert editor.applied(edit) == {name: editor.read(name).replace("flow.py:2", "flow.py:45")}
    everything = fixes(editor, name, "Matr")["Rewrite the lines of all evidence that has moved"]
    assert editor.applied(everything) == editor.applied(edit)


def test_what_was_meant_is_written(editor):
    name = editor.page("matrix")
    edit = fixes(editor, name, "src/flw")["Write `src/flow.py`"]
    assert editor.applied(edit) == {name: editor.read(name).replace("flwo", "flow")}


def test_fixes_follow_what_is_typed(editor):
    name = editor.page("matrix")
    head = "Matrix\n" if editor.markup == "md" else "======\n"
    editor.type(name, head, f"{head}\nNew 🙂.\n")
    edit = fixes(editor, name, "flow.py:2")["Cite line 45"]
    assert editor.applied(edit) == {name: editor.read(name).replace("flow.py:2", "flow.py:45")}


def test_an_exception_is_cited_in_its_cell_or_option(editor):
    name, index = editor.page("matrix"), editor.page("index")
    (asking,) = (d for d in editor.check(name) if d.code == "row-without-exception")
    asked = asked_at(asking.range)
    actions = {action.title: action.edit for action in editor.answer(ACTION, name, asked).value}
    edit = actions["Cite EX-01"]
    (after,) = editor.applied(edit).values()
    editor.typed[str(editor.root / name)] = after
    assert "row-without-exception" not in {d.code for d in editor.check(name)}
    editor.typed.clear()
    option = f"{'' if editor.markup == 'md' else '   '}:exceptions: EX-01\n"
    editor.type(index, option, "")
    (edit, *_) = [e for t, e in fixes(editor, index, "same-ti").items() if t.startswith("Cite EX")]
    (after,) = editor.applied(edit).values()
    assert option.removesuffix("EX-01\n") in after
    editor.typed[str(editor.root / index)] = after
    assert editor.check(index) == []


def test_a_finding_is_ignored_with_a_reason(editor):
    name = editor.page("matrix")
    title = "Ignore `evidence-not-found` for fill, with a reason"
    (conf,) = editor.applied(fixes(editor, name, "src/flw")[title]).values()
    assert 'parity_ignore = {"evidence-not-found": {"fill": "say why"}}' in conf


# --- renaming -----------------------------------------------------------------------------


def test_an_exception_is_renamed_everywhere(editor):
    edit = editor.ask(RENAME, editor.page("index"), "`EX-0", new_name="EX-07")
    after = editor.applied(edit)
    assert sorted(after) == sorted([editor.page("exceptions"), editor.page("index")])
    for name, text in after.items():
        assert text == editor.read(name).replace("EX-01", "EX-07")


def test_a_row_whose_id_is_a_word_is_renamed_where_it_is_an_id(editor):
    edit = editor.ask(RENAME, editor.page("index"), "`tick", new_name="beats")
    after = editor.applied(edit)
    index, matrix = after[editor.page("index")], after[editor.page("matrix")]
    assert index == editor.read(editor.page("index")).replace(
        ":rows: ticks", ":rows: beats"
    ).replace("`ticks`", "`beats`")
    cell = "| {} |" if editor.markup == "md" else "* - {}\n"
    old = editor.read(editor.page("matrix"))
    assert matrix == old.replace(cell.format("ticks"), cell.format("beats"), 1)


def test_what_cannot_be_renamed_says_why(editor):
    def refused(new):
        asked = types.RenameParams(None, editor.at(editor.page("index"), "`EX-0"), new)
        return editor.answer(RENAME, editor.page("index"), asked).refused

    assert refused("EX-02") == "`EX-02` is taken by another exception"
    assert refused("no id") == "`no id` is no id: write letters, digits, `-`, `_` and `.`"
    prose = types.PrepareRenameParams(None, editor.at(editor.page("index"), "Schedules b"))
    assert (
        editor.answer(types.TEXT_DOCUMENT_PREPARE_RENAME, editor.page("index"), prose).value is None
    )
