"""When two values of one fact agree, and when they do not."""

import pytest

from leads.agreement import agree

AGREED = [
    ("title", "Head of IT", "HEAD OF IT"),
    ("full_name", "René Dufour", "rene  dufour"),
    ("phone", "+49 30 1234567", "030/1234567"),
    ("linkedin_url", "https://www.linkedin.com/in/ada-l", "linkedin.com/in/Ada-L/?x=1"),
    ("company.domain", "https://www.acme.com/contact", "acme.com"),
    ("company.employees_min", "57 people", "51–200 people"),
    ("company.employees_min", "51–200 people", "10–1,000 people"),
    ("company.employees_min", "501+ people", "1,001–5,000 people"),
    ("company.employees_min", "57", "57 people"),
    ("company.revenue_usd", "US$ 5,000,000", "1m-10m"),
    ("company.industry", "Manufacturing", "Pharmaceutical Manufacturing"),
    ("company.industry", "software-development", "Software Development"),
    ("company.country", "DE", "Germany"),
    ("country", "Germany", "Berlin"),
    ("city", "Munich", "München"),
]
APART = [
    ("title", "CTO", "CIO"),
    ("phone", "+49 30 1234567", "+49 30 1234568"),
    ("phone", "", "+49 30 1234568"),
    ("company.domain", "acme.com", "acme.de"),
    ("company.employees_min", "57 people", "201–500 people"),
    ("company.employees_min", "51–200 people", "100–300 people"),
    ("company.employees_min", "many", "57 people"),
    ("company.revenue_usd", "US$ 5,000,000", "US$ 6,000,000"),
    ("company.industry", "Retail", "Pharmaceutical Manufacturing"),
    ("company.industry", "Rubber ducks", "Pharmaceutical Manufacturing"),
    ("country", "Germany", "Vienna"),
    ("city", "Berlin", "Munich"),
]


@pytest.mark.parametrize(("field", "one", "other"), AGREED, ids=str)
def test_agree(field, one, other):
    assert agree(field, one, other)
    assert agree(field, other, one)


@pytest.mark.parametrize(("field", "one", "other"), APART, ids=str)
def test_contradict(field, one, other):
    assert not agree(field, one, other)
    assert not agree(field, other, one)
