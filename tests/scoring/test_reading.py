"""Facts read by the column: the same as those of single leads, whatever stands in the rows."""

from datetime import timedelta
from random import Random
from uuid import UUID

import numpy as np
import pytest
from django.utils import timezone

from leads.models import ActivityKind, EmailStatus, Lead, Outcome, SignalKind
from scoring.columns import CATEGORIES, NUMBERS
from scoring.engine import values_of
from scoring.facts import from_leads
from scoring.ideal import IdealCustomer
from scoring.reading import Reader, key_of
from scoring.rulebook import ScoringProfile
from tests.factories import leads, people, runs

pytestmark = pytest.mark.django_db

NOW = timezone.now()
IDEAL = {
    "industries": ["retail"],
    "places": ["AT"],
    "employees": {"min": 50, "max": 500},
    "revenue": {"min": 1_000_000},
    "departments": ["sales"],
    "technologies": ["SAP", "HubSpot"],
    "keywords": ["pumps"],
    "funding_stages": ["seed"],
    "founded": {"min": 2000},
}
PHONES = ("", "+43 316 100", "+43316100", "0316/100", "+4366412345678")


def random_company(workspace, chance: Random):
    return leads.company(
        workspace,
        country=chance.choice(["", "AT", "DE"]),
        city=chance.choice(["", "Graz", "Wien"]),
        industry=chance.choice(["", "retail", "education"]),
        employees_min=chance.choice([None, 0, 11, 400]),
        employees_max=chance.choice([None, 50, 700]),
        revenue_usd=chance.choice([None, 0, 5_000_000]),
        founded_year=chance.choice([None, 1990, 2010]),
        funding_stage=chance.choice(["", "seed"]),
        technologies=chance.choice([[], ["SAP"], ["SAP", "HubSpot"], ["a,b", 'quo"te']]),
        keywords=chance.choice([[], ["pumps"], ["hats", "pumps"]]),
        description=chance.choice(["", "Pumps for all.", "Hats | gloves"]),
        phone=chance.choice(PHONES),
    )


def random_lead(company, chance: Random) -> Lead:
    phone = chance.choice(PHONES)
    made = leads.lead(
        company.workspace,
        company=company,
        email=chance.choice(["", f"p{chance.random()}@graz.example"]),
        email_status=chance.choice(EmailStatus.values),
        email_reason=chance.choice(["", "not_checked", "accept_all"]),
        email_flags=chance.choice(["", "free", "free,role"]),
        email_score=chance.choice([None, 55, 95]),
        email_checked_at=chance.choice([None, NOW - timedelta(days=50)]),
        phone=phone,
        phone_type=chance.choice(["", "mobile", "fixed"]) if phone else "",
        phone_valid=chance.choice([None, True, False]) if phone else None,
        title=chance.choice(["", "Head of Sales", "Einkäufer", "CFO"]),
        seniority=chance.choice(["", "director"]),
        linkedin_slug=chance.choice(["", f"p-{chance.random()}"]),
        country=chance.choice(["", "AT", "US"]),
        region=chance.choice(["", "Styria"]),
        do_not_contact=chance.random() < 0.1,
        outcome=chance.choice(["", *Outcome.values]),
    )
    for kind in chance.sample(
        [ActivityKind.CALL, ActivityKind.EMAIL_REPLIED, ActivityKind.EMAIL_BOUNCED, ActivityKind.OPT_OUT], 2
    ):
        detail = {"proved": made.email} if kind == ActivityKind.EMAIL_BOUNCED else {}
        leads.activity(made, kind, occurred_at=NOW - timedelta(days=chance.random() * 100), detail=detail)
    return made


@pytest.fixture
def crowd():
    """Sixty leads of all sorts at twenty companies, with signals of company and person, in the order of their keys."""
    workspace, chance = people.workspace(), Random(7)
    companies = [random_company(workspace, chance) for _ in range(20)]
    made = [random_lead(chance.choice(companies), chance) for _ in range(60)]
    for lead in chance.sample(made, 30):
        named = {"lead": lead} if chance.random() < 0.5 else {}
        on = (NOW - timedelta(days=chance.randrange(200))).date()
        leads.signal(lead.company, chance.choice(SignalKind.values), observed_on=on, detail=str(lead.pk), **named)
    return sorted(made, key=lambda lead: lead.pk)


def read(workspace, *, at_once: int = 25):
    """All ranges of a workspace."""
    reader, after = Reader(workspace.pk, NOW, with_words=True), None
    while found := reader.read(after, at_once):
        after = found.last
        yield found


def test_values_are_those_of_single_leads(crowd) -> None:
    book = ScoringProfile(ideal=IdealCustomer.from_json(IDEAL), home="AT")

    found = np.vstack([values_of(each.facts, book) for each in read(crowd[0].workspace)])

    assert (found == values_of(from_leads(crowd, now=NOW), book)).all()


def test_every_column_is_that_of_single_leads(crowd) -> None:
    (found,) = read(crowd[0].workspace, at_once=100)
    told = from_leads(crowd, now=NOW)

    for name in CATEGORIES:
        assert [getattr(found.facts, name)[row] for row in range(60)] == [getattr(told, name)[row] for row in range(60)]
    for name in set(NUMBERS) - {"observed"}:
        np.testing.assert_array_equal(getattr(found.facts, name), getattr(told, name))


def test_rows_can_be_taken_out(crowd) -> None:
    book = ScoringProfile(ideal=IdealCustomer.from_json(IDEAL))
    (found,) = read(crowd[0].workspace, at_once=100)
    rows = np.array([41, 3, 17])

    taken = values_of(found.facts.take(rows), book)

    assert (taken == values_of(found.facts, book)[rows]).all()


def test_each_lead_is_read_once_in_the_order_of_keys(crowd) -> None:
    ranges = list(read(crowd[0].workspace))

    assert [len(each.ids) for each in ranges] == [25, 25, 10]
    assert [key_of(key) for each in ranges for key in each.ids] == [lead.pk for lead in crowd]


def test_erased_and_foreign_leads_are_left_out() -> None:
    lead = leads.lead()
    leads.lead(lead.workspace, erased_at=NOW)
    leads.lead()

    (found,) = read(lead.workspace)

    assert [key_of(key) for key in found.ids] == [lead.pk]


def test_run_is_the_one_that_delivered_last() -> None:
    lead = leads.lead()
    for _ in range(2):
        newest = runs.run(lead.workspace)
        runs.delivery(runs.lane(newest), lead)

    (found,) = read(lead.workspace)

    assert key_of(found.runs[0]) == newest.pk


def test_key_that_ends_in_zeros_is_whole() -> None:
    lead = leads.lead(id=UUID("01930000-0000-7000-8000-000000000000"))

    (found,) = read(lead.workspace)

    assert found.last == lead.pk


def test_queries_do_not_grow_with_the_leads(crowd, django_assert_num_queries) -> None:
    for most in (5, 60):
        reader = Reader(crowd[0].workspace_id, NOW, with_words=True)
        with django_assert_num_queries(5):
            reader.read(None, most)


def test_leads_beside_one_whose_address_bounced_keep_their_own(crowd) -> None:
    for lead in crowd[::7]:
        leads.activity(lead, ActivityKind.EMAIL_BOUNCED, occurred_at=NOW, detail={"proved": lead.email})

    (found,) = read(crowd[0].workspace, at_once=100)

    told = from_leads(crowd, now=NOW)
    assert [found.facts.emails[row] for row in range(60)] == [told.emails[row] for row in range(60)]
