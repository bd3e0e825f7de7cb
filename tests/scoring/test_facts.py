"""Facts of candidates and of stored leads."""

from datetime import date, timedelta
from math import isnan

import pytest
from django.utils import timezone

from leads import logbook
from leads.candidate import Candidate, CompanyFacts, Signal
from leads.logbook import Entry
from leads.models import Lead
from scoring import facts
from scoring.columns import UNSOUGHT, Email, Phone, Place
from scoring.engine import score
from tests.factories import leads, people
from tests.factories.scoring import NOW, Checked, Number, Verdict, rulebook


def candidate(**fields) -> Candidate:
    return Candidate(**{"source": "directory", "record_id": "1", "full_name": "Mira Sandoval"} | fields)


def test_candidate_without_facts_is_unknown_throughout() -> None:
    made = facts.from_candidates([Checked(candidate(), email=None)], now=NOW)

    assert (made.emails[0], made.phones[0], made.industries[0]) == (Email(UNSOUGHT), Phone(), "")
    assert isnan(made.employees[0])
    assert not made.signals.all


def test_candidate_brings_its_columns() -> None:
    company = CompanyFacts(country="AT", city="Graz", industry="retail", employees_min=51, employees_max=200)
    signal = Signal("hiring", date(2026, 11, 12), "Two jobs")
    given = candidate(title="VP Sales", email="m@graz.example", company=company, signals=(signal,))

    made = facts.from_candidates([Checked(given, Verdict(flags=("role",)), Number("fixed"))], now=NOW)

    assert made.positions[0][1:] == ("vp", "sales")
    assert made.places[0] == Place("AT", "", "Graz")
    assert made.emails[0] == Email("unchecked", "not_checked", "role")
    assert made.phones[0] == Phone("fixed", True)
    assert made.employees[0] == pytest.approx(101, abs=0.1)
    assert made.signals.of(0)[0].age == 10.5


def test_candidate_has_a_signal_once_whatever_page_it_was_read_on() -> None:
    pages = [
        Signal("hiring", date(2026, 11, 12), "Two jobs", url) for url in ("https://a.example", "https://b.example")
    ]

    made = facts.from_candidates([Checked(candidate(signals=tuple(pages)))], now=NOW)

    assert len(made.signals.of(0)) == 1


@pytest.mark.parametrize(
    ("least", "most", "expected"), [(51, 200, 100.995), (10_001, None, 10_001), (None, 100, 10), (7, 7, 7)]
)
def test_typical_size_of_a_band(least, most, expected) -> None:
    assert facts.typical(least, most) == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize(
    ("fields", "number", "expected"),
    [
        pytest.param({"phone": "+43316"}, Number("mobile"), Phone("mobile", True), id="own number"),
        pytest.param({}, Number("fixed"), Phone("switchboard", None), id="company's only"),
        pytest.param(
            {"phone": "+433161000000"}, Number("fixed"), Phone("switchboard", None), id="company's, as one's own"
        ),
        pytest.param({"phone": "12"}, Number("", valid=False), Phone("unknown", False), id="no number at all"),
    ],
)
def test_phone_of_a_candidate(fields, number, expected) -> None:
    given = candidate(company=CompanyFacts(phone="+43 316 1000000"), **fields)

    assert facts.from_candidates([Checked(given, None, number)], now=NOW).phones[0] == expected


def test_address_that_cannot_be_one_counts_as_none() -> None:
    given = Checked(candidate(email="nobody@@x"), Verdict("undeliverable", "syntax_invalid"))

    assert facts.from_candidates([given], now=NOW).emails[0] == Email()


@pytest.mark.parametrize(("reason", "expected"), [("", Email(UNSOUGHT)), ("syntax_invalid", Email())])
def test_stored_address_is_known_to_be_none_only_where_there_was_one(reason, expected) -> None:
    row = facts.lead_row(Lead(email_reason=reason), 0.0)

    assert row.email == expected


@pytest.mark.django_db
def test_stored_lead_has_its_own_and_its_companys_signals() -> None:
    lead = leads.lead(people.workspace())
    other = leads.lead(lead.workspace, company=lead.company)
    leads.signal(lead.company, "hiring")
    leads.signal(lead.company, "new_in_role", lead=other)

    made = facts.from_leads([lead, other], now=timezone.now())

    kinds = [sorted(event.kind for event in made.signals.of(row)) for row in (0, 1)]
    assert kinds == [["hiring"], ["hiring", "new_in_role"]]


@pytest.mark.django_db
def test_stored_lead_has_touches_but_no_other_activities() -> None:
    lead = leads.lead()
    leads.activity(lead, "meeting", occurred_at=NOW - timedelta(days=2))
    leads.activity(lead, "delivered")

    made = facts.from_leads([lead], now=NOW)

    assert [(event.kind, event.age) for event in made.touches.of(0)] == [("meeting", 2.0)]


