"""``arco-parity check`` as a user runs it."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest


def test_a_project_without_findings_passes(cli, snapshot):
    done = cli("check")
    assert done.status == 0
    snapshot("check-clean.txt", done.out)


def test_findings_fail_and_are_shown_at_their_place(cli, project, snapshot):
    project.change("docs/index.md", "EX-01", "EX-11")
    project.change("docs/matrix.md", "src/flow.py:5", "src/flow.py:9")
    project.change("docs/matrix.md", "`test_tick`", "`test_tock`")
    done = cli("check")
    assert done.status == 1
    snapshot("check-findings.txt", done.out)


def test_paths_are_those_from_where_the_user_stands(cli, project):
    project.change("docs/index.md", "EX-01", "EX-11")
    said = cli("check", cwd=project.docs).out
    assert "\nindex.md:4: error: claim same-schedules: cites `EX-11`" in said
    above = cli("check", "flow/docs", cwd=project.root.parent).out
    assert above == said.replace("index.md:", "flow/docs/index.md:").replace(
        "exceptions.md:", "flow/docs/exceptions.md:"
    )


def test_the_report_alone_is_on_standard_output(cli, project):
    project.change("docs/index.md", "EX-01", "EX-11")
    done = cli("check", "--format", "json")
    rules = {one["rule"] for one in json.loads(done.out)["findings"]}
    assert rules == {"unknown-exception", "exception-uncited"}
    assert "EX-11" not in done.err


def test_warnings_of_sphinx_do_not_change_the_status(cli, project):
    project.change("docs/index.md", "exceptions\nmatrix", "exceptions\nmatrix\nlost")
    done = cli("check", "--strict")
    assert done.status == 0
    assert "lost" in done.err


def test_strict_lets_warnings_fail(cli, project):
    project.change("docs/matrix.md", "src/flow.py:5", "src/flow.py:1")
    assert cli("check").status == 0
    done = cli("check", "--strict")
    assert done.status == 1
    assert "warning: row ticks: `tick` is not at line 1" in done.out


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit", "gitlab", "markdown"])
def test_every_format_is_written_to_a_file_and_the_closing_line_is_told(cli, project, form):
    project.change("docs/index.md", "EX-01", "EX-11")
    shown = cli("check", "--format", form).out
    done = cli("check", "--format", form, "--output", "out/report")
    assert done.status == 1
    assert done.out == ""
    assert "error(s)" in done.err
    assert project.read("out/report") == shown
    assert "unknown-exception" in shown


def test_a_report_that_cannot_be_written_is_a_failure(cli, project):
    project.write("taken", "")
    done = cli("check", "--output", "taken/report")
    assert done.status == 3
    assert "taken/report cannot be written" in done.err


def test_a_date_comes_due_only_when_it_is_asked_for(cli, project):
    project.change("docs/exceptions.md", "No planned revisit", "Revisit on 2026-06-01")
    assert cli("check").status == 0
    assert cli("check", "--as-of", "2026-05-31").status == 0
    done = cli("check", "--as-of", "2026-06-01")
    assert done.status == 1
    assert "exceptions.md:6: error: exception EX-02: its trigger" in done.out


def test_a_baseline_knows_what_is_found_now_and_nothing_new(cli, project):
    project.change("docs/index.md", "EX-01", "EX-11")
    done = cli("check", "--write-baseline", "docs/known.json")
    assert done.status == 0
    assert 'parity_baseline = "known.json"' in done.err
    assert cli("check").status == 1
    project.write(
        "docs/conf.py",
        project.read("docs/conf.py") + 'parity_baseline = "known.json"\n',
    )
    assert cli("check").status == 0
    project.change("docs/matrix.md", "`test_tick`", "`test_tock`")
    done = cli("check")
    assert done.status == 1
    assert "1 error(s)" in done.out


def test_a_baseline_that_cannot_be_written_stays_as_it_was(cli, project, monkeypatch):
    project.change("docs/index.md", "EX-01", "EX-11")
    project.write("docs/known.json", "old")

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    done = cli("check", "--write-baseline", "docs/known.json")
    assert done.status == 3
    assert "docs/known.json cannot be written: No space left" in done.err
    assert project.read("docs/known.json") == "old"
    assert not list(project.docs.glob(".*"))


def test_a_baseline_behind_a_link_is_replaced_and_the_link_stays(cli, project):
    project.write("known/parity.json", "[]\n")
    (project.docs / "known.json").symlink_to("../known/parity.json")
    project.change("docs/index.md", "EX-01", "EX-11")
    assert cli("check", "--write-baseline", "docs/known.json").status == 0
    assert (project.docs / "known.json").is_symlink()
    assert "unknown-exception" in project.read("known/parity.json")


@pytest.mark.skipif(os.name != "posix", reason="needs named pipes")
def test_a_report_is_written_into_a_pipe(cli, project):
    pipe = project.root / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert cli("check", "--output", str(pipe)).status == 0
    assert "3 rows" in os.read(reader, 10_000).decode()
    os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.skipif(os.name != "posix", reason="needs named pipes")
def test_a_baseline_takes_the_place_of_no_pipe(cli, project):
    pipe = project.root / "pipe"
    os.mkfifo(pipe)
    done = cli("check", "--write-baseline", str(pipe))
    assert done.status == 3
    assert f"{pipe} cannot be written: it is no regular file" in done.err
    assert pipe.is_fifo()


def test_a_second_check_reads_only_what_has_changed(cli, project):
    cli("check")
    project.write("docs/matrix.md", project.read("docs/matrix.md") + "\nMore.\n")
    os.utime(project.docs / "matrix.md", (2_000_000_000, 2_000_000_000))
    done = cli("check", "--verbose")
    assert "1 changed" in done.err
    assert "reading sources... [100%] matrix" in done.err


def test_nothing_is_written_among_the_sources(cli, project):
    cli("check")
    assert project.git("status", "--short", "--ignored") == ""


def test_it_runs_where_no_cache_can_be_kept(cli, project, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(project.write("no-folder", "") / "x"))
    done = cli("check")
    assert done.status == 0


def test_the_configuration_may_stop_a_build_but_not_a_check(cli, project):
    project.change("docs/conf.py", "parity_ref", "parity_strict_output = True\nparity_ref")
    project.change("docs/index.md", "EX-01", "EX-11")
    done = cli("check")
    assert done.status == 1
    assert "unknown-exception" in done.out


class TestThatCannotRun:
    def test_no_folder(self, cli):
        done = cli("check", "nowhere")
        assert done.status == 2
        assert "there is no file or folder nowhere" in done.err

    def test_no_configuration_in_the_folder(self, cli):
        done = cli("check", ".")
        assert done.status == 2
        assert "did you mean docs?" in done.err

    def test_no_configuration_anywhere(self, cli, empty):
        done = cli("check", cwd=empty.root)
        assert done.status == 3
        assert "there is nothing to read" in done.err

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("1 / 0", "conf.py:8: ZeroDivisionError: division by zero"),
            ("def (", "conf.py"),
            ("import not_there_at_all", "No module named 'not_there_at_all'"),
            ("raise SystemExit(5)", "conf.py"),
            ('extensions.append("not_there_at_all")', "not_there_at_all"),
        ],
    )
    def test_a_configuration_that_fails_is_no_traceback(self, cli, project, line, said):
        project.write("docs/conf.py", f"{project.read('docs/conf.py')}{line}\n")
        done = cli("check")
        assert done.status == 3
        assert said in "".join(done.err.splitlines()[-2:])
        assert "Traceback" not in done.err
        assert done.out == ""

    def test_an_extension_that_fails_is_named(self, cli, project):
        project.write("docs/broken_one.py", "def setup(app):\n    raise ValueError('oh')\n")
        project.change(
            "docs/conf.py",
            "extensions = [",
            'import os, sys; sys.path.insert(0, os.path.abspath(".")); extensions = ["broken_one", ',
        )
        done = cli("check")
        assert done.status == 3
        assert "ValueError: oh" in done.err
        assert "Traceback" not in done.err

    def test_our_extension_is_not_loaded(self, cli, project):
        project.change("docs/conf.py", ', "sphinx_arco_parity"', "")
        done = cli("check")
        assert done.status == 3
        assert "does not load sphinx_arco_parity" in done.err
        assert '"sphinx_arco_parity"' in done.err

    def test_where_it_comes_from_is_shown_on_demand(self, cli, project):
        project.write("docs/conf.py", "parity_tables = 1 / 0\n")
        done = cli("check", "--traceback")
        assert done.status == 3
        assert "Traceback (most recent call last)" in done.err
        assert "CannotRunError" in done.err


def test_without_git_the_findings_are_the_same(cli, project):
    project.change("docs/matrix.md", "`test_tick`", "`test_tock`")
    project.change("docs/conf.py", "parity_ref", 'parity_repository = ".."\nparity_ref')
    with_git = cli("check")
    shutil.rmtree(project.root / ".git")
    assert cli("check").out == with_git.out
    assert with_git.status == 1


def test_a_second_run_at_the_same_time_has_a_folder_of_its_own(cli, project):
    from sphinx_arco_parity.cli.running import working_folder

    with working_folder(project.docs) as first:
        assert (first / "in-use").exists()
        with working_folder(project.docs) as second:
            assert second != first
        assert not second.exists()
        assert cli("check").status == 0
        assert not (first / "doctrees").exists()
    with working_folder(project.docs) as again:
        assert again == first


class TestWhatIsShown:
    @pytest.fixture
    def broken(self, project):
        project.change("docs/index.md", "EX-01", "EX-11")
        project.change("docs/matrix.md", "`src/flow.py:9`", "`src/flow.py:2`")
        return project

    @pytest.mark.parametrize(
        ("words", "files", "status"),
        [
            (["docs"], {"index", "matrix", "exceptions"}, 1),
            (["docs/matrix.md"], {"matrix"}, 0),
            (["docs/index.md"], {"index"}, 1),
            (["docs/index.md", "docs/matrix.md"], {"index", "matrix"}, 1),
            (["docs", "docs/matrix.md"], {"index", "matrix", "exceptions"}, 1),
            (["docs/conf.py"], {"index", "matrix", "exceptions"}, 1),
            (["--select", "evidence-moved"], {"matrix"}, 0),
            (["--select", "parity.evidence-moved,unknown-exception"], {"matrix", "index"}, 1),
            (["--ignore", "unknown-exception"], {"matrix", "exceptions"}, 0),
            (["--ignore", "unknown-exception", "--ignore", "evidence-moved"], {"exceptions"}, 0),
            (["docs/matrix.md", "--select", "unknown-exception"], set(), 0),
            (["docs/matrix.md", "--strict"], {"matrix"}, 1),
        ],
    )
    def test_only_what_is_asked_for_is_shown_and_counts(self, cli, broken, words, files, status):
        done = cli("check", *words, "--format", "json")
        assert done.status == status
        paths = {one["path"] for one in json.loads(done.out)["findings"]}
        assert paths == {f"docs/{name}.md" for name in files}
        assert broken.root.exists()

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["--select", "evidence-movd"], "did you mean `evidence-moved`?"),
            (["--ignore", "x"], "there is no rule `x`"),
            (["docs/nope.md"], "there is no file or folder docs/nope.md"),
            (["--format", "json", "--format", "sarif"], "`--format sarif=FILE`"),
            (["--format", "json=a", "--output", "b"], "--output has no report"),
            (["--format", "yaml"], "is no format"),
            (["--format", "json="], "is no format"),
        ],
    )
    def test_wrong_usage(self, cli, words, said):
        done = cli("check", *words)
        assert (done.status, done.out) == (2, "")
        assert said in done.err

    def test_several_reports_come_of_one_run(self, cli, broken):
        done = cli(
            "check", "--format", "github", "--format", "sarif=a.sarif", "--format=markdown=a.md"
        )
        assert done.status == 1
        assert done.out.startswith("::error file=docs/index.md,line=4,col=")
        assert json.loads((broken.root / "a.sarif").read_text())["version"] == "2.1.0"
        assert (broken.root / "a.md").read_text().startswith("## Parity: 1 error")

    def test_statistics_count_a_rule_a_line(self, cli, broken):
        done = cli("check", "--statistics")
        assert done.status == 1
        assert done.out.splitlines()[:2] == [
            "    1  info     exception-uncited",
            "    1  error    unknown-exception",
        ]
        assert "    1  warning  evidence-moved  1 fixable\n" in done.out
        assert broken.root.exists()

    def test_quiet_is_the_findings_alone(self, cli, project):
        assert cli("check", "--quiet") == cli("check", "-q")
        assert cli("check", "-q", "--ignore", "exception-uncited").out == ""
        project.change("docs/index.md", "EX-01", "EX-11")
        project.write("docs/more.md", "{nope}`x`\n")
        done = cli("check", "--quiet")
        assert done.status == 1
        assert "unknown-exception" in done.out
        assert "pieces of evidence" not in done.out
        assert done.err == ""

    def test_pre_commit_hears_nothing_of_success(self, cli, project, monkeypatch):
        monkeypatch.setenv("PRE_COMMIT", "1")
        done = cli("check", "--ignore", "exception-uncited")
        assert (done.status, done.out, done.err) == (0, "", "")
        project.change("docs/index.md", "EX-01", "EX-11")
        assert "pieces of evidence" in cli("check").out
