"""A whole installation of its own, driven from outside as an operator would: commands, processes, signals and SQL."""

import csv
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings

from leadengine import localdb
from leadengine.keeper import postmaster
from leadengine.keeper.places import place_of

MANAGE = [sys.executable, str(settings.BASE_DIR / "manage.py")]
OWNER = "owner@faults.example"
LETTERS = str.maketrans("0123456789abcdef", "aeiourstnlmkdbpg")
OURS = ("LEADENGINE_DB_ROLE", "LEADENGINE_DB_NAME", "PORT", "DATABASE_URL")


@dataclass
class Installation:
    """Its database lies in `home`; `started` are processes that the end of the test must end."""

    home: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name not in OURS}
        return inherited | {
            "LEADENGINE_HOME": str(self.home),
            "WORKERS": "2",
            "DJANGO_SUPERUSER_PASSWORD": "faults-of-a-machine",
        }

    def manage(self, *arguments: str) -> str:
        """What a command prints; one that fails shows all it said."""
        done = subprocess.run(
            [*MANAGE, *arguments], env=self.environment, capture_output=True, text=True, timeout=150, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def launch(self, *arguments: str) -> subprocess.Popen[str]:
        """A command that goes on running, in a session of its own."""
        process = subprocess.Popen(
            [*MANAGE, *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def query(self, statement: str, *values: Any) -> list[tuple]:
        with psycopg.connect(localdb.dsn(self.home, role="owner")) as connection:
            return connection.execute(statement, values).fetchall()

    def kill_postgresql(self) -> None:
        pid = postmaster.live_pid(place_of(self.home).data)
        assert pid
        os.kill(pid, signal.SIGKILL)

    def end(self) -> None:
        """Ends every process and removes every file."""
        for process in self.started:
            kill(process.pid, *descendants(process.pid))
            process.communicate()
        self.started.clear()

    def remove(self) -> None:
        self.end()
        with suppress(localdb.LocalDatabaseError):
            localdb.stop(self.home)
        shutil.rmtree(place_of(self.home).folder, ignore_errors=True)
        shutil.rmtree(place_of(self.home).run, ignore_errors=True)


def furnish(installation: Installation, *, companies: int, people: int, workspaces: tuple[str, ...]) -> None:
    """A small invented directory, and workspaces with credits; by the commands of operators, in one process for all."""
    directory = ["--companies", str(companies), "--people", str(people), "--seed", "1"]
    commands = [["load_sample_directory", *directory], ["createsuperuser", "--noinput", "--email", OWNER]]
    for slug in workspaces:
        commands.append(["create_workspace", slug.title(), "--slug", slug, "--owner", OWNER, "--sample"])
        commands.append(["grant_credits", slug, "5000", "--key", f"first-{slug}", "--note", "To begin with"])
    code = f"from django.core.management import call_command\nfor each in {commands!r}: call_command(*each)"
    installation.manage("shell", "--no-imports", "--command", code)


def write_people(path: Path, *, count: int) -> Path:
    """A CSV file of as many different people, each at a company of their own; every tenth has an address that is none."""
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["First Name", "Last Name", "Title", "Company", "Website", "Email", "Country"])
        for number in range(count):
            first, last, company = word(number * 7), word(number * 11 + 5), word(number * 13 + 8)
            domain = f"{company.lower()}.example"
            address = "nobody at home" if number % 10 == 0 else f"person{number}@{domain}"
            table.writerow([first, last, "Head of Sales", company, domain, address, "Germany"])
    return path


def word(number: int) -> str:
    """An invented name, different for each number below 1,000 and unlike the others."""
    return hashlib.sha256(str(number).encode()).hexdigest().translate(LETTERS)[:9].title()


def receipt_of(process: subprocess.Popen[str]) -> dict[str, Any]:
    """What `generate_leads --json` printed in the end."""
    said, _ = process.communicate(timeout=150)
    assert process.returncode == 0, said
    return json.loads(said)


def wait_for(condition: Callable[[], Any], *, seconds: float = 60) -> Any:
    """The first true answer; a database that is coming up again counts as not yet."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(psycopg.Error):
            if found := condition():
                return found
        time.sleep(0.2)  # each look starts a session of the database, and what is waited for needs the processor
    raise AssertionError(f"waited {seconds} s in vain")


def descendants(pid: int) -> list[int]:
    """Numbers of the processes that `pid` and its children started, in the order of their start."""
    found: list[int] = []
    with suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            found += [int(child), *descendants(int(child))]
    return found


def seconds_at_work(pid: int) -> float:
    """Processor time of a process; forked ones start at 0."""
    with suppress(OSError):
        numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def kill(*pids: int) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
