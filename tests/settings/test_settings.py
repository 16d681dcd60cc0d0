"""Values of ``conf.py``: checked, and replaced by their default where they are wrong."""

from __future__ import annotations

import pickle

import pytest

from sphinx_arco_parity.model.rule_names import RULE_NAMES
from sphinx_arco_parity.settings import checks
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


RULES = ", ".join(RULE_NAMES)
STATUS_WORDS = "Implemented, Partial, Designed, Planned, Exception"

#: Option, a wrong value, and the whole of what is said of it.
WRONG = [
    ("statuses", {"done": "Implementd"}, "`done`: `Implementd` is no status; did you mean `Implemented`?"),
    ("statuses", {"done": "x"}, f"`done`: `x` is no status; known: {STATUS_WORDS}"),
    ("statuses", {"done": 1}, f"`done`: `1` is no status; known: {STATUS_WORDS}"),
    ("statuses", {" ": "Planned"}, "a label must be a string, not ' '"),
    ("statuses", {7: "Planned"}, "a label must be a string, not 7"),
    ("statuses", ["done"], "must be dict[str, str], not list"),
    ("exception_types", [], "must not be empty"),
    ("exception_types", ["a", " "], "must be a list of names, but holds ' '"),
    ("exception_types", ["a", 7], "must be a list of names, but holds 7"),
    ("exception_types", "Permanent", "must be list[str], not str"),
    ("required_evidence", {"Implemented": "code"}, "`Implemented` must be a list of kinds, not 'code'"),
    ("required_evidence", {"Implemented": 7}, "`Implemented` must be a list of kinds, not 7"),
    ("required_evidence", {"Implemented": [["x"]]}, "`['x']` is no kind; known: adr, code, tests, ci"),
    ("required_evidence", {"Implemented": ["test"]}, "`test` is no kind; did you mean `tests`?"),
    ("required_evidence", {"zzz": []}, f"`zzz` is no status; known: {STATUS_WORDS}"),
    ("required_evidence", {"Plannd": []}, "`Plannd` is no status; did you mean `Planned`?"),
    ("required_fields", {"matrx": []}, "`matrx` is no key; did you mean `matrix`?"),
    ("required_fields", {"x": []}, "`x` is no key; known: exceptions, matrix"),
    ("columns", {"matrx": {}}, "`matrx` is no kind of table; did you mean `matrix`?"),
    ("columns", {"x": {}}, "`x` is no kind of table; known: exceptions, matrix"),
    ("columns", {"matrix": {"A": "cod"}}, "`A`: `cod` is no field; did you mean `code`?"),
    ("columns", {"exceptions": ["A"]}, "`exceptions` must map headers to fields, not be ['A']"),
    ("columns", {"matrix": {"A": 7}}, "`matrix` must map headers to fields, not 'A': 7"),
    ("columns", {"matrix": {7: "code"}}, "`matrix` must map headers to fields, not 7: 'code'"),
    ("tables", {"matrix": "parity/*"}, "`matrix` must be a list of strings, not 'parity/*'"),
    ("tables", {"matrix": 7}, "`matrix` must be a list of strings, not 7"),
    ("tables", {"matrix": ["a", ""]}, "`matrix` must be a list of names, but holds ''"),
    ("rules", {"row-statu": "off"}, "`row-statu` is no rule; did you mean `row-status`?"),
    ("rules", {"zzz": "off"}, f"`zzz` is no rule; known: {RULES}"),
    ("rules", {"row-status": "fatal"}, "`row-status`: `fatal` is no severity; known: error, warning, info, off"),
    ("rules", {"row-status": "warn"}, "`row-status`: `warn` is no severity; did you mean `warning`?"),
    ("ignore", {"zzz": {}}, f"`zzz` is no rule; known: {RULES}"),
    ("ignore", {"row-statu": {}}, "`row-statu` is no rule; did you mean `row-status`?"),
    ("ignore", {"row-status": ["x"]}, "`row-status` must map an item or a path glob to a reason"),
    ("ignore", {"row-status": {"x": " "}}, "`row-status`: `x` is ignored without a reason; say why"),
    ("ignore", {"row-status": {"x": 7}}, "`row-status`: `x` is ignored without a reason; say why"),
    ("baseline", "a\0b", "is no path: it holds a null character"),
    ("rules_url", "{path}", "`path` is no field of the template; known: rule"),
    ("repository_url", "{file}", "`file` is no field of the template; known: commit, path, line"),
    ("repository_url", "{lines}", "`lines` is no field of the template; did you mean `line`?"),
    ("repository_url", "{paths}", "`paths` is no field of the template; did you mean `path`?"),
    ("repository_url", "{comit}", "`comit` is no field of the template; did you mean `commit`?"),
    ("repository_url", "{}", "is no template: Replacement index 0 out of range for positional args tuple"),
    ("repository_url", "{path", "is no template: expected '}' before end of string"),
    ("repository_url", "{path:d}", "is no template: Unknown format code 'd' for object of type 'str'"),
    ("review_scope", "al", "`al` is no choice; did you mean `all`?"),
    ("review_scope", "some", "`some` is no choice; known: all, linked"),
    ("review_scope", {"S": "EX-01"}, "`S` must be a list of exception ids, not 'EX-01'"),
    ("review_scope", {"S": 7}, "`S` must be a list of exception ids, not 7"),
    ("prose_scope", "book", "`book` is no choice; known: paragraph, section, page"),
    ("publish", ["pdf"], "`pdf` is no choice; known: json, badge"),
    ("publish", ["json", "badg"], "`badg` is no choice; did you mean `badge`?"),
    ("milestone", "M9", "names a milestone, but `parity_milestones` is empty"),
    ("strict_output", "yes", "must be bool, not str"),
    ("strict_output", 0, "must be bool, not int"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "message"), WRONG)
