"""The rest of a record is bought for those alone whom the run would deliver, once, and not for a run that has ended."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from leadengine.management.commands.generate_leads import in_words
from leadengine.sandbox import running
from leadengine.sandbox.scripted import Reply, Trouble
from leadengine.workflows import completing, purchases
from leadengine.workflows.asking import ask
from leadengine.workflows.ending import end, locked
from leadengine.workflows.inclusion import includable
from leadengine.workflows.leases import LeaseLost
from leadengine.workflows.receipts import run_receipt
from leadengine.workflows.source_rows import SourceRow
from leads.criteria import Criteria
from leads.models import Exclusion, Lead, PurchaseState, Reason, Run, RunState
from leads.sources import registry
from leads.sources.base import SourceError
from leads.sources.email_providers.apollo import Apollo
from leads.unbought import why_aside
from scoring.rules import rules_of_run
from tests.factories import people
from tests.fakes import workers
from tests.leadengine.workflows.test_network_run import scripted

pytestmark = pytest.mark.django_db

DIRECTORS = {"places": ["GB"], "titles": {"values": ["Managing Director"], "level": "must"}}
ALONE = ("apollo",)


@pytest.fixture
def sample(settings):
    settings.SANDBOX = True
    cache.clear()
    return people.workspace(is_sample=True, credits=100)


@pytest.fixture
def apollo(sample, monkeypatch):
    with scripted(monkeypatch, "apollo", running.SCRIPTS["apollo"]()) as script:
        yield script


def bought(script) -> list[str]:
    asked = [ask.body["details"] for ask in script.asked if ask.path == "/people/bulk_match"]
    return [each["id"] for details in asked for each in details]


def told(run) -> SourceRow:
    """What the receipt says of the only source."""
    return run_receipt(run, now=timezone.now()).sources[0]


ASKED = [{"revenue": {"min": 500_000}}, {"technologies": ["SAP"]}, {"hiring": "must"}]


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_who_was_found_by_what_no_record_tells_is_bought_and_delivered(sample, apollo, asked):
    run = workers.work_off(workers.start(sample, criteria={**DIRECTORS, **asked}, sources=ALONE, most_leads=2))

    assert (run.delivered, len(bought(apollo))) == (2, 2)


def first_batch(sample, source=None, **order):
    """A started run at its first answer, nothing bought yet."""
    run = workers.start(sample, sources=ALONE, **{"criteria": DIRECTORS, **order})
    lane = run.lanes.get()
    type(run).objects.filter(pk=run.pk).update(state=RunState.RUNNING)
    type(lane).objects.filter(pk=lane.pk).update(state="running")
    run = type(run).objects.select_related("workspace", "hold").get(pk=run.pk)  # as a worker reads it
    lane.refresh_from_db()
    source, criteria, rules = source or registry.get("apollo"), Criteria.from_json(run.criteria), rules_of_run(run)
    asked = ask(source, run, lane, criteria, timezone.now())

    def complete():
        return completing.complete(source, run, lane, asked, criteria, rules, timezone.now())

    return complete, run, asked


def test_as_many_are_bought_as_are_delivered(sample, apollo):
    run = workers.work_off(workers.start(sample, criteria=DIRECTORS, sources=ALONE, most_leads=12))

    assert (run.delivered, run.spent, told(run).provider_credits) == (12, Decimal(12), 12)
    assert len(bought(apollo)) == len(set(bought(apollo))) == 12
    assert run_receipt(run, now=timezone.now()).adds_up
    assert all(each.last_name and each.email and each.is_sample for each in Lead.objects.of(sample))


def test_whom_an_earlier_run_delivered_is_not_bought_again(sample, apollo):
    workers.work_off(workers.start(sample, criteria=DIRECTORS, sources=ALONE, most_leads=3))

    workers.work_off(workers.start(sample, criteria=DIRECTORS, sources=ALONE, most_leads=3))

    assert len(bought(apollo)) == len(set(bought(apollo))) == 6


def test_what_was_bought_is_used_by_whoever_takes_over(sample, apollo):
    complete, run, _asked = first_batch(sample, most_leads=5)
    first = complete().page
    cache.clear()

    again, run = complete().page, workers.work_off(run)

    assert again == first
    assert (run.delivered, told(run).provider_credits, len(bought(apollo))) == (5, 5, 5)


def test_nothing_is_bought_for_a_run_that_was_stopped(sample, apollo):
    complete, run, _asked = first_batch(sample)
    end(locked(run), RunState.STOPPED, "Stopped by hand", now=timezone.now())

    with pytest.raises(LeaseLost):
        complete()

    assert bought(apollo) == []


FINE = Trouble()
CUT = Trouble(is_cut=True)  # the sandbox has charged by then
MAYBE = {
    "cut": CUT,
    "down, and the contract does not say uncharged": Trouble(Reply({}, 503)),
    "another form": Trouble(Reply({"status": "success", "matches": 7})),
}


@pytest.mark.parametrize("trouble", MAYBE.values(), ids=MAYBE)
def test_purchase_that_may_have_been_charged_is_not_asked_again(sample, apollo, trouble):
    complete, run, _asked = first_batch(sample, most_leads=3)
    apollo.troubles = [trouble]

    pages = [complete().page, complete().page]

    assert len(bought(apollo)) == 3
    assert all(each.is_unbought for page in pages for each in page.candidates)
    assert (told(run).provider_credits, told(run).bought.possible, told(run).bought.unknown) == (0, 3, 1)


def test_run_goes_on_after_a_cut_answer_and_tells_whom_it_left_out(sample, apollo):
    apollo.troubles = [FINE, CUT]  # the search, the purchase

    run = workers.work_off(workers.start(sample, criteria=DIRECTORS, sources=ALONE, most_leads=3))

    assert (run.delivered, len(bought(apollo)), len(set(bought(apollo)))) == (3, 6, 6)
    assert (told(run).provider_credits, told(run).bought.possible) == (3, 3)
    assert f"Apollo: {told(run).account}. {told(run).doubt}" in in_words(run_receipt(run, now=timezone.now()))
    assert told(run).doubt == (
        "1 purchase for 3 people had no answer: up to 3 more Apollo credits may have been charged."
        " Apollo had 1,237 left afterwards."
    )
    assert list(Exclusion.objects.filter(run=run, reason="source_error").values_list("detail", flat=True)) == 3 * [
        "It is not known whether Apollo charged for this person: a run that you start asks again"
    ]


NOT_DONE = {
    "too often": Reply({}, 429, {"Retry-After": "0.2"}),
    "refused by words inside an error": Reply({"status": "failed", "error_message": "cannot enrich"}, 400),
}


@pytest.mark.parametrize("reply", NOT_DONE.values(), ids=NOT_DONE)
def test_purchase_that_was_refused_is_made_once_it_is_asked_again(sample, apollo, reply):
    complete, run, _asked = first_batch(sample, most_leads=3)
    apollo.troubles = [Trouble(reply)]

    with pytest.raises(SourceError):
        complete()
    page = complete().page

    assert not any(each.is_unbought for each in page.candidates)
    assert (told(run).provider_credits, told(run).bought.possible) == (3, 0)


def test_source_that_leaves_two_purchases_unanswered_buys_no_more(sample, apollo):
    apollo.troubles = [FINE, CUT, FINE, CUT]  # after each purchase without an answer it is asked what is left

    run = workers.work_off(workers.start(sample, criteria=DIRECTORS, sources=ALONE, most_leads=3))

    assert (run.delivered, len(bought(apollo))) == (0, 6)
    assert run.lanes.get().error.startswith("Apollo left 2 purchases without an answer")
    assert run_receipt(run, now=timezone.now()).adds_up


def test_run_that_a_person_starts_buys_again_and_a_scheduled_one_does_not(sample, apollo):
    apollo.troubles = [FINE, CUT]
    workers.work_off(workers.start(sample, criteria=DIRECTORS, sources=ALONE, most_leads=1))
    unsure = bought(apollo)[0]

    scheduled, run, _asked = first_batch(sample, most_leads=1)
    type(run).objects.filter(pk=run.pk).update(request_key="schedule:1:1")
    run.request_key = "schedule:1:1"
    again, *_ = first_batch(sample, most_leads=1)

    assert [each.record_id for each in scheduled().page.candidates] == [unsure]
    assert bought(apollo).count(unsure) == 1
    assert again().page.candidates[0].last_name
    assert bought(apollo).count(unsure) == 2


def test_purchase_of_a_worker_that_was_lost_is_not_made_again(sample, apollo):
    complete, run, asked = first_batch(sample, most_leads=3)
    lane = run.lanes.get()
    purchase = purchases.intend(lane, asked.page.candidates, Decimal(1), now=timezone.now() - purchases.IN_FLIGHT)

    page = complete().page

    purchase.refresh_from_db()
    assert (bought(apollo), purchase.state) == ([], PurchaseState.UNKNOWN)
    assert [each.is_unbought for each in page.candidates] == [True, True, True]
    assert told(run).bought.possible == 3


def test_purchase_that_is_under_way_is_waited_for(sample, apollo):
    complete, run, asked = first_batch(sample, most_leads=3)
    purchases.intend(run.lanes.get(), asked.page.candidates, Decimal(1), now=timezone.now())

    with pytest.raises(SourceError) as caught:
        complete()

    assert (caught.value.is_turn, caught.value.permanent, bought(apollo)) == (True, False, [])


def test_two_runs_at_once_buy_a_person_once(sample, apollo):
    first, _run, _asked = first_batch(sample, most_leads=3)
    second, run, _asked = first_batch(sample, most_leads=3)
    first()

    with pytest.raises(SourceError) as caught:
        second()
    workers.work_off(Run.objects.exclude(pk=run.pk).get())
    workers.work_off(run)

    assert (caught.value.is_turn, caught.value.permanent) == (True, False)
    assert len(bought(apollo)) == len(set(bought(apollo))) == 6


def test_run_that_rests_with_what_it_bought_holds_nobody_up(sample, apollo):
    first, run, _asked = first_batch(sample, most_leads=1)
    first()
    run.lanes.update(state="paused")
    second, *_ = first_batch(sample, most_leads=1)

    assert second().page.candidates[0].last_name


def test_person_of_a_purchase_in_flight_is_waited_for_by_other_runs(sample, apollo):
    _first, run, asked = first_batch(sample, most_leads=1)
    purchases.intend(run.lanes.get(), asked.page.candidates, Decimal(1), now=timezone.now())
    second, *_ = first_batch(sample, most_leads=1)

    with pytest.raises(SourceError, match="Waits for another run"):
        second()

    assert bought(apollo) == []


def test_of_two_who_are_about_to_buy_one_sees_the_other(sample, apollo):
    """Without the lock both could look before either has written its intention down."""
    _complete, run, asked = first_batch(sample, most_leads=1)

    purchases.intend(run.lanes.get(), asked.page.candidates, Decimal(1), now=timezone.now())

    with connection.cursor() as cursor:
        cursor.execute("SELECT objid FROM pg_locks WHERE classid = %s AND granted", [purchases.LOCK])
        assert cursor.fetchall() == [(sample.pk,)]


class StoppedMeanwhile(Apollo):
    """A source during whose purchase somebody stops the run."""

    def complete(self, request, candidates):
        found = super().complete(request, candidates)
        run = Run.objects.get()
        end(locked(run), RunState.STOPPED, "Stopped by hand", now=timezone.now())
        return found


def test_what_was_bought_for_a_run_that_was_stopped_meanwhile_is_on_its_receipt(sample, apollo):
    complete, run, _asked = first_batch(sample, StoppedMeanwhile(), most_leads=3)

    complete()

    assert (told(run).provider_credits, told(run).asked) == (3, 2)
    assert run.lanes.get().answers.get().candidates["is_completed"]


def test_credits_that_the_answer_does_not_tell_are_counted_by_the_price(sample, apollo):
    complete, run, _asked = first_batch(sample, most_leads=3)
    answer = apollo.answer
    apollo.answer = lambda ask: without_costs(answer(ask))

    complete()

    assert (told(run).provider_credits, told(run).bought.assumed) == (3, 3)
    assert told(run).doubt == "3 Apollo credits by its price list: the answer did not say what it cost."


def without_costs(reply: Reply) -> Reply:
    return Reply({key: value for key, value in reply.data.items() if key != "credits_consumed"}, reply.status)


def test_whom_the_budget_leaves_out_is_not_bought_and_the_receipt_says_so(sample, apollo):
    run = workers.start(sample, criteria=DIRECTORS, sources=ALONE, most_leads=5, most_credits=Decimal(2))

    run = workers.work_off(run)

    left_out = Exclusion.objects.filter(run=run)
    assert (run.delivered, len(bought(apollo))) == (2, 2)
    assert [(each.reason, each.candidate, each.keys) for each in left_out] == 3 * [("budget_reached", None, [])]
    assert not includable(run, now=timezone.now()).exists()


def test_who_cannot_reach_the_lowest_grade_is_not_bought(sample, apollo):
    complete, *_ = first_batch(sample, criteria={"places": ["GB"]}, most_leads=10, lowest_grade="A+")

    page = complete().page

    why = [why_aside(each) for each in page.candidates if each.is_unbought]
    assert (Reason.BELOW_GRADE, "Grade A at best, you asked for A+ or better: not bought") in why
    assert len(bought(apollo)) == 10 - len(why)
