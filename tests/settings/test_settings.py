"""Values of ``conf.py``: checked, and replaced by their default where they are wrong."""

from __future__ import annotations

import pickle

import pytest

from sphinx_arco_parity.settings.options import OPTIONS, Settings, read_settings

SEED = {
    "statuses": {
        "parity_green": "Implemented",
        "in_progress": "Partial",
        "✅": "Implemented",
    },
    "required_evidence": {"Implemented": ["code", "tests", "ci"]},
    "milestones": ["M1", "M2", "M3"],
    "milestone": "M1",
    "columns": {"matrix": {"Rust Location / Flags": "code"}},
    "fields": {"exceptions": ["risk"], "matrix": []},
    "repository_url": "https://h/{commit}/{path}#L{line}",
    "review_scope": {"Schedules": ["EX-01"]},
    "evidence": {"code": ["crates/**"]},
}


def _listed(value):
    return list(value) if isinstance(value, tuple) else value


def test_good_values_have_no_problems_and_keep_the_other_defaults():
    settings, problems = read_settings(SEED)
    assert problems == []
    assert settings.is_canonical("crates/a.rs", "code")
    assert not settings.is_canonical("src/a.rs", "code")
    assert settings.is_canonical("docs/adr/1.md", "adr")
    assert settings.is_background("docs/plans/x.md")


def test_the_defaults_are_those_of_the_options():
    settings, problems = read_settings({})
    assert problems == []
    for option in OPTIONS:
        assert _listed(getattr(settings, option.name)) == _listed(option.default)
    assert {option.name for option in OPTIONS} >= {"statuses", "evidence", "publish"}


def test_settings_compare_after_pickling():
    settings, _ = read_settings(SEED)
    assert pickle.loads(pickle.dumps(settings)) == settings  # noqa: S301 - our own


@pytest.mark.parametrize(
    ("label", "status"),
    [
        ("parity_green", "Implemented"),
        ("**In_Progress**", "Partial"),
        ("✅ planned", "Planned"),
        ("✅", "Implemented"),
        ("done", None),
        ("", None),
    ],
)
def test_labels_mean_statuses(label, status):
    assert read_settings(SEED)[0].status(label) == status


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("statuses", {"done": "Implementd"}, "did you mean `Implemented`?"),
        ("statuses", ["done"], "must be dict[str, str], not list"),
        ("exception_types", [], "must not be empty"),
        ("exception_types", "Permanent", "must be list[str], not str"),
        ("required_evidence", {"Implemented": "code"}, "must be a list of kinds"),
        ("required_evidence", {"Implemented": [["x"]]}, "is no kind"),
        ("required_fields", {"matrx": []}, "did you mean `matrix`?"),
        ("columns", {"matrix": {"A": "cod"}}, "did you mean `code`?"),
        ("columns", {"exceptions": ["A"]}, "must map headers to fields"),
        ("tables", {"matrix": "parity/*"}, "must be a list of strings"),
        ("rules", {"row-statu": "off"}, "did you mean `row-status`?"),
        ("rules", {"row-status": "fatal"}, "is no severity"),
        ("ignore", {"row-status": {"x": ""}}, "ignored without a reason"),
        ("repository_url", "{file}", "is no field of the template"),
        ("repository_url", "{}", "is no template"),
        ("repository_url", "{path", "is no template"),
        ("review_scope", "some", "is no choice"),
        ("review_scope", {"S": "EX-01"}, "must be a list of exception ids"),
        ("prose_scope", "book", "is no choice"),
        ("publish", ["pdf"], "is no choice"),
        ("milestone", "M9", "but `parity_milestones` is empty"),
        ("strict_output", "yes", "must be bool, not str"),
    ],
)
def test_a_wrong_value_is_said_and_its_default_taken(name, value, said):
    settings, problems = read_settings({name: value})
    assert [option for option, _ in problems] == [f"parity_{name}"]
    assert said in problems[0][1]
    assert _listed(getattr(settings, name)) == _listed(getattr(Settings(), name))


def test_a_column_may_lead_to_a_field_of_the_project():
    values = {"columns": {"matrix": {"Hazard": "risk"}}, "fields": {"matrix": ["risk"]}}
    assert read_settings(values)[1] == []


def test_a_milestone_is_one_of_those_configured():
    _, problems = read_settings({"milestones": ["M1", "M2"], "milestone": "M3"})
    assert [option for option, _ in problems] == ["parity_milestone"]
    assert "`M3` is no milestone of `parity_milestones`" in problems[0][1]


@pytest.mark.parametrize(
    ("label", "status", "note"),
    [
        ("Implemented", "Implemented", ""),
        ("✅ **Implemented** (core only)", "Implemented", "core only"),
        ("Partial - no retries", "Partial", "no retries"),
        ("Partial – since 0.4", "Partial", "since 0.4"),
        ("Planned: M2", "Planned", "M2"),
        ("Designed; not built", "Designed", "not built"),
        ("Implemented, but slow", "Implemented", "but slow"),
        ("done（部分）", "Implemented", "部分"),
        ("Implemented (a (b))", "Implemented", "a (b)"),
        ("half-done", None, ""),
        ("not Implemented (yet)", None, ""),
        ("done (old)", "Partial", ""),
        ("-", "Planned", ""),
        ("N/A", "Exception", ""),
        ("n/a", "Exception", ""),
        ("–", None, ""),
        ("(core only)", None, ""),
        ("", None, ""),
    ],
)
def test_a_label_is_looked_up_whole_and_then_without_its_note(label, status, note):
    own = {"done": "Implemented", "done (old)": "Partial", "-": "Planned", "N/A": "Exception"}
    assert Settings(statuses=own).status_and_note(label) == (status, note)


def test_a_mapped_sign_is_the_status_of_what_begins_with_it():
    settings = Settings(statuses={"✅": "Implemented", "🚧": "Partial"})
    assert settings.status_and_note("✅ since 1.2") == ("Implemented", "since 1.2")
    assert settings.status_and_note("🚧 half (see x)") == ("Partial", "half (see x)")
    # Words win over the sign before them, and a sign that nobody maps says nothing.
    assert settings.status_and_note("✅ Planned") == ("Planned", "")
    assert settings.status_and_note("❌ since 1.2") == (None, "")
    assert settings.status_and_note("✅since") == (None, "")
    assert Settings(statuses={"Go": "Planned"}).status("Go on") is None
