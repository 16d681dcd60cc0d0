"""Reports that jest-junit and vitest wrote of one suite: two files, one title in each."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.results.joining import join

FILES = {
    "src/a.test.js": """\
describe('schedule', () => {
  test('ticks once', () => { expect(1).toBe(1); });
  describe('deep', () => { it('fails late', () => { expect(1).toBe(2); }); });
  test.skip('not yet', () => {});
  test.each([1, 2])('each %i', (n) => { expect(n).toBeGreaterThan(0); });
});
test('ticks once', () => { expect(1).toBe(1); });
""",
    "src/sub/a.test.js": "describe('schedule', () => { test('ticks once', () => {}); });\n",
}
WANTED = [
    ("src/a.test.js", "schedule::ticks once"),
    ("src/a.test.js", "schedule::deep::fails late"),
    ("src/a.test.js", "schedule::not yet"),
    ("src/a.test.js", "schedule::each %i"),
    ("src/a.test.js", "ticks once"),
    ("src/sub/a.test.js", "schedule::ticks once"),
]


@pytest.mark.parametrize(
    ("name", "said", "unmatched"),
    [
        # By default jest-junit names no file: what two files have stays in doubt.
        ("jest-junit.xml", [None, "failed", "skipped", None, "passed", None], 4),
        ("jest-junit-file.xml", ["passed", "failed", "skipped", None, "passed", "failed"], 0),
        ("vitest.xml", ["passed", "failed", "skipped", None, "passed", "failed"], 0),
    ],
)
def test_every_case_is_its_test_or_in_doubt(repository, report, name, said, unmatched):
    pytest.importorskip("tree_sitter_javascript")
    found = join(report(name), WANTED, repository(FILES))
    results = [found.tests.get(test, (None,))[0] for test in WANTED]
    assert (results, found.unmatched) == (said, unmatched)
