"""Over many leads a worker measures what unknown factors count, and puts the version in force by that, never by other."""

import pytest
from django.utils import timezone

from billing.models import AuditEvent, Notification
from leadengine.leased import LeaseState
from leadengine.workflows import averages, rescoring
from leadengine.workflows.dispatch import turn
from leadengine.workflows.logging import log
from leadengine.workflows.publishing import publish_profile, roll_back, withdraw_profile
from leadengine.workflows.scoring import open_rescoring, publish_ideal, start_rescoring
from leads.logbook import Entry
from leads.models import Lead
from scoring import averaging, profiles, revaluing, versions
from scoring.ideal import IdealCustomer
from scoring.models import LeadScore, Profile, Rescoring
from scoring.pending import being_published
from scoring.receipt import receipt
from scoring.rulebook import EXPECTED
from scoring.stored import scope_of
from scoring.trends import steps_of
from scoring.versions import CannotPublish, drafted
from scoring.weighting import Weighting
from tests.factories import leads, people

pytestmark = pytest.mark.django_db
HOME, ABROAD = IdealCustomer(places=("DE",)), IdealCustomer(places=("FR",))
BOLD = Weighting.from_json({"weights": {"potential": 14, "engagement": 13}})


@pytest.fixture
def workspace():
    made = people.workspace()
    shop = leads.company(made, industry="retail")
    for number in range(32):
        leads.lead(made, company=shop if number % 3 else None, country=("DE", "FR", "")[number % 3])
    return made


@pytest.fixture
def boss(workspace):
    made = people.owner(workspace)
    start_rescoring(workspace, why="First", by=made, now=timezone.now())
    work_off()
    return made


@pytest.fixture
def many(boss, monkeypatch):
    """As if 32 leads were a million."""
    monkeypatch.setattr(averaging, "AT_ONCE", 10)
    monkeypatch.setattr(averages, "BATCH", 10)


def work_off() -> None:
    while turn(now=timezone.now()):
        pass


def publish(workspace, boss, industry: str = "", weighting: Weighting = BOLD) -> Profile:
    draft = drafted(workspace, industry, weighting, note="", by=boss, now=timezone.now())
    publish_profile(draft, by=boss, now=timezone.now())
    return draft


def look_for(workspace, ideal: IdealCustomer, boss) -> Profile:
    return publish_ideal(workspace, ideal, by=boss, now=timezone.now())


def in_force(workspace) -> dict[str, list[float]]:
    return {industry: each.expected for industry, each in profiles.published(workspace).items()}


def measured_now(workspace) -> dict[str, list[float]]:
    found = profiles.published(workspace)
    values = revaluing.revalued(workspace, {}, now=timezone.now())
    return {industry: values.expected(scope_of(industry, found)) for industry in found}


def claimed(workspace) -> Rescoring:
    Rescoring.objects.of(workspace).filter(state=LeaseState.QUEUED).update(state=LeaseState.RUNNING)
    job = open_rescoring(workspace)
    assert job
    return job


def test_versions_are_put_in_force_with_averages_that_are_measured_of_them(workspace, many, boss):
    publish(workspace, boss, "retail")
    made = look_for(workspace, HOME, boss)
    before = in_force(workspace)

    work_off()

    found = profiles.published(workspace)
    assert (found[""], found[""].ideal, found["retail"].ideal) == (made, HOME.to_json(), HOME.to_json())
    assert before != in_force(workspace) == measured_now(workspace)
    assert list(EXPECTED) not in in_force(workspace).values()
    assert LeadScore.objects.of(workspace).filter(profile__in=found.values()).count() == 32
    audited = AuditEvent.objects.filter(verb__startswith="profile.", actor_id=boss.pk).values_list("verb", flat=True)
    assert sorted(audited) == ["profile.ideal_saved", "profile.ideal_saved", "profile.published"]


def test_request_values_no_lead_and_puts_nothing_in_force(workspace, many, boss, monkeypatch):
    monkeypatch.setattr(revaluing, "steps_of", None)
    before = profiles.published(workspace)

    made = look_for(workspace, HOME, boss)

    assert profiles.published(workspace) == before
    assert (made.state, open_rescoring(workspace).to_publish) == ("draft", {str(made.pk): boss.pk})


def test_turn_ends_between_two_batches_and_goes_on_there(workspace, many, boss):
    look_for(workspace, HOME, boss)
    job = claimed(workspace)

    left = [averages.measure_turn(job, batches=2), job.measured, averages.measure_turn(job, batches=3)]

    assert left == [0, 20, 1]
    assert job.to_publish == {}


