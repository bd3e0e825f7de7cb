"""Ten weights and four cut-offs as somebody sets them: what is wrong with them, and how they are brought to 100; pure.

>>> even = Weighting((12, 12, *[10] * 7, 4))
>>> even.left, even.said
(2, 'The weights add up to 98: 2 are left.')
>>> even.balanced().weights
(13, 13, 10, 10, 10, 10, 10, 10, 10, 4)
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from scoring.rulebook import CUTS, GRADES, KEYS, LABELS, WEIGHTS

CUT_KEYS = ("cut_a_plus", "cut_a", "cut_b", "cut_c")
CUT_LABELS = dict(zip(CUT_KEYS, GRADES, strict=False))
ALL = 100


@dataclass(frozen=True, slots=True)
class Weighting:
    """`weights` in the order of FACTORS, `cuts` the least totals of A+, A, B and C; they need not be valid yet."""

    weights: tuple[int, ...] = WEIGHTS
    cuts: tuple[int, int, int, int] = CUTS

    @classmethod
    def from_json(cls, data: Mapping[str, Any], base: Self | None = None) -> Self:
        """Reads `{"weights": {"potential": 20}, "cuts": {"A": 72}}`; what is not named is as in `base`. ValueError."""
        if strangers := [str(key) for key in data if key not in ("weights", "cuts")]:
            raise ValueError(f"There is no “{strangers[0]}” in a profile. It names: weights, cuts.")
        start = base or cls()
        weights, cuts = _numbers(data, "weights", KEYS), _numbers(data, "cuts", GRADES[:-1])
        return cls(
            tuple(weights.get(key, start.weights[place]) for place, key in enumerate(KEYS)),
            _four(cuts.get(grade, start.cuts[place]) for place, grade in enumerate(GRADES[:-1])),
        )

    def to_json(self) -> dict[str, dict[str, int]]:
        return {
            "weights": dict(zip(KEYS, self.weights, strict=True)),
            "cuts": dict(zip(GRADES, self.cuts, strict=False)),
        }

    def columns(self) -> dict[str, int]:
        """By the names of a profile's columns."""
        return dict(zip((*KEYS, *CUT_KEYS), (*self.weights, *self.cuts), strict=True))

    @property
    def left(self) -> int:
        """What is missing from 100; below 0, what is too much."""
        return ALL - sum(self.weights)

    @property
    def said(self) -> str:
        """The sum in one sentence."""
        if not self.left:
            return "The weights add up to 100."
        verb = "" if self.left < 0 else "is " if self.left == 1 else "are "
        number, _, rest = self.rest.partition(" ")
        return f"The weights add up to {sum(self.weights)}: {number} {verb}{rest}."

    @property
    def rest(self) -> str:
        """What is missing from 100 or too much: "2 left", "25 too many"; of 100 "0 left"."""
        return f"{self.left} left" if self.left >= 0 else f"{-self.left} too many"

    def problems(self) -> tuple[str, ...]:
        """What must be mended before leads can be scored by it, in sentences."""
        found = [] if not self.left else [self.said]
        if not all(0 <= weight <= ALL for weight in self.weights):
            found.append("Each weight is a whole number from 0 to 100.")
        if not ALL >= self.cuts[0] > self.cuts[1] > self.cuts[2] > self.cuts[3] > 0:
            found.append("The cut-offs must fall from A+ to C, within 1 to 100.")
        return tuple(found)

    def balanced(self, kept: Collection[str] = ()) -> Weighting:
        """The weights brought to 100 in proportion. Those `kept` stay, unless they alone leave no way to do so."""
        free = [place for place, key in enumerate(KEYS) if key not in kept] or list(range(len(KEYS)))
        fixed = sum(weight for place, weight in enumerate(self.weights) if place not in free)
        if fixed > ALL:
            return self.balanced()
        weights = list(self.weights)
        for place, share in zip(free, _shared(ALL - fixed, [weights[place] for place in free]), strict=True):
            weights[place] = share
        return replace(self, weights=tuple(weights))

    def changed_from(self, other: Weighting) -> list[str]:
        """The keys of the factors whose weights differ."""
        return [key for key, mine, theirs in zip(KEYS, self.weights, other.weights, strict=True) if mine != theirs]

    def difference(self, other: Weighting) -> list[tuple[str, int, int]]:
        """(what, before, now) for each weight and cut-off that `other` changes."""
        names = [*LABELS.values(), *(f"{grade} from" for grade in GRADES[:-1])]
        pairs = zip(names, (*self.weights, *self.cuts), (*other.weights, *other.cuts), strict=True)
        return [each for each in pairs if each[1] != each[2]]


def _shared(total: int, parts: list[int]) -> list[int]:
    """A whole number shared in the proportion of the parts, by largest remainder; evenly where all are 0."""
    whole = sum(parts)
    if not whole:
        parts, whole = [1] * len(parts), len(parts)
    shares = [divmod(total * part, whole) for part in parts]
    rest = total - sum(share for share, _ in shares)
    most = sorted(range(len(parts)), key=lambda place: (-shares[place][1], place))[:rest]
    return [share + (place in most) for place, (share, _) in enumerate(shares)]


def _numbers(data: Mapping[str, Any], name: str, known: Collection[str]) -> dict[str, int]:
    stated = data.get(name, {})
    if not isinstance(stated, Mapping) or not all(type(number) is int for number in stated.values()):
        raise ValueError(f'“{name}” names whole numbers, such as {{"{next(iter(known))}": 20}}.')
    if strangers := [str(key) for key in stated if key not in known]:
        raise ValueError(f"“{name}” does not know {', '.join(strangers)}. It knows: {', '.join(known)}.")
    return dict(stated)


def _four(numbers: Any) -> tuple[int, int, int, int]:
    first, second, third, fourth = numbers
    return first, second, third, fourth
