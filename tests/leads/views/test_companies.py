"""The list of companies and the page of one."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from billing.models import AuditEvent
from leads.models import ActivityKind, Company, Relation
from tests.factories import leads, people, scores

pytestmark = pytest.mark.django_db

LIST = reverse("leads:company-list")
REGION = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def rep(client, workspace):
    user = people.rep(workspace)
    client.force_login(user)
    return user


def shown(client, query: str = "") -> list[str]:
    return [row.company.name for row in client.get(LIST + query).context["rows"]]


def detail(company) -> str:
    return reverse("leads:company-detail", args=[company.pk])


def graded(at, grade: str, name: str = ""):
    return scores.score(leads.lead(at.workspace, name, company=at), grade).lead


def three(workspace) -> None:
    """Anker: two people, best C; Birke: one, A, a signal of yesterday; Corbel: nobody, a signal of last week."""
    today = timezone.now().date()
    anker, birke, corbel = (leads.company(workspace, name) for name in ("Anker", "Birke", "Corbel"))
    graded(anker, "C"), graded(anker, "D"), graded(birke, "A")
    leads.signal(birke, observed_on=today - timedelta(days=1))
    leads.signal(corbel, observed_on=today - timedelta(days=7))


def test_workspace_without_companies_is_led_to_a_search(client, rep):
    page = client.get(LIST).content.decode()

    assert "No companies yet" in page
    assert reverse("leads:search-new") in page


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("score", ["Birke", "Anker", "Corbel"]),
        ("leads", ["Anker", "Birke", "Corbel"]),
        ("signal", ["Birke", "Corbel", "Anker"]),
        ("name", ["Anker", "Birke", "Corbel"]),
        ("nonsense", ["Birke", "Anker", "Corbel"]),
    ],
)
def test_sort_is_taken_from_the_url(client, rep, workspace, sort, names):
    three(workspace)

    assert shown(client, f"?sort={sort}") == names


def test_row_tells_people_best_grade_and_newest_signal(client, rep, workspace):
    three(workspace)

    birke = client.get(LIST).context["rows"][0]

    assert (birke.people, birke.best.score.grade, birke.signals) == (1, "A", 1)
    assert birke.newest.observed_on == timezone.now().date() - timedelta(days=1)


def test_erased_people_count_nowhere(client, rep, workspace):
    company = leads.company(workspace, "Anker")
    scores.score(leads.lead(workspace, company=company, erased_at=timezone.now()), "A+")

    row = client.get(f"{LIST}?sort=leads").context["rows"][0]

    assert (row.people, row.best) == (0, None)


@pytest.mark.parametrize(
    "query",
    [
        "q=ANK",
        "q=anker.example",
        "industry=manufacturing",
        "country=AT",
        "size=201-500",
        "technology=salesforce.com",
        "relation=customer",
        "signal=on",
    ],
)
def test_each_filter_finds_what_it_says(client, rep, workspace, query):
    facts = {
        "industry": "chemical-manufacturing",
        "country": "AT",
        "employees_min": 201,
        "technologies": ["Salesforce"],
    }
    anker = leads.company(workspace, "Anker", domain="anker.example", relation="customer", **facts)
    leads.company(workspace, "Birke", industry="retail")
    leads.signal(anker)

    assert shown(client, f"?{query}") == ["Anker"]


def test_companies_without_a_mark_can_be_asked_for(client, rep, workspace):
    leads.company(workspace, "Anker", relation="competitor")
    leads.company(workspace, "Birke")

    assert shown(client, "?relation=none") == ["Birke"]


def test_no_match_says_how_to_go_on(client, rep, workspace):
    leads.company(workspace)

    page = client.get(f"{LIST}?q=zzz").content.decode()

    assert "No companies match" in page
    assert "Clear filters" in page


def test_unknown_filter_value_is_refused_in_words(client, rep, workspace):
    leads.company(workspace)

    answer = client.get(f"{LIST}?country=XX")

    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()


def test_htmx_gets_the_table_and_the_number_to_announce(client, rep, workspace):
    leads.company(workspace)

    answer = client.get(LIST, **REGION).content.decode()

    assert "<html" not in answer
    assert "1 company, page 1 of 1" in answer


def test_list_takes_a_fixed_number_of_queries(client, rep, workspace, query_count):
    three(workspace)
    few = query_count(lambda: client.get(LIST))
    for _ in range(10):
        three(workspace)

    many = query_count(lambda: client.get(LIST))

    assert many == few < 20


def test_page_shows_people_signals_and_what_was_done(client, rep, workspace):
    company = leads.company(workspace, "Anker", technologies=["SAP", "Homegrown"])
    lead = graded(company, "A", "Mira Sandoval")
    leads.signal(company, detail="Three sales jobs", url="https://jobs.example/1")
    leads.activity(lead, text="Wants a demo."), leads.activity(lead, ActivityKind.DELIVERED, text="Delivered by run 1")

    page = client.get(detail(company)).content.decode()

    assert all(
        word in page for word in ("Mira Sandoval", "Three sales jobs", "https://jobs.example/1", "Wants a demo.")
    )
    assert "Delivered by run 1" not in page
    assert page.index("ERP") < page.index("Homegrown")


def test_invented_company_says_so_on_its_page_and_after_a_mark(client, rep, workspace):
    company = leads.company(workspace)
    leads.lead(workspace, company=company, is_sample=True)

    page, region = client.get(detail(company)), client.get(detail(company), **REGION)

    assert all("Sandbox: invented data" in answer.content.decode() for answer in (page, region))
    assert "<html" not in region.content.decode()


def test_page_shows_what_each_source_said_once(client, rep, workspace):
    company = leads.company(workspace, "Anker")
    one, other = leads.lead(workspace, company=company), leads.lead(workspace, company=company)
    for lead, source in ((one, "directory"), (other, "directory"), (other, "file")):
        leads.evidence(lead, "company.city", value="Hamburg", source=source)
    leads.evidence(one, "title", value="Head of Sales")

    found = client.get(detail(company)).context["found"].evidence

    assert [(each.field, each.value, each.source) for each in found] == [
        ("company.city", "Hamburg", "directory"),
        ("company.city", "Hamburg", "file"),
    ]


def test_related_companies_say_why(client, rep, workspace):
    company = leads.company(workspace, "Anker", domain="anker.de", industry="retail", city="Kiel")
    leads.company(workspace, "Anker Austria", domain="anker.at")
    leads.company(workspace, "Boje", industry="retail", city="Kiel")
    leads.company(workspace, "Elsewhere", industry="retail", city="Ulm")

    near = client.get(detail(company)).context["found"].near

    assert [each.company.name for each in near] == ["Anker Austria", "Boje"]
    assert near[0].why.startswith("anker.at")


def test_page_takes_a_fixed_number_of_queries(client, rep, workspace, query_count):
    company = leads.company(workspace, industry="retail", city="Kiel")
    leads.activity(graded(company, "A"))
    few = query_count(lambda: client.get(detail(company)))
    for _ in range(8):
        leads.activity(graded(company, "B")), leads.signal(company, detail=str(_))
        leads.company(workspace, industry="retail", city="Kiel")

    many = query_count(lambda: client.get(detail(company)))

    assert many == few < 20


@pytest.mark.parametrize("relation", ["customer", "competitor"])
def test_mark_is_told_with_its_way_back_and_audited(client, rep, workspace, relation):
    company = leads.company(workspace, "Anker")
    url = reverse("leads:company-relation", args=[company.pk])

    answer = client.post(url, {"relation": relation}, **REGION)

    told = json.loads(answer["HX-Trigger"])["toast"]
    assert Company.objects.get().relation == relation
    assert told["text"] == f"Anker is marked {relation}: no run delivers its people."
    assert AuditEvent.objects.filter(verb="company.marked").count() == 1
    client.post(told["undo"]["url"], told["undo"]["values"], **REGION)
    assert Company.objects.get().relation == Relation.NONE


def test_page_of_a_marked_company_says_what_follows(client, rep, workspace):
    page = client.get(detail(leads.company(workspace, relation="customer"))).content.decode()

    assert "Never delivered by a run." in page


@pytest.mark.parametrize("data", [{}, {"relation": "friend"}], ids=["none said", "no such relation"])
def test_mark_that_is_none_is_refused(client, rep, workspace, data):
    company = leads.company(workspace)

    answer = client.post(reverse("leads:company-relation", args=[company.pk]), data)

    assert answer.status_code == 422
    assert "Choose customer, competitor or neither." in answer.content.decode()


def test_search_for_more_people_is_filled_in(client, rep, workspace):
    company = leads.company(workspace, "Pumps, Pipes and Sons")
    url = reverse("leads:company-search", args=[company.pk])

    answer = client.get(f"{url}?seniorities=director&seniorities=emperor&departments=sales")

    to = urlsplit(answer["Location"])
    asked = parse_qs(to.query)
    assert to.path == reverse("leads:search-new")
    assert (asked["seniorities"], asked["departments"]) == (["director"], ["sales"])
    criteria = client.get(answer["Location"]).context["form"].criteria
    assert criteria.keywords.values == ("Pumps, Pipes and Sons",)
    assert {each.level for each in (criteria.keywords, criteria.seniorities, criteria.departments)} == {"must"}
