"""Children are started again, end together, and leave nobody behind."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from leadengine.supervision import AlreadyRunning, Child, Supervisor, only_one, running_process, sweep

pytestmark = pytest.mark.faults

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
STUBBORN = [sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); print(); time.sleep(600)"]
WITH_GRANDCHILD = """
import pathlib, subprocess, time
subprocess.Popen(['sleep', '600'], start_new_session=True)
with pathlib.Path({starts!r}).open('a') as file:
    file.write('started')
time.sleep(600)
"""
UNTIL_TWO_STARTS = """
import pathlib, time
while not pathlib.Path({starts!r}).exists() or pathlib.Path({starts!r}).read_text() != 'started' * 2:
    time.sleep(0.05)
"""


def marked(home: Path) -> list[int]:
    """Processes that this installation's children are, or that they started."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.fsencode(f"LEADENGINE_UP={home}:") in (process / "environ").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue
    return found


def wait_until(condition: Callable[[], bool]) -> None:
    for _ in range(500):
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError("waited in vain")


def test_web_servers_end_ends_the_watch_with_its_code(tmp_path: Path) -> None:
    web = Child("web", [sys.executable, "-c", "raise SystemExit(7)"], restart=False)
    supervisor = Supervisor(tmp_path, [web, Child("worker", SLEEP, restart=True)])
    supervisor.start()

    code = supervisor.watch()
    supervisor.stop()

    assert code == 7
    assert marked(tmp_path) == []


def test_killed_worker_is_started_again_without_its_orphans(tmp_path: Path) -> None:
    starts = str(tmp_path / "starts")
    worker = Child("worker", [sys.executable, "-c", WITH_GRANDCHILD.format(starts=starts)], restart=True)
    web = Child("web", [sys.executable, "-c", UNTIL_TWO_STARTS.format(starts=starts)], restart=False)
    supervisor = Supervisor(tmp_path, [web, worker])
    supervisor.start()
    wait_until(lambda: (tmp_path / "starts").exists() and len(marked(tmp_path)) == 3)
    first = worker.process
    assert first

    first.kill()
    supervisor.watch()

    assert worker.process is not first
    assert len(marked(tmp_path)) == 2
    supervisor.stop()
    assert marked(tmp_path) == []


def test_child_that_ignores_the_request_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leadengine.supervision.GRACE", 0.3)
    child = Child("web", STUBBORN, restart=False)
    supervisor = Supervisor(tmp_path, [child])
    supervisor.start()

    supervisor.stop()

    assert child.exit_code() is not None
    assert marked(tmp_path) == []


def test_start_removes_what_a_killed_supervisor_left(tmp_path: Path) -> None:
    abandoned = Child("worker", SLEEP, restart=True)
    Supervisor(tmp_path, [abandoned]).start()
    wait_until(lambda: len(marked(tmp_path)) == 1)

    Supervisor(tmp_path, []).start()

    wait_until(lambda: abandoned.exit_code() == 128 + signal.SIGKILL)


def test_sweep_spares_other_installations(tmp_path: Path) -> None:
    child = Child("web", SLEEP, restart=False)
    supervisor = Supervisor(tmp_path / "mine", [child])
    supervisor.start()
    wait_until(lambda: len(marked(tmp_path / "mine")) == 1)

    swept = sweep(tmp_path / "other")

    assert swept == []
    assert child.exit_code() is None
    supervisor.stop()


def test_pauses_grow_and_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    child = Child("worker", SLEEP, restart=True, started_at=now - 1)

    pauses = [child.pause() for _ in range(7)]
    child.started_at = now - 61

    assert pauses == [1, 2, 4, 8, 16, 30, 30]
    assert child.pause() == 0


def test_second_supervisor_of_one_installation_is_refused(tmp_path: Path) -> None:
    with only_one(tmp_path) as note:
        note.write_text(f"{os.getpid()} address")

        with pytest.raises(AlreadyRunning, match="address"), only_one(tmp_path):
            pytest.fail("two at once")

        assert running_process(tmp_path) == os.getpid()
    assert running_process(tmp_path) is None
