"""When members were last seen: written now and then, and never in the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from billing.models import Membership
from tests.factories import people

pytestmark = pytest.mark.django_db
PAGE = "/settings/profile/"
POLLED = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{PAGE}"}


@pytest.fixture
def member() -> Membership:
    return people.membership(last_seen_at=None)


@pytest.fixture
def signed_in(client: Client, member: Membership) -> Client:
    client.force_login(member.user)
    return client


def test_first_page_is_being_seen(signed_in: Client, member: Membership) -> None:
    signed_in.get(PAGE)

    member.refresh_from_db()
    assert member.last_seen_at is not None


@pytest.mark.parametrize(("minutes", "is_written"), [(4, False), (6, True)])
def test_being_seen_is_written_once_in_five_minutes(
    signed_in: Client, member: Membership, minutes: int, is_written: bool
) -> None:
    before = timezone.now() - timedelta(minutes=minutes)
    Membership.objects.filter(pk=member.pk).update(last_seen_at=before)

    signed_in.get(PAGE)

    member.refresh_from_db()
    assert (member.last_seen_at != before) is is_written


def test_region_that_renews_itself_is_nobody_at_work(signed_in: Client, member: Membership) -> None:
    signed_in.get(PAGE, headers=POLLED)

    member.refresh_from_db()
    assert member.last_seen_at is None


@pytest.mark.parametrize(
    ("asked", "headers"),
    [
        (f"{PAGE}?page=2", POLLED),
        (PAGE, POLLED | {"HX-Target": "peek", "HX-Current-URL": "http://testserver/leads/"}),
        (PAGE, {"HX-Request": "true"}),
    ],
    ids=["paged", "looked at", "looked ahead"],
)
def test_region_that_somebody_asks_for_is_being_seen(signed_in: Client, member: Membership, asked, headers) -> None:
    signed_in.get(asked, headers=headers)

    member.refresh_from_db()
    assert member.last_seen_at is not None


def test_act_inside_a_page_is_being_seen(signed_in: Client, member: Membership) -> None:
    signed_in.post(PAGE, headers=POLLED)

    member.refresh_from_db()
    assert member.last_seen_at is not None


@pytest.mark.django_db(transaction=True)
def test_page_is_shown_when_being_seen_cannot_be_written(signed_in: Client, member: Membership) -> None:
    def broken(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith('UPDATE "billing_membership"'):
            raise OperationalError("the disk is full")
        return execute(sql, *rest)

    with connection.execute_wrapper(broken):
        answer = signed_in.get(PAGE)

    assert answer.status_code == 200


def test_only_the_workspace_that_was_open_saw_them(signed_in: Client, member: Membership) -> None:
    other = people.membership(user=member.user, last_seen_at=None)

    signed_in.get(PAGE)

    other.refresh_from_db()
    assert other.last_seen_at is None
