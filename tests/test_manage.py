"""What is typed in another encoding is refused before any command begins; a reader who leaves ends it quietly."""

import errno
import io
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command


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


@pytest.mark.parametrize("arguments", [["score_facts"], ["classify_reply", "550 No"]], ids=["of a file", "at the end"])
def test_command_whose_reader_has_left_ends_quietly(arguments, tmp_path) -> None:
    given = tmp_path / "facts.jsonl"
    given.write_text('{"title": "CEO"}\n' * 200, encoding="utf-8")
    seen, out = os.pipe()
    os.close(seen)
    command = [sys.executable, settings.BASE_DIR / "manage.py", *arguments, *([given] if len(arguments) == 1 else [])]

    with open(out, "wb") as gone:
        done = subprocess.run(command, stdout=gone, stderr=subprocess.PIPE, check=False)

    assert (done.returncode, done.stderr) == (141, b"")


class Gone(io.StringIO):
    """A pipe whose other end was closed."""

    def write(self, _text: str) -> int:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")


@pytest.mark.parametrize("name", ["score_facts", "verify_emails", "check_phones", "classify_reply", "inspect_domain"])
def test_file_is_not_to_blame_when_the_reader_has_left(name, tmp_path) -> None:
    given = tmp_path / "given"
    given.write_text("{}\n", encoding="utf-8")
    options = {"verify_emails": {"no_smtp": True}, "inspect_domain": {"no_keep": True}}.get(name, {})

    with pytest.raises(BrokenPipeError):
        call_command(name, str(given), stdout=Gone(), **options)


@pytest.mark.parametrize("arguments", [["verify_emails", "--no-smtp"], ["classify_reply"]], ids=lambda each: each[0])
def test_output_that_cannot_be_written_is_told_as_such(arguments, tmp_path) -> None:
    given = tmp_path / "given"
    given.write_text("no address\n", encoding="utf-8")
    command = [sys.executable, settings.BASE_DIR / "manage.py", *arguments, given]

    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, text=True)

    assert (done.returncode, done.stderr) == (1, "The output cannot be written: No space left on device.\n")
