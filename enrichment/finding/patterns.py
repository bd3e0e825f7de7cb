"""How a company builds its addresses: eighteen patterns, and which it is, learnt from addresses that are known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from enrichment.finding.spellings import family_spellings, given_spellings

# The share of companies with each pattern, before anything is known of one; {f} and {l} are first letters.
PRIORS: Mapping[str, float] = {
    "{first}.{last}": 0.36, "{f}{last}": 0.17, "{first}": 0.13, "{f}.{last}": 0.06, "{first}{last}": 0.06,
    "{first}{l}": 0.05, "{first}_{last}": 0.025, "{last}": 0.03, "{last}.{first}": 0.02, "{last}{f}": 0.02,
    "{first}.{l}": 0.02, "{first}-{last}": 0.015, "{last}{first}": 0.01, "{f}{l}": 0.01, "{last}.{f}": 0.006,
    "{f}_{last}": 0.006, "{l}{first}": 0.004, "{last}_{first}": 0.004,
}  # fmt: skip
MISFIT = 0.005  # that an address is built unlike its company's others
MOST_GUESSES = 8


@dataclass(frozen=True, slots=True)
class Person:
    """Who is looked for, as a source writes the name."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Known:
    """An address of a colleague, with the name it belongs to."""

    person: Person
    local: str


@dataclass(frozen=True, slots=True)
class Guess:
    """A likely local part, the pattern it follows, and how likely it is that the address is this one (0..1)."""

    local: str
    pattern: str
    confidence: float


def fill(pattern: str, first: str, last: str) -> str:
    """ "{f}{last}" with ada, byron -> "abyron"; "" where a half that is needed is missing."""
    needs_first, needs_last = "{first}" in pattern or "{f}" in pattern, "{last}" in pattern or "{l}" in pattern
    if (needs_first and not first) or (needs_last and not last):
        return ""
    return pattern.format(first=first, last=last, f=first[:1], l=last[:1])


def learn(known: Iterable[Known], *, country: str = "") -> dict[str, float]:
    """The patterns' shares at one company by Bayes: each known address multiplies those it fits.

    One "ada.byron" makes {first}.{last} all but certain; a second, different one makes both likely.
    """
    shares = dict(PRIORS)
    for each in known:
        chances = {pattern: _chance(pattern, each, country) for pattern in shares}
        if max(chances.values()) <= MISFIT:
            continue  # built like nothing we know (a nickname, a number): it teaches nothing
        shares = {pattern: share * chances[pattern] for pattern, share in shares.items()}
        whole = sum(shares.values())
        shares = {pattern: share / whole for pattern, share in shares.items()}
    whole = sum(shares.values())
    return {pattern: share / whole for pattern, share in sorted(shares.items(), key=lambda item: -item[1])}


def confirmed(known: Iterable[Known], pattern: str, *, country: str = "") -> int:
    """How many known addresses follow the pattern."""
    return sum(fits(pattern, each, country=country) for each in known)


def guesses(person: Person, shares: Mapping[str, float], *, country: str = "", most: int = MOST_GUESSES) -> list[Guess]:
    """The likeliest local parts, best first: every pattern with every spelling of the name, their chances multiplied."""
    firsts = given_spellings(person.first, country=country) if person.first.strip() else {"": 1.0}
    lasts = family_spellings(person.last, country=country) if person.last.strip() else {"": 1.0}
    found: dict[str, Guess] = {}
    for pattern, share in shares.items():
        for first, of_first in firsts.items():
            for last, of_last in lasts.items():
                if local := fill(pattern, first, last):
                    before = found.get(local)
                    confidence = share * of_first * of_last + (before.confidence if before else 0)
                    found[local] = Guess(local, before.pattern if before else pattern, confidence)
    return sorted(found.values(), key=lambda each: (-each.confidence, each.local))[:most]


def fits(pattern: str, known: Known, *, country: str = "") -> bool:
    """Whether the address is that person's by the pattern."""
    firsts = given_spellings(known.person.first, country=country) if known.person.first.strip() else {"": 1.0}
    lasts = family_spellings(known.person.last, country=country) if known.person.last.strip() else {"": 1.0}
    return any(fill(pattern, first, last) == known.local.lower() for first in firsts for last in lasts)


def _chance(pattern: str, known: Known, country: str) -> float:
    """How likely the known address is, if the company follows the pattern."""
    return 1 - MISFIT if fits(pattern, known, country=country) else MISFIT
