"""Repositories without ``conf.py``: by configuration in TOML, and without any."""

from __future__ import annotations

import json
import os
import tomllib

import pytest

from sphinx_arco_parity.cli.console import Console
from sphinx_arco_parity.cli.running import loaded

MATRIX = """\
# Kite against Beacon

| Feature | State | Where |
|---|---|---|
| Ticks | ✅ | `src/flow.py` |
| Tocks | 🚧 (half) | `src/gone.py` |
| Tacks | ❌ | - |
| Tucks | blue | - |
| Tecks | blue | - |
"""


@pytest.fixture
def plain(empty):
    """A repository with a matrix, and no configuration of any kind."""
    empty.write("PARITY.md", MATRIX)
    empty.write("src/flow.py", "x = 1\n")
    empty.commit()
    return empty


def found(cli, root):
    """Return the JSON report of ``check``, and how it ended."""
    done = cli("check", "--format", "json", cwd=root)
    return json.loads(done.out), done


def rows(root, work):
    """Return path, capability and meaning of the status of each row that is read in *root*."""
    with loaded(root, work, Console.standard(), quiet=True) as documentation:
        register = documentation.judge().assessment.register
    return [(row.place.path, row.capability, register.status(row)) for row in register.rows]


class TestWithoutConfiguration:
    def test_tables_are_read_by_the_usual_words_and_nothing_is_demanded(self, cli, plain, tmp_path):
        data, done = found(cli, plain.root)
        assert [row[1:] for row in rows(plain.root, tmp_path)] == [
            ("Ticks", "Implemented"),
            ("Tocks", "Partial"),
            ("Tacks", "Planned"),
            ("Tucks", None),
            ("Tecks", None),
        ]
        told = [(f["rule"], f["severity"], f["path"], f["line"]) for f in data["findings"]]
        # What is cited is judged as ever; what cannot be placed is told once.
        assert told == [
            ("evidence-not-found", "warning", "PARITY.md", 6),
            ("row-status", "info", "PARITY.md", 8),
        ]
        assert "2 rows" in data["findings"][1]["message"]
        assert done.status == 0
        assert plain.git("status", "--porcelain") == ""

    def test_it_says_what_it_read_and_ends_with_the_configuration(self, cli, plain):
        done = cli("check", cwd=plain.root)
        assert "PARITY.md:3: matrix, 5 rows: Feature = capability, State = status" in done.out
        assert "✅ = Implemented" in done.out
        assert "not placed: blue (2)" in done.out
        config = done.out.partition("into arco-parity.toml:\n")[2]
        said = tomllib.loads(config)
        assert said["tables"] == {"matrix": ["PARITY.md"]}
        assert said["statuses"] == {"✅": "Implemented", "🚧": "Partial", "❌": "Planned"}
        # The report of another format stays alone on standard output.
        _, done = found(cli, plain.root)
        assert "[tables]" in done.err

    def test_nothing_to_read_is_not_green(self, cli, empty):
        empty.write("README.md", "# Kite\n\n| Name | Size |\n|---|---|\n| a | 1 |\n")
        empty.commit()
        done = cli("check", cwd=empty.root)
        assert (done.status, done.out) == (3, "")
        assert "1 tracked page" in done.err
        assert "Status" in done.err

    @pytest.mark.parametrize(
        ("path", "above", "head", "row", "read"),
        [
            ("PARITY.md", "", "Feature | Status", "a | done", True),
            ("x.md", "# Supported things\n\n", "Name | Status", "a | done", True),
            ("x.md", "# X\n\n## Conformance\n\n", "Name | Status", "a | done", True),
            ("x.md", "", "Feature | Status", "a | done", True),
            ("x.md", "", "Name | Status | File", "a | done | src/flow.py", True),
            ("x.md", "", "Name | Status | File", "a | done | here", False),
            ("x.md", "# Our servers\n\n", "Name | Status", "a | done", False),
            # Versions and badges are no statuses.
            ("x.md", "# Supported things\n\n", "Name | Support", "a | 3.11", False),
            ("x.md", "", "ID | Capability | Decision | Type", "D-1 | UI | no | Deferral", True),
            ("DIVERGENCES.md", "", "ID | Capability", "D-1 | UI", True),
            ("x.md", "", "ID | Capability", "D-1 | UI", False),
        ],
    )
    def test_which_tables_are_meant(self, cli, empty, path, above, head, row, read):
        rule = "|".join(["---"] * (head.count("|") + 1))
        empty.write(path, f"{above}| {head} |\n|{rule}|\n| {row} |\n")
        empty.write("src/flow.py", "x = 1\n")
        empty.commit()
        assert (cli("check", cwd=empty.root).status == 0) is read

    def test_the_legend_of_the_page_wins(self, empty, tmp_path):
        legend = "Legend: ✅ = planned, `B`: partially done, → later\n\n- Z — out of scope\n\n"
        body = "| a | ✅ |\n| b | B |\n| c | Z |\n| d | done |\n"
        empty.write("a.md", f"# Features\n\n{legend}| Feature | Status |\n|---|---|\n{body}")
        empty.commit()
        statuses = [status for *_, status in rows(empty.root, tmp_path)]
        assert statuses == ["Planned", "Partial", "Exception", "Implemented"]

    @pytest.mark.parametrize(
        "legends",
        [
            ("✅ = done, 🟡 = partial, ✅ = planned", "🟡 = partial"),
            ("✅ = done, 🟡 = partial", "✅ = planned, 🟡 = partial"),
            ("| Sign | Is |\n|---|---|\n| ✅ | Done |\n| 🟡 | Partial |\n| ✅ | Planned |", ""),
        ],
    )
    def test_a_sign_of_which_legends_say_two_things_means_nothing(
        self, cli, empty, tmp_path, legends
    ):
        for number, legend in enumerate(legends):
            body = f"| a{number} | ✅ |\n| b{number} | 🟡 |\n"
            page = f"# Features\n\n{legend}\n\n| Feature | Status |\n|---|---|\n{body}"
            empty.write(f"{number}.md", page)
        empty.commit()
        assert [status for *_, status in rows(empty.root, tmp_path)] == [None, "Partial"] * 2
        asked = cli("init", "--dry-run", cwd=empty.root).err
        assert "`✅` mean, which stands 2 times? legends say two things of it" in asked

    def test_pages_of_others_end_nothing(self, cli, empty, tmp_path):
        strange = (
            "---\ntitle: [\n---\n{% include x.html %}\n<div>\n\n> [!NOTE]\n> hi\n\n(a)=\n(a)=\n"
            "```{toctree}\nnowhere\n```\n```{nonsense} x\n:y: z\n```\n{role}`x` [^1]\n\n"
            "[^1]: a\n[^1]: b\n\n```{include} /etc/passwd\n```\n\n## Features\n\n"
            "| Feature | Status |\n|---|---|\n| a {nope}`b` | done |\n"
        )
        empty.write("a.md", strange)
        empty.write(
            "b.rst",
            "Features\n========\n\n.. raw:: html\n   :url: http://x.invalid\n\n.. nonsense:: x\n\n"
            ":role:`y` |z|_\n\n====== ======\nTopic  Status\n====== ======\n"
            "a      done\n====== ======\n",
        )
        empty.commit()
        data, done = found(cli, empty.root)
        assert [row[0] for row in rows(empty.root, tmp_path)] == ["a.md", "b.rst"]
        assert (done.status, data["summary"]["findings"]["warning"]) == (0, 0)
        assert "nowhere" not in done.err

    def test_a_page_that_cannot_be_read_is_one_warning(self, cli, plain, tmp_path):
        plain.write("b.md", MATRIX.encode() + b"\n| caf\xe9 | done |\n")
        plain.commit()
        data, done = found(cli, plain.root)
        assert {row[0] for row in rows(plain.root, tmp_path)} == {"PARITY.md"}
        told = [f for f in data["findings"] if f["rule"] == "unreadable-file"]
        assert [(f["path"], f["severity"]) for f in told] == [("b.md", "warning")]
        assert done.status == 0

    def test_other_commands(self, cli, plain):
        assert "row ticks Ticks [Implemented]" in cli("why", "ticks", cwd=plain.root).out
        assert cli("fix", cwd=plain.root).out == "nothing has moved\n"
        plain.change("PARITY.md", "❌", "✅")
        plain.commit()
        done = cli("diff", "HEAD~1", cwd=plain.root)
        assert "Tacks" in done.out
        assert plain.git("status", "--porcelain") == ""


