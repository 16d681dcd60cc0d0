from __future__ import annotations

import pytest

from sphinx_arco_parity.repository.workflows import read_workflow

STEP = "{runs-on: ubuntu-latest, steps: [{run: x}]}"


@pytest.mark.parametrize(
    "on",
    [
        "pull_request",
        "[push, pull_request]",
        "{pull_request: {branches: [main], paths: [src/**]}}",
        "{pull_request: {types: [opened, labeled]}}",
        "pull_request_target",
        "merge_group",
        "push",
        "{push: {branches: ['**']}}",
        "{push: {branches: ['feature/**', main]}}",
        "{push: {branches: [staging, trying]}}",
        "{push: {branches-ignore: [gh-pages]}}",
        "{push: {tags: ['v*'], branches-ignore: [x]}}",
        "workflow_run",
        "[schedule, check_suite]",
        "some_new_event",
    ],
)
def test_events_that_hold_up_a_pull_request_or_may(workflow, on):
    assert workflow(f"on: {on}\njobs: {{a: {STEP}}}\n").jobs[0].not_gating is None


@pytest.mark.parametrize(
    "on",
    [
        "{schedule: [{cron: x}]}",
        "workflow_dispatch",
        "[schedule, workflow_dispatch, release]",
        "{push: {branches: [main]}}",
        "{push: {branches: [master, 'release/**', 'v*', 1.x]}}",
        "{push: {tags: ['v*']}}",
        "{pull_request: {types: [closed]}}",
        "{pull_request: {types: [labeled]}}",
        "{pull_request_target: {types: [labeled, unlabeled, closed]}}",
        "issue_comment",
        "workflow_call",
    ],
)
def test_events_that_no_pull_request_causes(workflow, on):
    reason = workflow(f"on: {on}\njobs: {{a: {STEP}}}\n").jobs[0].not_gating
    assert reason.startswith("the workflow runs only on `")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("if: github.event_name == 'push'", "false for a pull request"),
        ("if: ${{ github.ref == 'refs/heads/main' }}", "false for a pull request"),
        ("if: startsWith(github.ref, 'refs/tags/')", "false for a pull request"),
        ("if: github.event.inputs.full == 'true'", "false for a pull request"),
        (
            "if: contains(github.event.pull_request.labels.*.name, 'ci')",
            "false for a pull request",
        ),
        (
            "if: contains(join(github.event.pull_request.labels.*.name), 'ci')",
            "false for a pull request",
        ),
        ("if: github.event.label.name == 'ci'", "false for a pull request"),
        ("if: github.event.action == 'labeled'", "false for a pull request"),
        ("if: false", "never true"),
        ("continue-on-error: true", "continue-on-error"),
        (
            "continue-on-error: ${{ matrix.x }}\nstrategy: {matrix: {x: [true]}}",
            "continue-on-error",
        ),
    ],
)
def test_jobs_that_do_not_gate(job, text, part):
    found = job("- run: x\n", on="[push, pull_request]", job=text + "\n")
    assert part in found.not_gating


@pytest.mark.parametrize(
    "text",
    [
        "if: github.event_name != 'schedule'",
        "if: github.event_name == 'push' || github.actor != 'bot'",
        "if: needs.changes.outputs.rust == 'true'",
        "if: ${{ !github.event.pull_request.draft }}",
        "if: github.repository == 'o/r'",
        "if: ${{ !contains(github.event.pull_request.labels.*.name, 'no ci') }}",
        "if: contains(github.event.pull_request.title, 'ci')",
        "if: github.event.action != 'labeled'",
        "if: always()",
        "if: vars.CI == 'yes'",
        "continue-on-error: false",
        "continue-on-error: ${{ matrix.x }}\nstrategy: {matrix: {x: [true, false]}}",
        "continue-on-error: ${{ vars.TOLERANT }}",
    ],
)
def test_jobs_that_gate_or_may(job, text):
    found = job("- run: x\n", on="[push, pull_request]", job=text + "\n")
    assert found.not_gating is None
    assert found.commands[0].not_gating is None


