"""Walks from sign-in to 25 graded leads as a new rep would: `make run` in one terminal, `make walk` in another.

Prints one JSON line: seconds, clicks and fields filled in. It spends at most 25 credits of the
sample, and needs one that has these leads still.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import time
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from leadengine.signins import read_or_create
from tests.pictures.camera import ARGUMENTS, HOME

LEADS = 25
PRICED = re.compile(f"^Start run · at most ([1-9]|1\\d|2[0-{LEADS % 10}]) credits?")
PROMISED = 120  # seconds, from sign-in to graded leads


class Walker:
    """A page, and what it took to get on with it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = self.fields = 0

    def click(self, target: Locator) -> None:
        target.first.click()
        self.clicks += 1

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).first.fill(text)
        self.fields += 1

    def press(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name))

    def follow(self, name: str) -> None:
        self.click(self.page.get_by_role("link", name=name))

    def tick(self, *labels: str) -> None:
        for label in labels:
            self.click(self.page.locator("label").filter(has=self.page.get_by_text(label, exact=True)))


def main(address: str) -> int:
    with sync_playwright() as playwright:
        arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        page = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900}).new_page()
        start = time.monotonic()
        walker = Walker(page)
        sign_in(walker)
        is_first_use = describe_customer(walker)
        graded = order(walker)
        seconds = round(time.monotonic() - start, 1)
        browser.close()
    figure = {"name": "walk", "leads": graded, "seconds": seconds, "clicks": walker.clicks, "fields": walker.fields}
    figure |= {"first_use": is_first_use, "against": f"{PROMISED} s promised"}
    sys.stdout.write(f"{json.dumps(figure)}\n")
    return int(graded < LEADS or seconds > PROMISED)


def sign_in(walker: Walker) -> None:
    rep = next(each for each in read_or_create(HOME) if each.role == "rep")
    walker.page.goto("/sign-in/")
    walker.fill("E-mail", rep.email)
    walker.fill("Password", rep.password)
    walker.press("Sign in")
    walker.page.wait_for_url("**/")


def describe_customer(walker: Walker) -> bool:
    """The first of the three steps; False when the workspace has said it before."""
    if not walker.page.get_by_role("link", name="Describe it").count():
        return False
    walker.follow("Describe it")
    walker.tick("Manufacturing", "DACH", "IT", "Director")
    walker.press("Save ideal customer")
    walker.page.wait_for_url(lambda url: "ideal" not in url)
    return True


def order(walker: Walker) -> int:
    """A search in plain words, started; the number of leads when it is done."""
    walker.follow("New search")
    walker.fill(
        "Describe whom you want", "directors in IT or engineering at manufacturers or software companies in DACH"
    )
    walker.press("Fill in")
    walker.page.wait_for_load_state("networkidle")
    walker.fill("Most leads", str(LEADS))
    walker.click(walker.page.get_by_role("button", name=PRICED))
    review = walker.page.get_by_role("link", name=re.compile("^Review "))
    review.first.wait_for(timeout=PROMISED * 1000)
    delivered = walker.page.locator(".huge").first.inner_text()
    walker.click(review)
    walker.page.locator("tbody .grade").first.wait_for()
    return int(delivered.split()[0].replace(",", ""))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else (Path(HOME) / "up").read_text().split()[-1]))
