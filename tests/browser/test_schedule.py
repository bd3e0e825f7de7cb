"""The schedule of a saved search: set by keyboard, good everywhere, paused without script."""

import re

import pytest
from playwright.sync_api import Page, expect

from leads.models import SavedSearch, SearchSchedule
from tests.factories import people, runs


@pytest.fixture
def saved(transactional_db) -> SavedSearch:
    """With two runs to compare."""
    workspace = people.workspace("Northern Sales", credits=100)
    saved = runs.saved_search(workspace, created_by=people.manager(workspace), name="Pump makers")
    for grade in ("A", "B"):
        runs.delivery(runs.lane(runs.run(workspace, name=saved.name, started_by=saved.created_by)), grade=grade)
    return saved


def test_schedule_is_set_by_keyboard_and_good_everywhere(ui: Page, login, saved, assert_good_everywhere):
    login(saved.created_by)
    ui.goto(f"/searches/{saved.pk}/schedule/")
    expect(ui.get_by_label("Day of the month")).to_be_hidden()
    assert_good_everywhere(ui)
    ui.get_by_label("Weekly").focus()
    ui.keyboard.press("ArrowRight")
    ui.get_by_label("Day of the month").select_option("3")
    ui.get_by_label("Most credits a month").fill("60")

    ui.keyboard.press("Enter")

    expect(ui.get_by_text("Monthly on day 3 at 07:00")).to_be_visible()
    expect(ui.get_by_role("img", name=re.compile("Run .*: 0 A\\+, 1 A"))).to_be_visible()
    assert_good_everywhere(ui)


def test_schedule_is_set_and_paused_without_script(bare: Page, login, saved):
    login(saved.created_by)
    bare.goto(f"/searches/{saved.pk}/schedule/")
    bare.get_by_label("Only tell me how many are new").check()
    expect(bare.get_by_label("Most credits a month")).to_be_hidden()
    bare.get_by_role("button", name="Save schedule").click()

    bare.get_by_role("button", name="Pause").click()

    expect(bare.get_by_role("button", name="Resume")).to_be_visible()
    assert SearchSchedule.objects.get().is_paused
