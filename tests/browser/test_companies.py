"""Companies, lists and tags in a browser: good everywhere, by keyboard, and without script."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from enrichment.models import DomainTechnology
from leads.models import Company, LeadList, Relation, Tag
from scoring.ideal import IdealCustomer
from scoring.versions import save_ideal
from tests.factories import directory, groups, leads, people, scores


@pytest.fixture
def workspace(transactional_db):
    return people.workspace("Northwind")


@pytest.fixture
def rep(workspace, login):
    user = people.rep(workspace, user=people.user("rosa@northwind.example", first_name="Rosa", last_name="Lind"))
    login(user)
    return user


@pytest.fixture
def company(workspace, rep) -> Company:
    """With a director of sales who is known, a head of sales and one of IT who are only listed, and a signal."""
    facts = {"industry": "retail", "city": "Kiel", "technologies": ["SAP", "Homegrown"]}
    made = leads.company(workspace, "Halden Retail", **facts)
    role = {"seniority": "director", "department": "sales"}
    mira = leads.lead(workspace, "Mira Sandoval", company=made, owner=rep, **role)
    scores.score(mira, "A")
    leads.evidence(mira, "company.city", value="Kiel")
    leads.activity(mira), leads.signal(made)
    leads.company(workspace, "Boje Shops", industry="retail", city="Kiel")
    save_ideal(workspace, IdealCustomer(seniorities=("director",), departments=("sales", "it")), by=rep, now=NOW)
    there = {"company_key": made.domain, "domain": made.domain, "name": made.name, "search_text": " halden retail "}
    listed = directory.company(directory.dataset(), **there)
    directory.person(listed, department="it", title="Head of IT")
    directory.person(listed, department="it", seniority="entry", title="Technician")
    groups.lead_list(workspace, "Fair", mira, by=rep), groups.tag(workspace, "Warm", mira), groups.tag(workspace, "Hot")
    return made


NOW = timezone.now()


@pytest.mark.parametrize("path", ["/companies/", "/companies/?q=nobody", "/lists/", "/tags/"])
def test_lists_are_good_everywhere(ui: Page, company, assert_good_everywhere, path):
    ui.goto(path)

    assert_good_everywhere(ui)


def test_company_is_good_everywhere(ui: Page, company, assert_good_everywhere):
    DomainTechnology.objects.create(
        domain=company.domain, vendor="Mimecast", confidence=0.95, first_seen=NOW, last_seen=NOW
    )
    ui.goto(f"/companies/{company.pk}/")
    expect(ui.get_by_role("region", name="Seen in its DNS")).to_contain_text("Mimecast")
    expect(ui.get_by_role("region", name="Buying roles", exact=True)).to_contain_text("1 of 2 filled")
    ui.get_by_text("Where each fact is from").click()

    assert_good_everywhere(ui)


def test_list_and_editors_are_good_everywhere(ui: Page, company, assert_good_everywhere):
    ui.goto(f"/lists/{LeadList.objects.get().pk}/")
    assert_good_everywhere(ui)

    ui.goto(f"/leads/{company.leads.get().pk}/tags/")
    assert_good_everywhere(ui)


def test_companies_are_filtered_sorted_and_opened_by_keyboard(ui: Page, company):
    ui.set_viewport_size({"width": 1280, "height": 900})
    ui.goto("/companies/")
    table = ui.get_by_role("region", name="Companies, scrollable")
    assert table.evaluate("each => each.scrollWidth - each.clientWidth") <= 0
    ui.get_by_role("searchbox").fill("halden")
    expect(ui.get_by_role("status")).to_have_text("1 company, page 1 of 1")

    ui.get_by_role("link", name="Company", exact=True).press("Enter")
    expect(ui).to_have_url(re.compile("q=halden.*sort=name"))
    expect(ui.get_by_role("columnheader", name="Company")).to_have_attribute("aria-sort", "ascending")
    ui.get_by_role("link", name="Halden Retail").press("Enter")

    expect(ui.get_by_role("heading", name="Halden Retail", level=1)).to_be_visible()
    expect(ui.get_by_role("region", name="Buying roles", exact=True)).to_be_visible()


def test_mark_says_what_follows_and_is_taken_back(ui: Page, company):
    ui.goto(f"/companies/{company.pk}/")
    search = ui.get_by_role("link", name="Search for them")
    expect(search).to_be_visible()

    ui.get_by_role("button", name="Competitor").press("Enter")

    expect(ui.get_by_text("Never delivered by a run. The leads you have stay.")).to_be_visible()
    expect(ui.get_by_role("button", name="Competitor")).to_be_focused()
    expect(search).to_have_count(0)
    ui.get_by_role("button", name="Undo").click()
    expect(ui.get_by_role("button", name="Not marked")).to_have_attribute("aria-pressed", "true")
    expect(search).to_be_visible()


def test_open_role_leads_to_a_search_that_finds_who_is_missing(ui: Page, company):
    ui.goto(f"/companies/{company.pk}/")

    ui.get_by_role("link", name="1 to find").click()

    expect(ui).to_have_url(re.compile(r"/searches/new/\?keywords=Halden\+Retail"))
    expect(ui.locator("#estimate .huge")).to_have_text("1")


def test_lead_is_taken_off_a_list_and_put_back(ui: Page, company):
    ui.goto(f"/lists/{LeadList.objects.get().pk}/")

    ui.get_by_role("button", name="Remove Mira Sandoval").click()

    expect(ui.get_by_role("heading", name="Nobody is on this list yet")).to_be_visible()
    ui.get_by_role("button", name="Undo").click()
    expect(ui.get_by_role("link", name="Mira Sandoval")).to_be_visible()


def test_tags_of_a_lead_are_typed_and_taken_off_by_keyboard(ui: Page, company):
    ui.goto(f"/leads/{company.leads.get().pk}/tags/")
    field = ui.get_by_role("combobox", name="Add a tag")

    field.fill("Key account")
    field.press("Enter")
    expect(ui.get_by_role("button", name="Take off Key account")).to_be_visible()
    expect(field).to_be_focused()
    ui.get_by_role("button", name="Take off Warm").press("Enter")

    expect(ui.get_by_role("button", name="Take off Warm")).to_have_count(0)
    assert Tag.objects.get(name="Key account").leads.count() == 1


def test_lists_and_tags_work_without_script(company, bare: Page):
    bare.goto("/lists/")
    bare.get_by_label("New list").fill("Dinner")
    bare.get_by_role("button", name="Make list").click()
    bare.get_by_role("button", name="Delete").click()
    bare.get_by_role("button", name="Undo").click()
    expect(bare.get_by_role("heading", name="Dinner")).to_be_visible()

    bare.goto("/tags/")
    bare.get_by_role("button", name="Merge Warm into another tag").click()
    bare.get_by_role("button", name="Merge", exact=True).click()

    expect(bare.get_by_role("main")).to_contain_text("“Warm” is merged into “Hot”.")


def test_companies_work_without_script(company, bare: Page):
    bare.goto("/companies/")
    bare.get_by_label("Search companies").fill("halden")
    bare.get_by_role("button", name="Apply").click()
    bare.get_by_role("link", name="Halden Retail").click()

    bare.get_by_role("button", name="Customer").click()

    expect(bare.get_by_role("main")).to_contain_text("Halden Retail is marked customer: no run delivers its people.")
    assert Company.objects.get(pk=company.pk).relation == Relation.CUSTOMER
    bare.get_by_role("link", name="Who of the buying roles is known here?").click()
    expect(bare.get_by_role("main")).to_contain_text("1 of 2 filled")
