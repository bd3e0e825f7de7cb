"""Sign-in, members, passwords and credits: accessible in both themes at both widths, and an invitation by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import credits, people


@pytest.fixture
def manager(transactional_db):
    workspace = people.workspace("Northern Sales", credits=100)
    credits.captured(credits.hold(workspace, 20), 7)
    people.rep(workspace)
    return people.manager(workspace)


def test_sign_in_is_good_everywhere(ui: Page, transactional_db, assert_good_everywhere):
    ui.goto("/sign-in/")

    assert_good_everywhere(ui)


@pytest.mark.parametrize("path", ["/members/", "/credits/", "/password/", "/ideal-customer/", "/nowhere/"])
def test_page_is_good_everywhere(page: Page, context, live_server, login, manager, assert_good_everywhere, path):
    login(manager)
    page.goto(path)

    assert_good_everywhere(page)


def test_member_is_invited_by_keyboard(ui: Page, login, manager):
    login(manager)
    ui.goto("/members/")

    ui.get_by_label("E-mail").focus()
    ui.keyboard.type("new.rep@sample.example")
    ui.keyboard.press("Enter")

    expect(ui.locator("input[value*='/join/']")).to_be_visible()