class TestWithToml:
    CONFIG = '[tables]\nmatrix = ["*.md"]\n[required_evidence]\n[statuses]\nblue = "Designed"\n'

    def test_only_the_named_files_are_read(self, cli, plain, tmp_path):
        plain.write("docs/other.md", MATRIX)
        plain.write("arco-parity.toml", self.CONFIG)
        plain.write("untracked.md", "")
        plain.git("add", "docs", "arco-parity.toml")
        data, done = found(cli, plain.docs)
        assert {row[0] for row in rows(plain.root, tmp_path)} == {"PARITY.md"}
        told = {f["message"] for f in data["findings"] if f["rule"] == "row-status"}
        assert len(told) == 3  # each sign, which nobody has mapped
        assert done.status == 1
        assert "without configuration" not in done.err

    def test_messages_speak_of_the_file(self, cli, plain):
        plain.write("arco-parity.toml", self.CONFIG + '[tabels]\nx = 1\n[rules]\nno-rule = "off"\n')
        data, _ = found(cli, plain.root)
        told = {(f["rule"], f["path"], f["line"], f["item"]) for f in data["findings"]}
        assert ("configuration", "arco-parity.toml", 6, "tabels") in told
        assert ("configuration", "arco-parity.toml", 8, "rules") in told
        assert not any("parity_" in f"{f['message']}{f['help']}" for f in data["findings"])
        help_text = next(f["help"] for f in data["findings"] if f["rule"] == "row-status")
        assert 'statuses."✅" = ' in help_text

    def test_a_conf_py_that_does_not_load_us_gives_way(self, cli, plain):
        plain.write("docs/conf.py", "raise SystemExit\n")
        plain.write("docs/index.md", "# x\n")
        plain.write("pyproject.toml", '[tool.arco-parity.tables]\nmatrix = ["PARITY.md"]\n')
        data, _ = found(cli, plain.docs)
        assert sum(data["summary"]["rows"].values()) == 5

    def test_one_that_names_nothing_is_not_green(self, cli, plain):
        plain.write("arco-parity.toml", 'product = "Kite"\n')
        done = cli("check", cwd=plain.root)
        assert (done.status, done.out) == (3, "")
        assert "names nothing to read" in done.err
        plain.write("arco-parity.toml", "product = ")
        done = cli("check", cwd=plain.root)
        assert done.status == 3
        assert "is no TOML" in done.err

    def test_prose_alone(self, cli, plain):
        plain.write("README.md", "# Kite\n\nKite has full parity with Beacon.\n")
        plain.write(
            "arco-parity.toml",
            'product = "Kite"\nreference = "Beacon"\nprose = true\nprose_files = ["README.md"]\n',
        )
        plain.git("add", ".")
        for _ in range(2):  # the second run has what the first has kept
            data, _ = found(cli, plain.root)
            assert [(f["rule"], f["line"]) for f in data["findings"]] == [("prose-claim", 3)]

    def test_lock_and_baseline_lie_beside_the_file(self, cli, plain):
        whole = f"{self.CONFIG}'✅' = 'Implemented'\n'🚧' = 'Partial'\n'❌' = 'Planned'\n"
        plain.write("arco-parity.toml", whole)
        plain.change("PARITY.md", "`src/flow.py`", "`src/lost.py`")
        done = cli("review", "--all", "--by", "Ada", cwd=plain.root)
        assert "parity.lock.json" in done.out
        done = cli("check", "--write-baseline", "known.json", cwd=plain.root)
        assert "baseline" in done.err
        assert cli("check", cwd=plain.root).status == 1
        plain.write("arco-parity.toml", f'baseline = "known.json"\n{whole}')
        assert cli("check", cwd=plain.root).status == 0


