"""The review cadence of the seed's own document, over a real git repository."""

from __future__ import annotations

import json
import shutil

import pytest

LOCK = "docs/parity.lock.json"
MATRIX = "docs/parity/dagster-parity-matrix.md"
EXCEPTIONS = "docs/audits/arco-flow-exception-planning.md"


def findings(cli, project, rule, *, cwd=None):
    done = cli("check", "--format", "json", cwd=cwd or project.root)
    every = json.loads(done.out)["findings"]
    return done.status, [one for one in every if one["rule"] == rule]


@pytest.fixture
def reviewed(cli, example):
    """The example after its first review."""
    done = cli("review", "--all", "--by", "Ada", "--note", "first review", cwd=example.root)
    assert done.status == 0
    example.commit("review")
    return example


def test_a_status_that_changes_is_reviewed(cli, reviewed, snapshot):
    assert cli("check", cwd=reviewed.root).status == 0
    reviewed.change(
        MATRIX,
        "| Dynamic partitions | - | Planned",
        "| Dynamic partitions | - | Designed",
    )
    line = 1 + reviewed.read(MATRIX).split("| Dynamic partitions")[0].count("\n")

    status, found = findings(cli, reviewed, "review-due")
    assert status == 1
    assert [(one["path"], one["line"], one["item"]) for one in found] == [
        (MATRIX, line, "dynamic-partitions")
    ]
    owed = cli("review", "--check", cwd=reviewed.root)
    assert owed.status == 1
    snapshot("review-check.txt", owed.out)

    unsigned = cli("review", cwd=reviewed.root)
    assert unsigned.status == 2
    assert unsigned.out == owed.out
    assert "--by NAME" in unsigned.err
    assert reviewed.git("status", "--short", LOCK) == ""

    unasked = cli("review", "--by", "Grace", cwd=reviewed.root)
    assert unasked.status == 2
    assert unasked.out.startswith(owed.out + "signed\n  EX-01 ")
    assert "sign all 10 exceptions with `--all`" in unasked.err
    assert reviewed.git("status", "--short", LOCK) == ""

    done = cli("review", "--all", "--by", "Grace", "--note", "ADR-030", cwd=reviewed.root)
    assert done.status == 0
    snapshot("review.txt", done.out)
    assert findings(cli, reviewed, "review-due") == (0, [])
    patch = reviewed.git("diff", "-U0", LOCK)
    assert '+    "dynamic-partitions": {' in patch

    compared = cli("diff", "HEAD", cwd=reviewed.root)
    assert compared.status == 0
    snapshot("diff.md", compared.out)
    assert cli("review", "--check", cwd=reviewed.root).status == 0


def test_a_milestone_is_reached(cli, reviewed):
    """Due are exactly those whose trigger says M2, and M2/M3."""
    reviewed.change("docs/conf.py", 'parity_milestone = "M1"', 'parity_milestone = "M2"')
    status, found = findings(cli, reviewed, "revisit-due")
    assert status == 1
    assert [one["item"] for one in found] == ["EX-03", "EX-04", "EX-05a", "EX-09"]
    assert {one["path"] for one in found} == {EXCEPTIONS}

    # One is decided again: only its own line of the lock is new.
    done = cli("review", "EX-03", "--by", "Ada", cwd=reviewed.root)
    assert done.status == 0
    added = [x for x in reviewed.git("diff", "-U0", LOCK).splitlines() if x[:2] == "+ "]
    assert [one.split('"')[1] for one in added] == ["EX-03"]
    _, found = findings(cli, reviewed, "revisit-due")
    assert [one["item"] for one in found] == ["EX-04", "EX-05a", "EX-09"]

    # The others get a later trigger, or are looked at; then all is reviewed.
    reviewed.change(
        EXCEPTIONS,
        "| EX-04 | IO manager plugin parity | Deferred | Deferral | Revisit at M2 |",
        "| EX-04 | IO manager plugin parity | Deferred | Deferral | Revisit at M3 |",
    )
    assert cli("review", "--all", "--by", "Ada", cwd=reviewed.root).status == 0
    assert cli("check", cwd=reviewed.root).status == 0


