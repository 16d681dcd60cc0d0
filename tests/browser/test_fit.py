"""Tables that fit where people read them: windows, phones and paper."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

THEMES = [
    "alabaster",
    "furo",
    "pydata_sphinx_theme",
    "sphinx_book_theme",
    "sphinx_rtd_theme",
]
MATRIX = "parity/dagster-parity-matrix.html"
#: How far each table reaches out of its frame, and the heights of its rows.
TABLES = """() => [...document.querySelectorAll('table.parity-table')].map((table) => {
  const frame = table.closest('.parity-scroll').getBoundingClientRect();
  const inside = Math.min(frame.right, document.documentElement.clientWidth);
  return [table.getBoundingClientRect().right - inside,
          [...table.querySelectorAll('tbody tr')].map((row) => row.offsetHeight)];
})"""
#: Where the header of the first table is, once the page is scrolled into it.
HEAD = """() => {
  const table = document.querySelector('.parity-fits table');
  const top = table.tBodies[0].lastElementChild.getBoundingClientRect().top + scrollY - 200;
  scrollTo({ top, behavior: 'instant' });
  const head = table.tHead.rows[0].cells[2].getBoundingClientRect();
  const seen = document.elementFromPoint(head.left + 9, head.bottom - 9);
  return [head.top, table.tHead.contains(seen)];
}"""


def window(width):
    return {"viewport": {"width": width, "height": 900}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1920])
@pytest.mark.parametrize("theme", THEMES)
def test_nine_columns_fit_a_window(look, theme, width, scheme):
    page = look(MATRIX, "example", theme, scheme, **window(width))
    for beyond, heights in page.evaluate(TABLES):
        assert beyond < 1
        assert max(heights) < 140
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1100, 1440])
@pytest.mark.parametrize("theme", THEMES)
def test_the_header_stays_in_view(look, theme, width):
    page = look(MATRIX, "example", theme, **window(width))
    page.evaluate(HEAD)
    page.wait_for_timeout(100)  # a bar of the theme's is known once it stands at the top
    top, is_seen = page.evaluate(HEAD)
    assert -2 <= top < 200
    assert is_seen


@pytest.mark.parametrize("theme", THEMES)
def test_rows_are_cards_on_a_phone(look, theme):
    page = look(MATRIX, "example", theme, **window(390))
    for beyond, heights in page.evaluate(TABLES):
        assert beyond < 1
        assert max(heights) < 350
    cell = page.locator("#row-asset-definitions td").nth(2)
    label = "(cell) => getComputedStyle(cell, '::before').content"
    assert cell.evaluate(label) == "attr(data-label)" or "Status" in cell.evaluate(label)
    # The first header sorts the cards of every section.
    head, other = page.locator("table.parity-matrix thead").all()[:2]
    assert not other.is_visible()
    sections = page.locator("table.parity-matrix tbody")
    for status in ("Exception", "Planned"):
        head.get_by_role("button", name="Status").click()
        assert status in " ".join(
            sections.nth(place).locator("tr").first.inner_text() for place in (0, 1)
        )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_table_that_is_wider_scrolls_by_itself_and_shows_it(look):
    page = look(MATRIX, "example", "furo", **window(700))
    frame = page.locator(".parity-wide").first
    assert frame.evaluate("(frame) => frame.scrollWidth > frame.clientWidth")
    assert "linear-gradient" in frame.evaluate("(f) => getComputedStyle(f).backgroundImage")
    assert page.evaluate("document.documentElement.scrollWidth") <= 700


def test_evidence_is_unfolded_by_click_and_key(look):
    page = look(MATRIX, "example", **window(1440))
    folds = page.locator("#row-asset-definitions details")
    assert folds.first.inner_text().split() == ["✔", "2"]
    code = folds.first.locator("code").first
    assert not code.is_visible()
    folds.first.locator("summary").click()
    assert code.is_visible()
    folds.nth(1).locator("summary").focus()
    page.keyboard.press("Enter")
    assert folds.nth(1).locator("code").first.is_visible()
    mark = folds.first.locator("p .parity-mark [title], p .parity-mark[title]").first
    mark.focus()
    told = mark.evaluate("(mark) => getComputedStyle(mark, '::after').content")
    assert "attr(title)" in told or mark.get_attribute("title") in told
    for summary in page.locator("summary").all()[:3]:
        assert summary.bounding_box()["height"] >= 24


@pytest.mark.parametrize("script", [True, False])
def test_paper_has_every_column_and_what_is_folded(look, script):
    page = look(MATRIX, "example", "furo", java_script_enabled=script, **window(718))
    page.emulate_media(media="print")
    if script:
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
    row = page.locator("#row-asset-definitions")
    assert row.locator("code", has_text="test_parameters_name_the_upstream").is_visible()
    assert row.locator("td").last.bounding_box()["x"] + 60 < 718
    assert not row.locator("summary").first.is_visible()
