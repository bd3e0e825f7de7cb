"""The managers' dashboard as a page, a region and a file."""

from __future__ import annotations

import gzip
import re
from html import unescape

import pytest
from django.urls import reverse

from tests.factories import people
from tests.scoring.dashboard.test_board import made, number_behind

pytestmark = pytest.mark.django_db

URL = "/dashboard/"
NUMBER = re.compile(r'<a class="[^"]+" href="(/leads/[^"]+)">([\d,]+)</a>')


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def manager(client, workspace):
    found = people.manager(workspace)
    client.force_login(found)
    return found


def test_an_empty_period_says_so_and_leads_to_a_search(client, manager):
    page = client.get(URL).content.decode()

    assert "No lead came in these days" in page
    assert f'href="{reverse("leads:search-new")}"' in page


def test_an_owner_of_none_is_named_beside_the_leads_that_came(client, workspace, manager):
    made(workspace)

    page = client.get(URL, {"period": "w", "who": manager.pk}).content.decode()

    assert f"{manager.name} owns none of the 6 leads of these days" in page
    assert f'href="{URL}?period=w"' in page


def test_what_a_credit_costs_is_kept_until_it_is_taken_away(client, workspace, manager):
    made(workspace, manager)
    asked = [{"price": "0.5"}, {"price": "much"}, {}, {"price": ""}, {}]

    pages = [client.get(URL, each).content.decode() for each in asked]

    assert ["at 0.5 EUR a credit" in page for page in pages] == [True, False, True, False, False]


@pytest.mark.parametrize(("key", "said"), [("d", "</a> the day before"), ("w", "</a> in the 7 days before")])
def test_the_period_before_is_named(client, workspace, manager, key, said):
    made(workspace, manager)

    assert said in client.get(URL, {"period": key}).content.decode()


@pytest.mark.parametrize("times", [1, 6], ids=["few", "many"])
def test_page_asks_as_often_for_many_leads_and_stays_light(
    client, workspace, manager, times, django_assert_max_num_queries
):
    for _ in range(times):
        made(workspace, manager)

    with django_assert_max_num_queries(19):
        answer = client.get(URL, {"period": "q", "price": "0.5"})

    assert answer.status_code == 200
    assert len(gzip.compress(answer.content)) < 25 * 1024


@pytest.mark.parametrize("asked", [{"period": "w"}, {"period": "m", "who": "none"}], ids=["week", "nobody's month"])
def test_each_number_that_is_a_link_is_that_of_its_leads(client, workspace, manager, asked):
    made(workspace, manager)

    page = client.get(URL, asked).content.decode()

    links = {(unescape(url), number) for url, number in NUMBER.findall(page)}
    assert len(links) > 12
    assert {(url, f"{number_behind(url, workspace, manager):,}") for url, _ in links} == links


def test_htmx_gets_the_region_alone_and_a_wrong_price_is_told(client, manager):
    answer = client.get(URL, {"period": "w", "price": "much"}, headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert answer.content.decode().lstrip().startswith('<div id="dash"')
    assert "Write an amount" in answer.content.decode()


@pytest.mark.parametrize("asked", [{"period": "x"}, {"who": "999999"}, {"who": "me"}, {"price": "-1"}], ids=str)
def test_what_cannot_be_read_falls_to_what_is_usual(client, workspace, manager, asked):
    made(workspace, manager)

    assert "Leads per week by grade" in client.get(URL, asked).content.decode()


def test_file_has_the_same_sums(client, workspace, manager):
    made(workspace, manager)

    lines = b"".join(client.get(reverse("scoring:dashboard-export"), {"period": "w"})).decode().splitlines()

    assert lines[1].startswith("Period,All,")
    assert lines[1].split(",")[4:10] == ["6", "5", "3", "2", "1", "1"]
    assert [line.split(",")[1] for line in lines if line.startswith("Source,")] == ["Company database", "Your file"]
