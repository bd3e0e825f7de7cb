"""What is shown of a lead's phone number: how it is dialled, what kind of line it is, and whether it is an hour to call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from enrichment.checks.call_hours import CallHours, call_hours
from enrichment.checks.phone import check_phone
from enrichment.verdict import PhoneVerdict
from leads import fact_words
from leads.models import Lead


@dataclass(frozen=True, slots=True)
class PhonePanel:
    """`hours` is a sentence, "" where no zone is known."""

    verdict: PhoneVerdict
    hours: str

    @property
    def facts(self) -> Iterator[tuple[str, str]]:
        """Pairs of label and value; a value that is not known is left out."""
        found = self.verdict
        pairs = [
            ("From abroad", found.international),
            ("In the country", found.national),
            ("Extension", found.extension),
            ("Kind", fact_words.phone_kind(found.type).capitalize()),
            ("Country", fact_words.country(found.region) if found.region else ""),
            ("Range first given to", found.range_holder and f"{found.range_holder} (it may have been ported since)"),
            ("Time zone", ", ".join(found.time_zones)),
            ("Verdict", found.reason.replace("_", " ").capitalize()),
        ]
        return ((label, value) for label, value in pairs if value)


def countries_of(lead: Lead) -> tuple[str, ...]:
    """Of the person, then of the company."""
    return _hints((lead.country, lead.company.country if lead.company else ""))


def phone_panel(phone: str, countries: tuple[str, ...], now: datetime) -> PhonePanel:
    """`countries` of the person and of the company, by whose rules a number without a country code is read."""
    verdict = check_phone(phone, _hints(countries))
    return PhonePanel(verdict, hours_in_words(call_hours(verdict.time_zones, now)))


def _hints(countries: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.upper() for each in countries if each))


def hours_in_words(hours: CallHours) -> str:
    """A clock of 14:05 in office hours -> "It is 14:05 there, within office hours."."""
    eastwards = sorted(hours.local_times, key=lambda each: each.replace(tzinfo=None))  # 23:00 to 08:00 of the next day
    clocks = list(dict.fromkeys(f"{each:%H:%M}" for each in eastwards))
    if not clocks:
        return ""
    there = f"It is {clocks[0]} there" if len(clocks) == 1 else f"It is {clocks[0]} to {clocks[-1]} there"
    if hours.is_open:
        return f"{there}, within office hours."
    if hours.opens_at is None or len(clocks) > 1:
        return f"{there}, {'in part ' if hours.is_open is None else ''}outside office hours."
    opens = hours.opens_at.astimezone(hours.local_times[0].tzinfo)
    return f"{there}, outside office hours; they begin on {opens:%A at %H:%M}."
