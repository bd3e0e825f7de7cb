"""The receipt of one lead: stored or fresh, adding up, with the ideal customer of its run."""

from datetime import timedelta
from decimal import Decimal

import pytest

from leads.models import Evidence, Lead
from scoring import profiles, versions
from scoring.ideal import IdealCustomer
from scoring.management.telling import in_words
from scoring.models import LeadScore
from scoring.receipt import citations, receipt, rules_for
from scoring.recording import record
from scoring.rescoring import rescore
from scoring.weighting import Weighting
from tests.factories import leads, people, runs
from tests.factories.scoring import NOW, scores

pytestmark = pytest.mark.django_db

RETAIL = IdealCustomer(industries=("retail",))


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def lead(workspace):
    return leads.lead(workspace, company=leads.company(workspace, industry="retail"), email_status="deliverable")


def test_receipt_of_a_lead_without_score_is_fresh(lead) -> None:
    told = receipt(lead, now=NOW)

    assert told.scored_at is None
    assert (told.total, told.grade) == (told.fresh_total, told.fresh_grade)
    assert sum(line.points for line in told.lines) == told.total
    assert sum(line.most for line in told.lines) == 100


def test_receipt_of_a_stored_score_shows_what_is_stored(lead, workspace) -> None:
    profile = profiles.ensure_default(workspace)
    record(workspace.pk, [lead.pk], scores(9_000, *[-1] * 9), profile_id=profile.pk, why="delivered", now=NOW)

    told = receipt(lead, now=NOW)

    assert told.total == LeadScore.objects.get(lead=lead).total == sum(line.points for line in told.lines)
    assert (told.scored_at, told.profile) == (NOW, "default v1")
    assert [line.is_assumed for line in told.lines] == [False, *[True] * 9]
    assert told.is_outdated


def test_scoring_again_brings_the_receipt_up_to_date(lead, workspace) -> None:
    profile = profiles.ensure_default(workspace)
    record(workspace.pk, [lead.pk], scores(), profile_id=profile.pk, why="delivered", now=NOW)

    rescore([lead], why="Scored again", now=NOW + timedelta(days=1))

    told = receipt(lead, now=NOW + timedelta(days=1))
    assert not told.is_outdated
    assert (told.change.total_before, told.change.why) == (50, "Scored again")


def test_what_it_would_be_and_what_actions_lead_to_is_by_the_version_in_force(lead, workspace) -> None:
    """While its rescoring waits for a worker, the stored score is of the version before."""
    rescore([lead], why="Delivered", now=NOW)
    before = receipt(lead, now=NOW)
    weighting = Weighting((0, 60, 0, 0, 0, 20, 0, 0, 20, 0))
    versions.publish(versions.drafted(workspace, "", weighting, note="", by=None, now=NOW), by=None, now=NOW)

    told = receipt(lead, now=NOW)

    answered = {each.key: each for each in told.actions}["first_contact"]
    leads.activity(lead, "email_replied", occurred_at=NOW)
    rescore([lead], why="Replied", now=NOW)
    after = LeadScore.objects.get(lead=lead)
    assert (told.total, told.lines, told.profile) == (before.total, before.lines, "default v1")
    assert (told.is_outdated, answered.total, answered.grade) == (True, after.total, after.grade)
    assert told.outdated_words.startswith(
        "By profile default v2, which is in force by now, and today's facts it would be "
    )
    assert told.outdated_words in in_words("Mira", told)


def test_rules_are_the_snapshot_of_the_run_that_delivered(lead, workspace) -> None:
    profile = profiles.ensure_default(workspace)
    run = runs.run(workspace, ideal=RETAIL.to_json(), profile_id=profile.pk)
    runs.delivery(runs.lane(run), lead)

    assert rules_for(lead, profile).ideal == RETAIL


