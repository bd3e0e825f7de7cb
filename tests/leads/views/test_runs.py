"""The pages of runs: list, progress that stops polling, stop, pause and resume, and the exclusion ledger."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from billing import ledger
from enrichment.models import EmailCheck
from leads.models import Lead, Run
from tests.factories import directory, leads, people, runs, scores, verification
from tests.fakes.workers import credits, provider, record, start, work_off

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def workspace():
    return people.workspace(credits=50)


@pytest.fixture
def run(monkeypatch, workspace) -> Run:
    """Queued: six candidates, of whom four are wanted."""
    with provider(monkeypatch, [record(number) for number in range(6)]):
        yield start(workspace, most_leads=4)


@pytest.fixture
def visitor(client, run):
    client.force_login(run.started_by, backend="django.contrib.auth.backends.ModelBackend")
    return client


def url(name: str, run: Run) -> str:
    return reverse(f"leads:{name}", args=[run.pk])


def test_list_and_home_tell_what_a_run_cost_with_its_verifications(visitor, run, workspace):
    run, now = work_off(run), timezone.now()
    verification.order(workspace, Lead.objects.of(workspace).first(), by=run.started_by)
    EmailCheck.objects.update(run=run, charged=credits(1) / 2, state="done", finished_at=now)

    rows = visitor.get(reverse("leads:run-list")).context["rows"]
    week = visitor.get(reverse("leads:home")).context["agenda"].week

    assert [each.cost for each, _grades in rows] == [week.spent] == [credits(4) + credits(1) / 2]


def test_progress_polls_while_the_run_is_active(visitor, run):
    page = visitor.get(url("run-progress", run), headers=HTMX).content.decode()

    assert "hx-trigger" in page
    assert "<html" not in page


def test_last_rendering_of_the_progress_carries_no_trigger_and_the_receipt(visitor, run):
    work_off(run)

    page = visitor.get(url("run-progress", run), headers=HTMX).content.decode()

    assert 'hx-trigger="every' not in page
    assert "6 found = 4 delivered + 2 left out" in page


def test_review_counts_as_the_list_that_it_opens(client, workspace):
    run = runs.run(workspace, state="finished", ended_at=timezone.now(), delivered=3)
    lane, (kept, fell, gone) = runs.lane(run, state="done"), [leads.lead(workspace) for _ in range(3)]
    for lead, now in ((kept, "A+"), (fell, "B"), (gone, "A")):
        runs.delivery(lane, lead, grade="A")
        scores.score(lead, now)
    Lead.objects.filter(pk=gone.pk).update(erased_at=timezone.now())
    client.force_login(run.started_by, backend="django.contrib.auth.backends.ModelBackend")

    page = client.get(url("run-detail", run)).content.decode()
    listed = client.get(reverse("leads:lead-list"), {"run": run.pk, "grade": ["A+", "A"]}).context["page"]

    assert re.search(
        r'id="review-link"[^>]*>Review <[^>]*>1</?[^>]*> A lead<|id="review-link"[^>]*>Review 1 A lead<', page
    )
    assert [lead.pk for lead in listed.object_list] == [kept.pk]


def test_run_that_ended_with_fewer_says_so_and_shows_no_bar(client, monkeypatch, workspace):
    with provider(monkeypatch, [record(number) for number in range(3)]):
        run = start(workspace, most_leads=30)
        work_off(run)
    client.force_login(run.started_by)

    page = client.get(url("run-detail", run)).content.decode()

    assert "Done, with 3 of 30: the sources had nobody more who fits." in page
    assert "Leads delivered" not in page


def test_receipt_says_why_a_source_found_nobody(client, workspace):
    run = runs.run(workspace, state="finished", ended_at=timezone.now())
    runs.lane(run, source="directory", state="done", sequence=1)
    runs.lane(run, source="hunter", state="done")
    client.force_login(run.started_by, backend="django.contrib.auth.backends.ModelBackend")

    page = client.get(url("run-detail", run)).content.decode()

    assert page.index("Nobody here who fits") < page.index("Not asked: the run ended before its turn")


def test_receipt_of_a_source_that_failed_tells_what_it_was_asked_and_cost(client, workspace):
    run = runs.run(workspace, state="finished", ended_at=timezone.now())
    lane = runs.lane(run, source="hunter", state="failed", sequence=3, asked=3, provider_credits=2, error="It is down.")
    runs.exclusion(lane, "source_error")
    client.force_login(run.started_by, backend="django.contrib.auth.backends.ModelBackend")

    page = client.get(url("run-detail", run)).content.decode()

    assert "It is down." in page
    assert "3 questions, 2 Hunter credits; 1 unusable record, not charged" in page


def test_receipt_of_a_source_that_had_to_wait_when_the_run_ended_tells_what_it_was_asked(client, workspace):
    run = runs.run(workspace, state="finished", ended_at=timezone.now())
    runs.lane(run, source="x", state="done", asked=1, retry_note="X asks to wait before it is asked again.")
    client.force_login(run.started_by, backend="django.contrib.auth.backends.ModelBackend")

    page = client.get(url("run-detail", run)).content.decode()

    assert ">1 question</span>" in page


def test_sources_whose_turn_never_came_are_one_line_of_the_receipt(client, workspace):
    run = runs.run(workspace, state="finished", ended_at=timezone.now())
    runs.lane(run, source="directory", state="done", sequence=1)
    for source in ("hunter", "github", "gleif"):
        runs.lane(run, source=source, state="done")
    client.force_login(run.started_by, backend="django.contrib.auth.backends.ModelBackend")

    table = (
        client.get(url("run-detail", run)).content.decode().partition('id="receipt-title"')[2].partition("</table>")[0]
    )

    assert table.count("<strong>") == 1
    assert "3 sources not asked: the run ended before their turn" in table
    assert "Hunter, GitHub, GLEIF" in table


def test_progress_opened_by_itself_leads_to_the_page(visitor, run):
    response = visitor.get(url("run-progress", run))

    assert response.url == url("run-detail", run)


def test_stop_ends_the_run_and_returns_the_credits(visitor, run):
    response = visitor.post(url("run-stop", run), follow=True)

    run.refresh_from_db()
    assert (response.redirect_chain[0][1], run.state) == (303, "stopped")
    assert "is stopped: 0 credits spent, 4 returned. Nothing more is charged." in response.content.decode()
    assert ledger.balance(run.workspace) == ledger.Balance(credits(50), credits(0))


def test_pause_keeps_the_hold_and_resume_goes_on(visitor, run):
    visitor.post(url("run-pause", run))
    run.refresh_from_db()
    assert (run.state, ledger.balance(run.workspace).held) == ("paused", credits(4))

    visitor.post(url("run-resume", run))

    assert work_off(run).delivered == 4


def test_what_is_not_possible_is_a_sentence(visitor, run):
    work_off(run)

    page = visitor.post(url("run-pause", run), follow=True).content.decode()

    assert "only a run under way can be paused" in page


@pytest.mark.parametrize("name", ["run-stop", "run-pause", "run-resume", "exclusion-include"])
def test_get_changes_nothing(visitor, run, name):
    assert visitor.get(url(name, run)).status_code == 405


def test_list_takes_as_many_queries_for_many_as_for_few(
    visitor, run, workspace, django_assert_max_num_queries, monkeypatch
):
    work_off(run)
    with django_assert_max_num_queries(20) as few:
        visitor.get(reverse("leads:run-list"))
    for _ in range(3):
        work_off(start(workspace, most_leads=2))

    with django_assert_max_num_queries(len(few)):
        visitor.get(reverse("leads:run-list"))


def test_left_out_rows_are_shown_by_reason(visitor, run):
    work_off(run)

    page = visitor.get(url("run-exclusions", run) + "?reason=limit_reached").content.decode()

    assert page.count("Brightwater") >= 2
    assert page.count("The run had delivered all the leads it was asked for") == 1


def test_who_may_be_included_is_told_with_job_title_and_grade(visitor, run):
    work_off(run)

    page = visitor.get(url("run-exclusions", run) + "?reason=limit_reached").content.decode()

    row = page.split("<tbody>")[1].split("</tr>")[0]
    assert "Head of Sales" in row
    assert re.search(r'class="grade[^"]*"[^>]*>.*\d\d', row, re.DOTALL)


def test_keyboard_goes_on_at_the_next_who_was_left_out_then_at_the_heading(visitor, run):
    work_off(run)
    first, second = run.exclusions.filter(reason="limit_reached").order_by("pk")

    places = [
        visitor.post(url("exclusion-include", run), {"reason": "limit_reached", "exclusion": row.pk, "page": 1}).url
        for row in (first, second)
    ]

    at = url("run-exclusions", run) + "?reason=limit_reached&page=1"
    assert places == [f"{at}#include-{second.pk}", f"{at}#left-out"]


def test_who_was_included_is_opened_from_the_message(visitor, run):
    work_off(run)
    row = run.exclusions.filter(reason="limit_reached").first()

    page = visitor.post(url("exclusion-include", run), {"exclusion": row.pk}, follow=True).content.decode()

    row.refresh_from_db()
    way = reverse("leads:lead-detail", args=[row.lead_id])
    assert f'1 lead included for 1 credit. <a class="link" href="{way}">Open {row.lead.display_name}</a>' in page


def test_including_a_reason_delivers_and_charges(visitor, run):
    work_off(run)

    page = visitor.post(url("exclusion-include", run), {"reason": "limit_reached"}, follow=True).content.decode()

    run.refresh_from_db()
    assert "2 leads included for 2 credits" in page
    assert (run.delivered, ledger.balance(run.workspace).available) == (6, credits(44))


def test_including_nothing_asks_whom(visitor, run):
    work_off(run)

    page = visitor.post(url("exclusion-include", run), follow=True).content.decode()

    assert "Choose whom to include." in page


@pytest.mark.parametrize("name", ["run-detail", "run-progress", "run-exclusions", "run-again"])
def test_pages_of_a_run_take_few_queries(visitor, run, query_count, name):
    """Two of those that are counted are the savepoints of the test's own transaction."""
    headers = HTMX if name in ("run-progress", "run-again") else {}
    visitor.get(url(name, run), headers=headers)
    under_way = query_count(lambda: visitor.get(url(name, run), headers=headers))
    work_off(run)

    ended = query_count(lambda: visitor.get(url(name, run), headers=headers))

    assert max(under_way, ended) - 2 < 20


