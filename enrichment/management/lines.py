"""Input and output of the commands that check many things: a line in, one JSON object or one readable line out."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError


def lines_of(name: str) -> Iterator[str]:
    """The lines of a file (or of standard input for "-") that are not empty; CommandError says why it cannot be read."""
    try:
        if name == "-":
            yield from (line.strip() for line in sys.stdin if line.strip())
            return
        with Path(name).open(encoding="utf-8-sig") as source:
            yield from (line.strip() for line in source if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(
            f"Cannot read {name}: {getattr(error, 'strerror', None) or 'it is not UTF-8 text'}."
        ) from error


def as_json(record: Any) -> str:
    """One line of JSON; sets and dates become what JSON has."""
    return json.dumps(
        record, ensure_ascii=False, default=lambda each: sorted(each) if isinstance(each, frozenset) else str(each)
    )
