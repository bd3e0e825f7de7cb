"""What one phone number tells, by the rules of the regions that it may be from."""

import re

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType, carrier, timezone

from enrichment.checks.phone_fields import EXTENSION
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
_TRUNK_IN_BRACKETS = re.compile(r"^(\s*\+[\d\s.\-/]+)\(\s*0\s*\)")
_SHORTEST = 5


def read(raw: str, region_hints: tuple[str, ...]) -> PhoneVerdict:
    """One number by the rules of each region in turn."""
    text = _TRUNK_IN_BRACKETS.sub(r"\1", raw)
    if text != raw and not (without := _read(text, None) or PhoneVerdict()).valid:
        return max(without, _read(_TRUNK_IN_BRACKETS.sub(r"\g<1>0", raw), None) or without, key=_worth)
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
    return max(readings, key=_worth)


def _worth(verdict: PhoneVerdict) -> tuple[bool, bool]:
    return verdict.valid, verdict.possible


def _dialled_abroad(text: str) -> PhoneVerdict | None:
    """ "0049 30 901820" and "011 49 ..." as somebody abroad dials them, if that is a valid number."""
    verdict = _read(_DIALLED_ABROAD.sub("+", text), None) if _DIALLED_ABROAD.match(text) else None
    return verdict if verdict and verdict.valid else None


def _read(raw: str, region: str | None) -> PhoneVerdict | None:
    try:
        number = phonenumbers.parse(raw, region.upper() if region else None)
    except phonenumbers.NumberParseException:
        return None
    if raw.count(EXTENSION) > bool(number.extension):  # its letters were taken for digits
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
