"""Twilio Lookup v2 in the sandbox, by its specification: an invalid number is a 200, a package only when asked for."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import unquote

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from leadengine.sandbox.scripted import Ask, Reply, Script

BAD_KEY = "AC00:refused-key"
PACKAGES = (
    "caller_name",
    "sim_swap",
    "call_forwarding",
    "line_status",
    "line_type_intelligence",
    "identity_match",
    "reassigned_number",
    "sms_pumping_risk",
    "phone_number_quality_score",
    "pre_fill",
)
TYPES = {
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE: "landline",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "mobile",
    PhoneNumberType.TOLL_FREE: "tollFree",
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.SHARED_COST: "sharedCost",
    PhoneNumberType.VOIP: "nonFixedVoip",
}
ERRORS = {
    phonenumbers.ValidationResult.TOO_SHORT: "TOO_SHORT",
    phonenumbers.ValidationResult.TOO_LONG: "TOO_LONG",
    phonenumbers.ValidationResult.INVALID_COUNTRY_CODE: "INVALID_COUNTRY_CODE",
    phonenumbers.ValidationResult.INVALID_LENGTH: "INVALID_LENGTH",
}


def script() -> Script:
    return Script((("GET", r"/v2/PhoneNumbers/([^/]+)", _look_up),), _refusal)


def _refusal(ask: Ask) -> Reply | None:
    scheme, _, coded = ask.headers.get("authorization", "").partition(" ")
    sid, _, token = base64.b64decode(coded or "").decode().partition(":")
    if scheme == "Basic" and sid and token and f"{sid}:{token}" != BAD_KEY:
        return None
    more = "https://www.twilio.com/docs/errors/20003"
    return Reply({"code": 20003, "message": "Authenticate", "more_info": more, "status": 401}, status=401)


def _look_up(ask: Ask) -> Reply:
    raw, wanted = unquote(ask.found[0]), ask.many("Fields")
    nothing: dict[str, Any] = dict.fromkeys(PACKAGES)
    try:
        number = phonenumbers.parse(raw, ask.one("CountryCode") or "US")
    except phonenumbers.NumberParseException:
        return Reply(nothing | _invalid(raw, "NOT_A_NUMBER"))
    if not phonenumbers.is_valid_number(number):
        reason = ERRORS.get(phonenumbers.is_possible_number_with_reason(number), "INVALID_BUT_POSSIBLE")
        return Reply(nothing | _invalid(raw, reason))
    packages = {"line_type_intelligence": _line(number)} if "line_type_intelligence" in wanted else {}
    return Reply(nothing | _valid(number) | packages)


def _valid(number: phonenumbers.PhoneNumber) -> dict[str, Any]:
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return {
        "calling_country_code": str(number.country_code),
        "country_code": phonenumbers.region_code_for_number(number),
        "phone_number": e164,
        "national_format": phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL),
        "valid": True,
        "validation_errors": [],
        "url": f"https://lookups.twilio.com/v2/PhoneNumbers/{e164}",
    }


def _invalid(raw: str, reason: str) -> dict[str, Any]:
    empty = dict.fromkeys(("calling_country_code", "country_code", "national_format"))
    told = {"phone_number": raw, "valid": False, "validation_errors": [reason]}
    return empty | told | {"url": f"https://lookups.twilio.com/v2/PhoneNumbers/{raw}"}


def _line(number: phonenumbers.PhoneNumber) -> dict[str, Any]:
    kind = TYPES.get(phonenumbers.number_type(number), "unknown")
    codes = {"mobile_country_code": "999", "mobile_network_code": "01"} if kind == "mobile" else {}
    empty = dict.fromkeys(("mobile_country_code", "mobile_network_code"))
    return empty | codes | {"carrier_name": f"Sandbox {kind.capitalize()}", "type": kind, "error_code": None}
