"""Numbers in a sentence: "50 to 200 people", "over 1,000 employees", "more than $10m revenue", "founded after 2015"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FACTORS = {"k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "mio": 10**6, "million": 10**6, "millions": 10**6}
_FACTORS |= {"b": 10**9, "bn": 10**9, "billion": 10**9}
_SPELLED = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_SPELLED |= {"ten": 10, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100, "a hundred": 100}
_SPELLED |= {f"{word} hundred": 100 * number for word, number in list(_SPELLED.items())[:9]}
_SPELLED |= {
    "a thousand": 1000,
    "one thousand": 1000,
    "two thousand": 2000,
    "five thousand": 5000,
    "ten thousand": 10000,
}
_MONEY = r"us\$|[$€£]|usd\s?|eur\s?"
_WORDED = "|".join(sorted(_SPELLED, key=len, reverse=True))
NUMBER = (
    rf"(?:{_MONEY})?\s?(?:\d(?:[\d,.'’]*\d)?(?:\s?(?:k|thousand|mn|mio|millions?|m|bn|billion|b)\b)?|\b(?:{_WORDED})\b)"
)
_UNTIL = r"(?:\s*(?:-|–|—|\.\.)\s*|\s+(?:to|and|until|through|bis)\s+)"
_COMPARED = {
    "min": r"at least|no fewer than|no less than|not less than|not fewer than|not under|not below|minimum(?: of)?|min\.?"
    r"|starting (?:at|from)|upwards of|from|since|>=|≥",
    "above": r"over|more than|above|greater than|bigger than|larger than|exceeding|after|later than|older than|>",
    "max": r"at most|up to|no more than|not more than|no larger than|not over|not above|not larger than"
    r"|maximum(?: of)?|max\.?|until|<=|≤",
    "below": r"under|less than|fewer than|below|smaller than|before|earlier than|younger than|<",
    "about": r"around|about|roughly|approximately|circa|ca\.?|some|~",
}
_COMPARE = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _COMPARED.items())
_FOUNDED = (
    r"(?:which |that )?(?:(?:was|were|are|been) )?(?:year )?"
    r"(?:founded|established|incorporated|launched|started up|set up)(?: in)?(?: the years?)?"
)
_REVENUE = r"(?:annual |yearly )?(?:revenues?|turnover|sales|arr|income)"
_STAFF = (
    r"(?:employees?|people|staff(?: members)?|persons?|workers|heads|headcount|ftes?|team members|colleagues"
    r"|mitarbeiter(?:n|innen)?)"
)
_SIZE = r"headcount|employees|company size|team size|size|teams?|staff|workforce|years old|employing"
_LEADS = r"(?:[a-z]+\s)?(?:leads|contacts|prospects|results)"
_BEFORE = rf"(?:(?P<founded>{_FOUNDED})|(?P<revenue>{_REVENUE})|(?P<staff>{_SIZE}))\s*(?:of|is|:|between|in|with)?\s*"
_AFTER = (
    r"\s*-?\s*(?:(?P<dollars>(?:us )?dollars?|usd|euros?|eur))?\s*(?:(?:of|in|a year|p\.?a\.?)\s+)*"
    rf"(?:(?P<earned>{_REVENUE})\b|(?P<staffed>{_STAFF})\b|(?P<aged>years?(?: old)?\b(?! (?:of|in) ))|(?P<leads>{_LEADS}\b))?"
)
_OR_MORE = r"\s?\+|\s(?:or|and) (?:more|above|over|later|newer|younger)|\splus\b"
_OR_LESS = r"\s(?:or|and) (?:less|fewer|below|earlier|older)"
_PATTERN = re.compile(
    rf"(?:{_BEFORE})?(?:(?P<between>between|from|of)\s+)?(?:(?:{_COMPARE})\s*)?(?:(?:a|an|the year|year|those with)\s)?"
    rf"(?P<low>{NUMBER})(?:(?P<plus>{_OR_MORE})|(?P<less>{_OR_LESS})"
    rf"|{_UNTIL}(?P<high>{NUMBER}))?{_AFTER}",
    re.IGNORECASE,
)
_LATELY = re.compile(
    rf"(?:{_FOUNDED} )?(?:in|within|during|over) the (?:last|past) (?P<years>{NUMBER}) years", re.IGNORECASE
)
_YEARS = range(1800, 2101)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A range of employees, revenue or years (`field`), or how many leads are wanted (`most_leads`, in `max`).

    `is_guess` where the sentence does not say what the number counts, or is not exact.
    """

    end: int
    field: str
    min: int | None
    max: int | None
    is_guess: bool = False


