"""Every control of the tables, as a reader uses it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = pytest.mark.browser

THEMES = [
    "alabaster",
    "furo",
    "pydata_sphinx_theme",
    "sphinx_book_theme",
    "sphinx_rtd_theme",
]
SHOWN = """(nth) => [...document.querySelectorAll('table.parity-table')[nth]
  .querySelectorAll('tbody tr')]
  .filter((row) => row.offsetParent && !row.matches('.parity-below'))
  .map((row) => row.cells[0].innerText.replace('¶', '').trim())"""


def shown(page, nth=0):
    """The first cells of the rows that a reader sees."""
    return page.evaluate(SHOWN, nth)


def tools(page, nth=0):
    return page.locator(".parity-tools").nth(nth)


def button(page, name, nth=0):
    return page.locator("table.parity-table").nth(nth).get_by_role("button", name=name)


def query(page):
    return {key: value[0] for key, value in parse_qs(urlsplit(page.url).query).items()}


def settle(page):
    """Wait until what was chosen stands in the address."""
    page.wait_for_timeout(250)


@pytest.mark.parametrize("theme", THEMES)
def test_search_and_chips_narrow_and_count(look, theme):
    page = look("register.html", theme=theme)
    bar = tools(page)
    assert len(shown(page)) == 12
    assert bar.get_by_role("status").inner_text() == "12 of 12 shown"

    bar.get_by_label("Search").fill("thing 1")
    assert shown(page) == ["EX-1", "EX-10", "EX-11", "EX-12"]
    chip = bar.get_by_role("button", name="Permanent")
    assert chip.inner_text().split() == ["Permanent", "2"]
    chip.click()
    assert shown(page) == ["EX-1", "EX-10"]
    assert chip.get_attribute("aria-pressed") == "true"
    assert bar.get_by_role("status").inner_text() == "2 of 12 shown"

    bar.get_by_role("button", name="Clear").click()
    assert len(shown(page)) == 12
    assert chip.get_attribute("aria-pressed") == "false"
    assert bar.get_by_role("button", name="Clear").count() == 0


@pytest.mark.parametrize("theme", THEMES)
def test_sorting_goes_up_down_and_back(look, theme):
    page = look("register.html", theme=theme)
    head = page.locator("th").first
    original = shown(page)
    button(page, "ID").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert shown(page) == [f"EX-{number}" for number in range(1, 13)]
    button(page, "ID").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert shown(page) == [f"EX-{number}" for number in range(12, 0, -1)]
    button(page, "ID").click()
    assert head.get_attribute("aria-sort") is None
    assert shown(page) == original

    button(page, "Type").click()
    assert shown(page)[:4] == ["EX-2", "EX-5", "EX-8", "EX-11"]
    assert page.locator("[aria-sort]").count() == 1


def test_keyboard_reaches_and_works_the_controls(look):
    page = look("register.html")
    tools(page).get_by_label("Search").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert shown(page) == ["EX-1", "EX-4", "EX-7", "EX-10"]
    button(page, "Capability").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert shown(page) == ["EX-10", "EX-7", "EX-4", "EX-1"]
    assert page.evaluate("document.activeElement.innerText").startswith("Capability")


def test_tables_of_the_author_with_the_same_columns_share_their_controls(look):
    page = look("matrix.html")
    assert page.locator(".parity-tools").count() == 1
    before = page.evaluate("document.querySelector('.parity-tools ~ section').id")
    assert before == "first"
    bar = tools(page)
    assert bar.get_by_role("status").inner_text() == "5 of 5 shown"
    chips = bar.locator(".parity-chip").all_inner_texts()
    assert [chip.split() for chip in chips] == [
        ["✔", "parity_green", "3"],
        ["🟡", "Partial", "1"],
        ["○", "Planned", "1"],
    ]
    bar.get_by_label("Search").fill("zoe")
    assert shown(page, 0) == ["Ticks"]
    assert not page.locator("#second").is_visible()
    bar.get_by_label("Search").fill("nobody")
    assert page.get_by_text("No row matches.").is_visible()
    assert not page.locator("h2").first.is_visible()
    page.evaluate("location.hash = '#second'")
    page.wait_for_timeout(50)
    assert shown(page, 1) == ["Backfills", "Archive"]
    bar.get_by_label("Search").fill("zoe")

    bar.get_by_role("button", name="Clear").click()
    button(page, "Owner", 1).click()
    assert shown(page, 1) == ["Backfills", "Archive"]
    # A heading row keeps what stands below it, and an empty cell comes last.
    assert shown(page, 0) == ["Ticks", "Later", "Sensors", "Cursors"]
    bar.get_by_role("button", name="Partial").click()
    assert shown(page, 0) == ["Later", "Sensors"]


def test_pages_and_groups_of_a_collected_table(look):
    page = look("collected.html")
    pages = page.locator(".parity-pages")
    assert shown(page) == [f"EX-{number}" for number in range(1, 6)]
    assert pages.get_by_role("button", name="Previous").is_disabled()
    pages.get_by_role("button", name="Next").click()
    pages.get_by_role("button", name="Next").click()
    assert shown(page) == ["EX-11", "EX-12"]
    assert "Page 3 of 3" in pages.inner_text()
    assert pages.get_by_role("button", name="Next").is_disabled()
    tools(page).get_by_label("Search").fill("thing 7")
    assert shown(page) == ["EX-7"]
    assert not pages.is_visible()
    tools(page).get_by_label("Search").fill("")
    pages.get_by_role("button", name="Show all").click()
    assert len(shown(page)) == 12

    tools(page, 1).get_by_role("button", name="Planned").click()
    assert shown(page, 1) == ["Second", "Backfills"]


def test_each_table_keeps_its_choice_in_the_address(look):
    page = look("collected.html?kept=x#collected")
    tools(page).get_by_label("Search").fill("thing")
    tools(page).get_by_role("button", name="Deferral").click()
    button(page, "ID").click()
    button(page, "ID").click()
    tools(page, 1).get_by_label("Search").fill("arch")
    settle(page)
    assert query(page) == {
        "kept": "x",
        "parity-exceptions-collected.q": "thing",
        "parity-exceptions-collected.is": "type-deferral",
        "parity-exceptions-collected.sort": "-1",
        "parity-matrix-collected.q": "arch",
    }
    assert page.url.endswith("#collected")

    page.reload()
    assert shown(page) == ["EX-11", "EX-8", "EX-5", "EX-2"]
    assert shown(page, 1) == ["Second", "Archive"]
    assert tools(page).get_by_label("Search").input_value() == "thing"
    tools(page).get_by_role("button", name="Clear").click()
    settle(page)
    assert "parity-exceptions-collected.q" not in query(page)


def test_nonsense_in_the_address_is_left_alone(look):
    page = look(
        "collected.html?parity-exceptions-collected.sort=99&parity-exceptions-collected.is=x&parity-exceptions-collected.page=-4#%E0%A4%A"
    )
    assert shown(page) == [f"EX-{number}" for number in range(1, 6)]


@pytest.mark.parametrize("theme", THEMES)
def test_a_permalink_shows_its_row_whatever_is_hidden(look, theme):
    page = look("register.html?table1.q=nothing", theme=theme)
    assert shown(page) == []
    page.evaluate("location.hash = '#exception-EX-7'")
    page.wait_for_timeout(50)
    assert shown(page) == ["EX-7"]
    row = page.locator("#exception-EX-7")
    assert "parity-target" in row.get_attribute("class")
    assert row.evaluate("(row) => row.matches(':target')")
    link = row.get_by_role("link", name="Link to EX-7")
    assert link.evaluate("(one) => getComputedStyle(one).opacity") == "0"
    link.focus()
    assert link.evaluate("(one) => getComputedStyle(one).opacity") == "1"

    other = look("collected.html#parity-exceptions-collected-EX-12", theme=theme)
    assert shown(other) == ["EX-11", "EX-12"]
    box = other.locator("#parity-exceptions-collected-EX-12").bounding_box()
    assert 0 < box["y"] < 720


def test_long_paths_break_at_their_joints_and_stay_the_same_text(look):
    page = look("parity/dagster-parity-matrix.html", "example")
    code = page.locator("table.parity-matrix code", has_text="asset.rs:8").first
    assert code.text_content() == "crates/arco-flow-core/src/asset.rs:8"
    assert code.locator("wbr").count() == 4


def test_paper_has_all_rows_in_order_and_no_controls(look):
    page = look("collected.html?parity-exceptions-collected.sort=-1")
    assert len(shown(page)) == 5
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert shown(page) == [f"EX-{number}" for number in range(12, 0, -1)]
    assert not tools(page).is_visible()
    assert not page.locator(".parity-pages").first.is_visible()
    assert page.locator("caption").first.bounding_box()["height"] > 10


def test_without_the_script_the_page_is_complete(look):
    page = look("collected.html", java_script_enabled=False)
    assert page.locator(".parity-tools").count() == 0
    assert page.locator("table.parity-exceptions tbody tr").count() == 12
    assert page.locator("table.parity-exceptions tbody tr").last.is_visible()
    assert page.locator("caption").first.is_visible()


def test_a_narrow_screen_does_not_scroll_sideways(look):
    for name in ("register.html", "collected.html", "matrix.html", "claims.html"):
        page = look(name, viewport={"width": 390, "height": 844})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, name
