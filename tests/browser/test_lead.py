"""The page of a lead: good in both themes at both widths, by mouse, by keyboard alone, and without script."""

import re

import pytest
from playwright.sync_api import Page, expect

from leads.models import Activity, Lead
from tests.browser.conftest import at_rest
from tests.factories import leads, people, providers, scores

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def workspace():
    return people.workspace("Northern Sales", credits=10, is_sample=True)


@pytest.fixture
def rep(workspace, login):
    user = people.rep(workspace)
    login(user)
    return user


@pytest.fixture
def lead(workspace) -> Lead:
    """Known by two sources that disagree on her title; a colleague is known too, and somebody elsewhere."""
    company = leads.company(workspace, "Halden Retail", industry="retail", technologies=["SAP"])
    made = leads.lead(
        workspace, "Mira Sandoval", company=company, email="mira@halden.example", phone="+4930123456", country="DE"
    )
    scores.score(made, "A", 82)
    scores.score(leads.lead(workspace, "Bo Colleague", company=company), "B", 70)
    scores.score(leads.lead(workspace, "Cy Elsewhere"), "C", 50)
    leads.evidence(made, "title")
    leads.evidence(made, "title", value="Chief Revenue Officer", source="file", is_current=False)
    leads.signal(company)
    leads.activity(made, text="Asked for a call in May")
    return made


def loaded(page: Page) -> None:
    """The score card and what it advises have arrived."""
    expect(page.get_by_role("list", name="The ten factors")).to_be_visible()
    expect(page.get_by_role("heading", name="Next actions")).to_be_visible()


def test_lead_is_good_everywhere(ui: Page, rep, lead, assert_good_everywhere):
    """Without an address, so that one can be looked for; test_email_check.py has one with."""
    Lead.objects.filter(pk=lead.pk).update(email="")
    providers.key(lead.workspace, "hunter")
    providers.key(lead.workspace, "twilio", "AC1:a-token")
    ui.goto(f"/leads/{lead.pk}/")
    loaded(ui)
    expect(ui.get_by_role("button", name="Find an e-mail · 0.5 credits + 1 Hunter credit")).to_be_visible()
    expect(ui.get_by_role("button", name="Look up the line · 2 credits")).to_be_visible()

    assert_good_everywhere(ui)


def test_data_tab_is_good_everywhere(ui: Page, rep, lead, assert_good_everywhere):
    """The last tab is in its strip on a phone, and the page stays at its top."""
    ui.set_viewport_size({"width": 390, "height": 844})
    ui.goto(f"/leads/{lead.pk}/?tab=data")
    at_rest(ui)
    tab, strip = ui.locator(".tabs [aria-current]").bounding_box(), ui.locator(".tabs").bounding_box()
    assert ui.evaluate("scrollY") == 0
    assert tab["x"] + tab["width"] <= strip["x"] + strip["width"] + 1

    assert_good_everywhere(ui)


def test_stage_is_changed_told_and_taken_back(ui: Page, rep, lead):
    ui.goto(f"/leads/{lead.pk}/")
    loaded(ui)

    ui.get_by_label("Stage", exact=True).select_option("won")
    expect(ui.get_by_label("Deal value")).to_be_visible()
    expect(ui.locator("#lead-timeline")).to_contain_text("New → Won")
    ui.locator(".toast").get_by_role("button", name="Undo").click()

    expect(ui.get_by_label("Deal value")).to_have_count(0)
    expect(ui.get_by_label("Stage", exact=True)).to_have_value("new")


def test_what_is_half_typed_outlives_a_change_of_the_stage(ui: Page, rep, lead):
    ui.goto(f"/leads/{lead.pk}/")
    loaded(ui)
    typed = {"Add a tag": "Ho", "Add a list": "Fai", "Note": "Asked for"}
    for label, text in typed.items():
        ui.get_by_label(label).fill(text)

    ui.get_by_label("Stage", exact=True).select_option("working")
    expect(ui.locator("#lead-timeline")).to_contain_text("New → Working")

    for label, text in typed.items():
        expect(ui.get_by_label(label)).to_have_value(text)
    ui.get_by_label("Add a tag").press("Enter")
    expect(ui.get_by_role("button", name="Take off Ho")).to_be_visible()
    expect(ui.get_by_label("Add a tag")).to_have_value("")
    expect(ui.get_by_label("Add a list")).to_have_value("Fai")


def test_disqualifying_asks_why_where_one_is(ui: Page, rep, lead):
    ui.goto(f"/leads/{lead.pk}/")
    loaded(ui)

    ui.get_by_label("Stage", exact=True).select_option("disqualified")
    expect(ui.get_by_label("Why is it disqualified?")).to_be_focused()
    ui.keyboard.type("Too small")
    ui.keyboard.press("Enter")

    expect(ui.locator(".toast")).to_contain_text("Stage: Disqualified")
    lead.refresh_from_db()
    assert lead.outcome_reason == "Too small"


