"""What a phone number tells by itself: form, country, kind of line and time zone; nothing is asked."""

from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType, timezone

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


@lru_cache(maxsize=65_536)
def check_phone(raw: str, region_hints: tuple[str, ...] = ()) -> PhoneVerdict:
    """The verdict on a number as a source writes it, extension and all.

    `region_hints` are countries (ISO 3166) whose rules are tried in turn where the number has no country code, such as
    the person's and then the company's; a reading that is valid beats one that is only possible.
    """
    regions = (None,) if raw.lstrip().startswith("+") else (*region_hints, None)
    readings = []
    for region in dict.fromkeys(regions):
        if verdict := _read(raw, region):
            readings.append(verdict)
            if verdict.valid:
                break
    if not readings:
        return PhoneVerdict(reason="country_missing" if _has_digits(raw) and not region_hints else "not_a_number")
    return max(readings, key=lambda verdict: (verdict.valid, verdict.possible))


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
    return sum(character.isdigit() for character in raw) >= 5
