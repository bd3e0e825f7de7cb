"""What people see of grades: a search matches leads of all five, few are the very best, and a rep gets the best first."""

from collections import Counter

import pytest

from benchmarks.bench_grades import best, spread
from benchmarks.data import sample_directory
from benchmarks.stock_searches import MOST_LEADS, STOCK_SEARCHES
from scoring.rulebook import GRADES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
GOOD = ("A+", "A")


def share(grades: Counter[str], *which: str) -> float:
    return sum(grades[grade] for grade in which) / grades.total()


def test_grades_spread_over_what_each_stock_search_matches():
    sample_directory()

    found = spread()

    assert set(found) == set(STOCK_SEARCHES)
    for name, grades in found.items():
        assert grades.total() > MOST_LEADS, name
        assert all(grades[grade] for grade in GRADES), (name, grades)
        assert 0.02 <= share(grades, "A+") <= 0.10, (name, grades)


def test_delivered_leads_are_the_better_ones():
    sample_directory()

    matching, delivered = spread(), best()

    for name in STOCK_SEARCHES:
        assert delivered[name].total() == MOST_LEADS
        assert share(delivered[name], *GOOD) >= 1.2 * share(matching[name], *GOOD), name
        assert share(delivered[name], "D") <= share(matching[name], "D") / 2, name
