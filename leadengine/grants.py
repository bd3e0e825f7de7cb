"""Gives the application's database role its rights, which leadengine/grants.sql lists."""

from pathlib import Path

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

STATEMENTS = Path(__file__).with_name("grants.sql")


def apply_grants(connection: BaseDatabaseWrapper, *, role: str) -> None:
    """Runs the file for `role` over the connection of the tables' owner, whole or not at all."""
    text = sql.SQL(STATEMENTS.read_text())
    statements = text.format(app=sql.Identifier(role), app_name=sql.Literal(role)).as_string()
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(statements)
