"""Criteria as short pieces for lists, and what changed from one set of criteria to another, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from leads.criteria import Criteria
from leads.criteria.describing import labels_of, words
from leads.criteria.terms import FIELDS, LABELS, Criterion, Terms

Kind = Literal["must", "nice", "never"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that is asked: its words, and whether it must, should or must not be."""

    text: str
    kind: Kind


def pieces(criteria: Criteria) -> tuple[Piece, ...]:
    """Musts first, then what is nice, then what must never be.

    Worked example: manufacturing must, SAP nice, Berlin never -> "Manufacturing", "SAP", "Berlin, Germany".
    """
    found = [piece for criterion in criteria for piece in _pieces(criterion)]
    return tuple(sorted(found, key=lambda piece: ("must", "nice", "never").index(piece.kind)))


def changes(before: Criteria, after: Criteria) -> tuple[str, ...]:
    """What is asked otherwise than before: "Place: + Austria, - Germany", "Employees: 50 to 200 employees"."""
    return tuple(change for name in FIELDS for change in _changes(name, before, after))


def _pieces(criterion: Criterion) -> Iterator[Piece]:
    asked = criterion.asked
    if not isinstance(asked, Terms):
        text = words(criterion)
        yield Piece(text[:1].upper() + text[1:] if criterion.level == "must" else text, criterion.level)
        return
    yield from (Piece(label, asked.level) for label in labels_of(criterion.name, asked.values))
    yield from (Piece(label, "never") for label in labels_of(criterion.name, asked.excluded))


def _changes(name: str, before: Criteria, after: Criteria) -> Iterator[str]:
    was, now = getattr(before, name), getattr(after, name)
    if was == now:
        return
    if not isinstance(was, Terms) or not isinstance(now, Terms):
        yield f"{LABELS[name]}: {words(Criterion(name, now)) if now else 'any'}{_level(was, now)}"
        return
    moved = [
        *(f"+ {label}" for label in labels_of(name, tuple(value for value in now.values if value not in was.values))),
        *(f"− {label}" for label in labels_of(name, tuple(value for value in was.values if value not in now.values))),
        *(f"never {label}" for label in labels_of(name, tuple(v for v in now.excluded if v not in was.excluded))),
        *(
            f"no longer never {label}"
            for label in labels_of(name, tuple(v for v in was.excluded if v not in now.excluded))
        ),
    ]
    level = _level(was, now) if was.values and now.values else ""
    if moved or level:
        yield f"{LABELS[name]}: {', '.join(moved)}{level}".replace(": ,", ":")


def _level(was: object, now: object) -> str:
    levels = [each if isinstance(each, str) else getattr(each, "level", None) for each in (was, now)]
    return f", now {levels[1]}" if was and now and levels[0] != levels[1] else ""
