"""Our words against those that a real bash makes of generated commands."""

from __future__ import annotations

import random
import shutil
import subprocess

import pytest

from sphinx_arco_parity.repository.shell import ShellSyntaxError, commands_of

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash"),
]

PARTS = [
    "a", "b-c", " ", "  ", "'d e'", '"f g"', '"$X"', "$X", "${X}", '"${Y[@]}"', "\\ ", "\\\n",
    "$'h\\'i'", "#j", "k#", '"\\$l"', "'\"'", "--m=n", "''", ";run ", "&&run ", "\nrun ", "||run ",
    " #c\nrun ", ">/dev/null ", "2>&1 ", "'o\np'",
]  # fmt: skip
HEAD = "X='x  y'\nY=(1 '2 3')\n"
SHOW = "run() { printf '<%s>' \"$@\"; printf '\\n--\\n'; }\n"


def generated():
    chance = random.Random(20240607)  # noqa: S311 - no secret
    for _ in range(1500):
        yield "run " + "".join(chance.choice(PARTS) for _ in range(chance.randint(1, 9)))


def test_real_bash_agrees(tmp_path):
    compared = 0
    for script in generated():
        done = subprocess.run(
            ["bash", "-c", SHOW + HEAD + script],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
        )
        if done.returncode or done.stderr or ">/dev/null" in script or "||" in script:
            continue
        try:
            found = commands_of(HEAD + script)
        except ShellSyntaxError:
            pytest.fail(f"{script!r} is a script")
        if not all(one.known for one in found) or any(w.glob for c in found for w in c.words):
            continue
        compared += 1
        ours = ["".join(f"<{w.text}>" for w in one.words[1:]) or "<>" for one in found]
        assert done.stdout.split("\n--\n")[:-1] == ours, script
    assert compared > 500
