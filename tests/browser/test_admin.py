"""Ops staff work in the stock admin, in our colours, under the same strict policy as every page."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import people


@pytest.fixture
def ops(transactional_db):
    return people.user("ops@sample.example", is_staff=True, is_superuser=True)


def test_ops_sign_in_and_open_the_admin(ui: Page, ops):
    ui.goto("/admin/")

    ui.get_by_label("E-mail").fill(ops.email)
    ui.get_by_label("Password").fill(people.PASSWORD)
    ui.get_by_role("button", name="Log in").click()

    expect(ui.get_by_role("link", name="LeadEngine administration")).to_be_visible()


def test_admin_follows_our_accent_in_the_dark(ui: Page, login, ops):
    login(ops)
    ui.emulate_media(color_scheme="dark")

    ui.goto("/admin/password_change/")

    button = ui.get_by_role("button", name="Change my password")
    expect(button).to_have_css("background-color", "rgb(143, 139, 255)")
