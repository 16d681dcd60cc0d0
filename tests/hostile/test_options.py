"""Options of wrong types and shapes: an error that names the option, never a traceback."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sphinx_arco_parity.settings.options import OPTIONS

_NAMES = [option.name for option in OPTIONS]
_WORDS = st.sampled_from(
    [
        *("", " ", "\0", "a" * 5000, "../..", "/", "{", "{}", "{path!z}", "{line:d}", "{path.x}"),
        *("{line:99999999999}", "{path[0]}", "[", "**", "!", "all", "linked", "Implemented"),
        *("exceptions", "matrix", "product", "row-status", "error", "adr", "code", "json", "M1"),
    ]
)  # fmt: skip
_SCALAR = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | _WORDS
    | st.binary(max_size=3)
)
_VALUE = st.recursive(
    _SCALAR,
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(_WORDS | st.integers(), below, max_size=3)
        | st.tuples(below)
    ),
    max_leaves=6,
)

_PAGES = {
    "docs/page.rst": "P\n=\n\n.. parity-exception:: EX-1\n   :capability: a\n   :decision: b\n"
    "   :type: Permanent\n   :revisit: M1\n\n"
    ".. parity-row:: r\n   :capability: a\n   :status: Partial\n   :code: ``src/a.py``\n"
    "   :exceptions: EX-1\n\n.. parity-table:: matrix\n\nFlow matches Dagster.\n",
    "src/a.py": "def f(): ...\n",
}


def _options_end(project, options):
    made = project(_PAGES, {f"parity_{name}": value for name, value in options.items()})
    assert made.build().status in {0, 1, 2}


_SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
_OPTIONS = st.dictionaries(st.sampled_from(_NAMES), _VALUE, min_size=1, max_size=6)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=_SUPPRESSED,
    derandomize=True,
)
@given(options=_OPTIONS)
def test_any_value_is_taken_or_refused_in_words(project, options):
    _options_end(project, options)


@pytest.mark.long
@settings(max_examples=3000, deadline=None, suppress_health_check=_SUPPRESSED)
@given(options=_OPTIONS)
def test_any_value_in_the_long_form(project, options):
    _options_end(project, options)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("repository_url", "https://h/{}"),
        ("repository_url", "https://h/{path!z}"),
        ("repository_url", "https://h/{path:d}"),
        ("repository_url", "https://h/{line:99999999999999999999}"),
        ("repository", "a\0b"),
        ("repository", "a" * 5000),
        ("lock", "a\0b"),
        ("lock", "a" * 5000),
        ("lock", "."),
        ("baseline", "a\0b"),
        ("baseline", "a" * 5000),
        ("baseline", "."),
    ],
)
def test_values_that_no_file_and_no_address_can_have(project, name, value):
    built = project(_PAGES, {f"parity_{name}": value}).build()
    assert built.status == 1
    assert built.rules & {"configuration", "unreadable-file"}


def test_good_values_are_silent(project):
    values = {
        "repository_url": "https://h/{commit}/{path}#L{line}",
        "lock": "review.json",
        "required_evidence": {"Implemented": ["code"]},
    }
    built = project(_PAGES, {f"parity_{k}": v for k, v in values.items()}).build()
    assert built.status == 0
    assert built.log == []


@pytest.mark.parametrize(
    "name", ["a" * 5000, "a\0b", "/", ".", "..", "~", "C:\\x.csv", "//x/y.csv", "%s"]
)
def test_names_of_files_that_no_file_can_have(project, name):
    page = (
        f"P\n=\n\n.. parity-exceptions::\n   :file: {name}\n\n"
        f".. parity-table:: exceptions\n   :from: {name}\n"
    )
    built = project({"docs/page.rst": page}).build()
    assert built.status == 1
    assert "malformed-declaration" in built.rules
