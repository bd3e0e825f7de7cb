"""Schedules that are due: exactly one run a time, as who set it, within the month's cap; else told why."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.utils import timezone

from billing.models import Notification
from leadengine.workflows import leases
from leadengine.workflows.dispatch import turn
from leadengine.workflows.leases import LeaseLost
from leadengine.workflows.scheduled import request_key, scheduled_turn, skip_schedule, used_this_month
from leadengine.workflows.scheduling import Plan, pause_schedule, set_schedule, set_time_zone
from leads.models import Run, SavedSearch, SearchSchedule
from tests.factories import credits, people, runs
from tests.fakes.workers import provider, record, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.db]


_later = count(1)


@pytest.fixture(autouse=True)
def served(monkeypatch):
    with provider(monkeypatch, [record(number) for number in range(30)]) as served:
        yield served


@pytest.fixture
def saved() -> SavedSearch:
    return runs.saved_search(people.workspace(credits=50), name="Pumps", sources=["sandbox"], most_leads=400)


def scheduled(saved: SavedSearch, **plan) -> SearchSchedule:
    """Due now, each time at another second."""
    asked = {"act": "run", "every": "daily", "hour": 7, "most_leads": 4} | plan
    schedule = set_schedule(saved, Plan(**asked), by=saved.created_by, now=timezone.now())
    return due(schedule)


def due(schedule: SearchSchedule) -> SearchSchedule:
    before = timezone.now() - timedelta(hours=1) + timedelta(seconds=next(_later))
    SearchSchedule.objects.filter(pk=schedule.pk).update(next_at=before, due_at=before)
    schedule.refresh_from_db()
    return schedule


def acted(schedule: SearchSchedule) -> SearchSchedule:
    """After one worker's look."""
    claimed = leases.claim(SearchSchedule, now=timezone.now(), pk=schedule.pk)
    scheduled_turn(claimed, batches=1)
    schedule.refresh_from_db()
    return schedule


def told(kind: str) -> list[tuple[str, str]]:
    return list(Notification.objects.filter(kind=kind).order_by("created_at").values_list("title", "text"))


def test_due_schedule_starts_its_run_as_who_set_it_and_moves_on(saved):
    schedule = scheduled(saved)

    assert turn(now=timezone.now())

    run, now = Run.objects.get(), timezone.now()
    schedule.refresh_from_db()
    assert (run.name, run.started_by, run.most_leads, run.new_only) == ("Pumps", saved.created_by, 4, True)
    assert now < schedule.next_at <= now + timedelta(days=1)
    assert (schedule.due_at, schedule.claimed, schedule.note) == (schedule.next_at, False, "")
    assert run.watchers.filter(user=saved.created_by).exists()


def test_schedule_that_is_not_due_is_left_alone(saved):
    set_schedule(saved, Plan(act="run", every="daily", hour=7), by=saved.created_by, now=timezone.now())

    assert not turn(now=timezone.now())


def test_worker_that_comes_back_from_the_dead_starts_nothing(saved):
    schedule = scheduled(saved)
    dead = leases.claim(SearchSchedule, now=timezone.now())
    due(schedule)
    acted(schedule)

    with pytest.raises(LeaseLost):
        scheduled_turn(dead, batches=1)

    assert Run.objects.count() == 1


def test_same_planned_time_cannot_start_two_runs(saved):
    schedule = scheduled(saved)
    planned = schedule.next_at
    acted(schedule)
    SearchSchedule.objects.filter(pk=schedule.pk).update(next_at=planned, due_at=planned)

    acted(schedule)

    assert Run.objects.count() == 1


def test_times_that_were_missed_are_made_up_for_once(saved):
    schedule = scheduled(saved)
    long_ago = timezone.now() - timedelta(days=9)
    SearchSchedule.objects.filter(pk=schedule.pk).update(next_at=long_ago, due_at=long_ago)

    while turn(now=timezone.now()):
        pass

    assert Run.objects.count() == 1


