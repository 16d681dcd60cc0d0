"""The command in a terminal: colours, progress, pipes that close."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys

import pytest

from sphinx_arco_parity.cli.arguments import FORMATS
from sphinx_arco_parity.cli.console import Progress

pty = pytest.importorskip("pty")

#: The command, with a progress bar that does not wait.
EAGER = (
    "import sys, sphinx_arco_parity.cli.console as p; p.AFTER = p.EVERY = 0; "
    "from sphinx_arco_parity.cli import main; sys.exit(main())"
)


def in_terminal(words, cwd, *, code=EAGER, typed="", **variables):
    """Run the command with all its streams on a pseudo-terminal, at which *typed* is typed."""
    ours, theirs = pty.openpty()
    os.write(ours, typed.encode())
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", **variables}
    with subprocess.Popen(
        [sys.executable, "-c", code, *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=cwd,
        env=environment,
    ) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other side is closed
                break
            if not part:
                break
            seen += part
        status = process.wait()
    os.close(ours)
    return status, seen.decode().replace("\r\n", "\n")


def test_colours_and_a_progress_bar_that_goes_away(project, snapshot):
    project.change("docs/index.md", "EX-01", "EX-11")
    status, seen = in_terminal(["check"], project.root)
    assert status == 1
    bar, _, report = seen.rpartition("\r\x1b[K")
    assert "reading pages [" in bar
    assert "] 3/3" in bar
    assert "checking evidence" in bar
    assert "Running Sphinx" not in seen
    assert "\x1b[31merror:\x1b[0m" in report
    snapshot("terminal.txt", report.replace("\x1b", "ESC"))


@pytest.mark.parametrize("width", [60, 80, 120])
def test_nothing_is_wider_than_the_terminal(project, width):
    project.change("docs/matrix.md", "`src/flow.py:9`", "`src/flow.py:2`")
    project.change("docs/index.md", "EX-01", "EX-11")
    _, seen = in_terminal(["check"], project.root, COLUMNS=str(width))
    _, _, report = seen.rpartition("\r\x1b[K")
    lines = re.sub(r"\x1b\[\d+m", "", report).splitlines()
    assert max(map(len, lines)) <= width
    words = " ".join(" ".join(lines).split())
    assert (
        "error: claim same-schedules: cites `EX-11`, which is not declared [parity.unknown" in words
    )


def test_a_page_is_rendered_for_a_terminal(project):
    status, seen = in_terminal(["explain", "evidence-moved"], project.root, COLUMNS="60")
    assert status == 0
    assert seen.startswith("\x1b[1mevidence-moved\x1b[0m\n\nDefault severity: \x1b[1mwarning")
    bare = re.sub(r"\x1b\[\d+m", "", seen)
    assert "```" not in bare
    assert "**" not in bare
    assert "#" not in [line[:1] for line in bare.splitlines()]
    prose = [line for line in bare.splitlines() if not line.startswith("    ")]
    assert max(map(len, prose)) <= 60
    assert "\n    parity_rules = {" in bare


@pytest.mark.parametrize(("typed", "signs"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_a_review_of_all_is_asked_for(project, typed, signs):
    lock = project.root / "docs" / "parity.lock.json"
    status, seen = in_terminal(["review", "--by", "Ada"], project.root, typed=typed)
    assert status == 0
    assert "Sign all 2 exceptions as reviewed by Ada? [y/N]" in seen
    assert "EX-01\x1b[0m Web UI: Deferred; Revisit at M2; never reviewed" in seen
    assert lock.exists() == signs
    assert ("nothing is written" in seen) != signs


def test_no_colour_where_none_is_wanted(project):
    project.change("docs/index.md", "EX-01", "EX-11")
    for variables in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        _, seen = in_terminal(["check"], project.root, **variables)
        assert "\x1b[31m" not in seen
        assert "error: claim" in seen


def test_the_log_of_sphinx_is_shown_on_demand(project):
    _, seen = in_terminal(["check", "--verbose"], project.root)
    assert "Running Sphinx" in seen
    assert "reading pages [" not in seen


COMMANDS = (("check",), ("fix",), ("review", "--check"), ("diff", "HEAD"), ("why", "ticks"))


@pytest.mark.parametrize("words", [*COMMANDS, ("history",)], ids=" ".join)
def test_no_log_of_sphinx_in_a_pipe_and_its_warnings_are_there(cli, project, words):
    for _ in range(2):
        done = cli(*words)
        assert (done.status, done.err) == (0, "")
        assert done.out
    project.change("docs/index.md", "exceptions\nmatrix", "exceptions\nmatrix\nlost")
    warned = cli(*words)
    assert (warned.status, len(warned.err.splitlines())) == (0, 1)
    assert "WARNING: toctree contains reference to nonexisting document 'lost'" in warned.err
    assert "Running Sphinx" in cli(*words, "--verbose").err


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_what_the_configuration_prints_is_not_in_the_report(project, words):
    command = [sys.executable, "-m", "sphinx_arco_parity", *words]

    def run():
        return subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=True)

    quiet = run().stdout
    conf = project.read("docs/conf.py")
    noise = "import subprocess\nprint('from here')\nsubprocess.run(['echo', 'from a program'])\n"
    project.write("docs/conf.py", conf + noise)
    loud = run()
    assert loud.stdout == quiet
    assert {"from here", "from a program"} <= set(loud.stderr.splitlines())


def test_standard_output_may_be_closed(project):
    words = [sys.executable, "-m", "sphinx_arco_parity", "check", "--output", "report"]
    script = 'exec "$@" >&-'
    done = subprocess.run(
        ["bash", "-c", script, "-", *words], cwd=project.root, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"sphinx-arco-parity: no errors, no warnings\n")


EVIL = "\x1b]0;owned\x07\x1b[2J\x1b[8m\x9b31m\u202e\x7f"
#: What is ours: colours of the report and of Sphinx, and what clears the progress bar.
OURS = re.compile(r"\x1b\[(?:[0-2]|3[1236]|0[0-5]|[39][0-7]|39;49;00)m|\r?\x1b\[2?K|\r")


@pytest.fixture
def evil(project):
    """Whatever a stranger can name has sequences that command a terminal."""
    name = f"evil{EVIL}"
    project.write(f"src/{name}.py", "def evil():\n    pass\n")
    project.write(f"docs/{name}.md", f"# {name}\n\n{{nothing{EVIL}}}`a` {{ref}}`{name}`\n")
    project.change("docs/index.md", "exceptions\nmatrix", f"exceptions\nmatrix\n{name}\n{name}x")
    project.change("docs/matrix.md", "| Planned | -", f"| Planned | `src/{name}.py:9` (`x{EVIL}`)")
    project.change("docs/matrix.md", "Backfills", f"Backfills {EVIL}")
    project.change("docs/matrix.md", "| Exceptions |\n", f"| Exceptions | More{EVIL} |\n|---")
    project.change("docs/exceptions.md", "Web UI", f"Web{EVIL} UI")
    project.change("docs/exceptions.md", "EX-02", f"EX-02{EVIL}")
    project.commit()
    project.change("docs/matrix.md", f"`x{EVIL}`", f"`y{EVIL}`")
    project.change("docs/matrix.md", "Ticks", f"Ti{EVIL}cks")
    return project


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--verbose"),
        ("why", f"x{EVIL}"),
        ("diff", "HEAD"),
        ("diff", f"HEAD{EVIL}"),
    ],
    ids=ascii,
)
def test_no_name_of_a_stranger_commands_a_terminal(evil, words):
    _, seen = in_terminal(list(words), evil.root)
    # In Markdown a blank stands for it.
    assert "u001b" in seen or words == ("diff", "HEAD")
    assert not CONTROL.findall(OURS.sub("", seen))


@pytest.mark.parametrize("name", FORMATS)
def test_no_name_of_a_stranger_commands_what_shows_a_pipe(evil, cli, name):
    done = cli("check", "--format", name)
    assert not CONTROL.findall(done.out + done.err)
    if name == "json":
        found = json.loads(done.out)["findings"]
        assert any(EVIL in finding["message"] for finding in found)
    assert evil.docs.is_dir()


CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def test_no_name_of_a_stranger_commands_a_terminal_in_a_build(evil):
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "parity", "docs", "out"]
    done = subprocess.run(command, cwd=evil.root, capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "[parity." in line]
    assert ours
    assert not CONTROL.findall(OURS.sub("", "".join(ours)))


def test_warnings_of_sphinx_are_seen_in_a_terminal(project):
    project.change("docs/index.md", "exceptions\nmatrix", "exceptions\nmatrix\nlost")
    status, seen = in_terminal(["check"], project.root)
    assert status == 0
    assert "lost" in seen


def test_colours_can_be_forced_into_a_pipe(cli, project, monkeypatch):
    project.change("docs/index.md", "EX-01", "EX-11")
    assert "\x1b[" not in cli("check").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[31merror:" in cli("check").out
    assert "\x1b[" not in cli("check", "--format", "json").out
    cli("check", "--output", "report")
    assert "\x1b[" not in project.read("report")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in cli("check").out


def test_a_pipe_that_closes_is_no_traceback(project):
    script = f"{sys.executable} -m sphinx_arco_parity schema | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=project.root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert done.stdout in {"0\n", "141\n"}


def test_a_pipe_that_is_closed_from_the_start():
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run(
        [sys.executable, "-m", "sphinx_arco_parity", "schema"],
        stdout=theirs,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(theirs)
    assert (done.returncode, done.stderr) == (141, b"")


class Screen:
    """Keeps what is written to it."""

    encoding = "utf-8"

    def __init__(self):
        self.text = ""

    def write(self, text):
        self.text += text
        return len(text)

    def flush(self):
        pass

    def isatty(self):
        return True


class TestProgress:
    def test_nothing_is_drawn_when_it_is_quick(self):
        screen, now = Screen(), [0.0]
        progress = Progress(screen, clock=lambda: now[0])
        progress.begin("reading", 2)
        now[0] = 0.9
        progress.step()
        progress.step()
        progress.clear()
        assert screen.text == ""

    def test_it_is_drawn_when_it_takes_long_and_not_too_often(self):
        screen, now = Screen(), [0.0]
        progress = Progress(screen, clock=lambda: now[0])
        progress.begin("reading", 100)
        now[0] = 2.0
        for _ in range(50):
            progress.step()
        assert screen.text == f"\r\x1b[Kreading [{'-' * 24}] 1/100 2 s"
        now[0] = 3.0
        progress.step()
        assert screen.text.endswith(f"[{'#' * 12}{'-' * 12}] 51/100 3 s")
        progress.clear()
        assert screen.text.endswith("\r\x1b[K")

    def test_a_warning_stands_above_the_bar(self):
        screen = Screen()
        progress = Progress(screen, clock=iter([0.0, 5.0]).__next__)
        progress.begin("checking")
        progress.write("WARNING: x\n")
        assert screen.text == "\r\x1b[Kchecking … 5 s\r\x1b[KWARNING: x\n"


@pytest.mark.usefixtures("heeds_interrupts")
def test_a_watch_checks_again_when_a_file_changes(project):
    command = [sys.executable, "-m", "sphinx_arco_parity", "check", "docs", "--watch"]
    with subprocess.Popen(
        command, cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:

        def until_it_waits():
            seen = []
            for line in process.stdout:
                if "waiting for changes" in line:
                    return "".join(seen)
                seen.append(line)
            raise AssertionError("".join(seen))

        try:
            assert "unknown-exception" not in until_it_waits()
            project.change("docs/index.md", "EX-01", "EX-11")
            assert "cites `EX-11`" in until_it_waits()
            process.send_signal(signal.SIGINT)
            assert "interrupted" in process.communicate()[0]
            assert process.returncode == 130
        finally:
            process.kill()
