"""Limits of each person: set in the row, refused with a reason, read by reps."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from billing.models import AuditEvent, Membership, Role
from tests.factories import people

pytestmark = pytest.mark.django_db
PAGE = reverse("billing:settings-limits")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def workspace():
    return people.workspace(credits=100)


@pytest.fixture
def rosa(workspace) -> Membership:
    return people.membership(workspace, user=people.user("rosa@sample.example", first_name="Rosa"))


@pytest.fixture
def manager(client: Client, workspace):
    user = people.manager(workspace)
    client.force_login(user)
    return user


def limit(client: Client, member: Membership, value: str, **headers: str):
    return client.post(
        reverse("billing:member-limit", args=[member.pk]), {f"{member.pk}-limit": value}, headers=headers
    )


def test_limit_is_saved_and_the_row_answered(client: Client, manager, rosa) -> None:
    answer = limit(client, rosa, "40.5", **HTMX)

    rosa.refresh_from_db()
    assert (answer.status_code, rosa.monthly_limit) == (200, Decimal("40.50"))
    assert answer.content.decode().lstrip().startswith(f'<tr id="limit-{rosa.pk}"')
    assert "The limit of Rosa is saved." in answer["HX-Trigger"]
    assert AuditEvent.objects.filter(verb="member.changed", actor_id=manager.pk).exists()


@pytest.mark.parametrize(("saved", "shown"), [("50.00", "50"), ("40.50", "40.5")], ids=["whole", "half"])
def test_field_shows_the_limit_as_other_amounts_are_shown(client: Client, manager, rosa, saved, shown) -> None:
    limit(client, rosa, saved)

    assert f'value="{shown}"' in client.get(PAGE).content.decode()


def test_empty_limit_is_none(client: Client, manager, rosa) -> None:
    limit(client, rosa, "5")

    answer = limit(client, rosa, "")

    rosa.refresh_from_db()
    assert (answer.status_code, answer["Location"], rosa.monthly_limit) == (303, PAGE, None)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "row"])
@pytest.mark.parametrize("value", ["-1", "much", "1.234"])
def test_bad_limit_is_refused_where_it_was_typed(client: Client, manager, rosa, value: str, headers) -> None:
    answer = limit(client, rosa, value, **headers)

    rosa.refresh_from_db()
    text = answer.content.decode()
    assert (answer.status_code, rosa.monthly_limit) == (422, None)
    assert f'value="{value}"' in text
    assert 'aria-invalid="true"' in text


def test_sum_that_is_confirmed_again_is_set_and_audited(client: Client, workspace, manager) -> None:
    answer = client.post(reverse("billing:confirm-sum"), {"above": "250"})

    workspace.refresh_from_db()
    assert (answer["Location"], workspace.confirm_above) == (PAGE, Decimal(250))
    assert AuditEvent.objects.get(verb="workspace.confirm_above").after == {"confirm_above": "250.00"}


@pytest.mark.parametrize("value", ["-1", "much", "1.234", "99999999999"])
def test_nonsense_as_the_sum_that_is_confirmed_again_is_refused(client: Client, workspace, manager, value: str) -> None:
    answer = client.post(reverse("billing:confirm-sum"), {"above": value})

    workspace.refresh_from_db()
    assert (answer.status_code, workspace.confirm_above) == (422, Decimal(100))
    assert f'value="{value}"' in answer.content.decode()


def test_manager_cannot_limit_an_owner(client: Client, workspace, manager) -> None:
    owner = people.membership(workspace, Role.OWNER)

    answer = limit(client, owner, "1", **HTMX)

    assert answer.status_code == 422
    assert "Only an owner can change an owner." in answer.content.decode()


def test_rep_reads_their_own_limit_alone(client: Client, workspace, rosa) -> None:
    people.membership(workspace, user=people.user(first_name="Otto"))
    client.force_login(rosa.user)

    page = client.get(PAGE).content.decode()

    assert "Rosa" in page
    assert "Otto" not in page
    assert "<input" not in page.split("<main")[1].split("</main")[0]


def test_page_asks_as_often_for_many_as_for_few(client: Client, workspace, manager, rosa, query_count) -> None:
    few = query_count(lambda: client.get(PAGE))
    for _ in range(8):
        people.membership(workspace)

    assert query_count(lambda: client.get(PAGE)) == few < 20