@pytest.mark.parametrize(
    ("text", "perhaps"),
    [
        ("vars.CI == 'yes'", True),
        ("needs.changes.outputs.rust == 'true'", True),
        ("github.event_name == 'push' || secrets.TOKEN != ''", True),
        ("always() || vars.CI == 'yes'", False),
        ("github.event.pull_request.draft == false", False),
        ("matrix.os == 'a'", False),
    ],
)
def test_what_turns_on_a_setting_or_an_output_is_not_known_to_run(job, text, perhaps):
    matrix = "strategy: {matrix: {os: [a, b]}}\n"
    of_job = job("- run: x\n", job=f"if: {text}\n") if "matrix" not in text else None
    of_step = job(f"- run: x\n  if: {text}\n", job=matrix)
    found = [each.commands[0].shell.perhaps for each in (of_job, of_step) if each]
    assert set(found) == {perhaps}


@pytest.mark.parametrize(
    ("steps", "part"),
    [
        ("- run: x\n  continue-on-error: true\n", "continue-on-error"),
        ("- run: x || true\n", "goes on"),
        ("- run: |\n    set +e\n    x\n    exit 0\n", "goes on"),
        ("- run: |\n    set +e\n    x\n    set -e\n    echo done\n", "goes on"),
        ("- run: x | tee out.log\n", "tee"),
        ("- run: x\n  if: github.event_name == 'push'\n", "not so for a pull request"),
        ("- run: x\n  if: failure()\n", "not so for a pull request"),
    ],
)
def test_steps_that_do_not_gate(job, steps, part):
    assert part in job(steps).commands[0].not_gating


@pytest.mark.parametrize(
    "steps",
    [
        "- run: x\n",
        "- run: x || exit 1\n",
        "- run: |\n    set +e\n    x\n    exit $?\n",
        "- run: |\n    set +e\n    x\n    rc=$?\n    exit 0\n",
        "- run: |\n    set +e\n    x\n    if [ $? -ne 0 ]; then exit 1; fi\n    exit 0\n",
        "- run: |\n    set +e\n    x > log\n    grep -q FAILED log && exit 1\n    exit 0\n",
        "- run: |\n    set +e\n    x || exit 1\n    exit 0\n",
        "- run: |\n    set +e\n    x > log\n    set -e\n    grep ok log\n    echo done\n",
        "- run: |\n    x\n    exit 0\n",
        "- run: x | tee out.log\n  shell: bash\n",
        "- run: |\n    x | tee out.log\n    exit ${PIPESTATUS[0]}\n",
        "- run: x | tee out.log\n- run: grep -q ok out.log\n",
        "- run: x\n  id: t\n  continue-on-error: true\n- run: exit 1\n  if: steps.t.outcome == 'failure'\n",
        "- run: x\n  if: runner.os == 'Linux'\n",
        "- run: x\n  if: ${{ !failure() && !cancelled() }}\n",
    ],
)
def test_steps_that_gate_or_may(job, steps):
    assert job(steps).commands[0].not_gating is None


def test_what_needs_a_job_that_is_skipped_is_skipped(workflow):
    text = """
        on: pull_request
        jobs:
          a: {if: github.event_name == 'push', runs-on: x, steps: [{run: x}]}
          b: {needs: a, runs-on: x, steps: [{run: x}]}
          c: {needs: [b], runs-on: x, steps: [{run: x}]}
          d: {needs: [c], if: always(), runs-on: x, steps: [{run: x}]}
          e: {needs: f, runs-on: x, steps: [{run: x}]}
          f: {continue-on-error: true, runs-on: x, steps: [{run: x}]}
        """
    reasons = {job.id: job.not_gating for job in workflow(text).jobs}
    assert "needs job `a`" in reasons["b"]
    assert "needs job `b`" in reasons["c"]
    assert reasons["d"] is None
    assert reasons["e"] is None


@pytest.mark.parametrize(
    ("on", "gates"),
    [
        ("pull_request", True),
        ("{schedule: [{cron: x}]}", False),
        ("workflow_run", True),
    ],
)
def test_a_called_workflow_runs_when_its_callers_do(repository, on, gates):
    path = ".github/workflows/called.yml"
    files = {
        path: f"on: workflow_call\njobs: {{a: {STEP}}}\n",
        ".github/workflows/caller.yml": f"on: {on}\njobs: {{c: {{uses: ./{path}}}}}\n",
    }
    [job] = read_workflow(repository(files), path).jobs
    assert (job.not_gating is None) is gates
    if not gates:
        assert "caller.yml" in job.not_gating