class TestInit:
    def test_it_writes_what_check_has_read_and_nothing_else(self, cli, plain):
        shown = cli("check", cwd=plain.root).out.partition("into arco-parity.toml:\n")[2]
        done = cli("init", cwd=plain.root)
        assert done.status == 0
        written = plain.read("arco-parity.toml")
        assert tomllib.loads(written) == tomllib.loads(shown)
        assert plain.git("status", "--porcelain").split() == ["??", "arco-parity.toml"]
        assert "what do these statuses mean: `blue` (2)?" in done.err
        again = cli("init", cwd=plain.root)
        assert (again.status, again.out) == (0, "")
        assert plain.read("arco-parity.toml") == written
        data, _ = found(cli, plain.root)
        assert data["summary"]["rows"]["Implemented"] == 1

    def test_typos_are_asked_and_own_words_taken(self, cli, empty):
        rows = [
            ("EX-1", "Deferal"),
            ("EX-2", "Cosmetic"),
            ("EX-3", "Cosmetic"),
            ("EX-4", "Kosmetic"),
        ]
        table = "\n".join(f"| {a} | c | d | {b} |" for a, b in rows)
        matrix = (
            "\n".join(f"| c{n} | done | smoke |" for n in range(9)) + "\n| x | Plannned | units |\n"
        )
        empty.write(
            "a.md",
            "# Exceptions\n\n| ID | Capability | Decision | Type |\n|---|---|---|---|\n"
            f"{table}\n\n| Feature | Status | Proof Level |\n|---|---|---|\n{matrix}| y | done | odd |\n",
        )
        empty.commit()
        for words in (["--dry-run"], []):
            done = cli("init", *words, cwd=empty.root)
            asked = [line for line in done.err.splitlines() if line.startswith("question: ")]
            assert len(asked) == 5
            for label, meant in (
                ("`Plannned`", "`Planned`"),
                ("`Deferal`", "`Deferral`"),
                ("`Kosmetic`", "`Cosmetic`"),
                ("`units`", "`unit`"),
                ("`odd`", "of its own?"),
            ):
                assert any(label in line and meant in line for line in asked), label
        said = tomllib.loads(empty.read("arco-parity.toml"))
        assert said["exception_types"][3:] == ["Cosmetic"]
        assert said["proof_levels"][4:] == ["smoke"]
        assert said["statuses"] == {"done": "Implemented"}

    def test_nothing_is_invented(self, cli, empty):
        empty.write("README.md", "# x\n")
        empty.commit()
        done = cli("init", cwd=empty.root)
        assert (done.status, done.out) == (3, "")
        empty.write("docs/conf.py", 'extensions = ["myst_parser"]\n')
        empty.write("docs/index.md", "# x\n")
        done = cli("init", cwd=empty.root)
        assert done.status == 0
        assert "no table of exceptions and no matrix was found" in done.err
        assert not (empty.docs / "parity.md").exists()

    def test_an_included_file_is_found_and_one_that_nothing_shows_is_named(self, cli, plain):
        plain.write("docs/conf.py", 'project = "Kite"\nextensions = ["myst_parser"]\n')
        plain.write("docs/index.md", "# x\n\n```{include} ../PARITY.md\n```\n")
        plain.write("other/SUPPORT.md", MATRIX)
        plain.commit()
        done = cli("init", cwd=plain.root)
        assert '+parity_tables = {"matrix": ["index"]}' in done.out
        assert "other/SUPPORT.md has such a table too" in done.err

    @pytest.mark.filterwarnings("ignore:.*deprecated")  # MyST, on a page that includes one
    def test_a_site(self, cli, plain, tmp_path):
        plain.write("docs/more.md", MATRIX)
        plain.commit()
        done = cli("init", "--site", cwd=plain.root)
        assert done.status == 0
        said = {}
        exec(plain.read("docs/conf.py"), said)  # noqa: S102 - the configuration that we wrote
        assert said["parity_tables"] == {"matrix": ["parity", "more"]}
        assert "{include} ../PARITY.md" in plain.read("docs/parity.md")
        shown = {row[0] for row in rows(plain.docs, tmp_path)}
        assert shown == {"PARITY.md", "docs/more.md"}
        again = cli("init", "--site", cwd=plain.root)
        assert (again.status, again.out) == (0, "")

    def test_a_site_of_nothing(self, cli, empty):
        empty.write("README.md", "# x\n")
        empty.commit()
        assert cli("init", "--site", cwd=empty.root).status == 0
        assert "1 exception, 2 rows" in cli("check", "--strict", cwd=empty.root).out


