"""Files for spreadsheets: text is never a formula, numbers stay numbers."""

import csv
from decimal import Decimal

import pytest

from leadengine.csv_writing import Plain, csv_lines, neutral


@pytest.mark.parametrize("text", ["=1+1", "+49 1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1"])
def test_text_that_starts_a_formula_is_neutralised(text: str) -> None:
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize(
    ("cell", "written"),
    [("Ana", "Ana"), ("a=b", "a=b"), ("", ""), (None, ""), (3, "3"), (Decimal("-1.50"), "-1.50")],
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
