"""Qualified names: proven by a member of that type or module, by no namesake in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sphinx_arco_parity.model.records import Evidence, Verdict
from sphinx_arco_parity.proof import Prover
from sphinx_arco_parity.repository.definitions import language_of
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.settings.options import Settings

if TYPE_CHECKING:
    from pathlib import Path

RUST, PYTHON, TYPESCRIPT = "crates/flow/src/clock.rs", "src/pkg/clock.py", "web/clock.ts"
GO, JAVA, RUBY = "pkg/clock/clock.go", "src/main/Clock.java", "lib/clock.rb"
FILES = {
    RUST: """\
pub struct Clock { ticks: u8 }
impl Clock {
    pub fn tick(&self) {}
}
pub struct Bell;
impl Bell { pub fn ring(&self) {} }
pub trait Sound {
    fn sound(&self) {}
}
impl Sound for Bell {}
#[derive(Clone)]
pub enum Mode {
    Day,




    Night,
}
pub enum Other { Dusk }
pub type Gong = Bell;
pub struct Wrap(Clock);
impl std::ops::Deref for Wrap { type Target = Clock; }
mod inner { pub fn deep() {} pub struct Pit; impl Pit { pub fn fall(&self) {} } }
pub fn free() { fn local() {} let c = spin(); }
impl Clone for Clock { fn clone(&self) -> Self {} }
""",
    PYTHON: """\
from ext import Foreign

class Base:
    def tick(self): ...

class Sub(Base):
    def ring(self): ...

class Bell:
    def toll(self): ...

class Odd(Foreign): ...

class Generic(Protocol[Base]): ...

class Made:
    def __getattr__(self, name): ...

def free(): ...
""",
    "src/pkg/far.py": "from pkg.clock import Sub\n\nclass Far(Sub): ...\n\nclass Near: ...\n",
    TYPESCRIPT: """\
export class Clock { tick() {} }
export class Bell extends Clock { ring() {} }
export class Gong { toll() {} }
export class Mixed extends Mixin(Gong) {}
export interface Shape { area(): number }
export interface Square extends Shape { side: number }
export enum Mode { Day }
export enum Other { Dusk }
export function free() {}
Gong.prototype.bang = function () {};
class Empty {}
Object.assign(Empty.prototype, Clock.prototype);
""",
    GO: """\
package clock

type Clock struct{ n int }

func (c *Clock) Tick() {}

type Bell struct {
	*Clock
	name string
}

type Gong struct {
	inner Clock
}

type Sounder interface {
	Sound()
}

type Louder interface {
	Sounder
	Loud()
}

func Free() {}

type Short struct{ Clock }
""",
    JAVA: """\
