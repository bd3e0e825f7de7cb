"""The three sign-ins of the sample workspace, with passwords made for this installation alone."""

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from leadengine import private_files

ROLES = ("rep", "manager", "ops")
LETTERS = "bcdfghjkmnpqrstvwxz"  # none that look alike, no vowels and so no words


@dataclass(frozen=True, slots=True)
class SignIn:
    """One person of the sample; `role` is "rep", "manager" or "ops"."""

    role: str
    email: str
    password: str


def read_or_create(home: Path, *, fresh: bool = False) -> list[SignIn]:
    """The sign-ins that the folder `home` keeps; `fresh` makes new passwords first.

    Only the file is written: whoever asks for fresh ones gives them to the users, too.
    """
    path = home / "sign-ins.json"
    if fresh:
        private_files.write(path, _made())
    return [SignIn(**entry) for entry in json.loads(private_files.read_or_make(path, _made))]


def _made() -> str:
    made = [SignIn(role, f"{role}@sample.example", _password()) for role in ROLES]
    return json.dumps([asdict(sign_in) for sign_in in made], indent=2)


def _password() -> str:
    """Twelve letters, 50 bits, in groups that are easy to type."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
