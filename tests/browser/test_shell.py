"""The frame of every page: palette, keys, help and phone navigation, by mouse, by keyboard and without script."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import leads, people, runs


@pytest.fixture
def workspace(transactional_db):
    workspace = people.workspace("Northern Sales", credits=100)
    leads.lead(workspace, "Mira Sandoval", company=leads.company(workspace, "Halden Retail"))
    return workspace


@pytest.fixture
def rep(workspace, login):
    user = people.rep(workspace)
    runs.saved_search(workspace, name="Nordic pumps", created_by=user)
    login(user)
    return user


@pytest.fixture
def page(ui: Page, rep) -> Page:
    ui.goto("/help/")
    return ui


def test_palette_goes_to_a_page_and_to_a_lead_by_keyboard(page: Page, assert_good_everywhere):
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()
    assert_good_everywhere(page)

    page.keyboard.type("key")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Keyboard shortcuts")
    page.get_by_role("combobox").fill("zzzz")
    expect(page.get_by_text("Nothing has this name.")).to_be_visible()
    page.get_by_role("combobox").fill("mira")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Mira Sandoval")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Mira Sandoval")


def test_palette_lifts_a_person_whose_name_begins_so_above_pages_that_only_have_the_letters(page: Page, workspace):
    leads.lead(workspace, "Stemi Arden")
    page.keyboard.press("Control+k")

    page.keyboard.type("stem")
    expect(page.get_by_role("option", name="Theme of the system")).to_be_visible()

    expect(page.get_by_role("option", selected=True)).to_contain_text("Stemi Arden")
    expect(page.get_by_role("option").first).to_contain_text("Stemi Arden")


def test_palette_marks_old_hits_and_does_not_open_them_by_enter(page: Page):
    page.keyboard.press("Control+k")
    page.keyboard.type("mira")
    hit = page.get_by_role("option", name="Mira Sandoval")
    expect(hit).to_have_attribute("aria-selected", "true")

    page.route(re.compile(r"q=mirax"), lambda route: None)
    page.keyboard.type("x")

    expect(hit).to_have_attribute("aria-disabled", "true")
    expect(hit).to_have_attribute("aria-selected", "false")


def test_palette_moves_by_arrows_closes_by_esc_and_changes_the_theme(page: Page):
    page.get_by_role("link", name="Search or jump to").click()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Leads")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

    page.keyboard.press("Control+k")
    page.keyboard.type("dark")
    with page.expect_response("**/theme/"):
        page.keyboard.press("Enter")

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_keys_go_to_pages_but_not_while_somebody_types(page: Page, assert_good_everywhere):
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    assert_good_everywhere(page)
    page.keyboard.press("Escape")

    page.keyboard.press("g")
    page.keyboard.press("l")
    expect(page).to_have_url(re.compile("/leads/$"))
    page.wait_for_load_state()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("gsn?")

    expect(page.get_by_role("searchbox")).to_have_value("gsn?")
    expect(page).to_have_url(re.compile("/leads/"))


def test_keys_can_be_switched_off(page: Page):
    page.goto("/settings/display/")
    page.get_by_label("Single keys act").uncheck()
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("Saved, here and on every machine")).to_be_visible()

    page.keyboard.press("n")
    page.keyboard.press("?")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile("/settings/display/"))


def test_phone_opens_menu_and_palette(page: Page, assert_accessible):
    page.set_viewport_size({"width": 320, "height": 700})
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("link", name="Nordic pumps")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")

    page.get_by_role("banner").get_by_role("link", name="Search or jump to").click()

    expect(page.get_by_role("combobox")).to_be_focused()


def test_badges_are_renewed_when_somebody_looks_again(page: Page, workspace):
    badge = page.locator("#badge-leads")
    expect(badge).to_have_text("1 new lead, in the stage New")
    leads.lead(workspace)

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(badge).to_have_text("2 new leads, in the stage New")


def test_offline_is_told_and_ends(page: Page):
    page.wait_for_load_state("networkidle")

    page.context.set_offline(True)
    expect(page.locator("#offline")).to_be_visible()
    expect(page.locator("#live")).to_contain_text("You are offline.")

    page.context.set_offline(False)

    expect(page.locator("#offline")).to_be_hidden()
    expect(page.locator(".toast")).to_contain_text("You are online again.")


def test_without_script_search_and_keys_are_pages(bare: Page, rep):
    bare.goto("/help/")

    bare.get_by_role("link", name="Search or jump to").first.click()
    bare.get_by_role("searchbox").fill("mira")
    bare.get_by_role("button", name="Search").click()

    expect(bare.get_by_role("link", name="Mira Sandoval")).to_be_visible()
    bare.goto("/keys/")
    expect(bare.get_by_text("Switch them off")).to_be_visible()
