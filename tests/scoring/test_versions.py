"""Versions of profiles: drafted, published one by one, brought back, taken out of force."""

from datetime import timedelta

import pytest

from leads.criteria import Range
from scoring import profiles, versions
from scoring.ideal import IdealCustomer
from scoring.models import Profile, ProfileState
from scoring.recording import record
from scoring.rulebook import EXPECTED, KEYS
from scoring.versions import CannotPublish
from scoring.weighting import Weighting
from tests.factories import leads, people
from tests.factories.scoring import NOW, scores

pytestmark = pytest.mark.django_db

OTHER = Weighting((20, 7, 15, 10, 12, 10, 6, 8, 8, 4), (90, 80, 60, 40))
RETAIL = IdealCustomer(industries=("retail",), employees=Range(50, 500))


@pytest.fixture
def workspace():
    made = people.workspace()
    profiles.ensure_default(made)
    return made


def draft(workspace, industry="", weighting=OTHER, **fields):
    return versions.drafted(workspace, industry, weighting, note="Try", by=None, now=NOW, **fields)


def test_a_published_draft_takes_the_place_of_the_version_before(workspace):
    first = profiles.current(workspace)
    made = draft(workspace)

    before = versions.publish(made, by=None, now=NOW)

    first.refresh_from_db()
    assert before == first
    assert (first.state, first.retired_at, made.state, made.version) == (ProfileState.RETIRED, NOW, "published", 2)
    assert versions.weighting_of(profiles.current(workspace)) == OTHER


def test_a_draft_scores_nobody(workspace):
    versions.save_draft(draft(workspace, "retail"))

    assert profiles.current(workspace, "retail").industry == ""


def test_an_industrys_draft_starts_from_the_ideal_customer_that_scores_it_now(workspace):
    versions.save_ideal(workspace, RETAIL, by=None, now=NOW)

    assert IdealCustomer.from_json(draft(workspace, "education").ideal) == RETAIL


def test_the_second_of_two_who_publish_at_once_is_told_who_was_first(workspace):
    mira = people.user(first_name="Mira", last_name="Sandoval")
    versions.publish(versions.drafted(workspace, "", OTHER, note="", by=mira, now=NOW), seen=1, by=mira, now=NOW)

    with pytest.raises(CannotPublish, match=r"^Mira Sandoval published version 2 3.minutes ago\. Look at what yours"):
        versions.publish(draft(workspace), seen=1, by=None, now=NOW + timedelta(minutes=3))

    assert profiles.current(workspace).version == 2


def test_a_draft_is_published_only_once(workspace):
    saved = versions.save_draft(draft(workspace))
    same = Profile.objects.select_related("workspace").get(pk=saved.pk)
    versions.publish(saved, by=None, now=NOW)

    with pytest.raises(CannotPublish, match="no draft any more"):
        versions.publish(same, by=None, now=NOW)


def test_a_draft_that_was_overtaken_gets_the_next_number(workspace):
    old = versions.save_draft(draft(workspace))
    versions.publish(draft(workspace, weighting=Weighting()), by=None, now=NOW)

    versions.publish(old, by=None, now=NOW)

    assert (old.version, profiles.current(workspace)) == (4, old)


def test_a_draft_keeps_the_number_it_was_reviewed_under_beside_a_later_draft(workspace):
    old, _later = (versions.save_draft(draft(workspace, weighting=each)) for each in (OTHER, Weighting()))

    versions.publish(old, by=None, now=NOW)

    assert (old.version, profiles.current(workspace)) == (2, old)


def test_a_version_brought_back_scores_as_it_did_then(workspace):
    first = profiles.current(workspace)
    first.expected = [0.7] * 10
    first.save()
    versions.publish(draft(workspace), by=None, now=NOW)

    first.refresh_from_db()
    again = versions.restored(first, by=None, now=NOW)
    versions.publish(again, by=None, now=NOW)

    assert (again.version, again.note) == (3, "Rolled back to version 1")
    assert (versions.weighting_of(again), again.expected) == (Weighting(), [0.7] * 10)


def test_a_version_brought_back_leaves_the_ideal_customer_of_today(workspace):
    first = profiles.current(workspace)
    versions.save_ideal(workspace, RETAIL, by=None, now=NOW)

    first.refresh_from_db()
    again = versions.restored(first, by=None, now=NOW)

    assert IdealCustomer.from_json(first.ideal).is_empty
    assert IdealCustomer.from_json(again.ideal) == RETAIL
    assert again.expected == list(EXPECTED)


def test_only_an_earlier_version_is_brought_back(workspace):
    with pytest.raises(CannotPublish, match="never replaced"):
        versions.restored(profiles.current(workspace), by=None, now=NOW)


def test_an_industrys_profile_taken_out_of_force_leaves_it_to_the_default(workspace):
    made = draft(workspace, "retail")
    versions.publish(made, by=None, now=NOW)

    versions.withdraw(made, now=NOW)

    assert profiles.current(workspace, "retail").industry == ""


@pytest.mark.parametrize(
    ("industry", "said"), [("", "cannot be taken out"), ("retail", "not in force")], ids=["default", "draft"]
)
def test_what_cannot_be_taken_out_of_force(workspace, industry, said):
    profile = versions.save_draft(draft(workspace, "retail")) if industry else profiles.current(workspace)

    with pytest.raises(CannotPublish, match=said):
        versions.withdraw(profile, now=NOW)


def test_averages_are_those_of_the_industry_from_thirty_leads_on(workspace):
    shops = [leads.lead(workspace, company=leads.company(workspace, industry="retail-groceries")) for _ in range(30)]
    others = [leads.lead(workspace) for _ in range(30)]
    profile = profiles.current(workspace)
    for some, value in ((shops, 9_000), (others, 1_000)):
        table = scores(*[value] * 10, n=30)
        record(workspace.pk, [each.pk for each in some], table, profile_id=profile.pk, why="", now=NOW)
    own, few = draft(workspace, "retail"), draft(workspace, "education")

    versions.publish(own, by=None, now=NOW)
    versions.publish(few, by=None, now=NOW)

    usual = KEYS.index("engagement")
    assert own.expected == [0.4 if place == usual else 0.9 for place in range(10)]
    assert few.expected == [0.4 if place == usual else 0.5 for place in range(10)]


def test_industries_that_share_the_ideal_customer_go_on_sharing_it(workspace):
    versions.publish(draft(workspace, "retail"), by=None, now=NOW)
    versions.publish(draft(workspace, "education", ideal={"places": ["DE"]}), by=None, now=NOW)

    versions.save_ideal(workspace, RETAIL, by=None, now=NOW)

    found = {code: IdealCustomer.from_json(each.ideal) for code, each in profiles.published(workspace).items()}
    assert found == {"": RETAIL, "retail": RETAIL, "education": IdealCustomer(places=("DE",))}
    assert versions.weighting_of(profiles.current(workspace, "retail")) == OTHER


def test_a_discarded_draft_is_gone_and_a_published_one_is_not(workspace):
    saved = versions.save_draft(draft(workspace))

    assert versions.discard(saved)
    assert not versions.discard(profiles.current(workspace))
    assert Profile.objects.of(workspace).count() == 1
