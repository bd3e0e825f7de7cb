"""Sign-in, home, members, settings and credits: good in both themes at both widths, by mouse, by keyboard, without script."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from billing.models import Membership
from leadengine.sandbox import linkedin
from leadengine.sandbox.scripted import serve
from leadengine.workflows import dispatch
from leads.models import Lead, Run, RunState
from leads.sources.social.linkedin import LinkedIn
from tests.factories import credits, leads, people, providers, runs, scores


@pytest.fixture
def manager(transactional_db):
    workspace = people.workspace("Northern Sales", credits=100)
    credits.captured(credits.hold(workspace, 20), 7)
    people.rep(workspace, user=people.user("rosa@sample.example", first_name="Rosa", last_name="Lindqvist"))
    return people.manager(workspace)


@pytest.fixture
def signed_in(ui: Page, login, manager) -> Page:
    """Nothing opened yet."""
    login(manager)
    return ui


def test_sign_in_is_good_everywhere_and_keeps_the_address(ui: Page, manager, assert_good_everywhere):
    ui.goto("/sign-in/?next=/credits/&over=1")
    expect(ui.get_by_label("E-mail")).to_be_focused()
    ui.keyboard.type(manager.email)
    ui.get_by_label("Password", exact=True).fill("wrong")
    ui.keyboard.press("Enter")
    expect(ui.get_by_role("alert")).to_be_focused()
    assert_good_everywhere(ui)

    ui.get_by_label("Password", exact=True).fill(people.PASSWORD)
    ui.keyboard.press("Enter")

    expect(ui).to_have_url(re.compile("/credits/$"))


@pytest.mark.parametrize(
    "path",
    [
        "/members/",
        "/credits/",
        "/settings/limits/",
        "/settings/audit/",
        "/settings/display/",
        "/settings/mail-checks/",
        "/help/",
        "/sources/",
    ],
)
def test_page_is_good_everywhere(signed_in: Page, assert_good_everywhere, path):
    signed_in.goto(path)

    assert_good_everywhere(signed_in)


def test_other_pages_are_accessible(context, login, manager, assert_accessible):
    login(manager)
    bare = context.new_page()  # without the watch on the console: /nowhere/ is a 404

    for path in (
        "/password/",
        "/ideal-customer/",
        "/nowhere/",
        "/settings/",
        "/settings/privacy/",
    ):
        bare.goto(path)
        assert_accessible(bare)


def test_linkedin_makes_a_lead_of_what_it_tells(
    signed_in: Page, manager, settings, monkeypatch, live_server, assert_good_everywhere
):
    settings.SANDBOX = True
    workspace = manager.memberships.get().workspace
    found = providers.linkedin_connection(workspace, "secret-4711", by=manager, webhook="4711")
    with serve(linkedin.script()) as script:
        monkeypatch.setattr(LinkedIn, "base_url", script.base_url)
        signed_in.goto("/sources/linkedin/")
        signed_in.get_by_label("Most credits a month").fill("25")
        signed_in.get_by_role("button", name="Keep").press("Enter")
        expect(signed_in.get_by_text("0 of at most 25 credits used this month")).to_be_visible()

        told = linkedin.notify(f"{live_server.url}/sources/linkedin/hook/{found.pk}/", "secret-4711", "sandbox-0000-1")
        assert told == 204
        while dispatch.turn(now=timezone.now()):
            pass

        signed_in.reload()
        expect(signed_in.get_by_text("1 of at most 25 credits used this month")).to_be_visible()
        assert_good_everywhere(signed_in)
        assert Lead.objects.of(workspace).get(full_name="Ada Abara").source == "linkedin"


def test_member_is_invited_by_keyboard(signed_in: Page):
    signed_in.goto("/members/")

    signed_in.get_by_label("E-mail").focus()
    signed_in.keyboard.type("new.rep@sample.example")
    signed_in.keyboard.press("Enter")

    expect(signed_in.locator("input[value*='/join/']")).to_be_visible()


def test_limit_is_set_in_its_row_and_a_mistake_told_there(signed_in: Page, manager):
    signed_in.goto("/settings/limits/")
    field = signed_in.get_by_label("Most credits a month for Rosa Lindqvist")

    field.fill("-5")
    field.press("Enter")
    expect(signed_in.get_by_role("row", name="Rosa Lindqvist")).to_contain_text("greater than or equal to 0")
    field.fill("40")
    save = signed_in.get_by_role("button", name="Save the limit of Rosa Lindqvist")
    save.press("Enter")

    expect(save).to_be_focused()
    expect(signed_in.locator(".toast")).to_contain_text("The limit of Rosa Lindqvist is saved.")
    assert Membership.objects.get(user__first_name="Rosa").monthly_limit == 40


def test_access_is_ended_only_after_a_question_that_names_whose(signed_in: Page, assert_accessible):
    signed_in.goto("/members/")
    signed_in.get_by_role("link", name="Rosa Lindqvist").click()
    signed_in.get_by_role("button", name="End access…").click()
    question = signed_in.get_by_role("dialog", name="End the access of Rosa Lindqvist?")
    expect(question).to_be_visible()
    assert_accessible(signed_in)

    question.get_by_role("button", name="End access").click()

    expect(signed_in.get_by_text("Rosa Lindqvist no longer has access.")).to_be_visible()
    assert not Membership.objects.get(user__first_name="Rosa").is_active


def test_unsaved_changes_are_told_and_discarded(signed_in: Page):
    signed_in.goto("/settings/profile/")

    signed_in.get_by_label("First name").fill("Marek")
    expect(signed_in.get_by_text("You have unsaved changes.")).to_be_visible()
    signed_in.get_by_role("button", name="Discard").click()

    expect(signed_in.get_by_text("You have unsaved changes.")).to_be_hidden()
    expect(signed_in.get_by_label("First name")).to_have_value("")


def test_ledger_is_filtered_without_script(bare: Page, login, manager):
    login(manager)
    bare.goto("/credits/")

    bare.get_by_label("Entries").select_option("Granted")
    bare.get_by_role("button", name="Apply").click()

    expect(bare.locator("#ledger tbody tr")).to_have_count(1)


def test_home_renews_itself_when_the_last_run_ends(signed_in: Page, manager, assert_good_everywhere):
    workspace = manager.memberships.get().workspace
    run = runs.run(workspace, state=RunState.RUNNING, started_by=manager, delivered=4)
    lead = leads.lead(workspace, "Mira Sandoval")
    scores.score(lead, "A")
    runs.delivery(runs.lane(run), lead, grade="A")
    signed_in.goto("/")
    expect(signed_in.get_by_role("heading", name="Under way")).to_be_visible()
    assert_good_everywhere(signed_in)

    Run.objects.update(state=RunState.FINISHED, ended_at=run.created_at)

    expect(signed_in.get_by_role("link", name="Review run")).to_be_visible(timeout=8_000)
    expect(signed_in.get_by_role("heading", name="Under way")).to_have_count(0)
