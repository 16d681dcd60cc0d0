"""CI evidence that starts a recipe, or something that runs no test of the row."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.model.records import Evidence
from sphinx_arco_parity.proof import Prover
from sphinx_arco_parity.repository import definitions
from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.settings.options import Settings

CI = ".github/workflows/ci.yml"
FILES = {
    "unit/test_feed.py": "def test_feed():\n    assert True\n",
    "slow/test_drain.py": "def test_drain():\n    assert True\n",
}


@pytest.fixture
def verdict(tmp_path):
    """A function that judges a quoted command beside ``test_feed``."""

    def judge(step, quoted, files=None, test="unit/test_feed.py::test_feed", job=""):
        script = "".join(f"          {line}\n" for line in step.split("\n"))
        runs_on = "" if "runs-on" in job else "    runs-on: ubuntu-latest\n"
        workflow = (
            f"on: pull_request\njobs:\n  go:\n{runs_on}{job}    steps:\n"
            f"      - uses: actions/checkout@v4\n      - run: |\n{script}"
        )
        for name, text in {**FILES, **(files or {}), CI: workflow}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        path, _, symbol = test.partition("::")
        cited = [
            Evidence(kind="ci", text="", path=CI, job="go", command=quoted),
            Evidence(kind="test", text="", path=path, symbol=symbol),
        ]
        return Prover(Repository.open(tmp_path), Settings()).prove(cited)[0]

    return judge


def make(text):
    return {"Makefile": text}


def tox(text):
    return {"tox.ini": text}


def project(text):
    return {"pyproject.toml": text}


HATCH = "[tool.hatch.envs.default.scripts]\nunit = 'pytest {args:unit}'\n"
PDM = "[tool.pdm.scripts]\nunit = {cmd = 'pytest unit'}\n"


@pytest.mark.parametrize(
    ("step", "quoted", "files"),
    [
        ("make check", "pytest", make("check:\n\tpytest -q\n")),
        ("make check", "make check", make("check:\n\tpytest -q\n")),
        ("make", "pytest unit", make("all: lint unit-tests\nlint:\n\truff check\n"
                                     "unit-tests:\n\t@pytest unit\n")),
        ("make check", "pytest", make("OPTS ?= -q\ncheck:\n\tpytest $(OPTS) unit\n")),
        ("make check", "pytest", make("check:\n\t$(MAKE) unit-tests\nunit-tests:\n\tpytest\n")),
        ("make unit", "make unit", make(".PHONY: unit\nunit:\n\tpytest\n")),
        ("make", "pytest", make(".DEFAULT_GOAL := check\nall:\ncheck: setup.cfg\n\tpytest\n") | {"setup.cfg": ""}),
        ("make check", "pytest", make("ifeq (, $(shell which x))\n$(warning no x)\nendif\n"
                                      "gone: $(X)\n\techo $(foreach x)\ncheck:\n\t$(info $(X))\n\tpytest\n")),
        ("make check WHAT=unit", "pytest", make("WHAT = slow\ncheck:\n\tpytest $(WHAT)\n")),
        ("make check", "pytest", make("-include .env\ninclude ci/x.mk\ncheck: $(first)\n\tpytest\n")
                                 | {"ci/x.mk": "first = lint\nlint:\n\truff check\n"}),
        ("make check", "pytest unit", make("d := unit\nall := -q $(d)\ncheck:\n\tpytest $(all)\n")),
        ("WHAT=unit make check", "pytest", make("WHAT ?= slow\ncheck:\n\tpytest $(WHAT)\n")),
        ("make", "pytest", make("all: check\ncheck: lint\nlint:\n\truff check\ncheck:\n\tpytest\n")),
        ("make -C ci check", "pytest", {"ci/Makefile": "check:\n\t$(MAKE) -C .. unit-tests\n",
                                        "Makefile": "unit-tests:\n\tpytest\n"}),
        ("just check", "pytest", {"justfile": "x := 'unit'\ncheck *args='':\n    pytest {{x}} {{args}}\n"}),
        ("just lint check unit", "pytest", {"justfile": "lint:\n    ruff check\ncheck what:\n    pytest {{what}}\n"}),
        ("just check", "pytest", {"justfile": "check: lint\n    pytest -q\nlint:\n    ruff check\n"}),
        ("tox", "pytest", tox("[testenv]\ncommands = pytest {posargs:unit}\n")),
        ("uvx --with tox-uv tox run -e py312", "pytest", tox("[testenv]\ncommands =\n    pytest\n")),
        ("tox -- unit", "tox", tox("[testenv]\ncommands = pytest {posargs:slow}\n")),
        ("hatch run unit", "pytest", project(HATCH)),
        ("pdm run unit", "pytest", project(PDM)),
    ],
)  # fmt: skip
def test_a_recipe_stands_for_what_it_runs(verdict, step, quoted, files):
    found = verdict(step, quoted, files)
    assert (found.name, found.rule) == ("verified", None)


@pytest.mark.parametrize(
    ("step", "quoted", "files"),
    [
        ("make check", "make check", make("check:\n\tpytest slow\n")),
        ("make check", "make check", make("check:\n\tcd slow && pytest\n")),
        ("make check", "make check", make("WHAT ?= slow\ncheck:\n\tpytest $(WHAT)\n")),
        ("make check", "make check", make("export PYTEST_ADDOPTS = slow\ncheck:\n\tpytest\n")),
        ("just check slow", "just check", {"justfile": "check *args:\n    pytest {{args}}\n"}),
        ("tox -- slow", "tox", tox("[testenv]\ncommands = pytest {posargs:unit}\n")),
        ("hatch run unit slow", "hatch run unit", project(HATCH)),
        ("uvx pytest slow", "uvx pytest slow", {}),
        ("pipx run pytest slow", "pytest", {}),
        ("pytest --collect-only", "pytest --collect-only", {}),
        ("make lint", "make lint", make("lint:\n\truff check\n")),
        ("tox -e lint", "tox -e lint",
         tox("[testenv]\ncommands = pytest\n[testenv:lint]\ncommands = ruff check\n")),
        ("mypy src", "mypy src", {}),
        ("coverage xml", "coverage xml", {}),
        ("python -c 'print(1)'", "python -c", {}),
        ("sphinx-build -W docs out", "sphinx-build", {}),
    ],
)  # fmt: skip
def test_what_runs_other_tests_misses_the_test(verdict, step, quoted, files):
    found = verdict(step, quoted, files)
    assert (found.name, found.rule) == ("excluded", "ci-command-misses-test")


@pytest.mark.parametrize(
    ("step", "quoted", "files"),
    [
        ("make check", "make check", make("check:\n\tpytest $(OPTS)\n")),
        ("ls unit/*.py | xargs pytest", "pytest", {}),
        ("cargo run -p xtask -- test", "cargo run -p xtask", {}),
        ("pre-commit run -a", "pre-commit run", {}),
        ("make check", "pytest", make("ifdef CI\nx = 1\nendif\ncheck:\n\tpytest $(x)\n")),
        ("make check", "pytest", make("ifdef CI\ncheck:\n\tpytest\nelse\ncheck:\nendif\n")),
        ("make check", "pytest", make("x = $(shell ls)\ncheck:\n\tpytest $(x)\n")),
        ("make check", "pytest", make("define x\nslow\nendef\ncheck:\n\tpytest $(x)\n")),
        ("make check", "pytest", make("include no.mk\ncheck:\n\tpytest\n")),
        ("make check", "pytest", make("check: x = slow\ncheck:\n\tpytest $(x)\n")),
        ("make check", "pytest", make("a = $(b)\nb = $(a)\ncheck:\n\tpytest $(a)\n")),
        ("make check", "pytest", make("check: gone\n\tpytest\n")),
        ("make unit", "make unit", make("unit:\n\tpytest\n")),  # the folder is there
        ("just check", "pytest", {"justfile": "check args:\n    pytest {{args}}\n"}),
        ("just check", "pytest", {"justfile": "x := `ls`\ncheck:\n    pytest {{x}}\n"}),
        ("tox", "pytest", tox("[testenv]\ncommands =\n    py312: pytest\n")),
        ("poe unit", "pytest", project("[tool.poe.tasks]\nunit = {script = 'pytest:main'}\n")),
        ("invoke unit", "invoke unit", {}),
        ("pytest $WHICH", "pytest", {}),
        ("$RUNNER unit", "pytest", {}),
        ("python -c 'import pytest; pytest.main()'", "python -c", {}),
        ("make check", "pytest", make("check:\n\t$(RUNNER)\n")),
        ("git clone https://x.example/y\ncd y\npytest", "pytest", {}),
    ],
)  # fmt: skip
def test_what_may_run_the_test_is_unknown(verdict, step, quoted, files):
    found = verdict(step, quoted, files)
    assert (found.name, found.rule) == ("unknown", None)


@pytest.mark.parametrize(
    ("step", "quoted", "files"),
    [
        ("uvx ruff check", "pytest", {}),
        ("hatch run ruff check", "pytest", project(HATCH)),
        ("make lint", "pytest", make("lint:\n\truff check\n")),
    ],
)
def test_what_runs_nothing_of_the_kind_is_not_found(verdict, step, quoted, files):
    assert verdict(step, quoted, files).rule == "ci-command-not-found"


@pytest.mark.parametrize(
    ("step", "files"),
    [
        ("make check", make("check:\n\t-pytest\n")),
        ("make check", make("check:\n\tpytest || true\n")),
        ("tox", tox("[testenv]\ncommands =\n    - pytest\n")),
        ("just check", {"justfile": "check:\n    -pytest\n"}),
        ("set +e\npytest\nexit 0", {}),
    ],
)
def test_a_failure_that_a_recipe_ignores_holds_up_nothing(verdict, step, files):
    for quoted in (step.split("\n")[0], "pytest"):
        if not quoted.startswith("set"):
            assert verdict(step, quoted, files).rule == "ci-not-gating"


# --- other languages ----------------------------------------------------------------------

GO = {"go.mod": "module x\n", "q/q_test.go": 'package q\n\nimport "testing"\n\nfunc TestPop(t *testing.T) {}\n',
      "r/r.go": "package r\n"}  # fmt: skip
JAVA = {"pom.xml": "<project/>\n",
        "src/test/java/q/QueueTest.java": "package q;\nclass QueueTest {\n    @Test\n    void pops() {}\n}\n"}  # fmt: skip


@pytest.mark.parametrize(
    ("step", "name"),
    [
        ("go test ./...", "verified"),
        ("go test -race -count=1 ./q", "verified"),
        ("go test -run 'TestP' ./q/...", "verified"),
        ("go test -run '^TestPop$' -v ./...", "verified"),
        ("cd q && go test", "verified"),
        ("go test -skip TestPush ./...", "verified"),
        ("go test", "excluded"),
        ("go test ./r/...", "excluded"),
        ("go test -run TestPush ./...", "excluded"),
        ("go test -run '^$' -bench . ./...", "excluded"),
        ("go test -skip TestPop ./...", "excluded"),
        ("go test -c ./q", "excluded"),
        ("go test x/q", "unknown"),
        ("go test -run TestPop/empty ./...", "unknown"),
        ("go test -brand-new ./...", "unknown"),
        ("go test $PACKAGES", "unknown"),
        ("go vet ./...", "excluded"),
        ("gotestsum -f dots --junitfile x.xml ./...", "verified"),
        ("gotestsum", "verified"),
        ("gotestsum -- -run TestPop", "excluded"),
        ("gotestsum -- ./r/...", "excluded"),
        ("gotestsum --packages ./q", "unknown"),
    ],
)
def test_go(verdict, step, name):
    quoted = step.removeprefix("cd q && ")
    assert verdict(step, quoted, GO, "q/q_test.go::TestPop").name == name


@pytest.mark.parametrize(
    ("step", "name"),
    [
        ("mvn verify", "verified"),
        ("./mvnw -B -ntp clean test", "verified"),
        ("mvn -DskipTests=false test", "unknown"),
        ("mvn verify -DskipTests", "excluded"),
        ("mvn -Dmaven.test.skip=true install", "excluded"),
        ("mvn clean compile", "excluded"),
        ("mvn test -pl core", "unknown"),
        ("mvn test -Dtest=OtherTest", "unknown"),
        ("mvn verify javadoc:jar", "verified"),
        ("mvn surefire:test", "unknown"),
        ("gradle assemble", "excluded"),
        ("./gradlew :core:spotlessCheck", "excluded"),
        ("gradle assemble check", "unknown"),
    ],
)
def test_java(verdict, step, name):
    pytest.importorskip("tree_sitter_java")
    cited = "src/test/java/q/QueueTest.java::pops"
    assert verdict(step, step, JAVA, cited).name == name


RUST = {
    "Cargo.toml": "[package]\nname = 'q'\nversion = '0.1.0'\nedition = '2021'\n",
    "src/lib.rs": (
        "#[cfg(test)]\nmod tests {\n"
        "    #[test]\n    fn plain() {}\n"
        "    #[cfg(model)]\n    #[test]\n    fn modelled() {}\n"
        "    #[cfg(windows)]\n    #[test]\n    fn on_windows() {}\n"
        '    #[cfg(all(unix, not(target_os = "macos")))]\n    #[test]\n    fn on_linux() {}\n'
        "    #[cfg_attr(miri, ignore)]\n    #[test]\n    fn reads() {}\n"
        "    #[cfg(not(miri))]\n    #[test]\n    fn without_miri() {}\n"
        "    #[cfg(debug_assertions)]\n    #[test]\n    fn asserts() {}\n"
        "}\n"
    ),
}
FLAGS = "    env:\n      RUSTFLAGS: -D warnings --cfg model\n"
WINDOWS = "    runs-on: windows-latest\n"
MATRIX = (
    "    runs-on: ${{ matrix.os }}\n"
    "    strategy:\n      matrix:\n        os: [ubuntu-latest, windows-latest]\n"
)


@pytest.mark.parametrize(
    ("step", "test", "job", "name"),
    [
        ("cargo test", "plain", "", "verified"),
        ("cargo test", "modelled", "", "excluded"),
        ("cargo test", "modelled", FLAGS, "verified"),
        ("RUSTFLAGS='--cfg model' cargo test", "modelled", "", "verified"),
        ("export RUSTFLAGS='--cfg=model'\ncargo test", "modelled", "", "verified"),
        ("cargo test", "modelled", FLAGS.replace("model", "modelling"), "excluded"),
        (
            "cargo test",
            "modelled",
            "    env:\n      RUSTFLAGS: ${{ vars.X }}\n",
            "unknown",
        ),
        ("cargo test", "on_windows", "", "excluded"),
        ("cargo test", "on_windows", WINDOWS, "verified"),
        ("cargo test", "on_windows", MATRIX, "verified"),
        ("cargo test", "on_windows", "    runs-on: ${{ vars.X }}\n", "unknown"),
        ("cargo test --target x86_64-pc-windows-gnu", "on_windows", "", "verified"),
        ("cargo test", "on_linux", "", "verified"),
        ("cargo test", "on_linux", WINDOWS, "excluded"),
        ("cargo test", "on_linux", "    runs-on: macos-14\n", "excluded"),
        ("cargo test", "reads", "", "verified"),
        ("cargo miri test", "reads", "", "excluded"),
        ("cargo miri test -- --include-ignored", "reads", "", "verified"),
        ("cargo miri nextest run --run-ignored all", "reads", "", "verified"),
        ("cargo miri test -- --ignored", "reads", "", "unknown"),
        ("cargo test -- --ignored", "plain", "", "excluded"),
        ("cargo miri test", "plain", "", "verified"),
        ("cargo miri test", "without_miri", "", "excluded"),
        ("cargo test", "without_miri", "", "verified"),
        ("cargo test", "asserts", "", "verified"),
        ("cargo test --release", "asserts", "", "unknown"),
        ("cargo clippy --tests", "plain", "", "excluded"),
        ("cargo bench", "plain", "", "excluded"),
        ("cargo test --no-run", "plain", "", "excluded"),
    ],
)
def test_conditions_of_rust(verdict, step, test, job, name):
    quoted = step.split("\n")[-1].removeprefix("RUSTFLAGS='--cfg model' ")
    assert verdict(step, quoted, RUST, f"src/lib.rs::{test}", job).name == name


@pytest.mark.parametrize(
    ("step", "found"),
    [
        ("cargo xtask test", False),
        ("cargo run -p xtask -- test", False),
        ("cargo ci-test", False),
        ("cargo build", True),
        ("cargo deny check", True),
    ],
)
def test_an_alias_of_cargo_may_run_the_tests(verdict, step, found):
    answer = verdict(step, "cargo test", RUST, "src/lib.rs::plain")
    assert (answer.rule == "ci-command-not-found") is found


def test_a_condition_of_a_build_script_is_unknown(verdict):
    files = {**RUST, "build.rs": "fn main() {}\n"}
    found = verdict("cargo test", "cargo test", files, "src/lib.rs::modelled")
    assert found.name == "unknown"


@pytest.mark.parametrize(
    ("step", "name"),
    [
        ("npx vitest run -t other", "excluded"),
        ("npx vitest run -t renders", "verified"),
        ("pnpm vitest run", "verified"),
        ("npx unheard-of", "unknown"),
        ("npm test", "unknown"),
        ("npx eslint .", "excluded"),
        ("ruff check", "excluded"),
        ("pytest", "verified"),  # another language's runner
    ],
)
def test_typescript_is_run_by_the_runners_of_javascript(verdict, step, name):
    cited = "src/a.test.ts::renders"
    files = {"src/a.test.ts": "it('renders', () => {});\n", "package.json": "{}"}
    assert verdict(step, step, files, cited).name == name


def test_a_command_that_runs_no_tests_beside_a_job_that_cannot_be_read(verdict, tmp_path):
    ruff = verdict("ruff check", "ruff check")
    assert ruff.detail.endswith("the step runs no tests (.github/workflows/ci.yml:8)")
    job = Evidence(kind="ci", text="", path=CI, job="go")
    cited = Evidence(kind="test", text="", path="unit/test_feed.py", symbol="test_feed")
    lint = Evidence(kind="ci", text="", path=CI, job="go", command="ruff check")
    prover = Prover(Repository.open(tmp_path), Settings())
    assert [v.name for v in prover.prove([lint, job, cited])] == ["verified"] * 3


@pytest.mark.parametrize("code", ["docs/a.rst", "slow"])
def test_path_filters_are_held_against_the_tests_and_code_of_the_row(verdict, tmp_path, code):
    verdict("pytest", "pytest", {"docs/a.rst": ""})
    (tmp_path / CI).write_text((tmp_path / CI).read_text().replace(
        "on: pull_request", "on: {pull_request: {paths: [docs/**]}}"))  # fmt: skip
    pieces = [
        Evidence(kind="ci", text="", path=CI, job="go", command="pytest"),
        Evidence(kind="test", text="", path="unit/test_feed.py", symbol="test_feed"),
        Evidence(kind="code", text="", path=code),
    ]
    found = Prover(Repository.open(tmp_path), Settings()).prove(pieces)[0]
    inside = code.startswith("docs")
    assert (found.name, found.rule) == (
        ("verified", None) if inside else ("unknown", "ci-not-gating")
    )
    assert inside or found.detail.endswith("path filters leave out unit/test_feed.py, slow")


@pytest.fixture
def no_parsers(monkeypatch):
    """As where the extra ``languages`` is not installed."""
    only = {"rust", "python"}
    before = definitions._grammar
    monkeypatch.setattr(
        definitions,
        "_grammar",
        lambda end: found if (found := before(end)) and found.name in only else None,
    )


@pytest.mark.usefixtures("no_parsers")
@pytest.mark.parametrize(
    ("command", "test"),
    [
        ("go test -run TestOther ./...", "x/x_test.go::TestPush"),
        ("go test ./other/...", "x/x_test.go::TestPush"),
        ("mvn verify -DskipTests", "src/test/java/ring/RingTest.java::pushes"),
        ("npx vitest -t other", "web/push.test.ts::pushes"),
    ],
)
def test_a_command_is_held_against_a_test_that_no_parser_reads(verdict, command, test):
    files = {
        "go.mod": "module x\n",
        "other/y.go": "package other\n",
        "x/x_test.go": "package x\n\nfunc TestPush(t *testing.T) {}\n",
        "src/test/java/ring/RingTest.java": "class RingTest { @Test void pushes() {} }\n",
        "web/push.test.ts": "test('pushes', () => {})\n",
        "package.json": "{}",
        "pom.xml": "<project/>",
    }
    assert verdict(command, command, files, test).name in {"excluded", "unknown"}
