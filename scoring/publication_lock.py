"""Publishing waits for scores in flight, and these for it: so a score is by the new version, or its rescoring sees it.

Publishing and deliveries take this lock before any other; publishing waits for no row that somebody has who waits for it.
Worked example: a batch was judged by version 1 while version 2 is published. If the
batch has the lock first, it is stored before version 2 is in force, and scored again with everything else; if publishing has
it first, the batch finds version 2 in force and is judged again.

A rescoring of all waits in the same way for scores in flight before it reads a batch, and leaves alone what is stored after
that moment (by the database's clock): it was made of facts that the batch may not have seen.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection

LOCK = 0x5C0_4E5  # the class of our advisory locks; the number within it is the workspace's


def while_delivering(workspace_id: int) -> None:
    """Until the transaction ends no version of the workspace is put in force or taken out; others may score beside it."""
    _take("SELECT pg_advisory_xact_lock_shared(%s, %s)", workspace_id)


def while_publishing(workspace_id: int) -> None:
    """Until the transaction ends no run of the workspace stores scores."""
    _take("SELECT pg_advisory_xact_lock(%s, %s)", workspace_id)


def once_delivered(workspace_id: int) -> datetime:
    """Waits until no score of the workspace is in flight; answers when that was, for whoever reads facts after it."""
    numbers = [LOCK, workspace_id]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", numbers)
        try:
            cursor.execute("SELECT clock_timestamp()")
            moment: datetime = cursor.fetchone()[0]
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", numbers)
    return moment


def _take(query: str, workspace_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, [LOCK, workspace_id])
