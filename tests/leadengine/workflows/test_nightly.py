"""Each night all leads of each workspace are scored again: once, at another minute than elsewhere, and beside nobody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from billing.models import Notification
from leadengine.workflows.nightly import WHY, night_of, start_nightly
from leadengine.workflows.rescoring import fail_rescoring
from leadengine.workflows.scoring import start_rescoring, work_off
from scoring.freshness import as_of
from scoring.models import LeadScore, Rescoring, ScoreChange
from scoring.receipt import receipt
from scoring.rescoring import rescore
from tests.factories import leads, people

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def lead(workspace, now):
    """Scored 40 days ago, when a mail had just been sent; nothing came back."""
    made = leads.lead(workspace, email_status="deliverable")
    leads.activity(made, "email_sent", occurred_at=now - 40 * DAY)
    rescore([made], why="Delivered", now=now - 40 * DAY)
    LeadScore.objects.update(scored_at=now - 40 * DAY)
    return made


def test_what_faded_has_faded_in_the_stored_score_after_the_night(lead, now):
    stale = LeadScore.objects.get(lead=lead).total
    assert start_nightly(now=now) == 1

    work_off(Rescoring.objects.get())

    stored = LeadScore.objects.get(lead=lead)
    assert stale > stored.total == receipt(lead, now=now).fresh_total
    assert ScoreChange.objects.filter(lead=lead).latest("pk").why == WHY


def test_a_night_is_begun_once_however_often_one_looks(workspace, lead, now):
    found = [start_nightly(now=now) for _ in range(2)]
    work_off(Rescoring.objects.get())
    found += [start_nightly(now=now), start_nightly(now=night_of(workspace, now=now) + DAY - timedelta(seconds=1))]
    LeadScore.objects.update(scored_at=now - 40 * DAY)  # as it is of whoever the night left as they were

    next_night = start_nightly(now=night_of(workspace, now=now) + DAY)

    assert (found, next_night) == ([1, 0, 0, 0], 1)
    assert as_of(workspace) == Rescoring.objects.get(state="done").created_at


def test_none_is_begun_where_one_is_under_way_or_scores_are_of_this_night(workspace, lead, now):
    job = start_rescoring(workspace, why="Published", by=None, now=now - 2 * DAY)

    assert start_nightly(now=now) == 0
    Rescoring.objects.all().delete()
    LeadScore.objects.update(scored_at=now)
    assert (start_nightly(now=now), job.state) == (0, "queued")


def test_a_night_without_change_of_score_leaves_no_line_in_the_history(lead, now):
    """Values fade a little each night: as long as no point comes of it, it is no news."""
    start_nightly(now=now)
    work_off(Rescoring.objects.get())
    lines = ScoreChange.objects.count()
    LeadScore.objects.update(values=[1] * 10)

    work_off(start_rescoring(lead.workspace, why=WHY, by=None, now=now))

    assert ScoreChange.objects.count() == lines
    assert LeadScore.objects.get(lead=lead).values != [1] * 10


def test_managers_are_told_of_a_rescoring_that_failed_and_of_nothing_else(workspace, lead, now):
    manager, _rep = people.manager(workspace), people.rep(workspace)
    start_nightly(now=now)
    job = Rescoring.objects.get()
    assert not Notification.objects.exists()

    fail_rescoring(job)

    [told] = Notification.objects.all()
    assert (told.user, told.url) == (manager, "/scoring/")
    assert "Scored again overnight" in told.text


@pytest.mark.parametrize(
    ("zone", "now", "begins"),
    [
        ("UTC", datetime(2026, 5, 3, 12, tzinfo=UTC), datetime(2026, 5, 3, 2, 10, tzinfo=UTC)),
        ("UTC", datetime(2026, 5, 3, 2, 9, tzinfo=UTC), datetime(2026, 5, 2, 2, 10, tzinfo=UTC)),
        ("Berlin", datetime(2026, 5, 3, 12, tzinfo=UTC), datetime(2026, 5, 3, 2, 10, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 3, 29, 1, 5, tzinfo=UTC), datetime(2026, 3, 28, 1, 10, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 3, 29, 1, 11, tzinfo=UTC), datetime(2026, 3, 29, 1, 10, tzinfo=UTC)),
        ("Asia/Tokyo", datetime(2026, 5, 3, 12, tzinfo=UTC), datetime(2026, 5, 2, 17, 10, tzinfo=UTC)),
    ],
)
def test_night_begins_in_the_workspaces_own_time(zone, now, begins):
    workspace = people.workspace()
    workspace.pk, workspace.time_zone = 190, zone

    assert night_of(workspace, now=now) == begins
