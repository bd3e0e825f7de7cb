"""What operators do to workspaces, people, prices and credits in the admin follows the rules of the pages."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from billing import ledger
from billing.models import AuditEvent, CreditEntry, Membership, Price, Workspace
from tests.factories import people

pytestmark = pytest.mark.django_db


RULES = {"country": "DE", "reuse_days": "90", "retention_days": "1095", "time_zone": "UTC"}


@pytest.fixture
def ops(client):
    client.force_login(people.user("ops@sample.example", is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def workspace():
    return people.workspace(credits=50)


def said(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_workspace_is_opened_with_all_that_its_first_run_needs(ops):
    answer = ops.post(reverse("admin:billing_workspace_add"), {"name": "Ostra Sales", "slug": "ostra"} | RULES)

    assert answer.status_code == 302
    made = Workspace.objects.get(slug="ostra")
    assert (made.name, made.reuse_days, ledger.balance(made).available) == ("Ostra Sales", 90, 0)
    assert AuditEvent.objects.filter(verb="workspace.created", workspace_id=made.pk).exists()


def test_workspace_of_a_slug_that_is_taken_is_refused(ops, workspace):
    answer = ops.post(reverse("admin:billing_workspace_add"), {"name": "Again", "slug": workspace.slug})

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["slug"] == ["Workspace with this Slug already exists."]


def test_limit_of_a_run_is_changed_with_an_audit_line(ops, workspace):
    fields = {"name": workspace.name, "slug": workspace.slug, "most_credits_per_run": "75"} | RULES

    ops.post(reverse("admin:billing_workspace_change", args=[workspace.pk]), fields)

    workspace.refresh_from_db()
    event = AuditEvent.objects.get(verb="workspace.run_limit", workspace_id=workspace.pk)
    assert (workspace.most_credits_per_run, workspace.reuse_days) == (75, 90)
    assert event.after == {"most_credits_per_run": "75.00"}


def test_member_is_added_with_a_limit(ops, workspace):
    user = people.user()
    fields = {"workspace": workspace.pk, "user": user.pk, "role": "rep", "monthly_limit": "20", "is_active": "on"}

    ops.post(reverse("admin:billing_membership_add"), fields)

    made = Membership.objects.get(workspace=workspace, user=user)
    assert (made.role, made.monthly_limit) == ("rep", Decimal(20))


def test_member_is_not_added_twice(ops, workspace):
    member = people.membership(workspace)
    fields = {"workspace": workspace.pk, "user": member.user.pk, "role": "manager", "is_active": "on"}

    answer = ops.post(reverse("admin:billing_membership_add"), fields)

    assert answer.status_code == 200
    assert Membership.objects.get(user=member.user).role == "rep"


@pytest.mark.parametrize("fields", [{"role": "rep", "is_active": "on"}, {"role": "owner"}], ids=["demoted", "ended"])
def test_last_owner_stays(ops, workspace, fields: dict[str, str]):
    last = people.membership(workspace, "owner")

    answer = ops.post(reverse("admin:billing_membership_change", args=[last.pk]), fields)

    assert "last owner" in said(answer)[0]
    last.refresh_from_db()
    assert (last.role, last.is_active) == ("owner", True)


def test_member_who_is_ended_leaves_an_audit_line(ops, workspace):
    member = people.membership(workspace)

    ops.post(reverse("admin:billing_membership_change", args=[member.pk]), {"role": "rep"})

    member.refresh_from_db()
    assert not member.is_active
    assert AuditEvent.objects.filter(workspace_id=workspace.pk, object_id=str(member.pk)).exists()


def test_password_links_are_made_for_the_chosen(ops):
    chosen = [people.user("mira@ostra.example"), people.user("gone@ostra.example", is_active=False)]
    fields = {"action": "make_password_links", "_selected_action": [str(user.pk) for user in chosen]}

    answer = ops.post(reverse("admin:billing_user_changelist"), fields)

    assert len(said(answer)) == 1
    link = said(answer)[0].removeprefix("mira@ostra.example: ")
    assert ops.get(link, follow=True).status_code == 200


def price(amount: str = "2.50", day: str = "2027-01-01") -> dict[str, str]:
    return {"kind": "delivery", "source": "", "amount": amount, "valid_from_0": day, "valid_from_1": "00:00:00"}


def test_price_is_a_new_row(ops):
    before = Price.objects.count()

    ops.post(reverse("admin:billing_price_add"), price())

    assert Price.objects.count() == before + 1
    assert AuditEvent.objects.filter(verb="price.set").exists()


@pytest.mark.parametrize("again", [price(), price("3.00")], ids=["same", "another amount"])
def test_price_of_a_moment_that_has_one_is_refused(ops, again: dict[str, str]):
    ops.post(reverse("admin:billing_price_add"), price())

    answer = ops.post(reverse("admin:billing_price_add"), again)

    assert answer.status_code == 200
    assert Price.objects.filter(valid_from__year=2027).count() == 1


@pytest.mark.parametrize(
    ("amount", "available", "kind"), [("12.50", Decimal("62.50"), "grant"), ("-20", Decimal(30), "expire")]
)
def test_credits_are_granted_and_taken_once(ops, workspace, amount: str, available: Decimal, kind: str):
    url = reverse("admin:billing_workspace_credits", args=[workspace.pk])
    fields = {"amount": amount, "note": "Invoice 17", "key": str(uuid4())}

    answers = [ops.post(url, fields).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert ledger.balance(workspace).available == available
    assert CreditEntry.objects.of(workspace).filter(kind=kind, note="Invoice 17").count() == 1


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [("0", "other than zero"), ("-60", "Only 50.00 credits"), ("NaN", "number"), ("1.005", "2 decimal places")],
)
def test_amount_that_cannot_be_is_refused(ops, workspace, amount: str, sentence: str):
    fields = {"amount": amount, "note": "Invoice 17", "key": str(uuid4())}

    answer = ops.post(reverse("admin:billing_workspace_credits", args=[workspace.pk]), fields)

    assert answer.status_code == 422
    assert sentence in str(answer.context["form"].errors["amount"])
    assert ledger.balance(workspace).available == 50


def test_credits_need_the_right_to_add_entries(client, workspace):
    client.force_login(people.user(is_staff=True))

    assert client.get(reverse("admin:billing_workspace_credits", args=[workspace.pk])).status_code == 403


def test_time_zone_that_does_not_exist_is_refused(ops, workspace):
    page = reverse("admin:billing_workspace_change", args=[workspace.pk])

    answer = ops.post(page, {"name": "Ostra", "slug": "ostra"} | RULES | {"time_zone": "Berlin"})

    assert "There is no time zone “Berlin”" in answer.content.decode()
