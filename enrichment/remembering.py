"""Verdicts and habits kept between runs: recalled before anything is asked, learned after, forgotten on request."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from enrichment.models import Memory, MemoryKind
from enrichment.resolving import Answer, Rcode
from enrichment.verdict import ABOUT_US, EmailVerdict
from enrichment.verifying.habits import PROBE_RULE, CatchAll
from enrichment.verifying.verifier import CATCH_ALL_KEPT
from enrichment.verifying.weighing import confidence_of
from leads.identity import host_name

ABOUT_ADDRESS = ("normalized", "canonical", "suggestion", "detail")  # put back on recall, never stored
KEPT_EVIDENCE = ("dns", "provider", "reputation", "catch_all", "attempts")
RECALLED = ("MX", "A", "AAAA", "TXT")
UNRESOLVED_KEPT = timedelta(days=30)
REACH_KEPT = timedelta(minutes=10)


def mailbox_key(normalized: str) -> str:
    """A keyed hash of an address as one writes to it."""
    return subject_key("mailbox", normalized)


def subject_key(kind: str, text: str) -> str:
    """A keyed hash of an address or a number, from which nobody can read it.

    Only what is one domain to the name servers is one here: müller.de and xn--mller-kva.de, not straße.de and strasse.de.
    """
    local, at, domain = text.lower().rpartition("@")
    domain = domain if domain.isascii() else host_name(domain) or domain
    text = f"{kind}\x1f{local}{at}{domain}"
    return hmac.new(settings.SUPPRESSION_KEY.encode(), text.encode(), "sha256").hexdigest()


def recall_mailboxes(addresses: Iterable[str], *, now: datetime) -> dict[str, EmailVerdict]:
    """What is still good, by address, in one query; confidence has faded with its age."""
    keys = {mailbox_key(address): address for address in addresses}
    rows = Memory.objects.good_at(now).filter(kind=MemoryKind.MAILBOX, key__in=keys)
    return {keys[row.key]: _faded(row.facts, keys[row.key], now) for row in rows}


def learn_mailboxes(verdicts: Iterable[EmailVerdict], *, now: datetime) -> None:
    """Keeps those that have an end; a later verdict takes the place of an earlier one."""
    facts = {
        mailbox_key(each.normalized): (_without_address(each), each.expires_at)
        for each in verdicts
        if each.normalized and each.expires_at and each.reason not in ABOUT_US
    }
    _keep(MemoryKind.MAILBOX, facts, now)


def forget_mailbox(normalized: str) -> int:
    """Erases what is remembered of an address; how many rows that was."""
    return Memory.objects.filter(kind=MemoryKind.MAILBOX, key=mailbox_key(normalized)).delete()[0]


def recall_habits(domains: Iterable[str], *, now: datetime) -> dict[str, dict[str, CatchAll]]:
    """What was learned by the rule of today of each domain's exchangers."""
    rows = Memory.objects.good_at(now).filter(kind=MemoryKind.CATCH_ALL, key__in=list(domains), facts__rule=PROBE_RULE)
    return {row.key: {place: _habit(place, fact) for place, fact in row.facts["exchangers"].items()} for row in rows}


def learn_habits(habits: Mapping[str, Mapping[str, CatchAll]], *, now: datetime) -> None:
    """Keeps for a week from when each was asked whether a domain's exchangers take anybody."""
    facts = {}
    for domain, known in habits.items():
        asked = {place: habit for place, habit in known.items() if habit.is_known and habit.at}
        if asked and len(domain) <= 300:
            end = max(habit.at or now for habit in asked.values()) + CATCH_ALL_KEPT
            facts[domain] = (
                {"exchangers": {place: _told(each) for place, each in asked.items()}, "rule": PROBE_RULE},
                end,
            )
    _keep(MemoryKind.CATCH_ALL, facts, now)


def _told(habit: CatchAll) -> dict[str, Any]:
    return {"value": habit.value, "code": habit.code, "at": habit.at.isoformat() if habit.at else None}


def _habit(place: str, facts: Mapping[str, Any]) -> CatchAll:
    at = datetime.fromisoformat(facts["at"])
    return CatchAll(is_known=True, value=facts["value"], code=facts["code"], at=at, place=place)


def recall_unresolved(domains: Iterable[str], *, now: datetime) -> dict[str, datetime]:
    """When each domain's exchangers were first seen without addresses."""
    rows = Memory.objects.good_at(now).filter(kind=MemoryKind.UNRESOLVED, key__in=list(domains))
    return {row.key: datetime.fromisoformat(row.facts["first"]) for row in rows}


