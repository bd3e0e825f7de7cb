"""How each thing is asked: wanted or never, must or nice, by the words that steer and how far they reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leads.criteria.sentence.items import Asked, Item, Steer, Strange
from leads.criteria.terms import Level

STRANGE = "strange"
PERSONAL = frozenset({"titles", "seniorities", "departments"})


@dataclass(frozen=True, slots=True)
class Scoped:
    """A thing with how it is asked; `clause` counts the clauses of the sentence."""

    asked: Asked
    is_excluded: bool
    level: Level


@dataclass(slots=True)
class _Scope:
    """What holds at a place of the sentence. `reach` is the kind of thing that an exclusion took so far."""

    is_excluding: bool = False
    is_nice: bool = False
    is_block: bool = False
    reach: str = ""
    is_broken: bool = False
    is_once: bool = False
    clause: int = 0

    def reset(self) -> None:
        self.is_excluding = self.is_nice = self.is_block = self.is_broken = False
        self.reach = ""
        self.clause += 1

    def steer(self, steer: Steer) -> None:
        if steer.kind == "stop" or (steer.kind in ("semicolon", "but") and not self.is_block):
            self.reset()
        elif steer.kind == "close":
            self.is_excluding = self.is_excluding and self.is_block
        elif steer.kind == "comma":
            self.is_broken = True
            self.clause += 1
        elif steer.kind in ("not", "minus", "excluded"):
            self.is_excluding, self.reach, self.is_block = True, "", self.is_block or steer.is_block
            self.is_once = steer.kind == "minus"
        elif steer.kind == "nice":
            self.is_nice, self.is_excluding, self.reach = True, False, ""
            self.is_block = self.is_block or steer.is_block
        elif steer.kind == "must":
            self.is_nice = self.is_excluding = False

    def take(self, asked: Asked) -> None:
        """An exclusion holds for a list of one kind, a minus for one thing, "ideally" up to a comma before another kind."""
        kind = "people" if asked.name in PERSONAL else asked.name
        if self.reach == STRANGE and asked.is_listed:
            self.reach = kind
        if not self.is_block and self.reach and (kind != self.reach or self.is_once):
            self.is_excluding = False
            self.is_nice = self.is_nice and not self.is_broken
        self.reach, self.is_broken = kind, False


def scoped(items: Sequence[Item]) -> tuple[list[Scoped], list[tuple[Strange, bool]]]:
    """Each thing with how it is asked, and each strange one with whether it is excluded.

    Worked example: "Berlin, not agencies, ideally hiring" -> Berlin must, agencies never, hiring nice.
    """
    scope, things, strange = _Scope(), [], []
    clauses: list[int] = []
    for place, item in enumerate(items):
        if isinstance(item, Strange):
            strange.append((item, scope.is_excluding and not (scope.reach and scope.is_broken)))
            scope.reach = scope.reach or STRANGE
        elif isinstance(item, Asked):
            scope.take(item)
            things.append(
                Scoped(item, scope.is_excluding, "nice" if scope.is_nice and not scope.is_excluding else "must")
            )
            clauses.append(scope.clause)
        elif _looks_back(items, place, clauses[-1:] == [scope.clause]):
            things = _turned(things, clauses, scope.clause, item)
        else:
            scope.steer(item)
    return things, strange


def _looks_back(items: Sequence[Item], place: int, is_clause_begun: bool) -> bool:
    """Whether "excluded", "preferred" or "nice to have" speaks of what came before: the latter then end their clause."""
    steer = items[place]
    if not isinstance(steer, Steer) or steer.is_block or not is_clause_begun:
        return False
    if steer.kind != "nice":
        return steer.kind == "excluded"
    following = items[place + 1] if place + 1 < len(items) else None
    return following is None or (isinstance(following, Steer) and following.kind not in ("not", "and"))


def _turned(things: Sequence[Scoped], clauses: Sequence[int], clause: int, steer: Item) -> list[Scoped]:
    """What the clause asked is only nice to have, or not wanted at all."""
    is_excluding = isinstance(steer, Steer) and steer.kind == "excluded"
    return [
        Scoped(each.asked, is_excluding, "must" if is_excluding else "nice")
        if where == clause and not each.is_excluded
        else each
        for each, where in zip(things, clauses, strict=True)
    ]
