"""Which of all tests a command runs, and why not the others, whole.

`snapshots/` keeps the answers: for each command, what is said and of which tests;
`UPDATE_SNAPSHOTS=1` writes them anew.  What cargo and pytest themselves select is asked in
`test_real_cargo.py` and `test_real_pytest.py`.
"""

from __future__ import annotations

import pytest

from sphinx_arco_parity.repository.definitions import definitions_in
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.selection import Selector, Subject
from sphinx_arco_parity.repository.shell import commands_of
from sphinx_arco_parity.repository.source import Definition

CARGO = """
cargo test
cargo t -p flow --lib
cargo test -p flow
cargo test -p flow --bins --examples
cargo test -p flow --benches
cargo test -p flow --all-targets
cargo test -p flow --bin worker --test 's*'
cargo test -p flow --test $NAME
cargo test -p flow --doc
cargo test -p flow --lib --doc
cargo test -p flow --features 'cloud aws' --no-default-features
cargo test -p flow --features $FEATURES
cargo test --workspace --features flow/aws,flow-core/x
cargo test -p flow --all-features --release
cargo test --workspace --exclude 'flow-*'
cargo test --exclude flow
cargo test -p flow-core --lib -- --skip other_
cargo test --workspace tick -- --skip late
cargo test -p flow -- --exact tests::deeper::flow_lib_deeper
cargo test -p flow -- --ignored
cargo test --workspace -- --include-ignored
cargo test --workspace -- --bench
cargo test --workspace -- --exclude-should-panic
cargo test -p flow -- --unknown-to-libtest
cargo test -p flow --config x=1
cargo test -p flow --unit-graph
cargo test -p flow --no-run
cargo test --help
cargo test -p flow -- --list
cargo test -p $PACKAGE
cargo test --brand-new
cargo test -Z build-std
cargo test --manifest-path crates/legacy/Cargo.toml
cargo test --manifest-path none/Cargo.toml
cargo test --manifest-path crates/legacy
cargo -C crates/flow-cli test
cargo --config a=1 test
cargo nextest run
cargo nextest run --workspace --run-ignored all
cargo nextest run --workspace --run-ignored only
cargo nextest run -E 'test(tick)'
cargo nextest run --partition hash:1/2
cargo nextest list
cargo hack test -p flow --each-feature
cargo llvm-cov nextest --workspace
cargo llvm-cov report
cargo llvm-cov --workspace --exclude-from-test flow
cargo miri test -p flow
cargo tarpaulin -p flow
cross test -p flow --target x86_64-pc-windows-gnu
RUSTFLAGS='--cfg ring_unstable' cargo test --workspace
cd crates/flow && cargo test
cd crates/flow/src && cargo test
cd none && cargo test
cargo build --tests
make test
"""

PYTEST = """
pytest
cd python && pytest
cd python && pytest tests
cd python && pytest tests/unit tests/slow
cd python && pytest tests/test_schedule.py::TestSchedule
cd python && pytest tests/test_schedule.py::TestSchedule::test_py_method tests/unit
cd python && pytest tests/test_schedule.py::nothing
cd python && pytest tests/none
cd python && pytest -k 'py_tick or inner'
cd python && pytest -k 'not slow'
cd python && pytest -k 'broken ('
cd python && pytest -k $WORD
cd python && pytest -m slow
cd python && pytest -m 'not slow and not network'
cd python && pytest -m 'not unknown_mark'
cd python && pytest --ignore tests/slow
cd python && pytest --ignore-glob 'tests/s*'
cd python && pytest --deselect tests/test_schedule.py::test_py_tick
cd python && pytest --co
cd python && pytest --version
cd python && pytest --lf
cd python && pytest --brand-new
cd python && pytest -p no:cacheprovider -o testpaths=scripts
cd python && pytest -c other.ini
cd python && pytest --rootdir ..
cd python && pytest --pyargs flow_py
cd python && pytest $ARGS
cd python && pytest scripts/test_script.py
python -m pytest python/tests
uv run --locked pytest python/tests -x
cd services && pytest
cd services/api && pytest
cd services/api && pytest tests
pytest services/api/checks/check_old.py
cd none && pytest
tox -e py
"""

GO = """
go test
go test ./...
go test ./pkg
go test ./pkg/...
go test ./other/... ./pkg
go test example.org/x/pkg
go test ./.../pkg
cd pkg && go test
cd pkg && go test ..
cd elsewhere && go test ./...
go -C pkg test
go test -C pkg .
go test -v -race -count=1 ./...
go test -run TestTick ./...
go test -run '^TestTick$' ./...
go test -run TestTick/late ./...
go test -run '(TestTick|TestTock)/late' ./...
go test -run 'Test[TK]ick' ./...
go test -run '(' ./...
go test -skip TestTick ./...
go test -skip TestTick/late ./...
go test -skip 'Test[K]ick' ./...
go test -run Tick -skip Late ./...
go test -short ./...
go test -list . ./...
go test -c ./pkg
go test -tags e2e ./...
go test --run=TestTick ./...
go test -test.run=TestTock ./...
go test -brand-new ./...
go test -run $NAME ./...
go test $ARGS
go test ./... -args -run nothing
go vet ./...
"""

