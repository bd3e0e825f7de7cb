"""Django's PostgreSQL backend on the embedded server, which is started by the first connection that needs it."""

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base
from django.utils.asyncio import async_unsafe

from leadengine import localdb


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks the keeper once when the server does not answer: it was never started, or its process was killed."""

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            localdb.ensure(Path(self.settings_dict["HOME"]))
            return super().get_new_connection(conn_params)
