from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_arco_parity.repository.shell import ShellSyntaxError, commands_of
from sphinx_arco_parity.repository.shell.commands import UNKNOWN

PIECES = st.sampled_from(
    "cargo test -p 'a␠b' \"$x\" $( ) ( { } \n ; && || | <<EOF EOF if then fi for in do done case"
    " esac # \\ ' \" ` ${{␠x␠}} a=( A=b cd bash␠-c > & ! [[ ]]".replace("\n", "␤").split()
).map(lambda piece: piece.replace("␠", " ").replace("␤", "\n"))


def words(script, **options):
    return [[word.text for word in one.words] for one in commands_of(script, **options)]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("cargo test --workspace \\\n  --exclude flow # why", [["cargo", "test", "--workspace", "--exclude", "flow"]]),
        ("a 'b c' \"d e\" f\\ g $'h\\'i'", [["a", "b c", "d e", "f g", "h'i"]]),
        ("a; b && c || d | e & f", [["a"], ["b"], ["c"], ["d"], ["e"], ["f"]]),
        ("a > log 2>&1 <in >>more b", [["a", "b"]]),
        ("cat <<-EOF\n\tcargo test\n\tEOF\nb", [["cat"], ["b"]]),
        ("cat <<'A' <<B\nx\nA\ny\nB\nc", [["cat"], ["c"]]),
        ("A=1 B='x y' a", [["a"]]),
        ("X=test; cargo $X", [["cargo", "test"]]),
        ("X='a b'; c $X \"$X\"", [["c", "a", "b", "a b"]]),
        ("X=(a 'b c'); X+=(d); e \"${X[@]}\"", [["e", "a", "b c", "d"]]),
        ("if a; then b; elif c; then d; else e; fi", [["a"], ["b"], ["c"], ["d"], ["e"]]),
        ("case $x in a|b) c ;; *) d ;; esac", [["c"], ["d"]]),
        ("while a; do b; done < <(c)", [["a"], ["b"]]),
        ("for p in x y; do cargo test -p $p; done", [["cargo", "test", "-p", "x"], ["cargo", "test", "-p", "y"]]),
        ("[[ $a =~ (b) && c ]] && d", [["d"]]),
        ("f() { a; }; f", [["a"], ["f"]]),
        ("bash -c 'a && b'", [["a"], ["b"]]),
        ("echo a#b '#c'", [["echo", "a#b", "#c"]]),
    ],
)  # fmt: skip
def test_words_are_those_of_the_shell(script, expected):
    assert words(script) == expected


def test_what_only_a_run_knows_is_unknown():
    [command] = commands_of('a $X "$Y" b$(c) ${{ matrix.d }} {e,f} ~/g h')
    assert [word.known for word in command.words] == [True] + 6 * [False] + [True]
    assert [word.many for word in command.words] == [
        False,
        True,
        False,
        True,
        True,
        True,
        False,
        False,
    ]
    assert command.words[3].text == f"b{UNKNOWN}"


def test_a_variable_that_is_set_in_a_branch_is_not_known():
    sure = commands_of("X=a; b $X")[-1]
    unsure = commands_of("X=a; if c; then X=d; fi; b $X")[-1]
    assert sure.known
    assert not unsure.known


def test_environment_comes_from_outside_export_and_prefix():
    script = "export A=1\nB=2 run\nrun"
    first, second = commands_of(script, environment={"C": "3", "D": None})
    assert dict(first.environment) == {"A": "1", "B": "2", "C": "3", "D": None}
    assert first.variable("D") is None
    assert second.variable("B") == ""


@pytest.mark.parametrize(
    ("script", "directory"),
    [
        ("run", "base"),
        ("cd a; run", "base/a"),
        ("cd a && run", "base/a"),
        ("cd ../b\nrun", "b"),
        ("(cd a; x); run", "base"),
        ("pushd a; popd; run", "base"),
        ("cd a; cd -; run", "base"),
        ("cd $X; run", None),
        ("cd ../..; run", None),
        ("if x; then cd a; fi; run", None),
        ("x && cd a; run", None),
        ("bash -c 'cd a; run'", "base/a"),
    ],
)
def test_folders_are_followed(script, directory):
    assert commands_of(script, directory="base")[-1].directory == directory


@pytest.mark.parametrize(
    ("script", "programs"),
    [
        ("a\nexit 0\nb", ["a", "exit"]),
        ("if x; then exit 0; fi\nb", ["x", "exit", "b"]),
        ("(exit 1)\nb", ["exit", "b"]),
        ("a || exit 1\nb", ["a", "exit", "b"]),
        ("f() { a; }\nb", ["b"]),
        ("function f { a; }\nb", ["b"]),
        ("f() { a; }\ntrap f EXIT\nb", ["a", "trap", "b"]),
    ],
)
def test_what_is_never_reached_is_not_run(script, programs):
    assert [command.words[0].text for command in commands_of(script)] == programs


