"""The pictures of work under way and of what became of it: a run that is paused and stopped, a verification, a search."""

from __future__ import annotations

import re
import subprocess
import sys

from playwright.sync_api import Page, expect

from tests.pictures.camera import Camera, Shot
from tests.pictures.states import most_leads, say, tick

WANTED = "companies in Europe"
SEARCH = "Manufacturers in the Nordics"


def shots(camera: Camera, windows: dict[str, Page]) -> None:
    """Costs the sample at most 182 credits; each order is given once, in the first window."""
    page = next(iter(windows.values()))
    jobs = {"search": saved_search, "run-live": run, "run-failed": failed_run, "verification": verification}
    for name, job in jobs.items():
        if camera.wants(name):
            with camera.told(name):
                job(camera, windows, page)


def saved_search(camera: Camera, windows: dict[str, Page], page: Page) -> None:
    """Saved where it is not there yet."""
    page.goto("/searches/")
    if not page.get_by_role("link", name=SEARCH).count():
        page.goto("/searches/new/")
        say(page, "manufacturers in the Nordics")
        page.locator(".save-search summary").click()
        page.locator("#id_name").fill(SEARCH)
        page.get_by_role("button", name="Save search").click()
        page.goto("/searches/")
    schedule = str(page.locator("a[href$='/schedule/']").first.get_attribute("href"))
    camera.take(windows, Shot("search", schedule.removesuffix("schedule/")))
    camera.take(windows, Shot("search-schedule", schedule))
    camera.take(windows, Shot("searches", "/searches/"))


def run(camera: Camera, windows: dict[str, Page], page: Page) -> None:
    """Under way, paused, asked whether to stop it, stopped; a list of runs with one that lives."""
    order(page, "gleif", "wikidata", "mastodon", most=90)
    expect(page.locator("#run-progress .huge")).not_to_contain_text(re.compile("^0"))
    camera.shoot(page, "run-live")
    page.get_by_role("button", name="Pause").click()
    path = page.url
    camera.take(windows, Shot("run-paused", path))
    camera.take(windows, Shot("runs-live", "/runs/"))
    camera.take(windows, Shot("home-live", "/"))
    bring_trouble("lanes")
    camera.take(windows, Shot("run-faults", path))
    bring_trouble("rest")
    camera.take(windows, Shot("run-stop", path, ask_to_stop))
    page.get_by_role("dialog").get_by_role("button", name="Stop").click()
    expect(page.get_by_role("heading", name="Receipt")).to_be_visible()
    camera.take(windows, Shot("run-stopped", path))


def failed_run(camera: Camera, windows: dict[str, Page], page: Page) -> None:
    """All its sources are lost while it is under way."""
    order(page, "wikidata", most=90)
    bring_trouble("fail")
    camera.take(windows, Shot("run-failed", page.url))


def order(page: Page, *sources: str, most: int) -> None:
    """Started with these sources beside those that are ticked."""
    page.goto("/searches/new/")
    say(page, WANTED)
    for source in sources:
        page.locator(f"input[name=sources][value={source}]").check()
    most_leads(page, most)
    page.get_by_role("button", name=re.compile("^Start run")).first.click()
    page.wait_for_url(re.compile("/runs/.+"))


def bring_trouble(act: str) -> None:
    subprocess.run([sys.executable, "-m", "tests.pictures.trouble", act], capture_output=True, check=True)


def ask_to_stop(page: Page) -> None:
    page.locator("#run-actions").get_by_role("button", name="Stop").click()


def verification(camera: Camera, windows: dict[str, Page], page: Page) -> None:
    """Of three leads' addresses: just ordered, and done."""
    page.goto("/leads/?q=email:yes")
    tick(page, 3)
    page.locator("#bulk").get_by_role("button", name="Verify").click()
    page.get_by_role("button", name=re.compile("^Verify e-mail")).click()
    page.wait_for_url(re.compile("/leads/verifications/"))
    camera.shoot(page, "verification")
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    camera.take(windows, Shot("verification-done", page.url))
