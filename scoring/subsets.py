"""Some of many leads: the facts of chosen rows, and scores that were made apart put together again; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np

from scoring.columns import Categories, Codes, Events, LeadFacts
from scoring.engine import Scores


def picked(facts: LeadFacts, rows: Codes) -> LeadFacts:
    """The facts of these rows, in their order."""
    columns = {each.name: getattr(facts, each.name) for each in fields(facts) if each.name != "now"}
    return replace(facts, **{name: _picked(column, rows, facts.n) for name, column in columns.items()})


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


def _picked(column: Any, rows: Codes, n: int) -> Any:
    if isinstance(column, Categories):
        some: Categories[Any] = Categories(())
        some.values, some.codes = column.values, column.codes[rows]
        return some
    if isinstance(column, Events):
        place = np.full(n, -1, dtype=np.intp)
        place[rows] = np.arange(len(rows))
        return Events(each._replace(row=int(place[each.row])) for each in column.all if place[each.row] >= 0)
    return column[rows]
