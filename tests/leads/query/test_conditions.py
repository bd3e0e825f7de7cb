"""A query as conditions: whom each qualifier finds, and that a minus finds exactly the others."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.utils import timezone

from leads.bounces import email_standing
from leads.models import EmailStatus, Import, ImportRow, Lead, LeadList, LeadListEntry, LeadTag, SignalKind, Stage, Tag
from leads.query.conditions import MEETS, condition
from leads.query.fields import FIELDS
from leads.query.reading import read
from leads.scoping import scope_for
from tests.factories import leads, people, runs, scores

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def rep(workspace):
    return people.rep(workspace, user=people.user("rosa@sample.example", first_name="Rosa"))


@pytest.fixture
def ada(workspace, rep) -> Lead:
    """A lead of which everything is known."""
    company = leads.company(
        workspace,
        "Brightwater Works",
        domain="bright.example",
        industry="software-development",
        employees_min=51,
        employees_max=200,
        technologies=["Kubernetes"],
        country="AT",
    )
    leads.signal(company, SignalKind.HIRING)
    lead = leads.lead(
        workspace,
        "Ada Lovelace",
        company=company,
        title="Head of Sales",
        seniority="director",
        department="sales",
        email="ada@bright.example",
        email_status="deliverable",
        phone="+4930123456",
        phone_valid=True,
        country="DE",
        city="Berlin",
        owner=rep,
        stage=Stage.objects.of(workspace).get(key="working"),
        outcome="won",
        created_at=NOW - timedelta(days=3),
    )
    scores.score(lead, "A", 80)
    grouped(workspace, rep, lead)
    return lead


def grouped(workspace, rep, lead: Lead) -> None:
    """In run 7, of the import fair.csv, with the tag vip, on the list Q3."""
    job = Import.objects.create(workspace=workspace, name="fair.csv", started_by=rep)
    ImportRow.objects.create(workspace=workspace, of=job, line=2, head=2, verdict="new", is_done=True, lead=lead)
    runs.delivery(runs.lane(runs.run(workspace, number=7, started_by=rep)), lead)
    LeadTag.objects.create(workspace=workspace, lead=lead, tag=Tag.objects.create(workspace=workspace, name="vip"))
    made = LeadList.objects.create(workspace=workspace, name="Q3", created_by=rep)
    LeadListEntry.objects.create(workspace=workspace, lead=lead, lead_list=made)


@pytest.fixture
def bare(workspace) -> Lead:
    """A lead of which almost nothing is known."""
    company = leads.company(workspace, "Quiet", country="US", employees_min=None, employees_max=None)
    old = NOW - timedelta(days=60)
    return leads.lead(
        workspace, "Bo", company=company, title="Clerk", email="", source="file", created_at=old, do_not_contact=True
    )


def found(workspace, rep, text: str) -> set[str]:
    scope = scope_for(workspace, user=rep, now=NOW, text=text, last_visit=NOW - timedelta(days=30))
    reading = read(text, scope)
    assert reading.is_sure, reading.problems
    return {lead.full_name for lead in Lead.objects.of(workspace).filter(condition(reading.query, scope))}


ABOUT_ADA = [
    "ada", "lovelace", "hiring", "brightwater", "bright.example", "sales", "grade:A", "grade:A+,A", "score:>=70", "score:80",
    "score:<90", "industry:software-development", "industry:technology-information-and-media", "place:Berlin",
    "place:Germany", "place:DACH", "country:de", "size:50-200", "size:100+", "size:<500", "company:brightwater",
    "company:bright.example", "technology:k8s", 'title:"head of"', "seniority:director", "department:sales",
    "email:deliverable", "email:yes", "phone:yes", "phone:valid", "signal:hiring", "signal:any", "stage:working", "outcome:won",
    "owner:me", "owner:rosa@sample.example", "tag:vip", "list:q3", "source:directory", "run:7", "import:fair.csv",
    "added:<30d", "is:new",
]  # fmt: skip
ABOUT_BO = [
    "bo", "grade:none", "industry:none", "country:us", "seniority:none", "department:none", "email:no", "phone:no",
    "owner:none", "source:file", "added:>30d", "is:blocked", "stage:new", "outcome:open", "is:untouched",
]  # fmt: skip


@pytest.mark.parametrize("text", ABOUT_ADA)
def test_qualifier_finds_the_one_and_its_minus_the_other(workspace, rep, ada, bare, text):
    assert found(workspace, rep, text) == {"Ada Lovelace"}
    assert found(workspace, rep, f"-{text}") == {"Bo"}


@pytest.mark.parametrize("text", ABOUT_BO)
def test_what_is_not_known_can_be_asked_for_and_excluded(workspace, rep, ada, bare, text):
    assert found(workspace, rep, text) == {"Bo"}
    assert found(workspace, rep, f"-{text}") == {"Ada Lovelace"}


def test_verdict_is_found_by_the_name_that_its_icon_has(workspace, rep):
    pairs = product(EmailStatus, ["", "not_checked", "greylisted"])
    made = [leads.lead(workspace, email_status=status, email_reason=reason) for status, reason in pairs]
    bounced = next(each for each in made if each.email_status == "deliverable")
    leads.activity(bounced, "email_bounced", detail={"proved": bounced.email})

    told = {name: found(workspace, rep, f"email:{name}") for name in EmailStatus.values}

    assert told == {name: {each.full_name for each in made if email_standing(each) == name} for name in told}
    assert [len(names) for names in told.values()] == [5, 2, 3, 1, 4]


def test_every_qualifier_has_a_condition():
    assert MEETS.keys() == FIELDS.keys()
    assert {text.split(":")[0] for text in (*ABOUT_ADA, *ABOUT_BO) if ":" in text} == FIELDS.keys() - {"words"}


def test_terms_hold_all_at_once(workspace, rep, ada, bare):
    assert found(workspace, rep, "grade:A stage:working -tag:vip") == set()
    assert found(workspace, rep, "grade:A stage:working -lead") == {"Ada Lovelace"}


def test_nobody_was_here_before_so_all_are_new(workspace, rep, ada, bare):
    scope = scope_for(workspace, user=rep, now=NOW)

    assert Lead.objects.filter(condition(read("is:new", scope).query, scope)).count() == 2


def test_whom_somebody_called_is_touched_and_what_a_run_did_is_not(workspace, rep, bare):
    leads.activity(bare, "checked", by=rep, run_id=uuid4())
    before = found(workspace, rep, "is:untouched")

    leads.activity(bare, "call", by=rep)

    assert (before, found(workspace, rep, "is:untouched")) == ({"Bo"}, set())


def test_what_a_person_edits_is_touched_and_what_an_enrichment_fills_is_not(workspace, rep, bare):
    leads.activity(bare, "edited", by=rep)
    before = found(workspace, rep, "is:untouched")

    leads.activity(bare, "edited", by=rep, edit_id=uuid4())

    assert (before, found(workspace, rep, "is:untouched")) == ({"Bo"}, set())


def test_company_stands_for_a_person_whose_place_is_not_known(workspace, rep, ada, bare):
    Lead.objects.filter(pk=ada.pk).update(country="", city="")

    assert found(workspace, rep, "country:at") == {"Ada Lovelace"}
    assert found(workspace, rep, "place:Austria") == {"Ada Lovelace"}


def test_whom_somebody_was_given_still_waits_until_somebody_begins(workspace, rep, bare):
    leads.activity(bare, "owner", by=rep)
    given = found(workspace, rep, "is:untouched"), found(workspace, rep, "is:waiting")

    leads.activity(bare, "call", by=rep)

    assert (given, found(workspace, rep, "is:waiting")) == ((set(), {"Bo"}), set())
