"""What is shown of a company's domain: technologies with their times, who takes its mail, and how that is guarded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from enrichment.checks.technologies import Technology
from enrichment.models import EmailCheck
from enrichment.seen_technologies import known_technologies
from leadengine.leased import LeaseState
from leads.models import Company

DMARC = {
    "reject": "DMARC rejects forged mail",
    "quarantine": "DMARC sets forged mail aside",
    "none": "DMARC only watches",
}


@dataclass(frozen=True, slots=True)
class DomainPanel:
    """`guards` are short phrases; `posture` 0..100, None where no verification has looked."""

    seen: Sequence[Technology] = ()
    mail_provider: str = ""
    guards: Sequence[str] = ()
    posture: int | None = None
    at: datetime | None = None

    @property
    def is_empty(self) -> bool:
        return not self.seen and self.posture is None


def domain_panel(company: Company) -> DomainPanel:
    """Two queries."""
    if not company.domain:
        return DomainPanel()
    seen = known_technologies([company.domain]).get(company.domain, ())
    provider = next((each.vendor for each in seen if each.evidence.startswith("MX ")), "")
    found = _last_evidence(company)
    posture = found.get("reputation", {}).get("posture")
    return DomainPanel(seen, provider, guards_of(found.get("dns") or {}), posture, found.get("at"))


def guards_of(dns: Mapping[str, Any]) -> tuple[str, ...]:
    """What a verdict's evidence tells of the domain's mail: {"spf": {"valid": True, "all": "-"}} -> ("SPF is strict",)."""
    sender, rule = dns.get("spf") or {}, dns.get("dmarc") or {}
    said = [
        ("SPF is strict" if sender.get("all") == "-" else "SPF") if sender.get("valid") else "",
        DMARC.get(rule.get("policy", ""), "") if rule.get("valid") else "",
        "DKIM keys" if dns.get("dkim_selectors") else "",
        "MTA-STS" if dns.get("mta_sts") else "",
        "BIMI" if dns.get("bimi") else "",
    ]
    return tuple(each for each in said if each)


def _last_evidence(company: Company) -> dict[str, Any]:
    """Of the latest verification of an address at the company's own domain."""
    done = EmailCheck.objects.of(company.workspace_id).filter(
        lead__company=company, email__iendswith=f"@{company.domain}", state=LeaseState.DONE, verdict__isnull=False
    )
    last = done.order_by("-finished_at").first()
    found = last.found if last else None
    return {**found.evidence, "at": found.checked_at} if found else {}
