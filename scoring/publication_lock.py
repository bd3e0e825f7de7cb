"""Publishing waits for deliveries in flight, and these for it: so a score is by the new version, or its rescoring sees it.

Both take this lock before any other. Worked example: a batch was judged by version 1 while version 2 is published. If the
batch has the lock first, it is stored before version 2 is in force, and scored again with everything else; if publishing has
it first, the batch finds version 2 in force and is judged again.
"""

from __future__ import annotations

from django.db import connection

LOCK = 0x5C0_4E5  # the class of our advisory locks; the number within it is the workspace's


def while_delivering(workspace_id: int) -> None:
    """Until the transaction ends no version of the workspace is put in force or taken out; others may deliver beside it."""
    _take("SELECT pg_advisory_xact_lock_shared(%s, %s)", workspace_id)


def while_publishing(workspace_id: int) -> None:
    """Until the transaction ends no run of the workspace stores scores."""
    _take("SELECT pg_advisory_xact_lock(%s, %s)", workspace_id)


def _take(query: str, workspace_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, [LOCK, workspace_id])
