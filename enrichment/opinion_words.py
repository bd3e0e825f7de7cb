"""What providers said of an address, in words, and what that cost there. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from leadengine.wording import amount, plural

Entries = Iterable[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class OutsideCost:
    """One provider in a receipt: how often it was asked, and what it charged, in credits of its own.

    `possible`: what it may have charged besides, for questions that had no answer.
    """

    title: str
    asked: int
    credits: Decimal
    possible: Decimal = Decimal(0)

    def to_json(self) -> dict[str, Any]:
        told = {"provider": self.title, "asked": self.asked, "provider_credits": float(self.credits)}
        return told | {"possible_credits": float(self.possible)}

    def __str__(self) -> str:
        """
        >>> str(OutsideCost("Acme", 3, Decimal(2), Decimal(1)))
        '2 Acme credits, and up to 1 more that may have been charged'
        """
        charged = f"{amount(self.credits)} {self.title} {plural(self.credits, 'credit')}"
        doubt = f", and up to {amount(self.possible)} more that may have been charged" if self.possible else ""
        return charged + doubt


def opinions(entries: Entries) -> Sequence[tuple[str, str]]:
    """Each provider with what came of it.

    >>> opinions([{"title": "ZeroBounce", "status": "invalid", "sub_status": "mailbox_not_found", "credits": "1"}])
    [('ZeroBounce', 'invalid, mailbox not found · 1 ZeroBounce credit')]
    """
    return [(each["title"], each["left_out"] if "left_out" in each else _words(each)) for each in entries]


def costs(entries: Entries) -> tuple[OutsideCost, ...]:
    """By provider, in the order in which they come; what was at hand already was not asked."""
    found: dict[str, OutsideCost] = {}
    for each in entries:
        if each.get("is_kept") or ("left_out" in each and "possible" not in each):
            continue
        before = found.get(each["title"], OutsideCost(each["title"], 0, Decimal(0)))
        credits = before.credits + Decimal(each.get("credits", 0))
        possible = before.possible + Decimal(each.get("possible", 0))
        found[each["title"]] = OutsideCost(before.title, before.asked + 1, credits, possible)
    return tuple(found.values())


def _words(entry: Mapping[str, Any]) -> str:
    said = ", ".join(str(entry[name]).replace("_", " ") for name in ("status", "sub_status") if entry.get(name))
    if entry.get("is_kept"):
        return f"{said} · known from before"
    return f"{said} · {OutsideCost(entry['title'], 1, Decimal(entry['credits']))}"
