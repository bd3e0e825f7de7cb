"""The keyboard's place on a page: it stays where the work is when what held it is gone or renewed."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, at_rest
from tests.factories import groups, leads, people, runs, scores

UNDER_THE_BAR = """
() => {
  const focused = document.activeElement.getBoundingClientRect();
  const bar = document.querySelector("#bulk").getBoundingClientRect();
  return document.activeElement.closest("[data-rows]") && focused.bottom > bar.top;
}
"""


@pytest.fixture
def team(transactional_db, login):
    """A signed-in manager of a workspace with three graded leads."""
    workspace = people.workspace("Northern Sales", credits=100)
    user = people.manager(workspace)
    made = [leads.lead(workspace, name) for name in ("Ada Kaya", "Bo Larsen", "Cem Ates")]
    for total, lead in zip((90, 80, 70), made, strict=True):
        scores.score(lead, "A", total)
    login(user)
    return workspace, user, made


def test_after_remove_the_focus_goes_to_the_next_row_and_then_to_the_heading(ui: Page, team):
    workspace, user, made = team
    ui.goto(f"/lists/{groups.lead_list(workspace, 'Autumn fair', *made, by=user).pk}/")

    ui.get_by_role("button", name="Remove Bo Larsen").press("Enter")
    expect(ui.get_by_role("button", name="Remove Cem Ates")).to_be_focused()
    at_rest(ui)
    ui.keyboard.press("Enter")

    expect(ui.get_by_text("1 lead", exact=True)).to_be_focused()
    at_rest(ui)
    ui.get_by_role("button", name="Remove Ada Kaya").press("Enter")
    expect(ui.get_by_text("No leads", exact=True)).to_be_focused()


def test_after_a_tag_is_taken_off_the_focus_goes_to_the_next_and_then_to_the_title(ui: Page, team):
    workspace, _, (lead, *_) = team
    for name in ("Key account", "Warm"):
        groups.tag(workspace, name, lead)
    ui.goto(f"/leads/{lead.pk}/")

    ui.get_by_role("button", name="Take off Key account").press("Enter")
    expect(ui.get_by_role("button", name="Take off Warm")).to_be_focused()
    at_rest(ui)
    ui.keyboard.press("Enter")

    expect(ui.locator("#lead-tags").get_by_text("Tags", exact=True)).to_be_focused()


@pytest.mark.parametrize("button", ["Cancel", "Disqualify"])
def test_after_the_question_in_the_row_the_focus_is_on_its_stage_again(ui: Page, team, button: str):
    lead = team[2][1]
    ui.goto("/leads/")
    stage = ui.locator(f"#stage-{lead.pk}")
    stage.focus()
    stage.select_option("disqualified")
    ui.get_by_label("Why is it disqualified?").fill("Wrong country")

    ui.get_by_role("button", name=button, exact=True).press("Enter")

    expect(stage).to_be_focused()


def test_the_focus_outlives_a_poll_of_home(ui: Page, team):
    workspace, user, _ = team
    run = runs.run(workspace, state="running", started_by=user)
    ui.goto("/")
    link = ui.locator("#home-live").get_by_role("link", name=f"Run {run.number}")
    link.focus()

    with ui.expect_response(re.compile("/runs/")):
        ui.evaluate(
            "htmx.ajax('GET', document.querySelector('#home-live').getAttribute('hx-get'), "
            "{ target: '#home-live', swap: 'outerHTML' })"
        )

    expect(link).to_be_focused()


def test_on_a_phone_the_focused_row_is_never_under_the_bulk_bar(ui: Page, team):
    workspace = team[0]
    for number in range(12):
        leads.lead(workspace, f"More {number}")
    ui.set_viewport_size(PHONE)
    ui.goto("/leads/")
    ui.get_by_role("checkbox", name="Select Bo Larsen").check()

    hidden = 0
    for _ in range(40):
        ui.keyboard.press("Tab")
        hidden += bool(ui.evaluate(UNDER_THE_BAR))

    assert hidden == 0


def test_without_javascript_the_bulk_bar_counts_and_live_pages_can_be_refreshed(bare: Page, base_url: str, team):
    workspace, user, _ = team
    runs.run(workspace, state="running", started_by=user)
    bare.goto("/leads/")
    bare.get_by_role("checkbox", name="Select Bo Larsen").check()
    before = _read_aloud(bare).count("2")
    bare.get_by_role("checkbox", name="Select Cem Ates").check()

    assert _read_aloud(bare).count("2") == before + 1
    for path in ("/", "/runs/?who=me"):
        bare.goto(path)
        bare.get_by_role("link", name="Refresh").click()
        expect(bare).to_have_url(base_url + path)


def _read_aloud(page: Page) -> list[str]:
    """All texts of the page as a screen reader gets them, with what the style sheet counts."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [node["name"]["value"].strip() for node in nodes if node["role"]["value"] == "StaticText"]
