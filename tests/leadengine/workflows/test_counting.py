"""The number of matches beside the builder is the number of leads that the run then delivers."""

from __future__ import annotations

import pytest
from django.utils import timezone

from leadengine.workflows.briefs import Brief
from leadengine.workflows.estimating import Estimate, estimate
from leads.criteria import Criteria
from leads.directory import refreshing
from leads.files import read_csv, store_file
from leads.models import Company, Relation, Run, SourceFile
from leads.suppressing import suppress
from tests.factories import directory, people
from tests.fakes.workers import start, work_off

pytestmark = pytest.mark.django_db

HEADER = "name,email,phone,company,website,country\n"
ROWS = {
    "new": ("Mira Sandoval,mira@tern.example,,Tern,tern.example,Germany\n", 1),
    "no-contact": ("Mira Sandoval,,,Tern,tern.example,Germany\n", 0),
    "twice": ("Mira Sandoval,mira@tern.example,,Tern,,\nMira Sandoval,mira@tern.example,,Tern GmbH,,\n", 1),
    "known-by-address": ("Ana Novak,ana@harbour.example,,Harbour,harbour.example,Germany\n", 0),
    "known-by-name-at-the-company": ("Ana Novak,,+4930901820,Harbour,harbour.example,Germany\n", 0),
    "suppressed": ("Otto Weiss,otto@never.example,,Never,never.example,Germany\n", 0),
    "customer": ("Otto Weiss,otto@friend.example,,Friend,friend.example,Germany\n", 0),
}


KNOWN = "Ana Novak,ana@harbour.example,+4930901820,Harbour,harbour.example,Germany\n"
FRIEND = "Ivo Friend,ivo@friend.example,,Friend,friend.example,Germany\n"


@pytest.fixture
def workspace():
    """It knows Ana Novak at Harbour; Friend is a customer, and nobody of never.example may be asked."""
    made = people.workspace(credits=50)
    ran_over(made, KNOWN + FRIEND)
    Company.objects.filter(name="Friend").update(relation=Relation.CUSTOMER)
    suppress("domain", "never.example", workspace=made, by=None, note="", now=timezone.now())
    return made


def stored(workspace, rows: str) -> SourceFile:
    return store_file(workspace, read_csv((HEADER + rows).encode(), "some.csv"), by=people.rep(workspace))


def ran_over(workspace, rows: str) -> Run:
    return work_off(start(workspace, sources=("file",), file_id=stored(workspace, rows).pk))


def estimated(workspace, source: str, **brief) -> Estimate:
    asked = Brief(criteria=Criteria(), sources=(source,), most_leads=10, **brief)
    return estimate(workspace, asked, by=people.rep(workspace), now=timezone.now())


@pytest.mark.parametrize(("rows", "number"), ROWS.values(), ids=ROWS)
def test_file_matches_as_many_as_its_run_delivers(workspace, rows, number):
    found = estimated(workspace, "file", file_id=stored(workspace, rows).pk)

    run = ran_over(workspace, rows)
    assert (found.quote.matches.value, sum(found.grades.values()), run.delivered) == (number, number, number)


def test_directory_does_not_match_somebody_known_by_another_address(workspace):
    made = directory.dataset()
    harbour = directory.company(made, name="Harbour", domain="harbour.example", company_key="harbour.example")
    who = {"full_name": "Ana Novak", "first_name": "Ana", "last_name": "Novak", "email": "", "email_key": ""}
    directory.person(harbour, **who, phone="+4930901820")
    refreshing.refresh(made)

    found = estimated(workspace, "directory")

    run = work_off(start(workspace, sources=("directory",)))
    assert (found.quote.matches.value, run.found, run.delivered) == (0, 1, 0)
