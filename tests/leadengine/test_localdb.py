"""What settings and shells are told about the embedded database, without starting it."""

import os
import stat
from pathlib import Path

import psycopg
import pytest

from leadengine import localdb


@pytest.mark.parametrize(
    ("role", "user"), [("owner", "leadengine_owner"), ("app", "leadengine_app")], ids=["owner", "app"]
)
def test_database_names_the_role(tmp_path: Path, role: str, user: str) -> None:
    entry = localdb.database(tmp_path, role=role)

    assert (entry["ENGINE"], entry["NAME"], entry["USER"]) == ("leadengine.embedded", "leadengine", user)
    assert entry["TEST"]["NAME"] == f"test_leadengine_{os.getpid()}"


def test_describing_the_database_creates_nothing(tmp_path: Path) -> None:
    home = tmp_path / "var"

    localdb.database(home, role="app")
    code = localdb.main(["status", "--home", str(home)])

    assert code == 3
    assert not home.exists()


def test_dsn_is_what_psycopg_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    localdb.main(["dsn", "--home", str(tmp_path / "a b"), "--role", "owner"])

    read = psycopg.conninfo.conninfo_to_dict(capsys.readouterr().out)

    assert (read["user"], read["dbname"]) == ("leadengine_owner", "leadengine")
    assert len(os.fsencode(f"{read['host']}/{localdb.SOCKET}.lock")) < 107


def test_secret_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    home = tmp_path / "var"

    first, second = localdb.local_secret(home), localdb.local_secret(home)

    assert first == second
    assert len(first) >= 50
    assert stat.S_IMODE((home / "secret-key").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_secrets_of_two_installations_differ(tmp_path: Path) -> None:
    secrets = {localdb.local_secret(tmp_path / name) for name in ("one", "two")}

    assert len(secrets) == 2
