"""Calls `manage.py` commands as a script does, and reads the one JSON object that they print."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command


def words(name: str, *arguments: object) -> str:
    """What a command prints for people."""
    out = StringIO()
    call_command(name, *map(str, arguments), stdout=out)
    return out.getvalue()


def data(name: str, *arguments: object) -> dict[str, Any]:
    """What a command prints with --json."""
    return json.loads(words(name, *arguments, "--json"))


def refused(name: str, *arguments: object) -> str:
    """The sentence with which a command ends in code 1; anything but a CommandError fails the test."""
    with pytest.raises(CommandError) as caught:
        words(name, *arguments)
    return str(caught.value)
