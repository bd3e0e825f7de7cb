"""Amounts, changes and shares of the dashboard as people read them; pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import sqrt

from leadengine.svg import compact, number
from leadengine.wording import in_credits, signed

Z = 1.96  # 95 in 100
WHOLE = 100  # times, from which on a tenth says nothing


def percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f} %"


def worth(value: Decimal, currency: str) -> str:
    """`186k EUR`; from 10,000 on in thousands."""
    return f"{compact(float(value))} {currency}"


def price(credits: Decimal, money: Decimal | None, currency: str) -> str:
    """In money where it is known what a credit costs, else in credits."""
    return in_credits(credits.quantize(Decimal("0.01"))) if money is None else f"{money:,.2f} {currency}"


def times(value: Decimal | None) -> str:
    """A return: `14.2×`, `−0.6×`."""
    if value is None:
        return "–"
    return f"{number(float(value) if abs(value) < WHOLE else round(value))}×"


def points(now: float, then: float) -> str:
    return f"{signed(round(now) - round(then))} pt"


def growth(now: float, then: float) -> str:
    """`+12 %`; empty where there was nothing to grow from."""
    return f"{signed(round(100 * (now - then) / then))} %" if then else ""


def interval(part: int, whole: int) -> tuple[int, int]:
    """Between which shares, in per cent, the true one is in 95 of 100 cases (Wilson).

    >>> interval(15, 50)
    (19, 44)
    """
    share, spread = part / whole, Z * Z / whole
    middle, half = share + spread / 2, Z * sqrt((share * (1 - share) + spread / 4) / whole)
    return round(100 * (middle - half) / (1 + spread)), round(100 * (middle + half) / (1 + spread))


def listed(names: Sequence[str], most: int = 6) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
