"""The results of checks: what is known of an e-mail address or a phone number, why, and how sure that is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

EmailStatus = Literal["deliverable", "risky", "undeliverable", "unknown"]
PhoneType = Literal[
    "mobile", "fixed", "fixed_or_mobile", "toll_free", "premium", "shared_cost", "voip", "personal", "pager", "uan",
    "voicemail", "unknown",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class EmailVerdict:
    """`status` with a `reason` code, and `flags` (role, free, disposable, plus_tag, idn) that were found to hold.

    `normalized` is the address as one writes to it, `canonical` the mailbox behind it (tags off), `suggestion` a likelier
    spelling or "". `confidence` (0..1) is how sure the status is. `checked_at` None: nothing was asked of any server.
    """

    status: EmailStatus
    reason: str
    flags: frozenset[str] = frozenset()
    normalized: str = ""
    canonical: str = ""
    suggestion: str = ""
    confidence: float = 0.0
    checked_at: datetime | None = None
    detail: str = ""

    @property
    def is_usable(self) -> bool:
        """May be written to: not known to be undeliverable, and no throw-away address."""
        return self.status != "undeliverable" and "disposable" not in self.flags


@dataclass(frozen=True, slots=True)
class PhoneVerdict:
    """`possible`: it has a number's length; `valid`: it lies in a range that is given out. `reason` is a code.

    `region` is ISO 3166 alpha-2, `e164`, `national` and `international` are "" for a text that is no number,
    `time_zones` IANA names.
    """

    e164: str = ""
    national: str = ""
    international: str = ""
    region: str = ""
    type: PhoneType = "unknown"
    possible: bool = False
    valid: bool = False
    reason: str = "not_a_number"
    time_zones: tuple[str, ...] = ()
    extension: str = ""
