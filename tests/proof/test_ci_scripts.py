"""CI evidence through scripts of package.json, shell scripts, tox in TOML and aliases of cargo."""

from __future__ import annotations

import json

import pytest

from tests.proof.test_ci_recipes import verdict

__all__ = ["verdict"]

TOML = "[env_run_base]\ncommands = [['pytest', {replace = 'posargs', default = ['unit'], extend = true}]]\n"
LINT = "[env.lint]\ncommands = [['ruff', 'check']]\n"
RUST = {
    "Cargo.toml": "[package]\nname = 'ring'\nversion = '1.0.0'\nedition = '2021'\n",
    "src/lib.rs": "#[cfg(test)]\nmod tests {\n    #[test]\n    fn wraps() {}\n}\n",
    ".cargo/config.toml": "[alias]\nunit = 'test --lib'\nslow = ['test', '--test', 'slow']\n",
}


NOX = """
import nox
nox.options.sessions = ["unit"]
WHAT = ("unit", "-q")

@nox.session(python=["3.12", "3.13"], tags=["t"])
@nox.parametrize("x", [1, 2])
def unit(session, x):
    if x:
        session.install("x")
    session.run("pytest", *session.posargs)

@nox.session(name="what", default=False)
def other(session):
    session.run("pytest", *WHAT, env={"A": "1"})

@nox.session
def later(session):
    session.run("ruff", "check")
    session.notify("what")

@nox.session
def computed(session):
    session.run("pytest", *ARGS)

@nox.session
def maybe(session):
    for x in range(2):
        session.run("pytest")

@nox.session
def moved(session):
    session.chdir("slow")
    session.run("pytest")

@nox.session
def ignored(session):
    session.run("pytest", success_codes=[0, 1])
"""
TASKS = """
version: '3'
vars: {WHAT: unit, MADE: {sh: ls}}
env: {MODE: unit}
includes: {docs: ./docs}
tasks:
  default: [task: unit]
  unit:
    desc: the tests
    deps: [lint]
    cmds: ["pytest {{.WHAT}} {{.CLI_ARGS}}"]
  lint: ruff check
  given:
    cmds: [{task: what, vars: {X: slow}}]
  what: pytest {{.X}}
  mode: pytest $MODE
  moved: {dir: slow, cmds: [pytest]}
  made: pytest {{.MADE}}
  guarded: {status: [test -f x], cmds: [pytest]}
  circle: {cmds: [{task: circle}]}
  ignored: {ignore_error: true, cmds: [pytest]}
"""
POE = """
[tool.poe.tasks]
unit = "pytest"
lint.shell = "ruff check"
all = ["lint", "unit"]
slow = {ref = "unit slow"}
parts = {sequence = [{cmd = "ruff check"}, {ref = "unit"}]}
script = {script = "x:main"}
args = {cmd = "pytest", args = ["a"]}
circle = ["circle"]
"""
TOX = """
[tox]
env_list = 3.1{2-3}-{unit,lint}
[testenv]
commands =
    unit: pytest {posargs}
    !unit,lint: ruff check
[testenv:{deep,flat}-slow]
commands = pytest slow
"""
SET = """
[tox]
env_list = py312
labels =
    quick = py312, py312-lint
    late = slow
[testenv]
set_env =
    lint: OWN = ruff check
commands = {env:OWN:pytest}
[testenv:slow]
commands = pytest slow
"""
TOML_SET = """
env_list = ["b"]
labels.late = ["b"]
[env."b"]
commands = [["pytest", { replace = "env", name = "DIR", default = "unit" }],
            { replace = "posargs", default = [["ruff", "check"]], extend = true }]
[env.c]
commands = [["pytest", { replace = "posargs", default = ["slow"], extend = true }]]
"""
HATCH_TEST = "[envs.hatch-test]\ndefault-args = ['unit']\nextra-args = ['-q']\n[envs.default.scripts]\nbare = 'pytest'\n"
SPACES = {
    "package.json": json.dumps({"workspaces": ["web/*"]}),
    "web/a/package.json": json.dumps({"name": "@x/a", "scripts": {"unit": "cd ../.. && pytest"}}),
    "web/b/package.json": json.dumps({"name": "b", "scripts": {"slow": "cd ../../slow; pytest"}}),
}
PNPM = {**SPACES, "package.json": "{}", "pnpm-workspace.yaml": "packages: [web/*]\n"}


