"""Where a project lies and how its files are written: spaces, letters, line ends, drives."""

from __future__ import annotations

import pytest

from sphinx_arco_parity.repository.files import Repository
from sphinx_arco_parity.repository.reading import normal
from sphinx_arco_parity.repository.source import UnreadableFileError

_MATRIX = (
    "# Matrix\n\nText.\n\n| Capability | Status | Code | Exceptions |\n|---|---|---|---|\n"
    "| a | Partial | `src/größe/a.py:1` (`f`) | EX-01 |\n"
    "| b | Partial | `src/größe/a.py:40` (`f`) | EX-09 |\n"
    "| c | Partial | `src/gone.py` | EX-01 |\n"
)
_REGISTER = "# R\n\n| ID | Capability | Decision | Type |\n|---|---|---|---|\n| EX-01 | a | b | Permanent |\n"
_CLAIM = "Claim\n=====\n\n.. parity-claim:: c\n\n   Nothing is cited.\n\n:exception:`EX-08`\n"
_CSV = "id,capability,decision,type\nEX-02,a,b,Permanent\nEX-02,a,b,Permanent\n"
_TABLE = "P\n=\n\n.. parity-exceptions::\n   :file: a.csv\n"
_FILES = {
    "docs/matrix.md": _MATRIX,
    "docs/register.md": _REGISTER,
    "docs/claim.rst": _CLAIM,
    "docs/table.rst": _TABLE,
    "docs/a.csv": _CSV,
    "src/größe/a.py": "def f():\n    pass\n",
}
_CONF = {"parity_tables": {"exceptions": ["register"], "matrix": ["matrix"]}}
_FOUND = [
    ("claim-without-exception", "docs/claim.rst", 4),
    ("duplicate-id", "docs/a.csv", 3),
    ("evidence-gone", "docs/matrix.md", 8),
    ("evidence-not-found", "docs/matrix.md", 9),
    ("unknown-exception", "docs/claim.rst", 8),
    ("unknown-exception", "docs/matrix.md", 8),
]


def _places(built):
    return sorted(
        (one["rule"], one["path"], one["line"])
        for one in built.data["findings"]
        if one["severity"] in {"error", "warning"}
    )


@pytest.mark.parametrize("name", ["plain", "with spaces", "größe-日本", "a#b%20c", "-rf"])
@pytest.mark.parametrize("git", [False, True])
def test_any_place_for_a_project(project, name, git):
    made = project(_FILES, _CONF, name)
    if git:
        made.git("init", "-q")
        made.git("add", "-A", ".")
    built = made.build("html")
    assert _places(built) == _FOUND
    assert any(f"{name}/docs/matrix.md:9" in line for line in built.log)
    assert str(made.root) not in (built.out / "parity.json").read_text("utf-8")


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_of_other_systems(project, ends):
    files = {
        name: text.replace("\n", ends if name.endswith((".py", ".csv")) else "\r\n")
        for name, text in _FILES.items()
    }
    assert _places(project(files, _CONF).build()) == _FOUND


def test_a_mark_of_byte_order_is_no_text(project):
    files = {name: b"\xef\xbb\xbf" + text.encode() for name, text in _FILES.items()}
    assert _places(project(files, _CONF).build()) == _FOUND


@pytest.mark.parametrize(
    "path",
    [
        "C:\\repository\\src\\a.py",
        "C:/repository/src/a.py",
        "c:\\x",
        "//server/share/a.py",
        "..\\a.py",
        "src\\..\\..\\a.py",
        "\\\\server\\share\\a.py",
        "\\a.py",
    ],
)
def test_windows_paths_lead_nowhere(tmp_path, path):
    (tmp_path / "src").mkdir()
    (tmp_path / "src/a.py").write_text("")
    repository = Repository.open(tmp_path)
    assert not repository.exists(path)
    with pytest.raises(UnreadableFileError):
        repository.read(path)


@pytest.mark.parametrize("path", ["C:/x", "c:\\x", "/x", "../x", "a/../../x", "a/.git/x"])
def test_no_such_path_is_normal(path):
    assert normal(path) is None


def test_a_path_with_backslashes_is_the_one_with_slashes(project):
    matrix = (
        "# M\n\n| Capability | Status | Code |\n|---|---|---|\n"
        "| a | Partial | `src\\a.py:1` (`f`) |\n| b | Partial | `src/a.py:1` (`f`) |\n"
    )
    made = project({"docs/matrix.md": matrix, "src/a.py": "def f(): ...\n"}, _CONF)
    made.write({"docs/register.md": _REGISTER})
    built = made.build()
    windows, plain = (row["evidence"] for row in built.data["rows"])
    assert [piece["verdict"] for piece in (*windows, *plain)] == ["verified", "verified"]
