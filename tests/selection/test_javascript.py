"""What runners of JavaScript run, by command line and configuration: each answer and why."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection import Selector, Subject
from sphinx_arco_parity.repository.shell import commands_of
from sphinx_arco_parity.repository.source import Definition

PUSH = Definition(
    name="push", scope=("ring",), kind="function", line=1, first_line=1, last_line=1, is_test=True
)
PATH = "src/a.test.ts"
YES = "yes"
NO_TEST = "no 1: does not take the file for one of tests"
OUT = "no 2: leaves out the file"
PROJECTS = "?: has projects that are computed"
COMPUTED = "?: has a configuration that is computed"
CHOOSING = "?: has a configuration that may choose its tests"
FILTERS = "?: filters by path"
BY_NAME = "?: filters by name"
OPTIONS = "?: has options that may change what is run"


@pytest.fixture
def said(tmp_path):
    pytest.importorskip("tree_sitter_typescript")

    def ask(line, files, path=PATH, definition=PUSH):
        for name, text in {path: "test('push', () => {})\n", **files}.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        *_, command = commands_of(line, directory="")
        symbol = definition.name if definition else None
        subject = Subject(path=path, symbol=symbol, definition=definition, language="javascript")
        found = Selector(Repository.open(tmp_path)).selects(command, subject)
        word = {True: YES, False: f"no {found.nearness}", None: "?"}[found.selected]
        return f"{word}: {found.reason}".removesuffix(": ")

    return ask


@pytest.mark.parametrize(
    ("options", "path", "expected"),
    [
        ("", PATH, YES),
        ("", "src/a.spec.mjs", YES),
        ("", "src/a.ts", NO_TEST),
        ("", "node_modules/x/a.test.ts", OUT),
        ("", "dist/a.test.ts", "?: leaves out files by a pattern"),
        ("", "src/a.config.test.ts", "?: leaves out files by a pattern"),
        ("include: ['src/*.ts']", "src/a.ts", YES),
        ("include: ['lib/*.ts']", PATH, NO_TEST),
        ("include: ['./src/*.ts']", "src/a.ts", YES),
        ("include: ['**/*.{case,test}.ts']", "src/a.case.ts", YES),
        ("include: ['src/?(*.)+(case).ts']", "src/a.case.ts", YES),
        ("include: [/* none */ 'src/*.ts']", PATH, YES),
        ("'include': ['lib/*']", PATH, NO_TEST),
        ("include: ['!src/**']", PATH, "?: has patterns of files that cannot be read"),
        ("include: ['src/**x.ts']", PATH, "?: has patterns of files that cannot be read"),
        ("include: [more]", PATH, "?: has patterns of files that are computed"),
        ("include: ['l\\\\ib']", PATH, "?: has patterns of files that are computed"),
        ("include: 'src/*.ts'", PATH, "?: has patterns of files that are computed"),
        ("include", PATH, "?: has patterns of files that are computed"),
        ("exclude: ['src/**']", PATH, OUT),
        ("exclude: ['lib/**']", "dist/a.test.ts", YES),
        ("exclude: ['lib/**']", "node_modules/a.test.ts", YES),
        ("exclude: [...configDefaults.exclude, 'lib/**']", PATH, YES),
        ("exclude: [...configDefaults.exclude, 'src/**']", PATH, OUT),
        ("exclude: [...configDefaults.exclude]", "node_modules/a.test.ts", OUT),
        ("exclude: [...configDefaults.exclude]", "dist/a.test.ts", "?: leaves out files by a pattern"),
        ("exclude: [...other]", PATH, "?: leaves out files by a pattern"),
        ("dir: 'src'", PATH, CHOOSING),
        ("...base", PATH, CHOOSING),
        ("globals: true, // yes\n", PATH, YES),
        ("projects: [{ test: { include: ['src/*.ts'] } }]", PATH, YES),
        ("projects: [{ test: { include: ['lib/*.ts'] } }]", PATH, NO_TEST),
        ("projects: [{ test: { include: ['lib/*'] } }, { test: { include: ['src/*'] } }]", PATH, YES),
        ("projects: [{}]", PATH, YES),
        ("projects: ['packages/*']", PATH, PROJECTS),
        ("projects: more", PATH, PROJECTS),
        ("projects: [{ root: 'x', test: {} }]", PATH, PROJECTS),
        ("projects: [{ extends: './x.ts', test: {} }]", PATH, PROJECTS),
        ("include: ['lib/*'], projects: [{ test: {} }]", PATH, YES),
        ("include: ['lib/*'], projects: [{ extends: true, test: {} }]", PATH, NO_TEST),
        ("include: ['src/*'], projects: [{ extends: true, test: { exclude: ['src/*'] } }]", PATH, OUT),
        ("include: ['a'], projects: [{ extends: true, test: { include: ['src/*'] } }]", PATH, PROJECTS),
    ],
)  # fmt: skip
def test_what_vitest_is_configured_to_run(said, options, path, expected):
    text = f"export default {{ test: {{ {options} }} }}"
    assert said("vitest run", {"vitest.config.ts": text}, path) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("export default defineConfig({{ {} }})", NO_TEST),
        ("export default ({{ {} }})", NO_TEST),
        ("export default {{ {} }} satisfies X", NO_TEST),
        ("export default {{ {} }} as X", NO_TEST),
        ("module.exports = {{ {} }}", NO_TEST),
        ("const c = {{ {} }}\nexport default c", NO_TEST),
        ("export default {{ plugins: [x()], {} }}", NO_TEST),
        ("const c = {{ {} }}\nc.test.include = []\nexport default c", COMPUTED),
        ("export default defineConfig({{ {} }}, more)", COMPUTED),
        ("export default other({{ {} }})", COMPUTED),
        ("export default missing", COMPUTED),
        ("other.exports = {{ {} }}", COMPUTED),
        ("export default {{ {} }}\nexport default {{}}", COMPUTED),
        ("export default {{ root: 'x', {} }}", COMPUTED),
        ("export default {{ ...base, {} }}", COMPUTED),
        ("export default {{ test: [] }}", COMPUTED),
        ("", COMPUTED),
    ],
)
def test_a_configuration_is_read_where_it_is_plain(said, text, expected):
    given = text.format("test: { include: ['lib/*'] }")
    assert said("vitest run", {"vite.config.mts": given}) == expected


LIB = "export default { test: { include: ['lib/*'] } }"


@pytest.mark.parametrize(
    ("line", "files", "expected"),
    [
        ("vitest run", {}, YES),
        ("vitest run", {"vite.config.js": LIB}, NO_TEST),
        ("vitest run", {"vitest.config.ts": LIB, "vite.config.ts": "export default {}"}, NO_TEST),
        ("vitest run", {"vitest.config.ts": LIB, "vitest.config.js": LIB}, COMPUTED),
        ("vitest run", {"vitest.workspace.ts": "[]"}, COMPUTED),
        ("vitest run --config x.ts", {"x.ts": LIB}, NO_TEST),
        ("vitest run -c x.ts", {}, COMPUTED),
        ("vitest run -c $X", {}, "?: has arguments that are not known before it runs"),
        ("vitest list", {}, "no 0: runs no tests"),
        ("vitest init", {}, "no 0: runs no tests"),
        ("vitest bench", {}, "no 0: runs no tests"),
        ("vitest related src/a.ts", {}, "?: runs what depends on files that it is given"),
        ("vitest watch lib", {}, "no 1: runs only files that match `lib`"),
        ("vitest dev lib", {}, "no 1: runs only files that match `lib`"),
        ("vitest run run", {}, "no 1: runs only files that match `run`"),
        ("vitest lib src", {}, YES),
        ("vitest run SRC/A", {}, YES),
        ("vitest run ./src/a", {}, YES),
        ("vitest run lib other", {}, "no 1: runs only files that match `lib other`"),
        ("vitest run 'src/*'", {}, FILTERS),
        ("vitest run ../x", {}, FILTERS),
        ("vitest run /src", {}, FILTERS),
        ("vitest run src/a:3", {}, FILTERS),
        ("vitest --run --reporter verbose", {}, YES),
        ("vitest run --silent", {}, YES),
        ("vitest run --silent lib", {}, OPTIONS),
        ("vitest run --silent=true lib", {}, "no 1: runs only files that match `lib`"),
        ("vitest run --shard 1/2", {}, OPTIONS),
        ("cd sub && vitest run", {"sub/x": ""}, "no 0: runs in sub only"),
    ],
)
def test_what_vitest_is_asked_to_run(said, line, files, expected):
    assert said(line, files) == expected


@pytest.mark.parametrize(
    ("options", "path", "expected"),
    [
        ("", PATH, YES),
        ("", "src/__tests__/a.js", YES),
        ("", "src/test.ts", YES),
        ("", "src/a.ts", NO_TEST),
        ("", "node_modules/a.test.ts", OUT),
        ("testMatch: ['**/*.case.ts']", "src/a.case.ts", YES),
        ("testMatch: ['<rootDir>/src/*.ts']", PATH, YES),
        ("testMatch: ['<rootDir>/lib/*.ts']", PATH, NO_TEST),
        ("testMatch: more", PATH, "?: has patterns of files that are computed"),
        ("roots: ['<rootDir>']", PATH, YES),
        ("roots: ['<rootDir>/lib', '<rootDir>/src/']", PATH, YES),
        (
            "roots: ['<rootDir>/lib/', '<rootDir>/sr']",
            PATH,
            "no 0: looks for tests in other folders",
        ),
        ("roots: ['lib']", PATH, "?: has folders of tests that are computed"),
        ("roots: more", PATH, "?: has folders of tests that are computed"),
        ("testPathIgnorePatterns: ['/lib/']", "node_modules/a.test.ts", YES),
        ("testPathIgnorePatterns: ['/lib/', '/src/']", PATH, OUT),
        ("testPathIgnorePatterns: ['<rootDir>/src/']", PATH, OUT),
        ("testPathIgnorePatterns: ['<rootDir>/a']", PATH, YES),
        ("testPathIgnorePatterns: ['s(r|c)*']", PATH, "?: leaves out paths by a pattern"),
        ("testPathIgnorePatterns: more", PATH, "?: leaves out paths that are computed"),
        ("modulePathIgnorePatterns: ['a.test']", PATH, OUT),
        ("preset: 'ts-jest/presets/x'", PATH, YES),
        ("preset: 'react'", PATH, CHOOSING),
        ("projects: []", PATH, CHOOSING),
        ("...base", PATH, CHOOSING),
    ],
)
def test_what_jest_is_configured_to_run(said, options, path, expected):
    text = f"module.exports = {{ {options} }}"
    assert said("jest", {"jest.config.js": text}, path) == expected


@pytest.mark.parametrize(
    ("line", "files", "expected"),
    [
        ("jest", {}, CHOOSING),
        ("jest", {"package.json": '{"jest": {"testMatch": ["lib/*"]}}'}, NO_TEST),
        ("jest", {"package.json": '{"jest": {}}', "jest.config.json": "{}"}, CHOOSING),
        ("jest", {"package.json": "{"}, CHOOSING),
        ("jest", {"package.json": "[]"}, CHOOSING),
        ("jest", {"jest.config.json": '{"testMatch": ["lib/*"]}'}, NO_TEST),
        ("jest", {"jest.config.json": "{}", "jest.config.ts": "export default {}"}, CHOOSING),
        ("cd sub && jest", {"sub/x": "", "package.json": "{}"}, YES),
        ("cd sub && jest", {"sub/package.json": "{}", "package.json": "{}"}, "no 0: runs in sub only"),
        ("jest --config x.json", {"x.json": '{"testMatch": ["lib/*"]}'}, NO_TEST),
        ("jest --config sub/x.json", {"sub/x.json": "{}"}, "no 0: runs in sub only"),
        ("jest --config x.json", {}, CHOOSING),
        ("jest --config $X", {}, "?: has arguments that are not known before it runs"),
    ],
)  # fmt: skip
def test_which_configuration_jest_takes(said, line, files, expected):
    assert said(line, files) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("src/a", YES),
        ("SRC/A", YES),
        ("lib/a src/a", YES),
        ("a.test.ts", YES),
        ("./src/a.test.ts", YES),
        ("lib/a", "no 1: runs only files that match `lib/a`"),
        ("b.test.ts lib/b", "no 1: runs only files that match `b.test.ts lib/b`"),
        ("lib", FILTERS),
        ("./lib/b", FILTERS),
        ("'^src'", FILTERS),
        ("'src/[ab]'", FILTERS),
        ("'('", FILTERS),
        ("--runTestsByPath", YES),
        ("--runTestsByPath src/a.test.ts", YES),
        ("--runTestsByPath src/b.test.ts src/a.test.ts", YES),
        ("--runTestsByPath src/b.test.ts", "no 1: runs only `src/b.test.ts`"),
        ("--runTestsByPath 'src/*.test.ts'", YES),
        ("--runTestsByPath 'lib/*.test.ts'", "no 1: runs only `lib/*.test.ts`"),
        ("--runTestsByPath src", "?: names a folder or pattern (`src`)"),
        ("-t push", YES),
        ("-t '^ring push$'", YES),
        ("-t '^push'", "no 1: runs only tests that match `^push`"),
        ("--testNamePattern=pop", "no 1: runs only tests that match `pop`"),
        ("-t PUSH", BY_NAME),
        ("-t '('", BY_NAME),
        ("-t 'p*'", BY_NAME),
        ("--maxWorkers 2 --ci -i --bail", YES),
        ("--bail 2", OPTIONS),
        ("--coverageReporters lcov", OPTIONS),
        ("--shard=1/2", OPTIONS),
        ("--version", "no 0: runs no tests"),
        ("--listTests", "no 0: runs no tests"),
    ],
)
def test_what_jest_is_asked_to_run(said, arguments, expected):
    assert said(f"jest {arguments}", {"package.json": "{}"}) == expected


@pytest.mark.parametrize(
    ("line", "path", "files", "expected"),
    [
        ("bun test", PATH, {}, YES),
        ("bun test", "src/a_spec.jsx", {}, YES),
        ("bun test", "src/a.ts", {}, "no 1: runs only files that are named as tests"),
        ("bun test", "node_modules/a.test.ts", {}, "?: may not look into that folder"),
        ("bun test", "src/.x/a.test.ts", {}, "?: may not look into that folder"),
        ("bun test", PATH, {"bunfig.toml": "[test]\n  root = 'lib'"}, CHOOSING),
        ("bun test", PATH, {"bunfig.toml": "pathIgnorePatterns = []"}, CHOOSING),
        ("bun test", PATH, {"bunfig.toml": "rooted = 'lib'"}, YES),
        ("bun test src", PATH, {}, YES),
        ("bun test lib", PATH, {}, "no 1: runs only files that match `lib`"),
        ("bun test ./src/a.test.ts", PATH, {}, "?: names files"),
        ("cd sub && bun test", PATH, {"sub/x": ""}, "no 0: runs in sub only"),
        ("mocha", "test/a.js", {}, YES),
        ("mocha", "test/a.js", {"package.json": '{"x": {}}'}, YES),
        ("mocha", "test/a.ts", {}, "no 1: runs only `test/*.{js,cjs,mjs}`"),
        ("mocha", "test/deep/a.js", {}, "no 1: runs only `test/*.{js,cjs,mjs}`"),
        ("mocha test", "test/deep/a.js", {}, "no 1: runs only `test`"),
        ("mocha --recursive test", "test/deep/a.js", {}, YES),
        ("mocha --recursive", "test/a.js", {}, CHOOSING),
        ("mocha test/b.js", "test/a.js", {}, "no 1: runs only `test/b.js`"),
        ("mocha test/b.js", "test/a.js", {"test/b.js": ""}, "no 1: runs only `test/b.js`"),
        ("mocha test/b.js test/a.js", "test/a.js", {"test/b.js": ""}, YES),
        ("mocha 'test/**/*.js'", "test/deep/a.js", {}, YES),
        ("mocha test/**/*.js", "test/deep/a.js", {}, "?: names a folder or pattern (`test/**/*.js`)"),
        ("mocha test/*.js", "test/a.js", {}, YES),
        ("mocha", "test/a.js", {".mocharc.yml": ""}, CHOOSING),
        ("mocha", "test/a.js", {"test/mocha.opts": ""}, CHOOSING),
        ("mocha", "test/a.js", {"package.json": '{"mocha": {}}'}, CHOOSING),
        ("mocha", "test/a.js", {"package.json": "{"}, CHOOSING),
        ("mocha -g push", "test/a.js", {}, YES),
        ("mocha -g pop", "test/a.js", {}, "no 1: runs only tests that match `pop`"),
        ("mocha -f 'ring push'", "test/a.js", {}, BY_NAME),
        ("node --test", "src/a.test.js", {}, YES),
        ("node --test", "src/a-test.mjs", {}, YES),
        ("node --test", "src/a_test.cjs", {}, YES),
        ("node --test", "src/test-a.js", {}, YES),
        ("node --test", "src/test.js", {}, YES),
        ("node --test", "src/test/deep/a.js", {}, YES),
        ("node --test", "src/a.js", {}, NO_TEST),
        ("node --test", PATH, {}, "?: is about a file that only some versions take"),
        ("node --test", "node_modules/a.test.js", {}, OUT),
        ("node --test src/a.js", "src/a.js", {}, YES),
        ("node --test 'src/*.js'", "src/a.js", {}, YES),
        ("node --test 'lib/*.js'", "src/a.js", {}, "no 1: runs only `lib/*.js`"),
        ("node --test src", "src/a.js", {}, "?: names a folder or pattern (`src`)"),
        ("node --test ../x.js", "src/a.js", {}, "?: names a folder or pattern (`../x.js`)"),
        ("node --test --test-concurrency 2", "src/a.test.js", {}, YES),
        ("node --test --test-concurrency=2 src/a.js", "src/a.js", {}, YES),
        ("node --test --test-shard=1/2", "src/a.test.js", {}, OPTIONS),
        ("cd sub && node --test", "src/a.test.js", {"sub/x": ""}, "no 0: runs in sub only"),
    ],
)  # fmt: skip
def test_what_runners_with_little_to_set_run(said, line, path, files, expected):
    assert said(line, files, path) == expected


@pytest.mark.parametrize(
    ("text", "chooses"),
    [
        ("test.only('x')", True),
        ("describe.only.each()", True),
        ("fit('x')", True),
        ("fdescribe ('x')", True),
        ("profit('x')", False),
        ("a.onlyone()", False),
    ],
)
def test_a_file_may_choose_its_tests(said, text, chooses):
    expected = "?: is about a file that may choose its tests" if chooses else YES
    assert said("jest", {"package.json": "{}", PATH: text}) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [("(push)", YES), ("%i", BY_NAME), ("$x", BY_NAME), ("a\\b", BY_NAME), ("", BY_NAME)],
)
def test_a_title_that_is_made_while_tests_run_may_match(said, title, expected):
    definition = Definition(
        name=title,
        scope=("ring",),
        kind="function",
        line=1,
        first_line=1,
        last_line=1,
        is_test=True,
    )
    given = definition if title else None
    assert said("jest -t ring", {"package.json": "{}"}, PATH, given) == expected
