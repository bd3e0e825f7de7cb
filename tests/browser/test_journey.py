"""From sign-in to a receipt that adds up, as a rep goes the first time, by mouse and again without script."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from leadengine.workflows.dispatch import turn
from leadengine.workflows.receipts import run_receipt
from leads.models import Run
from leads.sample import load_sample_directory
from tests.factories import people


@pytest.fixture
def rep(transactional_db):
    """A rep of a sample workspace with 100 credits, before a directory of 60 companies."""
    load_sample_directory(60, 240, 1)
    workspace = people.workspace("Northern Sales", credits=100, is_sample=True)
    return people.rep(workspace, user=people.user("rosa@sample.example", first_name="Rosa", last_name="Lindqvist"))


def sign_in(page: Page) -> None:
    page.goto("/")
    page.get_by_label("E-mail").fill("rosa@sample.example")
    page.get_by_label("Password", exact=True).fill(people.PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def work_off() -> Run:
    while turn(now=timezone.now()):
        pass
    return Run.objects.get()


def test_rep_goes_from_sign_in_to_receipt(ui: Page, rep, assert_accessible):
    sign_in(ui)
    expect(ui).to_have_url(re.compile(r"/$"))
    assert_accessible(ui)

    ui.goto("/searches/new/")
    ui.get_by_label("Most leads").fill("20")
    expect(ui.locator("#estimate")).to_contain_text("at most 20 credits")
    assert_accessible(ui)

    ui.locator("#estimate").get_by_role("button", name="Start run").click()
    expect(ui.get_by_role("heading", level=1)).to_have_text("Run 1")
    run = work_off()
    expect(ui.get_by_role("heading", name="Receipt")).to_be_visible()
    assert_accessible(ui)

    receipt = run_receipt(run, now=timezone.now())
    assert (receipt.delivered, receipt.adds_up) == (20, True)


@pytest.fixture
def finished(ui: Page, rep, login) -> Run:
    """The page of a run of 20 leads that has ended."""
    login(rep)
    ui.goto("/searches/new/?most_leads=20")
    ui.locator("#estimate").get_by_role("button", name="Start run").click()
    run = work_off()
    expect(ui.get_by_role("heading", name="Receipt")).to_be_visible()
    return run


def test_rep_opens_a_lead_to_see_why_it_has_its_grade(ui: Page, finished: Run, assert_accessible):
    ui.locator(".arrivals a").first.click()

    factors = ui.get_by_role("list", name="The ten factors")
    expect(factors).to_contain_text("Industry match")
    *lines, together = [int(text.split("/")[0]) for text in factors.locator(".number").all_inner_texts()]
    assert len(lines) == 10
    assert sum(lines) == together
    assert_accessible(ui)


def test_credits_page_tells_what_the_run_cost(ui: Page, finished: Run):
    ui.goto("/credits/")

    expect(ui.get_by_role("main")).to_contain_text("80")
    expect(ui.get_by_role("link", name="Run 1").first).to_be_visible()


def test_journey_without_script(bare: Page, rep):
    sign_in(bare)
    bare.goto("/searches/new/?most_leads=20")

    bare.locator("#estimate").get_by_role("button", name="Start run").click()
    work_off()
    bare.reload()

    expect(bare.get_by_role("heading", name="Receipt")).to_be_visible()
    bare.locator(".arrivals a").first.click()
    expect(bare.get_by_role("link", name=re.compile("score", re.IGNORECASE)).first).to_be_visible()
