"""How long something has been so, in as few letters as can be: for places without room for "3 days ago"."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
STEPS = ((365 * 86_400, "y"), (60 * 86_400, "mo"), (86_400, "d"), (3_600, "h"), (60, "min"))
MONTH = 30 * 86_400


def short_age(seconds: float) -> str:
    """Seconds as "now", "5 min", "3 h", "16 d", "4 mo" or "2 y"."""
    size, unit = next(((size, unit) for size, unit in STEPS if seconds >= size), (0, ""))
    if not unit:
        return "now"
    return f"{int(seconds // (MONTH if unit == 'mo' else size))} {unit}"


@register.simple_tag
def age(since: datetime) -> SafeString:
    """The time since then, with the full date as its title."""
    local = timezone.localtime(since)
    return format_html(
        '<time datetime="{}" title="Since {}">{}</time>',
        since.isoformat(timespec="seconds"),
        date_format(local, "j F Y, H:i"),
        short_age((timezone.now() - since).total_seconds()),
    )
