from __future__ import annotations

import pytest

from sphinx_arco_parity.repository.workflows import (
    WorkflowError,
    is_workflow,
    read_workflow,
)


def shown(job):
    return [" ".join(w.text for w in c.shell.words) for c in job.commands]


def test_commands_have_the_lines_of_the_file(job):
    found = job(
        "- name: A\n  run: |\n    # no\n    a \\\n      b\n    c\n- run: d\n- run: >-\n    e\n    f\n"
    )
    assert [(text, c.line) for text, c in zip(shown(found), found.commands, strict=True)] == [
        ("a b", 9),
        ("c", 11),
        ("d", 12),
        ("e f", 14),
    ]


def test_values_are_put_in_from_everywhere(workflow):
    found = workflow(
        """
        on: pull_request
        env: {A: a, B: b}
        jobs:
          test:
            name: On ${{ matrix.os }}
            strategy: {matrix: {os: [ubuntu-latest, macos-latest]}}
            runs-on: ${{ matrix.os }}
            env: {B: '${{ matrix.os }}'}
            steps:
              - run: run $A $B ${{ env.C }} ${{ github.sha }}
                env: {C: c}
        """
    )
    assert [[w.text for w in c.shell.words if w.known] for c in found.jobs[0].commands] == [
        ["run", "a", "ubuntu-latest", "c"],
        ["run", "a", "macos-latest", "c"],
    ]
    assert found.jobs[0].is_called("On macos-latest")
    assert found.jobs[0].is_called("test (ubuntu-latest)")
    assert found.jobs[0].is_called("On ${{ matrix.os }}")
    assert found.jobs[0].is_called("On windows-latest") is False


@pytest.mark.parametrize(
    ("writer", "value"),
    [
        ("- run: echo A=2 >> $GITHUB_ENV", "2"),
        ("- run: echo 'A=x y' >> \"$GITHUB_ENV\"", "x y"),
        ('- run: echo "A=2" >> $env:GITHUB_ENV\n  shell: pwsh', "2"),
        ("- run: echo A=2 >> $GITHUB_ENV\n  if: matrix.os == 'none'", "1"),
        ("- run: echo A=2 >> $GITHUB_ENV\n  if: vars.SET", None),
        ("- run: echo A=$(date) >> $GITHUB_ENV", None),
        ("- run: test -f x || echo A=2 >> $GITHUB_ENV", None),
        ("- run: |\n    if x; then\n    echo A=2 >> $GITHUB_ENV\n    fi", None),
        ("- run: |\n    echo A=2 >> $GITHUB_ENV\n    echo A=3 >> $GITHUB_ENV", None),
        ("- run: |\n    {\n    echo A=2\n    } >> $GITHUB_ENV", None),
        ("- run: echo B=2 >> $GITHUB_ENV", "1"),
    ],
)
def test_a_variable_is_what_the_steps_before_wrote(job, writer, value):
    before = "- run: run $A\n"
    head = "env: {A: 1}\nstrategy: {matrix: {os: [ubuntu]}}\n"
    steps = f"{before}{writer}\n- run: run ${{{{ env.A }}}}\n"
    first, *_, last = job(steps, job=head).commands
    assert first.shell.words[1].text == "1"
    words = last.shell.words[1:]
    assert (" ".join(w.text for w in words) if all(w.known for w in words) else None) == value


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("cd a && cargo test", [("cargo test", "a")]),
        ("cd a\n    # why\n    cargo test", [("cargo test", "a")]),
        ("sl a && cargo test", [("cargo test", None)]),
        ("if ($x) { cd b }\n    cargo test", [("cargo test", None)]),
    ],
)
def test_plain_commands_are_read_in_the_shell_of_windows(job, script, found):
    read = job(f"- shell: pwsh\n  run: |\n    {script}\n").commands
    cargo = [c.shell for c in read if c.shell.words[0].text == "cargo"]
    assert [(shell.text, shell.directory) for shell in cargo] == found


@pytest.mark.parametrize(
    ("step", "defaults", "directory"),
    [
        ("{run: x}", "", ""),
        ("{run: x}", "{working-directory: a}", "a"),
        ("{run: x, working-directory: ./b/}", "{working-directory: a}", "b"),
        ("{run: cd c && x}", "{working-directory: a}", "a/c"),
        ("{run: cd $GITHUB_WORKSPACE/c && x}", "{working-directory: a}", None),
        ("{run: x, working-directory: '${{ github.workspace }}/c'}", "", "c"),
        ("{run: x, working-directory: '${{ github.sha }}'}", "", None),
        ("{run: x, working-directory: /tmp}", "", None),
    ],
)
def test_folders(job, step, defaults, directory):
    found = job(f"- {step}\n", job=f"defaults: {{run: {defaults}}}\n" if defaults else "")
    assert found.commands[-1].shell.directory == directory


