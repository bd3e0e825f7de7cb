"""The saved searches: who sees which, with which runs, and what one does with them."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from leads.models import SavedSearch
from leads.saved_searches import lacking
from tests.factories import directory, people, runs

pytestmark = pytest.mark.django_db

LIST = reverse("leads:search-list")


@pytest.fixture
def workspace():
    return people.workspace(credits=50)


@pytest.fixture
def rep(client, workspace):
    user = people.rep(workspace)
    client.force_login(user)
    return user


def url(name: str, saved: SavedSearch) -> str:
    return reverse(f"leads:search-{name}", args=[saved.pk])


def test_list_shows_ones_own_and_shared_ones(client, rep, workspace):
    mine = runs.saved_search(workspace, created_by=rep)
    shared = runs.saved_search(workspace, is_shared=True)
    runs.saved_search(workspace)

    rows = client.get(LIST).context["rows"]

    assert {row["saved"] for row in rows} == {mine, shared}
    assert {row["saved"]: row["can_change"] for row in rows} == {mine: True, shared: False}


def test_list_takes_as_many_queries_for_ten_as_for_one(client, rep, workspace, query_count):
    runs.run(workspace, name=runs.saved_search(workspace, is_shared=True).name)
    few = query_count(lambda: client.get(LIST))
    for _ in range(9):
        saved = runs.saved_search(workspace, is_shared=True)
        runs.schedule(saved)
        runs.run(workspace, name=saved.name)

    assert query_count(lambda: client.get(LIST)) == few < 20


def test_list_tells_the_last_run_with_its_grades(client, rep, workspace):
    saved = runs.saved_search(workspace, created_by=rep)
    runs.run(workspace, name=saved.name, started_by=rep)
    last = runs.run(workspace, name=saved.name, started_by=rep)
    runs.delivery(runs.lane(last), grade="A")
    runs.run(workspace, name=saved.name)  # somebody else's run of a private search's name

    (row,) = client.get(LIST).context["rows"]

    assert (row["run"], row["grades"]) == (last, {"A": 1})


def test_list_tells_what_runs_by_itself_and_what_it_lacks(client, rep, workspace):
    saved = runs.saved_search(workspace, created_by=rep, sources=["directory", "gone_source"])
    runs.schedule(saved, note="Paused by its cap: the 100 credits of this month are used.")

    page = client.get(LIST).content.decode()

    assert "Weekly on Monday at 07:00" in page
    assert "at most 100 credits a month" in page
    assert "Paused by its cap" in page
    assert "Without Gone source." in page
    assert "does not answer" in client.post(url("fresh", saved), headers={"HX-Request": "true"}).content.decode()


def test_schedule_is_paused_and_resumed_from_the_list(client, rep, workspace):
    saved = runs.saved_search(workspace, created_by=rep)
    runs.schedule(saved)

    answer = client.post(url("schedule-pause", saved), {"pause": "on", "listed": "on"}, follow=True)

    assert answer.redirect_chain == [(LIST, 303)]
    assert "Resume the schedule" in answer.content.decode()


@pytest.mark.parametrize(
    ("sources", "lacks"),
    [(["directory"], ()), (["directory", "old_one"], ("Old one",)), (["file"], ("its file",))],
    ids=["nothing", "a source", "its file"],
)
def test_search_lacks_what_is_not_there_any_more(sources, lacks):
    assert lacking(SavedSearch(sources=sources)) == lacks


def test_list_without_searches_offers_templates(client, rep):
    page = client.get(LIST).content.decode()

    assert page.count("?stock=") >= 3


def test_what_is_new_is_counted_for_each(client, rep, workspace):
    directory.people(12)
    saved = runs.saved_search(workspace, created_by=rep)

    page = client.post(url("fresh", saved), headers={"HX-Request": "true"})

    assert "12 new now" in page.content.decode()


def test_row_and_page_keep_the_last_count_until_it_is_counted_again(client, rep, workspace):
    directory.people(12)
    saved = runs.saved_search(workspace, created_by=rep)
    before = client.get(LIST).content.decode()
    client.post(url("fresh", saved), headers={"HX-Request": "true"})

    pages = [client.get(place).content.decode() for place in (LIST, url("detail", saved))]

    assert "Count what is new" in before
    assert all("12 new when last counted" in page for page in pages)


def test_detail_tells_what_changed_between_runs(client, rep, workspace):
    saved = runs.saved_search(workspace, created_by=rep)
    runs.run(workspace, name=saved.name, started_by=rep, criteria={"places": ["DE"], "employees": "51-200"})
    runs.run(workspace, name=saved.name, started_by=rep, criteria={"places": ["AT"], "employees": "51-200"})

    history = client.get(url("detail", saved)).context["runs"]

    assert [list(map(str, each["changes"])) for each in history] == [["Place: + Austria, − Germany"], []]


def test_detail_of_a_search_that_never_ran_offers_its_estimate(client, rep, workspace):
    saved = runs.saved_search(workspace, created_by=rep)

    page = client.get(url("detail", saved)).content.decode()

    assert "Not run yet" in page
    assert f"{reverse('leads:search-new')}?saved={saved.pk}" in page


def test_private_search_of_somebody_else_is_not_found(client, rep, workspace):
    private = runs.saved_search(workspace)

    assert client.get(url("detail", private)).status_code == 404
    assert client.post(url("duplicate", private)).status_code == 404


def test_copy_is_ones_own_and_private(client, rep, workspace):
    shared = runs.saved_search(workspace, is_shared=True, name="Pumps", most_leads=33)

    for _ in range(2):
        client.post(url("duplicate", shared))

    copies = SavedSearch.objects.of(workspace).filter(created_by=rep).order_by("id")
    assert [(copy.name, copy.most_leads, copy.is_shared) for copy in copies] == [
        ("Pumps (copy)", 33, False),
        ("Pumps (copy 2)", 33, False),
    ]


def test_sharing_goes_both_ways(client, rep, workspace):
    saved = runs.saved_search(workspace, created_by=rep)

    client.post(url("share", saved), {"share": "on"})
    saved.refresh_from_db()
    assert saved.is_shared

    client.post(url("share", saved), {"share": ""})
    saved.refresh_from_db()
    assert not saved.is_shared


def test_delete_can_be_undone(client, rep, workspace):
    file = runs.source_file(workspace)
    saved = runs.saved_search(workspace, created_by=rep, is_shared=True, most_credits="12.50", source_file=file)
    client.post(url("delete", saved))
    kept = re.search(r'name="kept" value="([^"]+)"', client.get(LIST).content.decode())[1]

    client.post(reverse("leads:search-restore"), {"kept": kept})

    back = SavedSearch.objects.of(workspace).get()
    assert (back.name, back.created_by, back.is_shared) == (saved.name, rep, True)
    assert (back.most_credits, back.source_file) == (12.5, file)


def test_deleted_search_comes_back_in_its_own_workspace_only(client, rep, workspace):
    saved = runs.saved_search(workspace, created_by=rep)
    client.post(url("delete", saved))
    kept = re.search(r'name="kept" value="([^"]+)"', client.get(LIST).content.decode())[1]
    client.force_login(people.rep(people.workspace()))

    client.post(reverse("leads:search-restore"), {"kept": kept})

    assert not SavedSearch.objects.exists()


def test_detail_tells_which_limits_changed_between_runs(client, rep, workspace):
    saved = runs.saved_search(workspace, created_by=rep, name="Pumps")
    for limits in ({"most_leads": 10}, {"most_leads": 5, "new_only": False, "lowest_grade": "B"}):
        runs.run(workspace, name="Pumps", started_by=rep, **limits)

    history = client.get(url("detail", saved)).context["runs"]

    told = ["Most leads: 5, was 10", "Lowest grade: B, was D", "Whom: people you know too, was new people only"]
    assert [list(map(str, each["changes"])) for each in history] == [told, []]


def test_change_of_a_shared_search_is_for_its_owner_and_managers(client, rep, workspace):
    shared = runs.saved_search(workspace, is_shared=True)

    assert client.post(url("delete", shared)).status_code == 404
    assert client.post(url("share", shared)).status_code == 404

    client.force_login(people.manager(workspace))
    assert client.post(url("delete", shared)).status_code == 303


def test_runs_stand_as_small_multiples_the_oldest_first(client, rep, workspace):
    saved = runs.saved_search(workspace, created_by=rep)
    made = [runs.run(workspace, name=saved.name, started_by=rep) for _ in range(3)]
    for run, grades in zip(made, ("A", "BB", ""), strict=True):
        lane = runs.lane(run)
        for grade in grades:
            runs.delivery(lane, grade=grade)

    page = client.get(url("detail", saved)).content.decode()

    first, second = made[0].number, made[1].number
    assert page.index(f'aria-label="Run {first}: ') < page.index(f'aria-label="Run {second}: ')
    assert f"Run {second} brought 2 leads, 0 of them A+ or A; run {first} before it 1 lead, 1 of them A+ or A." in page
    assert f'aria-label="Run {made[2].number}: ' not in page


def test_one_run_is_compared_to_nothing(client, rep, workspace):
    saved = runs.saved_search(workspace, created_by=rep)
    runs.delivery(runs.lane(runs.run(workspace, name=saved.name, started_by=rep)), grade="A")

    assert "multiples" not in client.get(url("detail", saved)).content.decode()
