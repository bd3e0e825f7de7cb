"""The bell: good in both themes at both widths, marked by keyboard, and without script."""

import re

import pytest
from playwright.sync_api import Page, expect

from billing.models import Notification
from tests.factories import notices, people, runs


@pytest.fixture
def manager(transactional_db):
    workspace = people.workspace("Northern Sales", credits=100)
    manager = people.manager(workspace)
    notices.notification(workspace, manager, title="Run 7 is finished: 115 leads", text="Pumps. 460 credits spent.")
    notices.notification(
        workspace, manager, title="Credits are low: 50 credits left", kind="credits_low", url="/credits/"
    )
    return manager


@pytest.fixture
def signed_in(ui: Page, login, manager) -> Page:
    login(manager)
    return ui


def test_bell_is_good_everywhere_and_counts_down_by_keyboard(signed_in: Page, assert_good_everywhere):
    signed_in.goto("/")
    signed_in.get_by_role("link", name=re.compile("Notifications 2 unread")).focus()
    signed_in.keyboard.press("Enter")
    expect(signed_in).to_have_url(re.compile("/notifications/$"))
    assert_good_everywhere(signed_in)

    signed_in.get_by_role("button", name="Mark read Run 7").focus()
    signed_in.keyboard.press("Enter")

    expect(signed_in.get_by_role("button", name="Mark unread Run 7")).to_be_focused()
    expect(signed_in.locator("#bell-top")).to_have_text("1 unread")
    signed_in.get_by_role("button", name="Credits are low: 50 credits left", exact=True).click()
    expect(signed_in).to_have_url(re.compile("/credits/$"))
    expect(signed_in.locator("#bell-top")).to_have_text("")


def test_choice_is_good_everywhere(signed_in: Page, assert_good_everywhere, settings):
    settings.HAS_MAIL_SERVER = True
    signed_in.goto("/settings/notifications/")
    assert_good_everywhere(signed_in)

    signed_in.get_by_label("A run is finished, by e-mail").check()
    signed_in.get_by_role("button", name="Save", exact=True).first.click()

    expect(signed_in.get_by_text("Saved: it holds for what happens from now on.")).to_be_visible()
    expect(signed_in.get_by_label("A run is finished, by e-mail")).to_be_checked()


def test_run_is_followed_by_keyboard(signed_in: Page, manager):
    run = runs.run(manager.memberships.get().workspace)
    signed_in.goto(f"/runs/{run.pk}/")
    button = signed_in.get_by_role("button", name="Notify me")

    button.focus()
    signed_in.keyboard.press("Enter")

    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    assert run.watchers.filter(user=manager).exists()


def test_all_are_marked_read_without_script(bare: Page, login, manager):
    login(manager)
    bare.goto("/notifications/")

    bare.get_by_role("button", name="Mark all read").click()

    expect(bare.get_by_text("2 notifications marked read.")).to_be_visible()
    assert not Notification.objects.unread().exists()