def test_a_check_that_could_read_no_table_is_not_green(cli, empty):
    (empty.root / "PARITY.md").write_bytes(
        MATRIX.replace("✅", "done").replace("half", "h\xe9lf").encode("latin-1", "ignore")
    )
    empty.commit()
    done = cli("check", cwd=empty.root)
    assert done.status == 3
    assert "none of the tables found in . could be read" in done.err
    assert "PARITY.md: cannot be read as a page" in done.err


def test_underscores_of_a_path_are_no_emphasis(cli, empty):
    rows = [
        "| a | done | src/__tests__/a.ts |",
        "| b | done | __init__.py, _in_/b.py |",
        "| c | **done**/yes | **src/c.py** and __src/c.py__ |",
    ]
    text = "| Feature | Status | Code |\n|---|---|---|\n" + "\n".join(rows) + "\n"
    empty.write("FEATURES.md", f"# Features\n\n{text}")
    for path in ("src/__tests__/a.ts", "__init__.py", "_in_/b.py", "src/c.py"):
        empty.write(path, "x = 1\n")
    empty.commit()
    data, _ = found(cli, empty.root)
    assert data["summary"]["evidence"] | {"verified": 4} == data["summary"]["evidence"]
    assert sum(data["summary"]["evidence"].values()) == 4
    assert "row-status" in {finding["rule"] for finding in data["findings"]}


