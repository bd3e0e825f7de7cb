"""Closed leads valued as if their own deal were open, so that a grading is not judged by what it was told."""

from datetime import timedelta

import numpy as np
import pytest

from leads.models import Lead
from scoring import profiles
from scoring.factors.fit import industry_match
from scoring.hindsight import without_ends
from scoring.laboratory import experiment
from scoring.models import LeadScore
from scoring.rescoring import rescore
from scoring.rulebook import KEYS, Closed
from scoring.stored import Scope, read
from scoring.weighting import Weighting
from tests.factories import leads, people
from tests.factories.scoring import NOW, facts, rulebook

pytestmark = pytest.mark.django_db
ON_HISTORY = Weighting((5, 12, 5, 10, 12, 10, 6, 8, 28, 4))
MATCH, HISTORY = KEYS.index("industry_match"), KEYS.index("engagement_history")


@pytest.fixture
def workspace():
    """Alike but for the end: three won and three lost in retail."""
    made = people.workspace()
    profiles.ensure_default(made)
    shop = leads.company(made, industry="retail")
    for number in range(6):
        end = "won" if number % 2 else "lost"
        one = leads.lead(made, title="CEO", company=shop, outcome=end, closed_at=NOW - timedelta(days=5))
        leads.activity(one, "email_sent", occurred_at=NOW - timedelta(days=30))
    rescore(list(Lead.objects.of(made)), why="Test", now=NOW)
    return made


def test_leads_that_differ_by_the_end_alone_are_told_apart_by_the_laboratory_by_nothing(workspace):
    assert len(set(LeadScore.objects.values_list("total", flat=True))) == 2

    deals = experiment(workspace, "", ON_HISTORY, now=NOW).trial.deals()

    assert sorted((each.won_before, each.lost_before) for each in deals) == [(0, 0)] * 4 + [(3, 3)]
    assert sorted((each.won, each.lost) for each in deals) == [(0, 0)] * 4 + [(3, 3)]


def test_own_deal_counts_neither_in_the_history_nor_in_the_win_rate(workspace):
    closed = read(workspace.pk, Scope(), now=NOW).closed()

    found = without_ends(workspace, closed, drafts={}, now=NOW)

    rates = [industry_match(facts(industry="retail"), rulebook(closed={"retail": Closed(won, 5)}))[0] for won in (2, 3)]
    assert set(found.steps[:, MATCH].tolist()) == {round(10_000 * rate) for rate in rates}
    assert set(found.steps[:, HISTORY].tolist()) == {round(10_000 * 0.7 * 1.2 / 4)}
    assert found.ids.tolist() == closed.ids.tolist()


def test_who_never_answered_is_unknown_again_once_the_deal_is_open(workspace):
    Lead.objects.first().activities.all().delete()

    found = without_ends(workspace, read(workspace.pk, Scope(), now=NOW).closed(), drafts={}, now=NOW)

    assert np.count_nonzero(found.steps[:, HISTORY] == -1) == 1
