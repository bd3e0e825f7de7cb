"""The schedule of a saved search: set, refused, paused with a way back, shown, and kept through an undone deletion."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from billing.models import AuditEvent
from leads.models import SavedSearch, SearchSchedule
from tests.factories import people, runs

pytestmark = pytest.mark.django_db
ASKED = {"act": "run", "every": "weekly", "weekday": "0", "monthday": "1", "hour": "7", "most_leads": "25"}
ASKED |= {"most_credits_a_month": "100", "time_zone": "UTC"}


@pytest.fixture
def workspace():
    return people.workspace(credits=50)


@pytest.fixture
def saved(client, workspace) -> SavedSearch:
    """One's own."""
    user = people.rep(workspace)
    client.force_login(user)
    return runs.saved_search(workspace, created_by=user, name="Pumps")


def url(saved: SavedSearch, name: str = "schedule") -> str:
    return reverse(f"leads:search-{name}", args=[saved.pk])


def put(client, saved: SavedSearch, **fields: str) -> Any:
    return client.post(url(saved), ASKED | fields)


def test_schedule_is_set_and_shown_in_words(client, saved):
    assert put(client, saved)["Location"] == url(saved, "detail")

    page = client.get(url(saved, "detail")).content.decode()
    schedule = SearchSchedule.objects.get()
    assert "Weekly on Monday at 07:00" in page
    assert "0 credits of at most 100 used this month" in page
    assert (schedule.by, schedule.next_at.hour, schedule.next_at.weekday()) == (saved.created_by, 7, 0)


def test_removed_schedule_is_gone_and_can_be_put_back_as_it_was(client, saved):
    put(client, saved, every="daily", hour="9")
    code = SearchSchedule.objects.get().code

    page = client.post(url(saved, "schedule-remove"), follow=True).content.decode()

    assert not SearchSchedule.objects.exists()
    assert "It runs only when somebody starts it." in page
    kept = re.search(r'name="kept" value="([^"]+)"', page)[1]
    again = client.post(url(saved, "schedule-restore"), {"kept": kept}, follow=True).content.decode()
    assert "is scheduled as before" in again
    assert SearchSchedule.objects.values_list("every", "hour", "code").get() == ("daily", 9, code)
    verbs = AuditEvent.objects.filter(verb__startswith="schedule.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["schedule.set", "schedule.removed", "schedule.restored"]


def test_schedule_is_not_put_back_over_a_newer_one_or_from_elsewhere(client, saved):
    put(client, saved)
    page = client.post(url(saved, "schedule-remove"), follow=True).content.decode()
    kept = re.search(r'name="kept" value="([^"]+)"', page)[1]
    put(client, saved, every="daily")

    late = client.post(url(saved, "schedule-restore"), {"kept": kept}, follow=True).content.decode()
    forged = client.post(url(saved, "schedule-restore"), {"kept": "x"}, follow=True).content.decode()

    assert "cannot be put back any more" in late
    assert "cannot be put back any more" in forged
    assert SearchSchedule.objects.get().every == "daily"


def test_what_has_no_schedule_cannot_lose_it(client, saved):
    assert client.post(url(saved, "schedule-remove")).status_code == 404


def test_setting_it_again_changes_it(client, saved):
    put(client, saved)

    put(client, saved, every="daily", act="alert")

    schedule = SearchSchedule.objects.get()
    assert (schedule.every, schedule.act) == ("daily", "alert")
    assert "Free." in client.get(url(saved, "detail")).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"hour": "24"},
        {"weekday": "7"},
        {"monthday": "31"},
        {"most_leads": "0"},
        {"most_credits_a_month": "0"},
        {"act": "x"},
    ],
    ids=str,
)
def test_mistake_is_told_and_nothing_set(client, saved, wrong):
    answer = put(client, saved, **wrong)

    assert answer.status_code == 422
    assert not SearchSchedule.objects.exists()


def test_time_zone_is_changed_by_managers_alone(client, saved, workspace):
    put(client, saved, time_zone="Europe/Madrid")
    workspace.refresh_from_db()
    as_rep = workspace.time_zone
    client.force_login(people.manager(workspace))
    SavedSearch.objects.filter(pk=saved.pk).update(is_shared=True)

    put(client, saved, time_zone="Europe/Madrid")

    workspace.refresh_from_db()
    assert (as_rep, workspace.time_zone) == ("UTC", "Europe/Madrid")
    assert "07:00" in client.get(url(saved, "detail")).content.decode()


def test_pause_shows_and_can_be_taken_back(client, saved):
    put(client, saved)

    page = client.post(url(saved, "schedule-pause"), {"pause": "on"}, follow=True).content.decode()

    assert "The schedule of “Pumps” is paused." in page
    assert "Undo" in page
    assert SearchSchedule.objects.get().is_paused
    client.post(url(saved, "schedule-pause"), {"pause": ""})
    assert not SearchSchedule.objects.get().is_paused


def test_search_without_schedule_has_nothing_to_pause(client, saved):
    assert client.post(url(saved, "schedule-pause")).status_code == 404


def test_shared_search_of_another_is_not_a_reps_to_schedule(client, saved, workspace):
    shared = runs.saved_search(workspace, is_shared=True)

    assert put(client, shared).status_code == 404
    assert "Set a schedule" not in client.get(url(shared, "detail")).content.decode()


def test_deletion_that_is_undone_brings_the_schedule_back(client, saved):
    put(client, saved)
    before = SearchSchedule.objects.get()
    page = client.post(url(saved, "delete"), follow=True).content.decode()
    kept = re.search(r'name="kept" value="([^"]+)"', page)
    gone = not SearchSchedule.objects.exists()

    client.post(reverse("leads:search-restore"), {"kept": kept[1]})

    after = SearchSchedule.objects.get()
    assert gone
    assert (after.code, after.next_at, after.by, after.hour) == (before.code, before.next_at, before.by, 7)