def learn_unresolved(first_seen: Mapping[str, datetime], *, now: datetime) -> None:
    facts = {domain: ({"first": first.isoformat()}, now + UNRESOLVED_KEPT) for domain, first in first_seen.items()}
    _keep(MemoryKind.UNRESOLVED, facts, now)


def forget_unresolved(domains: Iterable[str]) -> None:
    """Their exchangers are found again: should they be missing once more, that is a first time."""
    if keys := list(domains):
        Memory.objects.filter(kind=MemoryKind.UNRESOLVED, key__in=keys).delete()


def recall_answers(names: Iterable[str], *, now: datetime) -> dict[tuple[str, ...], tuple[Answer, float]]:
    """What DNS said of these names, by name and type, and for how many more seconds that is good."""
    keys = [f"{name} {rtype}" for name in names for rtype in RECALLED]
    rows = Memory.objects.good_at(now).filter(kind=MemoryKind.DNS, key__in=keys)
    return {tuple(row.key.split(" ")): (_answer(row.facts), (row.expires_at - now).total_seconds()) for row in rows}


def learn_answers(answers: Mapping[tuple[str, str], tuple[Answer, float]], *, now: datetime) -> None:
    """Keeps conclusive answers that are ever recalled, for as long as they are good."""
    facts = {
        f"{name} {rtype}": (
            {"records": list(answer.records), "rcode": str(answer.rcode), "ttl": answer.ttl},
            now + timedelta(seconds=seconds),
        )
        for (name, rtype), (answer, seconds) in answers.items()
        if answer.is_conclusive and rtype in RECALLED and len(name) < 290
    }
    _keep(MemoryKind.DNS, facts, now)


def recall_blocks(*, now: datetime) -> dict[str, datetime]:
    """Providers and hosts that block us, and until when they are left alone."""
    rows = Memory.objects.good_at(now).filter(kind=MemoryKind.BLOCK)
    return {row.key: row.expires_at for row in rows}


def learn_blocks(until: Mapping[str, datetime], *, now: datetime) -> None:
    _keep(MemoryKind.BLOCK, {key: ({}, end) for key, end in until.items() if end > now}, now)


def recall_reach(*, now: datetime) -> bool | None:
    """Whether names of the world could be looked up from this machine a while ago; None: nobody has tried."""
    row = Memory.objects.good_at(now).filter(kind=MemoryKind.CUT_OFF).first()
    return None if row is None else not row.facts["is_cut_off"]


def learn_reach(can_resolve: bool, *, now: datetime) -> None:
    _keep(MemoryKind.CUT_OFF, {"names": ({"is_cut_off": not can_resolve}, now + REACH_KEPT)}, now)


def forget_expired(*, now: datetime) -> int:
    """Removes what is over; how many rows that was."""
    return Memory.objects.filter(expires_at__lte=now).delete()[0]


def _answer(facts: Mapping[str, Any]) -> Answer:
    return Answer(tuple(facts["records"]), Rcode(facts["rcode"]), facts["ttl"])


def _keep(kind: MemoryKind, facts: Mapping[str, tuple[dict[str, Any], datetime]], now: datetime) -> None:
    rows = [
        Memory(kind=kind, key=key, facts=content, learned_at=now, expires_at=end)
        for key, (content, end) in sorted(facts.items())
    ]
    Memory.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["facts", "learned_at", "expires_at"],
    )


def _without_address(verdict: EmailVerdict) -> dict[str, Any]:
    """The verdict as JSON without a trace of whom it is about: transcripts keep codes and classes, not words."""
    facts = {name: value for name, value in verdict.to_json().items() if name not in ABOUT_ADDRESS}
    evidence = {name: facts["evidence"][name] for name in KEPT_EVIDENCE if name in facts["evidence"]}
    sessions = [_without_words(session) for session in facts["evidence"].get("smtp", ())]
    return facts | {"evidence": evidence | {"smtp": sessions}}


def _without_words(session: Mapping[str, Any]) -> dict[str, Any]:
    lines = [
        line | {"cmd": line["cmd"].partition(" ")[0], "text": ""} if line["cmd"].startswith("RCPT") else line
        for line in session.get("transcript", ())
    ]
    return {**session, "transcript": lines}


def _faded(facts: dict[str, Any], address: str, now: datetime) -> EmailVerdict:
    verdict = EmailVerdict.from_json(facts | {"normalized": address})
    if verdict.status == "unknown":
        return verdict
    return replace(verdict, confidence=confidence_of(verdict.reason, checked_at=verdict.checked_at, now=now))
