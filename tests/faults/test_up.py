"""`manage.py up` brings everything up, says where, and leaves nothing behind."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from leadengine import localdb
from leadengine.keeper.places import place_of
from tests.faults.installation import Installation
from tests.faults.templates import put_migrated

pytestmark = [pytest.mark.faults, pytest.mark.slow]

MANAGE = [sys.executable, str(settings.BASE_DIR / "manage.py")]


@dataclass
class Up:
    """A running `up` and what it has said so far."""

    process: subprocess.Popen[str]
    home: Path
    said: str = ""

    def read_until(self, ending: str) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line
            if ending in line:
                return
        raise AssertionError(self.said)

    @property
    def address(self) -> str:
        found = re.search(r"http://[\d.:]+/", self.said)
        assert found, self.said
        return found[0]

    def end(self, number: int) -> int:
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=60)
        self.said += rest
        return self.process.returncode


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    home = tmp_path / "var"
    yield home
    with suppress(localdb.LocalDatabaseError):
        localdb.stop(home)
    shutil.rmtree(place_of(home).folder, ignore_errors=True)


@pytest.fixture
def launch(home: Path) -> Iterator[Callable[..., Up]]:
    launched: list[Up] = []

    def launch(*arguments: str, **environment: str) -> Up:
        process = subprocess.Popen(
            [*MANAGE, "up", *arguments],
            env=surroundings(home) | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        launched.append(Up(process, home))
        return launched[-1]

    yield launch
    for up in launched:
        if up.process.poll() is None:
            up.end(signal.SIGTERM)
        if up.process.stdout:
            up.process.stdout.close()


def surroundings(home: Path) -> dict[str, str]:
    ours = {"LEADENGINE_DB_ROLE", "LEADENGINE_DB_NAME", "PORT"}
    theirs = {name: value for name, value in os.environ.items() if name not in ours}
    return theirs | {"LEADENGINE_HOME": str(home), "SAMPLE_COMPANIES": "100", "SAMPLE_PEOPLE": "300"}


def left_behind(home: Path) -> list[str]:
    """Command lines of processes of this installation, its database included."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command, environment = (process / "cmdline").read_bytes(), (process / "environ").read_bytes()
            if os.fsencode(place_of(home).data) in command or os.fsencode(f"LEADENGINE_UP={home}:") in environment:
                found.append(command.decode(errors="replace"))
    return found


def status_of(address: str) -> int:
    with urllib.request.urlopen(address, timeout=30) as response:  # noqa: S310 - our own address
        return response.status


def told(address: str) -> tuple[int, str]:
    """Status and text of a page, of one that is an error, too."""
    try:
        with urllib.request.urlopen(address, timeout=30) as response:  # noqa: S310 - our own address
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@pytest.fixture
def used(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """`home` has been up before."""
    put_migrated("up", with_sample, home, tmp_path_factory)


def with_sample(installation: Installation) -> None:
    installation.manage("load_sample", "--companies", "100", "--people", "300")


def test_comes_up_says_where_and_leaves_nothing(launch: Callable[..., Up], home: Path) -> None:
    up = launch()
    up.read_until("Ctrl-C")

    assert status_of(up.address) == 200
    for email in ("rep@sample.example", "manager@sample.example", "ops@sample.example"):
        assert email in up.said
    assert f"{up.address}admin/" in up.said
    not_found, style = told(f"{up.address}no/such/page/"), told(f"{up.address}static/css/base.css")
    assert not_found[0] == 404
    assert "This page does not exist" in not_found[1]
    assert "URLconf" not in not_found[1]
    assert (style[0], "font-family" in style[1]) == (200, True)
    assert re.search(r"Started the database\.\nApplied \d+ migrations\.", up.said)
    assert up.end(signal.SIGINT) == 0
    assert left_behind(home) == []


@pytest.mark.usefixtures("used")
def test_comes_up_again_in_one_line_of_json_and_sigterm_leaves_nothing(launch: Callable[..., Up], home: Path) -> None:
    up = launch("--json")
    up.read_until("}")

    said = json.loads(up.said)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", said["address"])
    assert [each["role"] for each in said["sign_ins"]] == ["rep", "manager", "ops"]
    assert status_of(said["address"]) == 200
    assert up.end(signal.SIGTERM) == 0
    assert left_behind(home) == []


@pytest.mark.usefixtures("used")
def test_second_start_finds_everything_and_a_killed_first_leaves_no_orphans(
    launch: Callable[..., Up], home: Path
) -> None:
    first = launch()
    first.read_until("Ctrl-C")
    first.process.kill()
    first.process.wait()

    second = launch()
    second.read_until("Ctrl-C")

    assert "The database was running.\nThe tables were up to date.\nFound the workspace sample" in second.said
    assert status_of(second.address) == 200
    assert sum("gunicorn" in command for command in left_behind(home)) == 3
    stopped = subprocess.run([*MANAGE, "stop", "--json"], env=surroundings(home), check=True, capture_output=True)
    assert json.loads(stopped.stdout)["stopped"] is True
    assert second.process.wait(timeout=60) == 0
    assert left_behind(home) == []


@pytest.mark.usefixtures("used")
def test_killed_worker_is_replaced_and_a_killed_web_server_ends_everything(
    launch: Callable[..., Up], home: Path
) -> None:
    up = launch()
    up.read_until("Ctrl-C")
    worker = child_of(up, "\0worker")

    os.kill(worker, signal.SIGKILL)
    replaced = child_of(up, "\0worker", other_than=worker)
    os.kill(child_of(up, "gunicorn"), signal.SIGKILL)

    up.process.communicate(timeout=60)
    assert replaced != worker
    assert up.process.returncode == 128 + signal.SIGKILL
    assert left_behind(home) == []


def child_of(up: Up, word: str, *, other_than: int = 0) -> int:
    """The child whose command line (its words end with NUL) holds the word, as soon as there is one."""
    for _ in range(600):
        for child in children_of(up.process.pid):
            with suppress(OSError):
                if child != other_than and word.encode() in Path("/proc", str(child), "cmdline").read_bytes():
                    return child
        time.sleep(0.1)
    raise AssertionError(f"no {word!r} in 60 s")


def children_of(parent: int) -> list[int]:
    return [
        int(child) for path in Path(f"/proc/{parent}/task").glob("*/children") for child in path.read_text().split()
    ]


def test_pinned_port_that_is_taken_is_a_sentence(launch: Callable[..., Up], home: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        up = launch(PORT=str(port))
        said, _ = up.process.communicate(timeout=60)

    assert up.process.returncode == 1
    assert f"Port {port} is taken" in said
    assert "Traceback" not in said
    assert left_behind(home) == []
