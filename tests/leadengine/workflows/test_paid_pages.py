"""Each record that a page shows is paid: asked for once, as few as the run may deliver, told on quote and receipt."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone

from leadengine.sandbox import running
from leadengine.sandbox.scripted import Reply, Trouble
from leadengine.workflows import kept_answers, purchases
from leadengine.workflows.asking import ask
from leadengine.workflows.dispatch import turn
from leadengine.workflows.ending import end, locked
from leadengine.workflows.leases import LeaseLost
from leadengine.workflows.receipts import run_receipt
from leadengine.workflows.source_rows import SourceRow
from leads.criteria import Criteria
from leads.models import Exclusion, Lead, PurchaseState, Run, RunState
from leads.sources import registry
from leads.sources.base import SourceError
from tests.factories import people
from tests.fakes import workers
from tests.leadengine.workflows.test_network_run import UK_SOFTWARE, scripted

pytestmark = pytest.mark.django_db

GB = {"places": ["GB"]}
PAID = ("people_data_labs", "x")
ACCOUNTS = {
    "people_data_labs": "may have been charged. People Data Labs had 1,235 left afterwards.",
    "x": "may have been charged. Only your account at X tells.",  # a test of its key costs, too
}
FINE, CUT = Trouble(), Trouble(is_cut=True)  # the sandbox has charged by then


@pytest.fixture
def sample(settings):
    settings.SANDBOX = True
    cache.clear()
    return people.workspace(is_sample=True, credits=100)


@pytest.fixture
def labs(sample, monkeypatch):
    with scripted(monkeypatch, "people_data_labs", running.SCRIPTS["people_data_labs"]()) as script:
        yield script


@pytest.fixture(params=PAID)
def paid(request, sample, monkeypatch):
    """The name of a source whose pages are paid, and its stand-in."""
    with scripted(monkeypatch, request.param, running.SCRIPTS[request.param]()) as script:
        yield request.param, script


def order(sample, *names: str, **brief):
    return workers.start(sample, sources=names or ("people_data_labs",), **{"criteria": GB, **brief})


def told(run, name: str = "people_data_labs") -> SourceRow:
    return next(row for row in run_receipt(run, now=timezone.now()).sources if row.name == name)


def at_work(run):
    """The only lane of the run as a worker has it, and how it asks."""
    Run.objects.filter(pk=run.pk).update(state=RunState.RUNNING)
    run.lanes.update(state="running")
    run = Run.objects.select_related("workspace", "hold").get(pk=run.pk)
    lane = run.lanes.get()
    return (
        lane,
        lambda: ask(registry.get(lane.source), run, lane, Criteria.from_json(run.criteria), timezone.now()).page,
    )


def shown(script) -> list[int]:
    """How many people each question asked for."""
    return [ask.body["size"] for ask in script.asked]


def test_no_more_are_asked_for_than_may_be_delivered(sample, labs):
    run = workers.work_off(order(sample, most_leads=25))

    assert (run.delivered, told(run).provider_credits, told(run).doubt) == (25, 25, "")
    assert shown(labs) == [20, 5]
    assert all(lead.email or lead.phone for lead in Lead.objects.of(sample))
    assert run_receipt(run, now=timezone.now()).adds_up


def test_whom_the_workspace_has_is_not_paid_again(sample, labs):
    workers.work_off(order(sample, most_leads=6))

    run = workers.work_off(order(sample, most_leads=6))

    assert (run.delivered, told(run).provider_credits) == (6, 6)
    assert len(labs.asked[-1].body["query"]["query"]["bool"]["must_not"][0]["terms"]["id"]) == 6


def test_run_beside_another_waits_and_pays_for_nobody_twice(sample, labs):
    first, second = order(sample, most_leads=6), order(sample, most_leads=6)
    Run.objects.filter(pk=first.pk).update(state=RunState.RUNNING)

    turn(now=timezone.now(), run=second)
    waiting = (second.lanes.get().retry_note, second.lanes.get().faults, list(labs.asked))
    first, second = workers.work_off(first), workers.work_off(second)

    assert waiting == ("Waits for another run, which is asking People Data Labs just now", 0, [])
    assert [(run.delivered, told(run).provider_credits) for run in (first, second)] == [(6, 6), (6, 6)]
    assert Lead.objects.of(sample).count() == 12


def test_source_that_showed_as_many_as_the_quote_allows_is_asked_no_more(sample, labs):
    few = workers.work_off(order(sample, lowest_grade="A+", most_leads=7))

    assert (few.delivered < 7, few.state, told(few).provider_credits) == (True, "finished", 7)
    assert told(few).doubt == "Asked no more: it showed as many people as the quote allows, 7."


def test_credits_of_ours_bound_what_it_shows(sample, labs):
    run = workers.work_off(order(sample, most_leads=20, most_credits=Decimal(4)))

    assert (run.delivered, shown(labs)) == (4, [4])


def test_page_that_was_cut_off_is_not_asked_for_again(sample, paid):
    name, script = paid
    script.troubles = [CUT]

    run = workers.work_off(order(sample, name, most_leads=5))

    row, asked = told(run, name), len(script.asked)
    assert (asked, row.asked, row.provider_credits, row.bought.unknown) == (1 + (name != "x"), 1, 0, 1)
    assert row.doubt.endswith(ACCOUNTS[name])
    assert run_receipt(run, now=timezone.now()).adds_up
    assert Exclusion.objects.get(run=run).detail.startswith("It is not known whether")


@pytest.mark.parametrize("reply", [Reply({}, 429, {"Retry-After": "0.2"}), Reply({}, 401)], ids=["too often", "key"])
def test_page_that_was_refused_is_asked_for_again(sample, paid, reply):
    name, script = paid
    _lane, ask_page = at_work(order(sample, name, most_leads=5))
    script.troubles = [Trouble(reply)]

    with pytest.raises(SourceError):
        ask_page()
    ask_page()

    assert len(script.asked) == 2
    assert told(Run.objects.get(), name).bought.unknown == 0


def test_page_of_a_worker_that_was_lost_is_not_asked_for_again(sample, paid):
    name, script = paid
    lane, ask_page = at_work(order(sample, name, most_leads=5))
    purchase = purchases.intend_page(lane, 5, Decimal(1), now=timezone.now() - purchases.IN_FLIGHT)

    page = ask_page()

    purchase.refresh_from_db()
    assert (script.asked, purchase.state, page.next_cursor) == ([], PurchaseState.UNKNOWN, None)
    assert [fault.reason for fault in page.faults] == [fault.reason for fault in ask_page().faults]


def test_page_that_is_under_way_is_waited_for(sample, labs):
    lane, ask_page = at_work(order(sample, most_leads=5))
    purchases.intend_page(lane, 5, Decimal(1), now=timezone.now())

    with pytest.raises(SourceError) as caught:
        ask_page()

    assert (caught.value.is_turn, labs.asked) == (True, [])


def test_page_is_kept_with_what_it_cost_for_whoever_takes_over(sample, paid):
    name, script = paid
    lane, ask_page = at_work(order(sample, name, most_leads=5))
    first = ask_page()
    cache.clear()

    again, cost = ask_page(), told(lane.run, name).provider_credits

    assert (again, len(script.asked)) == (first, 1)
    assert cost == len(first.candidates)
    assert kept_answers.kept(lane) == first


def test_nothing_is_asked_for_a_run_that_was_stopped(sample, paid):
    name, script = paid
    lane, ask_page = at_work(order(sample, name))
    end(locked(lane.run), RunState.STOPPED, "Stopped by hand", now=timezone.now())

    with pytest.raises(LeaseLost):
        ask_page()

    assert script.asked == []


def test_cost_that_the_answer_does_not_tell_is_counted_by_the_price(sample, labs):
    answer = labs.answer
    labs.answer = lambda ask: Reply(answer(ask).data)

    run = workers.work_off(order(sample, most_leads=5))

    assert (told(run).provider_credits, told(run).bought.assumed) == (5, 5)


def test_company_whose_page_was_cut_off_is_passed_over(sample, labs):
    labs.troubles = [FINE, CUT]

    run = workers.work_off(order(sample, "companies_house", "people_data_labs", criteria=UK_SOFTWARE, most_leads=12))

    searches = [ask.body["query"]["query"] for ask in labs.asked if ask.method == "POST"]
    at = [each["bool"]["must"][-1]["terms"]["job_company_name"] for each in searches]
    row = told(run)
    assert len(at) > 2
    assert len(set(map(str, at))) == len(at)
    assert row.bought.unknown == 1
    assert row.provider_credits + row.bought.possible <= 12
