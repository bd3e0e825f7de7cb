"""Where an embedded database keeps its files, and whom its server runs as."""

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

SYSTEM_FOLDER = Path("/var/lib/leadengine")
RUN_FOLDER = Path("/tmp")  # noqa: S108 - a socket's path may have 107 bytes only; the folder made here is private
SERVER_USERS = ("postgres", "nobody")


class LocalDatabaseError(Exception):
    """The embedded database cannot do what was asked; the message is a sentence for the person at the keyboard."""


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of one installation's database.

    `folder` holds `data`, the log and the lock; `run` holds the socket; `uid` and `gid` own both and run the server.
    """

    home: Path
    folder: Path
    run: Path
    uid: int
    gid: int

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def lock(self) -> Path:
        return self.folder / "lock"

    @property
    def ready(self) -> Path:
        """Names the roles, databases and extensions that have been set up; see `leadengine/keeper/roles.py`."""
        return self.folder / "ready"

    def credentials(self) -> dict[str, object]:
        """Arguments for `subprocess.run` so that it runs as the server's user."""
        if os.geteuid() != 0:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def place_of(home: Path) -> Place:
    """The place of the database that belongs to the folder `home`; creates nothing.

    An ordinary user keeps the data in `home` itself. PostgreSQL refuses to run as root, and root's project may lie in a
    private folder that no other user can reach, so for root everything lies in a folder of its own.
    """
    home = home.absolute()
    key = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    if os.geteuid() != 0:
        return Place(
            home, home / "postgres", RUN_FOLDER / f"leadengine-{os.geteuid()}-{key}", os.geteuid(), os.getegid()
        )
    folder = SYSTEM_FOLDER / key
    uid, gid = _server_user(folder / "data")
    return Place(home, folder, folder / "run", uid, gid)


def _server_user(data: Path) -> tuple[int, int]:
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return owner.st_uid, owner.st_gid
    for name in SERVER_USERS:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return user.pw_uid, user.pw_gid
    raise LocalDatabaseError(
        f"PostgreSQL does not run as root, and this machine has none of the users {', '.join(SERVER_USERS)}: "
        "start as an ordinary user, or set DATABASE_URL."
    )


def make_folders(place: Place) -> None:
    """Creates the folders, private to the server's user; changes no mode of a folder that was there before."""
    try:
        place.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.geteuid() == 0 and not SYSTEM_FOLDER.exists():
            SYSTEM_FOLDER.mkdir(parents=True, exist_ok=True)
            SYSTEM_FOLDER.chmod(0o755)
        for folder in (place.folder, place.run):
            _make_private(folder, place)
    except OSError as trouble:
        raise LocalDatabaseError(f"The folder of the database cannot be made: {trouble}.") from trouble


def _make_private(folder: Path, place: Place) -> None:
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        _refuse_foreign(folder, place)
    else:
        if os.geteuid() == 0:
            os.chown(folder, place.uid, place.gid)


def _refuse_foreign(folder: Path, place: Place) -> None:
    """Whoever made the folder of the socket could pose as the server; so it must be ours and private."""
    found = folder.lstat()
    if stat.S_ISDIR(found.st_mode) and found.st_uid in {place.uid, os.geteuid()} and not found.st_mode & 0o077:
        if os.geteuid() == 0 and found.st_uid == 0:  # killed between making it and giving it away
            os.chown(folder, place.uid, place.gid)
        return
    raise LocalDatabaseError(f"{folder} is not a private folder of ours: remove it, then start again.")