@pytest.mark.parametrize(
    ("step", "files", "name"),
    [
        ("nox", {"noxfile.py": NOX}, "verified"),
        ("nox -t t", {"noxfile.py": NOX}, "verified"),
        ("uvx nox -db uv -s unit-3.12 -- unit", {"noxfile.py": NOX}, "verified"),
        ("nox -s 'unit-3.12(x=1)' -- slow", {"noxfile.py": NOX}, "excluded"),
        ("nox -s what", {"noxfile.py": NOX}, "verified"),
        ("nox -s later", {"noxfile.py": NOX}, "verified"),
        ("nox -s moved", {"noxfile.py": NOX}, "excluded"),
        ("nox -f ci/noxfile.py -s moved", {"ci/noxfile.py": NOX.replace("slow", "unit"), "ci/unit/x": ""}, "excluded"),
        ("nox -f ci/noxfile.py -s moved", {"ci/noxfile.py": NOX.replace("slow", "../unit")}, "verified"),
        *((f"nox -s {name}", {"noxfile.py": NOX}, "unknown")
          for name in ("computed", "maybe", "ignored", "gone")),
        ("nox -k 'not unit'", {"noxfile.py": NOX}, "unknown"),
        ("nox -t none", {"noxfile.py": NOX}, "unknown"),
        ("nox", {"noxfile.py": NOX + "if X:\n    nox.options.sessions = ['later']\n"}, "unknown"),
        ("task", {"Taskfile.yml": TASKS}, "verified"),
        ("task lint unit", {"Taskfile.yml": TASKS}, "verified"),
        ("task unit -- -k other", {"Taskfile.yml": TASKS}, "excluded"),
        ("task given", {"Taskfile.yml": TASKS}, "excluded"),
        ("task mode", {"Taskfile.yml": TASKS}, "verified"),
        ("MODE=slow task mode", {"Taskfile.yml": TASKS}, "excluded"),
        ("task moved", {"Taskfile.yml": TASKS}, "excluded"),
        ("task lint", {"Taskfile.yml": TASKS}, "not-found"),
        *((f"task {name}", {"Taskfile.yml": TASKS}, "unknown")
          for name in ("made", "guarded", "circle", "what", "docs:serve", "unit X=1", "--list", "ignored")),
        ("poe unit", {"pyproject.toml": POE}, "verified"),
        ("uv run poe all", {"pyproject.toml": POE}, "verified"),
        ("poe unit slow", {"pyproject.toml": POE}, "excluded"),
        ("poe slow", {"pyproject.toml": POE}, "excluded"),
        ("poe lint", {"pyproject.toml": POE}, "not-found"),
        ("tox", {"tox.ini": "[testenv]\ncommands = ruff check && pytest\n"}, "unknown"),
        ("poe x", {"pyproject.toml": "[tool.poe.tasks]\nx = 'ruff check; pytest'\n"}, "unknown"),
        ("pdm run x", {"pyproject.toml": "[tool.pdm.scripts]\nx = 'true && pytest'\n"}, "unknown"),
        ("make x", {"Makefile": ".IGNORE:\nx:\n\tpytest\n"}, "unknown"),
        ("task x", {"Taskfile.yml": "version: 3\ntasks: {x: {cmds: 3}}  # pytest"}, "unknown"),
        ("nox", {"noxfile.py": "nox.options.sessions = 3  # pytest"}, "unknown"),
        *((f"poe {name}", {"pyproject.toml": POE}, "unknown") for name in ("script", "args", "circle", "no")),
        ("tox", {"tox.ini": TOX}, "verified"),
        ("tox -e 3.12-unit", {"tox.ini": TOX}, "verified"),
        ("tox -e 3.12-lint", {"tox.ini": TOX}, "not-found"),
        ("tox -e deep-slow", {"tox.ini": TOX}, "excluded"),
        # An environment that is only listed is one; one that is not may be none.
        ("tox -e fast", {"tox.ini": "[tox]\nenv_list = fast\n[testenv]\ncommands = pytest\n"}, "verified"),
        ("tox -e fast", {"tox.ini": "[tox]\nenv_list = slow\n[testenv]\ncommands = pytest\n"}, "unknown"),
        ("npm run unit -w @x/a", SPACES, "verified"),
        ("npm run unit --workspaces", SPACES, "verified"),
        ("npm run slow --workspace=web/b", SPACES, "excluded"),
        ("npm run unit -w none", SPACES, "unknown"),
        ("yarn workspace @x/a run unit", SPACES, "verified"),
        ("pnpm -r run unit", PNPM, "verified"),
        ("pnpm --filter @x/a unit", PNPM, "verified"),
        ("pnpm --filter '@x/*' run unit", PNPM, "verified"),
        ("pnpm run --filter b slow", PNPM, "excluded"),
        ("pnpm --filter '@x/*...' run unit", PNPM, "unknown"),
        ("pnpm --filter '*' run slow", PNPM, "unknown"),
        ("pnpm -F b run slow", PNPM, "excluded"),
        ("nox", {"noxfile.py": NOX + "if X:\n    nox.options.reuse_venv = 'yes'\n"}, "verified"),
        ("poe parts", {"pyproject.toml": POE}, "verified"),
        ("poe parts unit", {"pyproject.toml": POE}, "unknown"),
        ("tox", {"tox.ini": SET}, "verified"),
        ("OWN='pytest slow' tox", {"tox.ini": SET}, "excluded"),
        ("tox -e py312-lint", {"tox.ini": SET}, "not-found"),
        ("OWN=$GIVEN tox", {"tox.ini": SET}, "unknown"),
        ("tox --notest", {"tox.ini": SET}, "not-found"),
        ("TOXENV=slow tox", {"tox.ini": SET}, "excluded"),
        ("TOX_ENV=slow tox -e py312", {"tox.ini": SET}, "verified"),
        ("TOXENV=$GIVEN tox", {"tox.ini": SET}, "unknown"),
        ("tox -m quick", {"tox.ini": SET}, "verified"),
        ("tox -m late", {"tox.ini": SET}, "excluded"),
        ("tox -m none", {"tox.ini": SET}, "unknown"),
        ("tox", {"tox.toml": TOML_SET}, "verified"),
        ("DIR=slow tox -e b", {"tox.toml": TOML_SET}, "excluded"),
        ("tox -e b -- slow", {"tox.toml": TOML_SET}, "unknown"),
        ("tox -m late", {"tox.toml": TOML_SET}, "verified"),
        ("tox -e c --", {"tox.toml": TOML_SET}, "verified"),
        ("tox -e c", {"tox.toml": TOML_SET}, "excluded"),
        ("hatch run", {"hatch.toml": HATCH_TEST}, "unknown"),
        ("tox", {"tox.toml": "env_list = ['b']\n[env.b]\ncommands = [['pytest', {replace = 'env'}]]\n"}, "unknown"),
        ("hatch run bare slow", {"hatch.toml": HATCH_TEST}, "verified"),
        ("hatch test", {"hatch.toml": HATCH_TEST}, "verified"),
        ("hatch test --cover -r --retries 2 slow", {"hatch.toml": HATCH_TEST}, "excluded"),
        ("hatch test -- -k other", {"hatch.toml": HATCH_TEST}, "excluded"),
        ("hatch test -k other", {"hatch.toml": HATCH_TEST}, "unknown"),
        ("hatch test", {"hatch.toml": HATCH_TEST + "[envs.hatch-test.scripts]\nrun = 'x'\n"}, "unknown"),
    ],
)  # fmt: skip
def test_each_kind_of_recipe(verdict, step, files, name):
    assert verdict(step, "pytest", files).name == name


