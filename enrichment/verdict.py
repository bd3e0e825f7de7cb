"""The results of checks: what is known of an e-mail address or a phone number, why, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

EmailStatus = Literal["deliverable", "risky", "undeliverable", "unknown"]
PhoneType = Literal[
    "mobile", "fixed", "fixed_or_mobile", "toll_free", "premium", "shared_cost", "voip", "personal", "pager", "uan",
    "voicemail", "unknown",
]  # fmt: skip
ENGINE_VERSION = "1"


class Reason(StrEnum):
    """Why a status was given: exactly one for each verdict, and each belongs to one status (`STATUS_OF`).

    One exception: `mx_unresolvable` is `unknown` until it was seen twice, an hour or more apart.
    """

    MAILBOX_ACCEPTED = "mailbox_accepted"
    MAILBOX_RATE_LIMITED = "mailbox_rate_limited"
    PROVIDER_CONFIRMED = "provider_confirmed"
    VERIFIER_CONFIRMED = "verifier_confirmed"
    SYNTAX_INVALID = "syntax_invalid"
    DOMAIN_NOT_FOUND = "domain_not_found"
    DOMAIN_RESERVED = "domain_reserved"
    NULL_MX = "null_mx"
    NO_MAIL_ROUTE = "no_mail_route"
    MX_UNRESOLVABLE = "mx_unresolvable"
    MAILBOX_NOT_FOUND = "mailbox_not_found"
    MAILBOX_DISABLED = "mailbox_disabled"
    MAILBOX_MOVED = "mailbox_moved"
    VERIFIER_DENIED = "verifier_denied"
    ACCEPT_ALL = "accept_all"
    MAILBOX_FULL = "mailbox_full"
    PROVIDER_UNVERIFIABLE = "provider_unverifiable"
    DISPOSABLE = "disposable"
    SPAMTRAP_SUSPECTED = "spamtrap_suspected"
    TYPO_SUSPECTED = "typo_suspected"
    DO_NOT_MAIL = "do_not_mail"
    GREYLISTED = "greylisted"
    RATE_LIMITED = "rate_limited"
    SERVER_BUSY = "server_busy"
    IP_BLOCKED = "ip_blocked"
    SENDER_REJECTED = "sender_rejected"
    RELAY_DENIED = "relay_denied"
    TLS_REQUIRED = "tls_required"
    CONNECT_REFUSED = "connect_refused"
    CONNECT_TIMEOUT = "connect_timeout"
    NO_BANNER = "no_banner"
    SMTP_TIMEOUT = "smtp_timeout"
    DISCONNECTED = "disconnected"
    UNCLEAR_REPLY = "unclear_reply"
    DNS_SERVFAIL = "dns_servfail"
    DNS_TIMEOUT = "dns_timeout"
    UNSAFE_ADDRESS = "unsafe_address"
    PROBE_DISABLED = "probe_disabled"
    PROVIDER_SKIPPED = "provider_skipped"
    PORT25_BLOCKED = "port25_blocked"
    NOT_CHECKED = "not_checked"


_OF_STATUS: dict[EmailStatus, str] = {
    "deliverable": "mailbox_accepted mailbox_rate_limited provider_confirmed verifier_confirmed",
    "undeliverable": "syntax_invalid domain_not_found domain_reserved null_mx no_mail_route mx_unresolvable"
    " mailbox_not_found mailbox_disabled mailbox_moved verifier_denied",
    "risky": "accept_all mailbox_full provider_unverifiable disposable spamtrap_suspected typo_suspected do_not_mail",
}
_SAID = {Reason(name): status for status, names in _OF_STATUS.items() for name in names.split()}
STATUS_OF: dict[Reason, EmailStatus] = {reason: _SAID.get(reason, "unknown") for reason in Reason}

# Reasons that tell of this machine and not of the address: never remembered, and asked anew at any time.
ABOUT_US = {Reason.PORT25_BLOCKED, Reason.DNS_TIMEOUT, Reason.PROBE_DISABLED, Reason.PROVIDER_SKIPPED}


@dataclass(frozen=True, slots=True)
class EmailVerdict:
    """`status` with a `reason` code, and `flags` (role, free, disposable, plus_tag, idn ...) that were found to hold.

    `normalized` is the address as one writes to it, `canonical` the mailbox behind it (tags off), `suggestion` a likelier
    spelling or "". `score` (0..100) is how likely a mail arrives, `confidence` (0..1) how sure the status is.
    `catch_all` None: not known, which is not the same as no. `checked_at` None: nothing was asked of any server.
    `evidence` is what was seen, as JSON; `retry_at` is when a server that put us off may be asked again.
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
    score: int | None = None
    catch_all: bool | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict, compare=False)
    retry_at: datetime | None = None
    expires_at: datetime | None = None
    engine_version: str = ENGINE_VERSION

    @property
    def is_usable(self) -> bool:
        """May be written to: not known to be undeliverable, and no throw-away address."""
        return self.status != "undeliverable" and "disposable" not in self.flags

    @property
    def measured(self) -> int | None:
        """The score, where a server was asked and what it said speaks of the mailbox."""
        return self.score if self.checked_at and self.status != "unknown" else None

    def to_json(self) -> dict[str, Any]:
        """All of it as plain JSON; `flags` sorted, times in ISO 8601."""
        return {
            "status": self.status,
            "reason": str(self.reason),
            "flags": sorted(self.flags),
            "catch_all": self.catch_all,
            "normalized": self.normalized,
            "canonical": self.canonical,
            "suggestion": self.suggestion,
            "score": self.score,
            "confidence": self.confidence,
            "detail": self.detail,
            "checked_at": _iso(self.checked_at),
            "expires_at": _iso(self.expires_at),
            "retry_at": _iso(self.retry_at),
            "engine_version": self.engine_version,
            "evidence": dict(self.evidence),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> EmailVerdict:
        """The verdict that `to_json` wrote."""
        times = {name: _time(data.get(name)) for name in ("checked_at", "expires_at", "retry_at")}
        return cls(**{**data, **times, "flags": frozenset(data["flags"])})


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class PhoneVerdict:
    """`possible`: it has a number's length; `valid`: it lies in a range that is given out. `reason` is a code.

    `region` is ISO 3166 alpha-2, `e164`, `national` and `international` are "" for a text that is no number,
    `time_zones` IANA names, `range_holder` the mobile operator that the range was first given to: the number may have been
    taken to another since, which nobody publishes.
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
    range_holder: str = ""
