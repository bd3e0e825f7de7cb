"""Creates the database, its two roles and the extensions; every statement may be repeated.

The owner migrates and makes test databases. What the application's role may do is in leadengine/grants.sql.
"""

import hashlib

import psycopg
from psycopg import sql

SUPERUSER = "postgres"
OWNER = "leadengine_owner"
APP = "leadengine_app"
DATABASE = "leadengine"
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gin")

FINGERPRINT = hashlib.sha256(f"{OWNER} {APP} {DATABASE} {EXTENSIONS}".encode()).hexdigest()


def set_up(host: str) -> None:
    """Brings a running server to the state that `FINGERPRINT` names; `host` is the folder of its socket."""
    with connect(host, "postgres") as server:
        for role, rights in ((OWNER, "CREATEDB"), (APP, "NOCREATEDB")):
            if not server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                server.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
            rule = f"ALTER ROLE {{}} LOGIN NOSUPERUSER NOCREATEROLE {rights}"
            server.execute(sql.SQL(rule).format(sql.Identifier(role)))
    prepare_database(host, "template1")
    with connect(host, "postgres") as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            server.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
    prepare_database(host, DATABASE)


def prepare_database(host: str, name: str) -> None:
    with connect(host, name) as database:
        for extension in EXTENSIONS:
            database.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))


def connect(host: str, database: str) -> psycopg.Connection:
    return psycopg.connect(host=host, user=SUPERUSER, dbname=database, autocommit=True, connect_timeout=30)
