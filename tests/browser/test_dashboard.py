"""The managers' dashboard in a real browser: by keyboard, in both themes and widths, and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import people
from tests.scoring.dashboard.test_board import made

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def manager():
    workspace = people.workspace("Northwind")
    found = people.manager(workspace)
    made(workspace, found)
    return found


def test_period_is_chosen_by_key_and_each_number_opens_its_leads(ui, login, manager, assert_good_everywhere):
    login(manager)
    ui.goto("/dashboard/")
    assert_good_everywhere(ui)

    ui.keyboard.press("w")

    expect(ui).to_have_url(re.compile(r"period=w"))
    expect(ui.get_by_role("heading", name="Leads per day by grade")).to_be_visible()
    expect(ui.locator("#live")).to_contain_text("6 leads, 60 % A and B")
    about = ui.locator("summary", has_text="What Pipeline means")
    about.press("Enter")
    expect(ui.get_by_text("What the 3 leads may bring")).to_be_visible()
    ui.keyboard.press("Escape")
    expect(ui.get_by_text("What the 3 leads may bring")).to_be_hidden()
    expect(about).to_be_focused()
    ui.get_by_role("link", name="5", exact=True).first.press("Enter")
    expect(ui).to_have_url(re.compile(r"/leads/\?q=added"))
    expect(ui.locator("#leads tbody tr")).to_have_count(5)


def test_without_javascript_a_button_applies_and_all_is_there(bare, login, manager):
    login(manager)
    bare.goto("/dashboard/")

    bare.get_by_label("30 days").check()
    bare.get_by_label("A credit costs").fill("0.5")
    bare.get_by_role("button", name="Apply").click()

    expect(bare.get_by_role("heading", name="Leads per three days by grade")).to_be_visible()
    bare.locator("summary", has_text="What return means").click()
    expect(bare.get_by_text("at 0.5 EUR a credit")).to_be_visible()
    expect(bare.get_by_role("button", name="Print")).to_be_hidden()