def test_source_that_fails_is_told_in_words(visitor, run):
    run.lanes.update(state="failed", error="It answered 403.")

    page = visitor.get(url("run-detail", run)).content.decode()

    assert "It answered 403. It is asked no more by itself; what it found stays" in page


def test_source_that_failed_can_be_asked_again_at_a_price(visitor, run):
    run.lanes.update(state="failed", error="It answered 403.")
    Run.objects.filter(pk=run.pk).update(state="failed", ended_at=timezone.now())

    page = visitor.get(url("run-detail", run)).content.decode()
    visitor.post(url("run-resume", run))

    assert "Ask Sandbox (invented data) again · at most 4 credits" in page
    assert 'href="#run-turn">Ask it again' in page
    run.refresh_from_db()
    assert (run.state, run.lanes.get().state) == ("queued", "queued")


def test_source_that_is_not_installed_any_more_breaks_no_page(visitor, run):
    run.lanes.update(source="old_registry")

    assert "Old registry" in visitor.get(url("run-detail", run)).content.decode()


def test_queued_run_without_a_worker_says_so(visitor, run):
    Run.objects.filter(pk=run.pk).update(created_at=timezone.now() - timedelta(minutes=2))

    assert "No worker has taken it for 2 min" in visitor.get(url("run-detail", run)).content.decode()


