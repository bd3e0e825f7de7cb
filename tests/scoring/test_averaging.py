"""Averages are measured before publishing locks anybody out, and under the lock only where other rules are in force by then."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection

from scoring import profiles, versions
from scoring.ideal import IdealCustomer
from scoring.models import LeadScore, Profile
from scoring.recording import record
from scoring.rulebook import KEYS
from scoring.weighting import Weighting
from tests.factories import leads, people
from tests.factories.scoring import NOW, scores

pytestmark = pytest.mark.django_db
MEASURED = KEYS.index("location")


@pytest.fixture
def workspace():
    """30 leads, all of whose values are 0.9."""
    made = people.workspace()
    found = [leads.lead(made, country="").pk for _ in range(30)]
    table = scores(*[9_000] * 10, n=30)
    record(made.pk, found, table, profile_id=profiles.ensure_default(made).pk, why="", now=NOW)
    return made


def at_the_lock(happens: Callable[[], Any], act: Callable[[], Any]) -> Any:
    """Does the act, while something happens just before it takes the lock."""

    def noticed(execute, sql, *args):
        if "pg_advisory_xact_lock(" in sql and waiting:
            waiting.pop()()
        return execute(sql, *args)

    waiting = [happens]
    with connection.execute_wrapper(noticed):
        return act()


def fall(workspace) -> None:
    LeadScore.objects.of(workspace).update(values=[1_000] * 10)


def fall_under_another_version(workspace) -> None:
    fall(workspace)
    Profile.objects.of(workspace).update(state="retired", retired_at=NOW)
    Profile.objects.create(workspace=workspace, version=2, state="published", expected=[0.4] * 10)


@pytest.mark.parametrize(
    ("happens", "average"), [(fall, 0.9), (fall_under_another_version, 0.1)], ids=["other leads", "other rules"]
)
def test_averages_are_measured_again_only_where_other_rules_are_in_force(workspace, happens, average):
    draft = versions.drafted(workspace, "retail", Weighting(), note="", by=None, now=NOW)

    at_the_lock(lambda: happens(workspace), lambda: versions.publish(draft, by=None, now=NOW))

    assert draft.expected[MEASURED] == average


def test_ideal_customer_is_given_to_those_that_share_it_at_the_lock(workspace):
    wanted = IdealCustomer(places=("DE",))
    shops = {"industry": "retail", "state": "published", "expected": [0.4] * 10}
    another = partial(Profile.objects.create, workspace=workspace, **shops)

    at_the_lock(another, lambda: versions.save_ideal(workspace, wanted, by=None, now=NOW))

    found = profiles.published(workspace)
    assert {code: IdealCustomer.from_json(each.ideal) for code, each in found.items()} == {"": wanted, "retail": wanted}