MAVEN = """
mvn test
mvn -B -ntp clean verify
mvn package -DskipTests
mvn package -DskipTests=false
mvn package -Dmaven.test.skip=true
mvn compile
mvn clean
mvn site
mvn test-compile dependency:tree
mvn
mvn test -Pfast
mvn test -pl core
mvn $GOALS
./mvnw install
cd core && mvn test
cd chosen && mvn test
cd none && mvn test
"""

JAVASCRIPT = """
cd plain && jest
cd plain && npx jest src/a
cd plain && jest ./src
cd plain && jest -t 'ring push'
cd plain && jest -t RING
cd plain && jest --reporters default src
cd plain && jest --changedSince main
cd plain && jest --listTests
cd plain && node --experimental-vm-modules node_modules/.bin/jest --ci
cd plain && vitest run
cd plain && pnpm exec vitest run src/a -t push
cd plain && vitest run -t 'RING push'
cd plain && vitest run --project x
cd plain && vitest run --silent src
cd plain && vitest bench
cd plain && vitest $ARGS
cd plain && bun test
cd plain && bun test --coverage --rerun-each=3 --test-name-pattern push
cd plain && bun test --preload ./setup.ts -t other src
cd plain && bun test src/a
cd plain && bun test ./src/a.test.ts
cd plain && mocha
cd plain && mocha test
cd plain && mocha src
cd plain && mocha --recursive ./
cd plain && cross-env CI=1 mocha 'src/**/*.test.ts' -g push
cd plain && node --test
cd plain && node --test src/a.test.ts
cd plain && node --test src
cd set && jest
cd set && vitest run
cd set && mocha
cd set && bun test
cd computed && jest
cd computed && vitest run
cd projects && vitest run
cd elsewhere && vitest run
npx some-runner
"""

UNITTEST = """
python -m unittest
python -m unittest -v discover -s tests
python -m unittest discover tests 'check_*.py'
python -m unittest tests.test_ring
python -m unittest tests.test_ring.Ring.test_push
python -m unittest tests/test_ring.py -k push
python -m unittest -k nothing
python -m unittest -k 'p*'
python -m unittest none.test_x
python -m unittest tests
python -m unittest discover -s none
python -m unittest --brand-new
"""


CONDITIONS = """
cargo test
cargo test -p one
cargo test -p one@1.2.3
cargo test -p one@1.2
cargo test -p one@9.0.0
cargo test -p one:1.2.3
cargo test -p file:///x/one#1.2.3
cargo test -p two --features big
cargo test --workspace --features small
cargo test --workspace --all-features
cargo test --workspace --no-default-features
cd one && cargo test --features small
cd one && cargo test --features big
cd one && cargo test --features $F
cd one && cargo test --all-features
cd one && cargo test --no-default-features --features one/small,two/big
RUNNER_OS=Linux cargo test -p one
RUNNER_OS=Windows cargo test -p one
RUNNER_OS=macOS cargo test -p one
cargo test -p one --target x86_64-unknown-linux-gnu
cargo test -p one --target aarch64-apple-darwin
cargo test -p one --target i686-pc-windows-msvc
cargo test -p one --target wasm32-unknown-unknown
cargo test -p one --target $TARGET
cargo test -p one --target a --target b
CARGO_BUILD_TARGET=x86_64-pc-windows-gnu cargo test -p one
cargo test -p one --release
cargo test -p one --profile ci
cargo nextest run -p one --cargo-profile ci
RUSTFLAGS='--cfg loom' cargo test --workspace
RUSTFLAGS='--cfg kind="b"' cargo test --workspace
RUSTFLAGS="--cfg=loom -C debuginfo=0" cargo test --workspace
RUSTFLAGS="$FLAGS" cargo test --workspace
RUSTFLAGS='--cfg looms' cargo test --workspace
cargo miri test --workspace
cargo careful test --workspace
cargo llvm-cov --workspace
cargo tarpaulin --workspace
cargo hack test --workspace --each-feature
cargo nextest run --workspace
cargo nextest run --workspace --ignore-default-filter
cargo nextest run --workspace --config-file x.toml
"""


