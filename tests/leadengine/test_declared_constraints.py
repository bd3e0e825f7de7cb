"""The database holds every constraint and index that the models declare, whatever later migrations did to their columns."""

import pytest
from django.apps import apps
from django.db import connection

FOUND = "SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes WHERE schemaname = 'public'"


@pytest.mark.django_db
def test_database_holds_what_the_models_declare() -> None:
    options = [model._meta for model in apps.get_models()]
    declared = {each.name for model in options for each in [*model.constraints, *model.indexes]}

    with connection.cursor() as cursor:
        cursor.execute(FOUND)
        found = {name for (name,) in cursor.fetchall()}

    assert len(declared) > 50
    assert declared - found == set()
