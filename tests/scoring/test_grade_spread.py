"""What people see of grades: on the sample each stock search gives all five, and few leads are the very best."""

import pytest

from benchmarks.bench_grades import spread
from benchmarks.data import sample_directory
from benchmarks.stock_searches import MOST_LEADS, STOCK_SEARCHES
from scoring.rulebook import GRADES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_grades_spread_on_each_stock_search():
    sample_directory()

    found = spread()

    assert set(found) == set(STOCK_SEARCHES)
    for name, grades in found.items():
        assert sum(grades.values()) == MOST_LEADS, name
        assert all(grades[grade] for grade in GRADES), (name, grades)
        assert 0.02 <= grades["A+"] / MOST_LEADS <= 0.10, (name, grades)
