"""What two criteria differ in, in words."""

import pytest

from leads.criteria import Criteria
from leads.criteria.comparing import Difference, differences

CASES = {
    "nothing": ({"places": ["DE"]}, {"places": ["DE"]}, []),
    "added": ({}, {"places": ["DE"]}, [Difference("Place", "", "in Germany (must)")]),
    "taken away": ({"hiring": "must"}, {}, [Difference("Hiring", "open positions (must)", "")]),
    "another level": (
        {"email": "must"},
        {"email": "nice"},
        [Difference("E-mail", "an e-mail address (must)", "an e-mail address (nice)")],
    ),
    "another range": (
        {"employees": {"min": 50}},
        {"employees": {"min": 50, "max": 200}},
        [Difference("Employees", "from 50 employees (must)", "50 to 200 employees (must)")],
    ),
    "an exclusion": (
        {"keywords": {"any": ["pumps"]}},
        {"keywords": {"any": ["pumps"], "none": ["agency"]}},
        [Difference("Keywords", "the words “pumps” (must)", "the words “pumps” (must); never the words “agency”")],
    ),
}


@pytest.mark.parametrize(("before", "after", "told"), CASES.values(), ids=CASES)
def test_differences_in_words(before, after, told):
    assert list(differences(Criteria.from_json(before), Criteria.from_json(after))) == told
