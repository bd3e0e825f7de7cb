"""The laboratory in a real browser: sliders and numbers, by keyboard, published in the end; and without JavaScript."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from scoring import profiles
from scoring.recording import record
from tests.factories import leads, people, scores
from tests.factories.scoring import scores as scored

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def workspace():
    made = people.workspace("Northwind")
    default = profiles.ensure_default(made)
    for potential in (10_000, 8_000, 0):
        lead = leads.lead(made, f"Lead {potential}", company=leads.company(made, industry="retail"))
        steps = scored(potential, *[5_000] * 9)
        record(made.pk, [lead.pk], steps, profile_id=default.pk, why="Delivered by run 1", now=timezone.now())
    return made


def weigh_potential(ui) -> None:
    """To 40, by keys of which each is answered before the next: the focus stays."""
    ui.get_by_label("Potential, slider").focus()
    for more in (1, 2, 3):
        ui.keyboard.press("ArrowRight")
        expect(ui.locator("#lab-sum")).to_contain_text(f"{more} too many")
    ui.get_by_label("Potential", exact=True).select_text()
    ui.keyboard.press("4")
    expect(ui.locator("#lab-sum")).to_contain_text("11 are left")
    ui.keyboard.press("0")
    expect(ui.get_by_label("Potential", exact=True)).to_have_value("40")
    expect(ui.locator("#lab-sum")).to_contain_text("25 too many")


def test_a_weight_is_moved_by_key_balanced_and_published(ui, login, workspace, assert_good_everywhere):
    login(people.manager(workspace))
    ui.goto("/scoring/lab/")
    weigh_potential(ui)

    ui.get_by_role("button", name="Balance").click()

    expect(ui.locator("#lab-sum")).to_contain_text("The weights add up to 100.")
    expect(ui.get_by_role("heading", name=re.compile("would get another grade"))).to_be_visible()
    expect(ui.get_by_label("Potential, slider")).to_have_value("40")
    assert_good_everywhere(ui)
    ui.get_by_role("button", name="Review and publish").click()
    expect(ui.get_by_role("button", name=re.compile("^Publish · "))).to_be_visible()
    assert_good_everywhere(ui)
    ui.get_by_role("button", name=re.compile("^Publish · ")).click()
    expect(ui.get_by_role("heading", name="Default profile, version 2")).to_be_visible()
    assert_good_everywhere(ui)
    ui.get_by_role("link", name="Roll back to version 1").click()
    expect(ui.get_by_role("button", name=re.compile("^Roll back · "))).to_be_visible()
    assert_good_everywhere(ui)


def test_profiles_figures_and_a_leads_trend(ui, login, workspace, assert_good_everywhere):
    login(people.manager(workspace))
    scores.draft(workspace, "education")
    lead = workspace_lead(workspace)

    for path in ("/scoring/", "/scoring/figures/", f"/leads/{lead}/score/trend/"):
        ui.set_viewport_size({"width": 1440, "height": 900})
        ui.goto(path)
        assert_good_everywhere(ui)


COVERED = """() => {
  const focused = document.activeElement, box = focused.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return top === null || !(focused.contains(top) || top.contains(focused));
}"""


def test_on_a_phone_the_result_stays_in_sight_and_covers_no_focus(ui, login, workspace):
    login(people.manager(workspace))
    ui.set_viewport_size({"width": 320, "height": 640})
    ui.goto("/scoring/lab/")
    told, covered = ui.locator("#lab-told"), []
    ui.locator("#lab-balance").focus()
    for _ in range(31):  # fourteen sliders with their numbers, three ways on
        ui.keyboard.press("Tab")
        covered += [ui.evaluate("document.activeElement.outerHTML")] if ui.evaluate(COVERED) else []

    ui.get_by_label("Potential, slider").focus()
    for _ in range(25):
        ui.keyboard.press("ArrowRight")

    expect(told).to_contain_text("25 too many")
    expect(told).to_be_in_viewport(ratio=1)
    assert covered == []
    assert ui.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_javascript_numbers_a_button_and_a_balance_do(browser, login, workspace, live_server, client):
    page = browser.new_context(java_script_enabled=False, base_url=live_server.url).new_page()
    client.force_login(people.manager(workspace), backend="django.contrib.auth.backends.ModelBackend")
    page.context.add_cookies(
        [{"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in client.cookies.items()]
    )
    page.goto("/scoring/lab/")
    expect(page.get_by_label("Potential, slider")).to_be_hidden()

    page.get_by_label("Potential", exact=True).fill("40")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_text("The weights add up to 125: 25 too many.").first).to_be_visible()
    page.get_by_role("button", name="Balance").click()

    expect(page.get_by_label("Potential", exact=True)).to_have_value("40")
    expect(page.get_by_text("The weights add up to 100.")).to_be_visible()


def workspace_lead(workspace) -> str:
    return str(leads.Lead.objects.of(workspace).order_by("full_name").values_list("pk", flat=True)[0])