def quantity_at(text: str, start: int, *, year: int) -> Quantity | None:
    """The quantity that begins at the place, or None. `year` is the present one, for "younger than 5 years".

    Worked example: quantity_at("fintechs, 50-200 people", 10, year=2026) -> employees 50 to 200, up to the end.
    """
    if lately := _LATELY.match(text, start):
        return Quantity(lately.end(), "founded", year - round(number(lately["years"])[0]), None, lately[0][0] != "f")
    found = _PATTERN.match(text, start)
    if found is None:
        return None
    low, high = _edges(found)
    field = _field(found, low, high)
    end = start + len(found[0].rstrip())
    if field == "age":
        return Quantity(end, "founded", *_born(low, high, year))
    if field == "most_leads":
        return Quantity(end, field, None, high or low)
    if not field or (low or 0) > (high if high is not None else 10**15):
        return None
    return Quantity(end, field, low, high, _is_guess(found))


def _edges(found: re.Match[str]) -> tuple[int | None, int | None]:
    """Both ends, included: "5-10m" shares its factor."""
    low, factor = number(found["low"])
    if found["high"]:
        high, high_factor = number(found["high"])
        shared = high_factor if factor == 1 and low < high else factor
        return round(low * shared), round(high * high_factor)
    return _edge(found, round(low * factor))


def _edge(found: re.Match[str], low: int) -> tuple[int | None, int | None]:
    """Of one number: "over 50" people means from 51, "over 10m" dollars from 10 million."""
    step = 0 if _is_money(found) else 1
    if found["above"]:
        return low + step, None
    if found["below"]:
        return None, max(low - step, 0)
    if found["about"]:
        return round(low * 0.75), round(low * 1.25)
    if found["max"] or found["less"]:
        return None, low
    is_open = found["min"] or found["plus"] or (found["between"] or "").lower() == "from"
    return low, None if is_open else low


def number(text: str) -> tuple[float, int]:
    """A number and the factor behind it: "1.5k" -> 1.5 and a thousand; "1.000" is a thousand."""
    spelled = re.sub(rf"^(?:{_MONEY})\s*", "", text.lower().strip())
    if spelled in _SPELLED:
        return _SPELLED[spelled], 1
    digits = re.match(r"[\d,.'’]+", spelled)
    figure, factor = digits[0] if digits else "0", _FACTORS.get(spelled[len(digits[0] if digits else "") :].strip(), 1)
    if re.search(r"^\d+[.,]\d{1,2}$", figure):
        return float(figure.replace(",", ".")), factor
    return int(re.sub(r"\D", "", figure)), factor


def _field(found: re.Match[str], low: int | None, high: int | None) -> str:
    """What the number counts; "" if nothing says so, or it is no size that a company can have."""
    named = {"leads": "most_leads", "aged": "age", "founded": "founded", "revenue": "revenue", "earned": "revenue"}
    named |= {"staff": "employees", "staffed": "employees"}
    for group, field in named.items():
        if found[group]:
            return field
    if _is_money(found):
        return "revenue"
    if all(edge in _YEARS for edge in (low, high) if edge is not None) and _speaks_of_time(found):
        return "founded"
    is_range = found["high"] or found["plus"] or found["above"] or found["below"] or found["max"] or found["min"]
    return "employees" if is_range and max(low or 0, high or 0) <= 1_000_000 else ""


def _speaks_of_time(found: re.Match[str]) -> bool:
    return bool(re.search(r"\b(?:since|after|before|until|later than|earlier than|from)\b", found[0], re.IGNORECASE))


def _is_money(found: re.Match[str]) -> bool:
    said = f"{found['low']} {found['high'] or ''}"
    return bool(found["dollars"] or found["earned"] or found["revenue"] or re.search(_MONEY, said, re.IGNORECASE))


def _born(low: int | None, high: int | None, year: int) -> tuple[int | None, int | None]:
    """Years of founding for ages: at most 5 years old in 2026 -> from 2021."""
    return (None if high is None else year - high), (None if low is None else year - low)


def _is_guess(found: re.Match[str]) -> bool:
    is_named = any(found[name] for name in ("founded", "revenue", "staff", "earned", "staffed", "aged"))
    is_foreign = re.search(r"[€£]|eur", f"{found[0]}", re.IGNORECASE) and _is_money(found)
    return bool(found["about"] or is_foreign or not is_named)
