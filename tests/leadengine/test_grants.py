"""The application's role may write rows, and nothing else."""

import psycopg
import pytest
from django.core.checks import run_checks

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]

FORBIDDEN = {
    "truncate": "TRUNCATE django_session",
    "create a table": "CREATE TABLE mine (id int)",
    "alter a table": "ALTER TABLE django_session ADD COLUMN more int",
    "drop a table": "DROP TABLE django_session",
    "rewrite the history of migrations": "DELETE FROM django_migrations",
    "change a credit entry": "UPDATE billing_creditentry SET id = id",
    "delete a credit entry": "DELETE FROM billing_creditentry",
    "change an audit event": "UPDATE billing_auditevent SET id = id",
    "become the owner": "SET ROLE leadengine_owner",
}


@pytest.mark.parametrize("statement", FORBIDDEN.values(), ids=FORBIDDEN)
def test_application_may_not(app_connection: psycopg.Connection, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app_connection.execute(statement)


def test_application_may_write_rows(app_connection: psycopg.Connection) -> None:
    added = "INSERT INTO django_session VALUES ('key', 'data', now())"

    app_connection.execute(added)

    assert app_connection.execute("DELETE FROM django_session").rowcount == 1


def test_application_is_no_superuser(app_connection: psycopg.Connection) -> None:
    rights = app_connection.execute(
        "SELECT rolsuper, rolcreatedb, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )

    assert rights.fetchone() == (False, False, False)


@pytest.mark.parametrize(("owner", "warned"), [("keeper", False), ("app", True)], ids=["two roles", "one role"])
def test_deploy_check_warns_of_a_single_role(settings, owner: str, warned: bool) -> None:
    settings.DB_APP_ROLE, settings.DB_OWNER_ROLE = "app", owner

    found = {message.id for message in run_checks(tags=["security"], include_deployment_checks=True)}

    assert ("leadengine.W001" in found) is warned
