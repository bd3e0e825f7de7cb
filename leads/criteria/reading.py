"""JSON -> the attributes of Criteria: every value in standard terms, and all mistakes found at once."""

from collections.abc import Callable, Mapping
from typing import Any
from unicodedata import category

from leadengine.whole_numbers import whole_number
from leads.criteria.judging import keyword
from leads.criteria.terms import FLAG_FIELDS, LEVELS, RANGE_FIELDS, TERM_FIELDS, InvalidCriteria, Level, Range, Terms
from leads.names import fold
from leads.vocabulary import funding, industries, places, sizes, technologies, titles

LIMITS = {"employees": (0, 10_000_000), "revenue": (0, 10**13), "founded": (1000, 2100)}
MOST_VALUES = 200
LONGEST_VALUE = 120
MOST_NUMBER = 10**18
UNREADABLE = ("Cc", "Cs")  # control characters, and halves of characters
VALUE_KEYS = ("values", "any")
EXCLUDED_KEYS = ("none", "excluded")


class _Wrong(Exception):
    """One sentence about one field."""


def read(data: object) -> dict[str, Any]:
    """Attributes for Criteria, those that are asked only. Raises InvalidCriteria with a sentence for each wrong key."""
    if not isinstance(data, Mapping):
        raise InvalidCriteria({"criteria": "Criteria must be a JSON object."})
    attributes: dict[str, Any] = {}
    errors: dict[str, str] = {str(key): _unknown_key(str(key)) for key in data if key not in _READERS}
    for key, (attribute, reader) in _READERS.items():
        if data.get(key) is None:
            continue
        try:
            attributes[attribute] = reader(attribute, data[key])
        except _Wrong as wrong:
            errors[key] = str(wrong)
    if errors:
        raise InvalidCriteria(errors)
    return attributes


def _terms(name: str, value: object) -> Terms:
    """A plain list (or one text) means must."""
    parts = value if isinstance(value, Mapping) else {"values": value}
    _only(parts, {*VALUE_KEYS, *EXCLUDED_KEYS, "level"})
    wanted = _canonical(name, _texts(next((parts[key] for key in VALUE_KEYS if key in parts), ())))
    excluded = _canonical(name, _texts(next((parts[key] for key in EXCLUDED_KEYS if key in parts), ())))
    refused = {fold(value) for value in excluded}
    if both := [value for value in wanted if fold(value) in refused]:
        raise _Wrong(f"“{both[0]}” is both wanted and excluded: remove it from one of the two.")
    return Terms(wanted, excluded, _level(parts.get("level", "must")))


def _range(name: str, value: object) -> Range:
    """An object with min and max, a pair, or a text such as "51-200"."""
    parts = value if isinstance(value, Mapping) else dict(zip(("min", "max"), _pair(value), strict=True))
    _only(parts, {"min", "max", "level"})
    (low, high), wrong = _edges(name, parts)
    if wrong:
        raise _Wrong(" ".join(wrong))
    if low is not None and high is not None and low > high:
        raise _Wrong(f"The smallest value ({low:,}) is above the largest ({high:,}).")
    return Range(low, high, _level(parts.get("level", "must")))


def _edges(name: str, parts: Mapping[Any, Any]) -> tuple[list[int | None], list[str]]:
    """Both edges, and a sentence for each that is wrong."""
    edges: list[int | None] = []
    wrong = []
    for key in ("min", "max"):
        try:
            edges.append(_whole(name, parts.get(key)))
        except _Wrong as mistake:
            edges.append(None)
            wrong.append(str(mistake))
    return edges, wrong


def _flag(name: str, value: object) -> Level | None:
    value = value.get("level", "must") if isinstance(value, Mapping) else value
    if value in (False, ""):
        return None
    return "must" if value is True else _level(value)


def _level(value: object) -> Level:
    if value not in LEVELS:
        raise _Wrong(f"The level is “must” or “nice”, not “{value}”.")
    return value


def _only(parts: Mapping[Any, Any], allowed: set[str]) -> None:
    if unknown := [str(key) for key in parts if key not in allowed]:
        raise _Wrong(f"“{unknown[0]}” is not known here; use {', '.join(sorted(allowed))}.")