def test_the_verdict_says_the_chain(verdict):
    files = {"Makefile": "all: check\ncheck:\n\truff check && tox -- slow\n", "tox.ini": TOX}
    way = "`make` → Makefile:3 → `tox -- slow` → tox.ini:6 → `pytest slow`"
    for quoted in ("make", "tox", "pytest"):
        found = verdict("make", quoted, files, "slow/test_drain.py::test_drain")
        assert found.name == "verified"
        assert found.detail.endswith(f"; {way}")
    assert f"; {way}" in verdict("make", "make", files).detail
    doubt = verdict("make", "make", {"Makefile": "all:\n\tpytest $(X)\n"}).detail
    assert doubt.endswith("; `make` → Makefile:2 → `pytest ${X}`")


def package(**scripts):
    return {"package.json": json.dumps({"scripts": scripts}, indent=2)}


def file(text, path="ci/run"):
    return {path: text}


@pytest.mark.parametrize(
    ("step", "quoted", "files"),
    [
        ("npm test", "pytest", package(test="pytest -q")),
        ("npm run unit", "npm run unit", package(unit="ruff check && pytest")),
        ("npm run unit -- unit", "pytest", package(unit="pytest")),
        ("npm run -s unit", "pytest", package(unit="npm run inner", inner="pytest")),
        ("pnpm unit", "pytest", package(unit="pytest")),
        ("yarn run unit", "pytest", package(unit="pytest")),
        ("bun run unit", "pytest", package(unit="pytest")),
        ("npm run build", "pytest", package(build="true", postbuild="pytest")),
        ("npm --prefix web run unit", "pytest", {"web/package.json": '{"scripts": {"unit": "cd .. && pytest"}}'}),
        ("tox", "pytest", {"tox.toml": "env_list = ['3.12']\n" + TOML + LINT}),
        ("tox run -e py312", "pytest", {"tox.toml": TOML + LINT}),
        ("uvx tox", "pytest", {"pyproject.toml": "[tool.tox]\nenv_list = ['a']\n[tool.tox.env.a]\ncommands = [['pytest']]\n"}),
        ("./ci/run", "pytest", file("#!/bin/bash\nset -e\npytest\n")),
        ("ci/run unit", "pytest", file('#!/bin/sh\npytest "${1:-slow}"\n')),
        ("ci/run", "pytest", file("#!/bin/sh\ncmd=${1-unit}\npytest $cmd\n")),
        ("ci/run unit", "pytest", file('#!/usr/bin/env bash\nset -euo pipefail\npytest "$@"\n')),
        ("bash -e ci/run.sh", "bash -e ci/run.sh", file("pytest\necho done\n", "ci/run.sh")),
        ("sh ci/run.sh", "pytest", file("cd unit\npytest\n", "ci/run.sh")),
        ("make check", "pytest", {"Makefile": "check:\n\t./ci/run\n", **file("#!/bin/sh\nexec pytest\n")}),
    ],
)  # fmt: skip
def test_what_a_script_runs_runs_the_test(verdict, step, quoted, files):
    found = verdict(step, quoted, files)
    assert (found.name, found.rule) == ("verified", None)