def test_a_wrong_value_is_reported_and_its_default_taken(name, value, message):
    settings, problems = read_settings({name: value})
    assert problems == [(f"parity_{name}", message)]
    assert _listed(getattr(settings, name)) == _listed(getattr(Settings(), name))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("statuses", {"done": "**implemented**"}),
        ("required_evidence", {"partial": ("code",), "Planned": []}),
        ("required_fields", {"matrix": ("status",)}),
        ("columns", {"matrix": {"A": "code"}}),
        ("rules", {"row-status": "off"}),
        ("ignore", {"row-status": {"x": "why", "docs/**": "so"}}),
        ("repository_url", "https://h/{{x}}/{commit:.7}/{path}#L{line:d}"),
        ("repository_url", None),
        ("baseline", "b.json"),
        ("baseline", ""),
        ("review_scope", "linked"),
        ("review_scope", {"S": ("EX-1",)}),
        ("publish", ["badge"]),
        ("publish", []),
    ],
)
def test_a_right_value_is_taken_as_it_is(name, value):
    settings, problems = read_settings({name: value})
    assert problems == []
    held = getattr(settings, name)
    assert held == value if name != "required_fields" else value.items() <= held.items()


def test_types_and_levels_are_the_configured_ones_whatever_their_case_and_markup():
    settings = Settings(exception_types=("Permanent", "For now"), proof_levels=("e2e",))
    assert settings.exception_type("**for NOW**") == "For now"
    assert settings.exception_type("") is None
    assert settings.exception_type("e2e") is None
    assert settings.proof_level("`E2E`") == "e2e"
    assert settings.proof_level("unit") is None


def test_without_a_policy_of_its_kind_nothing_is_background_or_proof():
    settings = Settings(evidence={})
    assert not settings.is_background("docs/plans/x.md")
    assert not settings.is_canonical("src/a.rs", "code")


def test_required_fields_that_are_named_replace_those_of_their_kind_alone():
    settings, _ = read_settings({"required_fields": {"matrix": ["status"]}})
    assert settings.required_fields["matrix"] == ["status"]
    assert settings.required_fields["exceptions"] == Settings().required_fields["exceptions"]


def test_columns_that_lead_nowhere_leave_the_other_settings_as_they_are():
    settings, problems = read_settings(
        {"columns": {"matrix": {"A": "risk"}}, "milestones": ["M1"], "milestone": "M2"}
    )
    assert [option for option, _ in problems] == ["parity_columns", "parity_milestone"]
    assert (settings.columns, settings.milestone) == ({}, None)
    assert settings.milestones == ["M1"]


def test_a_column_may_lead_to_a_field_of_the_project():
    values = {"columns": {"matrix": {"Hazard": "risk"}}, "fields": {"matrix": ["risk"]}}
    assert read_settings(values)[1] == []


def test_a_milestone_is_one_of_those_configured():
    _, problems = read_settings({"milestones": ["M1", "M2"], "milestone": "M3"})
    assert [option for option, _ in problems] == ["parity_milestone"]
    assert problems[0][1] == "`M3` is no milestone of `parity_milestones`; known: M1, M2"


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


