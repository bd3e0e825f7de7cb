"""What goes on working after a swap, after Back, and after the session is over."""

import re

import pytest
from playwright.sync_api import Page, expect

from leads.models import Lead
from tests.factories import leads, people, scores


@pytest.fixture
def rep(transactional_db, login):
    """Signed in, with three leads: Ada A, Bo B, Cem B."""
    workspace = people.workspace("Northern Sales")
    user = people.rep(workspace)
    for name, grade, total in (("Ada Lovelace", "A", 80), ("Bo Larsen", "B", 70), ("Cem Kaya", "B", 65)):
        scores.score(leads.lead(workspace, name), grade, total)
    login(user)
    return user


def rows(page: Page):
    return page.locator("[data-rows] > tr")


def test_search_goes_on_after_a_chip_was_clicked(ui: Page, rep):
    ui.goto("/leads/")
    ui.locator(".grade-link, [id^=grade-]").filter(has_text="B").first.click()
    expect(rows(ui)).to_have_count(2)

    ui.get_by_role("searchbox", name="Search leads").fill("grade:B Cem")

    expect(rows(ui)).to_have_count(1)
    expect(ui).to_have_url(re.compile("Cem"))


def test_palette_opens_after_back(ui: Page, rep):
    ui.goto("/leads/")
    ui.locator(".grade-link, [id^=grade-]").filter(has_text="B").first.click()
    expect(rows(ui)).to_have_count(2)

    ui.go_back()
    expect(rows(ui)).to_have_count(3)
    ui.wait_for_load_state("networkidle")
    ui.keyboard.press("Control+k")

    expect(ui.locator("#palette-input")).to_be_focused()


def test_each_of_two_changes_can_be_undone_and_the_last_by_key(ui: Page, rep):
    ui.goto("/leads/")
    for name in ("Ada Lovelace", "Bo Larsen"):
        stage = ui.get_by_label(f"Stage of {name}")
        stage.focus()
        stage.select_option(label="Working")
        expect(ui.locator(".toast").filter(has_text=name)).to_be_visible()

    ui.get_by_role("link", name="Skip to content").focus()
    ui.keyboard.press("u")
    expect(ui.locator("#toasts")).to_contain_text("Bo Larsen is back in New.")
    ui.locator(".toast").filter(has_text="Ada Lovelace").get_by_role("button", name="Undo").click()
    expect(ui.locator("#toasts")).to_contain_text("Ada Lovelace is back in New.")
    expect(ui.get_by_label("Stage of Ada Lovelace")).to_have_value("new")

    assert set(Lead.objects.values_list("stage__key", flat=True)) == {"new"}


def test_what_is_typed_stays_when_the_session_is_over(ui: Page, rep, context):
    ui.goto(f"/leads/{Lead.objects.first().pk}/?tab=activity")
    note = ui.get_by_label("Note").last
    note.fill("A note that took ten minutes")
    context.clear_cookies(name="sessionid")

    ui.evaluate("htmx.trigger(document.body, 'frame-due')")

    expect(ui.locator(".toast")).to_contain_text("You were signed out")
    expect(note).to_have_value("A note that took ten minutes")


def test_no_page_to_sign_in_lands_in_a_peek_or_in_suggestions(ui: Page, rep, context):
    for path, begin in (("/searches/new/", suggestions), ("/leads/", peek)):
        ui.goto(path)
        session = next(each for each in context.cookies() if each["name"] == "sessionid")
        context.clear_cookies(name="sessionid")

        begin(ui)

        expect(ui.locator("main")).to_have_count(1)
        context.add_cookies([session])


def suggestions(page: Page) -> None:
    with page.expect_response("**/sign-in/**"):
        page.get_by_role("combobox").first.press_sequentially("bre")
    page.wait_for_timeout(200)  # for what came to be put somewhere


def peek(page: Page) -> None:
    page.get_by_role("link", name="Ada Lovelace").first.click()
    expect(page.locator(".toast")).to_contain_text("You were signed out")
