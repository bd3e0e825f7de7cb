"""Wakes a worker: queues a task that carries nothing, and says only that something may be due."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from django_q.models import OrmQ
from django_q.tasks import async_task


def wake() -> None:
    """Queue a wake-up unless there are as many as workers already. Cheap, lossy, interchangeable.

    Called inside the transaction that makes work due, the wake-up commits or vanishes with it.
    """
    if OrmQ.objects.filter(lock__lte=timezone.now()).count() < settings.WORKERS:
        async_task("leadengine.workflows.dispatch.work", q_options={"ack_failure": True})
