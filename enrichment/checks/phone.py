"""The phone numbers of a field as people fill it in: which they are, and what each tells by itself; nothing is asked."""

import re
from functools import lru_cache

from enrichment.checks.phone_beside import area_of, has_trunk, is_short, read_beside, takes_trunk
from enrichment.checks.phone_fields import numbers_in
from enrichment.checks.phone_reading import read
from enrichment.verdict import PhoneVerdict

_BETWEEN = tuple(map(re.compile, (r"/", r"/(?=\s*[+(]?[0+])", r"\s+[-–—]\s+", r"/|\s+[-–—]\s+")))
_RANGE = re.compile(r"(.*\d)(\s*[-–]\s?(\d{1,3}))(?:\s*/\s*[-–]?\s?\d{1,3})+\s*")
_SHORTEST_BEFORE_RANGE = 7
_AMERICAN = r"(?:\+?1[ .\-]?)?\(?\d{3}\)?[ .\-]?\d{3}[ .\-]?\d{4}"
_AMERICANS = re.compile(rf"{_AMERICAN}(?:\s+{_AMERICAN})+")
# Hours, or "2."; unclear is what may be the number's own: behind two digits "10-18" is the next pair and an extension.
_HOURS = r" ?[-–] ?(?:[1-9]|1\d|2[0-4])"
_NOT_OF_IT = re.compile(rf"\s(?:([5-9]{_HOURS}|(?<=\d\d\d\s)1[0-2]{_HOURS}|[1-9]\.)|1[0-2]{_HOURS})\s*$")
_BEGINS = re.compile(r"\s+(?=[+(]?[0+])")


def check_phone(field: str, region_hints: tuple[str, ...] = ()) -> PhoneVerdict:
    """The verdict on the best number of a field as a source writes it: a valid one before one that is only possible.

    `region_hints` are countries (ISO 3166) whose rules are tried in turn where the number has no country code, such as
    the person's and then the company's; a reading that is valid beats one that is only possible.
    """
    found = check_phones(field, region_hints) or (PhoneVerdict(reason="not_a_number"),)
    return max(found, key=lambda verdict: (verdict.valid, verdict.possible))


@lru_cache(maxsize=65_536)
def check_phones(field: str, region_hints: tuple[str, ...] = ()) -> tuple[PhoneVerdict, ...]:
    """All numbers of one field: "030 901820 / 0171 1234567; fax: ..." -> one verdict each, none twice.

    Beside a valid number the others are only counted if they are valid, too: "-21" is the end of one, "2nd" none. A text
    that is no number at all gives one verdict that says so, an empty field none.
    """
    if not field.strip():
        return ()
    read_ones: list[PhoneVerdict] = []
    first, is_first_full = PhoneVerdict(), False
    for piece in numbers_in(field) or [""]:
        read_ones += _next(first, piece, region_hints, is_first_full=is_first_full)
        if not first.valid:
            first, is_first_full = next(filter(_is_valid, read_ones), PhoneVerdict()), has_trunk(piece)
    found = {verdict.e164 + verdict.extension: verdict for verdict in read_ones}
    valid = tuple(verdict for verdict in found.values() if verdict.valid)
    numbers = tuple(verdict for verdict in found.values() if verdict.possible)
    return valid or numbers or tuple(found.values())[:1]


def _next(first: PhoneVerdict, piece: str, region_hints: tuple[str, ...], *, is_first_full: bool) -> list[PhoneVerdict]:
    """Those of a piece behind the field's first valid number, by whose region it is read as well."""
    if not first.valid:
        return _numbers(piece, region_hints)
    if is_short(piece, first.region, is_first_full=is_first_full):
        found = _read_behind(first, piece.split("/"), region_hints, is_first_full=True)
        if not all(map(_is_valid, found)):
            return _numbers(piece, _without(region_hints, first.region) if area_of(first) else region_hints)
        return found
    is_meant = has_trunk(piece) or not takes_trunk(first.region)
    return _numbers(piece, (first.region, *region_hints) if is_meant else region_hints)


