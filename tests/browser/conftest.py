"""Drives the system's Chromium: pages that must stay clean, signed-in people, and accessibility in both themes.

`ui` fails a test on script errors, policy reports and any request that leaves the machine. `login(user)` signs in.
`assert_accessible(page)` and `assert_good_everywhere(page)` are called from the tests themselves.
"""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from django.conf import settings
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests.browser.tab import PATIENCE, Tab

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs an event loop in the thread of the test

expect.set_options(timeout=PATIENCE)
HERE = Path(__file__).parent
FOLDER = f"{HERE.relative_to(settings.BASE_DIR).as_posix()}/"  # ten thousand comparisons of paths take a second
settings.STATICFILES_DIRS.append(HERE / "static")  # the address between two tests
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
NEEDS_CHROMIUM = "needs Chromium: apt-get install chromium"
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-component-update", "--disable-sync"]
UNUSED = [  # by us: renderers in stock and the address bar's pages, two processes a test
    *("SpareRendererForSitePerProcess", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"),
    # by Playwright, whose own list this one replaces
    *("PaintHolding", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "DestroyProfileOnBrowserClose"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect"),
    *("LensOverlay", "MediaRouter", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled"),
    "PreconnectToSearch",
]
QUIET.append(f"--disable-features={','.join(UNUSED)}")
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE_OPTIONS = {"runOnly": AXE_RULES, "resultTypes": ["violations"]}
OF_COLOURS = ["color-contrast", "link-in-text-block"]  # the only rules that a theme can break: it changes nothing else
AXE_OF_COLOURS = AXE_OPTIONS | {"runOnly": {"type": "rule", "values": OF_COLOURS}}
AXE_FINDS = "options => axe.run(options).then(({violations}) => ({violations}))"  # the rest is long and unread
THEMES = {"light": AXE_OPTIONS, "dark": AXE_OF_COLOURS}
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
UNDER_WAY = ".htmx-request, .htmx-added, .htmx-settling"
WIDER_BY = "(root => root ? root.scrollWidth - root.clientWidth : 1)(document.documentElement)"
LEFT_WITH = pytest.StashKey[list[str]]()  # the policy reports of a test's page, or why it could not be left
LEFT_BARE_WITH = pytest.StashKey[list[str]]()  # the same of the one without script


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks this folder's tests; without Chromium they are skipped on a laptop and fail in CI."""
    for item in items:
        if item.nodeid.startswith(FOLDER):
            item.add_marker("browser")
            if CHROMIUM is None and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason=NEEDS_CHROMIUM))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Leaves the page before the records and providers that it asks for are taken away."""
    used = getattr(item, "funcargs", {})
    if "bare_tab" in used:
        item.stash[LEFT_BARE_WITH] = _leave(used["bare_tab"])
    if "context" in used:
        item.stash[LEFT_WITH] = _leave(used["tab"])


def _leave(tab: Tab) -> list[str]:
    try:
        at_rest(tab.page)
        reports = policy_reports(tab.page)
        tab.leave()
    except (AssertionError, Error) as error:
        tab.drop()
        return [str(error)]
    return reports


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    assert CHROMIUM, NEEDS_CHROMIUM
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": [*sandbox, *QUIET]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return browser_context_args | {"reduced_motion": "reduce", "viewport": DESKTOP}


@pytest.fixture(scope="session")
def tab(browser: Browser, browser_context_args: dict, live_server) -> Iterator[Tab]:
    opened = Tab(browser, browser_context_args, live_server.url)
    yield opened
    opened.drop()


@pytest.fixture(scope="session")
def bare_tab(browser: Browser, browser_context_args: dict, live_server) -> Iterator[Tab]:
    opened = Tab(browser, browser_context_args | {"java_script_enabled": False}, live_server.url)
    yield opened
    opened.drop()


@pytest.fixture
def context(tab: Tab) -> BrowserContext:
    return tab.page.context


@pytest.fixture
def page(tab: Tab, context: BrowserContext) -> Page:
    return tab.page


@pytest.fixture
def ui(tab: Tab, page: Page, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that opens paths of the live server (`ui.goto("/leads/")`) and must stay free of complaints."""
    tab.complaints.clear()
    yield page
    assert request.node.stash[LEFT_WITH] == []
    assert tab.complaints == []


@pytest.fixture
def bare(bare_tab: Tab, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page without script; `login` signs in on it, too."""
    yield bare_tab.page
    assert request.node.stash[LEFT_BARE_WITH] == []


class Answering:
    """How many requests the live server is answering: each holds locks on tables that the end of a test empties."""

    def __init__(self) -> None:
        self.count, self._one_at_a_time = 0, threading.Lock()
        request_started.connect(self._begins, weak=False)
        request_finished.connect(self._ends, weak=False)

    def _begins(self, **_: object) -> None:
        with self._one_at_a_time:
            self.count += 1

    def _ends(self, **_: object) -> None:
        with self._one_at_a_time:
            self.count -= 1


@pytest.fixture(scope="session")
def answering() -> Answering:
    return Answering()


@pytest.fixture(autouse=True)
def all_answered(transactional_db, live_server, answering: Answering) -> Iterator[None]:
    """A browser that is gone leaves requests behind that the server still answers."""
    answering.count = 0
    yield
    end = time.monotonic() + 15
    while answering.count > 0 and time.monotonic() < end:
        time.sleep(0.01)


@pytest.fixture(scope="session")
def base_url(live_server) -> str:
    """Playwright resolves paths against it."""
    return live_server.url


@pytest.fixture
def login(context, client, live_server, request: pytest.FixtureRequest) -> Callable:
    """Signs a user in without the form: `login(user)`."""
    tabs = [request.getfixturevalue("bare_tab")] if "bare_tab" in request.fixturenames else []
    contexts = [context, *(each.page.context for each in tabs)]

    def sign_in(user) -> None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        name = settings.SESSION_COOKIE_NAME
        for each in contexts:
            each.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return sign_in


def at_rest(page: Page) -> None:
    """Waits until the page is loaded and htmx asks and settles nothing. `Page.wait_for_function` would not do: it
    evaluates its text in the page again and again, which the policy forbids."""
    page.wait_for_load_state()
    expect(page.locator(UNDER_WAY)).to_have_count(0)


def policy_reports(page: Page) -> list[str]:
    return page.evaluate("window.policyReports ?? []")


@pytest.fixture
def assert_accessible() -> Callable[..., None]:
    """Axe finds nothing on the page as it stands; policy reports are read first because axe may cause some."""

    def check(page: Page, options: dict = AXE_OPTIONS) -> None:
        assert policy_reports(page) == []
        if not page.evaluate("!!window.axe?.run"):
            page.evaluate(AXE_SCRIPT)
        result = AxeResults(page.evaluate(AXE_FINDS, options))
        assert result.violations_count == 0, result.generate_report()

    return check


@pytest.fixture
def assert_good_everywhere(assert_accessible: Callable[..., None]) -> Callable[[Page], None]:
    """The loaded page is accessible in both themes at both widths and never scrolls sideways on a phone."""

    def check(page: Page) -> None:
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            overflow = _overflow(page)
            assert overflow <= 0, f"{overflow} px too wide at {size['width']}: {_too_wide(page)}"
            for theme, options in THEMES.items():
                page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
                assert_accessible(page, options)

    return check


def _overflow(page: Page) -> int:
    """By how many px the page is wider than its window; one under way may be wider for a moment, or have no root yet."""
    pixels = 0
    for _ in range(40):
        at_rest(page)
        pixels = page.evaluate(WIDER_BY)
        if pixels <= 0:
            break
        page.wait_for_timeout(50)
    return pixels


def _too_wide(page: Page) -> list[str]:
    """The elements that stick out, to find the culprit."""
    return page.evaluate(
        "[...document.querySelectorAll('body *')]"
        ".filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)"
        ".slice(0, 5).map(e => e.tagName + '.' + e.className)"
    )
