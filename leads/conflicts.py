"""Where sources disagree about a person: the value in use beside what another source says now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leads.agreement import agree, contradicting
from leads.models import Authority, Evidence

PERSON = "person"
PICKABLE = ("full_name", "title", "email", "phone", "linkedin_url", "city", "country")


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field on which sources disagree; of equal values the first stands for all. `used` is the one in use."""

    field: str
    used: Evidence
    others: tuple[Evidence, ...]

    @property
    def is_settled(self) -> bool:
        """Whether a person chose the value in use: no source overrules it, and people may choose again."""
        return self.used.authority == Authority.PERSON


def conflicts(rows: Iterable[Evidence]) -> tuple[Conflict, ...]:
    """The disagreements among a lead's evidence, in the order of PICKABLE.

    Only what each source said last counts; what a person chose is settled, and comes with what else was said:
    title "CTO" (directory, in use) and "CIO" (file) is a conflict; "CTO" and "cto" is none.
    """
    by_field: dict[str, list[Evidence]] = {name: [] for name in PICKABLE}
    for row in rows:
        if row.field in by_field:
            by_field[row.field].append(row)
    found = [_conflict(name, said) for name, said in by_field.items()]
    return tuple(each for each in found if each)


def _conflict(name: str, said: Sequence[Evidence]) -> Conflict | None:
    used = next((row for row in said if row.is_current), None)
    if used is None:
        return None
    others = contradicting(used, _last_of_each_source(said), lambda one, other: agree(name, one.value, other.value))
    return Conflict(name, used, tuple(others)) if others else None


def _last_of_each_source(said: Sequence[Evidence]) -> list[Evidence]:
    """A source that changed its mind contradicts nobody with what it said before."""
    last: dict[str, Evidence] = {}
    for row in sorted(said, key=lambda each: (each.observed_at, each.is_current, each.pk)):
        last[row.source] = row
    last.pop(PERSON, None)  # a choice repeats what a source said
    return sorted(last.values(), key=lambda each: (-each.authority, -each.confidence, each.source))
