"""What two criteria differ in, criterion by criterion, in words; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leads.criteria import Criteria, Criterion
from leads.criteria.describing import words
from leads.criteria.terms import FIELDS, LABELS, Terms


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is asked differently; "" where it is not asked at all."""

    label: str
    before: str
    after: str


def differences(before: Criteria, after: Criteria) -> Iterator[Difference]:
    """In reading order: places "in Germany (must)" before, "in Austria (must)" after."""
    for name in FIELDS:
        earlier, later = getattr(before, name), getattr(after, name)
        if earlier != later:
            yield Difference(LABELS[name], _told(name, earlier), _told(name, later))


def _told(name: str, asked: object) -> str:
    if not asked:
        return ""
    criterion = Criterion(name, asked)  # type: ignore[arg-type]
    if not isinstance(asked, Terms):
        return f"{words(criterion)} ({criterion.level})"
    wanted = f"{words(criterion)} ({criterion.level})" if asked.values else ""
    never = words(Criterion(name, Terms(asked.excluded))) if asked.excluded else ""
    return "; ".join(filter(None, (wanted, f"never {never}" if never else "")))