@pytest.mark.parametrize(
    ("on", "paths", "left_out"),
    [
        ("{pull_request: {paths: [docs/**]}}", ["src/a.py"], True),
        ("{pull_request: {paths: [docs/**]}}", ["src/a.py", "docs/a.md"], False),
        ("{pull_request: {paths: ['**', '!src/**']}}", ["src/a.py"], True),
        ("{pull_request: {paths: ['!src/**', src/a.py]}}", ["src/a.py"], False),
        ("{pull_request: {paths-ignore: ['**.py']}}", ["src/a.py"], True),
        ("{pull_request: {paths-ignore: [docs/**]}}", ["src/a.py"], False),
        ("{pull_request: {paths: ['docs/?']}}", ["src/a.py"], False),
        ("{pull_request: {paths: [docs/**]}, merge_group: {}}", ["src/a.py"], False),
        ("{push: {paths: [docs/**]}}", ["src/a.py"], True),
        ("{pull_request: {paths: [docs/**]}}", [], False),
        ("pull_request", ["src/a.py"], False),
    ],
)
def test_path_filters(workflow, on, paths, left_out):
    found = workflow(f"on: {on}\njobs: {{a: {STEP}}}\n")
    assert found.leaves_out(paths) is left_out


@pytest.mark.parametrize("callers", [{}, {"on: push": None}, {"on: pull_request": "docs/**"}])
def test_a_called_workflow_runs_for_the_paths_of_its_callers(repository, callers):
    path = ".github/workflows/called.yml"
    files = {path: f"on: workflow_call\njobs: {{a: {STEP}}}\n"}
    for on, glob in callers.items():
        only = f": {{paths: ['{glob}']}}" if glob else ":"
        files[f".github/workflows/{on[4:]}.yml"] = (
            f"on: {{{on[4:]}{only}}}\njobs: {{c: {{uses: ./{path}}}}}\n"
        )
    found = read_workflow(repository(files), path)
    assert found.leaves_out(["src/a.py"]) is any(callers.values())
    assert (found.jobs[0].not_gating is None) is bool(callers)


def test_a_workflow_that_may_be_called_from_elsewhere(repository):
    path = ".github/workflows/called.yml"
    called = f"on: workflow_call\njobs: {{a: {STEP}}}\n"
    for caller in (f"{{c: {{uses: o/r/{path}@main}}}}", f"{{c: {{uses: ./{path}"):
        files = {path: called, ".github/workflows/caller.yml": f"on: push\njobs: {caller}\n"}
        assert read_workflow(repository(files), path).jobs[0].not_gating is None


def test_a_push_to_all_branches_is_no_push_to_trunk(workflow):
    text = "on: push\njobs:\n  a:\n    if: github.ref == 'refs/heads/main'\n    runs-on: x\n    steps: [{run: x}]\n"
    assert "false for a pull request" in workflow(text).jobs[0].not_gating


LABELS = "github.event.pull_request.labels.*.name"


@pytest.mark.parametrize(
    ("condition", "gates"),
    [
        (f"contains({LABELS}, 'full') || github.event_name != 'pull_request'", False),
        (f"contains({LABELS}, 'full') || github.event_name == 'merge_group'", False),
        ("github.event.label.name == 'full' || github.event_name == 'merge_group'", False),
        ("github.event_name == 'merge_group'", True),
        ("github.event_name != 'pull_request'", True),
        (f"!contains({LABELS}, 'skip')", True),
    ],
)
def test_what_a_queue_runs_holds_up_unless_a_label_is_wanted_before(workflow, condition, gates):
    text = f"on: [pull_request, merge_group]\njobs:\n  a:\n    if: ${{{{ {condition} }}}}\n"
    text += "    runs-on: ubuntu-latest\n    steps: [{run: x}]\n"
    assert (workflow(text).jobs[0].not_gating is None) == gates
