"""A candidate survives JSON, and knows whether it is a person."""

import json
from datetime import UTC, date, datetime

import pytest

from leads.candidate import Candidate, CompanyFacts, Signal
from tests.factories.candidates import firm, person

FULL = Candidate(
    source="hunter",
    record_id="42",
    full_name="Ida Kessel",
    first_name="Ida",
    last_name="Kessel",
    title="Head of Procurement",
    email="ida@acme.example",
    phone="+49 30 2345670",
    linkedin_url="https://www.linkedin.com/in/ida-kessel",
    country="DE",
    region="Berlin",
    city="Berlin",
    company=CompanyFacts(
        name="Acme GmbH",
        domain="acme.example",
        country="DE",
        industry="software-development",
        employees_min=51,
        employees_max=200,
        revenue_usd=5_000_000,
        founded_year=1999,
        technologies=("SAP", "Slack"),
        keywords=("crm",),
        registry_ids=(("lei", "5299"), ("hrb", "123")),
    ),
    signals=(Signal("hiring", date(2026, 1, 2), "3 buyers", "https://acme.example/jobs"), Signal("growth")),
    evidence_url="https://hunter.example/42",
    observed_at=datetime(2026, 1, 3, 4, 5, tzinfo=UTC),
    confidence=0.8,
    likelihood=0.9,
    extra=(("Region code", "N-4"),),
)


@pytest.mark.parametrize("candidate", [FULL, firm("Acme"), person("Ida")], ids=["full", "company", "name only"])
def test_json_round_trip(candidate: Candidate):
    text = json.dumps(candidate.to_json())

    assert Candidate.from_json(json.loads(text)) == candidate


def test_missing_keys_are_not_known():
    assert Candidate.from_json({"source": "file", "record_id": "1"}) == Candidate(source="file", record_id="1")


@pytest.mark.parametrize(
    ("candidate", "is_person"),
    [
        pytest.param(person("Ida Kessel"), True, id="by name"),
        pytest.param(person("", first_name="Ida"), True, id="by first name"),
        pytest.param(person("", slug="ida"), True, id="by profile"),
        pytest.param(firm("Acme", domain="acme.example"), False, id="company"),
        pytest.param(person("", email="info@acme.example", company="Acme"), False, id="company with a team mailbox"),
    ],
)
def test_is_person(candidate: Candidate, is_person: bool):
    assert candidate.is_person is is_person


def test_name_is_put_together_from_parts():
    assert person("", first_name="Ida", last_name="Kessel").name == "Ida Kessel"