def test_folders_below_a_checkout_into_a_folder(job):
    steps = "- uses: actions/checkout@v4\n  with: {path: src}\n- run: x\n- run: y\n  working-directory: src/a\n"
    assert [c.shell.directory for c in job(steps).commands] == [None, "a"]


def test_steps_that_never_run_are_told_from_those_of_other_combinations(job):
    found = job(
        """
        - run: never
          if: false
        - run: sometimes
          if: matrix.os == 'a'
        - run: not-here
          if: matrix.os == 'c'
        """,
        job="strategy: {matrix: {os: [a, b]}}\n",
    )
    reasons = {text: c.not_gating for text, c in zip(shown(found), found.commands, strict=True)}
    assert "never true" in reasons["never"]
    assert reasons["sometimes"] is None
    assert "never true" in reasons["not-here"]


def test_shells_that_are_not_posix_give_plain_lines_only(job):
    steps = "- run: |\n    cargo test -p a\n    if ($x) { cargo test }\n  shell: pwsh\n"
    found = job(steps)
    assert shown(found) == ["cargo test -p a"]
    assert not found.steps[0].readable
    assert found.commands[0].shell.swallowed is None


def test_a_script_that_cannot_be_read_is_no_problem_of_the_workflow(job):
    found = job('- run: "echo \'x"\n')
    assert found.commands == ()
    assert not found.steps[0].readable


def test_local_actions_are_entered_with_their_inputs(job):
    action = """
        inputs: {what: {default: all}, more: {default: m}}
        runs:
          using: composite
          steps: [{run: 'test ${{ inputs.what }} ${{ inputs.more }}', shell: bash}]
        """
    path = ".github/actions/t/action.yml"
    found = job("- uses: ./.github/actions/t\n  with: {what: some}\n", files={path: action})
    assert shown(found) == ["test some m"]
    assert found.commands[0].path == path


def test_an_action_that_is_not_there_or_calls_itself_is_not_readable(job):
    loop = "runs: {using: composite, steps: [{uses: ./a}]}\n"
    assert not job("- uses: ./b\n").steps[0].readable
    assert any(
        not step.readable for step in job("- uses: ./a\n", files={"a/action.yml": loop}).steps
    )


def test_actions_that_run_a_command_are_entered(job):
    steps = (
        "- uses: actions-rs/cargo@v1\n  with: {command: test, args: --all, toolchain: nightly}\n"
    )
    steps += "- uses: nick-fields/retry@v3\n  with: {command: pytest -x}\n"
    assert shown(job(steps)) == ["cargo +nightly test --all", "pytest -x"]


CALLED = """
    on: {workflow_call: {inputs: {p: {type: string}, q: {default: z}}}}
    jobs:
      inner: {runs-on: ubuntu-latest, name: Inner, steps: [{run: 'run ${{ inputs.p }} ${{ inputs.q }}'}]}
    """


def test_reusable_workflows_are_entered_with_their_inputs(workflow):
    text = "on: pull_request\njobs:\n  call: {uses: ./.github/workflows/re.yml, with: {p: x}}\n"
    outer, inner = workflow(text, files={".github/workflows/re.yml": CALLED}).jobs
    assert shown(outer) == shown(inner) == ["run x z"]
    assert outer.commands[0].path == ".github/workflows/re.yml"
    assert inner.is_called("call / Inner")


def test_workflows_of_other_repositories_are_not_readable(workflow):
    [job] = workflow("on: push\njobs: {a: {uses: o/r/.github/workflows/x.yml@v1}}\n").jobs
    assert not job.readable


def test_workflows_that_call_each_other_end(workflow):
    text = "on: [push, workflow_call]\njobs: {a: {uses: ./.github/workflows/ci.yml}}\n"
    assert workflow(text).jobs[0].id == "a"


@pytest.mark.parametrize(
    "text", ["a: 1", "- x", "jobs: []", "jobs: {a: 1}", "jobs:\n  a: {}\n  a: {}"]
)
def test_what_is_no_workflow(workflow, text):
    with pytest.raises(WorkflowError):
        workflow(text)


def test_a_missing_workflow_is_said(repository):
    with pytest.raises(WorkflowError):
        read_workflow(repository({"a": ""}), ".github/workflows/x.yml")


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        (".github/workflows/ci.yml", True),
        (".github/workflows/ci.yaml", True),
        (".github/workflows/sub/ci.yml", False),
        (".forgejo/workflows/ci.yml", False),
        (".gitlab-ci.yml", False),
        (".github/workflows/README.md", False),
    ],
)
def test_which_files_are_workflows(path, answer):
    assert is_workflow(path) is answer
