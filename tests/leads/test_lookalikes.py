"""Companies like one that is known, as criteria."""

import pytest

from leads.criteria import Range
from leads.lookalikes import criteria_like
from leads.models import Company


@pytest.mark.parametrize(
    ("low", "high", "asked"),
    [
        (None, None, Range()),
        (100, 100, Range(50, 200)),
        (51, 200, Range(51, 200)),
        (1, 1, Range(1, 2)),
        (20_000, None, Range(20_000, None)),
        (80, None, Range(40, 160)),
    ],
    ids=["not known", "exact", "band", "one", "open at the top", "only the lower end"],
)
def test_size_is_about_as_large(low, high, asked):
    assert criteria_like(Company(employees_min=low, employees_max=high)).employees == asked


def test_technologies_and_stage_are_nice_only():
    criteria = criteria_like(Company(technologies=["aws", "SAP"], funding_stage="series_a", country="AT"))

    assert criteria.technologies.values == ("Amazon Web Services", "SAP")
    assert [criterion.name for criterion in criteria.musts()] == ["places"]


def test_company_of_which_nothing_is_known_asks_nothing():
    assert criteria_like(Company(industry="unheard-of", country="XX")).is_empty
