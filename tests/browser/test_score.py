"""Score card and ideal customer in a real browser: both themes, both widths, with and without a mouse."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from scoring.models import LeadScore
from scoring.rescoring import rescore
from tests.factories import leads, people

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def workspace():
    return people.workspace("Northwind")


@pytest.fixture
def lead(workspace):
    company = leads.company(workspace, "Halden Retail", industry="retail", technologies=["SAP"])
    made = leads.lead(workspace, "Mira Sandoval", company=company, country="DE", city="Berlin")
    leads.evidence(made, "title", source="sample-a")
    leads.evidence(made, "email", source="sample-b", url="https://directory.example/p1")
    leads.signal(company, source="sample-a")
    rescore([made], why="Delivered by run 1", now=timezone.now())
    return made


def test_score_card(ui, login, workspace, lead, assert_good_everywhere):
    login(people.rep(workspace))

    ui.goto(f"/leads/{lead.pk}/score/")

    score = LeadScore.objects.get(lead=lead)
    expect(ui.get_by_role("heading", name=re.compile(f"{score.total} of 100"))).to_be_visible()
    points = ui.locator(".score-lines > li:not(.score-sum) .number").all_inner_texts()
    assert sum(int(text.split(" / ")[0]) for text in points) == score.total
    assert_good_everywhere(ui)


def test_score_again_swaps_the_card(ui, login, workspace, lead):
    login(people.rep(workspace))
    ui.goto(f"/leads/{lead.pk}/score/")
    lead.email_status = "deliverable"
    lead.save()

    ui.get_by_role("button", name="Score again").press("Enter")

    expect(ui.locator("#score-card")).to_contain_text("The e-mail address is deliverable")
    expect(ui.get_by_role("button", name="Score again")).to_be_focused()
    expect(ui.locator(".toast")).to_contain_text("Scored again")
    expect(ui).to_have_url(re.compile(r"/score/$"))
    ui.get_by_role("button", name="The score is right").press("Enter")
    heading = ui.get_by_role("heading", name="Is this score wrong?")
    expect(heading).to_be_focused()
    assert (
        heading.evaluate("(it) => getComputedStyle(it).outlineStyle") == "solid"
    )  # by keyboard, around its words alone
    assert heading.evaluate("(it) => it.offsetWidth < it.parentElement.offsetWidth / 2")


def test_ideal_customer(ui, login, workspace, lead, assert_good_everywhere):
    login(people.manager(workspace))
    ui.goto("/ideal-customer/")
    assert_good_everywhere(ui)

    ui.get_by_label("Retail", exact=True).check()
    ui.get_by_label("Employees, from").fill("50")
    ui.get_by_role("combobox", name="Other industries").fill("brewer")
    ui.get_by_role("option", name="Breweries").click()
    ui.get_by_role("button", name="Save ideal customer").click()

    expect(ui.get_by_text("Saved as version 2 of the profile.")).to_be_visible()
    expect(ui.get_by_label("Retail", exact=True)).to_be_checked()
    expect(ui.get_by_role("button", name="Remove Breweries from Other industries")).to_be_visible()
    assert_good_everywhere(ui)
    ui.get_by_role("link", name="Search with it").first.click()
    expect(ui.get_by_text("Filled in from your ideal customer.")).to_be_visible()


def test_a_mistake_in_the_ideal_customer_leads_to_its_field(ui, login, workspace, assert_good_everywhere):
    login(people.manager(workspace))
    ui.goto("/ideal-customer/")
    ui.get_by_role("combobox", name="Other places").fill("Atlantis")

    with ui.expect_response(lambda answer: answer.status == 422):
        ui.get_by_role("button", name="Save ideal customer").click()
    ui.get_by_role("link", name=re.compile("Atlantis")).click()

    expect(ui.get_by_role("combobox", name="Other places")).to_be_focused()
    assert_good_everywhere(ui)


def test_a_rep_reads_the_ideal_customer(ui, login, workspace, assert_good_everywhere, client):
    client.force_login(people.manager(workspace), backend="django.contrib.auth.backends.ModelBackend")
    client.post("/ideal-customer/", {"industries": ["retail"], "employees_max": "500"})
    login(people.rep(workspace))

    ui.goto("/ideal-customer/")

    expect(ui.get_by_text("at most 500")).to_be_visible()
    expect(ui.get_by_role("button", name="Save ideal customer")).to_have_count(0)
    assert_good_everywhere(ui)
