"""When a run stops by itself, so that a bad search does not eat a budget overnight. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

DEFAULT_RULES: Mapping[str, Any] = {
    "after_found": 1000,
    "min_hit_percent": 1,
    "max_error_percent": 50,
    "max_cost_per_lead": None,
}


def automatic_stop(rules: Mapping[str, Any], *, found: int, delivered: int, errors: int, spent: Decimal) -> str | None:
    """The sentence with which a run stops, or None while it may go on.

    `after_found`: candidates before the rules are looked at; `min_hit_percent`: delivered per hundred found, at least;
    `max_error_percent`: unusable records per hundred found, at most; `max_cost_per_lead`: credits spent per delivered
    lead, at most (None: no such limit). A source that does not answer at all fails alone, with its lane.
    """
    rule = {**DEFAULT_RULES, **rules}
    if found < rule["after_found"]:
        return None
    if errors * 100 > found * rule["max_error_percent"]:
        return f"Stopped: {errors:,} of {found:,} records were unusable. Look at what the sources sent before going on."
    if delivered * 100 < found * rule["min_hit_percent"]:
        return f"Stopped: only {delivered:,} of {found:,} candidates could be delivered. Loosen the criteria and try again."
    most = rule["max_cost_per_lead"]
    if most is not None and delivered and spent / delivered > Decimal(str(most)):
        return f"Stopped: a lead cost {spent / delivered:.2f} credits on average, more than the {most} you allowed."
    return None