def _numbers(piece: str, region_hints: tuple[str, ...]) -> list[PhoneVerdict]:
    """Without the hours or the "2." at its end, "650-253-0000 9-5", unless that alone makes it a number; if both, none."""
    end = _NOT_OF_IT.search(piece)
    without = _split(piece[: end.start()], region_hints) if end else []
    found = _split(piece, region_hints)
    if not end or not all(map(_is_valid, without)):
        return found
    if not all(map(_is_valid, found)):
        return without
    return [PhoneVerdict(reason="end_unclear")] if end[1] else found


def _split(piece: str, region_hints: tuple[str, ...]) -> list[PhoneVerdict]:
    """ "030/901820" and "030 - 901820" are one number each; parts that are all valid are as many, or of which one is alone.

    A whole number before a slash stays one: what follows is a shorter way to write another, "030 901820 / 21".
    """
    if first := _first_of_range(piece, region_hints):
        return [first]
    whole = read(piece, region_hints)
    for between in _BETWEEN:
        parts = [part for part in between.split(piece) if part.strip()]
        found = _read_in_turn(parts, region_hints)
        if len(parts) > 1 and all(map(_is_valid, found)):
            return found
    is_whole_first = (
        found[0].valid and "/" in piece and _digits(found[0].national) > max(map(_digits, parts[1:]), default=0)
    )
    if len(parts) > 1 and (is_whole_first or (not whole.valid and any(map(_is_valid, found)))):
        return found
    return [whole] if whole.possible else _in_a_row(piece, region_hints) or [whole]


def _first_of_range(piece: str, region_hints: tuple[str, ...]) -> PhoneVerdict | None:
    """ "030 901820-11/-12" and "030 901820 - 11 / 12" are the first of several extensions of one number."""
    found = _RANGE.fullmatch(piece)
    if not found or _digits(found[1]) < _SHORTEST_BEFORE_RANGE:
        return None
    others = re.findall(r"/\s*([-–]?)\s?(\d+)", piece[found.end(2) :])
    verdict = read(found[1] + found[2], region_hints)
    return verdict if verdict.valid and all(dash or len(end) == len(found[3]) for dash, end in others) else None


def _read_in_turn(parts: list[str], region_hints: tuple[str, ...]) -> list[PhoneVerdict]:
    first = read(parts[0], region_hints) if parts else PhoneVerdict()
    return [first, *_read_behind(first, parts[1:], region_hints, is_first_full=bool(parts) and has_trunk(parts[0]))]


def _read_behind(
    first: PhoneVerdict, parts: list[str], region_hints: tuple[str, ...], *, is_first_full: bool
) -> list[PhoneVerdict]:
    """Each by the region of the first before all others; one without its area, where the first has it, is none."""
    others = _without(region_hints, first.region)
    return [
        read_beside(first, part, others)
        if first.valid and is_short(part, first.region, is_first_full=is_first_full)
        else read(part, (first.region, *others) if first.region else region_hints)
        for part in parts
    ]


def _in_a_row(piece: str, region_hints: tuple[str, ...]) -> list[PhoneVerdict]:
    """Two numbers with only a space between them, if there is one place alone where that can be; or of North America."""
    if _AMERICANS.fullmatch(piece.strip()):
        found = _read_in_turn(re.findall(_AMERICAN, piece), region_hints)
        if all(verdict.valid and verdict.e164.startswith("+1") for verdict in found):
            return found
    places = [place.end() for place in _BEGINS.finditer(piece.strip())]
    splits = [_read_in_turn([piece.strip()[:place], piece.strip()[place:]], region_hints) for place in places]
    possible = [found for found in splits if all(map(_is_valid, found))]
    return possible[0] if len(possible) == 1 else []


def _without(region_hints: tuple[str, ...], region: str) -> tuple[str, ...]:
    return tuple(hint for hint in region_hints if hint != region)


def _is_valid(verdict: PhoneVerdict) -> bool:
    return verdict.valid


def _digits(text: str) -> int:
    return sum(letter.isdigit() for letter in text)
