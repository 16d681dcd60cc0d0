"""Names in Go, TypeScript, JavaScript and Java, and what holds for every language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.repository import definitions as module
from sphinx_arco_parity.repository.definitions import (
    GRAMMARS,
    definitions_in,
    language_of,
    missing_language,
    nodes,
    outline_of,
)
from sphinx_arco_parity.repository.source import Definition, SourceFile


def outline(path: str, text: str) -> dict[str, Definition]:
    source = SourceFile(path=path, text=text, digest="")
    found = definitions_in(source)
    asked = outline_of(source)
    assert found is not None
    assert asked is not None
    for one in found.definitions:
        assert one in asked.named(one.name)
    return {".".join((*one.scope, one.name)): one for one in found.definitions}


def places(path: str, text: str) -> dict[str, tuple[int, int, int]]:
    found = outline(path, text)
    return {k: (v.first_line, v.line, v.last_line) for k, v in found.items()}


GO = """\
//go:build integration && linux

package tick

// Limit is it.
// Really.
const Limit = 3

const (
	// A is first.
	A = iota
	B
)

var First, Second = 1, 2

// Tick is one.
type Tick[T any] struct {
	At, Until int
	other string
}

type Clock interface {
	Now() int
}

type Alias = Clock

// Next returns.
func (t *Tick[T]) Next(at int) int {
	const local = 1
	return local
}

func New() *Clock { return nil }

func TestTick(t *testing.T) {
	t.Parallel()
	t.Run("after midnight", func(t *testing.T) {
		t.Log("x")
	})
}

func TestOff(t *testing.T) {
	t.Skip("later")
}

func FuzzTick(f *testing.F) {}
func Testimony(t *testing.T) {}
func TestHelper(x int) {}
func (s *Suite) TestInSuite() {}
"""


def test_go() -> None:
    found = places("a_test.go", GO)
    assert found["Limit"] == (5, 7, 7)
    assert found["A"] == (10, 11, 11)
    assert found["B"] == (12, 12, 12)
    assert found["First"] == found["Second"] == (15, 15, 15)
    assert found["Tick"] == (17, 18, 21)
    assert found["Tick.Until"] == (19, 19, 19)
    assert found["Clock.Now"] == (24, 24, 24)
    assert found["Alias"] == (27, 27, 27)
    assert found["Tick.Next"] == (29, 30, 33)
    assert found["TestTick.after midnight"] == (39, 39, 41)
    assert not any("local" in name for name in found)
    every = outline("a_test.go", GO)
    tests = {name for name, one in every.items() if one.is_test}
    assert tests == {
        "TestTick", "TestTick.after midnight", "TestOff", "FuzzTick", "Suite.TestInSuite",
    }  # fmt: skip
    assert every["TestOff"].disabled == 't.Skip("later")'
    assert every["TestTick"].disabled is None
    assert every["TestTick"].gates == ("integration && linux",)


TYPESCRIPT = """\
import { x } from "./x";

/** Ticks. */
@Injectable()
export class Tick<T> extends Base {
  private at = 1;
  static limit: number;

  /** Next. */
  @Memo()
  async next(): Promise<void> {
    const local = 1;
    const inner = () => local;
  }
  #hidden() {}
}

export const make = (at: number): Tick => new Tick(at);
export const LIMIT = 3, OTHER = 4;

export interface Clock {
  now(): number;
  zone: string;
}

