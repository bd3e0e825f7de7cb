"""One entry of given facts, as the case that is scored (JSON form: docs/scoring.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from math import nan
from typing import Any

from leads.candidate import SIGNAL_KINDS
from leads.logbook import KINDS, OUTCOMES, outcome_said
from leads.models import ActivityKind, EmailStatus
from leads.vocabulary import funding, industries, places, titles
from scoring.case import Case, Citation
from scoring.columns import UNSOUGHT, Details, Email, Event, Phone, Place, Position
from scoring.factors.reach import PHONE_CHANCE
from scoring.given.fields import Reader, day, fields_of, flag, known, list_of, moment, number, one_of, text, whole
from scoring.given.mistakes import Mistake
from scoring.heeding import PROVED, heeded, touch_kind
from scoring.rows import Row, columns_of, days, position_of, typical
from scoring.rulebook import ScoringProfile

NONE = "none"  # an address, or a number, that was looked for and not found
GIVEN = "given"  # the source of what names none
OTHER_PHONES = ("toll_free", "premium", "shared_cost", "pager", "uan", "voicemail")
FLAGS = ("role", "free", "disposable", "plus_tag", "idn", "gibberish")
DEAL_OUTCOMES = ("won", "lost", "disqualified")
EVIDENCE_FIELDS = ("title", "email", "phone", "linkedin_url", "country", "city")
COMPANY_EVIDENCE = ("industry", "employees_min", "revenue_usd", "technologies", "country", "phone")
MOST_PEOPLE = 10_000_000


def given_case(entry: Any, rulebook: ScoringProfile, *, now: datetime) -> tuple[str, Case]:
    """The entry's `id` ("" without one) and its case. Raises Mistake, which names the field."""
    told = fields_of(entry, readers(now))
    row = _row(told, now)
    signals = [_signal(each, now) for each in told.get("signals", ())]
    since = {name: told[name]["since"] for name in ("email", "phone") if "since" in told.get(name, {})}
    touches = [_touch(each, now, since) for each in told.get("activities", ())]
    facts = heeded(columns_of([row], signals=signals, touches=touches, now=now))
    return str(told.get("id", "")), Case(facts, rulebook, _citations(told))


@lru_cache(maxsize=8)
def readers(now: datetime) -> Mapping[str, Reader[Any]]:
    """The fields of an entry, each with what reads it."""
    return {
        "id": _id,
        "title": text,
        "seniority": one_of(titles.SENIORITIES),
        "department": one_of(titles.DEPARTMENTS),
        "industry": known(_industry, "industry", _near_industries),
        "country": known(places.country_code, "country", places.suggest),
        "region": text,
        "city": text,
        "employees": _employees,
        "revenue_usd": number(0),
        "technologies": list_of(text),
        "keywords": list_of(text),
        "description": text,
        "funding_stage": known(funding.normalise, "funding stage", lambda _: list(funding.STAGES)),
        "founded_year": whole(1000, now.year),
        "email": _object(_email_readers(now), ("status",)),
        "phone": _object(_phone_readers(now), ()),
        "profile": flag,
        "do_not_contact": flag,
        "outcome": one_of(DEAL_OUTCOMES),
        "observed_on": day(now),
        "signals": list_of(_object(_signal_readers(now), ("kind", "on"))),
        "activities": list_of(_activity(now)),
        "evidence": list_of(_object(_evidence_readers(now), ("field", "value", "source", "on"))),
    }


def _object(readers: Mapping[str, Reader[Any]], needed: tuple[str, ...]) -> Reader[dict[str, Any]]:
    return lambda value: fields_of(value, readers, needed=needed)


def _signal_readers(now: datetime) -> dict[str, Reader[Any]]:
    return {"kind": one_of(SIGNAL_KINDS), "on": day(now), "detail": text, "source": text, "url": text}


def _activity(now: datetime) -> Reader[dict[str, Any]]:
    kinds = (*map(str, KINDS), str(ActivityKind.STAGE))
    readers: dict[str, Reader[Any]] = {
        "kind": one_of(kinds),
        "at": moment(now),
        "outcome": one_of(OUTCOMES),
        "text": text,
    }

    def read(value: Any) -> dict[str, Any]:
        told = fields_of(value, readers, needed=("kind", "at"))
        if "outcome" in told and told["kind"] != ActivityKind.CALL:
            raise Mistake("only a call has an outcome", ("outcome",))
        return told | {"outcome": outcome_said(told.get("outcome", ""))}

    return read


def _evidence_readers(now: datetime) -> dict[str, Reader[Any]]:
    names = (*EVIDENCE_FIELDS, *(f"company.{name}" for name in COMPANY_EVIDENCE))
    return {
        "field": one_of(names),
        "value": text,
        "source": text,
        "on": day(now),
        "url": text,
        "in_use": flag,
    }