def test_a_comparison_is_read_by_the_column_of_the_product(cli, empty):
    def page(head):
        rows = "".join(f"| f{n} | ✅ | {'✅' if n else '❌'} | ✅ (beta) |\n" for n in range(4))
        return f"# Parity\n\n| Feature | {head} |\n|---|---|---|---|\n{rows}"

    empty.write("PARITY.md", page("Python | Rust | Other"))
    empty.commit()
    done = cli("check", cwd=empty.root)
    assert done.status == 3
    assert "statuses stand in `Python`, `Rust`, `Other`" in done.err
    empty.write("Cargo.toml", '[package]\nname = "kite"\n')
    empty.commit()
    data, done = found(cli, empty.root)
    assert data["summary"]["rows"]["Implemented"] == 3
    assert 'matrix = { Rust = "status" }' in done.err
    empty.write("PARITY.md", page("Python | Rust | Kite"))
    assert "which column of PARITY.md:3" in cli("check", cwd=empty.root).err
    empty.write("PARITY.md", page("Python | Implemented | Tested"))
    assert 'Implemented = "status"' in cli("check", cwd=empty.root).out
    empty.write("PARITY.md", page("Required | Kind | Kite").replace("❌", "yes"))
    data, done = found(cli, empty.root)
    assert 'Kite = "status"' in done.err


def test_pages_that_differ_in_their_ending_alone_are_both_read(plain, tmp_path):
    plain.write("PARITY.markdown", MATRIX.replace("Ticks", "Tides"))
    plain.write(
        "PARITY.rst",
        "Parity\n======\n\n.. list-table::\n   :header-rows: 1\n\n   * - Feature\n     - Status\n"
        "   * - Tables\n     - done\n",
    )
    plain.commit()
    read = {(path, name) for path, name, _ in rows(plain.root, tmp_path / "bare")}
    both = {("PARITY.md", "Ticks"), ("PARITY.markdown", "Tides"), ("PARITY.rst", "Tables")}
    assert both <= read
    plain.write("arco-parity.toml", 'tables.matrix = ["*.markdown", "PARITY.rst"]\n')
    named = {path for path, *_ in rows(plain.root, tmp_path / "named")}
    assert named == {"PARITY.markdown", "PARITY.rst"}