export type Alias = { name: string };
enum Status { Queued, Running = "running" }
namespace Deep { export function dive() {} }
export default function main() {}
export abstract class Shape { abstract area(): number; }
"""


@pytest.mark.parametrize("path", ["a.ts", "a.tsx", "a.mts"])
def test_typescript(path: str) -> None:
    found = places(path, TYPESCRIPT)
    assert found["Tick"] == (3, 5, 16)
    assert found["Tick.at"] == (6, 6, 6)
    assert found["Tick.limit"] == (7, 7, 7)
    assert found["Tick.next"] == (9, 11, 14)
    assert found["Tick.next.inner"] == (13, 13, 13)
    assert found["Tick.hidden"] == (15, 15, 15)
    assert found["make"] == (18, 18, 18)
    assert found["OTHER"] == (19, 19, 19)
    assert found["Clock.now"] == (22, 22, 22)
    assert found["Clock.zone"] == (23, 23, 23)
    assert found["Alias"] == (26, 26, 26)
    assert found["Status.Queued"] == found["Status.Running"] == (27, 27, 27)
    assert found["Deep.dive"] == (28, 28, 28)
    assert found["main"] == (29, 29, 29)
    assert found["Shape.area"] == (30, 30, 30)
    assert language_of(path) == "typescript"


JEST = """\
describe("scheduler", () => {
  it("ticks_once", async () => {});
  it.skip("is off", () => {});
  it.each([1, 2])("counts %s", () => {});
  test.todo("comes later");
  it.skipIf(process.env.CI)("is gated", () => {});
  describe.skip("slow", () => {
    test(`runs_never`, () => {});
  });
  xit('is also off', () => {});
});
test.describe("pages", () => { test.fixme("broken", () => {}); });
regexp.test("no test"); submit("it");
"""


@pytest.mark.parametrize("path", ["a.test.ts", "a.spec.js", "a.test.tsx", "a.mjs"])
def test_tests_that_are_named_by_strings(path: str) -> None:
    found = outline(path, JEST)
    tests = {name: one.disabled for name, one in found.items() if one.is_test}
    assert tests == {
        "scheduler.ticks_once": None,
        "scheduler.is off": "it.skip",
        "scheduler.counts %s": None,
        "scheduler.comes later": None,
        "scheduler.is gated": None,
        "scheduler.slow.runs_never": "describe.skip",
        "scheduler.is also off": "xit",
        "pages.broken": "test.fixme",
    }
    assert found["scheduler.comes later"].fails == "test.todo"
    assert found["scheduler.is gated"].gates == ("skipIf(process.env.CI)",)
    assert found["scheduler.slow"].disabled == "describe.skip"
    assert not found["scheduler.slow"].is_test


def test_javascript() -> None:
    text = """\
/** Doc. */
function plain() {}
function* made() {}
class Tick { #own = 1; at = 2; next() {} static make() {} }
const arrow = () => 1, value = 3;
module.exports = { given: function () {} };
exports.named = plain;
Tick.prototype.later = function () {};
const held = { method() {}, arrow: () => 2, data: 3 };
if (x) { var inside = 4; }
function wraps() { const local = 1; const callee = () => 2; }
"""
    found = places("a.js", text)
    assert found["plain"] == (1, 2, 2)
    for name, line in {
        "made": 3, "Tick": 4, "Tick.own": 4, "Tick.at": 4, "Tick.next": 4, "Tick.make": 4,
        "arrow": 5, "value": 5, "given": 6, "named": 7, "Tick.later": 8, "held": 9,
        "held.method": 9, "held.arrow": 9, "wraps.callee": 11,
    }.items():  # fmt: skip
        assert found[name][1] == line, name
    assert "wraps.local" not in found
    assert "held.data" not in found


def test_of_one_line_what_stands_first_comes_first() -> None:
    owners = [f"m{index}" for index in range(50)]
    found = outline("a.js", " ".join(f"{owner}.run = function () {{}};" for owner in owners))
    assert list(found) == [f"{owner}.run" for owner in owners]


JAVA = """\
package tick;

/**
 * Ticks.
 */
@Service
public class Tick<T> extends Base {
  private int at = 1, until;
  /** Limit. */
  static final int LIMIT = 3;

  public Tick() {}

  @Override
  public void next(int at) { int local = 1; }

