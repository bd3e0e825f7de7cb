#!/usr/bin/env python3
"""Django's command line for LeadEngine."""

import os
import sys

READER_HAS_LEFT = 141  # as a shell tells of a program that SIGPIPE (13) ended: 128 + 13
NOT_UTF8 = "“{}” is not in UTF-8. Set the terminal to UTF-8 and try again.\n"


def main() -> None:
    if wrong := [each for each in sys.argv[1:] if not is_text(each) and not os.path.exists(each)]:
        sys.stderr.write(NOT_UTF8.format(os.fsencode(wrong[0]).decode(errors="replace")))
        sys.exit(2)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadengine.settings")
    from django.core.management import execute_from_command_line

    from leadengine.management.blaming import DISK_IS_FULL

    try:
        execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except BrokenPipeError:  # `manage.py ... | head`: the reader has seen enough
        forget_output()
        sys.exit(READER_HAS_LEFT)
    except OSError as error:
        if error.errno not in DISK_IS_FULL:
            raise
        forget_output()
        sys.exit(f"The output cannot be written: {error.strerror}.")


def forget_output() -> None:
    """What is still to be written goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def is_text(argument: str) -> bool:
    """False where a byte was none of UTF-8; only the name of a file that is there may be so."""
    try:
        argument.encode()
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    main()
