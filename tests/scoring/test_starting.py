"""Starting profiles: at least eight industries of our tree, each adding up to 100, with a reason for each deviation."""

import pytest

from leads.vocabulary.industries import TREE
from scoring.rulebook import WEIGHTS
from scoring.starting import find, starting_profiles
from scoring.weighting import Weighting


def test_there_are_at_least_eight_industries():
    assert len({each.industry for each in starting_profiles()}) >= 8
    assert all(each.industry in TREE for each in starting_profiles())


@pytest.mark.parametrize("start", starting_profiles(), ids=lambda start: start.slug)
def test_each_adds_up_and_gives_its_reasons(start):
    assert start.weighting.problems() == ()
    assert start.weighting.changed_from(Weighting()) == sorted(
        (change.key for change in start.changes), key=list(Weighting().to_json()["weights"]).index
    )
    assert all(change.reason.endswith(".") and change.weight != change.before for change in start.changes)


@pytest.mark.parametrize("name", ["health care", "Health-Care", "hospitals-and-health-care"])
def test_one_is_found_by_name_slug_or_industry(name):
    assert find(name).industry == "hospitals-and-health-care"


def test_nobody_finds_what_is_not_there():
    assert find("alchemy") is None
    assert sum(WEIGHTS) == 100
