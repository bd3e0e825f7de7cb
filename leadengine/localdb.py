"""Keeps the embedded PostgreSQL: starts it when needed, whatever was killed before, and stops it only when told to.

Used when DATABASE_URL is not set. `python -m leadengine.localdb start|stop|status|dsn` works without Django.
"""

import argparse
import contextlib
import fcntl
import os
import secrets
import shlex
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg import pq

from leadengine import private_files
from leadengine.keeper import postmaster, programs, roles
from leadengine.keeper.places import LocalDatabaseError, Place, make_folders, place_of
from leadengine.keeper.programs import Programs

ROLES = {"owner": roles.OWNER, "app": roles.APP}
LOCALES = ("C.UTF-8", "C.utf8", "en_US.UTF-8")  # the first that the machine has; the first two sort by code point
TEST_PREFIX = f"test_{roles.DATABASE}_"
SOCKET = ".s.PGSQL.5432"
LOG_BYTES = 10_000_000
SECONDS_TO_ANSWER = 120  # crash recovery replays what was written since the last checkpoint
OPTIONS = ("-c", "listen_addresses=", "-c", "unix_socket_permissions=0700", "-c", "max_connections=200")


def ensure(home: Path) -> bool:
    """Makes the database of `home` answer; True if it had to be started. Safe from any number of processes at once.

    Raises LocalDatabaseError with a sentence when it cannot.
    """
    place = place_of(home)
    make_folders(place)
    with _locked(place):
        started = not is_running(place)
        if started:
            _start(place, programs.find(place))
        if _ready_mark(place) != roles.FINGERPRINT:
            roles.set_up(str(place.run))
            place.ready.write_text(roles.FINGERPRINT)
    return started


def stop(home: Path) -> bool:
    """Stops the server, ending open connections; True if one was running."""
    place = place_of(home)
    if not place.folder.exists():
        return False
    with _locked(place):
        if not postmaster.live_pid(place.data):
            return False
        _stop(place, programs.find(place))
    return True


def is_running(place: Place) -> bool:
    """True when the server accepts connections on its socket."""
    return postmaster.live_pid(place.data) is not None and _answers(place)


def database(home: Path, *, role: str, name: str = roles.DATABASE) -> dict[str, Any]:
    """The entry of Django's DATABASES for `role`, "owner" or "app"; starts nothing.

    Test databases carry the process id, so that several test runs share one server.
    """
    return {
        "ENGINE": "leadengine.embedded",
        "NAME": name,
        "USER": ROLES[role],
        "HOST": str(place_of(home).run),
        "HOME": home,
        "TEST": {"NAME": f"{TEST_PREFIX}{os.getpid()}"},
    }


def dsn(home: Path, *, role: str = "app", database: str = roles.DATABASE) -> str:
    """How psycopg and libpq's programs connect."""
    return psycopg.conninfo.make_conninfo(host=str(place_of(home).run), user=ROLES[role], dbname=database)


def local_secret(home: Path, name: str = "secret-key") -> str:
    """A secret of this installation, made at the first call and kept in a file of that name."""
    return private_files.read_or_make(home / name, lambda: secrets.token_urlsafe(50))


@contextlib.contextmanager
def _locked(place: Place) -> Iterator[None]:
    """One process at a time may start or stop the server; the lock ends with the process that holds it."""
    with place.lock.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _start(place: Place, found: Programs) -> None:
    _create_cluster(place, found)
    if postmaster.live_pid(place.data):
        if (place.run / SOCKET).exists() and _wait_for_answer(place):
            return
        _stop(place, found)  # alive, but the way to it was removed
    postmaster.clear_stale_pid(place.data)
    if place.log.exists() and place.log.stat().st_size > LOG_BYTES:
        place.log.replace(place.log.with_suffix(".old.log"))
    said = _launch(place, found)
    if not _wait_for_answer(place):
        raise LocalDatabaseError(f"The database did not start. {said.strip()}\n{_last_lines(place.log)}")


def _launch(place: Place, found: Programs) -> str:
    """Starts the server process; tries again while remains of a killed one are still going away."""
    options = shlex.join([*OPTIONS, "-k", str(place.run)])
    arguments = ("-D", place.data, "-w", "-t", str(SECONDS_TO_ANSWER), "-l", place.log, "-o", options)
    for attempt in range(4):
        time.sleep(attempt)
        code, said = found.run("pg_ctl", *arguments, "start", place=place, seconds=SECONDS_TO_ANSWER + 30)
        if code == 0 or postmaster.live_pid(place.data):
            break
    return said


def _create_cluster(place: Place, found: Programs) -> None:
    """Makes the data folder whole or not at all: what a killed attempt left is thrown away."""
    if programs.data_major(place):
        return
    draft = place.data.with_name("data.new")
    for locale in LOCALES:
        shutil.rmtree(draft, ignore_errors=True)
        choices = ("-U", roles.SUPERUSER, "--auth-local=trust", "--auth-host=reject", "-E", "UTF8", "--data-checksums")
        code, said = found.run("initdb", "-D", draft, f"--locale={locale}", *choices, place=place)
        if code == 0:
            draft.rename(place.data)
            return
    raise LocalDatabaseError(f"PostgreSQL could not create its data folder:\n{said.strip()}")


def _stop(place: Place, found: Programs) -> None:
    for mode in ("fast", "immediate"):
        code, said = found.run("pg_ctl", "-D", place.data, "-w", "-t", "30", "-m", mode, "stop", place=place)
        if code == 0 or not postmaster.live_pid(place.data):
            return
    raise LocalDatabaseError(f"The database did not stop. {said.strip()}")


def _wait_for_answer(place: Place) -> bool:
    """Waits while the server is alive but not yet open for connections."""
    end = time.monotonic() + SECONDS_TO_ANSWER
    while postmaster.live_pid(place.data) and time.monotonic() < end:
        if _answers(place):
            return True
        time.sleep(0.05)
    return False


def _answers(place: Place) -> bool:
    """True also of a server that has no connection to spare: it is there."""
    address = psycopg.conninfo.make_conninfo(host=str(place.run), dbname="postgres", connect_timeout=5)
    return pq.PGconn.ping(address.encode()) == pq.Ping.OK


def _ready_mark(place: Place) -> str:
    return place.ready.read_text() if place.ready.exists() else ""


def _last_lines(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-8:]) if log.exists() else ""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m leadengine.localdb", description=__doc__)
    parser.add_argument("verb", choices=["start", "stop", "status", "dsn"])
    parser.add_argument("--home", type=Path, default=Path(os.environ.get("LEADENGINE_HOME", "var")))
    parser.add_argument("--role", choices=sorted(ROLES), default="app")
    chosen = parser.parse_args(arguments)
    try:
        answer, code = _obey(chosen.verb, chosen.home, chosen.role)
    except LocalDatabaseError as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    sys.stdout.write(f"{answer}\n")
    return code


def _obey(verb: str, home: Path, role: str) -> tuple[str, int]:
    if verb == "start":
        return ("The database was started." if ensure(home) else "The database is running."), 0
    if verb == "stop":
        return ("The database was stopped." if stop(home) else "The database was not running."), 0
    if verb == "dsn":
        return dsn(home, role=role), 0
    running = is_running(place_of(home))
    return ("The database is running." if running else "The database is not running."), 0 if running else 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
