"""What is wrong with a file that a command reads, as a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError


@contextmanager
def blamed(name: str) -> Iterator[None]:
    """A fault in opening or reading the file becomes a CommandError.

    Lines are printed while it is read: that whoever reads them has seen enough is no fault of it, and ends the command.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CommandError(f"Cannot read {name}: {error.strerror}.") from error
