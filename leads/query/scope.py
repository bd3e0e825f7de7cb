"""What a query may name in one workspace for one person: stages, people, tags, lists, runs, imports; pure.

`leads/scoping.py` fills it from the database.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rapidfuzz import fuzz, process


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that may be named: `key` is what the text says, `label` what people read, `pk` the record."""

    key: str
    label: str
    pk: Any = None


@dataclass(frozen=True, slots=True)
class Scope:
    """`last_visit` None: the person was never here, so that everything is new."""

    user_id: int | None = None
    now: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    last_visit: datetime | None = None
    stages: tuple[Choice, ...] = ()
    people: tuple[Choice, ...] = ()
    tags: tuple[Choice, ...] = ()
    lists: tuple[Choice, ...] = ()
    runs: tuple[Choice, ...] = ()
    imports: tuple[Choice, ...] = ()
    sources: tuple[Choice, ...] = ()


def find(choices: Iterable[Choice], text: str) -> Choice | None:
    """The choice of that key, else of that label, in any case; the exact spelling first."""
    every, wanted = list(choices), text.casefold()
    exact = [each for each in every if each.key == text]
    alike = [each for each in every if wanted in (each.key.casefold(), each.label.casefold())]
    return next(iter(exact + alike), None)


def near(choices: Iterable[Choice], text: str, most: int = 3) -> list[str]:
    """The keys that were probably meant, the nearest first; where none is near, or too little is said, the first few."""
    every = list(choices)
    if len(text) < 3:
        return [each.key for each in every[:most]]
    names = {spelled.casefold(): each.key for each in every for spelled in (each.label, each.key)}
    found = process.extract(text.casefold(), names.keys(), scorer=fuzz.WRatio, limit=most * 2, score_cutoff=60)
    keys = list(dict.fromkeys(names[name] for name, _score, _index in found))
    return (keys or [each.key for each in every])[:most]
