"""Makes the virtual environment in .venv as the lock files say, then becomes the command that was asked for.

Standard library only: it runs before anything is installed. `make` calls it with the first Python it finds.

    bootstrap.py runtime|dev [command ...]      the command's first word is a module or a .py file
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

LOCKS = {"runtime": Path("requirements.lock"), "dev": Path("requirements-dev.lock")}
ENVIRONMENT = Path(".venv")
FORMER = Path(".venv.former")
PYTHON = ENVIRONMENT / "bin" / "python"
STAMP = ENVIRONMENT / "leadengine-stamp.json"
SUPPORTED = ((3, 11), (3, 13))


class SetupFailed(Exception):
    """The environment cannot be made; the text is a sentence for the person at the keyboard."""


def main(arguments: list[str]) -> None:
    os.chdir(Path(__file__).resolve().parent)
    kind, *command = arguments
    try:
        prepare(kind)
    except SetupFailed as failure:
        sys.exit(str(failure))
    if command:
        first = [] if command[0].endswith(".py") else ["-m"]
        os.execv(PYTHON, [str(PYTHON), *first, *command])  # noqa: S606 - keeps the process that `make` will signal


def prepare(kind: str) -> None:
    """Makes or mends the environment; does nothing when its stamp names the lock that is wanted."""
    if is_stamped(kind):
        return
    project = os.open(".", os.O_RDONLY)
    fcntl.flock(project, fcntl.LOCK_EX)  # held until this process becomes the command or ends
    if is_stamped(kind):
        os.close(project)
        return
    if works():
        update(kind)
    else:
        create()
        install(kind)
    os.close(project)


def update(kind: str) -> None:
    """Installs into the present environment or, where that fails, into a new one; keeps the present one if both fail."""
    try:
        install(kind)
    except SetupFailed:
        say("Making the virtual environment anew: the packages did not go into the present one.")
        shutil.rmtree(FORMER, ignore_errors=True)
        ENVIRONMENT.rename(FORMER)
        try:
            create()
            install(kind)
        except SetupFailed:
            remove()
            FORMER.rename(ENVIRONMENT)
            raise
        shutil.rmtree(FORMER, ignore_errors=True)


def is_stamped(kind: str) -> bool:
    """True when this very environment holds what the lock says; that of `dev` holds that of `runtime` too."""
    try:
        stamps = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return False
    return fingerprint(kind) == stamps.get(kind) and PYTHON.exists()


def fingerprint(kind: str) -> str:
    return hashlib.sha256(LOCKS[kind].read_bytes()).hexdigest()


def works() -> bool:
    """False for no environment, one without pip, and one whose Python is gone or too old."""
    question = f"import sys, pip; sys.exit(not {SUPPORTED[0]} <= sys.version_info[:2] <= {SUPPORTED[1]})"
    return PYTHON.exists() and quietly([PYTHON, "-c", question]).returncode == 0


def create() -> None:
    """An empty environment, by venv or, where Debian left ensurepip out, by virtualenv."""
    say(f"Creating the virtual environment with Python {sys.version.split()[0]}.")
    remove()
    said = []
    modules = [[sys.executable, "-m", "venv"], [sys.executable, "-m", "virtualenv"]]
    for attempt in (*modules, ["virtualenv", "-p", sys.executable]):
        if shutil.which(attempt[0]):
            said.append(quietly([*attempt, ENVIRONMENT]).stdout)
            if works():
                return
            remove()
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    other_cause = "" if "ensurepip" in said[0] else f"\n{said[0][-500:]}"
    raise SetupFailed(
        f"No virtual environment can be made with {sys.executable}: install the package python{version}-venv "
        f"(on Debian: apt-get install python{version}-venv) or virtualenv, then start again.{other_cause}"
    )


def remove() -> None:
    if ENVIRONMENT.is_symlink():
        ENVIRONMENT.unlink()
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)


def install(kind: str) -> None:
    say(f"Installing the packages of {LOCKS[kind]}.")
    STAMP.unlink(missing_ok=True)
    safely = ["--only-binary", ":all:", "--require-hashes", "--disable-pip-version-check", "--no-input"]
    done = quietly([PYTHON, "-m", "pip", "install", *safely, "-r", LOCKS[kind]])
    if done.returncode:
        raise SetupFailed(f"The packages could not be installed:\n{done.stdout[-3000:]}")
    kinds = LOCKS if kind == "dev" else [kind]
    STAMP.write_text(json.dumps({name: fingerprint(name) for name in kinds}))


def quietly(command: "list[str | Path]") -> "subprocess.CompletedProcess[str]":
    """Runs a command with what it prints kept; a project's own pip settings for target folders do not count here."""
    elsewhere = {"PIP_USER", "PIP_TARGET", "PIP_PREFIX"}
    surroundings = {name: value for name, value in os.environ.items() if name not in elsewhere}
    return subprocess.run(
        command,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
