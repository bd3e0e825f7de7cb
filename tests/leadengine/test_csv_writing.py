"""Files for spreadsheets: text is never a formula, numbers stay numbers."""

import csv
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadengine.csv_writing import Plain, csv_lines, neutral, restored
from tests.fakes.naughty import NAUGHTY


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+49 1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1"),
        *(
            "\uff1d1+1",
            "\uff0b1",
            "\uff0d1",
            "\uff20SUM(A1)",
            "|cmd",
            "%0a=1",
            "\x00=1",
            "\u00a0=1+1",
            "\u3000=1",
            "\ufeff=1",
        ),
        *("'=1", "''=1", "\tplain", "-"),
    ],
)
def test_text_that_starts_a_formula_is_neutralised(text: str) -> None:
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("'t Hooft", "'t Hooft"),
        ("Ana", "Ana"),
        ("a=b", "a=b"),
        ("", ""),
        (None, ""),
        (3, "3"),
        (Decimal("-1.50"), "-1.50"),
    ],
)
def test_anything_else_stays(cell, written: str) -> None:
    assert neutral(cell) == written


def test_text_that_is_known_to_be_harmless_stays() -> None:
    assert neutral(Plain("+4930123456")) == "+4930123456"


def test_lines_are_read_back_as_they_were() -> None:
    lines = list(csv_lines(("Who", "Note"), [("Ana, Novak", 'say "no"\nnow'), ("Łukasz", "")]))

    assert lines[0].startswith("\ufeff")
    read = list(csv.reader("".join(lines).removeprefix("\ufeff").splitlines(keepends=True)))
    assert read == [["Who", "Note"], ["Ana, Novak", 'say "no"\nnow'], ["Łukasz", ""]]


SIGNS = st.sampled_from(list("=+-@|%'\"\t\r\n \u00a0\u3000\ufeff\x00\uff1d\uff0b\uff0d\uff20a1,;"))


@settings(max_examples=500)
@given(st.text(SIGNS, max_size=8) | st.text(max_size=30) | st.sampled_from(NAUGHTY))
def test_text_comes_back_as_it_was(text: str) -> None:
    assert restored(neutral(text)) == text


@settings(max_examples=500)
@given(st.text(SIGNS, max_size=8) | st.text(max_size=30) | st.sampled_from(NAUGHTY))
def test_text_that_was_made_neutral_is_no_formula(text: str) -> None:
    shown = unicodedata.normalize("NFKC", neutral(text)).lstrip(" \u200b\ufeff")

    assert not shown.startswith(("=", "+", "-", "@", "|", "%", "\t", "\r", "\n", "\x00"))
