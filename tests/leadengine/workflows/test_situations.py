"""How a source stands, in words that say what it means."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leadengine.workflows.situations import situation
from leads.models import Lane

NOW = timezone.now()
SLOW = {"retry_note": "It does not answer: TimeoutError", "faults": 2}
CASES = {
    "next": ({"state": "queued"}, 0, "Queued", "Next in the queue."),
    "in the queue": ({"state": "queued"}, 3, "Queued", "3 others before it."),
    "at work": ({"state": "running", "claimed": True}, 0, "Searching", ""),
    "between batches": ({"state": "running"}, 0, "Searching", ""),
    "slow": (
        {"state": "running", "due_at": NOW + timedelta(seconds=12), **SLOW},
        0,
        "Answers slowly",
        "It does not answer: TimeoutError. It is asked again in 12 s; failed 2 of 5 times before it is given up.",
    ),
    "slow for minutes": (
        {"state": "running", "due_at": NOW + timedelta(seconds=200), **SLOW},
        0,
        "Answers slowly",
        "It does not answer: TimeoutError. It is asked again in 4 min; failed 2 of 5 times before it is given up.",
    ),
    "asked again": (
        {"state": "running", "claimed": True, "due_at": NOW + timedelta(seconds=30), **SLOW},
        0,
        "Answers slowly",
        "It does not answer: TimeoutError. It is asked again now; failed 2 of 5 times before it is given up.",
    ),
    "failed": (
        {"state": "failed", "error": "It answered 403."},
        0,
        "Failed",
        "It answered 403. It is asked no more by itself; what it found stays, and nothing more is charged for it.",
    ),
    "done": ({"state": "done"}, 0, "Done", ""),
    "resting": ({"state": "paused"}, 0, "Paused", "It goes on where it was."),
    "stopped": ({"state": "stopped"}, 0, "Stopped", "It was not asked to its end."),
}


@pytest.mark.parametrize(("lane", "before", "label", "sentence"), CASES.values(), ids=CASES)
def test_situation_in_words(lane, before, label, sentence):
    found = situation(Lane(**{"due_at": NOW, **lane}), now=NOW, before=before)

    assert (found.label, found.sentence) == (label, sentence)
