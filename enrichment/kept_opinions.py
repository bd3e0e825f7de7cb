"""Answers of providers, kept for the workspace that paid for them: claimed before they are asked, so that nobody asks twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from enrichment.models import OutsideAnswer
from enrichment.remembering import subject_key

CLAIMED = timedelta(minutes=2)  # longer than anybody asks; a claim whose worker died then falls
IN_DOUBT, IN_DOUBT_KEPT = timedelta(hours=1), timedelta(days=1)  # for all; and for whom it was asked

LOST = "The question was begun, and its worker lost before the answer came."


def kept(workspace_id: int, subjects: Iterable[str], *, now: datetime) -> dict[tuple[str, str], OutsideAnswer]:
    """What is good still, by (provider, subject), claims included. One query."""
    rows = OutsideAnswer.objects.of(workspace_id).filter(subject__in=list(subjects), expires_at__gt=now)
    return {(row.provider, row.subject): row for row in rows}


def claim(workspace_id: int, provider: str, subject: str, *, asked_for: UUID | None, now: datetime) -> bool:
    """Whether it is ours to ask; not while an answer is good, or somebody else asks, nor soon after a question in doubt."""
    values = {"facts": None, "credits": 0, "asked_for": asked_for, "asked_at": now, "expires_at": now + CLAIMED}
    mine = {"provider": provider, "subject": subject}
    row, is_new = OutsideAnswer.objects.get_or_create(workspace_id=workspace_id, **mine, defaults=values)
    if is_new:
        return True
    in_doubt = Q(facts__in_doubt__isnull=False, asked_at__lte=now - IN_DOUBT)
    free = OutsideAnswer.objects.of(workspace_id).filter(Q(expires_at__lte=now) | in_doubt, pk=row.pk)
    return bool(free.update(**values))


def keep(
    workspace_id: int, provider: str, subject: str, facts: Mapping[str, Any], *, credits: Decimal, until: datetime
) -> None:
    """The answer to what was claimed."""
    rows = OutsideAnswer.objects.of(workspace_id).filter(provider=provider, subject=subject)
    rows.update(facts=dict(facts), credits=credits, expires_at=until)


def leave_in_doubt(workspace_id: int, provider: str, subject: str, said: str, *, now: datetime) -> None:
    """No answer came, and it may have been charged: the question stays written down, so that nobody repeats it by itself."""
    rows = OutsideAnswer.objects.of(workspace_id).filter(provider=provider, subject=subject, facts__isnull=True)
    rows.update(facts={"in_doubt": said}, expires_at=now + IN_DOUBT_KEPT)


def doubt_if_lost(workspace_id: int, provider: str, subject: str, *, now: datetime) -> bool:
    """A claim that fell: its worker was lost between the question and the answer, and nobody knows what that cost."""
    rows = OutsideAnswer.objects.of(workspace_id).filter(provider=provider, subject=subject, facts__isnull=True)
    return bool(rows.filter(expires_at__lte=now).update(facts={"in_doubt": LOST}, expires_at=now + IN_DOUBT_KEPT))


def give_up(workspace_id: int, provider: str, subject: str) -> None:
    """No answer came: it may be asked again at any time."""
    OutsideAnswer.objects.of(workspace_id).filter(provider=provider, subject=subject, facts__isnull=True).delete()


def told(workspace_id: int, kind: str, texts: Iterable[str]) -> list[dict[str, Any]]:
    """What was answered about these addresses or numbers, each with the text it is about; a claim is no answer yet."""
    about = {subject_key(kind, each): each for each in texts}
    rows = OutsideAnswer.objects.of(workspace_id).filter(subject__in=about, facts__isnull=False).order_by("pk")
    found = rows.values("provider", "subject", "facts", "credits", "asked_at", "expires_at")
    return [{"about": about[row.pop("subject")], "kind": kind} | row for row in map(dict[str, Any], found)]


def forget(workspace_id: int, kind: str, texts: Iterable[str]) -> int:
    """Erases what was answered about these addresses or numbers; how many rows that was."""
    subjects = [subject_key(kind, each) for each in texts]
    return int(OutsideAnswer.objects.of(workspace_id).filter(subject__in=subjects).delete()[0])


def forget_expired(*, now: datetime) -> int:
    return int(OutsideAnswer.objects.filter(expires_at__lte=now).delete()[0])
