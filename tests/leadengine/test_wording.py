"""Numbers, times and names read as a person would write them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from leadengine.wording import amount, cut, in_credits, initials, plural, relative, signed

NOW = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (Decimal("1840.00"), "1,840"),
        (Decimal("0.50"), "0.5"),
        (Decimal("12.25"), "12.25"),
        (Decimal("-3.00"), "−3"),
        (Decimal("-0.00"), "0"),
        (Decimal("100"), "100"),
        (Decimal("1E+3"), "1,000"),
    ],
    ids=str,
)
def test_amount_keeps_two_places_at_most(value, text):
    assert amount(value) == text


@pytest.mark.parametrize(("value", "text"), [(1, "credit"), (0, "credits"), (Decimal("0.5"), "credits")], ids=str)
def test_plural_follows_the_number(value, text):
    assert plural(value, "credit") == text


@pytest.mark.parametrize(("value", "text"), [(1, "1 credit"), (Decimal("1840.50"), "1,840.5 credits")], ids=str)
def test_credits_have_their_unit(value, text):
    assert in_credits(value) == text


@pytest.mark.parametrize(
    ("ago", "text"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=60), "1 min ago"),
        (timedelta(minutes=59, seconds=59), "59 min ago"),
        (timedelta(hours=2), "2 h ago"),
        (timedelta(days=29), "29 d ago"),
        (timedelta(days=30), "3 Apr 2026"),
        (-timedelta(hours=2), "in 2 h"),
        (-timedelta(days=40), "12 Jun 2026"),
    ],
    ids=str,
)
def test_relative_names_the_largest_whole_unit(ago, text):
    assert relative(NOW - ago, NOW) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ana Novak", "AN"),
        ("Tomáš van der Beneš", "TB"),
        ("ana.novak@sample.example", "AN"),
        ("Cher", "C"),
        ("Marrow & Pine", "MP"),
        ("李 明", "李明"),
        ("", "?"),
        ("&", "?"),
    ],
)
def test_initials_take_first_and_last_word(name, text):
    assert initials(name) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [("short", "short"), ("ten letters", "ten…"), ("in places, too", "in places…"), ("unbreakableword", "unbreakab…")],
)
def test_cut_ends_with_a_word(text, expected):
    assert cut(text, 10) == expected


@pytest.mark.parametrize(("value", "said"), [(7, "+7"), (-2, "−2"), (-1200, "−1,200"), (0, "+0")])
def test_step_shows_its_sign(value: int, said: str):
    assert signed(value) == said
