"""Publishing waits for deliveries that are in flight; these do not wait for each other."""

import pytest
from django.db import OperationalError, connection, transaction

from scoring.publication_lock import LOCK, while_delivering, while_publishing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db]

HELD = {
    "delivering": "SELECT pg_advisory_xact_lock_shared(%s, 1)",
    "publishing": "SELECT pg_advisory_xact_lock(%s, 1)",
}
WAITS = [
    ("delivering", while_publishing, 1, True),
    ("publishing", while_delivering, 1, True),
    ("delivering", while_delivering, 1, False),
    ("publishing", while_publishing, 2, False),
]


@pytest.mark.parametrize(("held", "take", "workspace_id", "waits"), WAITS)
def test_who_waits_for_whom(app_connection, held, take, workspace_id, waits):
    app_connection.execute("BEGIN")
    app_connection.execute(HELD[held], [LOCK])

    assert _waits(take, workspace_id) is waits


def _waits(take, workspace_id: int) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '20ms'")
            take(workspace_id)
    except OperationalError:
        return True
    return False
