"""What a phone number tells by itself: form, country, kind of line, first operator and time zone; nothing is asked."""

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType, carrier, timezone

from enrichment.checks.phone_fields import numbers_in
from enrichment.verdict import PhoneType, PhoneVerdict

TYPES: dict[int, PhoneType] = {
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE: "fixed",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "fixed_or_mobile",
    PhoneNumberType.TOLL_FREE: "toll_free",
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.SHARED_COST: "shared_cost",
    PhoneNumberType.VOIP: "voip",
    PhoneNumberType.PERSONAL_NUMBER: "personal",
    PhoneNumberType.PAGER: "pager",
    PhoneNumberType.UAN: "uan",
    PhoneNumberType.VOICEMAIL: "voicemail",
}
IMPOSSIBLE = {
    phonenumbers.ValidationResult.TOO_SHORT: "too_short",
    phonenumbers.ValidationResult.TOO_LONG: "too_long",
    phonenumbers.ValidationResult.INVALID_COUNTRY_CODE: "unknown_country_code",
    phonenumbers.ValidationResult.INVALID_LENGTH: "wrong_length",
    phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "area_code_missing",
}
_DIALLED_ABROAD = re.compile(r"^\s*\(?\s*(?:00|011)[\s\-(]*(?=[1-9])")
_TRUNK_IN_BRACKETS = re.compile(r"^(\s*\+\d{1,3}[\s.\-]*)\(0\)")
_HALVES = re.compile(r"/|\s+[-–—]\s+")
_SHORTEST = 5


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

    A text that is no number at all gives one verdict that says so, an empty field none.
    """
    if not field.strip():
        return ()
    parts = [part for piece in numbers_in(field) for part in _parts(piece, region_hints)]
    found = {
        verdict.e164 + verdict.extension: verdict
        for verdict in (_check(part, region_hints) for part in parts or [field])
    }
    numbers = tuple(verdict for verdict in found.values() if verdict.possible)
    return numbers or tuple(found.values())[:1]


def _parts(piece: str, region_hints: tuple[str, ...]) -> list[str]:
    """ "030/901820" and "030 - 901820" are one number each; halves that are valid alone are two, or of which one is alone.

    A whole number before a slash stays one: what follows is a shorter way to write another, "030 901820 / 21".
    """
    halves = [half for half in _HALVES.split(piece) if half.strip()]
    valid = [_check(half, region_hints).valid for half in halves]
    is_whole_first = bool(valid and valid[0] and "/" in piece)
    are_two = any(valid) and (all(valid) or is_whole_first or not _check(piece, region_hints).valid)
    return halves if len(halves) > 1 and are_two else [piece]


def _check(raw: str, region_hints: tuple[str, ...]) -> PhoneVerdict:
    """One number by the rules of each region in turn."""
    text = _TRUNK_IN_BRACKETS.sub(r"\1", raw)
    regions = (None,) if text.lstrip().startswith("+") else (*region_hints, None)
    readings = []
    for region in dict.fromkeys(regions):
        if verdict := _read(text, region):
            readings.append(verdict)
            if verdict.valid:
                break
    if not any(verdict.valid for verdict in readings) and (abroad := _dialled_abroad(text)):
        readings.append(abroad)
    if not readings:
        return PhoneVerdict(reason="country_missing" if _has_digits(raw) and not region_hints else "not_a_number")
    return max(readings, key=lambda verdict: (verdict.valid, verdict.possible))


def _dialled_abroad(text: str) -> PhoneVerdict | None:
    """ "0049 30 901820" and "011 49 ..." as somebody abroad dials them, if that is a valid number."""
    verdict = _read(_DIALLED_ABROAD.sub("+", text), None) if _DIALLED_ABROAD.match(text) else None
    return verdict if verdict and verdict.valid else None


def _read(raw: str, region: str | None) -> PhoneVerdict | None:
    try:
        number = phonenumbers.parse(raw, region.upper() if region else None)
    except phonenumbers.NumberParseException:
        return None
    possible, valid = phonenumbers.is_possible_number(number), phonenumbers.is_valid_number(number)
    return PhoneVerdict(
        e164=phonenumbers.format_number(number, PhoneNumberFormat.E164),
        national=phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL),
        international=phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL),
        region=phonenumbers.region_code_for_number(number) or "",
        type=TYPES.get(phonenumbers.number_type(number), "unknown"),
        possible=possible,
        valid=valid,
        reason=_reason(number, possible=possible, valid=valid),
        time_zones=_time_zones(number) if possible else (),
        extension=number.extension or "",
        range_holder=carrier.name_for_number(number, "en") if valid else "",
    )


def _reason(number: phonenumbers.PhoneNumber, *, possible: bool, valid: bool) -> str:
    if valid:
        return "valid"
    if possible:
        return "range_not_in_use"
    return IMPOSSIBLE.get(phonenumbers.is_possible_number_with_reason(number), "wrong_length")


def _time_zones(number: phonenumbers.PhoneNumber) -> tuple[str, ...]:
    zones = timezone.time_zones_for_number(number)
    return tuple(zone for zone in zones if zone != phonenumbers.timezone.UNKNOWN_TIMEZONE)


def _has_digits(raw: str) -> bool:
    return sum(character.isdigit() for character in raw) >= _SHORTEST
