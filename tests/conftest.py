"""What every test may use: the database as its owner, a connection as the application's role, real processes on it."""

import fcntl
import gc
import os
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from psycopg import sql

from billing.models import Price
from billing.pricing import seed_prices
from leadengine import localdb

# Tests create and migrate databases; Django has read its settings by now, but nothing has connected yet.
settings.DATABASES["default"]["USER"] = settings.DB_OWNER_ROLE
settings.DATABASES["default"]["ENGINE"] = "tests.quick_postgresql"
settings.CHECK_DOMAINS = False  # a test asks no name server but one of its own
settings.COUNT_NETWORK = False  # and no provider from another thread, which does not see the test's transaction
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick: tests make many users
# A busy machine is no fault: nothing fails for being slow.
hypothesis_settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("any machine")


# What the collector of garbage would look through again and again are ten thousand tests, which live to the end.
gc.disable()


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that kill processes first: they wait long, and the others are done beside them."""
    items.sort(key=lambda item: item.get_closest_marker("faults") is None)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    """Of processes that collect side by side one compiles a new module; who comes second waits for that."""
    if not isinstance(collector, pytest.Module) or is_compiled(collector.path):
        return (yield)
    with collector.path.open() as module:
        fcntl.flock(module, fcntl.LOCK_EX)
        return (yield)


def is_compiled(module: Path) -> bool:
    return any(module.parent.glob(f"__pycache__/{module.stem}.*"))


@pytest.fixture(autouse=True)
def first_prices(request: pytest.FixtureRequest) -> None:
    """A test with real transactions ends by emptying all tables, so whoever comes next needs the prices again."""
    marker, names = request.node.get_closest_marker("django_db"), set(request.fixturenames)
    if (marker and marker.kwargs.get("transaction")) or {"transactional_db", "live_server"} & names:
        request.getfixturevalue("transactional_db")
    elif marker or "db" in names:
        request.getfixturevalue("db")
    else:
        return
    if not Price.objects.exists():
        seed_prices()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Before the test database is made: removes those of runs that were killed."""
    if settings.EMBEDDED:
        localdb.ensure(settings.HOME)
        drop_abandoned_databases()
        if "PYTEST_XDIST_WORKER" in os.environ:
            settings.DATABASES["default"]["TEST"]["TEMPLATE"] = migrated_once(tmp_path_factory.getbasetemp().parent)


def migrated_once(folder: Path) -> str:
    """The name of a database with all tables, which the first process of this session makes for all."""
    name = f"{localdb.TEST_PREFIX}{os.getppid()}_template"
    with (folder / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "template.made").exists():
            on_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
            on_server("CREATE DATABASE {}", name)
            environment = os.environ | {"LEADENGINE_DB_NAME": name, "LEADENGINE_DB_ROLE": "owner"}
            manage = [sys.executable, str(settings.BASE_DIR / "manage.py"), "migrate", "-v0"]
            subprocess.run(manage, env=environment | {"LEADENGINE_HOME": str(settings.HOME)}, check=True)
            (folder / "template.made").touch()
    return name


def on_server(statement: str, name: str) -> None:
    dsn = localdb.dsn(settings.HOME, role="owner", database="postgres")
    with closing(psycopg.connect(dsn, autocommit=True)) as server:
        server.execute(sql.SQL(statement).format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of data that is not ours to ship; tests marked `data` read it."""
    if not settings.DATA.is_dir():
        pytest.skip(f"{settings.DATA} is not here: LEADENGINE_DATA names another folder")
    return settings.DATA


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """At the end waits for the sessions of processes that were killed, and ends those that threads of this one left."""
    yield
    with django_db_blocker.unblock():
        end_other_sessions()


def end_other_sessions(*, patience: float = 10.0) -> None:
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    end = time.monotonic() + patience
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute(f"SELECT count(*) {others}")
            if not cursor.fetchone()[0]:
                return
            time.sleep(0.2)
        cursor.execute(f"SELECT pg_terminate_backend(pid) {others} AND usename = current_user")


def drop_abandoned_databases() -> None:
    dsn = localdb.dsn(settings.HOME, role="owner", database="postgres")
    with closing(psycopg.connect(dsn)) as server:
        names = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [localdb.TEST_PREFIX])
        found = [name for (name,) in names.fetchall()]
    for name in found:
        process = name.removeprefix(localdb.TEST_PREFIX).split("_")[0]
        if not Path("/proc", process).exists():
            on_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


@pytest.fixture
def app_connection(transactional_db: None) -> Iterator[psycopg.Connection]:
    """A connection to the test database with the rights that the application has in production."""
    with closing(psycopg.connect(**app_parameters(), autocommit=True)) as connected:
        yield connected


def app_parameters() -> dict[str, object]:
    return {
        "host": connection.settings_dict["HOST"],
        "user": settings.DB_APP_ROLE,
        "dbname": connection.settings_dict["NAME"],
    }


@pytest.fixture
def process_environment(transactional_db: None) -> dict[str, str]:
    """The environment in which `manage.py` works on the test database, as the application's role."""
    return os.environ | {
        "LEADENGINE_HOME": str(settings.HOME),
        "LEADENGINE_DB_NAME": connection.settings_dict["NAME"],
        "LEADENGINE_DB_ROLE": "app",
        "CHECK_DOMAINS": "0",
        "COUNT_NETWORK": "0",
    }
