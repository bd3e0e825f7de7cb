"""Erasing somebody: what workers keep of providers' answers in memory is found no more, by no process."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.utils import timezone

from leadengine.sandbox import hunter
from leadengine.sandbox.scripted import serve
from leadengine.sandbox.world import firms
from leadengine.workflows.erasing import erase, erase_from_records
from leadengine.workflows.retaining import apply_retention
from leads.candidate import CompanyFacts
from leads.criteria import Criteria
from leads.models import Lead
from leads.sources.base import SearchRequest
from leads.sources.email_providers.hunter import Hunter
from tests.factories import leads, people, providers

pytestmark = pytest.mark.django_db
FIRM = firms()[0]
LONG_AGO = "2020-01-01T00:00:00Z"


@pytest.fixture
def script(settings):
    settings.SANDBOX = True
    cache.clear()
    with serve(hunter.script()) as script:
        yield script


@pytest.fixture
def workspace():
    made = people.workspace()
    providers.key(made, "hunter")
    return made


def ask(script, workspace) -> int:
    """The person who is asked for stands in the answer; how many questions that took."""
    before, company = len(script.asked), CompanyFacts(name=FIRM.name, domain=FIRM.domain)
    request = SearchRequest(
        criteria=Criteria(), workspace_id=workspace.pk, new_only=False, now=timezone.now(), companies=(company,)
    )
    found = Hunter(script.base_url).search(request, {}, 10).candidates
    assert FIRM.people[0].email in [each.email for each in found]
    return len(script.asked) - before


def erase_lead(workspace) -> None:
    by = people.membership(workspace, "manager").user
    erase(leads.lead(workspace, email=FIRM.people[0].email), by=by, now=timezone.now())


def erase_stranger(workspace) -> None:
    by = people.membership(workspace, "manager").user
    erase_from_records(Lead(workspace=workspace, email=FIRM.people[0].email), by=by, now=timezone.now())


def retain(workspace) -> None:
    leads.lead(workspace, email=FIRM.people[0].email)
    Lead.objects.of(workspace).update(created_at=LONG_AGO, updated_at=LONG_AGO)
    workspace.retention_days = 30
    assert apply_retention(workspace, now=timezone.now()) == 1


@pytest.mark.parametrize("erasing", [erase_lead, erase_stranger, retain])
def test_kept_answer_is_found_no_more_once_somebody_is_erased(script, workspace, erasing):
    assert [ask(script, workspace) for _ in range(2)] == [1, 0]

    erasing(workspace)

    assert [ask(script, workspace) for _ in range(2)] == [1, 0]


def test_kept_answers_of_other_workspaces_stay_and_are_their_own(script, workspace):
    other = people.workspace()
    providers.key(other, "hunter")
    assert [ask(script, each) for each in (workspace, other)] == [1, 1]

    erase_lead(workspace)

    assert ask(script, other) == 0


def test_test_of_a_key_is_never_answered_from_memory(script):
    checked = [Hunter(script.base_url).test_key("k3y-of-a-test-0815") for _ in range(2)]

    assert len(script.asked) == len(checked)
