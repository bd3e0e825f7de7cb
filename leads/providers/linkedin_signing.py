"""LinkedIn's webhook: how its challenge is answered, its signature checked, and its event read. Pure."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime

MOST_BYTES = 65_536
URN = "urn:li:leadGenFormResponse:"


@dataclass(frozen=True, slots=True)
class Event:
    """`action` is CREATED or DELETED; `response` the id under which the interface knows it."""

    response: str
    action: str
    occurred_at: datetime


def challenge_response(secret: str, code: str) -> str:
    """Hex of HMAC-SHA256 over the code, with the app's client secret."""
    return hmac.new(secret.encode(), code.encode(), hashlib.sha256).hexdigest()


def is_signed(secret: str, body: bytes, signature: str) -> bool:
    """Over the body exactly as it was received."""
    wanted = hmac.new(secret.encode(), b"hmacsha256=" + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(wanted.encode(), signature.encode("utf-8", "replace"))


def event_of(body: bytes) -> Event | None:
    """The event on a lead; None for one of another kind, or one that cannot be read."""
    try:
        told = json.loads(body)
        if told["type"] != "LEAD_ACTION" or told["leadAction"] not in ("CREATED", "DELETED"):
            return None
        urn, at = str(told["leadGenFormResponse"]), datetime.fromtimestamp(int(told["occurredAt"]) / 1000, UTC)
    except (ValueError, KeyError, TypeError, OverflowError, OSError, RecursionError):
        return None
    response = urn.removeprefix(URN)
    is_named = urn.startswith(URN) and 0 < len(response) <= 120 and "\x00" not in response
    return Event(response, told["leadAction"], at) if is_named else None
