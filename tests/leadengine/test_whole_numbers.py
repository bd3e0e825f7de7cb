"""Whole numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadengine.whole_numbers import whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1000", 1000),
        (" 1,000 ", 1000),
        ("1.000", 1000),
        ("1 000", 1000),
        ("1\u202f000", 1000),
        ("1'000'000", 1_000_000),
        ("12.345.678", 12_345_678),
        ("1.5", None),
        ("1,00", None),
        ("1.000,000", None),
        ("1.0000", None),
        ("-1", None),
        ("\u00b2", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_whole_number(text: str, number: int | None) -> None:
    assert whole_number(text) == number


@given(st.integers(0, 10**12), st.sampled_from([",", ".", " ", "'"]))
def test_grouped_by_any_sign_is_the_same(number: int, sign: str) -> None:
    assert whole_number(f"{number:,}".replace(",", sign)) == number


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_none(text: str) -> None:
    assert whole_number(text) is None or whole_number(text) >= 0
