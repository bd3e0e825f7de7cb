"""What the laboratory and the roll back name is what then happens, lead by lead; and what is published anew moves nobody."""

from datetime import timedelta
from itertools import cycle, islice

import pytest

from leads.criteria import Range
from leads.models import Lead
from scoring import profiles, versions
from scoring.ideal import IdealCustomer
from scoring.laboratory import experiment, returning
from scoring.models import LeadScore, Profile
from scoring.rescoring import rescore
from scoring.rulebook import KEYS, WEIGHTS
from scoring.versions import drafted, restored, save_ideal, weighting_of
from scoring.weighting import Weighting
from tests.factories import leads, people
from tests.factories.scoring import NOW

pytestmark = pytest.mark.django_db

TITLES = ("Head of Sales", "Chief Executive Officer", "", "Accountant", "IT Manager")
SIGNALS = ("hiring", "growth", "news", None, "funding", None, None)
INDUSTRIES = ("retail", "", "education", "software-development")
SCHOOLS = IdealCustomer(industries=("education",), departments=("it",))
EMAIL_STATES = ("deliverable", "unchecked", "risky")


@pytest.fixture
def workspace():
    """60 leads of whom different things are known, scored by a first version with an ideal customer."""
    made = people.workspace()
    profiles.ensure_default(made)
    ideal = IdealCustomer(industries=("retail",), employees=Range(50, 500), departments=("sales",))
    save_ideal(made, ideal, by=None, now=NOW)
    facts = zip(cycle(TITLES), cycle(SIGNALS), cycle(INDUSTRIES), cycle(EMAIL_STATES), strict=False)
    for title, signal, industry, status in islice(facts, 60):
        company = leads.company(made, industry=industry, employees_min=60 if title else None)
        leads.lead(made, title=title, company=company, email_status=status)
        if signal:
            leads.signal(company, signal, observed_on=NOW.date())
    score_all(made)
    return made


def score_all(workspace) -> None:
    rescore(list(Lead.objects.of(workspace).order_by("pk")), why="Test", now=NOW)


def grades(workspace) -> dict:
    return dict(LeadScore.objects.of(workspace).values_list("lead_id", "grade"))


def named_by(found) -> set:
    return set(found.stored.lead_ids(list(found.trial.movers())))


def changed_by(workspace, draft: Profile) -> set:
    before = grades(workspace)
    versions.publish(draft, by=None, now=NOW)
    score_all(workspace)
    after = grades(workspace)
    return {lead for lead, grade in after.items() if grade != before[lead]}


def weighted(**points: int) -> Weighting:
    return Weighting(weights=tuple({**dict(zip(KEYS, WEIGHTS, strict=True)), **points}[key] for key in KEYS))


def test_laboratory_names_whose_grade_changes(workspace):
    weighting = weighted(engagement=24, potential=3)
    draft = drafted(workspace, "", weighting, note="", by=None, now=NOW)

    named = named_by(experiment(workspace, "", weighting, now=NOW))

    assert named == changed_by(workspace, draft)
    assert named


def test_laboratory_names_whose_grade_changes_though_no_night_has_scored_them_again_for_long(workspace):
    LeadScore.objects.update(scored_at=NOW)
    later, weighting = NOW + timedelta(days=100), weighted(engagement=13, email_validity=3)

    found = experiment(workspace, "", weighting, now=later)

    before = grades(workspace)
    versions.publish(drafted(workspace, "", weighting, note="", by=None, now=later), by=None, now=later)
    rescore(list(Lead.objects.of(workspace)), why="Test", now=later)
    changed = {lead for lead, grade in grades(workspace).items() if grade != before[lead]}
    assert (named_by(found), found.trial.counts()[1]) == (changed, LeadScore.objects.of(workspace).by_grade())
    assert len(changed) > 10
    averages = profiles.current(workspace).expected
    versions.publish(drafted(workspace, "", weighting, note="", by=None, now=later), by=None, now=later)
    assert averages == profiles.current(workspace).expected


def test_roll_back_names_whose_grade_changes(workspace):
    first = Profile.objects.of(workspace).get(state="published")
    changed_by(workspace, drafted(workspace, "", weighted(engagement=24, potential=3), note="", by=None, now=NOW))
    first.refresh_from_db()
    draft = restored(first, by=None, now=NOW)

    named = named_by(returning(draft, now=NOW))

    assert named == changed_by(workspace, draft)
    assert named


def test_laboratory_names_whose_grade_a_drafts_own_ideal_customer_changes(workspace):
    draft = versions.save_draft(drafted(workspace, "", Weighting(), note="", by=None, now=NOW))
    Profile.objects.filter(pk=draft.pk).update(ideal=SCHOOLS.to_json())
    draft.refresh_from_db()

    found = experiment(workspace, "", Weighting(), now=NOW, ideal=versions.ideal_of(draft))

    named = named_by(found)
    after = found.trial.counts()[1]
    assert named == changed_by(workspace, draft)
    assert (named != set(), after) == (True, LeadScore.objects.of(workspace).by_grade())


@pytest.mark.parametrize("industry", ["", "education"])
def test_a_draft_that_changed_no_ideal_customer_follows_that_of_the_workspace(workspace, industry):
    draft = versions.save_draft(
        drafted(workspace, industry, weighted(engagement=24, potential=3), note="", by=None, now=NOW)
    )
    save_ideal(workspace, SCHOOLS, by=None, now=NOW + timedelta(hours=1))
    score_all(workspace)

    named = named_by(experiment(workspace, industry, weighting_of(draft), now=NOW, ideal=versions.ideal_of(draft)))

    assert named == changed_by(workspace, draft)
    assert IdealCustomer.from_json(draft.ideal) == SCHOOLS


def test_averages_are_those_by_the_ideal_customer_that_is_published(workspace):
    save_ideal(workspace, SCHOOLS, by=None, now=NOW)
    score_all(workspace)
    averages = profiles.current(workspace).expected

    moved = changed_by(workspace, drafted(workspace, "", Weighting(), note="", by=None, now=NOW))

    assert (moved, averages) == (set(), profiles.current(workspace).expected)


def test_profiles_that_share_an_ideal_customer_get_averages_by_the_new_one_together(workspace):
    for industry in ("retail", "education"):
        changed_by(workspace, drafted(workspace, industry, Weighting(), note="", by=None, now=NOW))
    save_ideal(workspace, SCHOOLS, by=None, now=NOW)
    score_all(workspace)

    again = [
        changed_by(workspace, drafted(workspace, each, Weighting(), note="", by=None, now=NOW))
        for each in ("", "retail", "education")
    ]

    assert again == [set(), set(), set()]


def test_what_is_published_anew_without_new_facts_moves_nobody(workspace):
    changed_by(workspace, drafted(workspace, "", Weighting(), note="", by=None, now=NOW))

    again = [changed_by(workspace, drafted(workspace, "", Weighting(), note="", by=None, now=NOW)) for _ in range(2)]

    assert again == [set(), set()]
