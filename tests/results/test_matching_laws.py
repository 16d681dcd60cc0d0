"""Wherever a suite ran, and whatever else is called as its files are: no case is another's."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.results.matching import Matching
from sphinx_arco_parity.results.reports import Case

_FOLDERS = ("", "a", "tests", "a/tests", "tests/a", "a/a", "b/tests", "a/b/tests", "tests/tests")
_PATHS = [posixpath.join(folder, f"test_{name}.py") for folder in _FOLDERS for name in "xy"]
_ABOVE = ("", "work", "a", "tests")


def _case(path: str, root: str, above: str, *, file: bool) -> Case:
    """The case that pytest reports of *path* when its root is *root*, or lies *above* the top."""
    below = posixpath.join(above, path) if not root else posixpath.relpath(path, root)
    dotted = below.removesuffix(".py").replace("/", ".")
    return Case(
        name="test_a",
        classname=f"{dotted}.TestA",
        outcome="passed",
        file=below if file else "",
        report="r",
    )


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    def make(paths):
        root = tmp_path_factory.mktemp("tree")
        for path in paths:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).touch()
        return Repository.open(root)

    return make


@given(
    st.sets(st.sampled_from(_PATHS), min_size=1),
    st.sampled_from(["", "a", "tests", "b", "a/b"]),
    st.sampled_from(_ABOVE),
    st.sets(st.integers(0, 20)),
    st.booleans(),
)
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_case_is_taken_for_another(tree, paths, root, above, chosen, file):
    ran = [path for path in sorted(paths) if not root or path.startswith(f"{root}/")]
    ran = [path for number, path in enumerate(ran) if number in chosen]
    assume(ran)
    cases = [_case(path, root, above, file=file) for path in ran]
    for path, (_, place) in zip(ran, Matching(tree(paths)).locate(cases), strict=True):
        assert place is None or (place.path, place.key) == (path, "TestA test_a")


@given(st.sets(st.sampled_from(_PATHS), min_size=1), st.booleans())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_whole_run_at_the_top_is_located(tree, paths, file):
    """Unless the same files lie in another folder too, as ``a/x`` and ``a/a/x`` do."""
    cases = [_case(path, "", "", file=file) for path in sorted(paths)]
    found = list(Matching(tree(paths)).locate(cases))
    if any("/" not in path for path in paths) and not any(
        path.startswith("a/a/") for path in paths
    ):
        assert all(place is not None for _, place in found)
