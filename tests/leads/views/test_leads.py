"""The list of leads: what its URL filters, sorts and pages, and how many queries that takes."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import leads, people, runs, scores

pytestmark = pytest.mark.django_db

LIST = reverse("leads:lead-list")
REGION = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def rep(client, workspace):
    user = people.rep(workspace)
    client.force_login(user)
    return user


def graded(workspace, grade: str, name: str = "", **fields):
    lead = leads.lead(workspace, name, **fields)
    scores.score(lead, grade)
    return lead


def shown(client, query: str = "") -> list[str]:
    """The names on the first page, in order."""
    return [lead.full_name for lead in client.get(LIST + query).context["page"]]


def test_workspace_without_leads_is_led_to_a_search(client, rep):
    page = client.get(LIST).content.decode()

    assert "No leads yet" in page
    assert reverse("leads:search-new") in page


def test_best_score_stands_first(client, rep, workspace):
    graded(workspace, "C", "Cem")
    graded(workspace, "A", "Ada")
    leads.lead(workspace, "Ungraded")

    assert shown(client) == ["Ada", "Cem", "Ungraded"]


@pytest.mark.parametrize(
    ("sort", "names"),
    [("name", ["Ada", "Bo"]), ("newest", ["Bo", "Ada"]), ("nonsense", ["Bo", "Ada"])],
)
def test_sort_is_taken_from_the_url(client, rep, workspace, sort, names):
    graded(workspace, "C", "Ada", created_at=timezone.now() - timezone.timedelta(days=1))
    graded(workspace, "B", "Bo")

    assert shown(client, f"?sort={sort}") == names


def test_sorted_column_says_so_to_screen_readers(client, rep, workspace):
    leads.lead(workspace)

    assert 'aria-sort="ascending"' in client.get(f"{LIST}?sort=name").content.decode()


@pytest.mark.parametrize("words", ["ada", "ADA lov", "brightwater", "bright.example", "ada@bright", "chief", "àda"])
def test_search_finds_by_each_kind_of_word(client, rep, workspace, words):
    company = leads.company(workspace, "Brightwater Works", domain="bright.example")
    leads.lead(workspace, "Ada Lovelace", company=company, title="Chief Engineer", email="ada@bright.example")
    leads.lead(workspace, "Somebody Else")

    assert shown(client, f"?q={words}") == ["Ada Lovelace"]


def test_grades_are_counted_beside_the_other_filters(client, rep, workspace):
    graded(workspace, "A", "Ada")
    graded(workspace, "B", "Ada Two")
    graded(workspace, "B", "Bo")

    grades = client.get(f"{LIST}?grade=A&q=ada").context["grades"]

    assert grades[:3] == [("A+", 0, False), ("A", 1, True), ("B", 1, False)]


def test_filters_by_grade_stage_owner_and_source(client, rep, workspace):
    mine = graded(workspace, "A", "Mine", owner=rep, source="file")
    graded(workspace, "A", "Nobody's")
    graded(workspace, "B", "Other grade", owner=rep, source="file")

    assert shown(client, "?grade=A&stage=new&owner=me&source=file") == [mine.full_name]
    assert shown(client, "?owner=none") == ["Nobody's"]
    assert shown(client, f"?owner={people.rep(workspace).pk}&stage=won") == []


def test_leads_of_one_run_are_shown_under_its_name(client, rep, workspace):
    lane = runs.lane(runs.run(workspace))
    runs.delivery(lane, leads.lead(workspace, "Delivered"))
    leads.lead(workspace, "Elsewhere")

    page = client.get(f"{LIST}?run={lane.run_id}")

    assert [lead.full_name for lead in page.context["page"]] == ["Delivered"]
    assert f"run {lane.run.number}" in page.content.decode()


def test_no_match_says_how_to_go_on(client, rep, workspace):
    leads.lead(workspace)

    page = client.get(f"{LIST}?q=zzz").content.decode()

    assert "No leads match" in page
    assert "Clear filters" in page


def test_unknown_filter_value_is_refused_in_words(client, rep, workspace):
    leads.lead(workspace)

    answer = client.get(f"{LIST}?stage=dancing")

    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()


def test_htmx_gets_the_table_alone(client, rep, workspace):
    leads.lead(workspace)

    answer = client.get(LIST, **REGION)

    assert "<html" not in answer.content.decode()
    assert 'id="leads"' in answer.content.decode()
    assert "HX-Request" in answer["Vary"]


def test_erased_and_foreign_leads_are_not_listed(client, rep, workspace):
    leads.lead(workspace, "Gone", erased_at=timezone.now())
    leads.lead(people.workspace(), "Foreign")

    assert shown(client) == []


def test_pages_hold_fifty(client, rep, workspace):
    company = leads.company(workspace)
    for number in range(51):
        leads.lead(workspace, f"Person {number:02}", company=company)

    page = client.get(f"{LIST}?page=2&sort=name")

    assert [lead.full_name for lead in page.context["page"]] == ["Person 50"]
    assert "51–51 of 51" in page.content.decode()


def test_queries_do_not_grow_with_the_leads(client, rep, workspace, query_count):
    graded(workspace, "A", owner=rep)
    few = query_count(lambda: client.get(LIST))
    for _ in range(9):
        lead = graded(workspace, "B", owner=people.rep(workspace))
        leads.signal(lead.company)

    assert query_count(lambda: client.get(LIST)) == few
