"""``diff`` and ``history``: the documentation as it was."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from sphinx_arco_parity.review.history import parse_history

HISTORY = "docs/parity.history.json"


def steps(project):
    rows = json.loads(project.read(HISTORY))["rows"]
    return {key: [step[2] for step in one] for key, one in rows.items()}


def until(condition):
    """Wait for *condition*, at most some seconds."""
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def is_running(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # A process that is only waited for is none.
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, check=False
    )
    return not state.stdout.startswith(b"Z") and bool(state.stdout)


class TestDiff:
    def test_what_got_worse_fails_when_strict(self, cli, project, snapshot):
        project.write("tests/test_flow.py", "def test_tock(): ...\n")
        project.change("docs/matrix.md", "| Planned", "| Designed")
        project.change("docs/exceptions.md", "| REST only", "| REST and gRPC only")
        done = cli("diff", "HEAD")
        assert done.status == 0
        snapshot("diff-small.md", done.out)
        assert cli("diff", "HEAD", "docs", "--strict").status == 1

    def test_nothing_changed(self, cli):
        done = cli("diff", "HEAD", "--strict")
        assert (done.status, done.out) == (
            0,
            "## Parity since `HEAD`: no regressions\n\nNothing has changed.\n",
        )

    def test_a_sparse_checkout_is_no_regression(self, cli, project):
        project.git("sparse-checkout", "set", "docs", ".github")
        done = cli("diff", "HEAD", "--strict")
        assert (done.status, "### Changed (3)" in done.out) == (0, True), done.out
        assert "### Regressed" not in done.out

    def test_a_submodule_is_read_as_it_was(self, cli, project, empty):
        empty.write("lib.py", "def inner():\n    pass\n")
        empty.commit()
        allow = ("-c", "protocol.file.allow=always")
        project.git(*allow, "submodule", "--quiet", "add", str(empty.root), "vendor")
        project.change("docs/matrix.md", "| Planned | -", "| Planned | `vendor/lib.py:1` (`inner`)")
        project.commit()
        assert "Nothing has changed" in cli("diff", "HEAD").out
        project.write("vendor/lib.py", "def other():\n    pass\n")
        done = cli("diff", "HEAD", "--strict")
        assert done.status == 1
        assert "`sensors` evidence `vendor/lib.py:1 (inner)`: verified → gone" in done.out

    def test_a_base_is_compared_where_it_was_left(self, cli, project):
        """What the branch has got since, by others, is no change of ours."""
        project.git("checkout", "--quiet", "-b", "topic")
        project.git("checkout", "--quiet", "-")
        base = project.git("branch", "--show-current").strip()
        project.change("docs/matrix.md", "| Planned", "| Designed")
        project.commit()
        project.git("checkout", "--quiet", "topic")
        project.change("docs/exceptions.md", "| REST only", "| REST and gRPC only")
        project.commit()
        assert "### Regressed" in cli("diff", base).out
        done = cli("diff", "--base", base, "docs", "--strict")
        assert (done.status, "### Changed (1)" in done.out) == (0, True), done.out
        for words in ((), (base, "docs", "--base", base)):
            assert cli("diff", *words).status == 2
        project.git("checkout", "--quiet", "--orphan", "other")
        project.commit()
        done = cli("diff", "--base", base)
        assert (done.status, f"`{base}` and `HEAD` have no common commit" in done.err) == (2, True)

    def test_evidence_that_is_lost_with_another_id_is_a_regression(self, cli, project):
        before = project.read("docs/matrix.md")
        kept, lost = (
            "| x | Lost | Partial | `src/flow.py:5` (`tick`) |\n",
            "| y | Lost | Partial | - |\n",
        )
        head = "\n## Ids\n\n| ID | Capability | Status | Code |\n|---|---|---|---|\n"
        project.write("docs/matrix.md", f"{before}{head}{kept}")
        project.commit()
        project.write("docs/matrix.md", f"{before}{head}{lost}| x | Other | Planned | - |\n")
        assert "### Added (1)" in cli("diff", "HEAD").out
        project.write("docs/matrix.md", f"{before}{head}{lost}")
        done = cli("diff", "HEAD", "--strict")
        assert (done.status, "verified → removed" in done.out) == (1, True), done.out

    def test_documentation_that_was_moved_is_compared_and_has_no_false_date(self, cli, project):
        project.git("mv", "docs", "manual")
        project.change("manual/matrix.md", "`test_tick`", "`test_tack`")
        done = cli("diff", "HEAD", "manual", "--strict")
        assert (done.status, "### Added" in done.out) == (1, False), done.out
        assert "verified → not-found" in done.out
        project.commit()
        assert "lay elsewhere" in cli("history", "manual").err
        written = project.read("manual/parity.history.json")
        assert parse_history(written).since("sensors", "Planned") is None
        cli("history", "manual")
        assert project.read("manual/parity.history.json") == written

    def test_reasons_and_links(self, cli, project):
        project.change(
            "docs/conf.py",
            'parity_reference = "Dagster"',
            'parity_reference = "Dagster"\nparity_repository_url = "https://x.org/r/blob/{commit}/{path}#L{line}"',
        )
        head = project.commit()
        project.write("src/flow.py", "def other():\n    return 1\n")
        done = cli("diff", "HEAD")
        gone = "- `backfills` evidence `src/flow.py:9 (backfill)`: verified → gone; `backfill` is not in src/flow.py ("
        assert gone in done.out
        assert (
            f"- `ticks` finding `evidence-gone`: row ticks: `tick` is not in src/flow.py "
            f"([`docs/matrix.md:5`](<https://x.org/r/blob/{head}/docs/matrix.md#L5>))"
        ) in done.out, done.out
        report = cli("check", "--format", "markdown").out
        assert (
            f"| [`docs/matrix.md:5`](<https://x.org/r/blob/{head}/docs/matrix.md#L5>) |" in report
        )

    def test_an_unknown_revision_is_wrong_usage(self, cli):
        done = cli("diff", "v9")
        assert done.status == 2
        assert "`v9` names no commit" in done.err

    def test_before_the_documentation_all_is_new(self, cli, empty):
        empty.write("README", "x")
        empty.commit()
        empty.write("conf.py", 'project = "x"\nextensions = ["sphinx_arco_parity"]\n')
        empty.write(
            "index.rst",
            "x\n=\n\n.. parity-row:: a\n   :capability: A\n   :status: Planned\n",
        )
        empty.commit()
        done = cli("diff", "HEAD~1", cwd=empty.root)
        assert done.status == 0
        assert "### Added (1)" in done.out
        assert "all is new" in done.err

    def test_a_revision_that_cannot_be_built_is_a_failure_that_names_it(self, cli, project):
        good = project.read("docs/conf.py")
        project.write("docs/conf.py", "1 / 0\n")
        broken = project.commit()
        project.write("docs/conf.py", good)
        done = cli("diff", "HEAD")
        assert done.status == 3
        assert f"at {broken[:12]}: docs/conf.py:1: ZeroDivisionError" in done.err

    def test_each_revision_has_the_modules_of_its_own(self, cli, project):
        project.write("docs/words.py", 'PRODUCT = "Old"\nLABELS = {"Later": "Planned"}\n')
        use = "import os, sys\nsys.path.append(os.path.abspath('.'))\nfrom words import LABELS as parity_statuses\n"
        project.write("docs/conf.py", use + project.read("docs/conf.py"))
        project.change("docs/matrix.md", "Planned", "Later")
        project.commit()
        project.write("docs/words.py", 'PRODUCT = "New"\nLABELS = {"Later": "Designed"}\n')
        done = cli("diff", "HEAD")
        assert "Planned → Designed" in done.out

    def test_what_a_configuration_prints_is_not_in_the_report(self, cli, project):
        project.write("docs/conf.py", "print('loud')\n" + project.read("docs/conf.py"))
        project.commit()
        project.change("docs/conf.py", "print('loud')\n", "")
        assert cli("diff", "HEAD").out.startswith("## Parity since `HEAD`")

    def test_what_is_where_the_user_stands_is_not_loaded(self, cli, project):
        project.write("json.py", "1 / 0\n")
        project.write("sphinx_arco_parity/__init__.py", "1 / 0\n")
        assert "Nothing has changed" in cli("diff", "HEAD").out

    @pytest.mark.parametrize(
        ("line", "how"),
        [
            ("os._exit(7)", "ended early: last words"),
            ("os.kill(os.getpid(), 9)", "ended by signal 9: last words"),
            ("os.kill(os.getppid(), 9); os._exit(0)", "ended early: last words"),
        ],
    )
    def test_a_build_that_ends_its_process_is_a_failure(self, cli, project, line, how):
        good = project.read("docs/conf.py")
        last = "import os\nprint('x' * 9000, 'last words', sep='\\n', flush=True)\n"
        project.write("docs/conf.py", f"{last}{line}\n")
        broken = project.commit()
        project.write("docs/conf.py", good)
        done = cli("diff", "HEAD")
        assert done.status == 3
        assert f"at {broken[:12]}: the build {how}\n" in done.err

    @pytest.mark.skipif(os.name != "posix", reason="needs signals")
    @pytest.mark.usefixtures("heeds_interrupts")
    def test_an_interrupt_ends_what_is_at_work(self, project):
        good = project.read("docs/conf.py")
        wait = "import os, pathlib, time\npathlib.Path({!r}).write_text(str(os.getpid()))\ntime.sleep(60)\n"
        mark = project.root.parent / "pid"
        project.write("docs/conf.py", wait.format(str(mark)))
        project.commit()
        project.write("docs/conf.py", good)
        with subprocess.Popen(
            [sys.executable, "-m", "sphinx_arco_parity", "diff", "HEAD"],
            cwd=project.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            until(lambda: mark.exists() and mark.read_text())
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=20)
        assert process.returncode == 130
        assert said.decode().endswith("arco-parity: interrupted\n")
        until(lambda: not is_running(int(mark.read_text())))

    def test_hooks_and_filters_of_the_repository_do_not_run(self, cli, project):
        ran = project.root / "ran"
        hook = project.write(".git/hooks/post-checkout", f"#!/bin/sh\ntouch {ran}\n")
        hook.chmod(0o755)
        project.git("config", "filter.bad.smudge", f"touch {ran}; cat")
        project.write(".gitattributes", "*.md filter=bad\nsrc export-ignore\n")
        project.commit()
        ran.unlink(missing_ok=True)
        assert "Nothing has changed" in cli("diff", "HEAD").out
        assert not ran.exists()

    def test_without_git_it_cannot_run(self, cli, tmp_path):
        plain = tmp_path / "plain"
        plain.mkdir()
        (plain / "conf.py").write_text('extensions = ["sphinx_arco_parity"]\n')
        (plain / "index.rst").write_text("x\n=\n")
        done = cli("diff", "HEAD", cwd=plain)
        assert done.status == 3
        assert "is under no git" in done.err


class TestHistory:
    def test_since_when_each_row_has_its_status(self, cli, project):
        project.change("docs/matrix.md", "| Planned", "| Designed")
        second = project.commit()
        project.write("src/other.py", "x = 1\n")
        project.commit("no documentation")
        project.change("docs/matrix.md", "| Sensors | Designed | - | - | - | - |\n", "")
        project.commit()
        done = cli("history")
        assert done.status == 0
        assert done.out == f"{HISTORY}: 3 rows, 3 revisions looked at\n"
        assert steps(project)["sensors"] == ["Planned", "Designed", None]
        assert steps(project)["ticks"] == ["Implemented"]
        assert json.loads(project.read(HISTORY))["rows"]["sensors"][1][1] == second

    def test_it_goes_on_from_the_file(self, cli, project):
        cli("history")
        project.change("docs/matrix.md", "| Planned", "| Designed")
        project.commit()
        done = cli("history")
        # The commit that changes the file itself is looked at too.
        assert "1 revision looked at" in done.out
        going_on = project.read(HISTORY)
        (project.root / HISTORY).unlink()
        cli("history")
        assert project.read(HISTORY) == going_on
        assert "0 revisions looked at, nothing is new" in cli("history").out

    def test_the_newest_are_walked_if_there_are_many(self, cli, project):
        for old, new in (("Planned", "Designed"), ("Designed", "Exception")):
            project.change("docs/matrix.md", f"| {old}", f"| {new}")
            project.commit()
        done = cli("history", "--limit", "1", "--output", "h.json")
        assert "--limit 3" in done.err
        rows = json.loads(project.read("h.json"))["rows"]
        assert [step[2] for step in rows["sensors"]] == ["Exception"]

    def test_a_walk_that_was_cut_gives_no_false_date_and_is_done_again(self, cli, project):
        for old, new in (("Planned", "Designed"), ("Designed", "Exception")):
            project.change("docs/matrix.md", f"| {old}", f"| {new}")
            project.commit()
        cli("history", "--limit", "2")
        cut = parse_history(project.read(HISTORY))
        assert cut.since("ticks", "Implemented") is None
        assert cut.since("sensors", "Exception") is not None
        project.change("docs/matrix.md", "Ticks |", "Ticks  |")
        project.commit()
        cli("history", "--limit", "2")
        assert parse_history(project.read(HISTORY)).since("ticks", "Implemented") is None
        cli("history")
        assert steps(project)["sensors"] == ["Planned", "Designed", "Exception"]
        assert "start" not in project.read(HISTORY)

    def test_a_shallow_clone_gives_no_false_date(self, cli, project, tmp_path):
        project.change("docs/matrix.md", "| Planned", "| Designed")
        project.commit()
        cli("history")
        whole = project.read(HISTORY)
        here = replace(project, root=tmp_path / "clone")
        project.git("clone", "-q", "--depth=1", f"file://{project.root}", str(here.root))
        assert "the clone is shallow" in cli("history", cwd=here.root).err
        assert parse_history(here.read(HISTORY)).since("ticks", "Implemented") is None
        here.write(HISTORY, whole.replace('"commit": "', '"commit": "0'))
        kept = here.read(HISTORY)
        done = cli("history", cwd=here.root)
        assert (done.status, here.read(HISTORY)) == (3, kept)
        assert "the clone is shallow" in done.err
        (here.root / HISTORY).unlink()
        cli("history", cwd=here.root)
        here.git("fetch", "-q", "--unshallow")
        assert cli("history", cwd=here.root).status == 0
        assert here.read(HISTORY) == whole

    def test_what_git_does_not_have_is_never_walked_over(self, cli, project):
        blob = project.git("rev-parse", "HEAD:docs/matrix.md").strip()
        stored = project.root / ".git/objects" / blob[:2] / blob[2:]
        content = stored.read_bytes()
        project.change("docs/matrix.md", "| Planned", "| Designed")
        project.commit()
        stored.unlink()
        done = cli("history")
        assert (done.status, (project.root / HISTORY).exists()) == (3, False)
        assert "git has no object of docs/matrix.md" in done.err
        assert cli("diff", "HEAD~1").status == 3
        stored.write_bytes(content)
        assert cli("history").status == 0
        assert steps(project)["sensors"] == ["Planned", "Designed"]

    @pytest.mark.parametrize(
        "failure",
        [
            "import errno\nraise OSError(errno.ENOSPC, 'No space left on device')\n",
            "raise MemoryError\n",
            "import os\nos.kill(os.getpid(), 9)\n",
        ],
    )
    def test_a_machine_that_fails_is_no_fault_of_the_revision(self, cli, project, failure):
        good = project.read("docs/conf.py")
        project.write("docs/conf.py", failure)
        broken = project.commit()
        project.write("docs/conf.py", good)
        project.commit()
        done = cli("history")
        assert (done.status, (project.root / HISTORY).exists()) == (3, False)
        assert f"at {broken[:12]}" in done.err

    def test_a_revision_that_cannot_be_built_is_left_out(self, cli, project):
        good = project.read("docs/conf.py")
        project.write("docs/conf.py", "1 / 0\n")
        broken = project.commit()
        project.write("docs/conf.py", good)
        project.change("docs/matrix.md", "| Planned", "| Designed")
        project.commit()
        done = cli("history")
        assert done.status == 0
        assert f"left out: at {broken[:12]}" in done.err
        assert steps(project)["sensors"] == ["Planned", "Designed"]

    def test_the_state_of_a_module_is_not_that_of_another_revision(self, project):
        """A module that is the same in all revisions counts how often it was set up."""
        project.write(
            "docs/counting.py",
            "import sphinx.util\n"
            "count = 0\n"
            "def setup(app):\n"
            "    global count\n"
            "    count += 1\n"
            "    sphinx.util.counted = getattr(sphinx.util, 'counted', 0) + 1\n"
            "    assert count == sphinx.util.counted == 1, 'set up before'\n",
        )
        use = "import os, sys\nsys.path.insert(0, os.path.abspath('.'))\n"
        project.write("docs/conf.py", use + project.read("docs/conf.py"))
        project.change("docs/conf.py", '["myst_parser"', '["counting", "myst_parser"')
        project.commit()
        for old, new in (("Planned", "Designed"), ("Designed", "Exception")):
            project.change("docs/matrix.md", f"| {old}", f"| {new}")
            project.commit()
        in_process_of_its_own = subprocess.run(
            [sys.executable, "-m", "sphinx_arco_parity", "history"],
            cwd=project.root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "left out" not in in_process_of_its_own.stderr
        assert steps(project)["sensors"] == ["Planned", "Designed", "Exception"]

    def test_a_module_of_the_same_size_and_second_is_read_anew(self, project):
        use = "import os, sys\nsys.path.append(os.path.abspath('.'))\nfrom labels import LABELS as parity_statuses\n"
        project.write("docs/conf.py", use + project.read("docs/conf.py"))
        project.change("docs/matrix.md", "Planned", "Later")
        words = ["Planned  ", "Designed ", "Exception"]
        for word in words:
            project.write("docs/labels.py", f'LABELS = {{"Later": "{word}".strip()}}\n')
            project.commit()
        done = subprocess.run(
            [sys.executable, "-m", "sphinx_arco_parity", "history"],
            cwd=project.root,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert steps(project)["sensors"] == [word.strip() for word in words]

    def test_after_a_revision_that_ends_its_process_the_walk_goes_on(self, cli, project):
        good = project.read("docs/conf.py")
        project.write("docs/conf.py", "import os\nos._exit(0)\n")
        broken = project.commit()
        project.write("docs/conf.py", good)
        project.change("docs/matrix.md", "| Planned", "| Designed")
        project.commit()
        done = cli("history")
        assert f"left out: at {broken[:12]}: the build ended early" in done.err
        assert steps(project)["sensors"] == ["Planned", "Designed"]