def test_hostile_names_and_pages(cli, plain, tmp_path):
    names = [
        b"caf\xe9 PARITY.md",
        b"a[b]*?.md",
        "PARITÄT.md".encode(),
        b"deep/" * 20 + b"PARITY.md",
    ]
    for name in names:
        plain.write(os.fsdecode(name), MATRIX)
    plain.write(
        "PARITY.rst",
        "Parity\n======\n\n.. csv-table::\n   :file: /etc/passwd\n\n" + "* " * 400 + "x\n",
    )
    plain.write("deep.md", f"# Features\n\n{'> ' * 300}x\n\n{MATRIX}")
    (plain.root / "link.md").symlink_to("/etc/passwd")
    plain.commit()
    paths = {path for path, *_ in rows(plain.root, tmp_path)}
    assert {"PARITY.md", "a[b]*?.md", "PARITÄT.md", "deep/" * 20 + "PARITY.md"} <= paths
    assert not any("passwd" in path or "caf" in path for path in paths)
    assert cli("init", cwd=plain.root).status == 0
    data, _ = found(cli, plain.root)
    assert sum(data["summary"]["rows"].values()) == 5 * len(paths)


def test_a_table_that_docutils_cannot_read_is_told_at_its_place(cli, plain):
    crooked = "+------+--------+\n| Tick  | Status |\n+======+========+\n| Tock | ✅     |\n+------+--------+\n"
    plain.write("docs/parity.rst", f"Parity\n======\n\n{crooked}")
    plain.commit()
    data, _ = found(cli, plain.root)
    (told,) = [f for f in data["findings"] if f["rule"] == "table-not-recognised"]
    assert (told["path"], told["line"], told["severity"]) == ("docs/parity.rst", 4, "warning")
    assert "docutils does not take it for one" in told["message"]


class TestBesideASphinxProjectOfOthers:
    """A ``conf.py`` that has nothing to do with us does not stand in the way."""

    CONF = 'project = "Kite"\nextensions = ["an_extension_that_is_not_here"]\n'

    @pytest.mark.parametrize("folder", ["", "docs/", "docs/source/"])
    @pytest.mark.parametrize("named", [(), (".",)])
    def test_it_is_passed_over(self, cli, plain, folder, named):
        plain.write(f"{folder}conf.py", self.CONF)
        plain.write(f"{folder}more.md", MATRIX.replace("Ticks", "Clocks"))
        plain.commit()
        done = cli("check", *named, cwd=plain.root)
        assert done.status == 0
        assert "read without configuration: 2 tables on 2 pages" in done.out
        assert f"{folder}conf.py does not load sphinx_arco_parity and was not used" in done.out

    def test_so_it_is_where_its_folder_is_named(self, cli, plain):
        plain.write("docs/conf.py", self.CONF)
        plain.write("docs/more.md", MATRIX)
        plain.commit()
        assert "1 table on 1 page" in cli("check", "docs", cwd=plain.root).out

    @pytest.mark.parametrize(
        "conf",
        [
            CONF + "parity_tables = {}\n",  # an option of ours
            CONF + "from shared import *\n",  # it may load us
            CONF + "from theirs import *\n",
            "from shared import names\nextensions = names()\n",
            "extensions = [",
        ],
    )
    def test_one_that_may_be_ours_is_used(self, cli, plain, conf):
        plain.write("docs/conf.py", conf)
        plain.write("docs/theirs.py", "parity_tables = {}")
        plain.commit()
        done = cli("check", cwd=plain.root)
        assert (done.status, done.out) == (3, "")

    def test_one_that_takes_over_names_that_are_not_ours_is_not(self, cli, plain):
        plain.write("docs/conf.py", self.CONF + "from theme import *\n")
        plain.write("docs/theme.py", "html_theme = 'x'\n")
        plain.commit()
        assert cli("check", cwd=plain.root).status == 0

    def test_the_command_line_may_load_us(self, cli, plain):
        plain.write("docs/conf.py", 'project = "Kite"\nextensions = []\n')
        plain.write("docs/index.md", "# Kite\n")
        plain.commit()
        loading = "extensions=myst_parser,sphinx_arco_parity"
        done = cli("check", "docs", "-D", loading, cwd=plain.root)
        assert done.status == 0
        assert "read without configuration" not in done.out

    def test_init_adds_us_to_it(self, cli, plain):
        plain.write("docs/conf.py", 'project = "Kite"\nextensions = ["myst_parser"]\n')
        plain.write("docs/index.md", "# Kite\n")
        plain.write("docs/parity.md", MATRIX)
        plain.commit()
        assert cli("init", cwd=plain.root).status == 0
        assert 'extensions = ["myst_parser", "sphinx_arco_parity"]' in plain.read("docs/conf.py")
