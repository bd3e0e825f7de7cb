"""The tab that all browser tests share is as new for each."""

from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.tab import Tab

STATE = """() => [
  localStorage.length + sessionStorage.length, innerWidth, document.querySelectorAll(":hover").length,
  ...["print", "(prefers-color-scheme: dark)", "(forced-colors: active)", "(prefers-reduced-motion: reduce)"]
    .map((query) => matchMedia(query).matches),
]"""


def test_tab_forgets_what_a_visit_set_and_stored(ui: Page, tab: Tab):
    ui.goto("/sign-in/")
    ui.evaluate("() => { localStorage.setItem('a', 'b'); sessionStorage.setItem('a', 'b'); }")
    ui.set_viewport_size(PHONE)
    ui.emulate_media(media="print", color_scheme="dark", forced_colors="active")
    ui.get_by_label("E-mail").hover()
    ui.context.new_page()
    found = ui.evaluate(STATE)
    ui.route("**/*", lambda route: route.abort())
    ui.context.set_offline(True)

    tab.leave()

    assert min(found[0], found[2]) > 0
    assert found[3:] == [True] * 4
    assert ui.evaluate(STATE) == [0, DESKTOP["width"], 0, False, False, False, True]
    assert ui.context.cookies() == []
    assert ui.context.pages == [ui]
