"""Enriching leads from the list to before and after: good everywhere, and decided by keys."""

import pytest
from playwright.sync_api import Page, expect

from enrichment.models import EnrichedField, Enrichment
from leadengine.sandbox.invented_mail import greylists
from leads.models import Lead
from tests.factories import enrichments, leads, people, verification


@pytest.fixture
def workspace(transactional_db):
    made = verification.workspace(credits=100)
    clear = [each for each in (f"ada@harbour{number}.example" for number in range(12)) if not greylists(each)]
    for number, email in enumerate(clear[:7]):
        leads.lead(made, f"Ada Okafor {number}", email=email)
    return made


def decide_by_keys(ui: Page) -> None:
    """The first field, then one in whose row one is: there one stays."""
    ui.keyboard.press("a")
    expect(ui.locator(".toast")).to_contain_text("Taken over.")
    last = EnrichedField.objects.filter(state="open").order_by("pk").last()
    ui.locator(f"#field-{last.pk}").focus()
    ui.keyboard.press("r")
    expect(ui.locator(".toast").last).to_contain_text("The old value stays.")
    expect(ui.locator(f"#field-{last.pk}")).to_be_focused()
    assert EnrichedField.objects.get(pk=last.pk).state == "kept"


def test_leads_are_chosen_priced_enriched_and_decided(ui: Page, workspace, login, assert_good_everywhere):
    login(people.rep(workspace))
    ui.goto("/leads/")
    for tick in ui.locator("tbody input[name=lead]").all()[:6]:
        tick.check()
    ui.locator("#bulk").get_by_role("button", name="Enrich").click()
    expect(ui.get_by_role("heading", name="Enrich 6 leads")).to_be_visible()
    ui.get_by_label("Company by its DNS").check()
    expect(ui.locator("#cost")).to_contain_text("At most9 credits")
    assert_good_everywhere(ui)

    ui.keyboard.press("Control+Enter")
    expect(ui.get_by_role("heading", name="Enrichment of 6 leads")).to_be_visible()
    enrichments.worked_off(Enrichment.objects.get())
    expect(ui.locator("#job-progress")).to_contain_text("Done")
    expect(ui.locator("#found button", has_text="Accept all")).to_be_visible()
    assert_good_everywhere(ui)

    decide_by_keys(ui)
    assert EnrichedField.objects.filter(state="applied", field__in=["technologies", "mail_security"]).count() == 1
    assert EnrichedField.objects.filter(state="kept").count() == 1
    assert Lead.objects.filter(email_status="deliverable").exists()
