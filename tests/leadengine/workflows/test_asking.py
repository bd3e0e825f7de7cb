"""A lane's question to its source begins with a whole lease; of a run that was stopped nothing more is asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from leadengine.leased import LeaseState
from leadengine.workflows.asking import ask
from leads.criteria import Criteria
from leads.models import Lane
from leads.sources.base import Count, Cursor, Page, SearchRequest, Source
from tests.factories import runs


class Patient(Source):
    """Asks on as long as it may, and says how often that was."""

    name, title, kind, is_local = "patient", "Patient", "registry", True
    turns: list[bool]

    def count(self, request: SearchRequest) -> Count:
        return Count(0)

    def search(self, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
        assert request.keep_on is not None
        self.turns = [request.keep_on()]
        self.due_at = Lane.objects.get().due_at
        Lane.objects.update(state=LeaseState.STOPPED)
        self.turns.append(request.keep_on())
        return Page((), None)


@pytest.mark.django_db
def test_each_question_renews_the_lease_until_the_lane_is_stopped():
    now = timezone.now()
    lane = runs.lane(state=LeaseState.RUNNING, claimed=True, due_at=now + timedelta(seconds=1))
    source = Patient()

    ask(source, lane.run, lane, Criteria(), now)

    assert source.turns == [True, False]
    assert source.due_at >= now + timedelta(seconds=30)
