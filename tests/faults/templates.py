"""Installations that are made once for all processes of a test session; each test works on a copy."""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from leadengine import localdb
from leadengine.keeper.places import make_folders, place_of
from tests.faults.installation import Installation

Make = Callable[[Installation], object]


def put(name: str, make: Make, home: Path, factory: pytest.TempPathFactory) -> Installation:
    """A copy, in the folder `home`, of the installation that `make` furnishes; its database is stopped."""
    shared = session_folder(factory)
    with made_once(shared / name) as is_first:
        if is_first:
            keep(Installation(shared / name / "var"), make, shared / name)
    copy(shared / name / "home", home)
    if place_of(home).folder != home:
        copy(shared / name / "database", place_of(home).folder)
    make_folders(place_of(home))
    return Installation(home)


def put_migrated(name: str, fill: Make, home: Path, factory: pytest.TempPathFactory) -> Installation:
    """Like `put`; `fill` finds all tables there and empty: they are made once for every name."""

    def make(installation: Installation) -> None:
        put("tables", migrate, installation.home, factory)
        fill(installation)

    return put(name, make, home, factory)


def migrate(installation: Installation) -> None:
    installation.manage("migrate")


def keep(installation: Installation, make: Make, folder: Path) -> None:
    try:
        make(installation)
        localdb.stop(installation.home)
        copy(place_of(installation.home).folder, folder / "database")
        copy(installation.home, folder / "home")
    finally:
        installation.remove()


def session_folder(factory: pytest.TempPathFactory) -> Path:
    """One for all processes of this session: those of xdist have folders side by side."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@contextmanager
def made_once(folder: Path) -> Iterator[bool]:
    """True for the first; the others wait until it is done. One that failed leaves its turn to the next."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        is_first = not (folder / "made").exists()
        yield is_first
        (folder / "made").touch()


def copy(source: Path, target: Path) -> None:
    """Everything with owners, modes and times; a target that is there is replaced."""
    shutil.rmtree(target, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([shutil.which("cp") or "/bin/cp", "-a", "--", str(source), str(target)], check=True)
