"""A stop makes itself heard before it waits for the run: the batch that is just being written is given up, not delivered.

Worked example: a batch of 250 leads takes three seconds to write, and holds the run's lock as long. Somebody reads "0
credits spent" and stops after the first second. The stop raises its notice, then waits for the lock; the batch sees the
notice before it is done and rolls back. So the stop finds the run as it was shown: nothing delivered, 0 credits spent.
"""

from __future__ import annotations

from uuid import UUID

from django.db import connection

RAISE = "SELECT pg_advisory_xact_lock(%s)"
# Looking leaves nothing behind: a lock that was kept would make the stop wait for the batch, and the batch never hear it.
IS_RAISED = "SELECT NOT CASE WHEN pg_try_advisory_lock_shared(%s) THEN pg_advisory_unlock_shared(%s) ELSE false END"
BITS = (1 << 63) - 1


def raise_notice(run_id: UUID) -> None:
    """Until the transaction ends. To be called before the run is locked."""
    with connection.cursor() as cursor:
        cursor.execute(RAISE, [_key(run_id)])


def is_being_stopped(run_id: UUID) -> bool:
    """Whether somebody waits to stop the run."""
    with connection.cursor() as cursor:
        cursor.execute(IS_RAISED, [_key(run_id), _key(run_id)])
        return bool(cursor.fetchone()[0])


def _key(run_id: UUID) -> int:
    return run_id.int & BITS
