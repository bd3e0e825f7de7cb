"""What the templates of the list of leads need: its URLs with one thing changed, and the heads of its columns."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone

from leads.columns import Column
from leads.fact_words import signal_detail
from leads.listing import STALE_AFTER
from leads.models import EmailStatus, SignalKind

register = template.Library()
SORT_WORDS = {
    "score": "Best score first",
    "-score": "Lowest score first",
    "name": "By contact, A to Z",
    "-name": "By contact, Z to A",
    "company": "By company, A to Z",
    "-company": "By company, Z to A",
    "added": "Newest first",
    "-added": "Oldest first",
    "changed": "Last changed first",
    "-changed": "Longest unchanged first",
}
DESCENDING = {"score", "added", "changed", "-name", "-company"}


@register.simple_tag
def list_url(browsing: Any, **changes: Any) -> str:
    """The list as it is but for the changes; `None` or "" takes a part away."""
    return str(browsing.url(**changes))


@register.inclusion_tag("leads/_sort_column.html")
def sort_column(browsing: Any, column: Column) -> dict[str, Any]:
    """The head of a column; the second click on one that sorts turns the order round."""
    is_sorted = bool(column.sort) and browsing.sort.lstrip("-") == column.sort
    direction = "descending" if browsing.sort in DESCENDING else "ascending"
    other = f"-{column.sort}" if browsing.sort == column.sort else column.sort
    return {
        "column": column,
        "direction": direction if is_sorted else "",
        "url": browsing.url(sort=other) if column.sort else "",
    }


@register.simple_tag
def sort_words(sort: str) -> str:
    """The order in words, as the list's heading says it."""
    return SORT_WORDS[sort]


@register.simple_tag
def signal_lines(kind: str, detail: str) -> tuple[str, str]:
    """A signal on two short lines: ("Growing", "+38 % in a year"), and ("Hiring", "in IT") where it is said again."""
    label = str(SignalKind(kind).label)
    rest = signal_detail(kind, detail).replace(" employees in twelve months", " in a year")
    return label, rest[len(label) :].strip() if rest.lower().startswith(label.lower()) else rest


@register.filter
def stale_since(lead: Any) -> datetime | None:
    """When anything known of the lead was last confirmed, by a source or a check of its address, if that was 90 days ago.

    Needs the annotations of `listing.rows`.
    """
    checked = None if lead.email_verdict == EmailStatus.UNCHECKED else lead.email_checked_at
    confirmed: datetime = max(filter(None, (lead.seen_at, checked)), default=lead.created_at)
    return confirmed if timezone.now() - confirmed > STALE_AFTER else None