@pytest.mark.parametrize(
    ("step", "quoted", "files"),
    [
        ("npm test", "npm test", package(test="pytest slow")),
        ("npm run unit -- slow", "pytest", package(unit="pytest")),
        ("pnpm unit slow", "pytest", package(unit="pytest")),
        ("tox -- slow", "pytest", {"tox.toml": "env_list = ['3.12']\n" + TOML}),
        ("ci/run slow", "pytest", file('#!/bin/sh\npytest "$@"\n')),
        ("ci/run slow", "pytest", file('#!/bin/sh\npytest "$1"\n')),
        ("bash ci/run.sh", "pytest", file("cd slow\npytest\n", "ci/run.sh")),
    ],
)
def test_what_a_script_runs_misses_the_test(verdict, step, quoted, files):
    found = verdict(step, quoted, files)
    assert (found.name, found.rule) == ("excluded", "ci-command-misses-test")


@pytest.mark.parametrize(
    ("step", "quoted", "files"),
    [
        ("npm run unit -w core", "pytest", package(unit="pytest")),
        ("npm run unit", "pytest", package(other="pytest")),
        ("npm run unit", "pytest", {"package.json": '{"scripts": ["pytest"]}'}),
        ("npm run unit", "pytest", {"package.json": '{"unit": "pytest"'}),
        ("pnpm -r run unit", "pytest", package(unit="pytest")),
        ("npm run unit", "pytest", package(unit="$RUNNER_OF_TESTS && pytest $WHAT")),
        ("tox -e odd", "pytest", {"tox.toml": TOML + LINT}),
        ("tox", "pytest", {"tox.toml": "env_list = ['a']\n[env.a]\nchange_dir = 'x'\ncommands = [['pytest']]\n"}),
        ("ci/run unit", "pytest", file('#!/bin/sh\nrun() { pytest "$1"; }\nrun slow\n')),
        ("ci/run unit", "pytest", file('#!/bin/sh\nshift\npytest "$1"\n')),
        ("ci/run unit", "pytest", file("#!/bin/sh\nsh -c 'pytest $1' _ slow\n")),
        ("ci/run", "pytest", file("#!/usr/bin/env python3\nimport pytest\n")),
        ("ci/run", "pytest", file('#!/bin/sh\nif [ -n "$NIGHTLY" ]; then pytest; fi\n')),
    ],
)  # fmt: skip
def test_what_cannot_be_followed_is_unknown(verdict, step, quoted, files):
    found = verdict(step, quoted, files)
    assert (found.name, found.rule) == ("unknown", None)