def test_lead_by_keyboard(ui: Page, rep, lead, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    ui.goto("/leads/")
    ui.get_by_role("link", name=re.compile("Mira Sandoval")).first.press("o")
    expect(ui.get_by_role("heading", level=1)).to_have_text("Mira Sandoval")
    loaded(ui)

    ui.keyboard.press("c")
    expect(ui.locator(".toast")).to_contain_text("Copied")
    assert ui.evaluate("navigator.clipboard.readText()") == "mira@halden.example"
    ui.keyboard.press("5")
    expect(ui).to_have_url(re.compile("tab=data"))
    ui.go_back()
    expect(ui.get_by_role("heading", name="Contact and company")).to_be_visible()
    loaded(ui)
    ui.keyboard.press("j")
    expect(ui.get_by_role("heading", level=1)).to_have_text("Bo Colleague")
    loaded(ui)
    ui.keyboard.press("k")
    expect(ui.get_by_role("heading", level=1)).to_have_text("Mira Sandoval")


def test_keys_are_letters_while_somebody_types(ui: Page, rep, lead):
    ui.goto(f"/leads/{lead.pk}/?tab=activity&from=sort%3Dscore")

    ui.get_by_label("Note").press_sequentially("jk5c")

    expect(ui.get_by_label("Note")).to_have_value("jk5c")
    expect(ui.get_by_role("heading", level=1)).to_have_text("Mira Sandoval")


def test_note_is_added_and_taken_back(ui: Page, rep, lead):
    ui.goto(f"/leads/{lead.pk}/?tab=activity")

    ui.get_by_label("What", exact=True).select_option("call")
    ui.get_by_label("Note").fill("Left a message")
    ui.get_by_role("button", name="Add to the timeline").click()
    expect(ui.locator("#lead-timeline")).to_contain_text("Left a message")
    expect(ui.locator("#tab-activity-count")).to_have_text(str(Activity.objects.filter(lead=lead).count()))
    expect(ui.get_by_label("Note")).to_have_value("")
    ui.locator(".toast").get_by_role("button", name="Undo").click()

    expect(ui.locator("#lead-timeline")).not_to_contain_text("Left a message")


def test_call_is_logged_with_outcome_and_day_by_keyboard(ui: Page, rep, lead):
    ui.goto(f"/leads/{lead.pk}/?tab=activity")
    loaded_card = ui.locator("#score-card")
    expect(ui.get_by_label("Outcome of the call")).to_be_hidden()
    at_rest(ui)

    ui.get_by_label("What", exact=True).focus()
    ui.keyboard.type("Call")
    ui.get_by_label("When").fill("2026-05-03")
    ui.get_by_label("Outcome of the call").focus()
    ui.keyboard.type("Left")
    ui.get_by_role("button", name="Add to the timeline").press("Enter")

    expect(ui.locator("#lead-timeline")).to_contain_text("Call: left a message")
    expect(ui.get_by_role("button", name="Add to the timeline")).to_be_focused()
    expect(loaded_card).to_contain_text("Call: left a message on 3 May")
    made = Activity.objects.get(lead=lead, kind="call")
    assert (made.detail, made.occurred_at.date().isoformat()) == ({"outcome": "voicemail"}, "2026-05-03")


def test_who_is_right_is_decided(ui: Page, rep, lead):
    ui.goto(f"/leads/{lead.pk}/?tab=data")

    ui.get_by_role("button", name=re.compile("Use this title: Chief Revenue Officer")).click()

    expect(ui.get_by_role("main")).to_contain_text("Chief Revenue Officer at Halden Retail")
    expect(ui.get_by_role("button", name="Undo")).to_be_visible()
    ui.keyboard.press("u")
    expect(ui.get_by_role("main")).to_contain_text("Head of Sales at Halden Retail")


def test_lead_without_script(browser, live_server, context, rep, lead):
    bare = browser.new_context(
        java_script_enabled=False, base_url=live_server.url, storage_state=context.storage_state()
    )
    page = bare.new_page()
    page.goto(f"/leads/{lead.pk}/?from=sort%3Dscore")

    page.get_by_label("Stage", exact=True).select_option("working")
    page.get_by_role("button", name="Save stage").click()
    expect(page.get_by_role("main")).to_contain_text("Stage: Working")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("main")).to_contain_text("is back in New")
    expect(page).to_have_url(re.compile("from=sort"))
    page.get_by_role("link", name=re.compile("^Activity")).click()
    page.get_by_label("Note").fill("Left a message")
    page.get_by_role("button", name="Add to the timeline").click()
    expect(page.locator("#lead-timeline")).to_contain_text("Left a message")
    page.get_by_role("link", name="Why this score?").last.click()
    expect(page.get_by_role("list", name="The ten factors")).to_be_visible()
    page.get_by_role("button", name="Score again").click()
    expect(page.get_by_role("main")).to_contain_text("Scored again")
    bare.close()
    lead.refresh_from_db()
    assert (lead.stage.key, Activity.objects.filter(lead=lead, kind="stage").count()) == ("new", 0)


def test_what_the_browser_shows_again_is_not_logged_again(browser, live_server, context, rep, lead):
    state = context.storage_state()
    bare = browser.new_context(java_script_enabled=False, base_url=live_server.url, storage_state=state)
    page = bare.new_page()
    page.goto(f"/leads/{lead.pk}/?tab=activity")
    page.get_by_label("Note").fill("Left a message")
    page.get_by_role("button", name="Add to the timeline").click()
    expect(page.locator("#lead-timeline")).to_contain_text("Left a message")

    page.go_back()
    page.get_by_label("Note").fill("Left a message")
    page.get_by_role("button", name="Add to the timeline").click()

    expect(page.get_by_role("alert")).to_contain_text("has this from you already")
    expect(page.locator("#lead-timeline").get_by_text("Left a message")).to_have_count(1)
    page.get_by_role("link", name="Leave it").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    bare.close()
