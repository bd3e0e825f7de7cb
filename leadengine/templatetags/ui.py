"""The component tags: plain values in, finished HTML out. `/styleguide/` shows each of them."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from leadengine import charts, icons, linecharts, wording
from leadengine.forms import problems

register = template.Library()

_TONES = {"success": "good", "error": "bad", "warning": "warn", "info": "accent", "debug": "quiet"}
_TONE_ICONS = {
    "good": "circle-check",
    "bad": "triangle-alert",
    "warn": "triangle-alert",
    "accent": "info",
    "quiet": "info",
}


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, size: int = 16, *, spin: bool = False) -> SafeString:
    """A lucide icon as inline SVG, hidden from screen readers; an unknown name is an error."""
    return icons.svg(name, size, "spin" if spin else "")


@register.simple_tag
def grade(letter: str, score: int | None = None) -> SafeString:
    """A grade badge, always with its letter; with `score` (0..100) the number beside it."""
    badge = format_html(
        '<span class="grade {}"><span class="sr-only">Grade </span>{}</span>',
        charts.grade_class(letter),
        letter or "–",
    )
    return badge if score is None else format_html('<span class="graded">{} {}</span>', badge, score)


@register.simple_tag
def meter(percent: float, label: str, tone: str = "accent") -> SafeString:
    """A thin bar, 0..100, read out as "label: n %"."""
    return charts.meter(percent, label, tone=tone)


@register.simple_tag
def ring(score: int, letter: str) -> SafeString:
    """The score (0..100) in a ring of its grade's colour."""
    return charts.score_ring(score, letter)


@register.simple_tag
def grade_bar(counts: Mapping[str, int], *, is_estimate: bool = False) -> SafeString:
    """Grades as one stacked bar with a legend of letters and numbers; `is_estimate` writes `~` before each number."""
    return charts.grade_bar(counts, is_estimate=is_estimate)


@register.simple_tag
def grade_strip(counts: Mapping[str, int]) -> SafeString:
    """Grades as a bar alone, where the numbers stand beside it."""
    return charts.grade_strip(counts)


@register.simple_tag
def sparkline(values: list[float | None], label: str) -> SafeString:
    """A small line without axes, read out as its first and last value."""
    return linecharts.sparkline(values, label)


@register.simple_tag
def money(amount: Decimal | int, unit: str = "") -> str:
    """Credits as `1,840` or, with `unit="credit"`, `1,840 credits`."""
    text = wording.amount(amount)
    return f"{text} {wording.plural(amount, unit)}" if unit else text


@register.simple_tag
def when(moment: datetime | None) -> SafeString:
    """A relative time with the full date as its title; a dash for none."""
    if moment is None:
        return format_html('<span class="muted">{}<span class="sr-only">never</span></span>', "–")
    local = timezone.localtime(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(timespec="seconds"),
        date_format(local, "j F Y, H:i"),
        wording.relative(local, timezone.localtime()),
    )


@register.simple_tag
def avatar(name: str, shape: str = "") -> SafeString:
    """Initials of a person, or of a company with `shape="square"`; decoration, so hidden from screen readers."""
    return format_html('<span class="avatar {}" aria-hidden="true">{}</span>', shape, wording.initials(name))


@register.simple_tag
def tag(text: str, tone: str = "", icon_name: str = "") -> SafeString:
    """A small label; `tone` is good, warn, bad, accent or quiet."""
    picture = icon(icon_name, 13) if icon_name else ""
    return format_html('<span class="tag{}">{}{}</span>', f" tone-{tone}" if tone else "", picture, text)


@register.filter
def tone(level: str) -> str:
    """The tone of a Django message level."""
    return _TONES.get(level, "accent")


@register.filter
def named(names: Mapping[Any, str], key: Any) -> str:
    """The name that belongs to a key; empty for none."""
    return names.get(key, "")


@register.simple_block_tag
def alert(content: str, tone: str = "accent") -> SafeString:
    """A boxed remark with an icon; the words must carry the meaning."""
    role = SafeString(' role="alert"') if tone == "bad" else ""
    return format_html(
        '<div class="alert tone-{}"{}>{}<div>{}</div></div>', tone, role, icon(_TONE_ICONS[tone], 16), content
    )


@register.simple_block_tag
def empty_state(content: str, title: str, icon_name: str = "inbox", level: int = 2) -> SafeString:
    """What stands where a list would be: what this is, and one action in the content; `level` of the heading."""
    return format_html('<div class="empty">{0}<h{3}>{1}</h{3}>{2}</div>', icon(icon_name, 28), title, content, level)


@register.inclusion_tag("components/_error_summary.html")
def error_summary(form: BaseForm, *, takes_focus: bool = True) -> dict[str, Any]:
    """All errors of a form, each linking to its field; nothing for a valid or unbound form.

    Without `takes_focus` for a region that is renewed while somebody types: the cursor stays where it is.
    """
    return {"problems": problems(form), "takes_focus": takes_focus}


@register.inclusion_tag("components/_pager.html", takes_context=True)
def pager(context: template.Context, page: Page, target: str = "", ids: str = "") -> dict[str, Any]:
    """Previous and next, keeping the query string; `target` (a selector) lets htmx swap only that region.

    `ids` begins the ids of both links: where the region renews itself, the focus stays on what has one.
    """
    query: QueryDict = context["request"].GET
    return {
        "first": page.start_index(),
        "last": page.end_index(),
        "total": page.paginator.count,
        "number": page.number,
        "pages": page.paginator.num_pages,
        "previous": _page_url(query, page.previous_page_number()) if page.has_previous() else "",
        "next": _page_url(query, page.next_page_number()) if page.has_next() else "",
        "target": target,
        "ids": ids,
    }


def _page_url(query: QueryDict, number: int) -> str:
    changed = query.copy()
    changed["page"] = str(number)
    return f"?{changed.urlencode()}"
