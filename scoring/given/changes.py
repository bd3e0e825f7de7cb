"""What a step changes, in the JSON form of given facts: whoever applies it and scores again gets the total that it names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from scoring.columns import Email, Phone, Place, Position


def changes_of(
    facts: Mapping[str, Any], touches: tuple[str, ...], *, now: datetime, condemned: Collection[str] = ()
) -> dict[str, Any]:
    """Fields to put in the place of those that are there; `activities` are added to them.

    A number or address that was `condemned` by a call or a bounce is another one from now on.

    >>> changes_of({"has_profile": True}, (), now=now)
    {'profile': True}
    """
    told: dict[str, Any] = {}
    for name, value in facts.items():
        told |= FIELDS[name](value)
    for name in told.keys() & set(condemned):
        told[name] |= {"since": now.isoformat()}
    if touches:
        told["activities"] = [_activity(kind, now) for kind in touches]
    return told


def _activity(kind: str, now: datetime) -> dict[str, str]:
    base, _, outcome = kind.partition("_")
    told = {"kind": "call", "outcome": outcome} if base == "call" and outcome else {"kind": kind}
    return told | {"at": now.isoformat()}


def _position(position: Position) -> dict[str, str]:
    named = {"title": position.title, "seniority": position.seniority, "department": position.department}
    return {name: value for name, value in named.items() if value}


def _place(place: Place) -> dict[str, str | None]:
    return {"country": place.country, "region": place.region or None, "city": place.city or None}


def _email(email: Email) -> dict[str, Any]:
    told: dict[str, Any] = {"status": email.status, "reason": email.reason, "flags": email.flags.split(",")}
    told["flags"] = [each for each in told["flags"] if each]
    measured = {"deliverability": email.deliverability, "domain_reputation": email.reputation}
    of_100 = {name: round(value * 100, 6) for name, value in measured.items() if value is not None}
    return {"email": {name: value for name, value in told.items() if value} | of_100}


def _phone(phone: Phone) -> dict[str, Any]:
    return {"phone": {"type": phone.kind, "valid": phone.is_valid}}


FIELDS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "email": _email,
    "phone": _phone,
    "position": _position,
    "place": _place,
    "industry": lambda code: {"industry": code},
    "technologies": lambda names: {"technologies": list(names)},
    "employees": lambda number: {"employees": number},
    "revenue": lambda number: {"revenue_usd": number},
    "has_profile": lambda has: {"profile": has},
}
