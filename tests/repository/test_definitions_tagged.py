"""Names in C, C++, C#, Ruby, PHP and Kotlin, by their grammars' queries."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from sphinx_arco_parity.model.records import Evidence
from sphinx_arco_parity.proof import Prover
from sphinx_arco_parity.repository.definitions import definitions_in, outline_of
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.source import SourceFile
from sphinx_arco_parity.settings.options import Settings

C = """\
#define LIMIT 3
struct ring { int head; int *slots[4]; };
enum mode { FIFO, LIFO };
static int count;
/** Pushes. */
int
push(struct ring *r)
{
    int local = 1;
    return local;
}
int pop(void);
DECLARE(ring);
void test_push(void) {}
"""
CPP = """\
namespace q {
template <class T>
class Ring : public Base {
  int head;
  void push(T x);
  enum class Mode { Fifo };
};
template <> class Ring<int> {};
}
void q::Ring<int>::push(int x) {}
TEST(Ring, Push) { int Push = 1; }
"""
CSHARP = """\
namespace Q;
[TestFixture]
public class RingTests : Base
{
    const int Max = 3;
    public int Count { get; set; }
    [Fact]
    public void Pushes() { }
    [Fact(Skip = "slow")]
    public void Pops() { }
    public void Help() { }
    enum Mode { Fifo }
}
[Ignore] class Off { [Test] public void Never() { } }
"""
RUBY = """\
module Q
  class Ring < Base
    MAX = 3
    attr_reader :head
    def push(x)
    end
    def self.make; end
  end
end
class RingTest
  def test_push; end
end
describe Ring do
  it "pops twice" do
  end
end
"""
PHP = """\
<?php
namespace A\\Q;
class RingTest extends Base {
    const MAX = 3;
    public int $head;
    public function testPush() {}
    #[Test]
    public function pops() {}
    /** @test */
    public function peeks() {}
    private function help() {}
}
enum Mode { case Fifo; }
function plain() {}
"""
KOTLIN = """\
package q

class Ring(val size: Int) {
    val head = 1

    @Test
    fun pushes() {
        val local = 1
    }

    @Disabled("slow")
    @Test
    fun pops() {
    }
}