def _id(value: Any) -> str:
    return text(str(value) if isinstance(value, int) and not isinstance(value, bool) else value)


def _industry(words: str) -> str:
    found = industries.find(words)
    return found.code if found else ""


def _near_industries(words: str) -> list[str]:
    return [near.code for near in industries.suggest(words, 3)]


def _employees(value: Any) -> float:
    """A head count, or a band of which the geometric mean counts."""
    if not isinstance(value, dict):
        return number(1, MOST_PEOPLE)(value)
    counted: Reader[int] = whole(1, MOST_PEOPLE)
    band = fields_of(value, {"min": counted, "max": counted})
    least, most = band.get("min"), band.get("max")
    if least and most and least > most:
        raise Mistake("min is more than max")
    return typical(least, most)


def _email_readers(now: datetime) -> dict[str, Reader[Any]]:
    return {
        "status": one_of((*EmailStatus.values, NONE)),
        "reason": text,
        "flags": list_of(one_of(FLAGS)),
        "deliverability": number(0, 100),
        "domain_reputation": number(0, 100),
        "since": moment(now),
    }


def _email(told: Mapping[str, Any]) -> Email:
    if told["status"] == NONE:
        return Email()
    measured = (told[name] / 100 if name in told else None for name in ("deliverability", "domain_reputation"))
    return Email(told["status"], told.get("reason", ""), ",".join(sorted(told.get("flags", ()))), *measured)


def _phone_readers(now: datetime) -> dict[str, Reader[Any]]:
    return {
        "type": one_of((*PHONE_CHANCE, *OTHER_PHONES, NONE)),
        "valid": flag,
        "do_not_call": flag,
        "since": moment(now),
    }


def _phone(told: Mapping[str, Any]) -> Phone:
    kind = told.get("type", "unknown")
    return Phone("" if kind == NONE else kind, told.get("valid"), told.get("do_not_call", False))


def _position(told: Mapping[str, Any]) -> Position:
    read = position_of(told.get("title", ""))
    return Position(read.title, told.get("seniority", read.seniority), told.get("department", read.department))


def _place(told: Mapping[str, Any]) -> Place:
    """The place; a city or state that is known without its country has that country."""
    country, region, city = (told.get(name, "") for name in ("country", "region", "city"))
    term = next((found for name in (city, region) if name and (found := places.normalise(name))), "")
    return Place(country or term.rpartition(",")[2] if "," in term else country, region, city)


def _row(told: Mapping[str, Any], now: datetime) -> Row:
    words = f"{' | '.join(told.get('keywords', ()))} | {told.get('description', '')}"
    return Row(
        position=_position(told),
        industry=told.get("industry", ""),
        place=_place(told),
        technologies=told.get("technologies", ()),
        details=Details(words, told.get("funding_stage", ""), told.get("founded_year")),
        email=_email(told["email"]) if "email" in told else Email(UNSOUGHT),
        phone=_phone(told["phone"]) if "phone" in told else Phone(),
        outcome=told.get("outcome", ""),
        employees=told.get("employees", nan),
        revenue=told.get("revenue_usd", nan),
        observed=days(told["observed_on"], now) if "observed_on" in told else nan,
        has_profile=told.get("profile", False),
        is_barred=told.get("do_not_contact", False),
    )


def _signal(told: Mapping[str, Any], now: datetime) -> Event:
    detail, source, url = (told.get(name, "") for name in ("detail", "source", "url"))
    return Event(0, told["kind"], days(told["on"], now), told["on"], detail, source or GIVEN, url)


def _touch(told: Mapping[str, Any], now: datetime, since: Mapping[str, datetime]) -> Event:
    """What is proved of a number or address before the one in use, `since`, does not count against it."""
    at, kind = told["at"], touch_kind(told["kind"], told.get("outcome", ""))
    field = PROVED.get(kind, "")
    kind = touch_kind(told["kind"], told.get("outcome", ""), is_past=field in since and at <= since[field])
    return Event(0, kind, days(at, now), at.date(), told.get("text", ""), "activity")


def _citations(told: Mapping[str, Any]) -> dict[str, tuple[Citation, ...]]:
    """By field, what is in use first, then the newest."""
    found: dict[str, list[Citation]] = defaultdict(list)
    for each in told.get("evidence", ()):
        cited = Citation(
            each["value"], each["source"], each["on"], each.get("url", ""), each["field"], each.get("in_use", True)
        )
        found[each["field"]].append(cited)
    return {
        name: tuple(sorted(seen, key=lambda cited: (not cited.is_current, -cited.on.toordinal())))
        for name, seen in found.items()
    }
