"""What is typed in another encoding is refused before any command begins."""

import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.parametrize(
    "arguments",
    [["log_activity", "--text", b"caf\xe9"], ["explain_lead", b"caf\xe9"], ["publish_profile", b"--note=caf\xe9"]],
    ids=["value", "argument", "joined"],
)
def test_argument_that_is_not_utf8_is_refused_in_a_sentence(arguments) -> None:
    command = [sys.executable, settings.BASE_DIR / "manage.py", *arguments]

    done = subprocess.run(command, capture_output=True, check=False)

    assert done.returncode == 2
    assert done.stderr.decode().endswith("caf\ufffd” is not in UTF-8. Set the terminal to UTF-8 and try again.\n")
