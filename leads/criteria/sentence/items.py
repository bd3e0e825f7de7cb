"""What a sentence consists of, from left to right: things that are asked, words that steer them, and the rest."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Asked:
    """Something understood: the words from `start` to `end` stand for `values` (or the range) of a field of Criteria.

    `others` holds what the same words ask besides, by field: "IT decision makers" are levels and a department.
    """

    start: int
    end: int
    name: str
    values: tuple[str, ...] = ()
    min: int | None = None
    max: int | None = None
    others: dict[str, tuple[str, ...]] = field(default_factory=dict)
    is_guess: bool = False
    is_apart: bool = False
    is_listed: bool = False


@dataclass(frozen=True, slots=True)
class Steer:
    """A word that changes how its neighbours are asked: not, nice, must, but, stop, comma, and."""

    kind: str
    start: int
    end: int
    is_block: bool = False


@dataclass(frozen=True, slots=True)
class Strange:
    """Words that mean nothing to us, `why` if there is a reason to tell."""

    start: int
    end: int
    why: str = ""


Item = Asked | Steer | Strange
