"""Profiles in force, their rules, and new versions."""

import pytest

from leads.criteria import Range
from scoring import profiles, versions
from scoring.ideal import IdealCustomer
from scoring.models import Profile, ProfileState
from scoring.recording import record
from scoring.rulebook import EXPECTED, WEIGHTS, Closed
from tests.factories import leads, people
from tests.factories.scoring import NOW, scores

pytestmark = pytest.mark.django_db

RETAIL = IdealCustomer(industries=("retail",), employees=Range(50, 500))


@pytest.fixture
def workspace():
    return people.workspace(country="AT")


def test_default_profile_is_made_once(workspace) -> None:
    first = profiles.ensure_default(workspace)

    assert profiles.ensure_default(workspace) == first
    assert (first.version, first.state, tuple(first.expected)) == (1, "published", EXPECTED)


def test_rules_are_those_of_the_version(workspace) -> None:
    rules = profiles.as_rulebook(profiles.ensure_default(workspace))

    assert (rules.weights, rules.cuts, rules.home) == (WEIGHTS, (85, 75, 60, 45), "AT")
    assert rules.ideal.is_empty


def test_rules_take_a_runs_snapshot(workspace) -> None:
    profile = versions.save_ideal(workspace, RETAIL, by=None, now=NOW)

    assert profiles.as_rulebook(profile).ideal == RETAIL
    assert profiles.as_rulebook(profile, ideal=IdealCustomer()).ideal.is_empty


def test_new_ideal_customer_is_a_new_version(workspace) -> None:
    first = profiles.ensure_default(workspace)
    user = people.manager(workspace)

    second = versions.save_ideal(workspace, RETAIL, by=user, now=NOW)

    first.refresh_from_db()
    assert (first.state, second.state, second.version) == (ProfileState.RETIRED, ProfileState.PUBLISHED, 2)
    assert (second.created_by, second.published_at) == (user, NOW)
    assert profiles.current(workspace) == second


def test_same_ideal_customer_again_is_no_new_version(workspace) -> None:
    first = versions.save_ideal(workspace, RETAIL, by=None, now=NOW)

    assert versions.save_ideal(workspace, RETAIL, by=None, now=NOW) == first
    assert Profile.objects.of(workspace).count() == 2


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("software-development", "own"),
        ("computer-networking-products", "above"),
        ("retail", "default"),
        ("", "default"),
    ],
    ids=["its own", "the industry above", "none above", "not known"],
)
def test_profile_in_force_for_an_industry(workspace, asked, found) -> None:
    default = profiles.ensure_default(workspace)
    own = Profile.objects.create(workspace=workspace, industry="software-development", state=ProfileState.PUBLISHED)

    assert profiles.current(workspace, asked) == {"own": own, "above": own, "default": default}[found]


def test_outcomes_are_counted_by_industry(workspace) -> None:
    shop = leads.company(workspace, industry="retail")
    for outcome in ("won", "won", "lost", "disqualified", ""):
        leads.lead(workspace, company=shop, outcome=outcome)

    assert profiles.outcomes(workspace.pk) == {"retail": Closed(2, 3)}


def test_expected_values_are_means_from_thirty_leads_on(workspace) -> None:
    made = [leads.lead(workspace).pk for _ in range(30)]
    profile = profiles.ensure_default(workspace)
    record(workspace.pk, made, scores(8_000, -1, *[5_000] * 8, n=30), profile_id=profile.pk, why="", now=NOW)

    assert profiles.expected_values(workspace, now=NOW) == [0.8, 0.4, *[0.5] * 8]


def test_expected_values_of_few_leads_are_the_first_ones(workspace) -> None:
    profile = profiles.ensure_default(workspace)
    record(workspace.pk, [leads.lead(workspace).pk], scores(), profile_id=profile.pk, why="", now=NOW)

    assert profiles.expected_values(workspace, now=NOW) == list(EXPECTED)