def test_running_again_is_estimated_and_led_to(visitor, run, workspace):
    work_off(run)

    region = visitor.get(url("run-again", run), headers=HTMX).content.decode()
    page = visitor.get(url("run-again", run))

    assert f"?run={run.pk}" in region
    assert (page.status_code, page.url) == (303, f"{reverse('leads:search-new')}?run={run.pk}")


def test_running_again_tells_whom_the_same_grade_would_leave_out_again(visitor, run):
    directory.people(1)
    work_off(run)
    runs.exclusion(run.lanes.get())
    Run.objects.filter(pk=run.pk).update(sources=["directory"], criteria={}, lowest_grade="C")

    region = visitor.get(url("run-again", run), headers=HTMX).content.decode()

    assert "left out 1 of them below grade C" in region


def test_what_differs_from_the_run_before_is_shown(visitor, run, workspace):
    work_off(run)
    later = start(workspace, most_leads=2)

    page = visitor.get(url("run-detail", later)).content.decode()

    assert f"What differs from run {run.number}" in page


def test_list_polls_only_while_a_run_is_under_way(visitor, run):
    under_way = visitor.get(reverse("leads:run-list")).content.decode()
    work_off(run)

    ended = visitor.get(reverse("leads:run-list")).content.decode()

    assert 'hx-trigger="every 5s"' in under_way
    assert 'hx-trigger="every 5s"' not in ended


