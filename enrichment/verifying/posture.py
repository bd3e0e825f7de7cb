"""What a domain says of the mail it sends: SPF and DMARC, for the score and the evidence."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from enrichment.checks import policies, spf
from enrichment.resolving import Resolver


@dataclass(frozen=True, slots=True)
class Posture:
    """`facts` move the score: spf_valid, dmarc_enforced."""

    facts: frozenset[str] = frozenset()
    evidence: dict[str, Any] = field(default_factory=dict)


async def posture_of(domain: str, resolver: Resolver) -> Posture:
    """Two questions; more than one SPF record is as good as none (RFC 7208, 4.5)."""
    own, policy = await asyncio.gather(resolver.query(domain, "TXT"), resolver.query(f"_dmarc.{domain}", "TXT"))
    written = [text for text in own.records if spf.is_spf(text)]
    sender = spf.parse(written[0]) if len(written) == 1 else None
    rule = policies.dmarc(policy.records)
    facts = {"spf_valid": bool(sender and sender.valid), "dmarc_enforced": bool(rule and rule.valid and rule.enforced)}
    return Posture(
        frozenset(fact for fact, holds in facts.items() if holds),
        {"spf": sender and _of_spf(sender), "dmarc": rule and _of_dmarc(rule)},
    )


def _of_spf(record: spf.Spf) -> dict[str, Any]:
    return {
        "raw": record.raw,
        "all": record.all,
        "includes": list(record.includes),
        "own_lookups": record.own_lookups,
        "valid": record.valid,
    }


def _of_dmarc(rule: policies.Dmarc) -> dict[str, Any]:
    return {"policy": rule.policy, "pct": rule.pct, "rua": list(rule.rua), "valid": rule.valid}
