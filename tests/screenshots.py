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
    "limits": "/settings/limits/",
    "privacy": "/settings/privacy/",
    "suppressions": "/suppressions/",
    "score-feedback": "/settings/score-feedback/",
    "audit": "/settings/audit/",
    "mail-checks": "/settings/mail-checks/",
    "sources": "/sources/",
    "scoring": "/scoring/",
    "laboratory": "/scoring/lab/",
    "figures": "/scoring/figures/",
    "dashboard": "/dashboard/",
}
PAGES |= {"linkedin": "/sources/linkedin/", "enrich": "/leads/enrich/", "enrichments": "/enrichment/"}
PAGES |= {"find": "/find/?q=ma", "help": "/help/", "keys": "/keys/", "ideal": "/ideal-customer/"}
LISTED = {"run": "/runs/", "lead": "/leads/", "company": "/companies/"}
WINDOWS = {"": ((1440, 900), "light"), "-phone-dark": ((390, 844), "dark")}
ARGUMENTS = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]


def main(address: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*ARGUMENTS, *sandbox])
        for suffix, ((width, height), theme) in WINDOWS.items():
            page = signed_in(browser, address, width=width, height=height, theme=theme, shot=f"sign-in{suffix}")
            for name, path in PAGES.items():
                take(page, path, f"{name}{suffix}")
            take_first_of_each(page, suffix)
            take_export(page, f"export{suffix}")
            take_styleguide(browser, address, f"styleguide{suffix}", width=width, height=height, theme=theme)
        browser.close()


def take_first_of_each(page: Page, suffix: str) -> None:
    """The first run with whom it left out, the first lead, the first company, and the first list, if there is one."""
    for name, listed in LISTED.items():
        page.goto(listed)
        first = str(page.locator(f"tbody a[href^='{listed}']").first.get_attribute("href"))
        take(page, first, f"{name}{suffix}")
        if name == "run":
            take(page, f"{first}left-out/", f"exclusions{suffix}")
    page.goto("/lists/")
    lists = page.locator("tbody th a[href^='/lists/']")
    if lists.count():
        take(page, str(lists.first.get_attribute("href")), f"list{suffix}")


def take_export(page: Page, name: str) -> None:
    """Three leads ticked, and what the export of them says."""
    page.goto("/leads/")
    for tick in page.locator("tbody input[name=lead]").all()[:3]:
        tick.check()
    page.locator("#bulk").get_by_role("button", name="Export").click()
    shoot(page, name)


def take_styleguide(browser: Browser, address: str, name: str, *, width: int, height: int, theme: str) -> None:
    """The style guide, which only staff see."""
    page = signed_in(browser, address, role="ops", width=width, height=height, theme=theme)
    take(page, "/styleguide/", name)
    page.context.close()


def signed_in(
    browser: Browser, address: str, *, width: int, height: int, theme: str, role: str = "manager", shot: str = ""
) -> Page:
    """A page of somebody of the sample; `shot` names the picture of the door."""
    size = {"width": width, "height": height}
    page = browser.new_context(base_url=address, viewport=size, color_scheme=theme).new_page()  # type: ignore[arg-type]
    person = next(each for each in read_or_create(HOME) if each.role == role)
    page.goto("/sign-in/")
    if shot:
        shoot(page, shot)
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password", exact=True).fill(person.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page


def take(page: Page, path: str, name: str) -> None:
    page.goto(path)
    shoot(page, name)


def shoot(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else (HOME / "up").read_text().split()[-1])
