"""Who is delivered and who is refused: by any address of theirs, and each person once in a batch."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leadengine.workflows.dispatch import turn
from leadengine.workflows.generation import pause_generation, resume_generation
from leadengine.workflows.receipts import run_receipt
from leadengine.workflows.suppression import suppress_and_mark
from leads.models import Delivery, Evidence, Exclusion, Lead, Run
from leads.suppressing import suppress
from tests.factories import people
from tests.fakes.workers import credits, provider, record, start, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.db]
PROFILE = "https://www.linkedin.com/in/bela-one"
NAMESAKE = {
    "record_id": "x2",
    "full_name": "Robert Zeller",
    "title": "CFO",
    "linkedin_url": PROFILE,
    "company": {"name": "Quite Other GmbH", "domain": "other.example", "country": "DE"},
}


@pytest.fixture
def workspace():
    return people.workspace(credits=50)


def listed(workspace, kind: str, value: str) -> None:
    suppress(kind, value, workspace=workspace, by=None, note="", now=timezone.now())


def delivered_long_ago() -> None:
    Delivery.objects.update(delivered_at=timezone.now() - timedelta(days=400))


def run_of(workspace, monkeypatch, *records, **brief) -> Run:
    with provider(monkeypatch, list(records)):
        run = work_off(start(workspace, **brief))
    assert run_receipt(run, now=timezone.now()).adds_up
    return run


def assert_suppressed(run: Run) -> None:
    assert (run.delivered, run.spent) == (0, credits(0))
    assert {row.reason for row in Exclusion.objects.filter(run=run)} == {"suppressed"}
    assert not Exclusion.objects.filter(run=run, candidate__isnull=False).exists()


def test_suppressed_address_of_a_losing_record_refuses_the_person_and_is_not_stored(workspace, monkeypatch):
    listed(workspace, "email", "old.me@private.example")
    old = record(1, record_id="r1b", linkedin_url=PROFILE, email="old.me@private.example", confidence=0.2)

    run = run_of(workspace, monkeypatch, record(1, linkedin_url=PROFILE, confidence=0.9), old)

    assert_suppressed(run)
    assert not Evidence.objects.filter(value__contains="old.me").exists()


@pytest.mark.parametrize(
    ("number", "facts"),
    [
        pytest.param("+4930901820", {"company": {"phone": "+49 30 901820"}}, id="of the company, used as theirs"),
        pytest.param(
            "+33142685300",
            {"country": "US", "phone": "01 42 68 53 00", "company": {"country": "FR"}},
            id="read by the company's country",
        ),
    ],
)
def test_suppressed_number_that_would_become_the_leads_refuses_the_person(workspace, monkeypatch, number, facts):
    listed(workspace, "phone", number)

    assert_suppressed(run_of(workspace, monkeypatch, record(1, **facts)))


def test_lead_marked_as_not_to_be_contacted_is_not_delivered_again(workspace, monkeypatch):
    run_of(workspace, monkeypatch, record(1, linkedin_url=PROFILE))
    suppress_and_mark(workspace, "email", "p1@brightwater1.example", by=people.owner(workspace), now=timezone.now())
    delivered_long_ago()

    assert_suppressed(run_of(workspace, monkeypatch, record(1, linkedin_url=PROFILE, email=""), new_only=False))


def test_address_of_the_known_lead_refuses_a_record_without_it(workspace, monkeypatch):
    run_of(workspace, monkeypatch, record(1, linkedin_url=PROFILE))
    listed(None, "email", "p1@brightwater1.example")
    delivered_long_ago()

    assert_suppressed(run_of(workspace, monkeypatch, record(1, linkedin_url=PROFILE, email=""), new_only=False))


def test_two_records_of_one_lead_to_deliver_again_are_one_delivery(workspace, monkeypatch):
    run_of(workspace, monkeypatch, record(1, linkedin_url=PROFILE))
    delivered_long_ago()

    run = run_of(workspace, monkeypatch, record(1, record_id="x1"), NAMESAKE, new_only=False)

    assert (run.state, run.delivered, run.spent) == ("finished", 1, credits(1))
    assert Exclusion.objects.get(run=run).reason == "duplicate_in_run"
    assert Evidence.objects.filter(lead=Lead.objects.get(), field="title", value="CFO").exists()


@pytest.mark.parametrize(
    ("new_only", "delivered", "known_again", "left_out"),
    [(False, 3, 2, {}), (True, 1, 0, {"already_known": 2})],
    ids=["known ones too", "new ones only"],
)
def test_known_lead_is_delivered_again_for_nothing_where_it_is_wanted(
    workspace, monkeypatch, new_only, delivered, known_again, left_out
):
    run_of(workspace, monkeypatch, record(1), record(2))

    run = run_of(workspace, monkeypatch, record(1), record(2), record(3), new_only=new_only)

    receipt = run_receipt(run, now=timezone.now())
    assert (run.delivered, run.spent, receipt.captured) == (delivered, credits(1), credits(1))
    assert (receipt.known_again, receipt.sold, receipt.sources[0].known_again) == (known_again, 1, known_again)
    assert receipt.excluded == left_out
    assert Lead.objects.count() == 3


def test_record_left_out_as_the_same_person_names_the_person(workspace, monkeypatch):
    run = run_of(workspace, monkeypatch, record(1), record(1, record_id="sample-a:p7"))

    lead, row = Lead.objects.get(), Exclusion.objects.get(run=run)
    assert row.detail == f"The same person as {lead.full_name}, {lead.company.name}"
    assert row.lead == lead


def test_two_new_records_with_one_identity_are_one_lead(workspace, monkeypatch):
    run = run_of(workspace, monkeypatch, record(1), record(2, record_id="r1"))

    lead, row = Lead.objects.get(), Exclusion.objects.get()
    assert (run.delivered, run.spent, row.lead, row.reason) == (1, credits(1), lead, "duplicate_in_run")
    assert lead.identities.filter(kind="email").count() == 2


def test_run_resumed_after_years_does_not_deliver_its_own_lead_again(workspace, monkeypatch):
    by = people.rep(workspace)
    with provider(
        monkeypatch, [record(1), *[record(n) for n in range(10, 39)], record(1, record_id="again")], batch=10
    ):
        run = start(workspace, most_leads=40)
        turn(now=timezone.now(), run=run)
        pause_generation(run, by=by, now=timezone.now())
        Delivery.objects.update(delivered_at=timezone.now() - timedelta(days=800))
        run_of(workspace, monkeypatch, record(1), new_only=False)
        Delivery.objects.exclude(run=run).update(delivered_at=timezone.now() - timedelta(days=400))
    with provider(monkeypatch, [record(n) for n in range(30)] + [record(1, record_id="again")], batch=10):
        resume_generation(run, by=by, now=timezone.now())
        done = work_off(run)

    assert done.state == "finished"
    assert run_receipt(done, now=timezone.now()).adds_up
    assert Delivery.objects.filter(run=run, lead__email="p1@brightwater1.example").count() == 1


def test_best_scored_of_a_batch_are_delivered_where_there_is_not_room_for_all(workspace, monkeypatch):
    titles = ["Trainee", "Accountant", "Chief Executive Officer", "Clerk", "Chief Financial Officer", "Assistant"]

    run = run_of(
        workspace, monkeypatch, *[record(number, title=each) for number, each in enumerate(titles)], most_leads=2
    )

    assert set(Lead.objects.values_list("title", flat=True)) == {"Chief Executive Officer", "Chief Financial Officer"}
    assert set(Exclusion.objects.filter(run=run).values_list("reason", flat=True)) == {"limit_reached"}
