"""What work is called that credits are held for, where several things share a hold."""

from __future__ import annotations

import pytest

from enrichment.models import Enrichment, Lookup
from leadengine.workflows.naming_work import Work, works
from tests.factories import enrichments, leads, people

pytestmark = pytest.mark.django_db


def test_enrichment_is_named_by_itself_and_not_by_a_lookup_that_it_asked_for():
    workspace = people.workspace()
    lead, by = leads.lead(workspace, "Ada Example"), people.rep(workspace)
    job = enrichments.found(workspace, lead, by=by).item.enrichment
    Enrichment.objects.update(is_test=True)
    Lookup.objects.create(workspace=workspace, lead=lead, kind="email", hold=job.hold, price=2, by=by, state="done")

    named = works(workspace, runs=(), holds=[job.hold_id])

    assert named == {job.hold_id: Work("Enrichment of 1 lead (test)", f"/enrichment/{job.pk}/", "Enrichment")}
