"""What unknown factors will count in versions that are about to be published: measured before the lock, checked under it.

Measuring looks at every lead, so nobody waits for it. Worked example: while the averages of a draft are measured, somebody
publishes another version; then what they stand on is not what is in force, and they are measured again. Leads that come or
change meanwhile are no reason: averages are those of the moment in which they were measured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leads.models import Lead
from scoring.freshness import as_of, is_stale
from scoring.ideal import IdealCustomer
from scoring.models import Profile
from scoring.profiles import expected_values
from scoring.revaluing import revalued
from scoring.rulebook import governing
from scoring.stored import scope_of

Found = Mapping[str, Profile]
AT_ONCE = 50_000  # leads that are valued anew in a second


def are_measured_later(drafts: Sequence[Profile], found: Found, *, now: datetime) -> bool:
    """Whether somebody would wait too long for it: more leads than that are to be valued anew, so a worker does it
    (`scoring.measuring`), and publishes then.
    """
    many = Lead.objects.of(drafts[0].workspace).living()[AT_ONCE : AT_ONCE + 1] if drafts else Lead.objects.none()
    return many.exists() and _are_valued_anew(drafts, found, now)


@dataclass(frozen=True, slots=True)
class Averages:
    """Ten values for each draft, in their order; `basis` is what they were measured by."""

    basis: tuple[Any, ...]
    values: tuple[list[float], ...]

    def still(self, drafts: Sequence[Profile], found: Found, *, now: datetime) -> Averages:
        """These, if they are of these drafts beside the versions that are in force now; else they are measured again."""
        return self if self.basis == _basis(drafts, found) else measured(drafts, found, now=now)


def measured(drafts: Sequence[Profile], found: Found, *, now: datetime) -> Averages:
    """Of drafts that are published together beside those in force: means of values by their own ideal customers.

    Values that are stored will do where none of them is another than today's, and they are of last night at least.
    """
    basis = _basis(drafts, found)
    if not drafts or not _are_valued_anew(drafts, found, now):
        return Averages(basis, tuple(expected_values(each.workspace, each.industry, now=now) for each in drafts))
    values = revalued(drafts[0].workspace, {each.industry: each for each in drafts}, now=now)
    return Averages(basis, tuple(values.expected(scope_of(each.industry, found)) for each in drafts))


def _are_valued_anew(drafts: Sequence[Profile], found: Found, now: datetime) -> bool:
    is_other = any(is_other_ideal(each.ideal, governing(found, each.industry)) for each in drafts)
    return is_other or is_stale(as_of(drafts[0].workspace), now=now)


def is_other_ideal(ideal: Mapping[str, Any], profile: Profile) -> bool:
    return IdealCustomer.from_json(ideal) != IdealCustomer.from_json(profile.ideal)


def _basis(drafts: Sequence[Profile], found: Found) -> tuple[Any, ...]:
    return {industry: each.pk for industry, each in found.items()}, [(each.industry, each.ideal) for each in drafts]
