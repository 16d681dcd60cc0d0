"""What it costs to prove evidence, against a bare parse of the cited files.

    python benchmarks/evidence.py [REFERENCES [FILES]]

Writes a repository of Rust and Python files into a temporary folder, cites functions and
types of it, and prints CPU seconds: a bare tree-sitter parse of the cited files, a first
build with an empty cache, and a second one with nothing changed.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_arco_parity.model.records import Evidence
from sphinx_arco_parity.proof import Prover
from sphinx_arco_parity.repository.definitions import GRAMMARS
from sphinx_arco_parity.repository.definitions.nodes import parser
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.settings.options import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_BLOCKS = 12
_PYTHON = '''

def func_{i}_{k}(a, b):
    """Add, in a way."""
    x = a + b * {k}
    if x > 3:
        return helper(x, "text")
    return x


class Class_{i}_{k}:
    field: int = {k}

    def method(self, v):
        return self.field + v
'''
_RUST = """
/// Adds, in a way.
pub fn func_{i}_{k}(a: u32, b: u32) -> u32 {{
    let x = a + b * {k};
    if x > 3 {{ return helper(x, "text"); }}
    x
}}

#[derive(Debug)]
pub struct Class_{i}_{k} {{
    pub field: u32,
}}

impl Class_{i}_{k} {{
    pub fn method(&self, v: u32) -> u32 {{ self.field + v }}
}}
"""


def path_of(i: int) -> str:
    """Return the path of file *i*: every other one is Rust."""
    return f"crates/c{i // 100}/src/m{i}.{'py' if i % 2 else 'rs'}"


def write_repository(root: Path, files: int) -> None:
    """Write *files* files below *root*, under git."""
    for i in range(files):
        block = _PYTHON if i % 2 else _RUST
        path = root / path_of(i)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(block.format(i=i, k=k) for k in range(_BLOCKS)))
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=root, check=True)


def cite(references: int, files: int) -> list[Evidence]:
    """Return *references* pieces of evidence, spread over the files."""
    chance = random.Random(1)  # noqa: S311 - the same corpus every time
    found = []
    for item in range(references):
        i, k = item % files, chance.randrange(_BLOCKS)
        symbol = chance.choice([f"func_{i}_{k}", f"Class_{i}_{k}"])
        line = chance.randrange(1, 100)
        found.append(
            Evidence(
                kind="code",
                text="",
                path=path_of(i),
                line=line,
                symbol=symbol,
                item=item,
            )
        )
    return found


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds that *work* takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def bare_parse(root: Path, cited: Sequence[Evidence]) -> None:
    """Parse each cited file once, and do nothing else."""
    parsers = {one.suffixes[0]: parser(one) for one in GRAMMARS}
    for path in dict.fromkeys(one.path for one in cited):
        made = parsers[Path(path).suffix]
        assert made is not None
        made.parse((root / path).read_bytes())


def build(root: Path, cache: Path, cited: Sequence[Evidence]) -> None:
    """Prove all evidence, six pieces a declaration, as a build does."""
    repository = Repository.open(root, cache=cache)
    prover = Prover(repository, Settings())
    prover.prepare(cited)
    for start in range(0, len(cited), 6):
        prover.prove(cited[start : start + 6])
    repository.save()


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    references = int(arguments[0]) if arguments else 10_000
    files = int(arguments[1]) if len(arguments) > 1 else 5_000
    with tempfile.TemporaryDirectory() as folder:
        root, cache = Path(folder, "root"), Path(folder, "cache")
        write_repository(root, files)
        time.sleep(4)  # a change just before a build is never taken on trust
        cited = cite(references, files)
        bare = cpu(lambda: bare_parse(root, cited))
        print(f"bare parse  {bare:7.2f} s")
        for name in ("first", "again"):
            took = cpu(lambda: build(root, cache, cited))
            each = took / references * 1e6
            print(f"{name}       {took:7.2f} s  {took / bare:5.2f} x  {each:6.1f} µs each")


if __name__ == "__main__":
    main(sys.argv[1:])