def _texts(value: object) -> list[str]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list | tuple) or not all(isinstance(item, str) for item in items):
        raise _Wrong("This must be a list of texts.")
    texts = [" ".join(item.split()) for item in items]
    if strange := [text for text in texts if any(category(sign) in UNREADABLE for sign in text)]:
        raise _Wrong(f"{_readable(strange[0])} has characters that nobody can read or search for: type it anew.")
    if len(texts) > MOST_VALUES:
        raise _Wrong(f"{len(texts)} values are too many: at most {MOST_VALUES}.")
    if too_long := [text for text in texts if len(text) > LONGEST_VALUE]:
        raise _Wrong(f"“{too_long[0][:30]}…” is too long: at most {LONGEST_VALUE} characters.")
    return [text for text in texts if text]


def _readable(text: str) -> str:
    rest = "".join(sign for sign in text[:30] if category(sign) not in UNREADABLE)
    return f"“{rest}”" if rest else "A text"


def _canonical(name: str, texts: list[str]) -> tuple[str, ...]:
    """In standard terms, without repeats; an unknown one raises a sentence with a hint at what is known."""
    convert, hint = _VOCABULARIES[name]
    found = {text: convert(text) for text in texts}
    if unknown := [text for text, term in found.items() if not term]:
        raise _Wrong(" ".join(f"“{text}” is not known.{hint(text)}" for text in unknown[:3]))
    unique = {fold(term): term for term in reversed(found.values())}
    return tuple(dict.fromkeys(unique[fold(term)] for term in found.values()))


def _near(suggestions: list[str]) -> str:
    return f" Did you mean {' or '.join(f'“{each}”' for each in suggestions)}?" if suggestions else ""


def _unknown_key(key: str) -> str:
    return f"“{key}” is no criterion; known are {', '.join(_READERS)}."


def _pair(value: object) -> tuple[Any, Any]:
    if isinstance(value, list | tuple) and len(value) == 2:
        return value[0], value[1]
    if isinstance(value, str) and any(found := sizes.parse(value)):
        return found
    raise _Wrong("This must have “min” and “max”, or be a text such as “51-200”.")


def _whole(name: str, value: object) -> int | None:
    if value is None or value == "":
        return None
    low, high = LIMITS[name]
    if isinstance(value, int) and abs(value) > MOST_NUMBER:
        raise _Wrong(f"A number is out of range: from {low:,} to {high:,}.")
    number = None if isinstance(value, bool | float) else whole_number(str(value))
    if number is None:
        raise _Wrong(f"“{str(value)[:40]}” is not a whole number.")
    if not low <= number <= high:
        raise _Wrong(f"{number:,} is out of range: from {low:,} to {high:,}.")
    return number


def _industry(text: str) -> str:
    found = industries.find(text)
    return found.code if found else ""


def _coded(codes: Mapping[str, str]) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """A closed list: its code or its label in any case."""
    known = {fold(name): code for code, label in codes.items() for name in (label, code.replace("_", " "), code)}
    return lambda text: known.get(fold(text), ""), lambda _text: f" Known are {', '.join(codes.values())}."


def _as_written(text: str) -> str:
    return text


def _keyword(text: str) -> str:
    """As written; of signs alone nothing is left to look for."""
    return text if keyword(text) else ""


def _no_hint(_text: str) -> str:
    return ""


# Text -> standard term ("" if unknown), and a hint for a text that is unknown.
_VOCABULARIES: dict[str, tuple[Callable[[str], str], Callable[[str], str]]] = {
    "keywords": (_keyword, lambda _text: " A keyword has a letter or a digit."),
    "titles": (_as_written, _no_hint),
    "technologies": (technologies.canonical, _no_hint),
    "industries": (_industry, lambda text: _near([each.label for each in industries.suggest(text, 3)])),
    "places": (places.normalise, lambda text: _near(places.suggest(text))),
    "seniorities": _coded(titles.SENIORITIES),
    "departments": _coded(titles.DEPARTMENTS),
    "funding_stages": (funding.normalise, lambda _text: f" Known are {', '.join(funding.STAGES.values())}."),
}
_READERS: dict[str, tuple[str, Callable[[str, object], Any]]] = {
    **{key: (attribute, _terms) for attribute, key in TERM_FIELDS.items()},
    **{key: (attribute, _range) for attribute, key in RANGE_FIELDS.items()},
    **{key: (attribute, _flag) for attribute, key in FLAG_FIELDS.items()},
}
