"""A strict content security policy, and a browser that may not change the address."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

THEMES = ["alabaster", "furo", "pydata_sphinx_theme", "sphinx_rtd_theme"]
LISTEN = """addEventListener('securitypolicyviolation', (event) =>
  (window.refused ||= []).push(`${event.sourceFile} ${event.violatedDirective} ${event.sample}`));"""


@pytest.mark.parametrize("theme", THEMES)
def test_our_pages_break_no_rule_of_a_strict_policy(chromium, sites, serve, theme):
    base = serve(sites.get("small", theme))
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    failures: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.add_init_script(LISTEN)
    # What a theme does itself on a page without anything of ours.
    page.goto(f"{base}/plain.html")
    theirs = page.evaluate("(window.refused || []).length")
    page.goto(f"{base}/collected.html")
    page.locator(".parity-tools input").first.fill("thing 3")
    page.locator("th button").first.click()
    page.wait_for_timeout(250)
    rows = page.locator("table.parity-exceptions tbody tr:not([hidden]):not(.parity-below)")
    assert rows.count() == 1
    assert page.url.endswith(
        "parity-exceptions-collected.q=thing+3&parity-exceptions-collected.sort=1"
    )
    refused = page.evaluate("window.refused || []")
    assert len(refused) == theirs, refused
    assert not [one for one in refused if "parity." in one]
    assert all(url.startswith((base, "data:")) for url in asked)
    assert failures == []
    context.close()


def test_a_browser_that_forbids_new_addresses_still_filters(chromium, sites):
    context = chromium.new_context()
    context.add_init_script(
        "History.prototype.replaceState = () => { throw new Error('forbidden'); }"
    )
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(sites.get("small", "alabaster").as_uri() + "/register.html")
    page.locator(".parity-tools input").fill("thing 3")
    page.wait_for_timeout(250)
    rows = page.locator("table.parity-table tbody tr:not([hidden]):not(.parity-below)")
    assert rows.count() == 1
    assert failures == []
    context.close()
