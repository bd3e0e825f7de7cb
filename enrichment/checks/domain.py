"""A company seen by its domain's DNS, in 34 questions and never more: mail provider, policies, technologies, posture."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from enrichment.checks import policies, spf
from enrichment.checks.legibility import is_text
from enrichment.checks.technologies import Record, Technology, technologies
from enrichment.resolving import Answer, Resolver, gathered
from leads.identity import host_name

APEX = ("MX", "TXT", "NS", "CAA", "SOA")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
SHOWN = 60  # characters of a text that is no domain
POLICY_NAMES = ("_dmarc", "_mta-sts", "_smtp._tls", "default._bimi", "_atproto")
# Where the vendor's selector is an alias its target is the proof; the others hold the key themselves.
SELECTORS = {
    "selector1": "CNAME", "s1": "CNAME", "k1": "CNAME", "k2": "CNAME", "zendesk1": "CNAME", "fm1": "CNAME",
    "protonmail": "CNAME", "google": "TXT", "default": "TXT", "mandrill": "TXT", "mail": "TXT", "dkim": "TXT",
}  # fmt: skip
SUBDOMAINS = (
    "www", "autodiscover", "lyncdiscover", "enterpriseregistration", "enterpriseenrollment", "help", "support", "status",
    "shop", "careers", "go", "blog",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a domain's records say; `rcode` is how the question for its mail exchangers ended."""

    domain: str
    rcode: str
    mail_provider: str
    technologies: tuple[Technology, ...]
    security: Mapping[str, Any]
    posture: int
    bluesky: Mapping[str, str] | None
    records: tuple[Record, ...]
    asked: int
    checked_at: datetime

    def to_json(self) -> dict[str, Any]:
        found = [
            {
                "name": each.vendor, "category": each.category, "confidence": each.confidence, "evidence": each.evidence,
                "first_seen": _iso(each.first_seen), "last_seen": _iso(each.last_seen),
            }
            for each in self.technologies
        ]  # fmt: skip
        return {
            "domain": self.domain, "rcode": self.rcode, "mail_provider": self.mail_provider or None, "technologies": found,
            "security": dict(self.security), "posture": self.posture, "bluesky": self.bluesky, "questions": self.asked,
            "checked_at": _iso(self.checked_at),
        }  # fmt: skip


def questions(domain: str) -> list[tuple[str, str]]:
    """All that is asked of one domain: (name, record type)."""
    return [
        *((domain, rtype) for rtype in APEX),
        *((f"{name}.{domain}", "TXT") for name in POLICY_NAMES),
        *key_questions(domain),
        *((f"{name}.{domain}", "CNAME") for name in SUBDOMAINS),
    ]


def policy_questions(domain: str) -> list[tuple[str, str]]:
    """Those among them that tell how the domain guards its mail, but for its keys; the domain's own TXT first."""
    return [(domain, "TXT"), *((f"{name}.{domain}", "TXT") for name in POLICY_NAMES if name != "_atproto")]


def key_questions(domain: str) -> list[tuple[str, str]]:
    """Those that find its DKIM selectors."""
    return [(f"{selector}._domainkey.{domain}", rtype) for selector, rtype in SELECTORS.items()]


def domain_of(text: str) -> str:
    """The domain in a domain, URL or e-mail address: "https://www.acme.com/x" -> "www.acme.com"; ValueError says why none."""
    name, shown = host_name(text) if is_text(text) else "", text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
    if not name or not all(_LABEL.fullmatch(label) for label in name.split(".")):
        raise ValueError(f"“{shown}” is no domain.")
    if name.rpartition(".")[2].isdigit():
        raise ValueError(f"“{shown}” is an IP address, not a domain.")
    return name


async def inspect(domain: str, resolver: Resolver, *, at: datetime, folder: Path | None = None) -> Inspection:
    """Asks the domain's 34 questions at once and reads the answers. ValueError: the text is no domain."""
    name = domain_of(domain)
    asked = questions(name)
    answers = await gathered(*(resolver.query(*question) for question in asked))
    records = tuple(records_of(asked, answers))
    return seen(name, records, at=at, folder=folder, rcode=str(answers[0].rcode), asked=len(asked))


