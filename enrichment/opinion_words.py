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
    """One provider in a receipt: how often it was asked, and what it charged, in credits of its own."""

    title: str
    asked: int
    credits: Decimal

    def to_json(self) -> dict[str, Any]:
        return {"provider": self.title, "asked": self.asked, "provider_credits": float(self.credits)}

    def __str__(self) -> str:
        return f"{amount(self.credits)} {self.title} {plural(self.credits, 'credit')}"


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
        if "left_out" in each or each.get("is_kept"):
            continue
        before = found.get(each["title"], OutsideCost(each["title"], 0, Decimal(0)))
        found[each["title"]] = OutsideCost(before.title, before.asked + 1, before.credits + Decimal(each["credits"]))
    return tuple(found.values())


def _words(entry: Mapping[str, Any]) -> str:
    said = ", ".join(str(entry[name]).replace("_", " ") for name in ("status", "sub_status") if entry.get(name))
    if entry.get("is_kept"):
        return f"{said} · known from before"
    return f"{said} · {OutsideCost(entry['title'], 1, Decimal(entry['credits']))}"
