"""The steps of the GitHub action, run by bash with a `gh` that keeps comments in a file."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

TOP = Path(__file__).parents[2]
ACTION = yaml.safe_load(
    (TOP / ".github" / "actions" / "arco-parity" / "action.yml").read_text("utf-8")
)
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
FORK = "Resource not accessible by integration (HTTP 403)"

pytestmark = pytest.mark.skipif(
    not (shutil.which("bash") and shutil.which("jq")), reason="the steps need bash and jq"
)

#: Answers as GitHub does: two comments a page, each known to be of the token's owner or not.
GH = """\
#!{python}
import json, os, pathlib, subprocess, sys
store = pathlib.Path(os.environ["GH_STORE"])
state = json.loads(store.read_text())
words = sys.argv[1:]
fields = dict(words[i + 1].split("=", 1) for i, word in enumerate(words) if word in ("-f", "-F"))
state["calls"].append("GET" if words[1] == "graphql" else words[words.index("--method") + 1])
def refuse(why):
    store.write_text(json.dumps(state))
    sys.exit(f"gh: {{why}}")
if words[1] == "graphql":
    assert "--paginate" in words and "$endCursor" in fields["query"]
    assert fields["number"] == "7" and os.environ["GH_REPO"] == "ada/flow"
    for start in range(0, max(len(state["comments"]), 1), 2):
        nodes = [
            {{"databaseId": c["id"], "body": c["body"], "viewerDidAuthor": c["by"] == "us"}}
            for c in state["comments"][start : start + 2]
        ]
        page = {{"data": {{"repository": {{"pullRequest": {{"comments": {{"nodes": nodes}}}}}}}}}}
        filter = words[words.index("--jq") + 1]
        subprocess.run(["jq", "-r", filter], input=json.dumps(page), text=True, check=True)
elif not state["may_write"]:
    refuse({fork!r})
else:
    body = pathlib.Path(fields["body"].removeprefix("@")).read_text()
    if len(body) > 65536:
        refuse("Body is too long (HTTP 422)")
    *_, path = [word for word in words if word.startswith("repos/{{owner}}/{{repo}}/issues/")]
    if path.endswith("/issues/7/comments"):
        state["comments"].append({{"id": 100 + len(state["comments"]), "by": "us", "body": body}})
    else:
        (comment,) = (c for c in state["comments"] if path.endswith(f"/comments/{{c['id']}}"))
        comment["body"] = body
store.write_text(json.dumps(state))
"""
ARCO = '#!/bin/sh\nexec "{python}" -m sphinx_arco_parity "$@"\n'
STUB = """\
#!/bin/sh
case "$*" in
*check*) [ -z "$SAYS" ] || echo "## Parity: $SAYS" > "$REPORT"; exit "${STATUS:-0}";;
*) [ -z "$NO_DIFF" ] || exit 3; echo "## Parity since base: $CHANGED";;
esac
"""


@dataclass
class Runner:
    """A machine of GitHub's, with the pull request whose comments it keeps."""

    temp: Path
    work: Path

    def keep(self, *comments, may_write=True):
        kept = [{"id": 100 + n, "by": by, "body": body} for n, (by, body) in enumerate(comments)]
        self.store.write_text(json.dumps({"comments": kept, "may_write": may_write, "calls": []}))

    @property
    def store(self):
        return self.temp / "store.json"

    @property
    def state(self):
        return json.loads(self.store.read_text())

    @property
    def ours(self):
        return [c for c in self.state["comments"] if c["by"] == "us"]

    def step(self, name, *, docs="docs", base="main", **variables):
        given = {
            "inputs.arguments": "",
            "inputs.docs": docs,
            "inputs.sarif": "",
            "inputs.token": "secret",
            "runner.temp": str(self.temp),
            "github.event.pull_request.base.sha": base,
            "github.event.pull_request.number": "7",
            "github.repository": "ada/flow",
        }
        step = STEPS[name]
        environment = {
            key: re.sub(r"\$\{\{ (.*?) \}\}", lambda match: given[match[1]], value)
            for key, value in step["env"].items()
        }
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.work,
            env={
                **os.environ,
                **environment,
                "PATH": f"{self.temp / 'bin'}{os.pathsep}{os.environ['PATH']}",
                "PYTHONPATH": str(TOP),
                "GH_STORE": str(self.store),
                "GITHUB_STEP_SUMMARY": str(self.temp / "summary.md"),
                **variables,
            },
            capture_output=True,
            text=True,
            check=False,
        )

    def push(self, **given):
        """Run what a push runs; return the status of the job."""
        (self.temp / "arco-parity.md").unlink(missing_ok=True)
        checked = self.step("Check", **given)
        commented = self.step("Comment", **given)
        assert commented.returncode == 0, commented.stderr
        return checked.returncode, commented.stdout


