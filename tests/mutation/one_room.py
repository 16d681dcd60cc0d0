"""Mutate one room and try its tests: `python one_room.py SAMPLE SEED PROCESSES`.

Called by `run.py`, in a folder of its own, a process for each room: mutmut keeps its state
in its modules.  Writes `result.json`: how many mutants there are, and for each that was
tried its name, place, difference and what came of it.
"""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path

import mutmut.__main__ as mutmut
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.utils.format_utils import orig_function_and_class_names_from_key
from properties import mutate_properties

_HUNK = re.compile(r"@@ -(\d+)")


def main(sample: int, seed: int, processes: int) -> None:
    """Try *sample* mutants, all if it is 0, of what `pyproject.toml` here names."""
    mutate_properties()
    names = _all_names(processes)
    chosen = sorted(names)
    if sample and sample < len(chosen):
        chosen = random.Random(seed).sample(chosen, sample)  # noqa: S311
    mutmut._run(chosen, processes)
    tried = [_result(name) for name in sorted(chosen)]
    result = {"mutants": len(names), "tried": tried}
    Path("result.json").write_text(json.dumps(result, indent=1))


def _all_names(processes: int) -> list[str]:
    Path("mutants").mkdir()
    mutmut.copy_src_dir()
    mutmut.copy_also_copy_files()
    mutmut.create_mutants(processes)
    found, _ = mutmut.collect_source_file_mutation_data(mutant_names=())
    return [name for _, name, _ in found]


def _result(name: str) -> dict[str, object]:
    ((data, _, code),), _ = mutmut.collect_source_file_mutation_data(mutant_names=(name,))
    difference = get_diff_for_mutant(name, path=data.path).splitlines()[2:]
    return {
        "name": name,
        "status": mutmut.status_by_exit_code[code],
        "place": f"{data.path}:{_line(Path(data.path), name, difference)}",
        "difference": [part for part in difference if part[:1] in "+-" and part[1:].strip()],
    }


def _line(path: Path, name: str, difference: list[str]) -> int:
    """Return the line of the mutation: its function's, and so much further."""
    function, owner = orig_function_and_class_names_from_key(name)
    source = path.read_text().splitlines()
    start = 0
    if owner:
        start = next(n for n, s in enumerate(source) if s.startswith(f"class {owner}"))
    head = re.compile(rf"\s*(?:async )?def {re.escape(function)}\b")
    start = next(n for n, s in enumerate(source[start:], start) if head.match(s))
    hunk = _HUNK.match(difference[0])
    before = next(n for n, s in enumerate(difference[1:]) if s[:1] in "+-")
    return start + int(hunk[1] if hunk else 1) + before


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
