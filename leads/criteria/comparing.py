"""What two criteria differ in, criterion by criterion, in words; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leads.criteria import Criteria, Criterion
from leads.criteria.describing import labels_of, words
from leads.criteria.terms import FIELDS, LABELS, Terms


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is asked differently; "" where it is not asked at all. `steps` lead from before to after."""

    label: str
    before: str
    after: str
    steps: tuple[str, ...] = ()

    def __str__(self) -> str:
        """In one line: "Place: + Austria, − Germany", or without steps "Most leads: 100, was 50"."""
        return f"{self.label}: {', '.join(self.steps) or f'{self.after}, was {self.before}'}"


def differences(before: Criteria, after: Criteria) -> Iterator[Difference]:
    """In reading order: places "in Germany (must)" before, "in Austria (must)" after, by "+ Austria" and "− Germany".

    The same terms in another order are no difference.
    """
    for name in FIELDS:
        earlier, later = getattr(before, name), getattr(after, name)
        if earlier != later and (steps := tuple(_steps(name, earlier, later))):
            yield Difference(LABELS[name], _told(name, earlier), _told(name, later), steps)


def _told(name: str, asked: object) -> str:
    if not asked:
        return ""
    criterion = Criterion(name, asked)  # type: ignore[arg-type]
    if not isinstance(asked, Terms):
        return f"{words(criterion)} ({criterion.level})"
    wanted = f"{words(criterion)} ({criterion.level})" if asked.values else ""
    never = words(Criterion(name, Terms(asked.excluded))) if asked.excluded else ""
    return "; ".join(filter(None, (wanted, f"never {never}" if never else "")))


def _steps(name: str, was: object, now: object) -> Iterator[str]:
    """What came and what went; of what is no list, what is asked now."""
    if isinstance(was, Terms) and isinstance(now, Terms):
        yield from (f"+ {label}" for label in labels_of(name, _without(now.values, was.values)))
        yield from (f"− {label}" for label in labels_of(name, _without(was.values, now.values)))
        yield from (f"never {label}" for label in labels_of(name, _without(now.excluded, was.excluded)))
        yield from (f"no longer never {label}" for label in labels_of(name, _without(was.excluded, now.excluded)))
        is_asked = bool(was.values and now.values)
    else:
        yield words(Criterion(name, now)) if now else "any"  # type: ignore[arg-type]
        is_asked = bool(was and now)
    if is_asked and _level(was) != _level(now):
        yield f"now {_level(now)}"


def _without(values: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for value in values if value not in others)


def _level(asked: object) -> str:
    return asked if isinstance(asked, str) else str(getattr(asked, "level", ""))