def seen(
    domain: str,
    records: Iterable[Record],
    *,
    at: datetime,
    folder: Path | None = None,
    rcode: str = "noerror",
    asked: int = 0,
) -> Inspection:
    """The inspection that a domain's records give; pure."""
    known = tuple(records)
    security = security_of(domain, known)
    account = policies.bluesky(_texts(known, f"_atproto.{domain}"))
    return Inspection(
        domain=domain,
        rcode=rcode,
        mail_provider=_mail_provider(domain, known),
        technologies=technologies(known, at=at, folder=folder),
        security=security,
        posture=policies.posture(held(security)),
        bluesky={"handle": domain, "did": account} if account else None,
        records=known,
        asked=asked,
        checked_at=at,
    )


def records_of(asked: list[tuple[str, str]], answers: list[Answer]) -> Iterable[Record]:
    """The answers as records, by their questions."""
    for (name, rtype), answer in zip(asked, answers, strict=True):
        yield from (Record(name, rtype, value) for value in answer.records)


def _mail_provider(domain: str, records: tuple[Record, ...]) -> str:
    """Who takes the domain's mail, by its preferred exchanger that is known."""
    exchangers = [record for record in records if record.type == "MX" and record.name == domain]
    ordered = sorted(exchangers, key=lambda record: int(record.value.split(" ")[0] or 0))
    named = (technologies([record]) for record in ordered)
    return next((found[0].vendor for found in named if found), "")


def security_of(domain: str, records: tuple[Record, ...]) -> dict[str, Any]:
    """What a domain's records say of its mail and certificates, as JSON."""
    sender = [text for text in _texts(records, domain) if spf.is_spf(text)]
    read = spf.parse(sender[0]) if len(sender) == 1 else None
    rule = policies.dmarc(_texts(records, f"_dmarc.{domain}"))
    selectors = {
        record.name.partition("._domainkey.")[0]
        for record in records
        if "._domainkey." in record.name and policies.is_key(record.value)
    }
    return {
        "spf": read and {"raw": read.raw, "all": read.all, "includes": list(read.includes), "own_lookups": read.own_lookups,
                         "valid": read.valid, "error": read.error},
        "spf_error": "The domain has more than one SPF record." if len(sender) > 1 else "",
        "dmarc": rule and {"raw": rule.raw, "policy": rule.policy, "pct": rule.pct, "rua": list(rule.rua),
                           "valid": rule.valid, "enforced": rule.enforced, "error": rule.error},
        "dkim_selectors": sorted(selectors),
        "mta_sts": policies.mta_sts(_texts(records, f"_mta-sts.{domain}")),
        "tls_rpt": list(policies.tls_reports(_texts(records, f"_smtp._tls.{domain}"))),
        "bimi": policies.bimi(_texts(records, f"default._bimi.{domain}")),
        "caa": {name: list(values) for name, values in policies.caa(_values(records, domain, "CAA")).items()},
    }  # fmt: skip


def held(security: Mapping[str, Any]) -> dict[str, bool]:
    """What counts for the posture."""
    sender, rule = security["spf"] or {}, security["dmarc"] or {}
    return {
        "spf_valid": bool(sender.get("valid")),
        "spf_closed": bool(sender.get("valid")) and sender.get("all") in ("-", "~"),
        "dmarc": bool(rule.get("valid")),
        "dmarc_enforced": bool(rule.get("enforced")),
        "dkim": bool(security["dkim_selectors"]),
        "mta_sts": security["mta_sts"] is not None,
        "tls_reports": bool(security["tls_rpt"]),
        "caa": bool(security["caa"]),
        "bimi": security["bimi"] is not None,
    }


def _texts(records: tuple[Record, ...], name: str) -> list[str]:
    return _values(records, name, "TXT")


def _values(records: tuple[Record, ...], name: str, rtype: str) -> list[str]:
    return [record.value for record in records if record.name == name and record.type == rtype]


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
