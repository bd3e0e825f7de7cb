"""What the audit keeps of a version of a scoring profile that was put in force."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from billing import auditing
from scoring.ideal import IdealCustomer
from scoring.models import Profile
from scoring.versions import weighting_of


def record_publication(
    profile: Profile, before: Profile | None, *, by: Any, now: datetime, back_to: int | None = None
) -> None:
    """The audit's line of a version that was put in force; `back_to` is the earlier one that it brings back.

    Where only the ideal customer is another one, that is what was done.
    """
    has_other_ideal = before is not None and _ideal(profile) != _ideal(before)
    is_ideal_alone = before is not None and has_other_ideal and weighting_of(profile) == weighting_of(before)
    verb = "profile.rolled_back" if back_to else "profile.ideal_saved" if is_ideal_alone else "profile.published"
    told = {"industry": profile.industry, "back_to": back_to, "other_ideal": has_other_ideal and not is_ideal_alone}
    auditing.record(
        verb,
        workspace_id=profile.workspace_id,
        by=by,
        obj=profile,
        before={"version": before.version} if before else {},
        after={key: value for key, value in told.items() if value} | {"version": profile.version},
        now=now,
    )


def _ideal(profile: Profile) -> IdealCustomer:
    return IdealCustomer.from_json(profile.ideal)
