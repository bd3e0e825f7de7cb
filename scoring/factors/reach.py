"""Whether and where the lead can be reached: contactability, location and e-mail validity."""

from __future__ import annotations

from math import nan

import numpy as np

from leads.vocabulary import places
from scoring.columns import Email, Floats, LeadFacts, Phone, Place
from scoring.ideal import IdealCustomer
from scoring.rulebook import ScoringProfile

# The chance that one try through a channel reaches the person. Our own judgement, in the order that sales people
# report.
EMAIL_CHANCE = {"deliverable": 0.9, "risky": 0.5, "unknown": 0.6, "unchecked": 0.6}
ROLE_MAILBOX = 0.5  # what remains of the chance when a function's mailbox is all there is
PHONE_CHANCE = {
    "mobile": 0.8,
    "fixed_or_mobile": 0.7,
    "fixed": 0.6,
    "voip": 0.55,
    "personal": 0.6,
    "switchboard": 0.35,
    "unknown": 0.4,
}
OTHER_PHONE = 0.2  # toll-free, premium rate, pager and the like
UNCHECKED_PHONE = 0.5  # what remains of a number that nobody has checked
PROFILE_CHANCE = 0.3

# What an accepted but risky address is worth, by the cause that the verdict names.
RISKY = {
    "catch_all": 0.6,
    "accept_all": 0.6,
    "role": 0.5,
    "mailbox_full": 0.4,
    "low_reputation": 0.4,
}
OTHER_RISK = 0.5
FREE_MAIL = 0.9  # a private address says nothing of the company, and reads as private
DISPOSABLE = 0.05
ROLE_VALID = 0.7

NEAR_REGION = 0.25
SHARED_DAY = 0.45
WORKING_DAY = 8.0


def contactability(facts: LeadFacts, rulebook: ScoringProfile) -> Floats:
    """The chance that at least one channel reaches the person: `1 - product of (1 - chance)` (noisy-or).

    Channels: e-mail by its verdict, phone by its kind, a profile 0.3. Barred from contact, or no channel at all: 0.
    Unknown when all there is has not been checked yet. Worked example: a deliverable address (0.9) and a switchboard
    (0.35): `1 - 0.1 * 0.65 = 0.94`.
    """
    missed = (1 - facts.emails.map(email_chance)) * (1 - facts.phones.map(phone_chance))
    missed = missed * np.where(facts.has_profile, 1 - PROFILE_CHANCE, 1)
    is_unchecked = (facts.emails.map(_is_unchecked) > 0) & (facts.phones.map(_says_nothing) > 0) & ~facts.has_profile
    value = np.where(is_unchecked, nan, 1 - missed)
    return np.where(facts.is_barred, 0.0, value)


def location(facts: LeadFacts, rulebook: ScoringProfile) -> Floats:
    """1 in a target place, else by region and working hours shared.

    Outside: 0.25 on the same continent, plus 0.45 times the share of the working day that the team (else the target)
    shares. Without a target, the share of the working day alone. Unknown without a place, or with neither target nor
    team's country. Worked example: Vienna for the target Germany: same continent, 8 of 8 hours: 0.70.
    """
    return facts.places.map(lambda place: _nearness(place, rulebook.ideal, rulebook.home) if place.country else nan)


def email_validity(facts: LeadFacts, rulebook: ScoringProfile) -> Floats:
    """What the verdict on the address is worth: deliverable 1, risky by its cause, undeliverable 0.

    Flags multiply: free mail 0.9, a role mailbox 0.7; a disposable address is 0.05 whatever the verdict. Unknown
    without an address, unchecked, or where the server would not say. Worked example: deliverable at a free-mail
    provider: 0.9.
    """
    return facts.emails.map(_validity)


def email_chance(email: Email) -> float:
    """The chance that a mail to this address is read by the person; 0 without an address."""
    chance = EMAIL_CHANCE.get(email.status, 0.0)
    if "disposable" in email.flags:
        return DISPOSABLE
    return chance * ROLE_MAILBOX if "role" in email.flags else chance


def phone_chance(phone: Phone) -> float:
    """The chance that a call reaches the person; 0 without a number that can be dialled."""
    if not phone.kind or phone.is_valid is False:
        return 0.0
    chance = PHONE_CHANCE.get(phone.kind, OTHER_PHONE)
    return chance * UNCHECKED_PHONE if phone.is_valid is None and phone.kind != "switchboard" else chance


def _is_unchecked(email: Email) -> bool:
    return email.status in ("unchecked", "unknown") and "disposable" not in email.flags


def _says_nothing(phone: Phone) -> bool:
    """No number, or one that nobody has checked."""
    return not phone.kind or (phone.is_valid is None and phone.kind != "switchboard")


def _validity(email: Email) -> float:
    if "disposable" in email.flags:
        return DISPOSABLE
    known = {"deliverable": 1.0, "undeliverable": 0.0, "risky": RISKY.get(email.reason, OTHER_RISK)}
    value = known.get(email.status, nan)
    value = value * FREE_MAIL if "free" in email.flags else value
    return value * ROLE_VALID if "role" in email.flags and email.reason != "role" else value


def _nearness(place: Place, ideal: IdealCustomer, home: str) -> float:
    if not ideal.places:
        return _day_shared((home,), place.country) if home else nan
    if any(places.place_matches(wanted, place.country, place.region, place.city) for wanted in ideal.places):
        return 1.0
    targets = frozenset().union(*(places.expand(wanted) for wanted in ideal.places))
    near = NEAR_REGION if _continent(place.country) in {_continent(each) for each in targets} - {""} else 0.0
    return near + SHARED_DAY * _day_shared((home,) if home else tuple(targets), place.country)


def _continent(country: str) -> str:
    known = places.COUNTRIES.get(country.upper())
    return known.continent if known else ""


def _day_shared(countries: tuple[str, ...], country: str) -> float:
    """Share of the working day in common with the nearest of the countries, 0..1."""
    shared = [places.hours_shared(each, country) or 0.0 for each in countries]
    return max(shared, default=0.0) / WORKING_DAY
