"""The builder, its estimate and a lead reached from a run take fewer than 20 queries, however much there is to tell."""

from __future__ import annotations

import pytest
from django.urls import reverse

from leads.files import read_csv, store_file
from tests.factories import directory, leads, people, runs, scores

pytestmark = pytest.mark.django_db

NEW, ESTIMATE = reverse("leads:search-new"), reverse("leads:search-estimate")
LIMITS = {"asked": "1", "most_leads": "12", "lowest_grade": "D", "new_only": "on"}
DIRECTORY = LIMITS | {"sources": "directory"}
WORDS = {"titles": "Head of Sales; CFO", "titles_level": "must", "keywords": "pumps, valves", "employees_min": "1"}
PLACES = {"places_text": "Berlin; Hamburg; Lyon", "technologies": "SAP, HubSpot", "technologies_level": "must"}
SAVEPOINTS = 2  # of the test's own transaction


@pytest.fixture
def workspace():
    return people.workspace(credits=8)


@pytest.fixture
def rep(client, workspace):
    """Somebody who has a saved search, a lead and 12 people to find."""
    user = people.rep(workspace)
    client.force_login(user)
    directory.people(12)
    directory.dataset(is_sample=True)
    runs.saved_search(workspace, created_by=user)
    leads.lead(workspace)
    return user


@pytest.fixture
def taken(client, rep, query_count):
    """How many queries a page takes, and what it shows."""

    def ask(url, asked=None, **headers):
        answers = []
        number = query_count(lambda: answers.append(client.get(url, asked or {}, headers=headers)))
        return number - SAVEPOINTS, answers[0]

    return ask


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({}, id="at-its-defaults"),
        pytest.param({"sentence": "CFOs in Berlin with 50 to 500 people, must have a phone number"}, id="sentence"),
        pytest.param(DIRECTORY, id="directory"),
        pytest.param(DIRECTORY | {"titles": "Head of Sales", "titles_level": "must"}, id="few-and-more-than-paid-for"),
        pytest.param(DIRECTORY | WORDS | PLACES, id="nothing-found"),
    ],
)
def test_builder_takes_fewer_than_twenty(taken, asked):
    number, answer = taken(NEW, asked)

    assert answer.status_code == 200
    assert number < 20, number


def test_more_criteria_do_not_take_more(taken):
    few, _ = taken(NEW, DIRECTORY | {"keywords": "zzqq"})
    taken(NEW, DIRECTORY | WORDS | PLACES)

    many, answer = taken(NEW, DIRECTORY | WORDS | PLACES | {"phone": "must", "email": "must"})

    assert answer.context["estimate"].quote.matches.value == 0
    assert many <= few


def test_ideal_customer_that_a_search_starts_from_is_read_once(client, rep, django_assert_max_num_queries):
    with django_assert_max_num_queries(19 + SAVEPOINTS) as queries:
        answer = client.get(NEW)

    assert answer.status_code == 200
    assert sum('FROM "scoring_profile"' in each["sql"] for each in queries.captured_queries) == 1


@pytest.mark.parametrize("rows", [1, 30])
def test_builder_with_a_file_takes_fewer_than_twenty(taken, workspace, rep, rows):
    lines = "".join(f"Ana {number},ana{number}@harbour.example,Harbour\n" for number in range(rows))
    file = store_file(workspace, read_csv(f"name,email,company\n{lines}".encode(), "contacts.csv"), by=rep)

    number, answer = taken(NEW, LIMITS | {"sources": ["directory", "file"], "file": str(file.pk)})

    assert answer.context["estimate"].quote.matches.value == 12 + rows
    assert sum(answer.context["estimate"].grades.values())
    assert number < 20, number


def test_rows_of_a_file_are_read_once(client, rep, workspace, django_assert_max_num_queries):
    file = runs.source_file(workspace, [["Ana Novak", "ana@harbour.example", "Harbour"]])

    with django_assert_max_num_queries(100) as queries:
        client.get(NEW, LIMITS | {"sources": ["file"], "file": str(file.pk)} | {"phone": "nice"})

    assert sum('FROM "leads_sourcefilerow"' in each["sql"] for each in queries.captured_queries) == 1


@pytest.mark.parametrize("asked", [{}, WORDS, WORDS | PLACES], ids=["all", "words", "words and places"])
def test_estimate_takes_fewer_than_twenty(taken, asked):
    number, answer = taken(ESTIMATE, DIRECTORY | asked, **{"HX-Request": "true"})

    assert answer.status_code == 200
    assert number < 20, number


def test_lead_reached_from_a_run_takes_fewer_than_twenty(taken, workspace, rep):
    run = runs.run(workspace, state="finished", started_by=rep)
    lead = leads.lead(workspace)
    scores.score(lead, "A", 90)
    runs.delivery(runs.lane(run), lead)

    number, answer = taken(reverse("leads:lead-detail", args=[lead.pk]), {"from": f"run={run.pk}"})

    assert "1 of 1" in answer.content.decode()
    assert number < 20, number
