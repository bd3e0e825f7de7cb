"""Pages of the directory: best first, nobody twice or passed over, and without whom the workspace knows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from leads.criteria import Criteria
from leads.directory import refreshing, searching
from leads.directory.wording import settled
from leads.models import DirectoryPerson, LeadIdentity
from leads.sources.base import SearchRequest
from tests.factories import directory, leads, people

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def request(workspace_id: int = 0, **asked: Any) -> SearchRequest:
    criteria = Criteria.from_json(asked)
    return SearchRequest(criteria=criteria, workspace_id=workspace_id, new_only=workspace_id > 0, now=timezone.now())


def pages(asked: SearchRequest, limit: int) -> list[list[str]]:
    """The record ids of each page."""
    found: list[list[str]] = []
    cursor: dict[str, Any] | None = {}
    while cursor is not None:
        page = searching.search(asked, cursor, limit)
        found.append([candidate.record_id for candidate in page.candidates])
        cursor = page.next_cursor
    return found


def known(kind: str, value: str) -> int:
    """A workspace that has a lead of this identity."""
    workspace = people.workspace()
    LeadIdentity.objects.create(workspace=workspace, lead=leads.lead(workspace), kind=kind, value=value)
    return workspace.pk


def test_people_of_one_rank_come_in_the_order_of_their_rows():
    made = directory.people(12)
    ranks = set(DirectoryPerson.objects.values_list("rank", flat=True))

    found = [record for page in pages(request(), 5) for record in page]

    own_order = DirectoryPerson.objects.order_by("id").values_list("record_id", flat=True)
    assert len(ranks) == 1
    assert found == [f"{made.name}:{record}" for record in own_order]


def test_people_come_before_companies_and_the_best_before_the_rest():
    made = directory.dataset()
    directory.company(made, record_id="c-bare", employees_min=None, employees_max=None)
    directory.company(made, record_id="c-full", city="Jena", technologies=["SAP"])
    directory.person(directory.company(made), record_id="p-staff", seniority="entry")
    directory.person(directory.company(made), record_id="p-chief", seniority="c_level")
    refreshing.refresh(made)

    found = pages(request(), 3)

    order = [["p-chief", "p-staff", "c-full"], ["c-bare"]]
    assert found == [[f"{made.name}:{record}" for record in page] for page in order]


@pytest.mark.parametrize(
    ("asked", "wished", "first"),
    [
        ({}, {"departments": ["it"]}, "p-it"),
        ({"departments": {"values": ["sales"], "level": "nice"}}, {"departments": ["it"]}, "p-sales"),
        ({"seniorities": {"values": ["c_level"], "level": "nice"}}, {"departments": ["it"]}, "p-chief-it"),
    ],
    ids=["wishes order what is found", "the search's own wish comes before", "both together"],
)
def test_the_best_for_the_workspace_come_first(asked, wished, first):
    made = directory.dataset()
    for record, department, seniority in (
        ("p-sales", "sales", "manager"),
        ("p-it", "it", "manager"),
        ("p-chief-it", "it", "c_level"),
    ):
        directory.person(directory.company(made), record_id=record, department=department, seniority=seniority)
    if first == "p-it":
        DirectoryPerson.objects.filter(record_id="p-chief-it").delete()
    refreshing.refresh(made)

    wishes = Criteria.from_json({key: {"values": values, "level": "nice"} for key, values in wished.items()})
    found = searching.search(replace(request(**asked), wishes=wishes), {}, 1).candidates

    assert [candidate.record_id for candidate in found] == [f"{made.name}:{first}"]


@pytest.mark.parametrize(("number", "limit", "sizes"), [(6, 3, [3, 3]), (6, 4, [4, 2]), (6, 6, [6]), (0, 3, [0])])
def test_last_page_has_no_cursor(number: int, limit: int, sizes: list[int]):
    directory.people(number)

    assert [len(page) for page in pages(request(), limit)] == sizes


def test_page_that_ends_with_the_last_person_goes_on_with_companies():
    made = directory.people(4)
    directory.company(made, record_id="c-alone")

    found = pages(request(), 4)

    assert [len(page) for page in found] == [4, 1]
    assert found[1] == [f"{made.name}:c-alone"]


def test_row_loaded_between_two_pages_neither_doubles_nor_hides_others():
    made = directory.people(6)
    first = searching.search(request(), {}, 3)
    directory.person(directory.company(made, has_people=True), rank=999)

    rest = searching.search(request(), first.next_cursor or {}, 10)

    seen = [candidate.record_id for candidate in (*first.candidates, *rest.candidates)]
    assert len(seen) == len(set(seen)) == 6


def test_same_cursor_answers_the_same_again():
    directory.people(7)
    cursor = searching.search(request(), {}, 2).next_cursor or {}

    assert searching.search(request(), cursor, 3) == searching.search(request(), cursor, 3)


@pytest.mark.parametrize("kind", ["email", "linkedin", "record"])
def test_person_whom_the_workspace_knows_is_left_out(kind: str):
    made = directory.people(2)
    first, second = DirectoryPerson.objects.order_by("id")
    DirectoryPerson.objects.filter(pk=first.pk).update(linkedin_slug="ines-calloway-1")
    value = {"email": first.email, "linkedin": "ines-calloway-1", "record": f"directory:{made.name}:{first.record_id}"}

    asked = request(known(kind, value[kind]))

    assert pages(asked, 5) == [[f"{made.name}:{second.record_id}"]]
    assert searching.count(asked).value == 1


@pytest.mark.parametrize("kind", ["company", "record"])
def test_company_whom_the_workspace_knows_is_left_out(kind: str):
    made = directory.dataset()
    first, second = directory.company(made), directory.company(made)
    value = {"company": first.company_key, "record": f"directory:{made.name}:{first.record_id}"}

    asked = request(known(kind, value[kind]))

    assert pages(asked, 5) == [[f"{made.name}:{second.record_id}"]]


def test_whom_another_workspace_knows_is_found():
    directory.people(1)
    known("email", DirectoryPerson.objects.get().email)

    assert searching.count(request(people.workspace().pk)).value == 1


def test_count_is_capped(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(searching, "MOST_COUNTED", 5)
    directory.people(6)

    assert str(searching.count(request())) == "5+"


def test_count_that_the_cap_just_holds_is_exact(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(searching, "MOST_COUNTED", 6)
    directory.people(6)

    assert str(searching.count(request())) == "6"


@pytest.mark.parametrize(("limit", "queries"), [(3, 1), (10, 2)], ids=["people only", "with companies"])
def test_page_has_a_fixed_number_of_queries(django_assert_num_queries, limit: int, queries: int):
    directory.people(6)

    with django_assert_num_queries(queries):
        searching.search(request(), {}, limit)


@settled()
def test_many_are_counted_in_one_query_as_each_alone(django_assert_num_queries):
    made = directory.people(3)
    directory.company(made, country="FR")
    refreshing.refresh(made)
    asked = [
        request(),
        request(places=["FR"]),
        request(titles={"values": ["Zzqq"], "level": "must"}),
    ]
    alone = [searching.count(each) for each in asked]

    with django_assert_num_queries(1):
        together = searching.counts(asked)

    assert together == alone
    assert [count.value for count in together] == [4, 1, 0]
