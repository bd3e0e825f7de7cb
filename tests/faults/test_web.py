"""The click that starts a run is one order, whoever dies before the answer: the web server, or the browser."""

from __future__ import annotations

import http.client
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from billing import ledger
from billing.models import CreditEntry, Workspace
from leadengine.management.commands.up import children
from leadengine.workflows.briefs import Brief
from leads.criteria import Criteria
from leads.models import Lane, Run
from tests.conftest import app_parameters
from tests.factories import directory, people
from tests.faults.installation import descendants, kill, wait_for

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.xdist_group("web")]

TOKEN = "a" * 32
ORDER = {"asked": "1", "sources": "directory", "most_leads": "5", "lowest_grade": "D", "new_only": "on"}
ORDER |= {"request_key": "one-click", "shown_at_most": "5.00", "start": "1", "csrfmiddlewaretoken": TOKEN}
ORDER |= {"shown_search": Brief(criteria=Criteria(), sources=("directory",), most_leads=5).fingerprint}


@dataclass
class WebServer:
    """The web server of `make run` on the test's database; its address outlives the processes."""

    listener: socket.socket
    environment: dict[str, str]
    cookie: str
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command, number = children(self.listener.fileno())[0].command, self.listener.fileno()
        self.process = subprocess.Popen(command, env=self.environment, pass_fds=(number,), start_new_session=True)

    def kill(self) -> None:
        if self.process:
            kill(self.process.pid, *descendants(self.process.pid))
            self.process.wait()
            self.process = None

    def click(self) -> http.client.HTTPConnection:
        """Presses Start; the answer is not read yet."""
        browser = http.client.HTTPConnection(*self.listener.getsockname(), timeout=60)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie}
        browser.request("POST", reverse("leads:search-new"), urlencode(ORDER), headers)
        return browser

    def answer(self) -> tuple[int, str | None]:
        """Presses Start and waits: the status, and where to go."""
        with closing(self.click()) as browser:
            response = browser.getresponse()
            return response.status, response.getheader("Location")


@pytest.fixture
def workspace(transactional_db: None) -> Workspace:
    directory.people(12)
    return people.workspace(credits=8)  # enough for one run of five, not for two


@pytest.fixture
def web(workspace: Workspace, client, process_environment: dict[str, str]) -> Iterator[WebServer]:
    client.force_login(people.rep(workspace))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        server = WebServer(listener, process_environment, cookie)
        server.start()
        yield server
        server.kill()
    wait_for(lambda: not processes())


@contextmanager
def order_held_up(workspace: Workspace) -> Iterator[None]:
    """As long as the block lasts, no order of the workspace gets past its first write."""
    with closing(psycopg.connect(**app_parameters())) as other:
        other.execute("SELECT FROM billing_workspace WHERE id = %s FOR UPDATE", [workspace.pk])
        yield


def processes(condition: str = "true") -> int:
    """How many of the database's processes work for the web server and are like this."""
    statement = f"""SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = %s
                    AND {condition}"""
    with connection.cursor() as cursor:
        cursor.execute(statement, [settings.DB_APP_ROLE])
        return cursor.fetchone()[0]


def waiting() -> int:
    """How many wait for a lock."""
    return processes("pid IN (SELECT pid FROM pg_locks WHERE NOT granted)")


def assert_one_order(workspace: Workspace) -> None:
    run = Run.objects.of(workspace).get()
    assert (run.number, Lane.objects.filter(run=run).count()) == (1, 1)
    assert [entry.held for entry in CreditEntry.objects.of(workspace).filter(kind="hold")] == [5]
    assert (ledger.balance(workspace).held, ledger.balance(workspace).available) == (5, 3)


def test_server_killed_in_the_middle_of_an_order_has_ordered_nothing(web: WebServer, workspace: Workspace) -> None:
    with order_held_up(workspace), closing(web.click()):
        wait_for(waiting)
        web.kill()
    wait_for(lambda: not processes())
    before = Run.objects.count(), ledger.balance(workspace).held

    web.start()

    status, place = web.answer()
    assert (before, status) == ((0, 0), 303)
    assert place == reverse("leads:run-detail", args=[Run.objects.get().pk])
    assert_one_order(workspace)


def test_server_killed_before_its_answer_was_read_has_ordered_once(web: WebServer, workspace: Workspace) -> None:
    with closing(web.click()):
        wait_for(Run.objects.exists)
        web.kill()

    web.start()

    assert web.answer() == (303, reverse("leads:run-detail", args=[Run.objects.get().pk]))
    assert_one_order(workspace)


def test_browser_that_dies_before_the_answer_has_ordered_once(web: WebServer, workspace: Workspace) -> None:
    with order_held_up(workspace), closing(web.click()):
        wait_for(waiting)
    wait_for(Run.objects.exists)

    assert web.answer() == (303, reverse("leads:run-detail", args=[Run.objects.get().pk]))
    assert_one_order(workspace)


def test_clicks_at_once_are_one_order(web: WebServer, workspace: Workspace) -> None:
    with ThreadPoolExecutor() as pool, order_held_up(workspace):
        clicks = [pool.submit(web.answer) for _ in range(4)]
        wait_for(lambda: waiting() == len(clicks))

    answers = {click.result() for click in clicks}
    assert answers == {(303, reverse("leads:run-detail", args=[Run.objects.get().pk]))}
    assert_one_order(workspace)
