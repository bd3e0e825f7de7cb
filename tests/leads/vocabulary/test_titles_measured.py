"""How much of the world's job titles we understand, measured on O*NET's 52,754 alternate titles."""

from __future__ import annotations

from pathlib import Path

import pytest

from leads.vocabulary.titles import DEPARTMENTS, SENIORITIES, ParsedTitle, parse

pytestmark = pytest.mark.data

LEADING = {"manager", "director", "vp", "partner", "c_level", "owner", "founder"}
# O*NET's major group -> the departments that its titles belong to, and the measured share of all its titles in them.
GROUPS = {
    "computers": ("15-", {"it", "engineering", "data", "security"}, 0.599),
    "engineers": ("17-", {"engineering", "design"}, 0.531),
    "lawyers": ("23-", {"legal"}, 0.547),
    "teachers": ("25-", {"education"}, 0.723),
    "healers": ("29-", {"health"}, 0.552),
    "sellers": ("41-", {"sales", "business_development"}, 0.309),
}


@pytest.fixture(scope="module")
def parsed(shared_data: Path) -> list[tuple[str, ParsedTitle]]:
    """Occupation code and what we read in the title, of every title."""
    lines = (shared_data / "people" / "onet_alternate_titles.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines[1:]]
    assert len(rows) == 52_754
    return [(code, parse(title)) for code, title, *_ in rows]


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def test_every_title_is_read_in_our_terms(parsed):
    odd = [
        found
        for _code, found in parsed
        if found.seniority not in {"", *SENIORITIES} or found.department not in {"", *DEPARTMENTS}
    ]

    assert odd == []
    assert all(0 <= found.confidence <= 1 for _code, found in parsed)


def test_department_is_recognised(parsed):
    """Measured: 67.3 % of all titles, of which most are of trades that no office has."""
    assert share([bool(found.department) for _code, found in parsed]) > 0.66


def test_seniority_is_recognised(parsed):
    """Measured: 77.9 %; 35.8 % say it in a word, the others are taken for staff of a known department."""
    assert share([bool(found.seniority) for _code, found in parsed]) > 0.77
    assert share([found.is_explicit for _code, found in parsed]) > 0.35


def test_managers_are_recognised(parsed):
    """Measured: 80.7 % of O*NET's group 11, management occupations, are managers or above."""
    assert share([found.seniority in LEADING for code, found in parsed if code.startswith("11-")]) > 0.8


@pytest.mark.parametrize(("prefix", "departments", "measured"), GROUPS.values(), ids=GROUPS)
def test_department_is_the_right_one(parsed, prefix: str, departments: set[str], measured: float):
    hits = [found.department in departments for code, found in parsed if code.startswith(prefix)]

    assert share(hits) > measured - 0.01
