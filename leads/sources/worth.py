"""What it is worth to a search that a row meets a wish, in the points of the directory's stored rank. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

USUAL = 25  # a wish of which nothing is said: a quarter of the stored rank


@dataclass(frozen=True, slots=True)
class Role:
    """What a position is worth that has one of the seniorities in one of the departments ("" where unknown)."""

    seniorities: tuple[str, ...]
    departments: tuple[str, ...]
    points: int


@dataclass(frozen=True, slots=True)
class Worth:
    """`wishes`: points by the name of the criterion. `titles` and `roles`: what positions are worth, in place of the
    wishes for title, seniority and department and of the stored rank's own points for seniority; a title comes first.

    >>> Worth(wishes={"places": 9}).of("places"), Worth().of("hiring")
    (9, 25)
    """

    wishes: Mapping[str, int] = field(default_factory=dict)
    titles: tuple[tuple[str, int], ...] = ()
    roles: tuple[Role, ...] = ()

    def of(self, wish: str) -> int:
        return self.wishes.get(wish, USUAL)