def test_a_mapped_sign_is_the_status_of_what_begins_or_ends_with_it():
    settings = Settings(statuses={"✅": "Implemented", "🚧": "Partial"})
    assert settings.status_and_note("✅ since 1.2") == ("Implemented", "since 1.2")
    assert settings.status_and_note("🚧 half (see x)") == ("Partial", "half (see x)")
    assert settings.status_and_note("98% of calls ✅") == ("Implemented", "98% of calls")
    assert settings.status_and_note("🚧 nearly ✅") == ("Partial", "nearly ✅")
    assert settings.status_and_note("✅ / 🚧") == (None, "")
    assert settings.status_and_note("~~✅~~") == (None, "")
    assert settings.status_and_note("~~✅~~ <s>done</s> 🚧") == ("Partial", "")
    # Words win over the sign before them, and a sign that nobody maps says nothing.
    assert settings.status_and_note("✅ Planned") == ("Planned", "")
    assert settings.status_and_note("❌ since 1.2") == (None, "")
    assert settings.status_and_note("✅since") == (None, "")
    assert Settings(statuses={"Go": "Planned"}).status("Go on") is None


@pytest.mark.parametrize(
    ("check", "value", "message"),
    [
        (("one_of", "all", "one"), "one", None),
        (("one_of", "all", "one"), "zzz", "`zzz` is no choice; known: all, one"),
        (("subset_of", "json", "badge"), ["badge", "json"], None),
        (("subset_of", "json", "badge"), ["json", "zz"], "`zz` is no choice; known: json, badge"),
        (("mapping_of_lists", "a", "b"), {"a": ["x"], "b": ()}, None),
        (("mapping_of_lists", "a", "b"), {"a": [], "zz": []}, "`zz` is no key; known: a, b"),
        (("mapping_of_lists", "a"), {"a": "x"}, "`a` must be a list of strings, not 'x'"),
        (("mapping_of_lists", "a"), {"a": {}}, "`a` must be a list of strings, not {}"),
        (("mapping_of_lists", "a"), {"a": [""]}, "`a` must be a list of names, but holds ''"),
    ],
)  # fmt: skip
def test_a_check_is_made_of_the_words_that_it_accepts(check, value, message):
    # Made anew: those of the options were made when the options were imported.
    name, *words = check
    assert getattr(checks, name)(*words)(value) == message


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("minimum", {"verified": 90, "passed": 99.5}, None),
        ("minimum", {"verifed": 90}, "did you mean `verified`?"),
        ("minimum", {"verified": "90"}, "must be a number from 0 to 100"),
        ("minimum", {"verified": True}, "must be a number from 0 to 100"),
        ("minimum", {"verified": 101}, "must be a number from 0 to 100"),
        ("required_results", {"implemented": "passed"}, None),
        ("required_results", {"Implemented": "failed"}, "`failed` is no result"),
        ("required_results", {"Done": "passed"}, "`Done` is no status"),
    ],
)
def test_what_results_must_be(name, value, said):
    settings, problems = read_settings({name: value})
    assert getattr(settings, name) == (value if said is None else {})
    assert all(said in wrong for _, wrong in problems) if said else problems == []
    assert bool(problems) == (said is not None)


@pytest.mark.parametrize(
    ("template", "path", "line", "commit", "url"),
    [
        ("", "a.rs", 3, "c0ffee", ""),
        ("https://h/{commit}/{path}#L{line}", "a/x.rs", 3, "c0ffee", "https://h/c0ffee/a/x.rs#L3"),
        ("https://h/{commit}/{path}#L{line}", "a/x.rs", None, "c0ffee", "https://h/c0ffee/a/x.rs"),
        (
            "https://h/{commit}/{path}#L{line}",
            "a b/ä.rs",
            1,
            None,
            "https://h/HEAD/a%20b/%C3%A4.rs#L1",
        ),
        ("https://h/{path}", "a.rs", 0, None, "https://h/a.rs"),
    ],
)
def test_where_the_site_of_the_repository_shows_a_file(template, path, line, commit, url):
    assert Settings(repository_url=template).file_url(path, line, commit) == url


def test_what_is_proof_and_what_is_background():
    globs = {"tests": ["tests/**", "!tests/old/**"], "code": ["src/**"], "background": ["plans/**"]}
    settings = Settings(evidence=globs)
    assert settings.is_canonical("tests/a.rs", "test")
    assert not settings.is_canonical("tests/old/a.rs", "test")
    assert not settings.is_canonical("tests/a.rs", "code")
    assert not settings.is_canonical("ci.yml", "ci")
    assert [settings.is_background(path) for path in ("plans/a.md", "src/plans/a.md")] == [
        True,
        False,
    ]