@pytest.mark.django_db
def test_newest_evidence_gives_the_age() -> None:
    lead = leads.lead()
    leads.evidence(lead, observed_at=NOW - timedelta(days=400))
    leads.evidence(lead, "email", observed_at=NOW - timedelta(days=30))

    assert facts.from_leads([lead], now=NOW).observed[0] == 30


@pytest.mark.django_db
def test_switchboard_is_told_from_a_direct_number_in_any_spelling() -> None:
    company = leads.company(phone="0316 / 100 200 30")
    switchboard = leads.lead(company.workspace, company=company, phone="+4331610020030", phone_type="fixed")
    direct = leads.lead(
        company.workspace, company=company, phone="+436601234567", phone_type="mobile", phone_valid=True
    )

    made = facts.from_leads([switchboard, direct], now=NOW)

    assert [made.phones[0].kind, made.phones[1].kind] == ["switchboard", "mobile"]


@pytest.mark.django_db
@pytest.mark.parametrize("n", [1, 7])
def test_queries_do_not_grow_with_the_leads(n, django_assert_num_queries) -> None:
    workspace = people.workspace()
    made = [leads.lead(workspace) for _ in range(n)]
    for lead in made:
        leads.signal(lead.company)
        leads.activity(lead, "call")
        lead.refresh_from_db(fields=["company"])

    with django_assert_num_queries(4):
        facts.from_leads(made, now=NOW)


@pytest.mark.django_db
def test_what_a_mail_server_measured_counts_for_candidate_and_lead_alike() -> None:
    lead = leads.lead(people.workspace(), email_status="risky", email_reason="accept_all", email_score=63)
    verdict = Verdict("risky", "accept_all", measured=63)

    for made in (
        facts.from_leads([lead], now=NOW),
        facts.from_candidates([Checked(candidate(email=lead.email), verdict)], now=NOW),
    ):
        assert made.emails[0] == Email("risky", "accept_all", "", 0.63)


@pytest.mark.django_db
def test_stored_lead_scores_as_its_candidate_did() -> None:
    company = leads.company(industry="retail", technologies=["SAP"])
    lead = leads.lead(
        company.workspace, company=company, title="VP Sales", seniority="vp", department="sales", country="DE"
    )
    lead.email_status, lead.email_reason = "unknown", "not_checked"
    told = CompanyFacts(
        country="DE", industry="retail", employees_min=100, employees_max=200, technologies=("SAP",), name=company.name
    )
    given = candidate(title="VP Sales", email=lead.email, country="DE", company=told)
    rules = rulebook(industries=("retail",), places=("DE",), technologies=("SAP",), departments=("sales",))

    before = score(facts.from_candidates([Checked(given)], now=NOW), rules)
    after = score(facts.from_leads([lead], now=NOW), rules)

    assert after.steps.tolist() == before.steps.tolist()


def logged(lead, *entries: Entry):
    """The facts after these were logged."""
    for entry in entries:
        logbook.put(lead, entry, by=None)
    return facts.from_leads([lead], now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("entry", "email", "phone"),
    [
        pytest.param(Entry("call", NOW, outcome="reached"), "deliverable", Phone("mobile", True), id="reached"),
        pytest.param(
            Entry("call", NOW, outcome="wrong_number"), "deliverable", Phone("mobile", False), id="wrong number"
        ),
        pytest.param(
            Entry("call", NOW, outcome="refused"), "deliverable", Phone("mobile", True, True), id="not to be called"
        ),
        pytest.param(Entry("email_bounced", NOW), "undeliverable", Phone("mobile", True), id="bounced"),
    ],
)
def test_what_was_logged_corrects_address_and_number(entry, email, phone) -> None:
    lead = leads.lead(email_status="deliverable", phone="+436601234567", phone_type="mobile", phone_valid=True)

    made = logged(lead, entry)

    assert (made.emails[0].status, made.phones[0]) == (email, phone)


@pytest.mark.django_db
def test_later_number_is_not_condemned_by_the_earlier_one() -> None:
    lead = leads.lead(phone="+436601234567", phone_type="mobile", phone_valid=True)
    logged(lead, Entry("call", NOW, outcome="wrong_number"), Entry("email_bounced", NOW))
    lead.phone, lead.email = "+436607654321", "other@northwind.example"

    made = facts.from_leads([lead], now=NOW)

    assert (made.phones[0].is_valid, made.emails[0].status) == (True, "unchecked")


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "expected"), [(1, "deliverable"), (-1, "undeliverable")])
def test_address_that_was_found_good_since_has_not_bounced(days, expected) -> None:
    lead = leads.lead(email_status="deliverable", email_checked_at=NOW + timedelta(days=days))

    assert logged(lead, Entry("email_bounced", NOW)).emails[0].status == expected


@pytest.mark.django_db
def test_calls_are_known_by_what_came_of_them() -> None:
    made = logged(leads.lead(), Entry("call", NOW, outcome="voicemail"), Entry("visit", NOW), Entry("call", NOW))

    assert {event.kind for event in made.touches.of(0)} == {"call_voicemail", "visit", "call"}
