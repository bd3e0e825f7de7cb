"""Folders of the embedded database are private, and those of others are refused."""

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from leadengine.keeper.places import LocalDatabaseError, Place, make_folders, place_of


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "home", tmp_path / "home" / "postgres", tmp_path / "run", os.geteuid(), os.getegid())


@pytest.fixture
def ordinary_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 4321)


def test_ordinary_user_keeps_the_data_at_home_and_the_socket_in_a_short_path(
    ordinary_user: None, tmp_path: Path
) -> None:
    home = tmp_path / ("ü" * 70)

    place = place_of(home)

    assert place.data == home / "postgres" / "data"
    assert len(os.fsencode(place.run)) < 60
    assert place.credentials() == {}


def test_two_homes_have_two_sockets(ordinary_user: None, tmp_path: Path) -> None:
    places = {place_of(tmp_path / name).run for name in ("one", "two")}

    assert len(places) == 2


def test_made_folders_are_private(place: Place) -> None:
    make_folders(place)

    modes = {stat.S_IMODE(folder.stat().st_mode) for folder in (place.folder, place.run)}

    assert modes == {0o700}


def test_making_folders_again_changes_nothing(place: Place) -> None:
    make_folders(place)
    before = place.run.stat()

    make_folders(place)

    assert place.run.stat() == before


def test_refuses_a_socket_folder_that_others_may_enter(place: Place) -> None:
    place.run.mkdir()
    place.run.chmod(0o777)

    with pytest.raises(LocalDatabaseError, match="not a private folder of ours"):
        make_folders(place)

    assert stat.S_IMODE(place.run.stat().st_mode) == 0o777


def test_refuses_a_link_in_place_of_the_socket_folder(place: Place, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    place.run.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(LocalDatabaseError, match="not a private folder of ours"):
        make_folders(place)


def test_says_that_a_folder_cannot_be_made(place: Place, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(LocalDatabaseError, match="cannot be made"):
        make_folders(replace(place, home=tmp_path / "file" / "home"))
