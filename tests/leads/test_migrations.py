"""The migrations of leads can be taken back by the role that owns the tables."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.state import ProjectState

pytestmark = pytest.mark.django_db


def extensions() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension")
        return {name for (name,) in cursor.fetchall()}


def test_extensions_of_another_owner_stay_on_the_way_back() -> None:
    operations = import_module("leads.migrations.0001_extensions").Migration.operations
    before, state = extensions(), ProjectState()

    with connection.schema_editor() as editor:
        for operation in operations:
            operation.database_backwards("leads", editor, state, state)

    assert {"pg_trgm", "unaccent", "btree_gin"} <= extensions() == before
