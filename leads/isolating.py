"""Works through records so that one which breaks our code stops no other, while a mistake that breaks all stays loud."""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from django.db import Error as DatabaseError

Record = TypeVar("Record")
Outcome = TypeVar("Outcome")
ENOUGH = 20  # failures in a row, with no record that went well: it is not the records

log = logging.getLogger("leads.isolating")


def one_by_one(
    records: Iterable[Record], work: Callable[[Record], Outcome], excuse: Callable[[Record, Exception], Outcome]
) -> Iterator[Outcome]:
    """What `work` makes of each record, or its `excuse`. Raises the first error if there is nothing but errors."""
    errors: list[Exception] = []
    any_good = False
    for record in records:
        try:
            outcome = work(record)
            any_good = True
        except DatabaseError:
            raise
        except Exception as error:
            errors.append(error)
            if not any_good and len(errors) >= ENOUGH:
                raise errors[0] from None
            log.exception("A record is left out.")
            outcome = excuse(record, error)
        yield outcome
    if len(errors) > 1 and not any_good:
        raise errors[0]


def in_words(error: Exception) -> str:
    """What follows "line 12" for a record that our own code could not take."""
    return f"cannot be read by us ({type(error).__name__}: {str(error)[:120]})"


def excused(error: Exception) -> str:
    """The same, and where it broke stands in the log."""
    log.error("A record is left out.", exc_info=error)
    return in_words(error)
