"""A database of their own for benchmarks: made, migrated and dropped again, on the embedded server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from leadengine import localdb


@contextmanager
def scratch_database(name: str) -> Iterator[None]:
    """The database that the settings name, empty at first and gone at the end."""
    localdb.ensure(settings.HOME)
    _on_server("CREATE DATABASE {}", name)
    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        connections.close_all()
        _on_server("DROP DATABASE IF EXISTS {}", name)  # not by force: that would need the right to end the autovacuum


def _on_server(statement: str, name: str) -> None:
    dsn = localdb.dsn(settings.HOME, role="owner", database="postgres")
    with closing(psycopg.connect(dsn, autocommit=True)) as server:
        server.execute(sql.SQL(statement).format(sql.Identifier(name)))
