"""Any text, to every reader: it ends, and nothing but the documented errors comes out.

Words of each reader's notation are joined, or put into valid texts.  The short form runs
some hundred inputs a reader; the long one, in ``tox -e fuzz``, is followed by a million
that ``coverage_guided.py`` makes.  The end of a run says how many there were.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from fuzzing.every import TARGETS
from fuzzing.target import Target, run, writable
from fuzzing.workshop import folder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

_SUPPRESSED = [HealthCheck.too_slow, HealthCheck.data_too_large]
_SHORT, _LONG = 4, 200


def _inputs(target: Target) -> st.SearchStrategy[str]:
    words = st.one_of(
        st.sampled_from(target.words),
        st.sampled_from(target.words),
        st.text(max_size=4),
    )
    joined = st.lists(words, max_size=14).map("".join)
    seeds = target.seeds()
    if not seeds:
        return joined
    return st.one_of(joined, st.builds(_put, st.sampled_from(seeds), joined, _PLACE, _CUT))


_PLACE = st.floats(0, 1)
_CUT = st.integers(0, 20)


def _put(text: str, what: str, place: float, cut: int) -> str:
    """Put *what* into *text*, in the place of some of it."""
    start = int(place * len(text))
    return text[:start] + what + text[start + cut :]


def _drive(name: str, count: int, record) -> None:
    target = TARGETS[name]
    done = 0

    @settings(
        max_examples=count,
        deadline=None,
        suppress_health_check=_SUPPRESSED,
        database=None,
    )
    @given(_inputs(target))
    def read(text: str) -> None:
        nonlocal done
        done += 1
        run(target, text)

    read()
    record("inputs", (name, done))


@pytest.mark.parametrize("name", list(TARGETS))
def test_any_text_is_read(name, record_property):
    _drive(name, max(20, _SHORT * TARGETS[name].share), record_property)


@pytest.mark.long
@pytest.mark.parametrize("name", list(TARGETS))
def test_any_text_is_read_in_the_long_form(name, record_property):
    _drive(name, _LONG * TARGETS[name].share, record_property)


@pytest.mark.parametrize("name", list(TARGETS))
def test_valid_texts_are_read(name, record_property):
    seeds = TARGETS[name].seeds()
    assert seeds
    for text in seeds:
        run(TARGETS[name], text)
    record_property("inputs", (name, len(seeds)))


@pytest.mark.long
@pytest.mark.parametrize("name", list(TARGETS))
def test_a_word_again_and_again_is_read(name, record_property):
    """Depth, and work that grows faster than the text."""
    seed = TARGETS[name].seeds()[0][:200]
    texts = [
        before + word * (4000 // len(word))
        for word in dict.fromkeys(TARGETS[name].words)
        for before in ("", seed)
    ]
    for text in texts:
        run(TARGETS[name], text)
    record_property("inputs", (name, len(texts)))


# --- what runs the targets ----------------------------------------------------------


def _endless(_text):
    while True:
        pass


def _opens(path):
    return lambda _text: Path(path).read_bytes()


def _target(read):
    return Target(name="bad", read=read, words=("a",), seeds=lambda: ["a"])


@pytest.mark.parametrize(
    ("read", "wrong"),
    [
        (_opens("/etc/hostname"), "opened /etc/hostname"),
        (lambda _: (folder() / "link" / "secret.py").resolve().read_bytes(), "secret"),
        (lambda _: (folder() / ".." / "outside" / "secret.py").read_bytes(), "secret"),
        (lambda _: subprocess.run([sys.executable, "-V"], check=True), "Popen"),
        (lambda _: os.system("true"), "os.system"),  # noqa: S605
        (lambda _: socket.create_connection(("127.0.0.1", 9)), "socket.connect"),
    ],
    ids=["file", "link", "above", "program", "shell", "network"],
)
def test_what_reaches_out_is_caught(read, wrong):
    with pytest.raises((AssertionError, OSError)) as caught:
        run(_target(read), "")
    if isinstance(caught.value, AssertionError):
        assert wrong in str(caught.value)
    else:
        assert wrong == "socket.connect"


def test_what_stays_inside_is_not():
    run(_target(lambda _: (folder() / "src" / "a.py").read_bytes()), "")


@pytest.mark.skipif(sys.platform == "win32", reason="has no timer of a process's own")
def test_what_never_ends_is_caught(monkeypatch):
    monkeypatch.setattr("fuzzing.target.SECONDS", 0.05)
    with pytest.raises(AssertionError, match="more than"):
        run(_target(_endless), "")


def test_half_a_character_is_caught():
    with pytest.raises(UnicodeEncodeError):
        writable([{"a": ("\ud800",)}])
    writable([{"a": ("\U0001f600",)}])


def test_the_other_driver_says_what_it_did():
    script = Path(__file__).parent / "coverage_guided.py"
    command = [sys.executable, script, "--target", "globs", "--total", "50"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout
    assert "skipped" in said.stdout or "coverage guided: 50 inputs" in said.stdout
