"""The estimate: count, grades, bill, and the ways out of a dead end."""

from __future__ import annotations

import pytest
from django.urls import reverse

from billing.models import Price
from leads.models import DirectoryPerson
from tests.factories import directory, leads, people, runs

pytestmark = pytest.mark.django_db

ESTIMATE = reverse("leads:search-estimate")
SEARCH = {"asked": "1", "sources": "directory", "most_leads": "5", "lowest_grade": "D"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def workspace():
    return people.workspace(credits=8)


@pytest.fixture
def ask(client, workspace):
    """Asks for the estimate of a search as the page does."""
    client.force_login(people.rep(workspace))
    directory.people(12)
    return lambda **asked: client.get(ESTIMATE, SEARCH | asked, headers=HTMX)


def test_estimate_is_the_region_with_its_address(ask):
    answer = ask(titles="Head of Sales")

    assert answer.status_code == 200
    assert answer.content.decode().lstrip().startswith('<div id="estimate"')
    assert "titles=Head+of+Sales" in answer["HX-Replace-Url"]


def test_estimate_opened_by_itself_is_the_page(client, ask):
    answer = client.get(ESTIMATE, SEARCH)

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("leads:search-new"))


def test_estimate_names_count_grades_and_price(ask):
    answer = ask()
    found = answer.context["estimate"]

    assert (found.quote.matches.value, found.quote.at_most, found.quote.balance_after) == (12, 5, 3)
    assert sum(found.grades.values()) == 5
    assert "12 match, at most 5 credits" in answer.content.decode()


def test_estimate_renews_the_counts_of_options(ask):
    assert '<span id="count-places-DE" hx-swap-oob="innerHTML">12</span>' in ask().content.decode()


def test_mistake_keeps_the_estimate_of_the_rest(ask):
    answer = ask(industries_text="blurgh", most_leads="3")

    assert answer.status_code == 422
    assert answer.context["estimate"].quote.matches.value == 12
    assert not answer.context["can_start"]
    assert "blurgh" in answer.content.decode()


def test_nothing_found_offers_to_loosen_the_filter_that_removes_most(ask):
    answer = ask(keywords="zzqq", places="DE")

    ways = answer.context["loosen"]
    assert [(way.label, way.matches) for way in ways] == [("Keywords only nice to have", "12")]
    assert "keywords_level=nice" in ways[0].url


def test_loosening_finds_what_it_says(client, ask):
    way = ask(keywords="zzqq").context["loosen"][0]

    assert client.get(way.url).context["estimate"].quote.matches.value == 12


def test_close_titles_are_the_first_step_with_what_they_find(client, ask):
    made = directory.dataset()
    for _ in range(3):
        directory.person(directory.company(made), title="VP Marketing", title_key="vp marketing", seniority="vp")

    ways = ask(titles="Head of Marketing", titles_level="must").context["loosen"]

    assert [(way.label, way.matches) for way in ways] == [
        ("Also take titles like VP Marketing", "3"),
        ("Job title only nice to have", "18"),
    ]
    assert client.get(ways[0].url).context["form"]["titles"].value() == "Head of Marketing, VP Marketing"


def test_close_titles_promise_what_is_counted_then(client, ask):
    made = directory.dataset()
    for _ in range(2):
        place = directory.company(made)
        twice = directory.person(place, title="VP Marketing", title_key="vp marketing", seniority="vp")
    directory.person(
        place, title="VP Marketing", title_key="vp marketing", full_name=twice.full_name, email=twice.email
    )

    way = ask(titles="Head of Marketing", titles_level="must").context["loosen"][0]

    assert way.matches == str(client.get(way.url).context["estimate"].quote.matches.value) == "2"


def test_known_leads_are_the_first_step_where_they_are_all_that_match(client, workspace, ask):
    for person in DirectoryPerson.objects.all():
        leads.lead(workspace, email=person.email)

    ways = ask(new_only="on", places="DE").context["loosen"]

    assert [(way.label, way.matches, way.note) for way in ways] == [
        ("Also take leads we know", "12", "all known, so free")
    ]
    estimated = client.get(ways[0].url).context["estimate"].quote
    assert (estimated.known, estimated.at_most, estimated.expected) == (12, 5, 0)


def test_duplicate_in_the_directory_is_no_lead_we_know(ask):
    person = DirectoryPerson.objects.first()
    directory.person(person.company, email=person.email)

    answer = ask(new_only="on", places="DE")

    assert answer.context["estimate"].quote.matches.value == 12
    assert [way.label for way in answer.context["loosen"] if "we know" in way.label] == []


def test_short_of_credits_offers_fewer_leads(ask):
    answer = ask(most_leads="12")

    assert not answer.context["can_start"]
    assert answer.context["lower"].label == "Lower to 8 leads"
    assert "You are 4 credits short" in answer.content.decode()


def test_fewer_leads_can_be_started(client, ask):
    lower = ask(most_leads="12").context["lower"]

    assert client.get(lower.url).context["can_start"]


def test_unknown_price_cannot_start_and_can_be_tried_again(ask):
    Price.objects.all().delete()

    answer = ask()

    assert not answer.context["can_start"]
    assert "The cost is not known" in answer.content.decode()
    assert "Try again" in answer.content.decode()


def test_no_source_says_so(ask):
    answer = ask(sources=[])

    assert answer.status_code == 422
    assert "Choose at least one source." in answer.content.decode()


def test_file_that_is_not_chosen_leaves_the_other_sources_estimate(ask):
    answer = ask(sources=["directory", "file"])

    assert answer.context["estimate"].quote.matches.value == 12
    assert not answer.context["can_start"]
    assert "Upload a CSV file" in answer.content.decode()


def test_file_counts_beside_the_directory(ask, workspace):
    file = runs.source_file(workspace, [["Ana Novak", "ana@harbour.example", "Harbour"]])

    assert ask(sources=["directory", "file"], file=str(file.pk)).context["estimate"].quote.matches.value == 13


def test_test_is_offered_where_it_is_the_smaller_step(ask):
    assert not ask(most_leads="10").context["can_test"]
    assert not ask(most_leads="12").context["can_test"]


def test_test_is_offered_with_its_own_price(client):
    client.force_login(people.rep(people.workspace(credits=50)))
    directory.people(12)

    answer = client.get(ESTIMATE, SEARCH | {"most_leads": "12"}, headers=HTMX)

    assert answer.context["can_test"]
    assert "Test with 10 · 10 credits" in answer.content.decode()


def test_run_as_small_as_a_test_says_so(client):
    client.force_login(people.rep(people.workspace(credits=50)))
    directory.people(12)

    page = client.get(ESTIMATE, SEARCH | {"most_leads": "10"}, headers=HTMX).content.decode()

    assert "Few enough to be a test by itself." in page
    assert "Test with" not in page


def test_estimate_says_how_long_a_run_takes_and_what_it_goes_by(ask):
    page = ask().content.decode()

    assert "Less than a minute, a first guess" in page


def test_where_fewer_than_ten_match_the_test_is_of_three(client):
    client.force_login(people.rep(people.workspace(credits=50)))
    directory.people(7)

    answer = client.get(ESTIMATE, SEARCH | {"most_leads": "12"}, headers=HTMX)

    assert 'name="test" value="3">Test with 3 · 3 credits' in answer.content.decode()


def test_count_is_called_an_upper_limit(ask):
    assert "An upper limit" in ask().content.decode()


def test_what_costs_nothing_starts_free(ask):
    Price.objects.update(amount=0)

    page = ask().content.decode()

    assert "Start run · free" in page
    assert "at most 0" not in page
