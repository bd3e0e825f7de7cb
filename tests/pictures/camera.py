"""The windows on the running sample, a desktop's in the light and a phone's in the dark, and the pictures of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, expect

from leadengine.signins import read_or_create

HOME = Path(os.environ.get("LEADENGINE_HOME", "var"))
ARGUMENTS = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
WINDOWS = {"": ((1440, 900), "light"), "-phone-dark": ((390, 844), "dark")}
UNDER_WAY = ".htmx-request, .htmx-settling"
PATIENCE = 30_000  # milliseconds

Step = Callable[[Page], object]

expect.set_options(timeout=PATIENCE)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: what is done on the page at `path`; in the window with the suffix `only`, or in both."""

    name: str
    path: str
    step: Step | None = None
    only: str | None = None


@dataclass(frozen=True, slots=True)
class Camera:
    """Takes the pictures whose names begin as one of `names`, all without any; `is_whole`: down to a page's end."""

    browser: Browser
    address: str
    folder: Path
    names: Collection[str] = ()
    is_whole: bool = False

    def windows(self, role: str) -> dict[str, Page]:
        """A page of that person of the sample in each window; nobody's for the role ""."""
        return {suffix: self._window(role, *window) for suffix, window in WINDOWS.items()}

    def wants(self, name: str) -> bool:
        return not self.names or name.startswith(tuple(self.names))

    def take(self, windows: dict[str, Page], shot: Shot) -> None:
        for suffix, page in windows.items():
            if self.wants(shot.name) and shot.only in (None, suffix):
                self._attempt(page, shot, suffix)

    def shoot(self, page: Page, name: str) -> None:
        settle(page)
        path = self.folder / f"{name}.png"
        page.screenshot(path=path, animations="disabled", full_page=self.is_whole)
        with_fewer_colours(path)

    def _attempt(self, page: Page, shot: Shot, suffix: str) -> None:
        with self.told(f"{shot.name}{suffix}"):
            page.goto(shot.path)
            settle(page)
            if shot.step:
                shot.step(page)
            self.shoot(page, f"{shot.name}{suffix}")

    @contextmanager
    def told(self, name: str) -> Iterator[None]:
        """A state that cannot be reached is told, and costs no other picture."""
        try:
            yield
        except (AssertionError, Error) as error:
            sys.stderr.write(f"{name} is left as it was: {str(error).splitlines()[0]}\n")

    def _window(self, role: str, size: tuple[int, int], theme: str) -> Page:
        width, height = size
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": height},
            color_scheme=theme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            has_touch=theme == "dark",
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        if role:
            sign_in(page, role)
        return page


def with_fewer_colours(path: Path) -> None:
    """A third of the size, where pngquant is on the machine; else the picture stays as it is."""
    if program := shutil.which("pngquant"):
        options = ("--force", "--strip", "--nofs", "--speed", "4", "--ext", ".png")
        subprocess.run([program, *options, "160", str(path)], check=True)


def settle(page: Page) -> None:
    """Waits until the page is there and asks for nothing more."""
    page.wait_for_load_state()
    expect(page.locator(UNDER_WAY)).to_have_count(0)


def sign_in(page: Page, role: str) -> None:
    person = next(each for each in read_or_create(HOME) if each.role == role)
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password", exact=True).fill(person.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
