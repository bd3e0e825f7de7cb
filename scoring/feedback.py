"""What people think of scores: a vote a person and lead, with what is wrong; it is told to managers, and changes no score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from leads.models import Lead
from scoring.models import LeadScore, ScoreFeedback
from scoring.rulebook import LABELS

LONGEST = 500


class NotScored(Exception):
    """The lead has no score that could be right or wrong."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes on a factor ("" is none of the ten), or on all: how many call the score right, and how many wrong."""

    factor: str
    right: int
    wrong: int

    @property
    def label(self) -> str:
        return LABELS.get(self.factor, "Something else")


@transaction.atomic
def give(lead: Lead, *, by: Any, is_right: bool, factor: str = "", text: str = "", now: datetime) -> ScoreFeedback:
    """Keeps the person's vote on the score as it is now, in place of an earlier one. Raises NotScored."""
    score = LeadScore.objects.of(lead.workspace_id).filter(lead=lead).first()
    if score is None:
        raise NotScored
    vote, _ = ScoreFeedback.objects.update_or_create(
        workspace_id=lead.workspace_id,
        lead=lead,
        by=by,
        defaults={
            "is_right": is_right,
            "factor": "" if is_right else factor,
            "text": text,
            "total": score.total,
            "grade": score.grade,
            "profile_id": score.profile_id,
            "created_at": now,
        },
    )
    return vote


def withdraw(lead: Lead, *, by: Any) -> None:
    """Takes the person's vote back; without effect where there is none."""
    ScoreFeedback.objects.of(lead.workspace_id).filter(lead=lead, by=by).delete()


def votes_on(lead: Lead) -> list[ScoreFeedback]:
    """All votes on a lead, the newest first."""
    votes = ScoreFeedback.objects.of(lead.workspace_id).filter(lead=lead).select_related("by")
    return list(votes.order_by("-created_at", "-id"))


def votes(workspace: Any, *, factor: str = "", verdict: str = "") -> QuerySet[ScoreFeedback]:
    """A workspace's votes, the newest first; `factor` a key or "other", `verdict` "right" or "wrong"."""
    found = ScoreFeedback.objects.of(workspace).select_related("lead__company", "by")
    if factor:
        found = found.filter(is_right=False, factor="" if factor == "other" else factor)
    if verdict:
        found = found.filter(is_right=verdict == "right")
    return found.order_by("-created_at", "-id")


def tallies(workspace: Any) -> list[Tally]:
    """What is called wrong, the most frequent first."""
    wrong = ScoreFeedback.objects.of(workspace).filter(is_right=False).order_by()
    counted = wrong.values_list("factor").annotate(number=Count("pk")).order_by("-number", "factor")
    return [Tally(factor, 0, number) for factor, number in counted]


def overall(workspace: Any) -> Tally:
    """How many votes call their score right, and how many wrong."""
    counted = ScoreFeedback.objects.of(workspace).aggregate(
        right=Count("pk", filter=Q(is_right=True)), wrong=Count("pk", filter=Q(is_right=False))
    )
    return Tally("", counted["right"], counted["wrong"])