def test_scores_and_their_history_explain_themselves_before_and_after(workspace, many, boss, monkeypatch):
    monkeypatch.setattr(rescoring, "BATCH", 10)
    look_for(workspace, HOME, boss)
    averages.measure_turn(claimed(workspace), batches=2)
    for lead in Lead.objects.of(workspace)[:3]:
        log(lead, Entry("call", timezone.now(), outcome="reached"), by=boss, now=timezone.now())

    for act in (lambda: None, work_off_one_turn, work_off):
        act()
        for lead in Lead.objects.of(workspace):
            stored = LeadScore.objects.get(lead=lead)
            told, steps = receipt(lead, now=timezone.now()), steps_of(lead)
            assert (told.total, told.grade) == (stored.total, stored.grade)
            moved = [each for each in steps if each.change is not None]
            assert [sum(part.points for part in each.parts) for each in moved] == [each.change for each in moved]


def work_off_one_turn() -> None:
    Rescoring.objects.filter(state=LeaseState.RUNNING).update(due_at=timezone.now(), claimed=False)
    turn(now=timezone.now())


def test_job_that_takes_the_place_of_another_publishes_what_that_did_not_come_to(workspace, many, boss):
    made = look_for(workspace, HOME, boss)
    averages.measure_turn(claimed(workspace), batches=1)

    start_rescoring(workspace, why="Many leads were edited", by=boss, now=timezone.now())
    why = open_rescoring(workspace).why
    work_off()

    assert why == "Default profile, version 2: ideal customer changed; Many leads were edited"
    assert profiles.published(workspace)[""] == made


def test_later_publication_wins_and_keeps_the_ideal_customer_that_is_on_its_way(workspace, many, boss):
    first = look_for(workspace, HOME, boss)
    averages.measure_turn(claimed(workspace), batches=1)

    last = publish(workspace, boss)
    work_off()

    first.refresh_from_db()
    found = profiles.published(workspace)[""]
    assert (found, found.ideal, versions.weighting_of(found)) == (last, HOME.to_json(), BOLD)
    assert (first.state, found.expected) == ("draft", measured_now(workspace)[""])


@pytest.mark.parametrize("second", [ABROAD, IdealCustomer()], ids=["another", "that of before"])
def test_last_ideal_customer_wins_and_keeps_the_weights_that_are_on_their_way(workspace, many, boss, second):
    look_for(workspace, HOME, boss)
    publish(workspace, boss)

    look_for(workspace, second, boss)
    work_off()

    found = profiles.published(workspace)[""]
    assert (found.ideal, versions.weighting_of(found)) == (second.to_json(), BOLD)


def test_version_that_is_rolled_back_to_has_its_own_averages_and_the_new_ideal_customer(workspace, many, boss):
    first = profiles.published(workspace)[""]
    publish(workspace, boss)
    look_for(workspace, HOME, boss)
    first.refresh_from_db()

    made = roll_back(first, by=boss, now=timezone.now())
    work_off()

    found = profiles.published(workspace)[""]
    assert (found, found.expected, found.ideal) == (made, first.expected, HOME.to_json())


def test_same_publication_again_is_one_draft(workspace, many, boss):
    look_for(workspace, HOME, boss)
    made = publish(workspace, boss)

    again = publish(workspace, boss)

    assert again == made
    assert list(being_published(workspace).values()) == [made]


def test_what_is_discarded_meanwhile_is_not_put_in_force(workspace, many, boss):
    before, made = profiles.published(workspace), look_for(workspace, HOME, boss)
    averages.measure_turn(claimed(workspace), batches=2)

    assert versions.discard(made)
    work_off_one_turn()
    work_off()

    assert profiles.published(workspace) == before
    assert Rescoring.objects.latest("pk").state == LeaseState.DONE


def test_what_is_being_published_is_not_edited(workspace, many, boss):
    made = look_for(workspace, HOME, boss)

    with pytest.raises(CannotPublish, match="Default profile, version 2 is being published"):
        versions.save_draft(made)


def test_version_that_is_withdrawn_meanwhile_lets_averages_be_measured_anew(workspace, many, boss):
    retail = publish(workspace, boss, "retail")
    look_for(workspace, HOME, boss)
    averages.measure_turn(claimed(workspace), batches=3)

    withdraw_profile(retail, by=boss, now=timezone.now())
    work_off()

    assert in_force(workspace) == measured_now(workspace)
    assert list(in_force(workspace)) == [""]


def test_job_that_fails_leaves_a_draft_and_says_so(workspace, many, boss):
    made = look_for(workspace, HOME, boss)
    lost = {"stalls": 6, "claimed": True, "state": LeaseState.RUNNING, "due_at": timezone.now()}
    Rescoring.objects.filter(pk=open_rescoring(workspace).pk).update(**lost)

    work_off()

    made.refresh_from_db()
    assert (made.state, being_published(workspace)) == ("draft", {})
    assert "still a draft: Default profile, version 2. Publish it again." in Notification.objects.get().text
