"""A run survives kill -9 of a worker, of the whole cluster and of PostgreSQL: it goes on, and its totals are exact."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.installation import (
    Installation,
    descendants,
    furnish,
    kill,
    receipt_of,
    seconds_at_work,
    wait_for,
    write_people,
)
from tests.faults.templates import put_migrated

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.xdist_group("runs")]

FILE_ROWS = 600
FILE_SHARE = {
    "source": "file",
    "found": FILE_ROWS,
    "delivered": 540,
    "known_again": 0,
    "excluded": {"invalid_email": 60},
    "spent": 0.0,
    "note": "",
    "asked": 0,
    "provider_credits": 0.0,
    "assumed_provider_credits": 0.0,
    "possible_provider_credits": 0.0,
}
WORKSPACES = ("first", "second", "third", "fourth")  # one a test
MOST_LEADS = 5000  # more than there are: the run ends when both sources have been asked to their end


def with_directory(installation: Installation) -> None:
    furnish(installation, companies=120, people=300, workspaces=WORKSPACES)


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    home = tmp_path_factory.mktemp("installation") / "var"
    installation = put_migrated("runs", with_directory, home, tmp_path_factory)
    write_people(installation.home / "people.csv", count=FILE_ROWS)
    yield installation
    installation.remove()


@pytest.fixture
def installation(furnished: Installation) -> Iterator[Installation]:
    yield furnished
    furnished.end()


@pytest.fixture(scope="module")
def slugs() -> Iterator[str]:
    return iter(WORKSPACES)


@pytest.fixture
def slug(slugs: Iterator[str]) -> str:
    """A workspace of the test's own, with credits."""
    return next(slugs)


def start(installation: Installation, slug: str, **extra: str) -> subprocess.Popen[str]:
    """A run over both sources that only workers work off; the process ends with it and prints its receipt."""
    options = {"sources": "directory,file", "most-leads": str(MOST_LEADS), "criteria": "{}", **extra}
    options |= {"workspace": slug, "file": str(installation.home / "people.csv")}
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    return installation.launch("generate_leads", *words, "--leave-to-workers", "--json")


def delivered(installation: Installation, slug: str) -> int:
    statement = """SELECT coalesce(max(delivered), 0) FROM leads_run r JOIN billing_workspace w ON w.id = r.workspace_id
                   WHERE w.slug = %s AND r.state IN ('queued', 'running')"""
    return installation.query(statement, slug)[0][0]


def wait_for_middle(installation: Installation, slug: str) -> int:
    """Waits until the run has delivered some leads; how many. It has far more before it."""
    return wait_for(lambda: delivered(installation, slug), seconds=120)


def busiest(worker: subprocess.Popen[str]) -> int:
    """The process of the cluster that has worked most: one that is at the run."""
    return max(descendants(worker.pid)[2:], key=seconds_at_work)


def assert_exact(installation: Installation, slug: str, receipt: dict, *, more_than: int) -> None:
    """Both sources came to their end, every record is delivered or excluded once, every delivered lead was paid once."""
    assert (receipt["state"], receipt["adds_up"]) == ("finished", True), receipt
    assert receipt["found"] == receipt["delivered"] + sum(receipt["excluded"].values())
    assert [row for row in receipt["sources"] if row["source"] == "file"] == [FILE_SHARE]
    assert receipt["delivered"] > more_than
    assert receipt["held"] == receipt["captured"] + receipt["released"]
    assert receipt["captured"] == sum(row["spent"] for row in receipt["sources"])
    assert json.loads(installation.manage("check_ledger", "--json"))["mismatches"] == []
    assert counts(installation, slug) == {
        "leads": receipt["delivered"],
        "deliveries": receipt["delivered"],
        "people of the file": FILE_SHARE["delivered"],
        "paid": receipt["captured"],
        "balance": 5000 - receipt["captured"],
        "held": 0,
    }


def counts(installation: Installation, slug: str) -> dict:
    """What the tables say, counted without the application."""
    statement = """
        WITH w AS (SELECT id FROM billing_workspace WHERE slug = %s)
        SELECT (SELECT count(*) FROM leads_lead, w WHERE workspace_id = w.id),
               (SELECT count(DISTINCT lead_id) FROM leads_delivery, w WHERE workspace_id = w.id),
               (SELECT count(DISTINCT full_name) FROM leads_lead, w WHERE workspace_id = w.id AND email LIKE 'person%%'),
               (SELECT sum(unit_price) FROM leads_delivery, w WHERE workspace_id = w.id),
               posted, held
        FROM billing_creditaccount a, w WHERE a.workspace_id = w.id"""
    names = ("leads", "deliveries", "people of the file", "paid", "balance", "held")
    return dict(zip(names, installation.query(statement, slug)[0], strict=True))


def test_run_goes_on_when_a_worker_is_killed(installation: Installation, slug: str) -> None:
    worker = installation.launch("worker")
    generating = start(installation, slug)
    before = wait_for_middle(installation, slug)

    kill(busiest(worker))

    receipt = receipt_of(generating)
    assert_exact(installation, slug, receipt, more_than=before)
    assert worker.poll() is None


def test_run_goes_on_when_the_whole_cluster_is_killed(installation: Installation, slug: str) -> None:
    worker = installation.launch("worker")
    generating = start(installation, slug)
    before = wait_for_middle(installation, slug)

    kill(worker.pid, *descendants(worker.pid))
    installation.launch("worker")

    receipt = receipt_of(generating)
    assert_exact(installation, slug, receipt, more_than=before)


def test_run_goes_on_when_postgresql_is_killed(installation: Installation, slug: str) -> None:
    worker = installation.launch("worker")
    generating = start(installation, slug)
    before = wait_for_middle(installation, slug)

    kill(generating.pid)  # it only waits, and its next look would fail
    installation.kill_postgresql()

    wait_for(lambda: is_over(installation, slug), seconds=120)
    assert_exact(installation, slug, show(installation, slug), more_than=before)
    assert worker.poll() is None


def is_over(installation: Installation, slug: str) -> bool:
    statement = """SELECT r.ended_at IS NOT NULL FROM leads_run r JOIN billing_workspace w ON w.id = r.workspace_id
                   WHERE w.slug = %s"""
    return installation.query(statement, slug)[0][0]


def show(installation: Installation, slug: str) -> dict:
    return json.loads(installation.manage("control_run", "--workspace", slug, "1", "show", "--json"))


def test_hung_cluster_is_replaced(installation: Installation, slug: str) -> None:
    """A worker killed while it waits at the shared queue keeps the queue's lock: no other worker gets a task again."""
    worker = installation.launch("worker")
    cluster = wait_for(lambda: (descendants(worker.pid) or [0])[0])
    kill(wait_for(lambda: idle_at_the_queue(worker)))

    generating = start(installation, slug, **{"most-leads": "5"})
    wait_for(lambda: (descendants(worker.pid) or [cluster])[0] != cluster, seconds=60)

    receipt = receipt_of(generating)
    assert (receipt["state"], receipt["delivered"]) == ("finished", 5)


def idle_at_the_queue(worker: subprocess.Popen[str]) -> int:
    """The one worker of the cluster that holds the queue's lock and reads; the others wait for the lock."""
    workers = descendants(worker.pid)[2:4]  # after the main process and the sentinel, which starts them first
    reading = [pid for pid in workers if "pipe_read" in Path(f"/proc/{pid}/wchan").read_text()]
    return reading[0] if len(workers) == 2 and len(reading) == 1 else 0
