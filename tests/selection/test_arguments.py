"""Arguments cut into options, values and the rest: each shape by itself and beside others."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.repository.selection.arguments import (
    CARGO_NEXTEST,
    CARGO_TEST,
    DRIVERS,
    LIBTEST,
    PYTEST,
    OptionTable,
    nextest_under,
    parse_arguments,
)
from sphinx_arco_parity.repository.shell import commands_of

SOME = {
    "values": frozenset({"--value", "-k"}),
    "flags": frozenset({"--flag", "-x"}),
    "optional": frozenset({"--cov"}),
    "attached": frozenset({"--bail"}),
    "aliases": {"-v": "--value", "--val": "--value", "-c": "--cov"},
}


@pytest.mark.parametrize(
    ("line", "options", "words"),
    [
        ("--value a b", [("--value", "a")], ["b"]),
        ("--value=a b", [("--value", "a")], ["b"]),
        ("--value= b", [("--value", "")], ["b"]),
        ("--value=a=b", [("--value", "a=b")], []),
        ("--value", [("--value", None)], []),
        ("--value --flag", [("--value", "--flag")], []),
        ("--val a -v b", [("--value", "a"), ("--value", "b")], []),
        ("--flag a", [("--flag", None)], ["a"]),
        ("--flag=a b", [("--flag", "a")], ["b"]),
        ("--cov a b", [("--cov", "a")], ["b"]),
        ("--cov --flag", [("--cov", None), ("--flag", None)], []),
        ("--cov", [("--cov", None)], []),
        ("-c -x", [("--cov", None), ("-x", None)], []),
        ("--bail a", [("--bail", None)], ["a"]),
        ("--bail=a b", [("--bail", "a")], ["b"]),
        ("-k a b", [("-k", "a")], ["b"]),
        ("-ka b", [("-k", "a")], ["b"]),
        ("-k=a b", [("-k", "a")], ["b"]),
        ("-xka b", [("-x", None), ("-k", "a")], ["b"]),
        ("-xk a b", [("-x", None), ("-k", "a")], ["b"]),
        ("-xx b", [("-x", None), ("-x", None)], ["b"]),
        ("- a", [], ["-", "a"]),
    ],
)
def test_options_have_their_values(line, options, words):
    [command] = commands_of(f"run {line}")
    found = parse_arguments(command.words[1:], OptionTable(**SOME))
    given = [(name, None if value is None else value.text) for name, value in found.options]
    assert given == options
    assert [word.text for word in found.positionals] == words
    assert (found.unknown, found.rest, found.open) == ([], [], False)


@pytest.mark.parametrize(
    ("line", "unknown", "words"),
    [
        ("--new a", ["--new"], ["a"]),
        ("--new=a b", ["--new"], ["b"]),
        ("-xn a", ["-n"], ["a"]),
        ("-nx --new", ["-nx", "--new"], []),
    ],
)
def test_what_the_table_does_not_have_is_kept(line, unknown, words):
    [command] = commands_of(f"run {line}")
    found = parse_arguments(command.words[1:], OptionTable(**SOME))
    assert (found.unknown, [word.text for word in found.positionals]) == (unknown, words)


@pytest.mark.parametrize(("rest", "words", "after"), [(True, ["a"], ["-x", "--", "b"]),
                                                      (False, ["a", "-x", "--", "b"], [])])  # fmt: skip
def test_what_follows_two_dashes(rest, words, after):
    [command] = commands_of("run a -- -x -- b")
    found = parse_arguments(command.words[1:], OptionTable(**SOME, rest=rest))
    assert [word.text for word in found.positionals] == words
    assert [word.text for word in found.rest] == after
    assert found.options == []


@pytest.mark.parametrize(
    ("line", "is_open"), [("$ARGS", True), ("-- $ARGS", True), ('"$ARGS"', False)]
)
def test_a_word_may_become_any_number(line, is_open):
    [command] = commands_of(f"run {line}")
    assert parse_arguments(command.words[1:], OptionTable(**SOME)).open is is_open


def test_the_last_value_counts_and_all_are_kept():
    [command] = commands_of("run -k a --value b -kc --flag -k")
    found = parse_arguments(command.words[1:], OptionTable(**SOME))
    assert [word.text for word in found.all("-k", "--value")] == ["a", "b", "c"]
    assert (found.last("-k").text, found.last("--cov")) == ("c", None)
    assert [found.has(name) for name in ("-k", "--flag", "--cov")] == [True, True, False]
    attached = found.all("-k")[1]
    assert (attached.text, attached.raw, attached.known) == ("c", "c", True)


def test_a_value_behind_a_sign_is_written_as_it_was():
    [command] = commands_of("run --value='a b' --value=$X")
    first, second = parse_arguments(command.words[1:], OptionTable(**SOME)).all("--value")
    assert (first.text, first.raw, first.known) == ("a b", "'a b'", True)
    assert (second.raw, second.known) == ("$X", False)


@pytest.mark.parametrize("name", DRIVERS)
def test_a_driver_takes_what_cargo_test_takes(name):
    driver, nextest = DRIVERS[name], nextest_under(DRIVERS[name])
    for written in ("-p", "--all", "--package", "--release", "--timings", "--manifest-path", "-F"):
        assert driver.name(written) == CARGO_TEST.name(written) is not None
    for written in ("-E", "-j", "--profile", "--retries", "--no-capture", "--ff", "-p"):
        assert nextest.name(written) == CARGO_NEXTEST.name(written) is not None
    assert driver.name("--brand-new") is nextest.name("--brand-new") is None


@pytest.mark.parametrize(
    ("table", "written", "name"),
    [
        (CARGO_TEST, "-j", "--jobs"), (CARGO_NEXTEST, "-j", "--test-threads"),
        (CARGO_NEXTEST, "--jobs", "--test-threads"), (CARGO_NEXTEST, "-P", "--nextest-profile"),
        (CARGO_TEST, "--profile", "--profile"), (LIBTEST, "--nocapture", "--no-capture"),
        (LIBTEST, "-p", None), (PYTEST, "-x", "--exitfirst"), (PYTEST, "--co", "--collect-only"),
        (PYTEST, "--override-ini", "-o"), (PYTEST, "--cov", "--cov"), (PYTEST, "--numprocesses", "-n"),
        (DRIVERS["tarpaulin"], "-o", "--out"), (DRIVERS["llvm-cov"], "--lcov", "--lcov"),
        (DRIVERS["hack"], "--each-feature", "--each-feature"), (DRIVERS["miri"], "--lcov", None),
    ],
)  # fmt: skip
def test_an_option_has_one_name(table, written, name):
    assert table.name(written) == name