def answers(repository, lines, subjects, *, why=True):
    """Return, for each of *lines*, what is said, *why*, and of which of *subjects*."""
    selector = Selector(repository)
    found = []
    for line in filter(None, lines.splitlines()):
        *_, command = commands_of(line, directory="")
        said = {}
        for name, subject in subjects:
            answer = selector.selects(command, subject)
            word = {True: "yes", False: f"no {answer.nearness}", None: "?"}[answer.selected]
            said.setdefault(f"{word} {answer.reason if why else ''}".strip(), []).append(name)
        found.append(line)
        most = max(said, key=lambda reason: len(said[reason]))
        said[most] = ["the others" if len(said) > 1 else "all"]
        found += [f"    {reason}: {' '.join(names)}" for reason, names in said.items()]
    return "\n".join([*found, ""])


@pytest.mark.parametrize(
    ("language", "lines", "name"), [("rust", CARGO, "cargo.txt"), ("python", PYTEST, "pytest.txt")]
)
def test_each_command_says_of_each_test_whether_it_runs_it(
    language, lines, name, flow, flow_tests, snapshot
):
    far = ("crates/flow-old", "tools")
    chosen = [
        (test, subject)
        for test, subject in flow_tests
        if subject.language == language and not subject.path.startswith(far)
    ]
    paths = sorted({subject.path for _, subject in chosen})
    files = [
        (path.removeprefix("crates/"), Subject(path=path, language=language)) for path in paths
    ]
    snapshot(name, answers(flow, lines, [*chosen, *files]))


def written(tmp_path, files):
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return Repository.open(tmp_path)


def subjects_of(language, *tests):
    """Return subjects of *tests*: path and name, `a/b` for `b` within `a`."""
    found = []
    for path, name in tests:
        *scope, last = name.split("/")
        definition = name and Definition(
            name=last, scope=tuple(scope), kind="function", line=1, first_line=1, last_line=1,
            is_test=True,
        )  # fmt: skip
        subject = Subject(
            path=path, symbol=name or None, definition=definition or None, language=language
        )
        found.append((name or path, subject))
    return found


def test_each_go_command_says_of_each_test_whether_it_runs_it(tmp_path, snapshot):
    go = "package x\n"
    files = {
        "go.mod": "module example.org/x\n",
        "root_test.go": go,
        "pkg/a_test.go": go,
        "pkg/short_test.go": f"{go}if testing.Short() {{}}\n",
        "pkg/sub/c_test.go": go,
        "pkg/os_linux_test.go": go,
        "pkg/tag_test.go": f"//go:build e2e\n{go}",
        "testdata/d_test.go": go,
        "elsewhere/go.mod": "module example.org/e\n",
        "elsewhere/e_test.go": go,
        "pkg/plain.go": go,
    }
    tests = subjects_of(
        "go",
        ("root_test.go", "TestRoot"),
        ("pkg/a_test.go", "TestTick"),
        ("pkg/a_test.go", "TestTick/late"),
        ("pkg/a_test.go", "TestTickLate"),
        ("pkg/a_test.go", "ExampleTick"),
        ("pkg/a_test.go", "FuzzTick"),
        ("pkg/a_test.go", "BenchmarkTick"),
        ("pkg/a_test.go", ""),
        ("pkg/short_test.go", "TestShort"),
        ("pkg/sub/c_test.go", "TestTock"),
        ("pkg/os_linux_test.go", "TestLinux"),
        ("pkg/tag_test.go", "TestTag"),
        ("testdata/d_test.go", "TestData"),
        ("elsewhere/e_test.go", "TestElsewhere"),
        ("pkg/plain.go", "TestPlain"),
    )
    snapshot("go.txt", answers(written(tmp_path, files), GO, tests))


def test_each_maven_command_says_of_each_test_whether_it_runs_it(tmp_path, snapshot):
    files = {
        "pom.xml": "<project/>",
        "core/pom.xml": "<project/>",
        "chosen/pom.xml": "<project><excludes/></project>",
    }
    tests = subjects_of(
        "java",
        *(
            (f"{folder}src/test/java/a/{name}.java", "")
            for folder in ("", "core/", "chosen/")
            for name in ("TestTick", "TickTest", "TickTests", "TickTestCase", "TickIT")
        ),
        ("src/main/java/a/TickTest.java", ""),
    )
    snapshot("maven.txt", answers(written(tmp_path, files), MAVEN, tests))


JEST = "module.exports = { testMatch: ['<rootDir>/src/**/*.spec.ts'], modulePathIgnorePatterns: ['/deep/'] }"
VITEST = """
import { configDefaults, defineConfig } from 'vitest/config'
const config = defineConfig({
  plugins: [x()],
  test: { coverage: { include: ['lib'] }, exclude: [...configDefaults.exclude, '**/*.spec.ts'] },
})
export default config
"""


