"""Reading answers of providers: what is not in the form that it should have becomes a fault or a sentence, never a crash."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from traceback import extract_tb
from typing import Any, TypeVar

from leadengine.http import Answer, Unanswered
from leadengine.outcomes import WRONG_TYPES, Outcome, sentence
from leads.candidate import Candidate
from leads.sources.base import RecordFault

Record = TypeVar("Record")
LONGEST_TEXT = 10_000  # characters of one field: no fact is longer, and a poem must not keep a worker busy

log = logging.getLogger("leadengine.sources")


class WrongTypes(Unanswered):
    """The answer came, and something in it is not what the provider promises."""


@contextmanager
def readable(title: str) -> Iterator[None]:
    """Makes WrongTypes of what is raised by an answer with wrong types in it; the log says where."""
    try:
        yield
    except WRONG_TYPES as error:
        at = extract_tb(error.__traceback__)[-1]  # its message may quote what the provider sent
        log.error("%s: %s at %s:%s", title, type(error).__name__, at.filename, at.lineno)
        raise WrongTypes(Outcome.GARBLED, sentence(Outcome.GARBLED, title), may_be_done=True) from error


def read_each(
    records: Iterable[Record], read: Callable[[Record], Candidate], name: Callable[[Record], tuple[str, str]]
) -> tuple[tuple[Candidate, ...], tuple[RecordFault, ...]]:
    """Each record translated; one that has not the form it should have is a fault. `name`: its (id, label)."""
    candidates, faults = [], []
    for record in records:
        try:
            candidates.append(read(record))
        except WRONG_TYPES:
            faults.append(RecordFault(*_named(record, name), "The provider's record has not the form it promises."))
    return tuple(candidates), tuple(faults)


def listed(data: Any, *path: str) -> list[Any]:
    """The list at a place in an answer; Unanswered where there is something else: then nothing in it can be trusted."""
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    if not isinstance(data, list):
        raise Unanswered(Outcome.GARBLED, "It sent an answer that could not be read.", may_be_done=True)
    return data


def holding(answer: Answer, *path: str) -> dict[str, Any]:
    """An answer that holds a list at a place; {} for "nothing found", which is said by its status and by nothing else."""
    if not answer.is_match:
        return {}
    listed(answer.data, *path)
    found: dict[str, Any] = answer.data
    return found


def whole(value: Any) -> int:
    """A number however it is written, 0 where it is none."""
    try:
        return max(0, int(value))
    except (TypeError, ValueError, OverflowError):
        return 0


def text(value: Any) -> str:
    """A text, "" for nothing; the beginning of a very long one. Raises TypeError for a list or an object, which is none."""
    if value is None:
        return ""
    if isinstance(value, dict | list):
        raise TypeError
    return str(value).strip()[:LONGEST_TEXT]


def _named(record: Any, name: Callable[[Any], tuple[str, str]]) -> tuple[str, str]:
    try:
        record_id, label = name(record)
    except WRONG_TYPES:
        return "", "A record without a name"
    return str(record_id)[:200], str(label)[:200]