def test_later_profile_is_filled_by_the_criteria_of_the_run(lead, workspace) -> None:
    old = profiles.ensure_default(workspace)
    criteria = {"places": {"values": ["DE"], "level": "must"}, "industries": {"values": ["mining"], "level": "must"}}
    runs.delivery(runs.lane(runs.run(workspace, criteria=criteria, profile_id=old.pk)), lead)
    new = versions.save_ideal(workspace, RETAIL, by=None, now=NOW)

    ideal = rules_for(lead, new).ideal

    assert (ideal.industries, ideal.places) == (("retail",), ("DE",))


def test_citations_stand_by_field_the_one_in_use_first(lead) -> None:
    leads.evidence(lead, "title", value="Clerk", source="file", is_current=False)
    leads.evidence(lead, "title", value="Head of Sales", observed_at=NOW - timedelta(days=90))
    leads.evidence(lead, "company.industry", value="retail")

    cited = citations(lead, now=NOW)

    assert [(each.text, each.is_current) for each in cited["title"]] == [("Head of Sales", True), ("Clerk", False)]
    assert cited["company.industry"][0].text == "Retail"


@pytest.mark.parametrize(
    ("facts", "source"),
    [
        pytest.param({"email_status": "deliverable"}, "Our own check", id="checked"),
        pytest.param(
            {"email_status": "deliverable", "is_sample": True}, "Our own check, of the sample's stand-in", id="sample"
        ),
        pytest.param({"email_status": "undeliverable", "email_reason": "reported_bounced"}, "", id="reported since"),
        pytest.param({"email_status": "unchecked"}, "", id="not checked"),
    ],
)
def test_what_is_known_of_the_address_is_cited_as_our_own_check(lead, facts, source) -> None:
    leads.evidence(lead, "email", value=lead.email)
    Lead.objects.filter(pk=lead.pk).update(email_checked_at=NOW, **facts)
    lead.refresh_from_db()

    cited = citations(lead, now=NOW).get("email_check", ())

    assert [(each.source_title, each.on) for each in cited] == ([(source, NOW.date())] if source else [])


def test_head_count_that_the_company_bears_too_is_no_other_one(lead) -> None:
    for name in ("company.employees_min", "company.employees_max"):
        leads.evidence(lead, name, value="89", observed_at=NOW)
    of_company = {"workspace": lead.workspace, "company": lead.company, "source": "directory", "observed_at": NOW}
    Evidence.objects.create(field="employees_min", value="89", **of_company)

    cited = citations(lead, now=NOW)

    assert [each.text for each in cited["company.employees_min"]] == ["89 people"]


def test_actions_bear_the_prices_given(lead) -> None:
    told = receipt(lead, now=NOW, prices={"profile": Decimal("1.50")})

    assert {action.key: action.price for action in told.actions}["find_profile"] == Decimal("1.50")


def test_action_that_finds_the_industry_promises_what_the_profile_of_it_gives(workspace) -> None:
    versions.save_ideal(workspace, RETAIL, by=None, now=NOW)
    weighting = Weighting((0, 0, 20, 0, 50, 30, 0, 0, 0, 0), (70, 60, 50, 40))
    own = versions.drafted(workspace, "retail", weighting, note="", by=None, now=NOW)
    versions.publish(own, by=None, now=NOW)
    lead = leads.lead(workspace)
    promised = {each.key: each for each in receipt(lead, now=NOW).actions}["complete_company"]

    lead.company.industry = "retail"
    lead.company.save()
    rescore([lead], why="Found", now=NOW)

    score = LeadScore.objects.get(lead=lead)
    assert (score.total, score.grade, score.profile) == (promised.total, promised.grade, own)
    assert "the profile of that industry would grade it" in promised.why


def test_receipt_reads_in_a_fixed_number_of_queries(lead, django_assert_max_num_queries) -> None:
    for _ in range(5):
        leads.evidence(lead)
        leads.activity(lead, "call")
        leads.signal(lead.company, detail=str(_))

    with django_assert_max_num_queries(12):
        receipt(lead, now=NOW)
