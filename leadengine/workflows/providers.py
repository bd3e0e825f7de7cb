"""All providers that a key can be entered for: those who find leads, and those who are asked about one address or number."""

from __future__ import annotations

from enrichment.providers.registry import CHECKERS
from leads.providers.shown import Shown
from leads.sources import registry


def installed() -> dict[str, Shown]:
    """By name, in the order in which people see them; whoever does both is shown as who finds leads."""
    found = registry.by_provider()
    return {**found, **{name: each for name, each in CHECKERS.items() if name not in found}}
