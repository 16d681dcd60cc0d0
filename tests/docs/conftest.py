"""The code blocks of a page as a project: files to write, commands to run.

A block with a caption is a file of that name, ``NAME (add)`` what is added to it. A
``console`` block is run: lines after ``$`` are commands, the lines after one are what it
prints, in order, where ``…`` stands for anything. Other blocks are only shown.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
_BLOCK = re.compile(r"^(`{3,})(\S+)[^\n]*\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
_CAPTION = re.compile(r":caption: (.*)\n\n?")
_ADDED = " (add)"
_BUILD = "-q -E -n -W --keep-going -b html"


def blocks(page):
    """Return (kind, name, text) of each block of *page*: ``file`` or ``console``."""
    found = []
    for _, info, body in _BLOCK.findall((DOCS / page).read_text(encoding="utf-8")):
        caption = _CAPTION.match(body)
        if info == "{code-block}" and caption:
            found.append(("file", caption[1], body[caption.end() :]))
        elif info == "console":
            found.append(("console", "", body))
    return found


def write_block(root, name, text):
    """Write the file *name* of a page under *root*, or add to it."""
    path = root / name.removesuffix(_ADDED)
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if name.endswith(_ADDED) else ""
    path.write_text(before + text, encoding="utf-8")


def steps(console):
    """Return (command, lines that it prints) of each command of a console block."""
    found = []
    for line in console.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def printed(expected, output):
    """Tell whether *output* has the lines *expected* in order; ``…`` is anything."""
    lines = [".*".join(re.escape(part.strip()) for part in line.split("…")) for line in expected]
    pattern = r"\n(?:.*\n)*?".join(rf" *{line}.*" for line in lines)
    return re.search(rf"^{pattern}$", output, re.MULTILINE) is not None


class Shell:
    """Runs commands in one folder, with ``$?`` from one to the next."""

    def __init__(self, folder, programs):
        self.folder = folder
        self.status = 0
        self.environment = {
            **os.environ,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder.parent),
            "NO_COLOR": "1",
        }

    def run(self, command):
        """Run *command*; return what it prints, both streams together."""
        done = subprocess.run(
            ["bash", "-c", f"(exit {self.status}); {command}"],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=300,
        )
        self.status = done.returncode
        return done.stdout


@pytest.fixture(scope="session")
def programs(tmp_path_factory):
    """Return a folder with the two programs that the pages call."""
    folder = tmp_path_factory.mktemp("programs")
    for name, module in (
        ("sphinx-build", "sphinx"),
        ("arco-parity", "sphinx_arco_parity"),
    ):
        script = folder / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {module} "$@"\n')
        script.chmod(0o755)
    return folder


@pytest.fixture
def follow(tmp_path, programs):
    """Return a function that follows a page literally, and builds what is left."""

    def followed(page):
        root = tmp_path / "project"
        root.mkdir()
        shell = Shell(root, programs)
        commands = 0
        for kind, name, text in blocks(page):
            if kind == "file":
                write_block(root, name, text)
                continue
            for command, expected in steps(text):
                commands += 1
                output = shell.run(command)
                assert not expected or printed(expected, output), (command, output)
        return root, shell, commands

    return followed


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Return the folder of the built site."""
    out = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *_BUILD.split(), str(DOCS), str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout
    assert not done.stdout
    return out
