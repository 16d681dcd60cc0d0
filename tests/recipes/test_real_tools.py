"""What we say that a recipe runs, against what the tool itself runs, on generated recipes.

Every command of a recipe is an `echo`: the tool is started, and the lines that it prints are
compared with ours. A tool that is not on PATH is left out.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess

import pytest

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.shell import commands_of
from sphinx_arco_parity.repository.workflows import CiCommand
from sphinx_arco_parity.repository.workflows.scripts import followed

pytestmark = pytest.mark.long

COUNT = int(os.environ.get("PARITY_RECIPES", "60"))
NAMES = ["all", "unit", "slow", "lint"]


def _some(chance, items, most=3):
    return chance.sample(items, chance.randint(0, min(most, len(items))))


def _makefile(chance):
    heads = [
        "WHAT = w1", "WHAT := w2 $(MORE)", "MORE ?= m1", "MORE = m2", "export WHAT", "export X = x1",
        "COMPUTED = $(shell echo c)", "ifdef WHAT\nMORE = m3\nendif", "define BLOCK\nb\nendef",
        ".DEFAULT_GOAL := slow", ".PHONY: all unit slow lint", "include x.mk", "-include none.mk",
        "ifeq ($(WHAT),w1)\nlint: unit\nendif", "SHELL := /bin/bash", "WHAT += w3", "$(info said)",
        "unit: WHAT = own",
    ]  # fmt: skip
    words = ["$(WHAT)", "${MORE}", "$$X", "a", "'b c'", "$(COMPUTED)", "$@", "$(NONE)", "$(BLOCK)"]
    text = "\n".join(_some(chance, heads, 6))
    for name in chance.sample(NAMES, len(NAMES)):
        needs = _some(chance, [other for other in NAMES if other > name], 2)
        lines = [
            f"\t@echo @ {name} {' '.join(_some(chance, words))}"
            for _ in range(chance.randint(0, 2))
        ]
        lines += ["\t@$(MAKE) --no-print-directory -C sub deep"] if chance.random() < 0.2 else []
        text += "\n" + "\n".join([f"{name}: {' '.join(needs)}", *lines]) + "\n"
    goals = " ".join(_some(chance, NAMES, 2))
    given = chance.choice(["", "", "WHAT=g"])
    files = {"Makefile": text, "x.mk": "MORE = from-x\n", "sub/Makefile": "deep:\n\t@echo @ deep\n"}
    return files, f"make --no-print-directory {goals} {given}"


def _justfile(chance):
    text = "x := 'x1'\ny := \"y1\"\n# why\nz := `echo z`\n"
    words = ["{{x}}", "{{ y }}", "a", "'b c'", *chance.choice([["{{z}}"], [], []])]
    for name in NAMES:
        parameter = chance.choice(["", "", " p", " *p", " *p", " p='d'", " +p"])
        needs = _some(chance, [other for other in NAMES if other > name], 2)
        own = [*words, *(["{{p}}"] if parameter else [])]
        lines = [
            f"    @echo @ {name} {' '.join(_some(chance, own))}"
            for _ in range(chance.randint(1, 2))
        ]
        text += "\n".join([f"{name}{parameter}: {' '.join(needs)}", *lines]) + "\n\n"
    asked = chance.choices([*NAMES, *NAMES, "arg", "'s p'"], k=chance.randint(0, 2))
    return {"justfile": text}, f"just {' '.join(asked)}"


def _taskfile(chance):
    words = [
        "{{.A}}",
        "{{.B}}",
        "$E",
        "x",
        "'y z'",
        "{{.CLI_ARGS}}",
        "{{.C}}",
        "{{.NO}}",
        "{{.A | upper}}",
    ]
    tasks = {}
    for name in NAMES:
        later = [other for other in NAMES if other > name]
        cmds = [
            f"echo @ {name} {' '.join(_some(chance, words))}" for _ in range(chance.randint(1, 2))
        ]
        if later and chance.random() < 0.4:
            cmds.append(
                {"task": chance.choice(later), "vars": chance.choice([{}, {"C": "called"}])}
            )
        tasks[name] = {"cmds": cmds, "deps": _some(chance, later, 1)}
        tasks[name] |= chance.choice(
            [{}, {}, {"vars": {"A": "own"}}, {"env": {"E": "e2"}}, {"desc": "d"}]
        )
    data = {"version": "3", "silent": True, "tasks": tasks}
    data |= chance.choice(
        [{}, {"vars": {"A": "a1", "B": "{{.A}}-b"}}, {"vars": {"B": {"sh": "echo b"}}}]
    )
    data |= chance.choice([{}, {"env": {"E": "e1"}}])
    return {"Taskfile.yml": json.dumps(data)}, f"task {chance.choice(NAMES)} {chance.choice(['', '-- c d'])}"  # fmt: skip


def _package(chance):
    scripts = {}
    for name in [*NAMES, "preunit", "postunit"]:
        own = f"echo @ {name} {' '.join(_some(chance, ['a', '$E', 'b']))}"
        inner = chance.choice([other for other in NAMES if other > name] or ["none"])
        scripts[name] = (
            own if chance.random() < 0.6 or inner == "none" else f"{own} && npm run -s {inner} -- c"
        )
    root = {"name": "root", "workspaces": ["web/*"], "scripts": scripts}
    member = {"scripts": {"unit": "echo @ member"}}
    files = {"package.json": json.dumps(root)}
    files |= {f"web/{n}/package.json": json.dumps({"name": n, **member}) for n in "ab"}
    more = chance.choice(["", "", "-- d e", "-w a", "--workspaces"])
    return files, f"npm run -s {chance.choice(NAMES)} {more}"


def _toxini(chance):
    lines = ["echo @ a {posargs}", "echo @ b {posargs:d}", "x: echo @ x", "!x: echo @ other",
             "x,y: echo @ either", "y-z: echo @ both", "- echo @ c", "echo @ {envname}",
             "echo @ {env:GONE:d e}", "echo @ {env:OWN:d}", "echo @ {env:GONE:}"]  # fmt: skip
    head = "[tox]\nskipsdist = true\nenv_list = x, y-{z,q}\nlabels =\n    l = x, y-q\n[testenv]\n"
    head += "allowlist_externals = echo\nset_env =\n    x: OWN = o\n"
    text = head + "commands =\n" + "".join(f"    {line}\n" for line in _some(chance, lines, 4))
    if chance.random() < 0.4:
        text += "[testenv:{x,w}]\ncommands = echo @ own\n"
    asked = chance.choice(["", "-e x", "-e y-z", "-e y-q,x", "-e w", "-m l"])
    return {"tox.ini": text}, f"tox -q {asked} {chance.choice(['', '-- p q', '--'])}"


def _noxfile(chance):
    text = "import nox\nWORDS = ['w1', 'w2']\n"
    text += "\n".join(
        _some(chance, ["nox.options.sessions = ['unit']", "LATE = [*WORDS]", "X = 1"])
    )
    bodies = ["session.run('echo', '@', 'a', external=True)",
              "session.run('echo', '@', *session.posargs, external=True)",
              "session.run('echo', '@', *(session.posargs or ['d']), external=True)",
              "session.run('echo', '@', *WORDS, external=True)", "session.notify('lint')",
              "if session.posargs:\n        session.log('x')", "x = 'y'",
              "if session.posargs:\n        session.run('echo', '@', 'if', external=True)",
              "session.run('echo', '@', f'{X}', external=True)", "return"]  # fmt: skip
    for name in NAMES[1:]:
        given = chance.choice(["", "(tags=['t'])", "(default=False)", f"(name='{name}')"])
        body = "".join(f"    {line}\n" for line in [*_some(chance, bodies), "pass"])
        text += f"\n@nox.session{given}\ndef {name}(session):\n{body}"
    asked = chance.choice(["", "-s unit", "-s slow lint", "-t t"])
    return {"noxfile.py": text}, f"nox --no-venv {asked} {chance.choice(['', '-- p q'])}"


def _poe(chance):
    text = "[tool.poe.tasks]\n"
    for name in NAMES:
        later = [other for other in NAMES if other > name] or ["none"]
        text += name + " = " + chance.choice([
            f"'echo @ {name} a'", f'{{cmd = "echo @ {name}", help = "h"}}', f"{{shell = 'echo @ {name} s'}}",
            f"['{later[0]}', '{later[-1]} b']", f"{{ref = '{later[0]} r'}}",
        ]) + "\n"  # fmt: skip
    return {"pyproject.toml": text}, f"poe -q {chance.choice(NAMES)} {chance.choice(['', 'p'])}"


def _hatch(chance):
    texts = ["'echo @ a'", "'echo @ b {args}'", "'echo @ c {args:d e}'", "['echo @ f', '- echo @ g {args}']",
             "['unit more', 'echo @ h']", "'echo @ {env:HOME:x}'"]  # fmt: skip
    text = "[project]\nname = 'x'\nversion = '1'\n"
    for env in ("default", "own", "apart"):
        text += f"[tool.hatch.envs.{env}]\ntype = 'system'\nskip-install = true\n"
        text += "template = 'apart'\n" if env == "apart" else ""
        text += f"[tool.hatch.envs.{env}.scripts]\n"
        text += "".join(f"{name} = {chance.choice(texts)}\n" for name in _some(chance, NAMES[1:]))
    asked = chance.choice(["", "own:", "apart:"]) + chance.choice(NAMES[1:])
    files = {"pyproject.toml": text, "data/env/system/here": ""}
    return files, f"HATCH_DATA_DIR=data hatch run {asked} {chance.choice(['', 'p', 'p q'])}"


TOOLS = {"make": _makefile, "just": _justfile, "task": _taskfile, "npm": _package, "tox": _toxini,
         "nox": _noxfile, "poe": _poe, "hatch": _hatch}  # fmt: skip


def _leaves(commands):
    """Return what those of *commands* print that start no recipe."""
    for command in commands:
        if command.runs is None and command.shell.words[0].text == "echo":
            known = command.shell.known and not command.shell.perhaps
            yield " ".join(word.text for word in command.shell.words[1:]) if known else None
        elif command.runs is None:
            yield None


@pytest.mark.parametrize("tool", TOOLS)
def test_what_a_recipe_runs_is_what_the_tool_runs(tool, tmp_path):
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not here")
    chance = random.Random(int(os.environ.get("SEED", "7")))  # noqa: S311 - no secret
    known, wrong = 0, []
    for number in range(COUNT):
        files, line = TOOLS[tool](chance)
        folder = tmp_path / str(number)
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        [shell] = commands_of(
            line.strip().replace(" -q", "") if tool == "poe" else line, directory=""
        )
        command = CiCommand(shell=shell, path="ci.yml", line=1, source=line)
        ours = list(_leaves(followed(command, Repository.open(folder))))
        if None in ours:
            continue
        done = subprocess.run(
            ["sh", "-c", line], cwd=folder, capture_output=True, text=True, check=False,
            env={k: v for k, v in os.environ.items() if k not in {"WHAT", "MORE", "X", "E"}},
        )  # fmt: skip
        printed = [" ".join(found.split()) for found in re.findall(r"(?m)^@ ?.*$", done.stdout)]
        if done.returncode and not printed:
            continue  # the tool refuses the file
        known += 1
        ours = [" ".join(text.split()) for text in ours]
        if tool == "tox":  # what several environments run alike is followed once
            printed, ours = [*set(printed)], [*set(ours)]
        if sorted(printed) != sorted(ours):
            wrong.append((line, files, ours, printed, done.stderr[-300:]))
    assert not wrong, "\n\n".join(map(str, wrong[:3]))
    assert known > COUNT / 12