class Clock { void tick() {} }
class Bell extends Clock { void ring() {} }
class Gong { void toll() {} }
class Far extends Foreign {}
enum Mode { DAY }
enum Other { DUSK }
""",
    RUBY: "class Clock\n  def tick\n  end\nend\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def judge(root: Path, path: str, symbol: str, line: int | None = None) -> Verdict:
    if language_of(path) is None and path != RUBY:
        pytest.skip("its grammar is not installed")
    evidence = Evidence(kind="code", text=path, path=path, symbol=symbol, line=line)
    (said,) = Prover(Repository.open(root), Settings()).prove([evidence])
    return said


@pytest.mark.parametrize(
    ("path", "symbols"),
    [
        (RUST, "Clock::tick Clock::ticks Bell::ring Bell::sound Sound::sound Mode::Day"),
        (RUST, "Gong::ring inner::deep inner::Pit::fall clock::free flow::free Clone::clone"),
        (PYTHON, "Base.tick Sub.tick Sub.ring clock.free pkg.clock.free"),
        (TYPESCRIPT, "Clock.tick Bell.tick Square.area Mode.Day clock.free Gong.bang"),
        (TYPESCRIPT, "Gong.prototype.bang"),
        (GO, "Clock.Tick Bell.Tick Short.Tick Bell.name Louder.Sound clock.Free clock.Clock.Tick"),
        (JAVA, "Clock.tick Bell.tick Bell#ring Mode.DAY"),
    ],
)
def test_a_member_or_what_is_inherited_is_verified(root: Path, path: str, symbols: str) -> None:
    for symbol in symbols.split():
        assert judge(root, path, symbol).name == "verified", symbol


@pytest.mark.parametrize(
    ("path", "symbols"),
    [
        (RUST, "Bell::tick Clock::ring Clock::sound Other::Day Mode::Dusk Gong::tick"),
        (RUST, "Bell::ticks Clock::free inner::free"),
        (PYTHON, "Bell.tick Base.ring Bell.free Generic.tick Sub.gone"),
        (TYPESCRIPT, "Gong.tick Clock.ring Shape.side Other.Day Clock.free Clock.bang"),
        (GO, "Gong.Tick Clock.name Sounder.Loud"),
        (JAVA, "Gong.tick Clock.ring Other.DAY"),
    ],
)
def test_a_member_of_another_type_is_none(root: Path, path: str, symbols: str) -> None:
    for symbol in symbols.split():
        said = judge(root, path, symbol)
        assert (said.name, said.rule) == ("gone", "evidence-gone"), symbol


@pytest.mark.parametrize(
    ("path", "symbols"),
    [
        (
            RUST,
            "clock::local clock::deep Wrap::tick Mode::clone other::free clock::tick inner::fall Mode::spin",
        ),
        (PYTHON, "Odd.tick Odd.gone Made.tick Nowhere.tick clock.tick"),
        (TYPESCRIPT, "Mixed.tick Nowhere.tick Empty.tick"),
        (GO, "other.Free c.Tick"),
        (JAVA, "Far.tick"),
    ],
)
def test_what_cannot_be_told_is_unknown(root: Path, path: str, symbols: str) -> None:
    for symbol in symbols.split():
        said = judge(root, path, symbol)
        assert (said.name, said.rule) == ("unknown", None), symbol


def test_the_type_that_has_it_is_named(root: Path) -> None:
    assert judge(root, RUST, "Bell::tick", 3).detail == (
        f"`Bell::tick` is not in {RUST}; `tick` at line 3 belongs to `Clock`"
    )


def test_what_a_base_in_another_file_has(root: Path) -> None:
    said = judge(root, "src/pkg/far.py", "Far.tick")
    assert (said.name, said.detail) == (
        "verified",
        f"`Far.tick` is inherited, from line 4 of {PYTHON}",
    )
    assert judge(root, "src/pkg/far.py", "Far.tick", 3).name == "unknown"
    assert judge(root, "src/pkg/far.py", "Near.tick").name == "gone"


@pytest.mark.parametrize(("line", "name"), [(12, "verified"), (11, "verified"), (24, "moved")])
def test_a_member_cited_at_the_line_of_its_type_is_right(root: Path, line: int, name: str) -> None:
    assert judge(root, RUST, "Mode::Night", line).name == name


def test_a_word_near_the_line_is_no_member(root: Path) -> None:
    assert judge(root, RUST, "spin", 24).name == "verified"
    assert judge(root, RUST, "Clock::spin", 24).name == "unknown"
    assert judge(root, RUBY, "Clock.tick", 2).name == "verified"
    assert judge(root, RUBY, "Gong.tick", 2).name == "unknown"


TWO = """\
mod one {
    pub struct Pit;
    impl Pit {
        pub fn fall(&self) {}
    }
}
mod two {
    pub struct Pit;
    impl Pit {
        pub fn rise(&self) {}
    }
}
pub struct Bell;
pub struct Gong;
impl Gong { fn toll(&self) {} }
"""


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        ("one::Pit::fall", "verified"), ("two::Pit::rise", "verified"),
        ("two::Pit::fall", "gone"), ("one::Pit::rise", "gone"), ("Pit::fall", "verified"),
    ],
)  # fmt: skip
def test_the_words_before_the_type_count_too(root: Path, symbol: str, name: str) -> None:
    (root / RUST).write_text(TWO)
    assert judge(root, RUST, symbol).name == name


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("impl<T> Toll for T {}", "unknown"), ("impl<T: Copy> Toll for &T {}", "unknown"),
        ("impl<T> Toll for Vec<T> {}", "gone"), ("impl Toll for Gong {}", "gone"),
        ("macro_rules! tolls { () => {} }", "unknown"),
    ],
)  # fmt: skip
def test_what_an_impl_for_every_type_may_give(root: Path, head: str, name: str) -> None:
    (root / RUST).write_text(f"{TWO}pub trait Toll {{}}\n{head}\n")
    assert judge(root, RUST, "Bell::toll").name == name