@pytest.fixture
def runner(tmp_path, project):
    made = Runner(temp=tmp_path / "runner", work=project.root)
    programs = made.temp / "bin"
    programs.mkdir(parents=True)
    for name, text in (
        ("gh", GH.format(python=sys.executable, fork=FORK)),
        ("arco-parity", STUB),
    ):
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    made.keep()
    return made


def test_the_first_push_writes_a_comment_and_the_next_ones_write_it_anew(runner):
    runner.keep(("ada", "Looks good"), ("bob", "Ship it"))
    assert runner.push(SAYS="1 error", CHANGED="1 regression", STATUS="1")[0] == 1
    (comment,) = runner.ours
    marker = "<!-- arco-parity docs -->\n"
    said = "## Parity: {}\n\n## Parity since base: {}\n"
    assert comment["body"] == marker + said.format("1 error", "1 regression")
    assert runner.push(SAYS="no findings", CHANGED="no regressions") == (0, "")
    assert runner.ours == [
        {**comment, "body": marker + said.format("no findings", "no regressions")}
    ]
    assert runner.state["calls"] == ["GET", "POST", "GET", "PATCH"]
    summary = (runner.temp / "summary.md").read_text()
    assert summary == "## Parity: 1 error\n## Parity: no findings\n"


def test_only_what_we_wrote_for_these_docs_is_written_anew(runner):
    foreign = ("ada", "<!-- arco-parity docs -->\nlooks like it")
    other = ("us", "<!-- arco-parity -->\nanother product")
    quoting = ("us", "> <!-- arco-parity docs -->\nquoted")
    runner.keep(foreign, other, quoting, ("us", "<!-- arco-parity docs -->\nold"))
    runner.push(SAYS="no findings", CHANGED="no regressions")
    *left, written = [comment["body"] for comment in runner.state["comments"]]
    assert left == [body for _, body in (foreign, other, quoting)]
    assert "no findings" in written
    runner.push(docs="", SAYS="2 errors", CHANGED="no regressions")
    assert "2 errors" in runner.state["comments"][1]["body"]
    assert len(runner.state["comments"]) == 4


@pytest.mark.parametrize("comments", [[], [("us", "<!-- arco-parity docs -->\nold")]])
def test_a_token_that_may_not_write_fails_no_job(runner, comments):
    runner.keep(*comments, may_write=False)
    status, said = runner.push(SAYS="no findings", CHANGED="no regressions")
    assert status == 0
    assert said.startswith("::notice::arco-parity could not write its comment")
    assert [comment["body"] for comment in runner.ours] == [body for _, body in comments]


def test_what_could_not_run_and_what_is_too_long_is_said(runner):
    runner.push(SAYS="", STATUS="3", NO_DIFF="1")
    (comment,) = runner.ours
    assert "The check could not run" in comment["body"]
    assert "What has changed is not known" in comment["body"]
    runner.push(SAYS="x" * 90_000, CHANGED="")
    assert len(runner.ours[0]["body"]) == 65_000


def test_a_pull_request_is_told_what_each_push_makes_of_it(runner, project, snapshot):
    (runner.temp / "bin" / "arco-parity").write_text(ARCO.format(python=sys.executable))
    base = project.git("rev-parse", "HEAD").strip()
    project.git("switch", "-qc", "sensors")
    told = []

    def push(path, old, new):
        project.change(path, old, new)
        project.commit()
        status, _ = runner.push(base=base)
        (comment,) = runner.ours
        body = re.sub(rf"{base}|\b[0-9a-f]{{12}}\b", "COMMIT", comment["body"])
        told.append(f"exit status {status}\n\n{body}")

    push("tests/test_flow.py", "test_tick", "test_tock")
    push("docs/matrix.md", "`test_tick`", "`test_tock`")
    project.git("switch", "-q", "main")
    project.change("docs/exceptions.md", "REST only", "REST and gRPC only")
    project.commit("main goes on")
    project.git("switch", "-q", "sensors")
    push("docs/matrix.md", "Sensors | Planned", "Sensors | Designed")
    snapshot("pull-request.md", "\n---\n\n".join(told))
    assert runner.state["calls"] == ["GET", "POST", "GET", "PATCH", "GET", "PATCH"]