@pytest.mark.parametrize(
    ("step", "files"),
    [
        ("npm run lint", package(lint="eslint src", unit="pytest")),
        ("npm run a", package(a="npm run b", b="npm run a", c="pytest")),
        ("tox -e lint", {"tox.toml": TOML + LINT}),
        ("./ci/run", file("#!/bin/sh\nruff check\n")),
    ],
)
def test_a_script_that_runs_none_is_not_where_the_command_is(verdict, step, files):
    assert verdict(step, "pytest", files).rule == "ci-command-not-found"


@pytest.mark.parametrize(
    ("step", "files"),
    [
        ("./ci/run", file("#!/bin/sh\npytest\necho done\n")),
        ("./ci/run", file("#!/bin/bash\nset -e\npytest || true\n")),
        ("npm test", package(test="pytest || true")),
        ("npm test", package(test="pytest; echo done")),
    ],
)
def test_a_failure_that_a_script_ignores_holds_up_nothing(verdict, step, files):
    assert verdict(step, "pytest", files).rule == "ci-not-gating"


@pytest.mark.parametrize(
    ("step", "quoted", "name"),
    [
        ("cargo unit", "cargo unit", "verified"),
        ("cargo unit", "cargo test --lib", "verified"),
        ("cargo unit --verbose", "cargo test", "verified"),
        ("cargo unit other", "cargo test", "excluded"),
        ("cargo slow", "cargo test", "excluded"),
        ("cargo test", "cargo test", "verified"),
        ("cargo unheard-of", "cargo test", "unknown"),
    ],
)
def test_an_alias_of_cargo_stands_for_what_it_says(verdict, step, quoted, name):
    found = verdict(step, quoted, RUST, test="src/lib.rs::tests::wraps")
    assert found.name == name


@pytest.mark.parametrize(
    ("step", "name"),
    [
        ('if [ -n "$NIGHTLY" ]; then pytest; fi', "unknown"),
        ("if false; then pytest; fi", "unknown"),
        ('[ -n "$X" ] && pytest\necho done', "unknown"),
        ('case "$X" in a) pytest;; esac', "unknown"),
        ("while read x; do pytest; done < list", "unknown"),
        ("./prepare || pytest", "unknown"),
        ('[[ -z "$X" ]] && { pytest; }\ntrue', "unknown"),
        ("if [ a = b ]; then true; else pytest; fi", "verified"),
        ('if [[ "linux" == "linux" ]]; then pytest; fi', "verified"),
        ("if ! [ -n '' ]; then pytest; fi", "verified"),
        ("if [[ 3.12 == pypy* || a == b ]]; then true; else pytest; fi", "verified"),
        ("if [[ pypy3.11 == pypy* || $X == b ]]; then pytest; fi", "unknown"),
        ("if [[ 3.12 == pypy* && a == a ]]; then pytest; fi", "unknown"),
        ("if [[ 3.12 != 'pypy*' ]]; then pytest; fi", "verified"),
        ("[ -d unit ] && pytest", "verified"),  # else the step fails
        ("make ready && pytest", "verified"),
        ("for x in a b; do pytest; done", "verified"),
        ("if ! pytest; then exit 1; fi", "verified"),
    ],
)
def test_what_runs_under_a_condition_is_no_proof_unless_it_holds(verdict, step, name):
    assert verdict(step, "pytest", {}).name == name


@pytest.mark.parametrize(
    ("step", "quoted", "name"),
    [
        ("cargo test --no-run", "cargo test", "unknown"),
        ("cargo test --no-run", "cargo test --no-run", "verified"),
        ("cargo test --no-run\ncargo test", "cargo test", "verified"),
    ],
)
def test_a_command_that_runs_none_of_its_tests_is_no_proof(verdict, step, quoted, name):
    assert verdict(step, quoted, {}).name == name
