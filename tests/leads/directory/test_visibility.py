"""Invented data sets are seen by sample workspaces only, and what they deliver bears the badge."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from leadengine.workflows.briefs import Brief
from leadengine.workflows.estimating import estimate
from leads.criteria import Criteria
from leads.directory import refreshing
from leads.models import Lead
from tests.factories import directory, people
from tests.fakes.workers import start, work_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def mixed():
    """One real person and one invented, and an invented company without people."""
    directory.people(1)
    made = directory.dataset(is_sample=True)
    directory.person(directory.company(made))
    directory.company(made)
    refreshing.refresh(made)


@pytest.mark.parametrize(("is_sample", "found", "invented"), [(False, 1, 0), (True, 3, 2)])
def test_run_counts_and_delivers_what_the_workspace_may_see(mixed, is_sample: bool, found: int, invented: int):
    workspace = people.workspace(credits=50, is_sample=is_sample)
    brief = Brief(criteria=Criteria(), sources=("directory",), most_leads=10)

    quoted = estimate(workspace, brief, by=people.rep(workspace), now=timezone.now())
    run = work_off(start(workspace, sources=("directory",)))

    assert (quoted.quote.matches.value, run.found) == (found, found)
    assert Lead.objects.of(workspace).filter(is_sample=True).count() == invented


def test_invented_lead_bears_the_badge(client, mixed):
    workspace = people.workspace(credits=50, is_sample=True)
    work_off(start(workspace, sources=("directory",)))
    client.force_login(people.rep(workspace))
    lead = Lead.objects.of(workspace).filter(is_sample=True).first()

    text = client.get(reverse("leads:lead-detail", args=[lead.pk])).content.decode()

    assert "Sandbox: invented data" in text.partition("<main")[2]


@pytest.mark.parametrize(("is_sample", "shown"), [(True, 1), (False, 0)])
def test_bar_on_phones_says_that_data_is_invented(client, is_sample: bool, shown: int):
    client.force_login(people.rep(people.workspace(is_sample=is_sample)))

    bar = (
        client.get(reverse("billing:members")).content.decode().partition('class="topbar"')[2].partition("</header>")[0]
    )

    assert bar.count("Invented data") == shown
