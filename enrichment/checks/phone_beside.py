"""Whether what is behind a number, without its trunk 0 or country code, is a number itself: "+91 22 27543210 / 9876543210"."""

import re

import phonenumbers

from enrichment.checks.phone_reading import read
from enrichment.verdict import PhoneVerdict

_LONGER_THAN_LOCAL = 9  # digits: a subscriber's number has eight at most, but in the open plans of some regions
_LONGEST_OF_A_CLOSED_PLAN = 12


def is_short(part: str, region: str, *, is_first_full: bool) -> bool:
    """Written without 0 or +, behind a number that has it and in a region whose numbers begin with 0 at home."""
    return is_first_full and not has_trunk(part) and takes_trunk(region)


def read_beside(first: PhoneVerdict, part: str, others: tuple[str, ...]) -> PhoneVerdict:
    """By the first's region if that can only be meant, else by the other regions; by none if both give a number."""
    beside, elsewhere = read(part, (first.region,)), read(part, others)
    if not (beside.valid and _stands_alone(first, beside, part)):
        return elsewhere
    return PhoneVerdict() if elsewhere.valid and elsewhere.e164 != beside.e164 else beside


def has_trunk(part: str) -> bool:
    return part.lstrip(" (").startswith(("0", "+"))


def takes_trunk(region: str) -> bool:
    return (phonenumbers.ndd_prefix_for_region(region, True) or "").startswith("0")


def area_of(verdict: PhoneVerdict) -> str:
    """Its area code: "30" of +49 30 901820; a mobile number has none in most regions."""
    number = phonenumbers.parse(verdict.e164)
    return _at_home(verdict)[: phonenumbers.length_of_geographical_area_code(number)]


def _stands_alone(first: PhoneVerdict, found: PhoneVerdict, part: str) -> bool:
    """Whether it is no shorter way to write a number of the first's area: "+49 89 54320 / 5432117" may well be one."""
    area, whole, digits = area_of(first), _at_home(first), _at_home(found)
    if area:
        if len(digits) <= len(whole) - len(area):
            return False
        repeats_area = re.match(rf"\s*\(?{area}\W", part) and len(digits) == len(whole)
        if repeats_area or not read(first.e164.removesuffix(whole) + area + digits, ()).valid:
            return True
    is_too_long = len(digits) >= _LONGER_THAN_LOCAL or (not area and len(digits) == len(whole))
    return is_too_long and (found.type == "mobile" or not _is_open(first.region))


def _at_home(verdict: PhoneVerdict) -> str:
    return phonenumbers.national_significant_number(phonenumbers.parse(verdict.e164))


def _is_open(region: str) -> bool:
    """Whether a region's numbers may be of almost any length, as in Germany and Austria."""
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region)
    lengths = metadata.fixed_line.possible_length if metadata and metadata.fixed_line else ()
    return max(lengths, default=0) > _LONGEST_OF_A_CLOSED_PLAN
