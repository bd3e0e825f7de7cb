"""Each lead is scored by its industry's profile, whether it is delivered, scored again with others or alone."""

from datetime import timedelta

import pytest

from leadengine.workflows.scoring import rescore_lead
from leads.criteria import Criteria
from scoring import profiles, versions
from scoring.engine import score
from scoring.facts import from_leads
from scoring.models import LeadScore
from scoring.rescoring import rescore
from scoring.rules import Rules, are_in_force, filled_by, rules_of_run, score_each, started_with
from scoring.weighting import Weighting
from tests.factories import leads, people, runs
from tests.factories.scoring import NOW, rulebook

pytestmark = pytest.mark.django_db

ALL_ON_TITLE = Weighting((0, 0, 0, 0, 0, 100, 0, 0, 0, 0))
ALL_ON_PLACE = Weighting((0, 0, 0, 0, 0, 0, 100, 0, 0, 0))


@pytest.fixture
def workspace():
    return people.workspace()


def publish(workspace, industry, weighting=ALL_ON_TITLE, now=NOW):
    made = versions.drafted(workspace, industry, weighting, note="", by=None, now=now, ideal={"titles": ["CFO"]})
    versions.publish(made, by=None, now=now)
    return made


def lead_in(workspace, industry, **fields):
    return leads.lead(workspace, company=leads.company(workspace, industry=industry), **fields)


def test_leads_of_several_profiles_are_scored_together_as_they_are_alone(workspace):
    own = publish(workspace, "retail")
    people_found = [lead_in(workspace, code, title=title) for code, title in MIX]

    rescore(people_found, why="Test", now=NOW)

    together = {each.lead_id: (each.total, each.values, each.profile_id) for each in LeadScore.objects.all()}
    for each in people_found:
        LeadScore.objects.filter(lead=each).delete()
        rescore([each], why="Test", now=NOW)
        alone = LeadScore.objects.get(lead=each)
        assert together[each.pk] == (alone.total, alone.values, alone.profile_id)
    assert [together[each.pk][2] == own.pk for each in people_found] == [True, False, True, False]


MIX = (("retail", "CFO"), ("education", "CFO"), ("retail-groceries", "Clerk"), ("", "Clerk"))


def test_a_single_lead_is_scored_by_its_industrys_profile(workspace):
    own = publish(workspace, "retail")
    lead = lead_in(workspace, "retail-groceries")

    rescore_lead(lead, by=people.rep(workspace), now=NOW)

    assert LeadScore.objects.get(lead=lead).profile == own


def test_queries_grow_neither_with_leads_nor_with_runs(workspace, django_assert_num_queries):
    publish(workspace, "retail")
    some = [lead_in(workspace, code) for code, _ in MIX]
    more = some + [lead_in(workspace, code) for code, _ in MIX * 5]
    for each in more:
        runs.delivery(runs.lane(runs.run(workspace)), each)
    with django_assert_num_queries(18):
        rescore(some, why="Test", now=NOW)

    with django_assert_num_queries(18):
        rescore(more, why="Test", now=NOW)


def test_a_run_is_scored_by_what_is_in_force_now_with_its_own_criteria(workspace):
    publish(workspace, "retail", now=NOW)
    withdrawn = publish(workspace, "education", now=NOW)
    run = runs.run(
        workspace, created_at=NOW + timedelta(hours=1), criteria={"places": {"values": ["DE"], "level": "must"}}
    )
    newer = publish(workspace, "retail", ALL_ON_PLACE, now=NOW + timedelta(hours=2))
    versions.withdraw(withdrawn, now=NOW + timedelta(hours=2))

    rules = rules_of_run(run)

    assert (rules.of("retail-groceries").id, rules.of("retail").ideal.places) == (newer.pk, ("DE",))
    assert rules.of("education").id == rules.of("").id == run.profile_id


@pytest.mark.parametrize("change", [publish, lambda workspace, industry: None], ids=["published", "nothing"])
def test_rules_are_in_force_until_another_version_is(workspace, change):
    publish(workspace, "retail")
    rules = rules_of_run(runs.run(workspace))

    changed = change(workspace, "retail")

    assert are_in_force(rules, workspace) is (changed is None)


def test_the_sources_of_a_run_are_asked_by_what_it_began_with(workspace):
    run = runs.run(workspace, ideal={"places": ["DE"]})
    publish(workspace, "", ALL_ON_PLACE)

    began = started_with(run)

    assert (began.id, began.ideal.places) == (run.profile_id, ("DE",))


def test_rules_score_each_industry_by_its_own(workspace):
    facts = from_leads([lead_in(workspace, "retail"), lead_in(workspace, "education")], now=NOW)
    title, place = (rulebook(weights=each.weights, titles=("Head of Sales",)) for each in (ALL_ON_TITLE, ALL_ON_PLACE))

    found = Rules(place, {"retail": title}).score(facts)

    assert found.total.tolist() == [score(facts, title).total[0], score(facts, place).total[1]]
    assert len(set(found.total.tolist())) == 2


def test_nobody_is_scored_without_rules(workspace):
    assert len(score_each(from_leads([], now=NOW), [])) == 0
    assert profiles.published(workspace)[""].version == 1


@pytest.mark.parametrize(
    ("own", "asked", "is_fit_to_search"),
    [
        pytest.param({}, {"industries": ["retail"]}, True, id="the search alone says it"),
        pytest.param({"places": ["DE"]}, {"industries": ["retail"]}, True, id="the profile speaks of places only"),
        pytest.param({"employees": {"min": 5}}, {"industries": ["retail"]}, False, id="the profile says something"),
        pytest.param({}, {"titles": ["CFO"]}, False, id="nobody speaks of companies"),
    ],
)
def test_rules_know_whether_companies_are_compared_with_the_search_only(workspace, own, asked, is_fit_to_search):
    profile = profiles.current(workspace)
    profile.ideal = own

    assert filled_by(profile, Criteria.from_json(asked), closed={}).is_fit_to_search is is_fit_to_search
