"""The virtual environment is made once, mended when broken, and never lost to a failed update."""

import json
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest

import bootstrap


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for kind, lock in bootstrap.LOCKS.items():
        lock.write_text(f"packages for {kind}")
    return tmp_path


class Machine:
    """Stands for the machine's programs: `fails` are words of commands that end with an error."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *fails: str) -> None:
        self.fails = list(fails)
        self.commands: list[str] = []
        monkeypatch.setattr(bootstrap, "quietly", self.run)
        monkeypatch.setattr(bootstrap.shutil, "which", lambda name: name)

    def run(self, command: list[str | Path]) -> "CompletedProcess[str]":
        text = " ".join(map(str, command))
        self.commands.append(text)
        code = int(any(word in text for word in self.fails))
        if code == 0 and text.endswith(str(bootstrap.ENVIRONMENT)):
            bootstrap.PYTHON.parent.mkdir(parents=True)
            bootstrap.PYTHON.write_text("")
        return CompletedProcess(command, code, "what it said")


def test_fresh_project_gets_an_environment_with_the_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch)

    bootstrap.prepare("runtime")

    assert machine.commands[0] == f"{sys.executable} -m venv .venv"
    assert "--only-binary :all: --require-hashes" in machine.commands[-1]
    assert machine.commands[-1].endswith("-r requirements.lock")


def test_second_start_runs_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch)
    bootstrap.prepare("runtime")
    machine.commands.clear()

    bootstrap.prepare("runtime")

    assert machine.commands == []


@pytest.mark.parametrize(
    ("first", "then", "installs"),
    [("dev", "runtime", False), ("runtime", "dev", True)],
    ids=["dev holds runtime", "runtime lacks dev"],
)
def test_one_environment_serves_both(monkeypatch: pytest.MonkeyPatch, first: str, then: str, installs: bool) -> None:
    machine = Machine(monkeypatch)
    bootstrap.prepare(first)
    machine.commands.clear()

    bootstrap.prepare(then)

    assert bool(machine.commands) is installs


def test_changed_lock_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch)
    bootstrap.prepare("runtime")
    bootstrap.LOCKS["runtime"].write_text("newer packages")

    bootstrap.prepare("runtime")

    assert json.loads(bootstrap.STAMP.read_text())["runtime"] == bootstrap.fingerprint("runtime")
    assert sum("-m venv" in command for command in machine.commands) == 1


def test_missing_ensurepip_falls_back_to_virtualenv(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, "-m venv")

    bootstrap.prepare("runtime")

    assert f"{sys.executable} -m virtualenv .venv" in machine.commands
    assert bootstrap.is_stamped("runtime")


def test_no_way_to_an_environment_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    Machine(monkeypatch, "venv", "virtualenv")

    with pytest.raises(bootstrap.SetupFailed, match=r"apt-get install python3\.\d+-venv\) or virtualenv"):
        bootstrap.prepare("runtime")

    assert not bootstrap.ENVIRONMENT.exists()


def test_environment_without_pip_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch)
    bootstrap.prepare("runtime")
    bootstrap.STAMP.unlink()
    (bootstrap.ENVIRONMENT / "rest").write_text("of a killed attempt")
    monkeypatch.setattr(bootstrap, "works", iter([False, True]).__next__)

    bootstrap.prepare("runtime")

    assert not (bootstrap.ENVIRONMENT / "rest").exists()
    assert bootstrap.is_stamped("runtime")
    assert sum("-m venv" in command for command in machine.commands) == 2


def test_failed_update_keeps_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch)
    bootstrap.prepare("runtime")
    (bootstrap.ENVIRONMENT / "installed").write_text("and working")
    bootstrap.LOCKS["runtime"].write_text("newer packages, and no network")
    machine.fails.append("pip install")

    with pytest.raises(bootstrap.SetupFailed, match="could not be installed"):
        bootstrap.prepare("runtime")

    assert (bootstrap.ENVIRONMENT / "installed").exists()
    assert not bootstrap.FORMER.exists()
    assert not bootstrap.is_stamped("runtime")
