"""What a domain says of the mail it sends: SPF and DMARC, for the score and the evidence."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from enrichment.resolving import Resolver


@dataclass(frozen=True, slots=True)
class Posture:
    """`facts` move the score: spf_valid, dmarc_enforced."""

    facts: frozenset[str] = frozenset()
    evidence: dict[str, Any] = field(default_factory=dict)


async def posture_of(domain: str, resolver: Resolver) -> Posture:
    own, policy = await asyncio.gather(resolver.query(domain, "TXT"), resolver.query(f"_dmarc.{domain}", "TXT"))
    spf = [text for text in own.records if text.lower().startswith("v=spf1")]
    dmarc = [text for text in policy.records if text.lower().replace(" ", "").startswith("v=dmarc1")]
    action = _tag(dmarc[0], "p") if len(dmarc) == 1 else ""
    facts = {"spf_valid": len(spf) == 1, "dmarc_enforced": action in ("quarantine", "reject")}
    evidence = {"spf": {"raw": spf[0], "valid": len(spf) == 1} if spf else None, "dmarc": None}
    if dmarc:
        evidence["dmarc"] = {"policy": action, "rua": _tag(dmarc[0], "rua"), "valid": len(dmarc) == 1}
    return Posture(frozenset(fact for fact, holds in facts.items() if holds), evidence)


def _tag(record: str, name: str) -> str:
    """The value of one tag of a DMARC record, in lower case."""
    pairs = (part.partition("=") for part in record.split(";"))
    return next((value.strip().lower() for key, _, value in pairs if key.strip().lower() == name), "")
