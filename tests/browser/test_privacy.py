"""What is held on a person, and how long leads are kept: good in both themes at both widths, by keyboard, without script."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from leads.models import Lead
from tests.factories import leads, people


@pytest.fixture
def manager(transactional_db):
    workspace, then = people.workspace("Northern Sales"), timezone.now() - timedelta(days=365)
    zelda = leads.lead(workspace, "Zelda Okonkwo", phone="+4930123456", created_at=then, updated_at=then)
    leads.evidence(zelda, "email", observed_at=then)
    leads.activity(leads.lead(workspace, "Bo Lund"), text="Knows Zelda Okonkwo")
    return people.manager(workspace)


def test_person_is_found_looked_at_and_erased_by_keyboard(
    ui: Page, login, manager, assert_good_everywhere, assert_accessible
):
    login(manager)
    ui.goto("/settings/privacy/person/")
    assert_good_everywhere(ui)
    ui.get_by_label("Who asks").focus()
    ui.keyboard.type("(030) 12 34 56")
    ui.keyboard.press("Enter")
    expect(ui.get_by_role("heading", name="Zelda Okonkwo", exact=True)).to_be_visible()
    assert_good_everywhere(ui)

    ui.get_by_role("link", name="Erase…").press("Enter")
    question = ui.get_by_role("dialog", name="Erase Zelda Okonkwo?")
    expect(question).to_be_visible()
    ui.keyboard.press("Escape")
    expect(question).to_be_hidden()
    assert Lead.objects.living().count() == 2
    ui.keyboard.press("Enter")
    question.get_by_role("button", name="Erase Zelda Okonkwo").focus()
    ui.keyboard.press("Enter")

    expect(ui.get_by_text("Erased on request on")).to_be_visible()
    expect(ui.get_by_text("The name still stands in 1 text")).to_be_visible()
    assert_accessible(ui)


def test_number_that_falls_due_follows_the_typing(ui: Page, login, manager, assert_good_everywhere):
    login(manager)
    ui.goto("/settings/privacy/")
    field = ui.get_by_label("Days a lead is kept without a sign of life")

    field.fill("100")

    expect(ui.locator("#retention-due")).to_contain_text("1 lead falls due")
    assert_good_everywhere(ui)
    field.press("Enter")
    expect(ui.get_by_text("Saved.")).to_be_visible()
    assert manager.memberships.get().workspace.retention_days == 100


def test_all_of_it_goes_without_script(bare: Page, login, manager):
    login(manager)
    bare.goto("/settings/privacy/")
    for times in (1, 2):
        bare.get_by_label("Days a lead is kept").fill("100")
        bare.get_by_role("button", name="Save").last.click()
        expect(bare.get_by_text("would be erased. Save again" if times == 1 else "Saved.").first).to_be_visible()

    bare.goto("/settings/privacy/person/")
    bare.get_by_label("Who asks").fill("+49 30 123456")
    bare.get_by_role("button", name="Find").click()
    with bare.expect_download() as file:
        bare.get_by_role("button", name="Download everything").click()
    assert re.fullmatch(r"person-.*\.json", file.value.suggested_filename)
    bare.get_by_role("link", name="Erase…").click()
    bare.get_by_role("button", name="Erase Zelda Okonkwo").click()

    expect(bare.get_by_text("Erased on request on")).to_be_visible()
