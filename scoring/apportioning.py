"""A whole change shared among what made it, so that the parts add up and nothing is blamed for a rounding; pure."""

from __future__ import annotations

from collections.abc import Sequence
from math import trunc


def apportioned(whole: int, exact: Sequence[int], unit: int) -> list[int]:
    """Whole parts that add up to `whole`, from exact ones that are counted in units of which `unit` make one.

    Each part is its exact one without the fraction; what is then left of the whole goes, one each, to the largest
    fractions in its direction, the larger part first where fractions are equal. So a part points the way of its exact one
    and differs from it by less than one, and fractions that cancel each other out leave no trace.

    >>> apportioned(0, [-3_000, 3_000], 10_000)
    [0, 0]
    >>> apportioned(3, [26_000, 6_000, 0], 10_000)
    [3, 0, 0]
    """
    parts = [trunc(part / unit) for part in exact]
    left = whole - sum(parts)
    way = 1 if left > 0 else -1
    fractions = [way * (part - unit * kept) for part, kept in zip(exact, parts, strict=True)]
    largest = sorted(range(len(exact)), key=lambda place: (-fractions[place], -abs(exact[place]), place))
    for place in [each for each in largest if fractions[each] > 0][: abs(left)]:
        parts[place] += way
    return parts
