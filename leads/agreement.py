"""Whether two values of one fact agree: another spelling, or a number within a range, contradicts nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import inf
from typing import TypeVar

from leads.identity import domain_key, linkedin_company_slug, linkedin_slug
from leads.names import fold
from leads.vocabulary import industries, places, sizes

Said = TypeVar("Said")


def agree(field: str, one: str, other: str) -> bool:
    """Whether both can be true of one lead, in words or as they are stored.

    >>> agree("company.employees_min", "57 people", "51–200 people")
    True
    >>> agree("title", "CTO", "CIO")
    False
    """
    judge = JUDGES.get(field.rpartition(".")[2])
    return _text(one) == _text(other) or (judge is not None and judge(one, other))


def contradicting(used: Said, others: Iterable[Said], are_alike: Callable[[Said, Said], bool]) -> list[Said]:
    """Of what others say those that agree neither with what is in use nor, one after the other, with each other."""
    found: list[Said] = []
    for each in others:
        if not any(are_alike(held, each) for held in (used, *found)):
            found.append(each)
    return found


def phone_tail(number: str) -> str:
    """The digits by which two spellings of one number meet, with or without its country's code."""
    return "".join(filter(str.isdigit, number))[-8:]


def _text(value: str) -> str:
    return " ".join(fold(value).split())


def _sizes(one: str, other: str) -> bool:
    return _one_holds_other(sizes.parse(one), sizes.parse(other))


def _revenues(one: str, other: str) -> bool:
    first, second = (sizes.parse(each.replace("US$", "")) for each in (one, other))
    return _one_holds_other(first, second)


def _one_holds_other(one: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> bool:
    if (None, None) in (one, other):
        return False
    (a, b), (c, d) = ((low or 0, inf if high is None else high) for low, high in (one, other))
    return (a <= c and d <= b) or (c <= a and b <= d)


def _industries(one: str, other: str) -> bool:
    first, second = industries.find(one), industries.find(other)
    return first is not None and second is not None and industries.is_in_line(first.code, second.code)


def _places(one: str, other: str) -> bool:
    first, second = places.normalise(one), places.normalise(other)
    return bool(first and second) and (first == second or _is_in(first, second) or _is_in(second, first))


def _is_in(place: str, country: str) -> bool:
    """Whether it is a state or a city of that country."""
    return country in places.COUNTRIES and places.expand(place) == {country}


def _by(key: Callable[[str], str]) -> Callable[[str, str], bool]:
    return lambda one, other: bool(key(one)) and key(one) == key(other)


JUDGES: Mapping[str, Callable[[str, str], bool]] = {
    "phone": _by(phone_tail),
    "linkedin_url": _by(lambda url: linkedin_slug(url) or linkedin_company_slug(url)),
    "domain": _by(domain_key),
    "website": _by(domain_key),
    "employees_min": _sizes,
    "employees_max": _sizes,
    "employees": _sizes,
    "revenue_usd": _revenues,
    "industry": _industries,
    "country": _places,
    "region": _places,
    "city": _places,
}
