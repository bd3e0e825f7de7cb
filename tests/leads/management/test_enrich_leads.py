"""`manage.py enrich_leads` and `enrichment` do what the pages do, and tell it as JSON."""

import pytest

from enrichment.models import Enrichment
from tests.commands import data, refused
from tests.factories import enrichments, leads, people, verification

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    made = verification.workspace()
    people.owner(made)
    return made


def test_dry_run_tells_cost_and_holds_nothing(workspace):
    verification.lead(workspace)

    told = data("enrich_leads", "--workspace", workspace.slug, "--kinds", "verify", "company", "--dry-run")

    assert (told["leads"], told["at_most"], told["obstacle"]) == (1, 1.5, "")
    assert not Enrichment.objects.exists()


def test_followed_to_its_end_and_taken_over(workspace):
    lead = verification.lead(workspace)
    wanted = ("--leads", lead.pk, "--kinds", "verify", "company", "--follow")

    told = data("enrich_leads", "--workspace", workspace.slug, *wanted)
    accepted = data("enrichment", "accept", told["enrichment"], "--workspace", workspace.slug)

    again = data("enrichment", "decide-again", told["enrichment"], "--workspace", workspace.slug)

    assert (again["number"], again["to_decide"]) == (accepted["number"], told["to_decide"])
    assert (told["state"], told["states"]["waiting"]) == ("done", 0)
    assert told["states"]["answered"] == told["found"] + told["answered_free"]
    assert accepted["number"] == told["to_decide"]
    assert {each["field"] for each in accepted["fields"]} >= {"email_status"}


def test_refusal_is_a_sentence(workspace):
    leads.lead(workspace, email="")

    assert "Nothing of this" in refused("enrich_leads", "--workspace", workspace.slug, "--kinds", "verify")


@pytest.mark.parametrize("act", ["stop", "undo", "decide-again"])
def test_enrichment_of_a_colleague_is_left_alone_as_on_its_page(workspace, act):
    job = enrichments.found(workspace, leads.lead(workspace), by=people.rep(workspace)).item.enrichment
    colleague = people.rep(workspace).email

    said = refused("enrichment", act, job.pk, "--workspace", workspace.slug, "--by", colleague)

    assert "Only whoever ordered it, or a manager" in said


def test_one_is_shown_stopped_and_listed(workspace):
    verification.lead(workspace)
    job = enrichments.order(workspace, "verify")

    stopped = data("enrichment", "stop", job.pk, "--workspace", workspace.slug)
    listed = data("enrichment", "--workspace", workspace.slug)

    assert (stopped["state"], len(listed["enrichments"])) == ("stopped", 1)
    assert "ended already" in refused("enrichment", "stop", job.pk, "--workspace", workspace.slug)
