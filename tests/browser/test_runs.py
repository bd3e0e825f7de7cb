"""The pages of runs: accessible in both themes at both widths, stopped by keyboard, usable without script."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from leadengine.workflows.dispatch import turn
from leads.models import Run
from tests.browser.tab import Tab
from tests.factories import people, runs
from tests.fakes.workers import provider, record, start, work_off


@pytest.fixture
def run(transactional_db, monkeypatch) -> Run:
    """Queued: 14 candidates, of whom twelve are wanted."""
    workspace = people.workspace("Northern Sales", credits=100, is_sample=True)
    with provider(monkeypatch, [record(number) for number in range(14)], batch=5):
        yield start(workspace, most_leads=12)


@pytest.fixture
def page(ui: Page, run: Run, login) -> Page:
    login(people.manager(run.workspace))
    return ui


@pytest.fixture
def finished(run: Run) -> Run:
    return work_off(run)


def test_run_under_way_is_good_everywhere_and_ends_in_its_receipt(page: Page, run: Run, assert_good_everywhere):
    page.goto(f"/runs/{run.pk}/")
    expect(page.locator("#run-progress")).to_contain_text("12")
    assert_good_everywhere(page)

    while turn(now=timezone.now()):
        pass
    runs.lane(run, source="bluesky", state="failed", asked=2, error=f"Bluesky did not understand: {'w' * 120}.")

    expect(page.get_by_role("heading", name="Receipt")).to_be_visible()
    assert page.locator("#run-progress").get_attribute("hx-trigger") is None
    assert_good_everywhere(page)


def test_progress_is_told_in_title_and_live_region(page: Page, run: Run):
    page.goto(f"/runs/{run.pk}/")

    turn(now=timezone.now())

    expect(page).to_have_title(re.compile(r"^\d+ % · Run \d+"))
    expect(page.locator("#live")).to_contain_text("of 12 leads")
    expect(page.get_by_role("list", name="Steps")).to_contain_text("Graded")


def test_poll_that_fails_says_so_once_where_it_stands(page: Page, run: Run, tab: Tab):
    page.goto(f"/runs/{run.pk}/")
    page.route("**/progress/**", lambda route: route.fulfill(status=500))
    note = page.locator("#run-progress .stale")
    expect(note).to_contain_text("Not renewed since")
    expect(page.locator("#toasts")).to_be_empty()
    page.evaluate("tellStale(document.getElementById('run-progress'))")  # as the next one that fails
    expect(note).to_have_count(1)
    page.unroute_all()

    expect(note).to_have_count(0)
    tab.complaints.clear()  # the console names each answer of 500


def test_same_trouble_is_one_toast_whatever_its_reference(page: Page, run: Run):
    page.goto(f"/runs/{run.pk}/")

    page.evaluate("['4f09', '77ab'].forEach((reference) => toast({ text: 'No.', tone: 'bad', reference }))")

    expect(page.locator(".toast")).to_have_text(["No.Reference: 77abDismiss"])


def test_stop_by_keyboard_says_what_it_costs_and_stops(page: Page, run: Run):
    page.goto(f"/runs/{run.pk}/")

    page.locator("#run-actions").get_by_role("button", name="Stop").press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Stops within 5 s. So far 0 credits spent, up to 12 returned")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.locator("#run-actions").get_by_role("button", name="Stop").press("Enter")
    dialog.get_by_role("button", name="Stop").press("Enter")

    expect(page.get_by_role("heading", name="Receipt")).to_be_visible()
    run.refresh_from_db()
    assert run.state == "stopped"


def test_run_without_script_is_paused_resumed_and_read(bare: Page, run: Run, login):
    login(run.started_by)
    bare.goto(f"/runs/{run.pk}/")

    bare.get_by_role("button", name="Pause").click()
    expect(bare.get_by_role("main")).to_contain_text("stay held until it goes on or is stopped")
    bare.get_by_role("button", name="Resume").click()
    work_off(run)
    bare.get_by_role("link", name="Refresh").click()

    expect(bare.get_by_role("heading", name="Receipt")).to_be_visible()
    expect(bare.get_by_role("link", name="Open in the builder")).to_be_visible()


@pytest.mark.parametrize("path", ["/runs/", "/leads/", "/leads/?q=nobody-of-this-name", "/suppressions/"])
def test_lists_are_good_everywhere(page: Page, finished: Run, assert_good_everywhere, path):
    page.goto(path)

    assert_good_everywhere(page)


def test_exclusion_ledger_is_good_everywhere_and_includes_by_a_click(page: Page, finished: Run, assert_good_everywhere):
    page.goto(f"/runs/{finished.pk}/left-out/?reason=limit_reached")
    assert_good_everywhere(page)

    page.get_by_role("button", name="Include").first.press("Enter")

    expect(page.get_by_role("main")).to_contain_text("1 lead included for 1 credit.")
    expect(page.locator("button[name=exclusion]")).to_be_focused()
