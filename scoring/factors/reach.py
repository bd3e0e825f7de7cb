"""Whether and where the lead can be reached: contactability, location and e-mail validity."""

from __future__ import annotations

from datetime import date
from math import nan

import numpy as np

from leads.harmful_addresses import takes_mail
from leads.vocabulary import places, zones
from scoring.columns import UNSOUGHT, Email, Floats, LeadFacts, Phone, Place
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
    "provider_unverifiable": 0.55,
    "role": 0.5,
    "mailbox_full": 0.4,
    "low_reputation": 0.4,
    "typo_suspected": 0.2,
    "spamtrap_suspected": 0.05,
    "do_not_mail": 0.05,
    "disposable": 0.05,
}
OTHER_RISK = 0.5
BAD_DOMAIN = 0.5  # what remains of the value where the domain's reputation is 0
FREE_MAIL = 0.9  # a private address says nothing of the company, and reads as private
DISPOSABLE = 0.05
ROLE_VALID = 0.7

NEAR_REGION = 0.25
SHARED_DAY = 0.45


def contactability(facts: LeadFacts, rulebook: ScoringProfile) -> Floats:
    """The chance that at least one channel reaches the person: `1 - product of (1 - chance)` (noisy-or).

    E-mail by its verdict (EMAIL_CHANCE; half of it for a role mailbox; none for what must not be written to: a likely
    trap, a throw-away address, one that a verifier advises against), phone by its kind (mobile 0.8 > direct 0.6 >
    switchboard 0.35; half of it unchecked), profile 0.3. A person who must not be called has no phone; one who must not
    be contacted at all is 0. Unknown when all there is has not been checked yet. Worked example: a deliverable address
    (0.9) and a switchboard (0.35): `1 - 0.1 * 0.65 = 0.94`; the same, not to be called: 0.90.
    """
    missed = (1 - facts.emails.map(email_chance)) * (1 - facts.phones.map(phone_chance))
    missed = missed * np.where(facts.has_profile, 1 - PROFILE_CHANCE, 1)
    is_unchecked = (facts.emails.map(_is_unchecked) > 0) & (facts.phones.map(_says_nothing) > 0) & ~facts.has_profile
    value = np.where(is_unchecked, nan, 1 - missed)
    return np.where(facts.is_barred, 0.0, value)


def location(facts: LeadFacts, rulebook: ScoringProfile) -> Floats:
    """1 in a target place, else by region and working hours shared.

    Outside: 0.25 on the same continent, plus 0.45 times the share of the working day (9 to 17) that the team (else the
    target) shares on the day of scoring, summer time included. Without a target, the share of the working day alone.
    Unknown without a place, or with neither target nor team. Worked example: Vienna for the target Germany: same
    continent, 8 of 8 hours: 0.70; Boston for a team in Berlin: 2 of 8 hours, `0.45 * 0.25 = 0.11`.
    """
    on = facts.now.date()
    return facts.places.map(lambda place: _nearness(place, rulebook, on) if place.country else nan)


def email_validity(facts: LeadFacts, rulebook: ScoringProfile) -> Floats:
    """What the verdict on the address is worth: deliverable 1, risky by its cause (RISKY), undeliverable 0.

    Where a check measured deliverability, a risky address is worth the mean of cause and measure, and one that the
    server would not speak of what was measured. Flags multiply: free mail 0.9, a role mailbox 0.7; a disposable address
    is 0.05 whatever the verdict. The domain's reputation r multiplies by `0.5 + 0.5 * r`. Unknown without an address,
    unchecked, or where the server would not say. Worked example: accepts everything (0.6), measured 0.8, at a domain
    of reputation 0.9: `0.7 * 0.95 = 0.67`.
    """
    return facts.emails.map(_validity)


def is_writable(email: Email) -> bool:
    """Whether there is an address to which a mail may be sent."""
    return email.is_there and takes_mail(email.status, email.reason, email.flags)


def email_chance(email: Email) -> float:
    """The chance that a mail to this address is read by the person; 0 without an address that may be written to."""
    chance = EMAIL_CHANCE.get(email.status, 0.0) if is_writable(email) else 0.0
    return chance * ROLE_MAILBOX if "role" in email.flags else chance


def phone_chance(phone: Phone) -> float:
    """The chance that a call reaches the person; 0 without a number that can and may be dialled."""
    if not phone.kind or phone.is_valid is False or phone.is_barred:
        return 0.0
    chance = PHONE_CHANCE.get(phone.kind, OTHER_PHONE)
    return chance * UNCHECKED_PHONE if phone.is_valid is None and phone.kind != "switchboard" else chance


def _is_unchecked(email: Email) -> bool:
    return email.status in ("unchecked", "unknown", UNSOUGHT) and "disposable" not in email.flags


def _says_nothing(phone: Phone) -> bool:
    """No number, one that must not be called, or one that nobody has checked."""
    return not phone.kind or phone.is_barred or (phone.is_valid is None and phone.kind != "switchboard")


def _validity(email: Email) -> float:
    if "disposable" in email.flags:
        return DISPOSABLE
    value = _by_verdict(email)
    value = value * FREE_MAIL if "free" in email.flags else value
    value = value * ROLE_VALID if "role" in email.flags and email.reason != "role" else value
    return value if email.reputation is None else value * (BAD_DOMAIN + (1 - BAD_DOMAIN) * email.reputation)


def _by_verdict(email: Email) -> float:
    measured = email.deliverability
    if email.status == "risky":
        by_cause = RISKY.get(email.reason, OTHER_RISK)
        return by_cause if measured is None else (by_cause + measured) / 2
    if email.status == "unknown" and measured is not None:
        return measured
    return {"deliverable": 1.0, "undeliverable": 0.0}.get(email.status, nan)


def _nearness(place: Place, rulebook: ScoringProfile, on: date) -> float:
    ideal = rulebook.ideal
    if not ideal.places:
        return hours_shared(place, rulebook, on) / zones.WORKING_DAY if zones.zones_of_home(rulebook.home) else nan
    if any(places.place_matches(wanted, *place) for wanted in ideal.places):
        return 1.0
    near = NEAR_REGION if is_near_region(place, rulebook) else 0.0
    return near + SHARED_DAY * hours_shared(place, rulebook, on) / zones.WORKING_DAY


def hours_shared(place: Place, rulebook: ScoringProfile, on: date) -> float:
    """Hours of the working day that somebody there shares with the team, else with the target places."""
    nearest = zones.zones_of_home(rulebook.home)
    nearest = nearest or tuple(zone for wanted in rulebook.ideal.places for zone in zones.zones_of_home(wanted))
    return zones.hours_shared(nearest, zones.zones_of(*place), on)


def is_near_region(place: Place, rulebook: ScoringProfile) -> bool:
    """Whether it lies on the continent of a target place."""
    targets = frozenset().union(*(places.expand(wanted) for wanted in rulebook.ideal.places))
    return _continent(place.country) in {_continent(each) for each in targets} - {""}


def _continent(country: str) -> str:
    known = places.COUNTRIES.get(country.upper())
    return known.continent if known else ""
