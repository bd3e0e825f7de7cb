"""The states of pages that somebody has to bring about, each by what people press and type."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.pictures.camera import Shot, settle

LEAD_TABS = ("people", "signals", "activity", "data")


def shots(lead: str, company: str, run: str) -> list[Shot]:
    """Of the first lead, company and run, by their addresses."""
    return [
        Shot("lead", lead),
        *(Shot(f"lead-{tab}", f"{lead}?tab={tab}") for tab in LEAD_TABS),
        Shot("lead-trend", f"{lead}score/trend/"),
        Shot("company", company),
        Shot("company-mail", f"{company}dns/"),
        Shot("run", run),
        Shot("exclusions", f"{run}left-out/"),
        Shot("peek", "/leads/", peek),
        Shot("peek-and-bulk", "/leads/", peek_and_ticked),
        Shot("filters", "/leads/", filters),
        Shot("columns", "/leads/", columns, only=""),
        Shot("palette", "/leads/", palette),
        Shot("menu", "/", menu, only="-phone-dark"),
        Shot("user-menu", "/", user_menu, only=""),
        Shot("keys-dialog", "/leads/", lambda page: page.keyboard.press("?"), only=""),
        Shot("export", "/leads/", export),
        Shot("verify", "/leads/", verify),
        Shot("builder-sentence", "/searches/new/", sentence),
        Shot("builder-nothing", "/searches/new/", nothing_matches),
        Shot("builder-short", "/searches/new/", short_of_credits),
        Shot("builder-wrong", "/searches/new/", wrong_numbers),
        Shot("suppression-wrong", "/suppressions/", wrong_suppression),
        Shot("laboratory-review", "/scoring/lab/", review),
    ]


def peek(page: Page) -> None:
    page.locator("tbody a.identity").first.click()
    expect(page.get_by_role("list", name="The ten factors")).to_be_visible()


def tick(page: Page, number: int = 3) -> None:
    for each in page.locator("tbody input[name=lead]").all()[:number]:
        each.check()


def peek_and_ticked(page: Page) -> None:
    tick(page)
    if page.viewport_size and page.viewport_size["width"] > 1000:
        peek(page)


def filters(page: Page) -> None:
    page.get_by_role("button", name="Add filter").click()


def columns(page: Page) -> None:
    page.get_by_role("button", name="Columns").first.click()


def palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("ma")
    expect(page.locator("#palette-found a").first).to_be_visible()


def menu(page: Page) -> None:
    page.get_by_role("button", name="Menu").click()


def user_menu(page: Page) -> None:
    page.locator("[popovertarget=user-menu]").first.click()


def export(page: Page) -> None:
    tick(page)
    page.locator("#bulk").get_by_role("button", name="Export").click()


def verify(page: Page) -> None:
    tick(page)
    page.locator("#bulk").get_by_role("button", name="Verify").click()


def say(page: Page, sentence: str) -> None:
    page.get_by_label("Describe whom you want", exact=True).fill(sentence)
    page.get_by_role("button", name="Fill in").click()
    settle(page)


def sentence(page: Page) -> None:
    say(page, "vice presidents of marketing at retailers in France with 50 to 500 people, no agencies, riding unicorns")


def nothing_matches(page: Page) -> None:
    say(page, "vice presidents of legal at breweries in Switzerland founded after 2015")


def most_leads(page: Page, number: int) -> None:
    page.locator("#id_most_leads").fill(str(number))
    with page.expect_response("**/searches/estimate/**"):
        page.locator("#id_most_leads").press("Tab")
    settle(page)
    page.evaluate("scrollTo(0, 0)")


def short_of_credits(page: Page) -> None:
    say(page, "companies in Europe")
    most_leads(page, 2000)


def wrong_numbers(page: Page) -> None:
    page.locator("#id_employees_min").fill("500")
    page.locator("#id_employees_max").fill("50")
    page.locator("#id_employees_max").press("Control+Enter")
    expect(page.get_by_role("alert").first).to_be_visible()
    page.evaluate("scrollTo(0, 0)")


def wrong_suppression(page: Page) -> None:
    page.get_by_label("Value", exact=True).fill("not an address")
    page.get_by_role("button", name="Add to the list").click()
    settle(page)


def review(page: Page) -> None:
    page.get_by_label("Potential", exact=True).fill("30")
    expect(page.locator("#lab-sum")).to_contain_text("15 too many")
    page.get_by_role("button", name="Balance").click()
    expect(page.locator("#lab-sum")).to_contain_text("add up to 100")
    page.get_by_role("button", name="Review and publish").click()
    expect(page.get_by_role("button", name="Publish").first).to_be_visible()
