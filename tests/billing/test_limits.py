"""What members used of their limits, for many in two queries as for one."""

from decimal import Decimal

import pytest
from django.utils import timezone

from billing import ledger
from billing.limits import allowance, allowances
from billing.models import Membership
from tests.factories import credits, people

pytestmark = pytest.mark.django_db


def test_many_at_once_are_as_each_alone(django_assert_num_queries):
    workspace = people.workspace(credits=100)
    spender = people.rep(workspace, monthly_limit=Decimal(20))
    held = credits.hold(workspace, 5, by=spender)
    first = credits.captured(held, 2)
    ledger.reverse(first, by=spender, key="reverse:1", note="", now=timezone.now())
    people.manager(workspace)
    members = list(Membership.objects.of(workspace))

    with django_assert_num_queries(2):
        found = allowances(members, now=timezone.now())

    assert found == {each.user_id: allowance(workspace.pk, each.user_id, now=timezone.now()) for each in members}
    assert (found[spender.pk].used, found[spender.pk].limit) == (3, 20)