def test_second_run_delivers_new_people_only(saved):
    schedule = scheduled(saved)
    acted(schedule)
    work_off(Run.objects.get())

    acted(due(schedule))

    second = work_off(Run.objects.latest("number"))
    leads = [set(run.deliveries.values_list("lead", flat=True)) for run in Run.objects.order_by("number")]
    assert second.delivered == 4
    assert not leads[0] & leads[1]


def test_cap_of_the_month_bounds_the_run_and_then_pauses_in_words(saved):
    schedule = scheduled(saved, most_credits_a_month=Decimal(6))
    acted(schedule)
    work_off(Run.objects.get())
    acted(due(schedule))
    second = work_off(Run.objects.latest("number"))

    acted(due(schedule))

    assert (second.delivered, used_this_month(schedule, now=timezone.now())) == (2, 6)
    assert schedule.note == "Paused by its cap: the 6 credits of this month are used. It goes on next month."
    assert schedule.next_at.month != timezone.now().month
    acted(due(schedule))
    assert told("schedule_blocked") == [("Pumps: the schedule did not run", schedule.note)]  # once a month


def test_short_credits_are_told_and_the_next_time_is_tried_again(saved):
    credits.hold(saved.workspace, 45)

    schedule = acted(scheduled(saved, most_leads=20))

    assert not Run.objects.exists()
    assert "This needs" in schedule.note
    assert told("schedule_blocked") == [("Pumps: the schedule did not run", schedule.note)]
    assert schedule.next_at > timezone.now()


def test_source_that_is_gone_is_told(saved):
    SavedSearch.objects.filter(pk=saved.pk).update(sources=["gone"])

    schedule = acted(scheduled(saved))

    assert 'There is no source "gone"' in schedule.note
    assert len(told("schedule_blocked")) == 1


def test_person_who_lost_access_starts_nothing(saved):
    schedule = scheduled(saved)
    saved.created_by.memberships.update(is_active=False)

    acted(schedule)

    assert not Run.objects.exists()
    assert "works here no more" in schedule.note


def test_alert_tells_how_many_are_new_and_spends_nothing(saved):
    schedule = acted(scheduled(saved, act="alert"))

    ((title, text),) = told("new_matches")
    assert (title, text) == ("Pumps: 30 new people match", "Nothing was spent.")
    assert (Run.objects.count(), schedule.note) == (0, "")


def test_schedule_that_loses_its_workers_skips_this_time(saved):
    schedule = scheduled(saved)
    claimed = leases.claim(SearchSchedule, now=timezone.now())

    skip_schedule(claimed)

    schedule.refresh_from_db()
    assert schedule.next_at > timezone.now()
    assert len(told("schedule_blocked")) == 1


def test_paused_schedule_does_nothing_until_it_goes_on(saved):
    schedule = scheduled(saved)
    pause_schedule(saved, is_paused=True, by=saved.created_by, now=timezone.now())
    due(schedule)

    assert not turn(now=timezone.now())
    resumed = pause_schedule(saved, is_paused=False, by=saved.created_by, now=timezone.now())
    assert resumed.next_at > timezone.now()


def test_pause_takes_the_schedule_from_its_worker(saved):
    scheduled(saved)
    claimed = leases.claim(SearchSchedule, now=timezone.now())
    pause_schedule(saved, is_paused=True, by=saved.created_by, now=timezone.now())

    with pytest.raises(LeaseLost):
        scheduled_turn(claimed, batches=1)


def test_time_zone_moves_the_next_time_of_each_schedule(saved):
    schedule = set_schedule(saved, Plan(act="run", every="daily", hour=7), by=saved.created_by, now=timezone.now())

    set_time_zone(saved.workspace, "Asia/Kolkata", by=saved.created_by, now=timezone.now())

    schedule.refresh_from_db()
    assert (schedule.next_at.hour, schedule.next_at.minute) == (1, 30)
    assert request_key(schedule).startswith(f"schedule:{schedule.code}:")
    with pytest.raises(ValueError, match="no time zone"):
        set_time_zone(saved.workspace, "Mars/Olympus", by=saved.created_by, now=timezone.now())
