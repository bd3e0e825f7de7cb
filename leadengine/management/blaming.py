"""What is wrong with a file that a command reads, as a sentence."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError

DISK_IS_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}  # or the user's share of it; no reading ends so


@contextmanager
def blamed(name: str) -> Iterator[None]:
    """A fault in opening or reading the file becomes a CommandError.

    Lines are printed while it is read: that whoever reads them has seen enough, or that the disk is full, is no fault of
    it, and ends the command.
    """
    try:
        yield
    except OSError as error:
        if isinstance(error, BrokenPipeError) or error.errno in DISK_IS_FULL:
            raise
        raise CommandError(f"Cannot read {name}: {error.strerror}.") from error
