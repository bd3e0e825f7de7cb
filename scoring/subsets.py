"""Scores that were made apart, put together again; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from scoring.columns import Codes
from scoring.engine import Scores


def together(parts: Sequence[tuple[Codes, Scores]], n: int) -> Scores:
    """The scores of n leads from parts, each with the rows that it is about; every row is in exactly one part."""
    columns = {each.name: getattr(parts[0][1], each.name) for each in fields(Scores) if each.name != "grade"}
    joined = {name: np.zeros((n, *column.shape[1:]), dtype=column.dtype) for name, column in columns.items()}
    grades = [""] * n
    for rows, scores in parts:
        for name, column in joined.items():
            column[rows] = getattr(scores, name)
        for row, grade in zip(rows.tolist(), scores.grade, strict=True):
            grades[row] = grade
    return Scores(**joined, grade=grades)
