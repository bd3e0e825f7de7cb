"""Words of the list of leads."""

import pytest

from leads.listing import SORTS
from leads.templatetags.lead_lists import signal_lines, sort_words


@pytest.mark.parametrize(
    ("kind", "detail", "lines"),
    [
        ("growth", "+38 % employees", ("Growing", "+38 % employees")),
        ("growth", "+38 % employees in twelve months", ("Growing", "+38 % in a year")),
        ("hiring", "Hiring in IT", ("Hiring", "in IT")),
        ("funding", "", ("Funding", "")),
        ("funding", "series_c", ("Funding", "Series C")),
        ("funding", "bridge_round", ("Funding", "bridge round")),
        ("news", "new_plant", ("In the news", "new plant")),
    ],
)
def test_signal_is_said_once_on_two_lines(kind, detail, lines):
    assert signal_lines(kind, detail) == lines


def test_every_order_has_words():
    assert all(sort_words(sort) for sort in SORTS)
