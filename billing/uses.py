"""What credits were used for: by day, kind, person and run, from one query over the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from billing.models import CreditEntry, EntryKind, User, Workspace
from billing.statement import price_label

CHARGED = (EntryKind.CAPTURE, EntryKind.REVERSE)
THE_SYSTEM = "The system"
OUTSIDE_RUNS = "Verification, enrichment and imports, outside runs"


@dataclass(frozen=True, slots=True)
class Use:
    """Credits charged, less what was paid back, for one day, person, run or kind."""

    key: Any
    label: str
    credits: Decimal
    charges: int


@dataclass(frozen=True, slots=True)
class Part:
    """What was charged, less what was paid back, in one day for one kind, person and run."""

    day: date
    kind: str
    person: int | None
    run: Any
    credits: Decimal
    charges: int


@dataclass(frozen=True, slots=True)
class Uses:
    """The parts that a period is made of; a reversal counts for the person whose charge it pays back."""

    parts: tuple[Part, ...]

    def since(self, day: date) -> Uses:
        return Uses(tuple(part for part in self.parts if part.day >= day))

    @property
    def total(self) -> Decimal:
        return sum((part.credits for part in self.parts), Decimal(0))

    def by_day(self, days: int, *, today: date) -> list[Use]:
        """The last `days` days up to today, the oldest first; days without use are there with 0."""
        found = {use.key: use for use in self._by(lambda part: part.day)}
        every = [today - timedelta(days=ago) for ago in range(days - 1, -1, -1)]
        return [_labelled(found.get(day, Use(day, "", Decimal(0), 0)), f"{day:%-d %b}") for day in every]

    def by_kind(self) -> list[Use]:
        return [_labelled(use, price_label(use.key)) for use in self._by(lambda part: part.kind)]

    def by_person(self, known: Mapping[int, str]) -> list[Use]:
        """By whom the work was started; one query for the names that are not known, if there are any."""
        found = self._by(lambda part: part.person)
        strangers = {use.key for use in found if use.key} - known.keys()
        others = {user.pk: user.name for user in User.objects.filter(pk__in=strangers)} if strangers else {}
        return [_labelled(use, {**known, **others}.get(use.key, THE_SYSTEM)) for use in found]

    def by_run(self) -> list[Use]:
        """The label is left to whoever knows the runs."""
        return [use for use in self._by(lambda part: part.run) if use.key]

    def by_work(self, most: int) -> list[Use]:
        """The runs that used most, what the other runs did together, and the rest: the lines add up to the total."""
        found = self._by(lambda part: part.run)
        runs = [use for use in found if use.key]
        others = [_together(runs[most:])] if runs[most:] else []
        return [*runs[:most], *others, *(_labelled(use, OUTSIDE_RUNS) for use in found if not use.key)]

    def _by(self, key: Callable[[Part], Any]) -> list[Use]:
        """One for each value of the key, the most used first."""
        found: dict[Any, Use] = {}
        for part in self.parts:
            known = found.get(key(part), Use(key(part), "", Decimal(0), 0))
            found[known.key] = Use(known.key, "", known.credits + part.credits, known.charges + part.charges)
        return sorted(found.values(), key=lambda use: (-use.credits, str(use.key)))


def uses(workspace: Workspace, *, since: date, member_id: int | None = None) -> Uses:
    """Of everybody, or of the holds of one member, from a day on."""
    start = timezone.make_aware(datetime.combine(since, datetime.min.time()))
    found = CreditEntry.objects.of(workspace).filter(kind__in=CHARGED, created_at__gte=start)
    found = found.annotate(person=Coalesce("hold__member_id", "reverses__hold__member_id"), day=TruncDate("created_at"))
    if member_id is not None:
        found = found.filter(person=member_id)
    rows: Iterable[Any] = found.values_list("day", "price_kind", "person", "run_id").annotate(
        sum=Sum("posted"), number=Count("pk", filter=Q(kind=EntryKind.CAPTURE))
    )
    return Uses(tuple(Part(day, kind, who, run, -credits, number) for day, kind, who, run, credits, number in rows))


def _together(runs: list[Use]) -> Use:
    label = "1 other run" if len(runs) == 1 else f"{len(runs)} other runs"
    return Use(None, label, sum((use.credits for use in runs), Decimal(0)), sum(use.charges for use in runs))


def _labelled(use: Use, label: str) -> Use:
    return Use(use.key, label, use.credits, use.charges)