  enum Status { QUEUED, RUNNING(1) { void go() {} }; }
  record Pair(int a) {}
  interface Clock { int ZERO = 0; long now(); }
}

class TickTest {
  @Test void ticks() {}
  @ParameterizedTest @Tag("slow") void counts(int x) {}
  @Test @Disabled("later") void off() {}
  @Test @EnabledOnOs(OS.LINUX) void gated() {}
  void helper() {}
  @Nested @Ignore class Inner { @Test void never() {} }
}
class OldTest extends TestCase { public void testOld() {} }
class NgTest { @Test(enabled = false) public void ng() {} }
"""


def test_java() -> None:
    found = places("a.java", JAVA)
    assert found["Tick"] == (3, 7, 20)
    assert found["Tick.at"] == found["Tick.until"] == (8, 8, 8)
    assert found["Tick.LIMIT"] == (9, 10, 10)
    assert found["Tick.Tick"] == (12, 12, 12)
    assert found["Tick.next"] == (14, 15, 15)
    assert found["Tick.Status.RUNNING"] == (17, 17, 17)
    assert found["Tick.Pair"] == (18, 18, 18)
    assert found["Tick.Clock.ZERO"] == found["Tick.Clock.now"] == (19, 19, 19)
    assert "Tick.next.local" not in found
    every = outline("a.java", JAVA)
    assert {name: one.disabled for name, one in every.items() if one.is_test} == {
        "TickTest.ticks": None,
        "TickTest.counts": None,
        "TickTest.off": '@Disabled("later")',
        "TickTest.gated": None,
        "TickTest.Inner.never": "@Ignore",
        "OldTest.testOld": None,
        "NgTest.ng": "@Test(enabled = false)",
    }
    assert every["TickTest.counts"].marks == ("slow",)
    assert every["TickTest.gated"].gates == ("@EnabledOnOs(OS.LINUX)",)


@pytest.mark.parametrize("path", ["a.md", "Makefile", "a.yml", "rs", "a.rs.txt", "", "a."])
def test_unknown_languages_are_said_to_be_unknown(path: str) -> None:
    assert language_of(path) is None
    assert missing_language(path) is None
    assert definitions_in(SourceFile(path=path, text="fn a() {}", digest="")) is None


def test_a_grammar_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert language_of("a.go") == "go"
    monkeypatch.setattr(nodes, "_language", lambda _grammar: None)
    nodes.parser.cache_clear()
    module._grammar.cache_clear()
    try:
        assert language_of("a.go") is None
        assert missing_language("a.go") == "go"
        assert definitions_in(SourceFile(path="a.go", text="", digest="")) is None
    finally:
        monkeypatch.undo()
        nodes.parser.cache_clear()
        module._grammar.cache_clear()
    assert missing_language("a.go") is None


_PIECES = st.sampled_from([
    "fn ", "struct ", "impl ", "mod ", "class ", "def ", "function ", "test(", "describe(",
    "#[test]", "@pytest.mark.skip", "@Test ", "macro! ", "enum ", "const ", "type ",
    "func ", "name", "other", "{", "}", "(", ")", "[", "]", ":", ";", ",", "=", "\n",
    "\n    ", '"', "'", "`", "//", "/*", "*/", "#", "t.Run(", " for ", "<", ">", "=>", "é",
    "\r\n", "\t", "pytestmark = ", "if x:\n    ", "#![cfg(x)]", "proptest! {",
])  # fmt: skip
_TEXTS = st.one_of(st.text(), st.lists(_PIECES, max_size=60).map("".join))


@given(_TEXTS)
def test_any_text_is_taken_in_every_language(text: str) -> None:
    last = text.count("\n") + 1
    for one in filter(nodes.parser, GRAMMARS):
        source = SourceFile(path=f"a{one.suffixes[0]}", text=text, digest="")
        found = definitions_in(source)
        asked = outline_of(source)
        assert found is not None
        assert asked is not None
        asked.words("name")
        for definition in (*found.definitions, *asked.named("name")):
            assert 1 <= definition.first_line <= definition.line, (one.name, definition)
            assert definition.line <= definition.last_line <= last, (
                one.name,
                definition,
            )
        named = [each for each in found.definitions if each.name == "name"]
        assert all(each in asked.named("name") for each in named)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.js", 'test("name", () => {' * 1500 + "})" * 1500),
        ("a.rs", "mod a {" * 1500 + "fn name() {}" + "}" * 1500),
        ("a.py", "(" * 5000),
    ],
)
def test_absurd_nesting_is_given_up(path: str, text: str) -> None:
    source = SourceFile(path=path, text=text, digest="")
    asked = outline_of(source)
    assert asked is not None
    assert asked.named("name") == ()
    assert definitions_in(source) is not None
