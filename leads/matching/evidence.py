"""One line of evidence, and the result that lines add up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from leads.matching.weights import MERGE_FROM, REVIEW_FROM

Outcome = Literal["same", "grey", "different"]


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """What was seen, for people, and what it weighs in bits (above 0 speaks for "same")."""

    text: str
    bits: float


@dataclass(frozen=True, slots=True)
class MatchResult:
    """The sum of the lines, heaviest first, and what follows: grey is for a person to decide."""

    bits: float
    outcome: Outcome
    lines: tuple[EvidenceLine, ...]


def result(lines: Iterable[EvidenceLine]) -> MatchResult:
    """Adds up; the order in which lines were found does not matter."""
    ordered = tuple(sorted(lines, key=lambda line: (-abs(line.bits), line.text)))
    bits = round(sum(line.bits for line in ordered), 2)
    outcome: Outcome = "same" if bits >= MERGE_FROM else "grey" if bits >= REVIEW_FROM and ordered else "different"
    return MatchResult(bits, outcome, ordered)
