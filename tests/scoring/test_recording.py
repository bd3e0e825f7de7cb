"""Scores as rows: new ones, changed ones, unchanged ones, and the history."""

from datetime import timedelta

import pytest

from scoring.models import LeadScore, ScoreChange
from scoring.profiles import ensure_default
from scoring.receipt import receipt
from scoring.recording import record
from scoring.trends import steps_of
from tests.factories import leads, people
from tests.factories.scoring import NOW, scores

pytestmark = pytest.mark.django_db

BETTER = (9_000,) * 10
LATER = NOW + timedelta(days=1)


@pytest.fixture
def workspace():
    return people.workspace()


def keep(workspace, made, *steps, now=NOW, why="delivered") -> None:
    ids = [lead.pk for lead in made]
    record(workspace.pk, ids, scores(*steps, n=len(ids)), profile_id=ensure_default(workspace).pk, why=why, now=now)


def test_new_score_is_stored_with_its_first_change(workspace) -> None:
    lead = leads.lead(workspace)

    keep(workspace, [lead], 10_000, *[-1] * 9)

    stored = LeadScore.objects.get(lead=lead)
    assert stored.values == [10_000, *[None] * 9]
    assert (stored.total, stored.grade, stored.low, stored.high, stored.confidence) == (49, "C", 15, 100, 15)
    change = ScoreChange.objects.get(lead=lead)
    assert (change.total_before, change.total, change.why) == (None, 49, "delivered")


def test_same_scores_again_change_nothing(workspace) -> None:
    made = [leads.lead(workspace) for _ in range(3)]
    keep(workspace, made)

    keep(workspace, made, now=LATER, why="again")

    assert set(LeadScore.objects.values_list("scored_at", flat=True)) == {NOW}
    assert ScoreChange.objects.count() == 3


def test_changed_score_is_updated_and_noted(workspace) -> None:
    lead, other = leads.lead(workspace), leads.lead(workspace)
    keep(workspace, [lead, other])

    keep(workspace, [lead], *BETTER, now=LATER, why="replied")

    change = ScoreChange.objects.get(lead=lead, why="replied")
    assert (change.total_before, change.grade_before, change.total, change.grade) == (50, "C", 90, "A+")
    assert LeadScore.objects.get(lead=lead).scored_at == LATER
    assert LeadScore.objects.get(lead=other).total == 50


def test_whoever_waited_and_has_an_older_time_stands_in_the_history_behind_whom_they_waited_for(workspace) -> None:
    lead = leads.lead(workspace)
    keep(workspace, [lead])
    keep(workspace, [lead], *BETTER, now=LATER, why="met")

    keep(workspace, [lead], now=NOW + timedelta(hours=1), why="refused")

    steps = [(step.at, step.change, step.why) for step in steps_of(lead)]
    assert steps == [(LATER, -40, "refused"), (LATER, 40, "met"), (NOW, None, "delivered")]
    assert [change.why for change in receipt(lead, now=LATER).history] == ["refused", "met", "delivered"]


def test_two_batches_of_one_transaction_keep_apart(workspace) -> None:
    first, second = leads.lead(workspace), leads.lead(workspace)

    keep(workspace, [first])
    keep(workspace, [second], *BETTER)

    assert LeadScore.objects.get(lead=first).total == 50
    assert LeadScore.objects.get(lead=second).total == 90


def test_as_many_scores_as_leads_are_needed(workspace) -> None:
    with pytest.raises(ValueError, match="0 leads, but 2 scores"):
        record(workspace.pk, [], scores(n=2), profile_id=1, why="", now=NOW)


def test_application_may_record(workspace, app_connection) -> None:
    """The temporary table needs a right that the application's role must have."""
    app_connection.execute("CREATE TEMPORARY TABLE score_batch (lead_id uuid) ON COMMIT DELETE ROWS")

    assert app_connection.execute("SELECT count(*) FROM score_batch").fetchone() == (0,)
