"""The pipeline board in a browser: by mouse, by keyboard, on a phone, and without script."""

import pytest
from playwright.sync_api import Page, expect

from leads.models import Lead, Stage
from tests.factories import leads, people, scores

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def workspace(transactional_db):
    return people.workspace("Northwind")


@pytest.fixture
def rep(workspace, login):
    user = people.rep(workspace, user=people.user("rosa@northwind.example", first_name="Rosa", last_name="Lind"))
    login(user)
    return user


@pytest.fixture
def lead(workspace, rep) -> Lead:
    company = leads.company(workspace, "Halden Retail")
    made = leads.lead(workspace, "Mira Sandoval", company=company, owner=rep)
    scores.score(made, "A+")
    for number in range(21):
        leads.lead(workspace, f"Person {number:02}", company=company)
    won = Stage.objects.of(workspace).get(key="won")
    leads.lead(workspace, "Ines Calloway", company=company, stage=won, deal_value=12_000, deal_currency="EUR")
    return made


def column(page: Page, name: str):
    return page.get_by_role("region", name=name, exact=True)


def stage_of(lead: Lead) -> str:
    return Lead.objects.values_list("stage__key", flat=True).get(pk=lead.pk)


def test_board_is_good_everywhere(ui: Page, lead, assert_good_everywhere):
    ui.goto("/pipeline/")
    expect(column(ui, "Won")).to_contain_text("12,000 EUR")

    assert_good_everywhere(ui)


def test_card_is_dragged_and_the_move_taken_back(ui: Page, lead):
    ui.goto("/pipeline/")

    ui.get_by_role("link", name="Mira Sandoval").drag_to(column(ui, "Meeting"))

    expect(column(ui, "Meeting").get_by_role("link", name="Mira Sandoval")).to_be_visible()
    expect(ui.get_by_role("status")).to_have_text("Mira Sandoval moved to Meeting.")
    ui.get_by_role("button", name="Undo").click()
    expect(column(ui, "New").get_by_role("link", name="Mira Sandoval")).to_be_visible()
    assert stage_of(lead) == "new"


def test_card_is_moved_by_keyboard_and_keeps_the_focus(ui: Page, lead):
    ui.goto("/pipeline/")
    ui.keyboard.press("j")

    expect(ui.get_by_role("link", name="Mira Sandoval")).to_be_focused()
    for name in ("Working", "Meeting"):
        ui.keyboard.press("]")
        expect(column(ui, name).get_by_role("link", name="Mira Sandoval")).to_be_focused()
    ui.keyboard.press("[")

    expect(column(ui, "Working").get_by_role("link", name="Mira Sandoval")).to_be_focused()
    ui.evaluate("delete document.body.dataset.keys")  # as where they are switched off
    ui.keyboard.press("]")
    expect(ui.locator(".moving")).to_have_count(0)
    assert stage_of(lead) == "working"


def test_disqualifying_asks_for_the_reason(ui: Page, lead, assert_accessible):
    ui.goto("/pipeline/")
    ui.get_by_role("button", name="Move Mira Sandoval").press("Enter")
    ui.get_by_role("button", name="Disqualified").press("Enter")
    dialog = ui.get_by_role("dialog", name="Disqualify Mira Sandoval")
    expect(dialog.get_by_label("Reason")).to_be_focused()

    dialog.get_by_role("button", name="Disqualify").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Say why")
    assert_accessible(ui)
    dialog.get_by_label("Reason").fill("Too small")
    dialog.get_by_role("button", name="Disqualify").click()

    expect(dialog).to_be_hidden()
    expect(column(ui, "Disqualified")).to_contain_text("Too small")


def test_won_may_take_a_value_and_cancel_moves_nothing(ui: Page, lead):
    ui.goto("/pipeline/")
    dialog = ui.get_by_role("dialog", name="Won: Mira Sandoval")
    ui.get_by_role("link", name="Mira Sandoval").drag_to(column(ui, "Won"))
    dialog.get_by_role("button", name="Cancel").click()
    expect(column(ui, "New").get_by_role("link", name="Mira Sandoval")).to_be_visible()
    ui.get_by_role("link", name="Mira Sandoval").drag_to(column(ui, "Won"))

    dialog.get_by_label("Deal value").fill("500")
    dialog.get_by_role("button", name="Mark as won").click()

    expect(column(ui, "Won").get_by_role("heading", name="Won")).to_be_visible()
    expect(column(ui, "Won")).to_contain_text("12,500 EUR")


def test_more_cards_come_and_stay_after_a_move(ui: Page, lead):
    ui.goto("/pipeline/?owner=")
    cards = column(ui, "New").locator("[data-card]")
    expect(cards).to_have_count(20)

    column(ui, "New").get_by_role("link", name="Show more in New").click()
    expect(cards).to_have_count(22)
    expect(cards.nth(20).get_by_role("link")).to_be_focused()
    ui.get_by_role("link", name="Mira Sandoval").press("]")

    expect(cards).to_have_count(21)


def test_filters_follow_what_is_typed(ui: Page, lead):
    ui.goto("/pipeline/")

    ui.get_by_role("searchbox").fill("mira")

    expect(ui.locator("[data-card]")).to_have_count(1)
    expect(ui.get_by_role("status")).to_have_text("1 lead on the board")
    ui.get_by_role("radio", name="Mine").check()
    ui.wait_for_url("**/pipeline/?q=mira&owner=me")


def test_phone_shows_one_column_and_its_tab(ui: Page, lead):
    ui.set_viewport_size(PHONE)
    ui.goto("/pipeline/")
    tabs = ui.get_by_role("navigation", name="Stages")
    expect(column(ui, "New")).to_be_in_viewport()
    expect(column(ui, "Won")).not_to_be_in_viewport()

    tabs.get_by_role("link", name="Won").click()

    expect(column(ui, "Won")).to_be_in_viewport()
    expect(tabs.get_by_role("link", name="Won")).to_have_attribute("aria-current", "true")
    ui.get_by_role("button", name="Move Ines Calloway").click()
    ui.get_by_role("button", name="Lost").click()
    expect(column(ui, "Lost").locator("[data-card]")).to_have_count(1)
    expect(column(ui, "Won")).to_be_in_viewport()
    Lead.objects.filter(stage__key="new").update(stage=Stage.objects.get(key="working"))
    ui.goto("/pipeline/")
    expect(column(ui, "Working")).to_be_in_viewport()


def test_board_works_without_script(lead, bare: Page):
    bare.goto("/pipeline/")
    bare.get_by_role("radio", name="Mine").check()
    bare.get_by_role("button", name="Apply").click()

    bare.get_by_role("button", name="Move Mira Sandoval").click()
    bare.get_by_role("button", name="Disqualified").click()
    bare.get_by_label("Reason").fill("Too small")
    bare.get_by_role("button", name="Disqualify").click()

    expect(bare.get_by_role("main")).to_contain_text("Mira Sandoval moved to Disqualified.")
    assert "owner=me" in bare.url
    bare.get_by_role("button", name="Undo").click()
    expect(bare.get_by_role("main")).to_contain_text("Mira Sandoval is back in New.")
