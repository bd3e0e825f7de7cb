"""Files of leads that leave the product: what is in them, who is left out, and what the audit keeps."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from django.utils import timezone

from billing.models import AuditEvent
from leadengine.workflows.exporting import export_leads
from leads.models import Lead
from leads.query.terms import LeadQuery, Term
from leads.suppressing import suppress
from tests.factories import leads, people, scores

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def workspace():
    return people.workspace()


def exported(workspace, purpose: str = "spreadsheet", query: LeadQuery | None = None):
    """The export, and its rows by the names of their columns."""
    mine = Lead.objects.of(workspace)
    made = export_leads(mine, purpose, workspace=workspace, query=query, by=people.rep(workspace), now=NOW)
    with made.file:
        return made, list(csv.DictReader(StringIO(made.file.read().decode("utf-8-sig"))))


def test_row_says_what_the_list_says(workspace):
    company = leads.company(workspace, "Brightwater", domain="bright.example", industry="software-development")
    lead = leads.lead(workspace, "Ada Lovelace", company=company, email="ada@bright.example", country="DE")
    scores.score(lead, "A")

    _, (row,) = exported(workspace)

    assert (row["Company"], row["Name"], row["E-mail"]) == ("Brightwater", "Ada Lovelace", "ada@bright.example")
    assert (row["Industry"], row["Country"], row["Employees"]) == ("Software Development", "Germany", "100-200")
    assert (row["Grade"], row["Score"], row["Stage"]) == ("A", "80", "New")


def test_best_score_stands_first_and_ungraded_last(workspace):
    leads.lead(workspace, "Ungraded")
    for name, grade in (("Cem", "C"), ("Ada", "A")):
        scores.score(leads.lead(workspace, name), grade)

    _, rows = exported(workspace)

    assert [row["Name"] for row in rows] == ["Ada", "Cem", "Ungraded"]


@pytest.mark.parametrize(("purpose", "phone"), [("spreadsheet", "'+4930123456"), ("crm", "+4930123456")])
def test_formulas_are_neutralised_and_a_crm_gets_numbers_it_can_dial(workspace, purpose, phone):
    leads.lead(workspace, "Ada", title="=HYPERLINK(1)", phone="+4930123456")

    _, (row,) = exported(workspace, purpose)

    assert row["Phone"] == phone
    assert row.get("Title", row.get("Job Title")) == "'=HYPERLINK(1)"


def test_who_must_not_be_contacted_is_left_out(workspace):
    leads.lead(workspace, "Marked", do_not_contact=True)
    leads.lead(workspace, "Listed", email="listed@bright.example")
    leads.lead(workspace, "Kept")
    suppress("email", "listed@bright.example", workspace=workspace, by=None, note="", now=NOW)

    made, rows = exported(workspace)

    assert [row["Name"] for row in rows] == ["Kept"]
    assert (made.exported, made.left_out) == (1, 2)


def test_audit_keeps_numbers_and_filters_and_no_words(workspace):
    leads.lead(workspace)

    exported(workspace, query=LeadQuery((Term("words", ("Ada Lovelace",)), Term("grade", ("A",)))))

    event = AuditEvent.objects.get(verb="leads.exported")
    assert event.after == {"exported": 1, "left_out": 0, "purpose": "spreadsheet", "chosen_by": ["grade", "words"]}


def test_file_of_a_sample_says_that_it_is_invented(workspace):
    workspace.is_sample = True
    leads.lead(workspace, is_sample=True)

    _, (row,) = exported(workspace)

    assert row["Invented data"] == "yes"


@pytest.mark.parametrize(("purpose", "column"), [("spreadsheet", "E-mail check"), ("crm", "Email Status")])
def test_address_whose_mail_came_back_is_undeliverable(workspace, purpose, column):
    lead = leads.lead(workspace, email_status="deliverable")
    leads.activity(lead, "email_bounced", detail={"proved": lead.email})

    _, (row,) = exported(workspace, purpose)

    assert row[column] == "Undeliverable"
