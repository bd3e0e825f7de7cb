"""Tells whether the server process of a data folder is alive, and clears what a dead one left behind."""

import os
import subprocess
import time
from pathlib import Path

from leadengine.keeper.places import LocalDatabaseError

PROC = Path("/proc")


def live_pid(data: Path) -> int | None:
    """The process id of the server that runs on `data`, or None.

    A pid file alone proves nothing: after a crash or a container's restart the number may be gone, be a zombie, or
    belong to another program; after a power cut the file may be empty.
    """
    pid = _written_pid(data)
    return pid if pid and _is_server(pid, data) else None


def clear_stale_pid(data: Path) -> None:
    """Removes a pid file whose server is dead, once no child of it works on the data any more.

    PostgreSQL removes such a file itself, except when it is empty or its number is taken by somebody else.
    """
    if not (data / "postmaster.pid").exists() or live_pid(data):
        return
    for _ in range(100):
        if not _orphans(data):
            (data / "postmaster.pid").unlink(missing_ok=True)
            return
        time.sleep(0.1)
    raise LocalDatabaseError(
        f"Processes of a database server that died still use {data}: {_orphans(data)}. End them first."
    )


def _written_pid(data: Path) -> int | None:
    try:
        return int((data / "postmaster.pid").read_text().splitlines()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return None


def _is_server(pid: int, data: Path) -> bool:
    return pid > 0 and os.fsencode(data) in _command_line(pid) and b"postgres" in _command_line(pid)


def _command_line(pid: int) -> bytes:
    """What a process was started with; empty for one that is gone or a zombie."""
    if PROC.is_dir():
        try:
            return (PROC / str(pid) / "cmdline").read_bytes()
        except OSError:
            return b""
    shown = subprocess.run(["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, check=False)
    return shown.stdout


def _orphans(data: Path) -> list[int]:
    """Children of a dead server; the folder they work in is the data folder."""
    found = []
    for process in PROC.glob("[0-9]*"):
        try:
            if os.readlink(process / "cwd") == str(data) and b"postgres" in (process / "cmdline").read_bytes():
                found.append(int(process.name))
        except OSError:  # ended meanwhile, or not ours to look at
            continue
    return found
