"""The sample's passwords stay the same until new ones are asked for."""

import stat
from pathlib import Path

from django.contrib.auth.password_validation import validate_password

from leadengine import signins


def test_sign_ins_are_kept(tmp_path: Path) -> None:
    first = signins.read_or_create(tmp_path)

    assert signins.read_or_create(tmp_path) == first
    assert [(entry.role, entry.email) for entry in first] == [
        ("rep", "rep@sample.example"),
        ("manager", "manager@sample.example"),
        ("ops", "ops@sample.example"),
    ]


def test_fresh_passwords_replace_all(tmp_path: Path) -> None:
    old = {entry.password for entry in signins.read_or_create(tmp_path)}

    new = {entry.password for entry in signins.read_or_create(tmp_path, fresh=True)}

    assert len(new) == 3
    assert not old & new
    assert {entry.password for entry in signins.read_or_create(tmp_path)} == new


def test_passwords_pass_our_own_rules(tmp_path: Path) -> None:
    for entry in signins.read_or_create(tmp_path):
        validate_password(entry.password)


def test_file_is_for_its_owner_only(tmp_path: Path) -> None:
    signins.read_or_create(tmp_path, fresh=True)

    assert stat.S_IMODE((tmp_path / "sign-ins.json").stat().st_mode) == 0o600
    assert len(list(tmp_path.iterdir())) == 1
