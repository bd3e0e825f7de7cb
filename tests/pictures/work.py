"""The pictures of work under way and of what became of it: a run that is paused and stopped, a verification, a search."""

from __future__ import annotations

import re
import subprocess
import sys

from playwright.sync_api import Page, expect

from tests.pictures.camera import PATIENCE, Camera, Shot
from tests.pictures.states import most_leads, say, tick

WANTED = "companies in Europe"
SEARCH = "Manufacturers in the Nordics"
TROUBLE = (sys.executable, "-m", "tests.pictures.trouble")


def shots(camera: Camera, windows: dict[str, Page]) -> None:
    """Costs the sample at most 82 credits; each order is given once, in the first window."""
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
    camera.take(windows, Shot("search-share", "/searches/", share))


def share(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^More about")).first.click()
    page.get_by_role("link", name="Share…").first.click()
    expect(page.get_by_role("heading", name=re.compile("^Share"))).to_be_visible()


def run(camera: Camera, windows: dict[str, Page], page: Page) -> None:
    """Under way, with sources that fail, paused, asked whether to stop it, stopped; and where else a live run shows."""
    path = ended(page, "gleif", "wikidata", "mastodon")
    trouble("reopen")
    for name, where in {"run-live": path, "runs-live": "/runs/", "home-live": "/"}.items():
        camera.take(windows, Shot(name, where))
    trouble("lanes")
    camera.take(windows, Shot("run-faults", path))
    trouble("rest")
    camera.take(windows, Shot("run-paused", path))
    camera.take(windows, Shot("run-stop", path, ask_to_stop))
    page.goto(path)
    ask_to_stop(page)
    page.get_by_role("dialog").get_by_role("button", name="Stop").click()
    expect(page.get_by_role("heading", name="Receipt")).to_be_visible()
    camera.take(windows, Shot("run-stopped", path))


def failed_run(camera: Camera, windows: dict[str, Page], page: Page) -> None:
    """All its sources are lost while it is under way."""
    path = ended(page, "wikidata")
    trouble("fail")
    camera.take(windows, Shot("run-failed", path))


def ended(page: Page, *sources: str) -> str:
    """The address of a run over these sources and those that are ticked, which has what it was asked for."""
    page.goto("/searches/new/")
    say(page, WANTED)
    for source in sources:
        page.locator(f"input[name=sources][value={source}]").check()
    most_leads(page, 40)
    page.get_by_role("button", name=re.compile("^Start run")).first.click()
    page.wait_for_url(re.compile("/runs/.+"))
    expect(page.get_by_role("heading", name="Receipt")).to_be_visible(timeout=2 * PATIENCE)
    return page.url


def trouble(act: str) -> None:
    subprocess.run([*TROUBLE, act], capture_output=True, check=True)


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
