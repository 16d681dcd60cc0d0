"""Break the core rooms a little, in many places, and see whether their tests notice.

`python tests/mutation/run.py [ROOM …] [--sample N] [--seed N]`, or `tox -e mutation`.  The
mutants are mutmut's; each room is tried against the tests of the same room alone, since
these are what somebody runs who changes it.  Prints what was killed in each room and lists
the mutants that survived; `--at-least PERCENT` fails where fewer are killed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from rooms import ROOMS, SHORT

_ROOT = Path(__file__).parents[2]
_HERE = Path(__file__).parent
_COPIED = ("docs", "examples", "benchmarks", "README.md", "CHANGELOG.md", "tox.ini")
_KILLED = ("killed", "timeout", "segfault", "suspicious", "caught by type check")


def main() -> int:
    """Try the rooms that are named; return the exit code."""
    given = _parser().parse_args()
    rooms = given.rooms or (SHORT if given.short else tuple(ROOMS))
    sample = 20 if given.short else given.sample
    weak = False
    for room in rooms:
        result = _try(room, sample, given.seed, given.processes)
        percent = _print(room, result)
        weak = weak or percent < given.at_least
    if weak:
        print(f"a room is below {given.at_least} %", file=sys.stderr)
    return int(weak)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=", ".join(ROOMS))
    parser.add_argument("--sample", type=int, default=60, help="mutants in each room, 0: all (60)")
    parser.add_argument("--seed", type=int, default=1, help="of the sample (1)")
    parser.add_argument("--short", action="store_true", help="some rooms, 20 mutants")
    parser.add_argument("--at-least", type=int, default=0, metavar="PERCENT")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 2)
    return parser


def _try(room: str, sample: int, seed: int, processes: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("sphinx_arco_parity", "tests", *_COPIED):
            (folder / part).symlink_to(_ROOT / part)
        configuration = (_ROOT / "pyproject.toml").read_text() + _configuration(room)
        (folder / "pyproject.toml").write_text(configuration)
        command = [sys.executable, _HERE / "one_room.py", sample, seed, processes]
        log = folder / "mutmut.log"
        with log.open("w") as output:
            done = subprocess.run(
                list(map(str, command)),
                cwd=folder,
                check=False,
                # CI: laws try the same examples each time; one that fails now and
                # then would be taken for a mutant that is killed.
                env={**os.environ, "PYTHONPATH": str(_HERE), "CI": "1"},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        if done.returncode:
            sys.exit(f"{room}: mutmut failed\n{log.read_text()[-4000:]}")
        return json.loads((folder / "result.json").read_text())


def _configuration(room: str) -> str:
    settings = {
        "source_paths": ["sphinx_arco_parity"],
        "only_mutate": [f"sphinx_arco_parity/{room}/*"],
        "also_copy": list(_COPIED),
        "pytest_add_cli_args": ["-p", "deeper", "-m", "not long and not browser"],
        "pytest_add_cli_args_test_selection": list(ROOMS[room]),
        # A process that has run no test yet: nothing is in a cache that a mutant fills.
        "process_isolation": "forkserver",
        "use_git_change_detection": False,
    }
    lines = [f"{key} = {json.dumps(held)}" for key, held in settings.items()]
    return "\n[tool.mutmut]\n" + "\n".join(lines) + "\n"


def _print(room: str, result: dict[str, object]) -> float:
    tried = result["tried"]
    left = [mutant for mutant in tried if mutant["status"] not in _KILLED]
    killed = len(tried) - len(left)
    percent = 100 * killed / max(1, len(tried))
    print(f"{room}: {killed} of {len(tried)} killed, {percent:.0f} %", end="")
    print(f" (of {result['mutants']} mutants)", flush=True)
    for mutant in left:
        print(f"  {mutant['place']}: {mutant['status']} [{mutant['name']}]")
        for part in mutant["difference"]:
            print(f"    {part}")
    return percent


if __name__ == "__main__":
    sys.exit(main())