def test_each_command_of_javascript_says_of_each_test_whether_it_runs_it(tmp_path, snapshot):
    project = "{ extends: true, test: { include: ['src/*.+(spec|case).+(ts)'] } }"
    files = {
        "plain/package.json": "{}",
        "set/package.json": '{"mocha": {}}',
        "set/bunfig.toml": "[test]\nroot = 'lib'\n",
        "set/jest.config.js": JEST,
        "set/vitest.config.ts": VITEST,
        "computed/jest.config.ts": "export default async () => ({})",
        "computed/vite.config.ts": "export default mergeConfig(base, {})",
        "projects/vitest.config.ts": f"export default {{ test: {{ projects: [{project}] }} }}",
    }
    tests = []
    for folder in ("plain", "set", "computed", "projects"):
        for name in ("src/a.test.ts", "src/deep/b.spec.ts", "src/c.spec.ts", "test/d.js"):
            files[f"{folder}/{name}"] = "test('push', () => {})\n"
            tests.append((f"{folder}/{name}", "ring/push"))
    files["plain/src/only.test.ts"] = "test.only('pop', () => {})\n"
    tests += [("plain/src/only.test.ts", ""), ("plain/src/a.test.ts", "holds %i")]
    named = [
        (f"{subject.path} {name if name != 'ring/push' else ''}".strip(), subject)
        for name, subject in subjects_of("javascript", *tests)
    ]
    snapshot("javascript.txt", answers(written(tmp_path, files), JAVASCRIPT, named))


def test_each_command_of_unittest_says_of_each_test_whether_it_runs_it(tmp_path, snapshot):
    case = "import unittest\nclass Ring(unittest.TestCase):\n    def test_push(self): pass\n"
    files = {
        "tests/__init__.py": "",
        "tests/test_ring.py": case + "class Odd(Base):\n    def test_odd(self): pass\n",
        "tests/check_ring.py": case,
        "tests/own/__init__.py": "def load_tests(): pass\n",
        "tests/own/test_own.py": case,
        "loose/test_loose.py": case,
        "test_root.py": case,
    }
    tests = subjects_of(
        "python",
        *((path, "Ring/test_push") for path in files if "__init__" not in path),
        ("tests/test_ring.py", "Odd/test_odd"),
        ("tests/test_ring.py", "test_plain"),
        ("tests/test_ring.py", ""),
    )
    named = [(f"{s.path} {name}" if "push" in name else name, s) for name, s in tests]
    snapshot("unittest.txt", answers(written(tmp_path, files), UNITTEST, named))


def test_each_condition_of_the_compiler_holds_or_does_not_for_each_command(tmp_path, snapshot):
    conditions = {
        "unix": "unix", "windows": "windows", "linux": 'target_os = "linux"',
        "mac": 'target_os = "macos"', "family": 'target_family = "unix"',
        "arm": 'target_arch = "aarch64"', "debug": "debug_assertions", "sse": 'target_feature = "sse"',
        "miri": "miri", "careful": "careful", "coverage": "coverage", "tarpaulin": "tarpaulin",
        "loom": "loom", "kind": 'kind = "b"', "small": 'feature = "small"', "big": 'feature = "big"',
        "dep": 'feature = "dep"', "no_such": 'feature = "none"', "standard": 'feature = "default"',
        "not_unix": "not(unix)", "both": 'all(unix, feature = "big")',
        "either": 'any(windows, feature = "small")', "odd": "maybe(unix)", "test": "test",
    }  # fmt: skip
    tests = "".join(f"#[cfg({c})]\n#[test]\nfn {n}() {{}}\n" for n, c in conditions.items())
    files = {
        "Cargo.toml": '[workspace]\nmembers = ["one", "two"]\nresolver = "1"\n',
        "one/Cargo.toml": '[package]\nname = "one"\nversion = "1.2.3"\nautolib = false\n[lib]\n'
        '[features]\nsmall = []\nbig = ["small"]\ndefault = []\n'
        '[dependencies]\ndep = {version = "1", optional = true}\n',
        "one/src/lib.rs": tests,
        "two/Cargo.toml": '[package]\nname = "two"\nversion = "0.1.0"\nbuild = "build.rs"\n'
        '[features]\nbig = ["one/big"]\n[dependencies]\none = {path = "../one"}\n',
        "two/build.rs": "fn main() {}\n",
        "two/src/lib.rs": "#[cfg(loom)]\n#[test]\nfn of_two() {}\n",
        "tarpaulin.toml": "[a]\n",
        ".config/nextest.toml": "[profile.default]\ndefault-filter = 'all()'\n",
    }
    repository = written(tmp_path, files)
    subjects = [
        (d.name, Subject(path=path, symbol=d.name, definition=d, language="rust"))
        for path in ("one/src/lib.rs", "two/src/lib.rs")
        for d in definitions_in(repository.read(path)).definitions
    ]
    snapshot("conditions.txt", answers(repository, CONDITIONS, subjects, why=False))
