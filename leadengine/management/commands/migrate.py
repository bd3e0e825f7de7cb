"""Django's migrate, which then gives the application's role its rights to the tables."""

from typing import Any

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections

from leadengine.grants import apply_grants


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        connection = connections[options["database"]]
        looked_only = options["plan"] or options["check_unapplied"]
        if not looked_only and connection.settings_dict["USER"] != settings.DB_APP_ROLE:
            apply_grants(connection, role=settings.DB_APP_ROLE)
