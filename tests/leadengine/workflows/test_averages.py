"""Over many leads a worker measures what unknown factors count, and scores by that; the request only publishes."""

from functools import partial

import pytest
from django.utils import timezone

from leadengine.leased import LeaseState
from leadengine.workflows import averages
from leadengine.workflows.dispatch import turn
from leadengine.workflows.publishing import publish_profile
from leadengine.workflows.scoring import open_rescoring, publish_ideal, start_rescoring
from leads.models import Lead
from scoring import averaging, profiles, revaluing
from scoring.ideal import IdealCustomer
from scoring.models import LeadScore, Rescoring
from scoring.rulebook import EXPECTED
from scoring.rules import Rules, are_in_force
from scoring.versions import drafted
from scoring.weighting import Weighting
from tests.factories import leads, people

pytestmark = pytest.mark.django_db
HOME = IdealCustomer(places=("DE",))


@pytest.fixture
def workspace():
    made = people.workspace()
    shop = leads.company(made, industry="retail")
    for number in range(32):
        leads.lead(made, company=shop if number % 3 else None, country=("DE", "FR", "")[number % 3])
    return made


@pytest.fixture
def boss(workspace):
    return people.owner(workspace)


@pytest.fixture
def many(monkeypatch):
    """As if 32 leads were a million."""
    monkeypatch.setattr(averaging, "AT_ONCE", 10)
    monkeypatch.setattr(averages, "BATCH", 10)


def work_off() -> None:
    while turn(now=timezone.now()):
        pass


def in_force(workspace) -> dict[str, list[float]]:
    return {industry: each.expected for industry, each in profiles.published(workspace).items()}


def published(workspace, boss) -> dict[str, list[float]]:
    """A version for retail, then another ideal customer for all."""
    draft = drafted(workspace, "retail", Weighting(), note="", by=boss, now=timezone.now())
    publish_profile(draft, by=boss, now=timezone.now())
    publish_ideal(workspace, HOME, by=boss, now=timezone.now())
    return in_force(workspace)


def test_averages_are_those_that_are_measured_at_once_where_leads_are_few(workspace, boss, request):
    start_rescoring(workspace, why="First", by=boss, now=timezone.now())
    work_off()
    at_once = published(workspace, boss)
    work_off()
    publish_ideal(workspace, IdealCustomer(), by=boss, now=timezone.now())
    request.getfixturevalue("many")

    publish_ideal(workspace, HOME, by=boss, now=timezone.now())
    work_off()

    assert at_once[""] != list(EXPECTED) != at_once["retail"]
    assert in_force(workspace) == at_once
    assert LeadScore.objects.of(workspace).filter(profile__in=profiles.published(workspace).values()).count() == 32


def test_request_values_no_lead_and_a_worker_says_how_far_it_is(workspace, boss, many, monkeypatch):
    monkeypatch.setattr(revaluing, "steps_of", None)

    before = in_force(workspace)[""]
    publish_ideal(workspace, HOME, by=boss, now=timezone.now())

    job = open_rescoring(workspace)
    assert in_force(workspace)[""] == before
    assert job.to_measure == [profiles.published(workspace)[""].pk]


def test_turn_ends_between_two_batches_and_goes_on_there(workspace, boss, many):
    publish_ideal(workspace, HOME, by=boss, now=timezone.now())
    job = open_rescoring(workspace)
    Rescoring.objects.update(state=LeaseState.RUNNING)
    job.refresh_from_db()

    left = [averages.measure_turn(job, batches=2), averages.measure_turn(job, batches=3)]

    assert left == [0, 1]
    assert job.to_measure == []


def test_job_that_takes_the_place_of_another_measures_what_that_did_not_come_to(workspace, boss, many):
    publish_ideal(workspace, HOME, by=boss, now=timezone.now())
    asked = open_rescoring(workspace).to_measure

    start_rescoring(workspace, why="Many leads were edited", by=boss, now=timezone.now())

    assert open_rescoring(workspace).to_measure == asked


def test_rules_of_before_it_was_measured_are_not_in_force_any_more(workspace, boss, many):
    publish_ideal(workspace, HOME, by=boss, now=timezone.now())
    rules = Rules(profiles.as_rulebook(profiles.published(workspace)[""]))
    is_in_force = partial(are_in_force, rules, workspace)

    assert is_in_force()
    work_off()

    assert not is_in_force()
    assert Lead.objects.of(workspace).count() == 32
