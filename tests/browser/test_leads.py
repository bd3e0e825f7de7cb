"""The list of leads by mouse, by keyboard, on a phone, and without script."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from leads import listing
from leads.models import Company, Lead
from tests.factories import leads, people, scores

WIDER_THAN_ITS_PLACE = "(place => place.scrollWidth - place.clientWidth)(document.querySelector('.lead-scroll'))"
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
NAMES = ("Ada Lovelace", "Bo Larsen", "Cem Kaya", "Dana Weber", "Eli Rossi", "Finn Haas")


@pytest.fixture
def rep(transactional_db, login):
    """Signed in, with six leads; the first has the best score."""
    workspace = people.workspace("Northern Sales", is_sample=True)
    user = people.rep(workspace, user=people.user("rosa@sample.example", first_name="Rosa", last_name="Lindqvist"))
    for number, name in enumerate(NAMES):
        lead = leads.lead(workspace, name, title="Head of Sales", phone="+4930123456", phone_valid=True)
        scores.score(lead, "A" if number < 2 else "B", 80 - number)
        leads.signal(lead.company)
    login(user)
    return user


def row(page: Page, name: str):
    return page.get_by_role("row").filter(has_text=name)


def names(page: Page) -> list[str]:
    return page.locator("[data-rows] td .two-lines > :first-child").all_inner_texts()


def test_list_with_everything_open_is_good_everywhere(ui: Page, rep, assert_good_everywhere):
    lead = Lead.objects.get(full_name="Ada Lovelace")
    ui.goto(f"/leads/?q=grade:A,B stage:new -won stage:wonn&peek={lead.pk}")
    expect(ui.get_by_role("list", name="The ten factors")).to_be_visible()
    row(ui, "Bo Larsen").get_by_role("checkbox").check()

    assert_good_everywhere(ui)

    for width in (320, 390):
        ui.set_viewport_size({"width": width, "height": 700})
        assert ui.evaluate("document.documentElement.scrollWidth") <= width
    ui.locator("#sort-score").focus()
    assert ui.locator("thead").bounding_box()["height"] > 24  # where rows are cards, ways to sort show with the focus
    Company.objects.update(name="Goldhammeradler Softwareentwicklung und Beratung GmbH")
    ui.set_viewport_size({"width": 1366, "height": 768})
    ui.goto("/leads/")
    assert ui.evaluate(WIDER_THAN_ITS_PLACE) <= 0


def test_text_chips_and_filters_are_views_of_one_query(ui: Page, rep, assert_accessible):
    ui.goto("/leads/")
    box = ui.get_by_role("searchbox", name="Search leads")

    box.fill("grade:A -bo")
    expect(ui.get_by_role("heading", name="1 lead", exact=True)).to_be_visible()
    expect(ui.get_by_role("link", name="Remove Grade: A")).to_be_visible()
    ui.get_by_role("link", name="Remove Not “bo”").click()
    expect(box).to_have_value("grade:A")
    ui.get_by_role("button", name="Add filter").click()
    ui.locator("#filter_title").fill("head of")
    ui.locator("#filter_title").press("Tab")
    expect(ui.get_by_role("button", name="Show 2 leads")).to_be_visible()
    assert_accessible(ui)

    ui.get_by_role("button", name="Show 2 leads").click()

    expect(box).to_have_value('grade:A title:"head of"')
    expect(ui.locator("#filter_title")).to_be_hidden()
    expect(ui).to_have_url(re.compile(r"/leads/\?q=grade"))


def test_lead_that_was_dwelt_on_opens_without_being_asked_for_again(ui: Page, rep):
    lead = Lead.objects.get(full_name="Bo Larsen")
    asked: list[str] = []
    ui.goto("/leads/")
    ui.on("request", lambda request: asked.append(request.url) if request.url.endswith("/peek/") else None)
    link, peek = ui.locator(f"#lead-{lead.pk}"), ui.get_by_role("complementary", name="Lead beside the list")

    with ui.expect_response(re.compile("/peek/$")):
        link.hover()
    ui.wait_for_load_state("networkidle")
    link.click()

    expect(peek.get_by_role("heading", name="Bo Larsen")).to_be_visible()
    expect(peek.get_by_role("list", name="The ten factors")).to_be_visible()
    expect(ui).to_have_url(re.compile(f"peek={lead.pk}"))
    assert len(asked) == 1


def test_keyboard_moves_peeks_ticks_and_closes(ui: Page, rep):
    ui.goto("/leads/")
    expect(ui.locator("[data-rows]")).to_be_visible()

    ui.keyboard.press("j")
    ui.keyboard.press("Enter")
    peek = ui.get_by_role("complementary", name="Lead beside the list")
    expect(peek.get_by_role("heading", name="Ada Lovelace")).to_be_visible()
    ui.keyboard.press("j")
    expect(peek.get_by_role("heading", name="Bo Larsen")).to_be_visible()
    expect(ui).to_have_url(re.compile("peek="))
    ui.keyboard.press("x")
    ui.keyboard.press("j")
    ui.keyboard.press("j")
    ui.keyboard.press("Shift+X")
    expect(ui.locator("#bulk")).to_contain_text("3 selected")

    ui.keyboard.press("Escape")

    expect(peek.get_by_role("heading", name="Dana Weber")).to_have_count(0)
    expect(row(ui, "Dana Weber").locator("a.identity")).to_be_focused()
    ui.keyboard.press("o")
    expect(ui.get_by_role("heading", level=1)).to_have_text("Dana Weber")
    expect(ui.get_by_role("list", name="The ten factors")).to_be_visible()


def test_click_anywhere_in_a_row_looks_at_the_lead(ui: Page, rep):
    ui.goto("/leads/")
    peek = ui.get_by_role("complementary", name="Lead beside the list")

    row(ui, "Bo Larsen").locator(".select").click()
    expect(row(ui, "Bo Larsen").get_by_role("checkbox")).to_be_checked()
    expect(peek.get_by_role("heading", name="Bo Larsen")).to_have_count(0)
    row(ui, "Cem Kaya").get_by_text("Cem Kaya", exact=True).last.click()

    expect(peek.get_by_role("heading", name="Cem Kaya")).to_be_visible()


def test_all_that_match_are_assigned_and_taken_back(ui: Page, rep):
    ui.goto("/leads/?q=grade:B")
    row(ui, "Cem Kaya").get_by_role("checkbox").check()
    ui.get_by_label("All 4 that match").check()
    expect(ui.locator("#bulk")).to_contain_text("4 selected")

    ui.locator("#bulk").get_by_role("button", name="Owner").click()
    ui.locator("#bulk-owner-menu").get_by_label("Owner").select_option(label="Rosa Lindqvist")
    ui.get_by_role("button", name="Assign").click()
    expect(ui.locator("#toasts")).to_contain_text("4 leads changed")
    expect(ui.locator("#bulk")).to_be_hidden()
    assert Lead.objects.filter(owner=rep).count() == 4

    ui.get_by_role("button", name="Undo").click()

    expect(ui.locator("#toasts")).to_contain_text("4 leads put back")
    expect(ui.get_by_label("Owner of Cem Kaya")).to_have_value("")
    assert Lead.objects.filter(owner=rep).count() == 0


def test_stage_is_changed_in_the_row_and_asks_why(ui: Page, rep):
    ui.goto("/leads/")
    stage = ui.get_by_label("Stage of Ada Lovelace")
    stage.focus()

    stage.select_option(label="Disqualified")
    ui.get_by_label("Why is it disqualified?").fill("Closed")
    ui.get_by_role("button", name="Disqualify").click()

    expect(stage).to_have_value("disqualified")
    ui.get_by_role("button", name="Undo").click()
    expect(stage).to_have_value("new")


def test_selection_outlives_order_and_paging_and_not_a_query(ui: Page, rep, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 4)
    ui.goto("/leads/")
    row(ui, "Cem Kaya").get_by_role("checkbox").check()

    ui.get_by_role("link", name="Next").click()
    expect(row(ui, "Eli Rossi")).to_be_visible()
    expect(ui.locator("#leads-count")).to_be_focused()
    row(ui, "Eli Rossi").get_by_role("checkbox").check()
    expect(ui.locator("#bulk")).to_contain_text("2 selected")
    ui.get_by_role("link", name="Contact").click()
    expect(ui).to_have_url(re.compile("sort=name"))
    expect(row(ui, "Cem Kaya").get_by_role("checkbox")).to_be_checked()
    expect(ui.locator("#bulk")).to_contain_text("2 selected")
    ui.get_by_role("link", name="Grade B 4 leads").click()

    expect(ui.get_by_role("heading", name="4 leads")).to_be_visible()
    expect(row(ui, "Cem Kaya").get_by_role("checkbox")).not_to_be_checked()


def test_all_that_match_stay_chosen_on_the_next_page(ui: Page, rep, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 4)
    ui.goto("/leads/")
    row(ui, "Cem Kaya").get_by_role("checkbox").check()
    ui.get_by_label("All 6 that match").check()

    ui.get_by_role("link", name="Next").click()
    expect(row(ui, "Eli Rossi")).to_be_visible()

    expect(ui.get_by_label("All 6 that match")).to_be_checked()
    expect(row(ui, "Eli Rossi").get_by_role("checkbox")).to_be_checked()
    expect(ui.locator("#bulk")).to_contain_text("6 selected")
    row(ui, "Eli Rossi").get_by_role("checkbox").uncheck()
    expect(ui.get_by_label("All 6 that match")).not_to_be_checked()
    expect(ui.locator("#bulk")).to_contain_text("5 selected")
    ui.get_by_role("link", name="Grade B 4 leads").click()
    expect(ui.get_by_role("heading", name="4 leads")).to_be_visible()
    expect(ui.locator("#bulk")).to_be_hidden()
    row(ui, "Cem Kaya").get_by_role("checkbox").check()
    ui.keyboard.press("Escape")
    expect(ui.locator("#bulk")).to_be_hidden()


def test_without_script_what_is_ticked_stays_ticked_on_every_page(browser, live_server, rep, context, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 4)
    bare = browser.new_context(
        java_script_enabled=False, base_url=live_server.url, storage_state=context.storage_state()
    )
    page = bare.new_page()
    page.goto("/leads/?q=stage:new")
    row(page, "Cem Kaya").get_by_role("checkbox").check()
    page.get_by_role("button", name="Next").click()
    row(page, "Eli Rossi").get_by_role("checkbox").check()
    page.get_by_role("button", name="Previous").click()
    expect(row(page, "Cem Kaya").get_by_role("checkbox")).to_be_checked()
    expect(page.locator("#bulk")).to_contain_text("and 1 on other pages")

    page.locator("#bulk").get_by_role("button", name="Tag", exact=True).click()
    page.locator("#bulk-tag-menu").get_by_label("Tag").fill("vip")
    page.locator("#bulk-tag-menu").get_by_role("button", name="Tag").click()

    expect(page.get_by_role("main")).to_contain_text("Tagged “vip”. 2 leads changed.")
    bare.close()


def test_stage_that_is_gone_through_by_key_is_saved_once(ui: Page, rep):
    sent = []
    ui.on("request", lambda request: sent.append(request.url) if "/row/stage/" in request.url else None)
    ui.goto("/leads/")
    stage = ui.get_by_label("Stage of Ada Lovelace")
    stage.focus()

    ui.keyboard.press("ArrowDown")
    ui.keyboard.press("ArrowDown")
    expect(stage).to_have_value("meeting")
    ui.keyboard.press("Escape")
    expect(stage).to_have_value("new")
    ui.keyboard.press("ArrowDown")
    ui.keyboard.press("ArrowDown")
    ui.keyboard.press("Enter")
    expect(ui.locator(".toast")).to_contain_text("stage: Meeting")

    assert len(sent) == 1
    ui.get_by_label("Stage of Bo Larsen").focus()
    ui.keyboard.press("ArrowDown")
    ui.keyboard.press("Tab")
    expect(ui.locator(".toast").last).to_contain_text("Bo Larsen: stage: Working")
    assert len(sent) == 2


def test_undo_is_the_next_stop_of_tab_and_the_focus_comes_back(ui: Page, rep):
    ui.goto("/leads/")
    stage = ui.get_by_label("Stage of Ada Lovelace")
    stage.focus()
    ui.keyboard.press("ArrowDown")
    ui.keyboard.press("Enter")
    undo = ui.locator(".toast").get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    expect(stage).to_be_focused()

    ui.keyboard.press("Tab")
    expect(undo).to_be_focused()
    ui.keyboard.press("Enter")

    expect(ui.locator(".toast").last).to_contain_text("Ada Lovelace is back in New.")
    expect(stage).to_have_value("new")
    expect(stage).to_be_focused()


def test_back_brings_a_list_that_works_as_before(ui: Page, rep):
    ui.goto("/leads/")
    ui.get_by_role("link", name="Grade A 2 leads").click()
    expect(ui.get_by_role("heading", name="2 leads")).to_be_visible()

    ui.go_back()
    expect(ui.get_by_role("heading", name="6 leads")).to_be_visible()
    row(ui, "Cem Kaya").get_by_role("checkbox").check()
    row(ui, "Cem Kaya").locator("a.identity").click()

    expect(ui.locator("#bulk")).to_contain_text("1 selected")
    expect(ui.get_by_role("list", name="The ten factors")).to_be_visible()
    ui.get_by_role("button", name="Clear selection").click()
    expect(ui.locator("#bulk")).to_be_hidden()


def test_columns_are_chosen_and_moved(ui: Page, rep, assert_accessible):
    ui.goto("/leads/")
    ui.get_by_role("button", name="Columns").click()
    heads = ui.get_by_role("columnheader")

    ui.get_by_label("Signal", exact=True).locator("visible=true").uncheck()
    expect(heads.filter(has_text="Signal")).to_have_count(0)
    ui.get_by_role("button", name="Move Contact left").click()
    expect(heads.nth(2)).to_contain_text("Contact")
    expect(ui.get_by_role("button", name="Move Contact left")).to_be_focused()
    ui.get_by_role("radio", name="Compact").check()
    expect(ui.locator(".lead-table")).to_have_class(re.compile("dense"))
    assert_accessible(ui)

    ui.reload()

    expect(heads.nth(2)).to_contain_text("Contact")


def test_list_that_cannot_be_loaded_offers_to_try_again(page: Page, rep):
    page.goto("/leads/")
    blocked = re.compile(r"q=ada")
    page.route(blocked, lambda route: route.abort())
    page.get_by_role("searchbox", name="Search leads").fill("ada")
    error = page.locator("#list-error")
    expect(error).to_be_visible()
    expect(page.locator(".toast")).to_have_count(0)

    page.unroute(blocked)
    error.get_by_role("button", name="Retry").click()

    expect(page.get_by_role("heading", name="1 lead", exact=True)).to_be_visible()
    expect(error).to_be_hidden()


def test_ticked_leads_leave_by_a_page_that_says_so(ui: Page, rep, assert_good_everywhere):
    ui.goto("/leads/")
    row(ui, "Cem Kaya").get_by_role("checkbox").check()
    ui.get_by_role("button", name="Export…").click()
    expect(ui.get_by_role("heading", name="Export 1 lead")).to_be_visible()
    assert_good_everywhere(ui)

    with ui.expect_download() as download:
        ui.get_by_role("button", name="Export 1 lead").click()

    assert "Cem Kaya" in Path(download.value.path()).read_text("utf-8")
    expect(ui.locator(".toast")).to_contain_text("Exported 1 lead.")
    ui.locator(".toast").get_by_role("link", name="Back to the list").click()
    expect(ui.get_by_role("heading", level=1)).to_have_text("Leads")
    expect(ui.locator(".flash")).to_have_count(0)


def test_phone_has_cards_a_sheet_of_filters_and_a_sheet_for_the_lead(ui: Page, rep, assert_accessible):
    ui.set_viewport_size(PHONE)
    ui.goto("/leads/")

    ui.get_by_role("button", name="Add filter").click()
    ui.locator("#filter_score").select_option(label="At least 75")
    ui.get_by_role("button", name="Show 6 leads").click()
    ui.get_by_role("link", name=re.compile("Grade A.*look at Ada")).click()

    title = ui.get_by_role("heading", name="Ada Lovelace")
    expect(title).to_be_focused()
    expect(ui.get_by_role("list", name="The ten factors")).to_be_visible()
    assert_accessible(ui)
    ui.get_by_role("link", name="Close Ada Lovelace").click()
    expect(title).to_have_count(0)


def test_without_script_leads_are_filtered_looked_at_and_changed(browser, live_server, rep, context):
    bare = browser.new_context(
        java_script_enabled=False, base_url=live_server.url, storage_state=context.storage_state()
    )
    page = bare.new_page()
    page.goto("/leads/")
    page.get_by_role("button", name="Add filter").click()
    page.get_by_label("Title").fill("head of")
    page.get_by_role("button", name="Show 6 leads").press("Enter")
    expect(page).to_have_url(re.compile(r"/leads/\?q=title%3A%22head\+of%22$"))
    page.get_by_role("link", name=re.compile("look at Ada")).click()
    expect(page.get_by_role("heading", name="Ada Lovelace")).to_be_visible()

    row(page, "Ada Lovelace").get_by_role("checkbox").check()
    page.locator("#bulk").get_by_role("button", name="Tag", exact=True).click()
    menu = page.locator("#bulk-tag-menu")
    menu.get_by_label("Tag").fill("vip")
    menu.get_by_role("button", name="Tag").click()
    expect(page.get_by_role("main")).to_contain_text("Tagged “vip”. 1 lead changed.")
    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_role("main")).to_contain_text("Undone for Ada Lovelace: tagged “vip”.")
    expect(page.locator(".cell-select").first).to_be_hidden()
    bare.close()


def test_key_enriches_the_selection_and_nothing_without_one(ui: Page, rep):
    ui.goto("/leads/")
    ui.keyboard.press("e")
    row(ui, "Bo Larsen").get_by_role("checkbox").check()
    expect(ui).to_have_url(re.compile("/leads/$"))

    ui.keyboard.press("e")

    expect(ui).to_have_url(re.compile("/leads/enrich/$"))
    expect(ui.get_by_role("heading", level=1)).to_contain_text("Enrich")
