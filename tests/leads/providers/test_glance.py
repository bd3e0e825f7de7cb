"""At a glance it says the same as the long way, in one query."""

from __future__ import annotations

import pytest

from leadengine.leased import LeaseState
from leadengine.outcomes import Outcome
from leads.models import Standing
from leads.providers.gate import DatabaseGate
from leads.providers.glance import glance
from leads.providers.keys import health_of
from tests.factories import people, providers

pytestmark = pytest.mark.django_db

NAMES = ["hunter", "github", "gleif", "companies_house"]


def test_glance_and_the_long_way_agree(django_assert_num_queries):
    workspace = people.workspace()
    providers.key(None, "hunter", text="key-of-the-server", standing=Standing.WORKING)
    providers.key(workspace, "hunter", text="k3y-0815-ours")
    providers.key(None, "github", text="key-of-the-server", standing=Standing.KEY_REFUSED, state=LeaseState.QUEUED)
    providers.key(people.workspace(), "companies_house")
    DatabaseGate("hunter", "k3y-0815-ours").leave(Outcome.OUT_OF_CREDITS, said="Empty.", seconds=0.1, wait=0.0)
    DatabaseGate("gleif").leave(Outcome.UNAVAILABLE, said="Down.", seconds=0.1, wait=0.0)

    with django_assert_num_queries(1):
        brief = glance(workspace.pk, NAMES)

    full = health_of(workspace.pk, NAMES)
    assert {name: each.standing for name, each in brief.items()} == {name: each.standing for name, each in full.items()}
    assert {name for name, each in brief.items() if each.key} == {"hunter", "github"}
    assert brief["github"].key.is_testing
    assert not brief["hunter"].key.is_of_server


def test_sandbox_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        found = glance(1, NAMES, in_sandbox=True)

    assert {each.standing for each in found.values()} == {Standing.WORKING}
