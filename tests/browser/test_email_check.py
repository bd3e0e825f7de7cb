"""Verification on the page of a lead: by mouse, by keyboard alone, without script, good in both themes at both widths."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Page, expect

from leadengine.workflows import dispatch
from leads.models import Lead
from tests.browser.conftest import at_rest
from tests.factories import people, scores, verification

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def workspace():
    return verification.workspace()


@pytest.fixture
def rep(workspace, login):
    user = people.rep(workspace)
    login(user)
    return user


def graded(workspace, status: str) -> Lead:
    lead = verification.lead(workspace, status, full_name="Mira Sandoval")
    scores.score(lead, "B", 60)
    return lead


def work() -> None:
    """A worker's turn, in a thread of its own: this one has the browser's event loop."""

    def turn() -> bool:
        try:
            return dispatch.turn(now=timezone.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as worker:
        assert worker.submit(turn).result()


def test_address_is_verified_by_keyboard_and_told(ui: Page, rep, workspace, assert_good_everywhere):
    ui.goto(f"/leads/{graded(workspace, 'undeliverable').pk}/")
    panel = ui.locator("#email-check")

    panel.get_by_role("button", name="Verify e-mail · 0.5 credits").press("Enter")
    expect(panel.get_by_role("button", name="Asking the mail server…")).to_be_focused()
    work()

    expect(panel.get_by_text("Undeliverable", exact=True)).to_be_visible()
    expect(ui.locator(".toast")).to_contain_text("E-mail undeliverable. 0.5 credits.")
    expect(ui.locator("#lead-timeline")).to_contain_text("there is no such mailbox")
    at_rest(ui)  # the verdict renews what stands on the page, this panel included
    panel.locator("summary").press("Enter")
    expect(panel.get_by_text("550 5.1.1")).to_be_visible()
    with ui.expect_response("**/email/"):
        ui.evaluate("document.body.dispatchEvent(new Event('leads-changed'))")
    at_rest(ui)
    expect(panel.get_by_text("550 5.1.1")).to_be_visible()
    expect(panel.locator("summary")).to_be_focused()
    ui.locator(".toast").get_by_role("button", name="Dismiss").click()
    assert_good_everywhere(ui)


def test_address_is_verified_without_script(bare: Page, rep, workspace):
    bare.goto(f"/leads/{graded(workspace, 'risky').pk}/")

    bare.get_by_role("link", name="Verify, or see how it was checked").click()
    bare.get_by_role("button", name="Verify e-mail · 0.5 credits").click()
    work()
    bare.get_by_role("link", name="Look again").click()

    expect(bare.get_by_text("Risky", exact=True)).to_be_visible()
    expect(bare.get_by_text("Cost nothing.")).to_be_visible()


def test_many_are_verified_from_the_list_by_keyboard(ui: Page, rep, workspace, assert_good_everywhere):
    for status in ("deliverable", "risky"):
        graded(workspace, status)
    ui.goto("/leads/?q=sandoval")
    for tick in ui.locator("tbody input[name=lead]").all():
        tick.press("Space")

    ui.get_by_role("button", name="Verify · 0.5 credits each…").press("Enter")
    ui.get_by_role("button", name="Verify e-mail · at most 1 credit").press("Enter")
    expect(ui.get_by_text("2 still to be verified.")).to_be_visible()
    work()

    expect(ui.get_by_text("Deliverable", exact=True)).to_be_visible()
    expect(ui.get_by_text("0.5 credits spent")).to_be_visible()
    assert_good_everywhere(ui)
