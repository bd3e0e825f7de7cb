"""In which order enrichment takes its locks: leads first, and never so that a row that names a lead has to wait."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enrichment.models import EnrichedField
from leadengine.workflows.applying import accept, accept_all
from leadengine.workflows.erasing import erase
from leadengine.workflows.lookups import start_lookup
from leadengine.workflows.retaining import apply_retention
from leadengine.workflows.verification import start_check
from leads.models import Lead
from tests.factories import enrichments, leads, people, verification

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return verification.workspace()


def locks(act, **given):
    """The tables that were locked, in their order, with how."""
    with CaptureQueriesContext(connection) as queries:
        act(**given)
    found = [each["sql"] for each in queries if "UPDATE OF" in each["sql"]]
    return [(sql.split('FROM "', 1)[1].split('"')[0], "FOR NO KEY UPDATE" in sql, sql) for sql in found]


def verified(workspace):
    start_check(verification.lead(workspace), key=uuid4(), by=people.rep(workspace), now=timezone.now())


def looked_up(workspace):
    lead = leads.lead(workspace, "Ada Okafor", company=leads.company(workspace, domain="harbour3.example"), email="")
    start_lookup(lead, "email", key=uuid4(), by=people.rep(workspace), now=timezone.now())


def erased(workspace):
    erase(leads.lead(workspace), by=people.owner(workspace), now=timezone.now())


def retained(workspace):
    leads.lead(workspace)
    Lead.objects.update(created_at="2020-01-01T00:00Z", updated_at="2020-01-01T00:00Z")
    workspace.retention_days = 30
    apply_retention(workspace, now=timezone.now())


@pytest.mark.parametrize("act", [verified, looked_up, erased, retained])
def test_whoever_holds_the_account_never_waits_to_name_a_lead_that_is_locked(workspace, act):
    of_leads = [is_weak for table, is_weak, _sql in locks(act, workspace=workspace) if table == "leads_lead"]

    assert of_leads
    assert all(of_leads)


def test_decision_locks_all_colleagues_at_once_before_what_was_found(workspace):
    company, rep = leads.company(workspace), people.rep(workspace)
    first, second = (leads.lead(workspace, company=company) for _ in range(2))
    field = enrichments.found(workspace, second, by=rep)

    taken = locks(accept, field=field, by=rep, now=timezone.now())

    tables, of_leads = [table for table, _is_weak, _sql in taken], taken[0][2]
    assert tables.index("leads_lead") < tables.index("enrichment_enrichedfield")
    assert tables.count("leads_lead") == 1
    assert all(lead.pk.hex in of_leads.replace("-", "") for lead in (first, second))


def test_decisions_on_many_lock_all_their_leads_once(workspace):
    rep = people.rep(workspace)
    fields = [enrichments.found(workspace, leads.lead(workspace), by=rep) for _ in range(3)]
    EnrichedField.objects.filter(pk=fields[2].pk).update(field="x")
    job = fields[0].item.enrichment
    for field in fields:
        type(field.item).objects.filter(pk=field.item.pk).update(enrichment=job)

    taken = locks(accept_all, job=job, by=rep, now=timezone.now())

    assert [table for table, _is_weak, _sql in taken].count("leads_lead") == 1
    assert not EnrichedField.objects.exclude(state="applied").exists()
