"""Nobody reaches what is not theirs: every URL is tried by visitors, by each role, and by people of another workspace."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from billing.models import Membership, Role, User, Workspace
from billing.pricing import seed_prices
from tests.factories import people
from tests.walking import (
    ADMIN_OPEN,
    FOR_MANAGERS,
    METHODS,
    OPEN,
    THEIR_MAKERS,
    THEIRS_ALONE,
    WITHOUT_WORKSPACE,
    admin_places,
    places,
    records,
)
from tests.walking import url_of as address

pytestmark = pytest.mark.django_db

PLACES = [each for each in places() if each.name not in OPEN]
WORKSPACE_PLACES = [each for each in PLACES if each.name not in WITHOUT_WORKSPACE]
RECORD_PLACES = [each for each in WORKSPACE_PLACES if each.parameters]
OTHER, NOWHERE = "owner of another workspace", "nobody's member"
ANSWERED = {200, 204, 302, 303, 405, 422}


@dataclass(frozen=True, slots=True)
class World:
    """A workspace, a record of each kind in it, and the sessions of people by what they are to it."""

    workspace: Workspace
    values: dict[str, object]
    sessions: dict[str, str]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once, people signed in: what a test does to it is undone to a savepoint."""
    with django_db_blocker.unblock(), transaction.atomic():
        seed_prices()
        made = people.workspace(name="Quokkavale Workspace", credits=100)
        values = records(made, people.owner(made, user=people.user("quokkavale@owner.example")))
        users = {role: people.membership(made, role).user for role in Role.values}
        users |= {OTHER: people.membership(people.workspace(), Role.OWNER).user, NOWHERE: people.user()}
        yield World(made, values, {name: session_of(user) for name, user in users.items()})
        transaction.set_rollback(True)


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def signed_in(client: Client, world: World, who: str) -> Client:
    """`who` is a role in the workspace, somebody of another, or of none."""
    client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[who]
    return client


@pytest.fixture
def workspace(world: World) -> Workspace:
    return Workspace.objects.get(pk=world.workspace.pk)


@pytest.fixture
def values(world: World) -> dict[str, object]:
    return world.values


def by_name(place) -> str:
    return place.name


def answers(client: Client, url: str, headers: dict[str, str] | None = None) -> dict[str, HttpResponse]:
    """What GET and POST get; the POST has no fields."""
    return {method: getattr(client, method)(url, headers=headers) for method in METHODS}


def lost_anchors(answer: HttpResponse) -> list[str]:
    """Where error summaries lead that is not on the page."""
    if answer.streaming or "error-summary" not in (page := answer.content.decode()):
        return []
    summaries = re.findall(r'<div class="error-summary".*?</div>', page, re.DOTALL)
    goals = [goal for summary in summaries for goal in re.findall(r'href="#([^"]*)"', summary)]
    return [goal for goal in goals if f' id="{goal}"' not in page]


@pytest.mark.parametrize("place", PLACES, ids=by_name)
def test_visitor_is_sent_to_sign_in(client: Client, values, place) -> None:
    url = address(place, values)

    found = answers(client, url)

    refused = {method for method, answer in found.items() if answer.status_code == 405}
    sent = {answer["Location"].split("?")[0] for method, answer in found.items() if method not in refused}
    assert sent <= {reverse("billing:sign-in"), reverse("admin:login")}
    assert refused != set(METHODS)


@pytest.mark.parametrize("place", WORKSPACE_PLACES, ids=by_name)
def test_visitor_inside_htmx_is_told_and_shown_nothing(client: Client, values, place) -> None:
    url = address(place, values)

    found = answers(client, url, {"HX-Request": "true"})

    refused = {answer.status_code for answer in found.values() if "HX-Trigger" not in answer}
    told = [json.loads(answer["HX-Trigger"])["toast"] for answer in found.values() if "HX-Trigger" in answer]
    assert all(each["url"].startswith(reverse("billing:sign-in")) for each in told)
    assert refused <= {405}
    assert told
    assert all(answer.content == b"" for answer in found.values() if "HX-Trigger" in answer)


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("place", WORKSPACE_PLACES, ids=by_name)
def test_member_gets_an_answer_and_a_rep_no_page_of_managers(client: Client, world, values, place, role) -> None:
    signed_in(client, world, role)

    answered = answers(client, address(place, values))

    found = {method: answer.status_code for method, answer in answered.items()}
    assert not [anchor for answer in answered.values() for anchor in lost_anchors(answer)]
    assert found["get"] != 422  # whoever looks has sent nothing that could be refused
    if place.name in FOR_MANAGERS and role == Role.REP:
        assert set(found.values()) <= {403, 405}
        assert 403 in found.values()
    elif place.name in THEIRS_ALONE or (place.name in THEIR_MAKERS and role == Role.REP):
        assert set(found.values()) <= {404, 405}
    else:
        assert set(found.values()) <= ANSWERED, found
        assert set(found.values()) != {405}


@pytest.mark.parametrize("place", RECORD_PLACES, ids=by_name)
def test_record_of_another_workspace_is_not_found(client: Client, world, values, place) -> None:
    signed_in(client, world, OTHER)

    found = {answer.status_code for answer in answers(client, address(place, values)).values()}

    assert found <= {404, 405}
    assert 404 in found


@pytest.mark.parametrize("place", [each for each in WORKSPACE_PLACES if not each.parameters], ids=by_name)
def test_page_shows_nothing_of_another_workspace(client: Client, world, values, place) -> None:
    signed_in(client, world, OTHER)

    shown = b"".join(part for answer in answers(client, address(place, values)).values() for part in answer)

    assert b"uokkavale" not in shown


@pytest.mark.parametrize("place", WORKSPACE_PLACES, ids=by_name)
def test_person_without_a_workspace_sees_none(client: Client, world, values, place) -> None:
    signed_in(client, world, NOWHERE)

    found = {answer.status_code for answer in answers(client, address(place, values)).values()}

    assert found <= {403, 405}
    assert 403 in found


def test_access_that_ended_ends_at_once(client: Client, world) -> None:
    signed_in(client, world, Role.MANAGER)
    Membership.objects.filter(role=Role.MANAGER).update(is_active=False)

    answer = client.get(reverse("billing:members"))

    assert answer.status_code == 403
    assert b"quokkavale@" not in answer.content


def test_nobody_switches_to_a_workspace_that_is_not_theirs(client: Client, world, workspace) -> None:
    signed_in(client, world, OTHER)

    answer = client.post(reverse("billing:switch"), {"workspace": workspace.pk})

    assert answer.status_code == 404


def test_administration_is_for_operators_alone(client: Client, world) -> None:
    signed_in(client, world, Role.OWNER)
    inside = [each for each in admin_places() if each.name not in ADMIN_OPEN]
    urls = [
        reverse(each.name, args=["billing" if name == "app_label" else "1" for name in each.parameters])
        for each in inside
    ]

    found = [answer for url in urls for answer in answers(client, url).values()]

    assert len(found) > 100
    assert {answer.status_code for answer in found} == {302}
    assert {answer["Location"].split("?")[0] for answer in found} == {reverse("admin:login")}