def test_list_shows_how_good_the_leads_are(visitor, run):
    before = visitor.get(reverse("leads:run-list")).content.decode()
    work_off(run)

    after = visitor.get(reverse("leads:run-list")).content.decode()

    assert "How the scores spread" not in before
    assert "How the scores spread" in after


def test_who_was_left_out_as_known_is_shown_with_the_lead_that_it_is(client, workspace):
    client.force_login(people.rep(workspace))
    lane = runs.lane(runs.run(workspace, state="finished"))
    lead = leads.lead(workspace, "Mira Sandoval")
    runs.exclusion(lane, label="M. Sandoval", reason="duplicate_in_run", lead=lead)

    page = client.get(url("run-exclusions", lane.run) + "?reason=duplicate_in_run").content.decode()

    assert f'href="{reverse("leads:lead-detail", args=[lead.pk])}">Mira Sandoval, {lead.company.name}</a>' in page


def test_whoever_started_it_is_told_unless_they_say_otherwise(visitor, run):
    assert 'aria-pressed="true"' in visitor.get(url("run-detail", run)).content.decode()

    answer = visitor.post(url("run-watch", run), {"watch": ""}, follow=True).content.decode()

    assert 'aria-pressed="false"' in answer
    assert "You are not told when it ends." in answer
    assert not run.watchers.exists()


def test_somebody_else_asks_to_be_told_inside_htmx(client, workspace, run):
    other = people.rep(workspace)
    client.force_login(other)

    answer = client.post(url("run-watch", run), {"watch": "on"}, headers=HTMX).content.decode()

    assert answer.lstrip().startswith('<div id="run-actions"')
    assert 'aria-pressed="true"' in answer
    assert run.watchers.filter(user=other).exists()


def test_run_that_ended_offers_no_notification(visitor, run):
    work_off(run)

    assert "Notify me" not in visitor.get(url("run-detail", run)).content.decode()


def test_failed_run_says_why_in_a_sentence_of_its_own(client, workspace):
    run = runs.run(workspace, state="failed", ended_at=timezone.now(), reason="Wikidata: no answer within 10 s")
    client.force_login(run.started_by)

    page = client.get(url("run-detail", run)).content.decode()

    assert "No source could be read to its end. Wikidata: no answer within 10 s. What was delivered is yours" in page


def test_run_that_a_worker_begins_does_not_wait_for_one(client, workspace):
    run = runs.run(workspace)
    runs.lane(run, state="running", claimed=True)
    client.force_login(run.started_by)

    page = client.get(url("run-detail", run)).content.decode()

    assert "Beginning: the first source is asked." in page
    assert "Waiting for a free worker" not in page


def test_run_that_takes_every_grade_says_so(visitor, run):
    page = visitor.get(url("run-detail", run)).content.decode()

    assert "all grades" in page
    assert "grade D or better" not in page
