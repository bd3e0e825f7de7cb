"""Rules that are given as JSON: weights, cut-offs, ideal customer, expected values, outcomes and prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from leads.criteria import Criteria, InvalidCriteria
from leads.vocabulary import industries, zones
from scoring.given.fields import Reader, fields_of, list_of, number, text, whole
from scoring.given.mistakes import Mistake
from scoring.ideal import IdealCustomer
from scoring.rulebook import CUTS, EXPECTED, GRADES, KEYS, WEIGHTS, Closed, ScoringProfile

PRICED = ("email_check", "phone_check", "profile", "company_facts")
MOST_LEADS = 10**9


@dataclass(frozen=True, slots=True)
class GivenRules:
    """Rules with their name; `prices` are credits by kind, empty where none are given."""

    name: str
    rulebook: ScoringProfile
    prices: Mapping[str, Decimal] = field(default_factory=dict)


def given_rules(data: Any) -> GivenRules:
    """The rules of a JSON object; what it leaves out is as in the built-in default. Raises Mistake.

    >>> given_rules({"weights": {"potential": 20, "engagement": 7}}).rulebook.weights[:2]
    (20, 7)
    """
    readers: dict[str, Reader[Any]] = {
        "name": text,
        "weights": _weights,
        "cuts": _cuts,
        "ideal": given_ideal,
        "expected": _expected,
        "home": _home,
        "closed": _closed,
        "prices": _prices,
    }
    told = fields_of(data, readers)
    rulebook = ScoringProfile(
        weights=told.get("weights", WEIGHTS),
        cuts=told.get("cuts", CUTS),
        ideal=told.get("ideal", IdealCustomer()),
        expected=told.get("expected", EXPECTED),
        home=told.get("home", ""),
        closed=told.get("closed", {}),
    )
    return GivenRules(told.get("name", "given"), rulebook, told.get("prices", {}))


def given_ideal(value: Any) -> IdealCustomer:
    """The ideal customer in the JSON form of criteria, in standard terms."""
    try:
        return IdealCustomer().filled_by(Criteria.from_json(value))
    except InvalidCriteria as error:
        name, sentence = next(iter(error.errors.items()))
        raise Mistake(sentence.rstrip("."), (name,)) from None


def _weights(value: Any) -> tuple[int, ...]:
    told = fields_of(value, {key: whole(0, 100) for key in KEYS})
    weights = tuple(told.get(key, weight) for key, weight in zip(KEYS, WEIGHTS, strict=True))
    if sum(weights) != 100:
        raise Mistake(f"the ten weights add up to {sum(weights)}, not to 100")
    return weights


def _cuts(value: Any) -> tuple[int, ...]:
    told = fields_of(value, {grade: whole(1, 100) for grade in GRADES[:-1]})
    cuts = tuple(told.get(grade, cut) for grade, cut in zip(GRADES, CUTS, strict=False))
    if sorted(set(cuts), reverse=True) != list(cuts):
        raise Mistake(f"the least totals must fall from A+ to C, but are {', '.join(map(str, cuts))}")
    return cuts


def _expected(value: Any) -> tuple[float, ...]:
    told = fields_of(value, {key: number(0, 1) for key in KEYS})
    return tuple(told.get(key, usual) for key, usual in zip(KEYS, EXPECTED, strict=True))


def _home(value: Any) -> str:
    """Where the team works: a time zone, country, state or city, or several of them."""
    terms = list_of(text)(value) if isinstance(value, list) else tuple(text(value).split(";"))
    for term in terms:
        if not zones.zones_of_home(term):
            raise Mistake(f"“{term.strip()}” is no place or time zone that is known")
    return "; ".join(term.strip() for term in terms)


def _closed(value: Any) -> dict[str, Closed]:
    """How many leads were won of how many closed, by industry."""
    counted: dict[str, Reader[Any]] = {"won": whole(0, MOST_LEADS), "closed": whole(1, MOST_LEADS)}
    if not isinstance(value, dict):
        raise Mistake("it must be an object of industries")
    found = {}
    for name, item in value.items():
        industry = industries.find(name)
        if industry is None:
            raise Mistake("is no industry that is known", (name,))
        try:
            told = fields_of(item, counted, needed=("won", "closed"))
        except Mistake as mistake:
            raise mistake.within(name) from None
        if told["won"] > told["closed"]:
            raise Mistake("more were won than closed", (name,))
        found[industry.code] = Closed(told["won"], told["closed"])
    return found


def _prices(value: Any) -> dict[str, Decimal]:
    told = fields_of(value, {kind: number(0, 1e6) for kind in PRICED})
    return {kind: Decimal(str(amount)).quantize(Decimal("0.01")) for kind, amount in told.items()}
