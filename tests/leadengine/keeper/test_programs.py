"""The keeper takes the first PostgreSQL that runs and fits the data."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from leadengine.keeper import programs
from leadengine.keeper.places import LocalDatabaseError, Place

Install = Callable[[str, int], Path]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path, tmp_path, tmp_path / "run", os.geteuid(), os.getegid())


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts PostgreSQL's programs of some version into a folder; only such folders are looked at."""
    folders: list[Path] = []

    def installed(name: str, major: int) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "initdb").write_text("")
        (folder / "postgres").write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {major}.2 (Debian)'\n")
        (folder / "postgres").chmod(0o755)
        folders.append(folder)
        return folder

    monkeypatch.setattr(programs, "_candidates", lambda: iter(folders))
    monkeypatch.setattr(Place, "credentials", lambda _self: {})
    return installed


def test_takes_the_first_that_is_new_enough(place: Place, install: Install) -> None:
    install("old", 14)
    good = install("good", 16)
    install("newer", 18)

    assert programs.find(place) == programs.Programs(good, 16)


def test_passes_over_programs_that_do_not_run(place: Place, install: Install) -> None:
    broken = install("broken", 18)
    (broken / "postgres").write_text("#!/bin/sh\nexit 1\n")
    good = install("good", 15)

    assert programs.find(place).folder == good


def test_takes_the_version_that_wrote_the_data(place: Place, install: Install) -> None:
    install("newer", 18)
    fitting = install("fitting", 15)
    place.data.mkdir()
    (place.data / "PG_VERSION").write_text("15\n")

    assert programs.find(place) == programs.Programs(fitting, 15)


def test_says_which_version_is_missing(place: Place, install: Install) -> None:
    install("newer", 18)
    place.data.mkdir()
    (place.data / "PG_VERSION").write_text("17\n")

    with pytest.raises(LocalDatabaseError, match=r"PostgreSQL 17, which wrote .* is not here.*newer \(18\)"):
        programs.find(place)
