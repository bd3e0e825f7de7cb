"""Home: what needs somebody now."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from leads.models import Run, RunState, Stage
from scoring.models import LeadScore
from scoring.profiles import ensure_default
from tests.factories import leads, people, runs

pytestmark = pytest.mark.django_db

HOME = reverse("leads:home")


@pytest.fixture
def workspace():
    return people.workspace(credits=50)


@pytest.fixture
def rep(client, workspace):
    user = people.rep(workspace)
    client.force_login(user)
    return user


def graded(workspace, grade: str = "A", **fields):
    """A lead in the stage `new` with a score."""
    lead = leads.lead(workspace, **fields)
    sums = {"total": 80, "low": 70, "high": 90, "confidence": 60, "values": [8_000] * 10}
    LeadScore.objects.create(workspace=workspace, lead=lead, profile=ensure_default(workspace), grade=grade, **sums)
    return lead


def ended(workspace, by, *, delivered: int = 1, grade: str = "A") -> Run:
    """A run that has just finished, with what it delivered."""
    run = runs.run(workspace, started_by=by, state=RunState.FINISHED, ended_at=timezone.now())
    lane = runs.lane(run)
    for _ in range(delivered):
        runs.delivery(lane, graded(workspace, grade), grade=grade)
    return run


def agenda_of(client, query: str = ""):
    return client.get(HOME + query).context["agenda"]


def test_first_use_shows_three_steps(client, rep):
    page = client.get(HOME)

    assert page.status_code == 200
    assert page.context["steps"].done == 0
    assert "Describe your ideal customer" in page.content.decode()


def test_steps_are_ticked_as_they_are_done(client, rep, workspace):
    lead = graded(workspace)
    runs.run(workspace)
    assert not client.get(HOME).context["steps"].has_reviewed

    lead.stage = Stage.objects.of(workspace).get(key="working")
    lead.save()

    steps = client.get(HOME).context["steps"]
    assert (steps.has_run, steps.has_reviewed) == (True, True)


def test_finished_run_is_to_review_until_its_leads_are_touched(client, rep, workspace):
    run = ended(workspace, rep, delivered=2)
    assert [(each, each.waiting, each.waiting_best) for each in agenda_of(client).reviews] == [(run, 2, 2)]

    moved = Stage.objects.of(workspace).get(key="working")
    for delivery in run.deliveries.all():
        delivery.lead.stage = moved
        delivery.lead.save()

    assert agenda_of(client).reviews == []


@pytest.mark.parametrize(
    ("kind", "by_hand", "waiting", "best_new"),
    [
        ("call", True, 1, 1),
        ("note", True, 1, 1),
        ("email_sent", True, 1, 1),
        ("checked", True, 2, 2),
        ("enriched", True, 2, 2),
        ("edited", True, 2, 2),
        ("owner", True, 1, 2),
        ("checked", False, 2, 2),
        ("delivered", False, 2, 2),
    ],
)
def test_a_lead_with_which_a_person_did_something_is_not_untouched(
    client, rep, workspace, kind, by_hand, waiting, best_new
):
    run = ended(workspace, rep, delivered=2)
    told = {} if by_hand else {"run_id": run.pk}
    leads.activity(run.deliveries.first().lead, kind, by=rep, **told)

    found = agenda_of(client)
    assert [each.waiting for each in found.reviews] == [waiting]
    assert found.best_new == best_new


def test_old_run_is_not_to_review(client, rep, workspace):
    run = ended(workspace, rep)
    Run.objects.filter(pk=run.pk).update(ended_at=timezone.now() - timedelta(days=15))

    assert agenda_of(client).reviews == []


def test_new_a_leads_are_counted_and_named_and_lead_to_these(client, rep, workspace):
    ended(workspace, rep, delivered=2)
    ended(workspace, rep, grade="B")
    leads.activity(ended(workspace, rep).deliveries.get().lead, "call", by=rep)

    found = client.get(HOME)
    links = re.findall(r'id="[^"]*best[^"]*"[^>]*href="([^"]*grade[^"]*)"', found.content.decode())
    listed = [client.get(unescape(url)) for url in links]

    assert found.context["agenda"].best_new == len(found.context["agenda"].best) == 2
    assert [len(each.context["page"]) for each in listed] == [2, 2]


def test_rep_sees_own_and_manager_the_team(client, rep, workspace):
    own, others = ended(workspace, rep), ended(workspace, people.rep(workspace))
    assert agenda_of(client).reviews == [own]
    assert agenda_of(client).best_new == 1
    assert agenda_of(client, "?of=team").reviews == [own]

    client.force_login(people.manager(workspace))

    assert agenda_of(client).reviews == [others, own]
    assert agenda_of(client, "?of=me").reviews == []


def test_lead_of_somebody_else_is_not_mine_even_from_my_run(client, rep, workspace):
    run = ended(workspace, rep)
    lead = run.deliveries.get().lead
    lead.owner = people.rep(workspace)
    lead.save()

    assert agenda_of(client).best_new == 0


def test_paused_run_asks_for_a_decision(client, rep, workspace):
    paused = runs.run(workspace, started_by=rep, state=RunState.PAUSED, reason="Too many errors.")

    assert agenda_of(client).troubled == [paused]
    assert "Too many errors." in client.get(HOME).content.decode()


def test_week_adds_up_what_was_kept(client, rep, workspace):
    run = ended(workspace, rep, delivered=3)
    ended(workspace, rep, grade="C")
    run.deliveries.filter(pk=run.deliveries.first().pk).update(reversed_at=timezone.now())

    week = agenda_of(client).week

    assert (week.delivered, week.best, week.spent) == (3, 2, 3)


def test_live_runs_are_polled_until_they_end(client, rep, workspace):
    run = runs.run(workspace, started_by=rep, state=RunState.RUNNING)
    url = reverse("leads:home-runs")
    polled = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert f"Run {run.number}" in polled
    assert "every 5s" in polled

    Run.objects.filter(pk=run.pk).update(state=RunState.FINISHED)

    ended = client.get(url, headers={"HX-Request": "true"})
    assert ended.content.decode().strip() == ""
    assert "runs-ended" in ended["HX-Trigger"]


def test_page_told_that_runs_ended_renews_itself_alone(client, rep, workspace):
    ended(workspace, rep)

    shown = client.get(HOME, headers={"HX-Request": "true"}).content.decode()

    assert shown.lstrip().startswith('<div id="home"')
    assert "Review run" in shown


def test_file_with_faults_is_to_do_until_a_run_uses_it(client, rep, workspace):
    file = runs.source_file(workspace, uploaded_by=rep, errors=[[3, "has one cell"], [9, "repeats the header"]])
    runs.source_file(workspace, uploaded_by=rep)
    runs.source_file(workspace, errors=[[3, "somebody else's"]])
    assert [(each, each.faults) for each in agenda_of(client).files] == [(file, 2)]
    assert "2 lines left out" in client.get(HOME).content.decode()

    runs.run(workspace, source_file=file)

    assert agenda_of(client).files == []


def test_nothing_to_do_says_so_and_offers_a_search(client, rep, workspace):
    runs.run(workspace, state=RunState.FINISHED)

    page = client.get(HOME).content.decode()

    assert "All caught up" in page
    assert "Nothing needs you now." in page


def test_greeting_names_the_person_and_what_waits(client, workspace):
    rosa = people.rep(workspace, user=people.user(first_name="Rosa"))
    client.force_login(rosa)
    ended(workspace, rosa, delivered=2)

    page = client.get(HOME).content.decode()

    assert "Hello, Rosa" in page
    assert "2 new A leads to work, 1 run to review." in page


def test_live_runs_opened_by_themselves_are_home(client, rep):
    answer = client.get(reverse("leads:home-runs"))

    assert (answer.status_code, answer["Location"]) == (303, HOME)


def test_low_credits_are_to_do(client, workspace):
    runs.run(workspace)
    client.force_login(people.rep(workspace))
    assert "Credits run low" not in client.get(HOME).content.decode()

    poor = people.workspace()
    runs.run(poor)
    client.force_login(people.rep(poor))

    assert "Credits run low" in client.get(HOME).content.decode()


def test_home_takes_as_many_queries_for_many_as_for_few(client, rep, workspace, query_count):
    ended(workspace, rep)
    few = query_count(lambda: client.get(HOME))
    for _ in range(4):
        ended(workspace, rep, delivered=2)

    assert query_count(lambda: client.get(HOME)) == few < 20


@pytest.mark.parametrize("url_name", ["leads:home", "leads:run-list"])
def test_all_that_holds_the_focus_where_a_page_renews_itself_has_an_id(client, workspace, rep, url_name):
    runs.run(workspace, started_by=rep, state=RunState.RUNNING)
    runs.run(workspace, started_by=rep, state=RunState.PAUSED)
    Run.objects.of(workspace).filter(pk=ended(workspace, rep).pk).update(found=3)

    region = client.get(reverse(url_name), headers={"HX-Request": "true"}).content.decode()

    focusable = re.findall("<(?:a|button|summary) [^>]*>", region)
    assert len(focusable) >= 5
    assert [each for each in focusable if " id=" not in each] == []
