"""Runs the web server and the worker as children of one process, and leaves none of them behind."""

import contextlib
import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

MARK = "LEADENGINE_UP"  # in the environment of every process that `up` starts, and of theirs: the installation's folder
PROC = Path("/proc")
GRACE = 20.0  # seconds between asking and killing
LONGEST_DEATH = 5.0  # seconds until a killed process is gone, on a machine under load
STEADY = 60.0  # a child that lived this long starts again at once
LONGEST_PAUSE = 30.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class AlreadyRunning(Exception):
    """Another process supervises this installation; the text is what it wrote about itself."""


@contextlib.contextmanager
def only_one(home: Path) -> Iterator[Path]:
    """Holds the installation for this process; yields the file in which it may say where it answers."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = home / "up"
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(path.read_text().strip()) from None
        path.write_text(str(os.getpid()))
        yield path
        path.write_text("")


def running_process(home: Path) -> int | None:
    """The process that supervises this installation, if any; one that begins or ends just now has not said so yet, or no
    more, and is asked again for a second.
    """
    end = time.monotonic() + 1
    while (said := _said_by_holder(home)) is not None:
        if said:
            return int(said.split()[0])
        if time.monotonic() > end:
            break
        time.sleep(0.05)
    return None


def _said_by_holder(home: Path) -> str | None:
    """What the holder of the installation wrote about itself; None where nobody holds it."""
    with contextlib.suppress(FileNotFoundError), (home / "up").open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return file.read().strip()
    return None


@dataclass(slots=True)
class Child:
    """A command to keep running. `restart`: begin it again when it ends; otherwise its end ends everything."""

    name: str
    command: Sequence[str]
    restart: bool
    pass_fds: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = 0

    def start(self, environment: Mapping[str, str]) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command, env=environment, pass_fds=self.pass_fds, start_new_session=True, stdin=subprocess.DEVNULL
        )

    def exit_code(self) -> int | None:
        """None while it runs; as a shell tells it, 128 + number when a signal ended it."""
        code = self.process.poll() if self.process else None
        return 128 - code if code is not None and code < 0 else code

    def pause(self) -> float:
        """Seconds to wait before the next start: doubled with each quick end."""
        lived = time.monotonic() - self.started_at
        self.failures = 0 if lived > STEADY else self.failures + 1
        return min(LONGEST_PAUSE, 2.0 ** (self.failures - 1)) if self.failures else 0.0


@dataclass(slots=True)
class Supervisor:
    """Starts the children in sessions of their own, so that only this process hears Ctrl-C."""

    home: Path
    children: list[Child]
    due: dict[str, float] = field(default_factory=dict)

    def start(self) -> None:
        sweep(self.home)
        for child in self.children:
            self._start(child)

    def watch(self) -> int:
        """Returns the exit code of the first child that ends and is not to be restarted."""
        while True:
            for child in self.children:
                code = child.exit_code()
                if code is not None and not child.restart:
                    return code
                if code is not None:
                    self._revive(child)
            time.sleep(0.2)

    def stop(self) -> None:
        """Asks every child to end, waits, then kills what is left, of theirs too."""
        started = [child.process for child in self.children if child.process]
        for process in started:
            process.terminate()
        end = time.monotonic() + GRACE
        while time.monotonic() < end and any(process.poll() is None for process in started):
            time.sleep(0.05)
        sweep(self.home)
        for process in started:
            process.kill()
            process.wait()

    def _start(self, child: Child) -> None:
        child.start(os.environ | {MARK: f"{self.home}:{child.name}"})

    def _revive(self, child: Child) -> None:
        if child.name not in self.due:
            self.due[child.name] = time.monotonic() + child.pause()
        elif time.monotonic() >= self.due[child.name]:
            del self.due[child.name]
            sweep(self.home, child.name)
            self._start(child)


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Signals that ask to stop raise KeyboardInterrupt inside, and are ignored on the way out, which ends in order."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in STOP_SIGNALS:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)


def sweep(home: Path, name: str = "") -> list[int]:
    """Kills what `up` started for this installation, or for its child `name` only, and waits until it is gone, a few
    seconds at most; returns the process numbers.

    Needs Linux's /proc. The caller holds `only_one`, so it meets nothing that somebody else supervises. It looks again
    after killing: a process dies some time after the signal, and may have started another before.
    """
    mark = os.fsencode(f"{MARK}={home}:{name}\0" if name else f"{MARK}={home}:")
    swept: list[int] = []
    end = time.monotonic() + LONGEST_DEATH
    while (found := _kill(mark)) and time.monotonic() < end:
        swept += [number for number in found if number not in swept]
        time.sleep(0.01)
    return swept


def _kill(mark: bytes) -> list[int]:
    """Sends the signal to each process with this mark in its environment, once round."""
    killed = []
    for process in PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError):  # ended meanwhile, or another user's
            if mark in (process / "environ").read_bytes():
                os.kill(int(process.name), signal.SIGKILL)
                killed.append(int(process.name))
    return killed
