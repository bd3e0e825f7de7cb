"""What a domain says of the mail it sends, and what block lists say of the domain: for score, evidence and reputation."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from enrichment.checks import policies, spf
from enrichment.checks.domain import held, key_questions, policy_questions, records_of, security_of
from enrichment.checks.reputation import Listing, listings
from enrichment.checks.technologies import Record
from enrichment.resolving import Rcode, Resolver, gathered

SHOWN = ("dkim_selectors", "mta_sts", "tls_rpt", "bimi", "caa")


@dataclass(frozen=True, slots=True)
class Posture:
    """`facts` move the score: spf_valid, dmarc_enforced."""

    facts: frozenset[str] = frozenset()
    evidence: dict[str, Any] = field(default_factory=dict)
    reputation: dict[str, Any] = field(default_factory=dict)


async def posture_of(domain: str, resolver: Resolver) -> Posture:
    """Two questions; more than one SPF record is as good as none (RFC 7208, 4.5)."""
    own, policy = await asyncio.gather(resolver.query(domain, "TXT"), resolver.query(f"_dmarc.{domain}", "TXT"))
    sender = _only(own.records)
    rule = policies.dmarc(policy.records)
    facts = {"spf_valid": bool(sender and sender.valid), "dmarc_enforced": bool(rule and rule.valid and rule.enforced)}
    return Posture(
        frozenset(fact for fact, holds in facts.items() if holds),
        {"spf": sender and _of_spf(sender, sender.own_lookups), "dmarc": rule and _of_dmarc(rule)},
    )


async def whole_posture(
    posture: Posture, domain: str, resolver: Resolver, *, zones: Iterable[str] = (), at: datetime
) -> Posture:
    """With what costs more questions: selectors of DKIM, the other policies, SPF's look-ups, and block lists' answers."""
    own, keys, listed = await asyncio.gather(
        _records(policy_questions(domain), resolver), _keys(domain, resolver), listings(domain, zones, resolver)
    )
    found = security_of(domain, (*own, *keys))
    sender, facts = _only(each.value for each in own if each.name == domain), posture.facts
    evidence = posture.evidence | {name: found[name] for name in SHOWN} | {"dnssec": None}  # None: not asked
    if sender is not None:
        costs = await spf.lookups(sender, lambda name: _spf_of(name, resolver))
        is_valid = sender.valid and costs <= spf.MOST_LOOKUPS
        evidence["spf"] = _of_spf(sender, costs) | {"valid": is_valid}
        facts = facts if is_valid else facts - {"spf_valid"}
    return replace(posture, facts=facts, evidence=evidence, reputation=_reputation(found, facts, listed, at))


async def _keys(domain: str, resolver: Resolver) -> Iterable[Record]:
    """Where the name above the selectors does not exist, nothing below it does (RFC 8020)."""
    above = await resolver.query(f"_domainkey.{domain}", "TXT")
    return () if above.rcode is Rcode.NXDOMAIN else await _records(key_questions(domain), resolver)


async def _records(asked: list[tuple[str, str]], resolver: Resolver) -> tuple[Record, ...]:
    answers = await gathered(*(resolver.query(*question) for question in asked))
    return tuple(records_of(asked, answers))


def _reputation(
    found: dict[str, Any], facts: frozenset[str], listed: Iterable[Listing], at: datetime
) -> dict[str, Any]:
    holds = held(found) if "spf_valid" in facts else held(found) | {"spf_valid": False, "spf_closed": False}
    lists = [{"zone": each.zone, "listed": each.listed, "codes": list(each.codes)} for each in listed]
    return {"posture": policies.posture(holds), "block_lists": lists, "at": at.isoformat()}


def _only(texts: Iterable[str]) -> spf.Spf | None:
    written = [text for text in texts if spf.is_spf(text)]
    return spf.parse(written[0]) if len(written) == 1 else None


async def _spf_of(name: str, resolver: Resolver) -> str:
    answer = await resolver.query(name, "TXT")
    return next((text for text in answer.records if spf.is_spf(text)), "")


def _of_spf(record: spf.Spf, lookups: int) -> dict[str, Any]:
    return {
        "raw": record.raw,
        "all": record.all,
        "includes": list(record.includes),
        "lookups": lookups,
        "valid": record.valid,
    }


def _of_dmarc(rule: policies.Dmarc) -> dict[str, Any]:
    return {"policy": rule.policy, "pct": rule.pct, "rua": list(rule.rua), "valid": rule.valid}
