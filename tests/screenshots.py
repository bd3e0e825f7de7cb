"""Takes the pictures of docs/screenshots: `make run` in one terminal, `make screenshots` in another.

It signs in to the sample as its manager, at the address that `make run` noted or at the one given as an argument.
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from leadengine.signins import read_or_create

HOME = Path(os.environ.get("LEADENGINE_HOME", "var"))
FOLDER = Path("docs/screenshots")
PAGES = {"home": "/", "builder": "/searches/new/", "leads": "/leads/", "credits": "/credits/", "members": "/members/"}
PAGES |= {"pipeline": "/pipeline/", "companies": "/companies/", "lists": "/lists/", "tags": "/tags/", "runs": "/runs/"}
PAGES |= {
    "searches": "/searches/",
    "settings": "/settings/",
    "display": "/settings/display/",
    "audit": "/settings/audit/",
}
PAGES |= {"find": "/find/?q=ma", "help": "/help/", "keys": "/keys/", "ideal": "/ideal-customer/"}
WINDOWS = {"": ((1440, 900), "light"), "-phone-dark": ((390, 844), "dark")}
ARGUMENTS = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]


def main(address: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*ARGUMENTS, *sandbox])
        for suffix, ((width, height), theme) in WINDOWS.items():
            page = signed_in(browser, address, width=width, height=height, theme=theme)
            for name, path in PAGES.items():
                take(page, path, f"{name}{suffix}")
            for name, listed in {"run": "/runs/", "lead": "/leads/", "company": "/companies/"}.items():
                page.goto(listed)
                take(
                    page, str(page.locator(f"tbody a[href^='{listed}']").first.get_attribute("href")), f"{name}{suffix}"
                )
        browser.close()


def signed_in(browser: Browser, address: str, *, width: int, height: int, theme: str) -> Page:
    size = {"width": width, "height": height}
    page = browser.new_context(base_url=address, viewport=size, color_scheme=theme).new_page()  # type: ignore[arg-type]
    manager = next(each for each in read_or_create(HOME) if each.role == "manager")
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(manager.email)
    page.get_by_label("Password", exact=True).fill(manager.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page


def take(page: Page, path: str, name: str) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else (HOME / "up").read_text().split()[-1])
