"""Runs the whole suite, then the tests marked `db` on the machine's PostgreSQL 15; says what could not run."""

import argparse
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

POSTGRESQL_15 = Path("/usr/lib/postgresql/15/bin")
HOME_15 = Path("var/postgresql-15").absolute()
DATA = Path(os.environ.get("LEADENGINE_DATA") or "../shared/data").absolute()
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Three on two cores: whoever kills processes mostly waits.
PYTEST = [sys.executable, "-m", "pytest", "-n", "3", "--dist", "worksteal"]
# Compiled files are kept, whatever this is set to: a hundred processes read the same thousand modules.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@dataclass(frozen=True, slots=True)
class Missing:
    """A part of the suite that this machine cannot run, and the command that changes it; whether CI must have it."""

    part: str
    remedy: str
    breaks_ci: bool = True


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests", description=__doc__)
    parser.add_argument("--fast", action="store_true", help="without slow, browser and fault tests and PostgreSQL 15")
    if parser.parse_args(arguments).fast:
        return subprocess.call([*PYTEST, "-q", "-m", "not slow and not browser and not faults"])
    codes = [subprocess.call(PYTEST)]
    if POSTGRESQL_15.is_dir():
        codes.append(on_postgresql_15())
    return conclude(max(codes), missing())


def on_postgresql_15() -> int:
    """The same keeper with the other programs and a folder of its own."""
    say(f"\nThe tests marked db once more, on {POSTGRESQL_15}:")
    environment = os.environ | {"LEADENGINE_PG_BIN": str(POSTGRESQL_15), "LEADENGINE_HOME": str(HOME_15)}
    try:
        return subprocess.call([*PYTEST, "-q", "-m", "db", *files_with("mark.db")], env=environment)
    finally:
        stop = [sys.executable, "-m", "leadengine.localdb", "stop"]
        subprocess.call(stop, env=environment, stdout=subprocess.DEVNULL)


def files_with(mark: str) -> list[str]:
    """The test files that use the mark: each process imports all files that it is given, before it chooses among them."""
    return sorted(str(each) for each in Path("tests").rglob("test_*.py") if mark in each.read_text())


def missing() -> list[Missing]:
    absent = []
    if not any(map(shutil.which, BROWSERS)):
        absent.append(Missing("the browser tests (no Chromium)", "apt-get install chromium"))
    if not POSTGRESQL_15.is_dir():
        absent.append(Missing("the db tests on PostgreSQL 15", "apt-get install postgresql-15"))
    if not DATA.is_dir():
        absent.append(
            Missing(f"the tests marked data (no {DATA})", "LEADENGINE_DATA=FOLDER make test", breaks_ci=False)
        )
    return absent


def conclude(code: int, absent: list[Missing]) -> int:
    """The exit code; what is missing counts as a failure in CI only, and data that are not ours nowhere."""
    for part in absent:
        say(f"Did not run: {part.part}. To run it: {part.remedy}")
    return code or int(any(part.breaks_ci for part in absent) and in_ci())


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
