"""Our selection against what unittest, Node, Jest, Vitest and Mocha really run.

Jest, Vitest and Mocha are looked for in the folder `node_modules` that `PARITY_NODE_MODULES`
names; without it, only unittest and Node are asked.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sphinx_arco_parity.repository.definitions import definitions_in
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection import Selector, Subject
from sphinx_arco_parity.repository.shell import commands_of

pytestmark = pytest.mark.long

CASE = "import unittest\nclass Ring{0}(unittest.TestCase):\n    def test_{0}(self): pass\n"
PYTHON = {
    "tests/__init__.py": "",
    "tests/test_push.py": CASE.format("push") + "def test_plain(): pass\n",
    "tests/check_pop.py": CASE.format("pop"),
    "tests/deep/__init__.py": "",
    "tests/deep/test_deep.py": CASE.format("deep"),
    "tests/loose/test_loose.py": CASE.format("loose"),
    "test_root.py": CASE.format("root"),
    "inner/test_inner.py": CASE.format("inner"),
}
UNITTEST = (
    ["", "discover", "discover -s tests", "discover -s tests -p 'check_*.py'", "discover tests",
     "discover inner", "discover -p '*.py'", "tests.test_push", "tests.test_push.Ringpush.test_push",
     "tests/check_pop.py", "test_root tests.deep.test_deep", "discover tests test_d*.py",
     "tests.test_push.Ringpush", "tests.check_pop.Ringpop test_root", "discover -t . -s tests"],
    ["", "-v", "-k push", "-k Ring", "-k deep -k root", "-k 'test_*'", "-k RINGPUSH"],
)  # fmt: skip
TEST = "{}test('{} holds', () => {{}})\n"
NAMES = [
    "src/a.test.js", "src/b.spec.js", "src/deep/c.test.js", "src/plain.js", "test/d.js",
    "test/e.test.js", "test/deep/f.js", "__tests__/g.js", "src/__tests__/h.js", "test-i.js",
    "dist/j.test.js", "src/k_test.js", "e2e/l.spec.js", "src/m.test.jsx",
]  # fmt: skip
FILTERS = ["", "src", "src/a.test.js", "./src/deep", "a.test src/b", "spec", "test/", "SRC", "e2e"]
TITLES = ["", "-t holds", "-t 'a holds'", "-t '^(a|c) '", "-t A"]
JEST = [
    None, '{"testMatch": ["<rootDir>/src/**/*.js"]}', '{"roots": ["<rootDir>/src"]}',
    '{"testPathIgnorePatterns": ["/dist/", "<rootDir>/e2e/"]}', '{"rootDir": "src"}',
    '{"testMatch": ["**/?(*.)+(spec|test).[jt]s?(x)", "**/test/*.js"]}',
]  # fmt: skip
EXTENDING = "{ extends: true, test: { include: ['src/**/(*.)+(spec|test).+(js|jsx)'] } }"
VITEST = [
    None, "{}", "{ test: { include: ['src/**/*.{test,spec}.js'], coverage: { include: ['lib'] } } }",
    "{ test: { exclude: [...configDefaults.exclude, 'e2e/**'] } }", "{ test: { dir: 'src' } }",
    "{ test: { exclude: ['**/deep/**'] } }", "{ root: 'src' }",
    f"{{ test: {{ projects: [{{ test: {{ include: ['test/*.js'] }} }}, {EXTENDING}] }} }}",
]  # fmt: skip
SPECS = ["", "src/a.test.js", "'src/*.test.js'", "src/*.js test/e.test.js", "'**/*.spec.js'"]


def _run(words, folder, **more):
    done = subprocess.run(
        words, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, **more}
    )
    return done.stdout + done.stderr


def _written(folder, files):
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return Repository.open(folder)


def _compare(repository, command, language, ran):
    """Return how many answers are (known, unknown), and those that are wrong.

    *ran* tells of a test, by its path and name, whether the runner runs it.
    """
    [shell] = commands_of(command, directory="")
    selector, known, unknown, wrong = Selector(repository), 0, 0, []
    for path in repository.files():
        found = definitions_in(repository.read(path))
        for test in found.definitions if found else ():
            if not test.is_test and not test.name.startswith("test_"):
                continue
            subject = Subject(path=path, symbol=test.name, definition=test, language=language)
            answer = selector.selects(shell, subject)
            known += answer.selected is not None
            unknown += answer.selected is None
            if answer.selected not in {None, ran(path, test.name)}:
                wrong.append((command, path, test.name, answer))
    return known, unknown, wrong


def _sum(answers):
    known, unknown, wrong = zip(*answers, strict=True)
    assert not [answer for answers in wrong for answer in answers]
    assert sum(known) > sum(unknown)


def _unittest(folder):
    repository = _written(folder, PYTHON)
    for chosen, named in itertools.product(*UNITTEST):
        command = f"python -m unittest {chosen} {named}"
        said = _run(
            ["sh", "-c", command.replace("python", f"{sys.executable} -B", 1) + " -v"], folder
        )
        if "Error:" not in said:
            yield _compare(repository, command, "python", lambda _, name, s=said: f"{name} (" in s)


def test_real_unittest_agrees(tmp_path):
    _sum(_unittest(tmp_path / "x"))


def _files(head):
    return {name: TEST.format(head, re.split(r"[.-]", Path(name).name)[0]) for name in NAMES}


def _by_title(said):
    return lambda _, title: re.search(rf"(?<!\w){re.escape(title)}", said) is not None


def _node(folder):
    files = {name: text for name, text in _files("").items() if not name.endswith("jsx")}
    head = "const test = require('node:test')\n"
    repository = _written(folder, {name: head + text for name, text in files.items()})
    for spec in ["", "src/a.test.js", "src/*.js test/e.test.js"]:
        command = f"node --test --test-reporter=tap {spec}"
        said = _run(["sh", "-c", command], folder)
        yield _compare(repository, command, "javascript", _by_title(said))


@pytest.mark.skipif(not shutil.which("node"), reason="node is not here")
def test_real_node_agrees(tmp_path):
    _sum(_node(tmp_path / "x"))


MODULES = Path(os.environ.get("PARITY_NODE_MODULES", "none"))


def _listed(said, folder):
    return lambda path, _: any(
        line.split()[-1:] in ([path], [str(folder / path)]) for line in said.split("\n")
    )


def _jest(folder):
    for config, words in itertools.product(JEST, FILTERS):
        own = {} if config is None else {"jest.config.json": config}
        repository = _written(folder, {"package.json": "{}", **own, **_files("")})
        command = f"jest {words}"
        listing = [MODULES / ".bin/jest", "--listTests", *words.split()]
        yield _compare(repository, command, "javascript", _listed(_run(listing, folder), folder))


def _vitest(folder):
    for config, words in itertools.product(VITEST, FILTERS):
        head = "import { defineConfig, configDefaults } from 'vitest/config'\n"
        own = {} if config is None else {"vitest.config.mjs": f"{head}export default defineConfig({config})"}  # fmt: skip
        repository = _written(folder, {"package.json": "{}", **own, **_files("")})
        (folder / "node_modules").symlink_to(MODULES)
        command = f"vitest run {words}"
        listing = [MODULES / ".bin/vitest", "list", "--filesOnly", *words.split()]
        yield _compare(repository, command, "javascript", _listed(_run(listing, folder), folder))


def _mocha(folder):
    for spec, title in itertools.product(SPECS, ["", "-g holds", "-g '^a'", "--fgrep 'b h'"]):
        repository = _written(folder, {"package.json": "{}", **_files("")})
        command = f"mocha {spec} {title}"
        said = _run(["sh", "-c", f"{MODULES}/.bin/{command} --dry-run -u tdd -R spec"], folder)
        yield _compare(repository, command, "javascript", _by_title(said))


def _titles(folder):
    heads = {
        "jest --verbose": "",
        "vitest run --reporter=verbose": "import { test } from 'vitest'\n",
    }
    for (program, head), title in itertools.product(heads.items(), TITLES):
        repository = _written(folder, {"package.json": "{}", **_files(head)})
        (folder / "node_modules").symlink_to(MODULES)
        command = f"{program} {title} src"
        said = _run(["sh", "-c", f"{MODULES}/.bin/{command}"], folder, NO_COLOR="1")
        ran = "\n".join(line for line in said.split("\n") if "✓" in line)
        yield _compare(repository, command, "javascript", _by_title(ran))


@pytest.mark.skipif(not MODULES.is_dir(), reason="PARITY_NODE_MODULES is not set")
@pytest.mark.parametrize("answers", [_jest, _vitest, _mocha, _titles])
def test_real_runners_of_javascript_agree(answers, tmp_path):
    _sum(answers(tmp_path / "x"))
