"""Keeps a queue cluster alive: wakes it while work is due, and replaces it when work is due and nobody holds a lease.

django-q2 1.11 needs this: a worker killed while it waits at the shared queue hangs its cluster for ever, SIGTERM
included (docs/adr/0003).
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

from django.db import Error, close_old_connections, connection
from django.utils import timezone

from leadengine.workflows.dispatch import health
from leadengine.workflows.nightly import start_nightly
from leadengine.workflows.sweeping import sweep
from leadengine.workflows.waking import wake

LOOK_SECONDS = 0.5
STALL_SECONDS = 10.0
GRACE_SECONDS = 20.0
SWEEP_SECONDS = 3600.0
NIGHT_SECONDS = 300.0  # between two looks where the night has begun
MORE_SECONDS = 5.0  # between two sweeps while there are leads to erase

log = logging.getLogger("leadengine.supervisor")


class Cluster:
    """One `manage.py qcluster` with all its processes in a session of their own."""

    def __init__(self) -> None:
        self.process = subprocess.Popen([sys.executable, "manage.py", "qcluster"], start_new_session=True)

    @property
    def is_alive(self) -> bool:
        """False once the main process has gone, or has lost the sentinel that guards its workers."""
        return self.process.poll() is None

    def stop(self) -> None:
        """Let the tasks at work end, for a while; then end the whole session."""
        self._signal(signal.SIGTERM, only_main=True)
        try:
            self.process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            log.warning("the cluster did not stop in %s s; killing it", GRACE_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End every process of the session, orphans of a lost sentinel included."""
        self._signal(signal.SIGKILL)
        self.process.wait()

    def _signal(self, number: signal.Signals, *, only_main: bool = False) -> None:
        try:
            os.kill(self.process.pid, number) if only_main else os.killpg(self.process.pid, number)
        except ProcessLookupError:
            log.debug("the cluster has gone already")


@dataclass(slots=True)
class Supervisor:
    """Looks every half second; `stop()` from a signal handler ends it."""

    is_stopping: bool = False
    cluster: Cluster | None = None
    calm_since: float = field(default_factory=time.monotonic)
    sweep_at: float = 0.0
    night_at: float = 0.0

    def stop(self, *_: object) -> None:
        self.is_stopping = True

    def run(self) -> None:
        """Until stopped: one cluster, alive and at work."""
        while not self.is_stopping:
            self.look()
            time.sleep(LOOK_SECONDS)
        if self.cluster:
            self.cluster.stop()

    def look(self) -> None:
        """One look: start or replace the cluster, wake it, notice a stall."""
        if self.cluster is None or not self.cluster.is_alive:
            self.replace("the cluster had gone")
        try:
            self.watch()
        except Error as error:
            log.warning("database: %s", error)
            connection.close()
            self.calm_since = time.monotonic()

    def watch(self) -> None:
        """Wake the cluster while work is due; replace it when work was due for 10 s and no lease is alive."""
        close_old_connections()
        waited, is_alive = health(now=timezone.now())
        if waited:
            wake()
        if is_alive or not waited:
            self.calm_since = time.monotonic()
        if time.monotonic() - self.calm_since > STALL_SECONDS:
            self.replace(f"work was due for {waited:.0f} s and nobody took it")
        self._tidy()

    def _tidy(self) -> None:
        """What is done now and then; a fault of it is told in the log, and costs nobody the worker."""
        try:
            if time.monotonic() >= self.night_at:
                self.night_at = time.monotonic() + NIGHT_SECONDS
                start_nightly(now=timezone.now())
            if time.monotonic() >= self.sweep_at:
                self.sweep_at = time.monotonic() + SWEEP_SECONDS
                if sweep(now=timezone.now())["leads"]:
                    self.sweep_at = time.monotonic() + MORE_SECONDS
        except Error:
            raise
        except Exception:
            log.exception("the supervisor's housekeeping failed")

    def replace(self, why: str) -> None:
        if self.cluster:
            log.warning("queue cluster replaced: %s", why)
            self.cluster.kill()
        self.cluster = Cluster()
        self.calm_since = time.monotonic()
