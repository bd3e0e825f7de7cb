"""Whom a new entry of the suppression list reaches is marked together with all that follows from it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leadengine.workflows.suppression import suppress_and_mark
from tests.factories import leads, people

pytestmark = pytest.mark.django_db


def test_leads_of_a_domain_and_their_scores_are_locked_by_key_before_anything_is_written():
    """As whoever logs, verifies or delivers does: two of them would else wait for one another."""
    workspace = people.workspace()
    owner = people.owner(workspace)
    company = leads.company(workspace, domain="harbour.example")
    both = [leads.lead(workspace, company=company) for _ in range(2)]

    with CaptureQueriesContext(connection) as asked:
        marked = suppress_and_mark(workspace, "domain", "harbour.example", by=owner, now=timezone.now())

    said = [each["sql"] for each in asked]
    begun = said[: next(at for at, sql in enumerate(said) if sql.startswith(("INSERT", "UPDATE")))]
    locks = [sql for sql in begun if "FOR NO KEY UPDATE" in sql and all(each.pk.hex in sql for each in both)]
    assert marked == 2
    assert ["leads_lead" in sql and "ORDER BY" in sql for sql in locks] == [True, False]
    assert "scoring_leadscore" in locks[1]
