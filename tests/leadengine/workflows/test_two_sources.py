"""The company database and a user's file in one run: the same people from both are one lead each, with both as evidence."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from leadengine.workflows.briefs import Brief
from leadengine.workflows.generation import start_generation
from leadengine.workflows.receipts import run_receipt
from leads.candidate import CompanyFacts
from leads.criteria import Criteria
from leads.directory.loading import ensure_dataset, load
from leads.directory.records import CompanyRecord, PersonRecord
from leads.files import read_csv, store_file
from leads.models import Evidence, Lead, Run
from tests.factories import people
from tests.fakes.workers import credits, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.db]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FILE = """Name,Job title,Company,Website,E-mail,Phone
Ada Byron,Head of Sales,Kestrel Pumps GmbH,kestrel-pumps.example,ada.byron@kestrel-pumps.example,
Boris Osei,Sales Director,Kestrel Pumps,www.kestrel-pumps.example,boris.osei@kestrel-pumps.example,+49 30 901820
Cleo Marin,Head of Sales,Kestrel Pumps,kestrel-pumps.example,cleo.marin@kestrel-pumps.example,
,,,,,+49 30 901821
"""


def person(number: int, name: str, **facts) -> PersonRecord:
    return PersonRecord(f"p{number}", "c1", observed_at=NOW, full_name=name, country="DE", **facts)


def load_directory() -> None:
    """Two of the three people of the file at the same company, told a little differently."""
    company = CompanyFacts(name="Kestrel Pumps", domain="kestrel-pumps.example", country="DE", employees_min=120)
    pairs = [
        (CompanyRecord("c1", company), None),
        (None, person(1, "Ada Byron", title="VP Sales", phone="+49 30 901822", linkedin_slug="ada-byron-k")),
        (None, person(2, "Boris Osei", title="Sales Director", email="boris.osei@kestrel-pumps.example")),
    ]
    load(ensure_dataset("trade", title="Trade", observed_at=NOW, is_sample=False, now=NOW), pairs)


@pytest.fixture
def run():
    return ordered(most_leads=10)


def ordered(*, most_leads: int) -> Run:
    """Worked off; the database is named first."""
    workspace = people.workspace(credits=20)
    by = people.rep(workspace)
    load_directory()
    file = store_file(workspace, read_csv(FILE.encode(), "fair.csv"), by=by)
    brief = Brief(criteria=Criteria(), sources=("directory", "file"), most_leads=most_leads, file_id=file.pk)
    started = start_generation(
        workspace, brief, name="", by=by, request_key=uuid4().hex, shown_at_most=None, now=timezone.now()
    )
    return work_off(started)


def test_each_person_is_one_lead_whichever_source_was_first(run):
    names = sorted(Lead.objects.of(run.workspace).values_list("full_name", flat=True))

    assert names == ["Ada Byron", "Boris Osei", "Cleo Marin"]


def test_receipt_tells_of_each_source_and_adds_up(run):
    receipt = run_receipt(run, now=timezone.now())

    rows = {row.name: (row.found, row.delivered, row.excluded) for row in receipt.sources}
    assert rows["file"] == (4, 3, {"source_error": 1})
    assert rows["directory"] == (1, 0, {"duplicate_in_run": 1}), (
        "whom the file brought with an address is not asked for"
    )
    assert receipt.adds_up
    assert receipt.captured == credits(0), "the customer's own file costs nothing, and is read before what costs"


def test_free_leads_come_before_those_that_cost():
    run = ordered(most_leads=2)

    sources = set(Lead.objects.of(run.workspace).values_list("source", flat=True))
    assert (run.delivered, sources) == (2, {"file"})


def test_duplicate_gives_its_evidence_and_the_customers_file_outranks_the_database(run):
    ada = Lead.objects.of(run.workspace).get(full_name="Ada Byron")

    titles = Evidence.objects.filter(lead=ada, field="title").order_by("-is_current")
    assert [(each.value, each.source) for each in titles] == [("Head of Sales", "file"), ("VP Sales", "directory")]
    assert (ada.title, ada.email) == ("Head of Sales", "ada.byron@kestrel-pumps.example")
    assert ada.phone == "+4930901822"
