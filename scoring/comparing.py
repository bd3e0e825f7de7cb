"""Two versions of a profile beside each other: weights, cut-offs, averages and the ideal customer in words; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scoring.ideal import IdealCustomer
from scoring.models import Profile
from scoring.profiles import cuts_of, weights_of
from scoring.rulebook import EXPECTED, FACTORS, GRADES
from scoring.wording import described


@dataclass(frozen=True, slots=True)
class Line:
    """One thing as both versions have it, in words."""

    label: str
    one: str
    other: str

    @property
    def differs(self) -> bool:
        return self.one != self.other


@dataclass(frozen=True, slots=True)
class Comparison:
    """`averages` are what unknown factors count, in per cent."""

    weights: tuple[Line, ...]
    cuts: tuple[Line, ...]
    ideal: tuple[Line, ...]
    averages: tuple[Line, ...]

    @property
    def differences(self) -> int:
        return sum(line.differs for part in (self.weights, self.cuts, self.ideal, self.averages) for line in part)

    def to_json(self) -> dict[str, Any]:
        """What differs, as {part: {label: [one, other]}}."""
        parts = {"weights": self.weights, "cuts": self.cuts, "ideal": self.ideal, "averages": self.averages}
        return {
            name: {line.label: [line.one, line.other] for line in part if line.differs} for name, part in parts.items()
        }


def compared(one: Profile, other: Profile) -> Comparison:
    """Both versions, the first one first."""
    labels = [factor.label for factor in FACTORS]
    ideals = [dict(described(IdealCustomer.from_json(each.ideal))) for each in (one, other)]
    named = list(dict.fromkeys([*ideals[0], *ideals[1]]))
    return Comparison(
        weights=_lines(labels, weights_of(one), weights_of(other)),
        cuts=_lines([f"{grade} from" for grade in GRADES[:-1]], cuts_of(one), cuts_of(other)),
        ideal=tuple(Line(label, ideals[0].get(label, "open"), ideals[1].get(label, "open")) for label in named),
        averages=_lines(labels, _percents(one), _percents(other)),
    )


def _percents(profile: Profile) -> list[str]:
    return [f"{100 * value:.0f} %" for value in profile.expected or EXPECTED]


def _lines(labels: list[str], ones: Any, others: Any) -> tuple[Line, ...]:
    return tuple(Line(label, str(a), str(b)) for label, a, b in zip(labels, ones, others, strict=True))
