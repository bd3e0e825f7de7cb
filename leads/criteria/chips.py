"""Criteria as short pieces, for lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from leads.criteria import Criteria
from leads.criteria.describing import labels_of, words
from leads.criteria.terms import Criterion, Terms

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


def _pieces(criterion: Criterion) -> Iterator[Piece]:
    asked = criterion.asked
    if not isinstance(asked, Terms):
        text = words(criterion)
        yield Piece(text[:1].upper() + text[1:] if criterion.level == "must" else text, criterion.level)
        return
    yield from (Piece(label, asked.level) for label in labels_of(criterion.name, asked.values))
    yield from (Piece(label, "never") for label in labels_of(criterion.name, asked.excluded))
