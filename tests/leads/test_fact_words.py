"""Stored facts in words, and how evidence is listed."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from leads.fact_words import in_words, told
from leads.models import Company, Evidence

NOW = timezone.now()
FACTS = {
    "country": ("company.country", "DE", "Germany"),
    "no country": ("country", "Atlantis", "Atlantis"),
    "industry": ("company.industry", "software-development", "Software Development"),
    "from": ("company.employees_min", "501", "501+ people"),
    "up to": ("company.employees_max", "1000", "up to 1,000 people"),
    "revenue": ("company.revenue_usd", "2500000", "US$ 2,500,000"),
    "words already": ("title", "Head of Sales", "Head of Sales"),
    "nothing": ("seniority", "", ""),
}


def row(field: str, value: str, source: str = "directory") -> Evidence:
    return Evidence(field=field, value=value, source=source, observed_at=NOW)


@pytest.mark.parametrize(("field", "value", "words"), FACTS.values(), ids=FACTS)
def test_fact_in_words(field, value, words):
    assert in_words(field, value) == words


def test_both_ends_of_one_source_are_one_line():
    rows = [
        row("company.employees_max", "1000"),
        row("company.employees_min", "501"),
        row("company.employees_min", "120", "file"),
        row("company.employees_max", "120", "file"),
        row("company.employees_max", "50", "other"),
    ]

    lines = [(line.field, line.words, line.fact.source) for line in told(rows)]

    assert lines == [
        ("company.employees", "501–1,000 people", "directory"),
        ("company.employees", "120 people", "file"),
        ("company.employees_max", "up to 50 people", "other"),
    ]


def test_one_upper_end_tells_each_lower_end_of_its_observation():
    rows = [row("company.employees_min", "89"), row("company.employees_min", "89"), row("company.employees_max", "89")]

    lines = [line.words for line in told(rows)]

    assert lines == ["89 people", "89 people"]


def test_own_row_of_a_company_tells_the_band_that_stands_there():
    company = Company(pk=uuid4(), employees_min=501, employees_max=1000)
    own, replaced = row("employees_min", "501"), row("employees_min", "1001")
    own.company_id = replaced.company_id = company.pk
    replaced.is_current = False

    assert [line.words for line in told([own, replaced], company)] == ["501–1,000 people", "1,001+ people"]


def test_what_a_source_tells_twice_at_once_has_both_ends_each_time():
    rows = [row(f"company.employees_{end}", "1000" if end == "max" else "501") for end in ("min", "max", "min", "max")]

    assert [line.words for line in told(rows)] == ["501–1,000 people", "501–1,000 people"]
