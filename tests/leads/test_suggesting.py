"""Terms that complete a list, nearest first, with what they would find."""

from __future__ import annotations

import pytest
from django.utils import timezone

from leads.criteria import Criteria
from leads.suggesting import nearest, suggest
from tests.factories import directory

pytestmark = pytest.mark.django_db


def labels(field: str, text: str, criteria: Criteria = Criteria()) -> list[str]:  # noqa: B008 (frozen)
    return [each.label for each in suggest(field, text, criteria, includes_samples=True, now=timezone.now())]


@pytest.mark.parametrize(
    ("text", "first"),
    [("man", "Manufacturing"), ("mach man", "Machinery"), ("", ""), ("zz", "")],
    ids=["beginning", "each word begins a word", "nothing typed", "nothing fits"],
)
def test_nearest_names(text, first):
    named = [("Human Resources", "h"), ("Machinery", "m2"), ("Machinery Manufacturing", "m3"), ("Manufacturing", "m1")]

    found = [name for name, _value in nearest(text, named)]

    assert (found[0] if found else "").startswith(first)
    assert bool(found) == bool(first)


@pytest.mark.parametrize(
    ("field", "text", "label"),
    [
        ("industries", "fintech", "Financial Services"),
        ("places", "vien", "Wien, Austria"),
        ("places", "bavar", "Bayern, Germany"),
        ("places", "dac", "DACH"),
        ("technologies", "aws", "Amazon Web Services"),
        ("industries", "brewry", "Breweries"),
        ("departments", "saf", "Quality and safety"),
        ("departments", "hr", "Human resources"),
        ("funding_stages", "ipo", "Public"),
        ("funding_stages", "ser", "Series A"),
    ],
)
def test_other_words_lead_to_the_standard_term(field, text, label):
    assert label in labels(field, text)


def test_titles_are_those_of_the_directory():
    directory.person(directory.company(directory.dataset()), title="Head of Pumps")

    assert labels("titles", "head pum") == ["Head of Pumps"]


def test_title_is_offered_as_it_is_printed_on_cards():
    at = directory.company(directory.dataset())
    for title in ("head of pumps", "HEAD OF PUMPS", "Head of Pumps"):
        directory.person(at, title=title)

    assert labels("titles", "head pum") == ["Head of Pumps"]


def test_counts_keep_the_other_criteria():
    directory.people(3, country="AT")
    directory.people(2, country="FR")

    found = suggest(
        "industries", "manufacturing", Criteria.from_json({"places": ["FR"]}), includes_samples=True, now=timezone.now()
    )

    assert (found[0].label, found[0].count) == ("Manufacturing", "2")


def test_unknown_field_has_no_suggestions():
    assert labels("keywords", "man") == []
