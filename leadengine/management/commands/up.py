"""Runs everything that `make run` promises: database, migrations, sample, web server and worker."""

import http.client
import json
import os
import re
import subprocess
import sys
import time
from argparse import ArgumentParser
from dataclasses import asdict
from http import HTTPStatus
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.urls import reverse

from leadengine import localdb, ports, signins
from leadengine.keeper.places import LocalDatabaseError
from leadengine.supervision import AlreadyRunning, Child, Supervisor, interruptible, only_one

MANAGE = Path(settings.BASE_DIR, "manage.py")
APPLIED = re.compile(r"^  Applying ", re.MULTILINE)
SECONDS_TO_ANSWER = 60


class Command(BaseCommand):
    help = "Prepares the database and the sample, then runs the web server and the worker until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 0), help="Listen there or fail.")
        parser.add_argument("--json", action="store_true", help="Print one line of JSON as soon as it answers.")

    def handle(self, *args: Any, **options: Any) -> None:
        home, self.is_json = settings.HOME.absolute(), options["json"]
        run_as_installed()
        try:
            with only_one(home) as note:
                code = self._run(home, note, options["port"] or None)
        except AlreadyRunning as other:
            process, _, address = str(other).partition(" ")
            where = f"at {address}" if address else "and is starting"
            raise CommandError(
                f"LeadEngine runs here already {where} (process {process}). `make stop` ends it."
            ) from None
        except (LocalDatabaseError, ports.PortTaken) as trouble:
            raise CommandError(str(trouble)) from trouble
        sys.exit(code)

    def _run(self, home: Path, note: Path, port: int | None) -> int:
        supervisor = Supervisor(home, [])
        database_started = False
        try:
            with interruptible():
                listener = ports.open_socket(port)
                database_started = settings.EMBEDDED and localdb.ensure(home)
                self._say("Started the database." if database_started else "The database was running.")
                self._prepare()
                supervisor.children = children(listener.fileno())
                supervisor.start()
                address = self._announce(supervisor.children[0], listener.getsockname()[1], is_pinned=port is not None)
                note.write_text(f"{os.getpid()} {address}")
                return supervisor.watch()
        except KeyboardInterrupt:
            self._say("Stopping.")
            return 0
        finally:
            supervisor.stop()
            if database_started:
                localdb.stop(home)

    def _prepare(self) -> None:
        """Migrates and loads the sample, saying what was done."""
        applied = len(APPLIED.findall(migrate()))
        self._say(f"Applied {applied} migrations." if applied else "The tables were up to date.")
        if settings.SANDBOX:
            if applied:
                self._say("Loading the sample; the first time takes some seconds.")
            call_command("load_sample", stdout=StringIO() if self.is_json else self.stdout)
            self.stdout.flush()

    def _announce(self, web: Child, port: int, *, is_pinned: bool) -> str:
        """Waits for the first answer, then prints where to go and who may sign in."""
        address = f"http://{ports.ADDRESS}:{port}"
        wait_for_answer(web, port)
        sign_ins = signins.read_or_create(settings.HOME) if settings.SANDBOX else []
        if self.is_json:
            self._put(json.dumps({"address": f"{address}/", "sign_ins": [asdict(each) for each in sign_ins]}))
        self._say(f"\n  LeadEngine answers at {address}/")
        if port != ports.FIRST and not is_pinned:
            self._say(f"  (port {ports.FIRST} was taken: this is the next free one)")
        if sign_ins:
            self._say("")
            for sign_in in sign_ins:
                admin = f"   {address}{reverse('admin:index')}" if sign_in.role == "ops" else ""
                self._say(f"  {sign_in.role:<8} {sign_in.email:<24} {sign_in.password}{admin}")
        self._say("\n  Ctrl-C stops everything.")
        return f"{address}/"

    def _say(self, sentence: str) -> None:
        if not self.is_json:
            self._put(sentence)

    def _put(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def run_as_installed() -> None:
    """Web server and worker, which inherit this, show people no page that is meant for developers; whoever sets DEBUG
    gets it. What is invented stays as possible as it is here.
    """
    os.environ.setdefault("DEBUG", "0")
    os.environ.setdefault("SANDBOX", "1" if settings.SANDBOX else "0")


def children(socket_number: int) -> list[Child]:
    """The web server, whose end ends everything, and the worker, which is started again."""
    gunicorn = ["-m", "gunicorn", "leadengine.wsgi:application", "--bind", f"fd://{socket_number}"]
    manner = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--graceful-timeout", "10"]
    manner += ["--preload"]  # read once for both, which start sooner and share its memory
    quiet = ["--no-control-socket", "--log-level", "warning", "--chdir", str(settings.BASE_DIR)]
    return [
        Child("web", [sys.executable, *gunicorn, *manner, *quiet], restart=False, pass_fds=(socket_number,)),
        Child("worker", [sys.executable, str(MANAGE), "worker"], restart=True),
    ]


def migrate() -> str:
    """Migrates in a process of its own, which connects as the owner of the tables; its output."""
    done = subprocess.run(
        [sys.executable, str(MANAGE), "migrate", "--no-color"],
        env=os.environ | {"LEADENGINE_DB_ROLE": "owner"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CommandError(f"manage.py migrate failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout


def wait_for_answer(web: Child, port: int) -> None:
    end = time.monotonic() + SECONDS_TO_ANSWER
    while web.exit_code() is None and time.monotonic() < end:
        connection = http.client.HTTPConnection(ports.ADDRESS, port, timeout=SECONDS_TO_ANSWER)
        try:
            connection.request("GET", reverse("leadengine:health"), headers={"Host": "localhost"})
            if connection.getresponse().status < HTTPStatus.INTERNAL_SERVER_ERROR:
                return
        except OSError:
            pass  # it is still starting
        finally:
            connection.close()
        time.sleep(0.1)
    raise CommandError("The web server did not answer; what it printed stands above.")