object Single
"""
CASES = {
    "ring.c": (C, ("LIMIT macro 1; ring type 2; ring.head field 2; ring.slots field 2; mode type 3;"
        " mode.FIFO variant 3; mode.LIFO variant 3; count constant 4; push function 7;"
        " pop function 12; test_push test 14")),
    "ring.cpp": (CPP, ("q module 1; q.Ring type 3; q.Ring.head field 4; q.Ring.push function 5;"
        " q.Ring.Mode type 6; q.Ring.Mode.Fifo variant 6; q.Ring type 8; q.Ring.push method 10")),
    "Ring.cs": (CSHARP, ("Q module 1; RingTests type 3; RingTests.Max field 5; RingTests.Count field 6;"
        " RingTests.Pushes test 8; RingTests.Pops test 10; RingTests.Help method 11;"
        " RingTests.Mode type 12; RingTests.Mode.Fifo variant 12; Off type 14; Off.Never test 14")),
    "ring.rb": (RUBY, ("Q module 1; Q.Ring type 2; Q.Ring.MAX constant 3; Q.Ring.head method 4;"
        " Q.Ring.push method 5; Q.Ring.make method 7; RingTest type 10; RingTest.test_push test 11;"
        " Ring suite 13; Ring.pops twice test 14")),
    "ring.php": (PHP, ("RingTest type 3; RingTest.MAX constant 4; RingTest.head field 5;"
        " RingTest.testPush test 6; RingTest.pops test 8; RingTest.peeks test 10;"
        " RingTest.help function 11; Mode type 13; Mode.Fifo variant 13; plain function 14")),
    "ring.kt": (KOTLIN, ("Ring type 3; Ring.size field 3; Ring.head field 4; Ring.pushes test 7;"
        " Ring.pops test 13; Single type 17")),
}  # fmt: skip
GRAMMARS = {"c": "c", "cpp": "cpp", "cs": "c_sharp", "rb": "ruby", "php": "php", "kt": "kotlin"}


def _needed(path):
    pytest.importorskip(f"tree_sitter_{GRAMMARS[path.rpartition('.')[2]]}")


def _source(path, text):
    return SourceFile(path=path, text=text, digest="")


@pytest.mark.parametrize("path", CASES)
def test_each_language_says_what_it_defines(path):
    _needed(path)
    text, expected = CASES[path]
    found = definitions_in(_source(path, text)).definitions
    said = [f"{'.'.join((*d.scope, d.name))} {d.kind} {d.line}" for d in found]
    assert sorted(said) == sorted(expected.split("; "))
    outline = outline_of(_source(path, text))
    assert all(d in outline.named(d.name) for d in found)


@pytest.mark.parametrize(
    ("path", "kind", "symbol", "line", "name"),
    [
        ("ring.c", "code", "push", 5, "verified"),
        ("ring.c", "code", "push", 10, "verified"),
        ("ring.c", "code", "pop", 1, "moved"),
        ("ring.c", "code", "DECLARE", 13, "verified"),
        ("ring.c", "code", "shift", 5, "gone"),
        ("ring.c", "test", "test_push", 14, "verified"),
        ("ring.cpp", "code", "Ring::push", 5, "verified"),
        ("ring.cpp", "code", "Ring::push", 10, "verified"),
        # It may come from `Base`.
        ("ring.cpp", "code", "Ring::shift", None, "unknown"),
        ("ring.cpp", "test", "Push", 11, "verified"),
        ("Ring.cs", "test", "Pushes", 8, "verified"),
        ("Ring.cs", "test", "Pops", 10, "disabled"),
        ("Ring.cs", "test", "Never", 14, "disabled"),
        ("Ring.cs", "test", "Help", 11, "unknown"),
        ("ring.rb", "code", "Ring#head", 4, "verified"),
        ("ring.rb", "test", "pops twice", 14, "verified"),
        ("ring.php", "code", "RingTest::peeks", 9, "verified"),
        ("ring.kt", "test", "pops", 13, "disabled"),
        ("ring.kt", "code", "Ring.head", 17, "moved"),
    ],
)
def test_a_citation_is_held_to_what_is_defined(tmp_path, path, kind, symbol, line, name):
    _needed(path)
    (tmp_path / path).write_text(CASES[path][0])
    cited = Evidence(kind=kind, text="", path=path, line=line, symbol=symbol)
    assert Prover(Repository.open(tmp_path), Settings()).prove([cited])[0].name == name


_SKIPPED = {"local", "parameter", "alias", "package", "using", "variable"}


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("ctags"), reason="ctags is not here")
def test_ctags_agrees(tmp_path):
    """Each definition that ctags lists at a line is one when it is cited there.

    `PARITY_SOURCES` names a folder of real sources; without it, those above are asked.
    """
    for path, (text, _) in CASES.items():
        _needed(path)
        (tmp_path / path).write_text(text)
    root = Path(os.environ.get("PARITY_SOURCES", tmp_path))
    right, wrong = 0, []
    for path in sorted(p for p in root.rglob("*.*") if p.suffix[1:] in GRAMMARS and p.is_file()):
        asked = outline_of(_source(path.name, path.read_text(errors="replace")))
        listed = subprocess.run(
            ["ctags", "--output-format=json", "--fields=+neK", "-f", "-", path],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        for tag in map(json.loads, listed.splitlines()):
            name, line = tag["name"].rpartition("::")[2], tag["line"]
            found = asked.named(name) if asked else ()
            if not found or tag["kind"] in _SKIPPED or name.isupper():
                continue
            here = any(d.first_line - 3 <= line <= max(d.last_line, d.line) for d in found)
            right += here
            if not here and tag.get("scopeKind") not in {"function", "method"}:
                wrong.append((path, line, name, tag["kind"], found))
    assert not wrong, "\n".join(map(str, wrong[:20]))
    assert right > 20
