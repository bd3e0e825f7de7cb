"""Takes the pictures of docs/screenshots: `make run` in one terminal, `make screenshots` in another.

It needs a sample with leads (`make walk` gives 25) and drives its own pages, at the address that `make run` noted or
at the one given. It spends at most 90 credits, and opens a second workspace for the pages that have nothing to show.
Where pngquant is on the machine (`apt-get install pngquant`), pictures have fewer colours and a third of the size.
"""

import os
import shutil
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.pictures import lists, pages, states, work
from tests.pictures.camera import ARGUMENTS, HOME, Camera, Shot

FOLDER = Path("docs/screenshots")
EMPTY = ("create_workspace", "Second team", "--slug", "second-team", "--owner", "ops@sample.example", "--sample")
LISTED = ("/leads/", "/companies/", "/runs/")


def main(asked: Namespace) -> None:
    asked.folder.mkdir(parents=True, exist_ok=True)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*ARGUMENTS, *sandbox])
        camera = Camera(browser, asked.address, asked.folder, asked.only, is_whole=asked.whole)
        at_the_door(camera)
        as_manager(camera)
        as_others(camera)
        browser.close()


def at_the_door(camera: Camera) -> None:
    windows = camera.windows("")
    camera.take(windows, Shot("sign-in", "/sign-in/"))
    camera.take(windows, Shot("sign-in-wrong", "/sign-in/", wrong_pair))
    camera.take(windows, Shot("forgot", "/password/reset/"))


def wrong_pair(page: Page) -> None:
    page.get_by_label("E-mail").fill("nobody@sample.example")
    page.get_by_label("Password", exact=True).fill("not my password")
    page.get_by_role("button", name="Sign in").click()


def as_manager(camera: Camera) -> None:
    windows = camera.windows("manager")
    for shot in [*pages.shots(pages.MANAGERS), *states.shots(*(first_of(windows[""], path) for path in LISTED))]:
        camera.take(windows, shot)
    work.shots(camera, windows)
    lists.shots(camera, windows)


def first_of(page: Page, listed: str) -> str:
    """The address of the first that a list has."""
    page.goto(listed)
    return str(page.locator(f"tbody a[href^='{listed}']").first.get_attribute("href"))


def as_others(camera: Camera) -> None:
    """A rep, and staff whose workspace is empty."""
    subprocess.run([sys.executable, "manage.py", *EMPTY], capture_output=True, check=False)  # it is there the next time
    for role, addresses in (("rep", pages.REPS), ("ops", pages.STAFFS)):
        windows = camera.windows(role)
        for shot in pages.shots(addresses):
            if shot.name.startswith("empty-") and camera.wants(shot.name):
                go_to_second_team(windows)
            camera.take(windows, shot)


def go_to_second_team(windows: dict[str, Page]) -> None:
    """Whoever is staff has both workspaces, and comes into the sample."""
    for page in windows.values():
        page.goto("/notifications/")
        if not page.locator("#workspace-menu [aria-current]", has_text="Second team").count():
            page.locator("#workspace-menu button", has_text="Second team").evaluate("(button) => button.click()")
            page.wait_for_load_state()


def read(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(description="Takes pictures of the running sample.")
    parser.add_argument("address", nargs="?", default=None)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--only", nargs="+", default=(), metavar="NAME", help="those whose names begin so")
    parser.add_argument("--whole", action="store_true", help="pages down to their ends, not what a window shows")
    asked = parser.parse_args(arguments)
    asked.address = asked.address or (HOME / "up").read_text().split()[-1]
    return asked


if __name__ == "__main__":
    main(read(sys.argv[1:]))
