"""Rules given as JSON: what is left out is the built-in default; mistakes by name."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.criteria import Range
from scoring.given.mistakes import Mistake
from scoring.given.rules import given_rules
from scoring.ideal import IdealCustomer
from scoring.rulebook import Closed, ScoringProfile

NAMES = st.sampled_from(
    ["weights", "potential", "cuts", "A", "ideal", "places", "home", "closed", "retail", "won", "prices"]
)


def test_nothing_given_is_the_built_in_default() -> None:
    found = given_rules({})

    assert (found.rulebook, found.name, found.prices) == (ScoringProfile(), "given", {})


def test_everything_is_read() -> None:
    found = given_rules(
        {
            "name": "pumps",
            "weights": {"potential": 10, "email_validity": 9},
            "cuts": {"A+": 90, "C": 40},
            "ideal": {"industries": ["Retail"], "places": ["Germany"], "employees": {"min": 50, "max": 200}},
            "expected": {"potential": 0.5},
            "home": ["DE", "America/New_York"],
            "closed": {"Retail": {"won": 3, "closed": 10}},
            "prices": {"email_check": 0.25},
        }
    )

    rules = found.rulebook
    assert (found.name, found.prices) == ("pumps", {"email_check": Decimal("0.25")})
    assert rules.weights == (10, 12, 15, 10, 12, 10, 6, 8, 8, 9)
    assert (rules.cuts, rules.expected[:2], rules.home) == ((90, 75, 60, 40), (0.5, 0.4), "DE; America/New_York")
    assert rules.ideal == IdealCustomer(industries=("retail",), places=("DE",), employees=Range(50, 200))
    assert rules.closed == {"retail": Closed(3, 10)}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ([], "It must be an object"),
        ({"colour": 1}, "colour: there is no such field"),
        ({"weights": {"luck": 10}}, "weights, luck: there is no such field"),
        ({"weights": {"potential": 16}}, "weights: the ten weights add up to 101, not to 100."),
        ({"weights": {"potential": 15.5}}, "weights, potential: it must be a whole number"),
        ({"cuts": {"A": 90}}, "cuts: the least totals must fall from A+ to C, but are 85, 90, 60, 45."),
        ({"cuts": {"D": 1}}, "cuts, D: there is no such field"),
        ({"ideal": {"places": ["Atlantis"]}}, "ideal, places: "),
        ({"expected": {"potential": 1.1}}, "expected, potential: it must lie between 0 and 1"),
        ({"home": "Atlantis"}, "home: “Atlantis” is no place or time zone that is known."),
        ({"closed": {"retail": {"won": 3}}}, "closed, retail, closed: it is missing."),
        ({"closed": {"retail": {"won": 3, "closed": 2}}}, "closed, retail: more were won than closed."),
        ({"closed": {"Luck": {"won": 1, "closed": 2}}}, "closed, Luck: is no industry that is known."),
        ({"prices": {"luck": 1}}, "prices, luck: there is no such field"),
    ],
    ids=lambda value: value.split(":")[0] if isinstance(value, str) else "",
)
def test_mistake_names_the_field(data, sentence) -> None:
    with pytest.raises(Mistake) as caught:
        given_rules(data)

    assert str(caught.value).startswith(sentence)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


def said_of(value) -> str:
    """The sum of the weights, or the sentence that refuses the rules; anything else that is raised fails the test."""
    try:
        return str(sum(given_rules(value).rulebook.weights))
    except Mistake as mistake:
        return str(mistake)


@given(values)
def test_whatever_is_given_is_taken_or_refused_in_a_sentence(value) -> None:
    said = said_of(value)

    assert said == "100" or said.endswith(".")
