"""The list of leads: what its URL filters, sorts, pages and shows, and how many queries that takes."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from leads import listing
from leads.models import Evidence, SavedView, Tag
from leads.visits import Stamp, cookie_name
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
    [
        ("name", ["Ada", "Bo"]),
        ("-name", ["Bo", "Ada"]),
        ("newest", ["Bo", "Ada"]),
        ("-added", ["Ada", "Bo"]),
        ("-score", ["Ada", "Bo"]),
        ("company", ["Ada", "Bo"]),
        ("nonsense", ["Bo", "Ada"]),
    ],
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

    grades = client.get(f"{LIST}?q=grade:A+ada").context["browsing"].grades

    assert [(each.grade, each.count, each.is_chosen) for each in grades[:3]] == [
        ("A+", 0, False),
        ("A", 1, True),
        ("B", 1, False),
    ]


def test_grade_chip_asks_for_one_more_grade_and_back(client, rep, workspace):
    graded(workspace, "A", "Ada")

    a_plus, a, *_ = client.get(f"{LIST}?q=grade:A+ada").context["browsing"].grades

    assert a_plus.url == f"{LIST}?q=grade%3AA%2B%2CA+ada"
    assert a.url == f"{LIST}?q=ada"


def test_filters_by_grade_stage_owner_and_source(client, rep, workspace):
    mine = graded(workspace, "A", "Mine", owner=rep, source="file")
    graded(workspace, "A", "Nobody's")
    graded(workspace, "B", "Other grade", owner=rep, source="file")

    assert shown(client, "?grade=A&stage=new&owner=me&source=file") == [mine.full_name]
    assert shown(client, "?owner=none") == ["Nobody's"]
    assert shown(client, f"?owner={people.rep(workspace).pk}&stage=won") == []


def test_leads_of_one_run_are_shown_under_its_name(client, rep, workspace):
    lane = runs.lane(runs.run(workspace, number=4711))
    runs.delivery(lane, leads.lead(workspace, "Delivered"))
    leads.lead(workspace, "Elsewhere")

    page = client.get(f"{LIST}?run={lane.run_id}")

    assert [lead.full_name for lead in page.context["page"]] == ["Delivered"]
    assert f"run {lane.run.number}" in page.content.decode()
    assert page.context["browsing"].text == f"run:{lane.run.number}"


def test_no_match_says_which_condition_to_drop(client, rep, workspace):
    graded(workspace, "A", "Ada", title="Founder")
    graded(workspace, "B", "Bo", title="Founder")

    page = client.get(f"{LIST}?q=grade:A title:founder solar")

    assert [(each.label, each.rest, each.matches) for each in page.context["loosenings"]] == [
        ("“solar”", "grade:A title:founder", 1)
    ]
    assert "1 lead without “solar”" in page.content.decode()


@pytest.mark.parametrize("query", ["?q=stage:dancing", "?stage=dancing"])
def test_what_is_not_understood_is_told_and_left_out(client, rep, workspace, query):
    leads.lead(workspace, "Ada")

    answer = client.get(LIST + query)

    assert answer.status_code == 200
    assert "Stage knows no “dancing”." in answer.content.decode()
    assert [lead.full_name for lead in answer.context["page"]] == ["Ada"]


def test_correction_is_one_click(client, rep, workspace):
    leads.lead(workspace)

    ((problem, corrected),) = client.get(f"{LIST}?q=stage:wonn ada").context["browsing"].problems

    assert (problem.instead, corrected) == ("stage:won", "ada stage:won")


def test_chip_leads_to_the_list_without_it(client, rep, workspace):
    leads.lead(workspace)

    page = client.get(f"{LIST}?q=stage:new+-won").content.decode()

    assert 'aria-label="Remove Stage: New"' in page
    assert f'href="{LIST}?q=-won"' in page


def test_filter_form_without_script_leads_to_one_short_url(client, rep, workspace):
    leads.lead(workspace)
    form = {"filters": "1", "q": "stage:new ada", "stage": "", "owner": "me", "place": "Berlin, Germany", "size": "50+"}

    answer = client.get(LIST, form)

    assert answer.status_code == 303
    assert parse_qs(urlsplit(answer["Location"]).query) == {
        "q": ['ada place:"Berlin, Germany" size:>=50 owner:me'],
    }


def test_filter_form_by_htmx_puts_the_short_url_into_the_address(client, rep, workspace):
    leads.lead(workspace)

    answer = client.get(LIST, {"filters": "1", "q": "", "stage": "new"}, **REGION)

    assert answer["HX-Push-Url"] == f"{LIST}?q=stage%3Anew"


def test_filter_form_leaves_what_it_cannot_say(client, rep, workspace):
    leads.lead(workspace)
    Tag.objects.bulk_create(Tag(workspace=workspace, name=name) for name in ("vip", "fair"))

    form = client.get(f"{LIST}?q=tag:vip tag:fair stage:new,won").context["browsing"].filter_form
    sent = {"filters": "1", "q": "tag:vip tag:fair stage:new,won", "tag": form["tag"].value(), "stage": "new,won"}

    assert client.get(LIST, sent, **REGION).context["browsing"].text == sent["q"]


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


def test_pages_hold_twenty_five(client, rep, workspace):
    company = leads.company(workspace)
    for number in range(26):
        leads.lead(workspace, f"Person {number:02}", company=company)

    page = client.get(f"{LIST}?page=2&sort=name")

    assert [lead.full_name for lead in page.context["page"]] == ["Person 25"]
    assert "26–26 of 26" in page.content.decode()


def test_pages_by_score_go_on_with_those_that_have_none(client, rep, workspace):
    company = leads.company(workspace)
    for number in range(24):
        graded(workspace, "B", f"Graded {number:02}", company=company)
    for number in range(3):
        leads.lead(workspace, f"Bare {number}", company=company)

    first, second = (client.get(f"{LIST}?page={number}").context["page"].object_list for number in (1, 2))

    assert [lead.full_name for lead in first[23:]] == ["Graded 23", "Bare 2"]
    assert [lead.full_name for lead in second] == ["Bare 1", "Bare 0"]


def test_queries_are_few_and_do_not_grow_with_the_leads(client, rep, workspace, query_count):
    first = graded(workspace, "A", owner=rep)
    few = query_count(lambda: client.get(f"{LIST}?q=ada&peek={first.pk}"))
    tag = Tag.objects.create(workspace=workspace, name="vip")
    for _ in range(9):
        lead = graded(workspace, "B", "Ada", owner=people.rep(workspace))
        leads.signal(lead.company)
        lead.tags.create(workspace=workspace, tag=tag)

    many = query_count(lambda: client.get(f"{LIST}?q=ada&peek={first.pk}"))

    assert many <= few
    assert query_count(lambda: client.get(LIST)) < 20


def test_lead_stands_beside_the_list_by_its_url(client, rep, workspace):
    lead = leads.lead(workspace, "Ada")

    page = client.get(f"{LIST}?peek={lead.pk}").content.decode()

    assert 'id="peek-title" tabindex="-1">Ada</h2>' in page
    assert f'href="{LIST}" data-peek-close' in page


@pytest.mark.parametrize("asked", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_list_stands_without_a_lead_that_is_not_there(client, rep, workspace, asked):
    leads.lead(workspace, "Ada")

    page = client.get(f"{LIST}?peek={asked}")

    assert (page.status_code, page.context["peek"]) == (200, None)
    assert "Ada" in page.content.decode()


def test_list_stands_without_an_erased_lead_or_one_of_another_workspace(client, rep, workspace):
    gone, foreign = leads.lead(workspace, erased_at=timezone.now()), leads.lead(people.workspace())

    pages = [client.get(f"{LIST}?peek={lead.pk}") for lead in (gone, foreign)]

    assert [(page.status_code, page.context["peek"]) for page in pages] == [(200, None)] * 2


def test_new_since_last_visit_is_counted_from_the_cookie(client, rep, workspace):
    now = timezone.now()
    leads.lead(workspace, "Old", created_at=now - timedelta(days=2))
    leads.lead(workspace, "New", created_at=now - timedelta(hours=2))
    stamp = Stamp(None, (now - timedelta(days=1)).replace(microsecond=0))
    client.cookies[cookie_name(workspace.pk, rep.pk)] = stamp.text

    page = client.get(f"{LIST}?q=is:new")

    assert [lead.full_name for lead in page.context["page"]] == ["New"]
    assert page.context["new"] == "1"
    assert page.cookies[cookie_name(workspace.pk, rep.pk)].value.startswith(stamp.text.split("-")[1])


def test_saved_view_brings_its_query_columns_and_order(client, rep, workspace):
    view = SavedView.objects.create(
        workspace=workspace, owner=rep, name="Mine", query="owner:me", columns=["tags"], sort="name"
    )
    leads.lead(workspace, "Bo", owner=rep)
    leads.lead(workspace, "Ada", owner=rep)
    leads.lead(workspace, "Other")

    page = client.get(f"{LIST}?view={view.pk}")

    assert [lead.full_name for lead in page.context["page"]] == ["Ada", "Bo"]
    assert [column.key for column in page.context["columns"]] == ["tags"]
    assert [tab.label for tab in page.context["browsing"].tabs if tab.is_current] == ["Mine"]


def test_changed_view_says_so(client, rep, workspace):
    view = SavedView.objects.create(workspace=workspace, owner=rep, name="Mine", query="owner:me")
    leads.lead(workspace)

    browsing = client.get(f"{LIST}?view={view.pk}&q=solar").context["browsing"]

    assert browsing.is_changed_view
    assert browsing.url(page=2) == f"{LIST}?view={view.pk}&page=2&q=solar"


def test_data_that_nobody_confirmed_for_90_days_is_marked(client, rep, workspace):
    old, fresh = leads.lead(workspace, "Old"), leads.lead(workspace, "Fresh")
    for lead, days in ((old, 91), (fresh, 89)):
        Evidence.objects.filter(lead=lead).delete()
        leads.evidence(lead, observed_at=timezone.now() - timedelta(days=days))

    page = client.get(LIST).content.decode()

    assert page.count("Old data: last confirmed") == 1


def test_another_page_without_script_keeps_what_is_ticked(client, rep, workspace, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 2)
    first, second, third = (leads.lead(workspace, name) for name in ("Ada", "Bo", "Cem"))
    ticked = {"lead": [first.pk, third.pk], "page": "2", "sort": "name", "everything": "1"}

    answer = client.post(reverse("leads:lead-turn"), ticked)

    assert [lead.pk for lead in answer.context["page"].object_list] == [third.pk]
    assert (answer.context["kept"], answer.context["is_everything"]) == ([first.pk], True)
    assert f'<input type="hidden" name="lead" value="{first.pk}">' in answer.content.decode()
    assert str(second.pk) not in answer.content.decode()
