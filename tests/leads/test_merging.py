"""Merging: authority, confidence and age decide; losers are kept; order does not matter."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from leads.candidate import Candidate, CompanyFacts, Signal
from leads.merging import merge

OLD, NEW = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)


def record(source: str, *, confidence: float = 0.5, observed_at: datetime | None = NEW, **facts: object) -> Candidate:
    return Candidate(source=source, record_id="1", confidence=confidence, observed_at=observed_at, **facts)


@pytest.mark.parametrize(
    ("winner", "loser"),
    [
        pytest.param(record("file", confidence=0.1), record("hunter", confidence=0.9), id="the file over a provider"),
        pytest.param(record("file:42"), record("hunter"), id="a numbered file is a file"),
        pytest.param(record("hunter", confidence=0.1), record("guess", confidence=0.9), id="a provider over a guess"),
        pytest.param(record("hunter", confidence=0.9), record("apollo", confidence=0.5), id="the surer provider"),
        pytest.param(record("hunter", observed_at=NEW), record("apollo", observed_at=OLD), id="the newer provider"),
        pytest.param(record("hunter", observed_at=OLD), record("apollo", observed_at=None), id="a dated one"),
    ],
)
def test_authority_decides(winner: Candidate, loser: Candidate):
    winning, losing = replace(winner, title="Buyer"), replace(loser, title="Seller")

    merged = merge([losing, winning])

    assert merged.candidate.title == "Buyer"
    assert [each.value for each in merged.provenance["title"]] == ["Buyer", "Seller"]


def test_gaps_are_filled_from_the_others():
    by_mail = record("hunter", confidence=0.9, email="ida@acme.example", company=CompanyFacts(name="Acme"))
    by_phone = record("apollo", phone="+49 30 1", company=CompanyFacts(domain="acme.example", employees_min=51))

    merged = merge([by_phone, by_mail]).candidate

    assert (merged.email, merged.phone) == ("ida@acme.example", "+49 30 1")
    assert (merged.company.name, merged.company.domain, merged.company.employees_min) == ("Acme", "acme.example", 51)


def test_consent_to_a_form_is_kept_with_where_it_was_given():
    form = record("linkedin", extra=(("linkedin_form", "7"), ("consent", "refused on 2026-03-12")))

    told = merge([record("hunter", title="Buyer"), form]).provenance["consent"]

    assert [(each.value, each.source) for each in told] == [("refused on 2026-03-12", "linkedin")]


def test_a_place_comes_from_one_record():
    moved = record("hunter", confidence=0.9, country="US")
    earlier = record("apollo", country="DE", city="Berlin")

    merged = merge([moved, earlier]).candidate

    assert (merged.country, merged.city) == ("US", "")


def test_a_band_of_employees_comes_from_one_record():
    open_ended = record("hunter", confidence=0.9, company=CompanyFacts(employees_min=10_001))
    banded = record("apollo", company=CompanyFacts(employees_min=51, employees_max=200))

    merged = merge([banded, open_ended]).candidate

    assert (merged.company.employees_min, merged.company.employees_max) == (10_001, None)


def test_lists_and_signals_are_united_without_repeats():
    hiring = Signal("hiring", date(2026, 1, 1), "3 buyers")
    first = record("hunter", confidence=0.9, company=CompanyFacts(technologies=("SAP", "Slack")), signals=(hiring,))
    second = record("apollo", company=CompanyFacts(technologies=("Slack", "Miro")), signals=(hiring,))

    merged = merge([first, second]).candidate

    assert merged.company.technologies == ("SAP", "Slack", "Miro")
    assert merged.signals == (hiring,)


def test_a_signal_read_on_two_pages_is_one():
    first = record(
        "hunter", confidence=0.9, signals=(Signal("hiring", date(2026, 1, 1), "3 buyers", "https://a.example"),)
    )
    undated = Signal("hiring", None, "3 buyers", "https://b.example")
    second = record("apollo", observed_at=NEW, signals=(undated, Signal("hiring", date(2026, 1, 2), "3 buyers")))

    merged = merge([second, first]).candidate

    assert [(each.observed_on.day, each.url) for each in merged.signals] == [(1, "https://a.example"), (2, "")]


def test_order_of_arrival_does_not_matter():
    records = [
        record("hunter", title="Buyer", company=CompanyFacts(technologies=("SAP",))),
        record("apollo", title="Seller", company=CompanyFacts(technologies=("Miro",))),
        record("guess", email="ida@acme.example"),
    ]

    merged = [merge(order) for order in permutations(records)]

    assert all(each == merged[0] for each in merged)


def test_an_observation_names_its_source():
    seen = record("hunter", confidence=0.9, title="Buyer", evidence_url="https://hunter.example/1")

    observation = merge([seen]).provenance["title"][0]

    assert (observation.source, observation.url, observation.confidence) == ("hunter", "https://hunter.example/1", 0.9)
    assert observation.observed_at == NEW


def test_name_and_title_are_written_properly_and_seen_as_the_source_wrote_them():
    merged = merge([record("directory", full_name="BÜŞRA DOĞAN", title="svp global sales", country="TR")])

    assert (merged.candidate.full_name, merged.candidate.title) == ("Büşra Doğan", "SVP Global Sales")
    assert [merged.provenance[name][0].value for name in ("full_name", "title")] == ["BÜŞRA DOĞAN", "svp global sales"]


def test_unknown_fields_have_no_provenance():
    assert set(merge([record("hunter", title="Buyer")]).provenance) == {"title"}


def test_authority_can_be_given():
    records = [record("hunter", title="Buyer", confidence=0.9), record("register", title="Director")]

    assert merge(records, authority=("register", "*")).candidate.title == "Director"


def test_nothing_cannot_be_merged():
    with pytest.raises(ValueError, match="nothing to merge"):
        merge([])