def test_two_branches_that_both_review(cli, reviewed):
    """Lines that only one of them has reviewed merge by themselves."""
    row = "| Dynamic partitions | - | Planned"
    for branch, ids, by in (("a", "EX-01", "Ada"), ("b", "EX-09", "Grace")):
        reviewed.git("checkout", "-q", "-b", branch, "main")
        assert cli("review", ids, "--by", by, "--note", branch, cwd=reviewed.root).status == 0
        reviewed.commit(f"review {ids}")
    reviewed.git("merge", "-q", "-m", "merge", "a")
    assert cli("check", cwd=reviewed.root).status == 0
    lock = json.loads(reviewed.read(LOCK))["exceptions"]
    assert (lock["EX-01"]["by"], lock["EX-09"]["by"]) == ("Ada", "Grace")

    # Two full reviews of different changes meet in every line: git says so, we too.
    for branch, word, by in (("c", "Designed", "Ada"), ("d", "Partial", "Grace")):
        reviewed.git("checkout", "-q", "-b", branch, "b")
        reviewed.change(MATRIX, row, row.replace("Planned", word))
        assert cli("review", "--all", "--by", by, "--note", branch, cwd=reviewed.root).status == 0
        reviewed.commit(f"review {word}")
    with pytest.raises(Exception, match="merge"):
        reviewed.git("merge", "-q", "-m", "merge", "c")
    reviewed.git("checkout", "--ours", MATRIX)
    before = reviewed.read(LOCK)
    status, found = findings(cli, reviewed, "unreadable-file")
    assert status == 1
    assert "merge conflict" in found[0]["message"]
    assert found[0]["path"] == LOCK
    refused = cli("review", "--all", "--by", "Ada", cwd=reviewed.root)
    assert refused.status == 1
    assert reviewed.read(LOCK) == before
    reviewed.git("checkout", "--ours", LOCK)
    assert cli("check", cwd=reviewed.root).status == 0


def test_a_shallow_clone_a_work_tree_and_no_git_find_the_same(cli, reviewed, tmp_path):
    reviewed.change(
        MATRIX,
        "| Dynamic partitions | - | Planned",
        "| Dynamic partitions | - | Designed",
    )
    reviewed.commit("designed")
    whole = findings(cli, reviewed, "review-due")
    assert whole[0] == 1
    shallow, tree, bare = (tmp_path / name for name in ("shallow", "tree", "plain"))
    reviewed.git("clone", "-q", "--depth", "1", f"file://{reviewed.root}", str(shallow))
    reviewed.git("worktree", "add", "-q", "--detach", str(tree))
    shutil.copytree(tree, bare, ignore=shutil.ignore_patterns(".git"))
    for folder in (shallow, tree, bare):
        assert findings(cli, reviewed, "review-due", cwd=folder) == whole


def test_what_is_owed_since_a_revision_without_a_lock(cli, example):
    start = example.git("rev-parse", "HEAD").strip()
    assert cli("review", "--check", "--since", start, cwd=example.root).status == 0
    example.change(
        MATRIX,
        "| Dynamic partitions | - | Planned",
        "| Dynamic partitions | - | Designed",
    )
    example.commit("designed")
    assert cli("review", "--check", cwd=example.root).status == 0
    done = cli("review", "--check", "--since", "HEAD~1", cwd=example.root)
    assert done.status == 1
    assert "row dynamic-partitions: Planned -> Designed" in done.out
    # Nothing is left behind, in git or beside it.
    assert example.git("worktree", "list").count("\n") == 1
    assert example.git("status", "--short", "--ignored") == ""


class TestOfASmallProject:
    def test_errors_that_leave_the_register_incomplete_forbid_a_review(self, cli, project):
        project.change("docs/matrix.md", "Planned", "Plannned")
        done = cli("review", "--all", "--by", "Ada")
        assert done.status == 1
        assert "docs/matrix.md:7: error: row sensors" in done.err
        assert not (project.root / LOCK).exists()

    def test_an_unknown_exception_is_wrong_usage(self, cli, project):
        done = cli("review", "EX-2", "--by", "Ada")
        assert done.status == 2
        assert "did you mean EX-02" in done.err
        assert not (project.root / LOCK).exists()

    def test_an_unknown_revision_is_wrong_usage(self, cli):
        done = cli("review", "--check", "--since", "v9")
        assert done.status == 2
        assert "`v9` names no commit" in done.err

    def test_the_folder_may_be_named_before_the_exceptions(self, cli, project):
        words = ("docs", "--by", "Ada", "EX-02", "EX-01")
        assert cli("review", *words).status == 0
        assert sorted(json.loads(project.read(LOCK))["exceptions"]) == [
            "EX-01",
            "EX-02",
        ]


def test_what_has_another_id_was_reviewed_under_the_old_one(cli, reviewed):
    for path in (EXCEPTIONS, MATRIX):
        reviewed.write(path, reviewed.read(path).replace("EX-08", "EX-18"))
    reviewed.change(MATRIX, "| Dynamic partitions | -", "| Dynamic partitioning | -")
    done = cli("review", "--by", "Grace", cwd=reviewed.root)
    (signed,) = [line for line in done.out.splitlines() if line.startswith("  EX-18 ")]
    assert "last reviewed" in signed
    assert "row dynamic-partitioning: was called dynamic-partitions (touches" in done.out
