"""Writes notifications, each to those who want it, where they want it; and marks them read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django_q.tasks import async_task

from billing.models import Notification, User
from billing.notices import ways
from leadengine.ids import deterministic
from leadengine.wording import cut


@dataclass(frozen=True, slots=True)
class News:
    """What is told; `key` names the event, and the same key is told to a person once."""

    kind: str
    key: str
    title: str
    text: str
    url: str


def tell(workspace_id: int, people: Iterable[User], news: News, *, now: datetime) -> None:
    """Inside the transaction of the event: it is told if, and only if, it happened."""
    rows = [_row(workspace_id, person, news, now) for person in people]
    wanted = [row for row in rows if row.in_bell or row.mail_due]
    Notification.objects.bulk_create(wanted, ignore_conflicts=True)
    if any(row.mail_due for row in wanted):
        async_task("billing.mailing.send_due")


def _row(workspace_id: int, person: User, news: News, now: datetime) -> Notification:
    told = ways(person.notices, news.kind)
    return Notification(
        id=deterministic("notification", workspace_id, person.pk, news.key),
        workspace_id=workspace_id,
        user=person,
        kind=news.kind,
        title=cut(news.title, 160),
        text=cut(news.text, 400),
        url=news.url,
        in_bell=told.bell,
        mail_due=told.mail and settings.HAS_MAIL_SERVER,
        created_at=now,
    )


def mark(found: QuerySet[Any], *, is_read: bool, now: datetime) -> int:
    """How many became read, or unread again; those that were keep their time."""
    changed = found.filter(read_at__isnull=is_read)
    return changed.update(read_at=now if is_read else None)
