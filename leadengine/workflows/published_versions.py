"""What the audit keeps of a version of a scoring profile that was put in force."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from billing import auditing
from scoring.models import Profile


def record_publication(
    profile: Profile, before: Profile | None, *, by: Any, now: datetime, back_to: int | None = None
) -> None:
    """The audit's line of a version that was put in force; `back_to` is the earlier one that it brings back."""
    named: dict[str, Any] = {"industry": profile.industry} if profile.industry else {}
    named |= {"back_to": back_to} if back_to else {}
    auditing.record(
        "profile.rolled_back" if back_to else "profile.published",
        workspace_id=profile.workspace_id,
        by=by,
        obj=profile,
        before={"version": before.version} if before else {},
        after={**named, "version": profile.version},
        now=now,
    )