@pytest.mark.parametrize(
    ("script", "swallowed"),
    [
        ("run", False),
        ("run\nother", False),
        ("run || true", True),
        ("run || :", True),
        ("run || echo failed", True),
        ("run && x || true", True),
        ("run || { echo failed; true; }", True),
        ("(run) || true", True),
        ("run || exit 1", False),
        ("run || { echo failed; exit 1; }", False),
        ("cd a && run", False),
        ("run || other", None),
        ("run || failed=1", None),
        ("run || echo failed >> log", None),
        ("if run; then x; fi", None),
        ("! run", True),
        ("! run && exit 1", None),
        ("! run || exit 1", True),
        ("if ! run; then exit 1; fi", None),
        ("run &", True),
        ("run &\nwait", None),
        ("if run; then echo fine; fi", True),
        ("if run; then echo fine; else exit 1; fi", None),
        ("if run; then echo fine >> log; fi", None),
        ("run && echo fine\ny", True),
        ("run && echo fine\nexit $?", None),
        ("run | cat", True),
        ("run | cat\nexit ${PIPESTATUS[0]}", None),
        ("set +e\nrun\nx", None),
        ("run && x\ny", None),
        ("run | x", None),
        ("set -o pipefail\nrun | x", False),
        ("x | run", False),
        ("bash -ec 'run || true'", True),
        ("{ run; x; } || exit 1", None),
        ("{ x; run; } || exit 1", False),
        ("(cd a && run) && x", False),
        ("(run; x) && y", None),
        ("for x in a; do run; done || exit 1", False),
        ("for x in $(seq 2); do run; done || exit 1", None),
        ("for x in a; do run && exit 0; done; exit 1", None),
        ("if run; then exit 0; fi; exit 1", None),
        ("trap 'exit 0' EXIT; run", None),
        ("trap 'exit 1' INT; run", False),
    ],
)
def test_swallowed_failures(script, swallowed):
    [run] = [one for one in commands_of(script) if one.words[0].text == "run"]
    assert run.swallowed is swallowed


@pytest.mark.parametrize(
    ("script", "perhaps"),
    [
        ("if x; then exit 0; fi\nrun", True),
        ("if x; then exit 1; fi\nrun", False),
        ("[ -f x ] || exit\nrun", False),
        ("[ -f x ] && exit\nrun", True),
        ("x && exit 0\nrun", True),
        ("([ -f x ] && exit 0)\nrun", False),
        ("[ -f x ] && exit 0 | cat\nrun", False),
        ("exec x\nrun", True),
        ("exec 2>&1\nrun", False),
        ("case $x in a) exit 0;; *) run;; esac", True),
        ("case $x in a) exit 0;; esac; run", True),
        ("for x in a; do [ -f x ] || continue; run; done", True),
        ("for x in a; do [ -f x ] || continue; done; run", False),
        ("for x in a; do [ -f x ] && break; done; run", False),
        ("while x; do break; done; run", False),
        ("f() { [ -f x ] || return 0; run; }; f", True),
        ("f() { [ -f x ] || return 0; }; f; run", False),
        ("f() { [ -f x ] || exit 0; }; f; run", True),
        ("if x; then exit $?; fi\nrun", True),
        ("if x; then exit $y; fi\nrun", False),
        ("for x in $X; do run; done", True),
        ('for x in "$@"; do run; done', True),
        ("for x in {1..3}; do run; done", False),
        ("for x in a $X; do run; done", False),
        ("for x in $(seq 3); do run; done", False),
    ],
)
def test_what_only_a_run_decides(script, perhaps):
    [run] = [command for command in commands_of(script) if command.words[0].text == "run"]
    assert run.perhaps is perhaps


@pytest.mark.parametrize(
    ("script", "folder"),
    [("case $x in a) cd b;; *) run;; esac", ""), ("case $x in a) cd b;; esac; run", None),
     ("cd a & run", "")],
)  # fmt: skip
def test_the_folder_after_what_goes_its_own_way(script, folder):
    [run] = commands_of(script)
    assert run.directory == folder


def test_the_file_of_a_tee_that_hides_a_failure():
    assert commands_of("run 2>&1 | tee -a out.log")[0].piped_to == "out.log"
    assert commands_of("set -o pipefail; run | tee out.log")[0].piped_to is None
    assert commands_of("run | tee out.log", pipefail=None)[0].piped_to is None


def test_lines_are_those_of_the_script():
    script = "a\n\n# x\nb \\\n  c\nd <<E\nx\nE\ne '\n'\nf"
    assert [one.line for one in commands_of(script)] == [1, 4, 6, 9, 11]


@pytest.mark.parametrize("script", ["'", '"', "a (", "if a", "$(", "a >", "fi", "case x", "a=("])
def test_what_is_no_script_is_refused(script):
    with pytest.raises(ShellSyntaxError):
        commands_of(script)


@given(st.lists(PIECES, max_size=14).map(" ".join) | st.text(max_size=40))
def test_any_text_is_read_or_refused(script):
    try:
        found = commands_of(script)
    except ShellSyntaxError:
        return
    assert all(one.words and one.line >= 1 for one in found)


@given(
    st.lists(
        st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"])),
        min_size=1,
    )
)
def test_a_quoted_command_comes_back(arguments):
    import shlex

    [command] = commands_of("run " + shlex.join(arguments))
    assert [word.text for word in command.words[1:]] == arguments
    assert command.known
