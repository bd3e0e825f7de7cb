"""The pieces that all charts share: captions, joined markup, and numbers as text and as positions."""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def caption(key: str, title: str, finding: str) -> SafeString:
    """Heading and one-sentence finding; the picture is labelled by both."""
    return format_html(
        '<figcaption><h2 id="{0}-title">{1}</h2><p id="{0}-finding">{2}</p></figcaption>', key, title, finding
    )


def join(pattern: str, rows: Iterable[Sequence[object]]) -> SafeString:
    """One piece of markup per row, escaped."""
    return format_html_join("", pattern, rows)


def leading(shape: SafeString, href: str) -> SafeString:
    """A shape that leads somewhere by pointer; by keyboard the number beside it does, or in the table behind."""
    return format_html('<a href="{}" tabindex="-1" aria-hidden="true">{}</a>', href, shape) if href else shape


def linked(text: object, href: str) -> SafeString:
    return format_html('<a class="link" href="{}">{}</a>' if href else "{1}", href, text)


def pct(value: float) -> str:
    """A position or length for an SVG attribute."""
    return f"{value:.2f}%"


def share(part: float, whole: float) -> str:
    """A part of a whole in whole per cent; a dash when there is no whole."""
    return f"{100 * part / whole:.0f} %" if whole else "–"


def number(value: float) -> str:
    """Thousands separated, at most one decimal, a real minus sign."""
    return f"{value:,.1f}".removesuffix(".0").replace("-", "−")


def compact(value: float) -> str:
    """A number that fits on an axis: `950`, `12k`, `3.4M`, `9.9bn`, `1.5tn`, and `2e+18` beyond."""
    size = abs(value)
    if size >= 1e15:
        return f"{value:.2g}".replace("-", "−")
    for least, unit, letters in ((1e12, 1e12, "tn"), (1e9, 1e9, "bn"), (1e6, 1e6, "M"), (1e4, 1e3, "k")):
        if size >= least:
            return number(value / unit) + letters
    return number(value)
