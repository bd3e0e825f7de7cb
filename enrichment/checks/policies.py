"""What a domain publishes about its mail and certificates: DMARC, MTA-STS, TLS reports, BIMI, CAA, Bluesky handle."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_POLICIES = {"none", "quarantine", "reject"}
_KEYS = re.compile(r"[^\s=;]*(?:dkim|domainkey)[^\s=;]*", re.IGNORECASE)
_DID = re.compile(r"did=(did:[a-z]+:[A-Za-z0-9._:%-]+)")


@dataclass(frozen=True, slots=True)
class Dmarc:
    """A DMARC record (RFC 7489); `policy` "" and `error` set where it is not valid."""

    raw: str
    policy: str = ""
    subdomain_policy: str = ""
    pct: int = 100
    rua: tuple[str, ...] = ()
    error: str = ""

    @property
    def valid(self) -> bool:
        return not self.error

    @property
    def enforced(self) -> bool:
        """Forged mail is put aside or refused, for all of it."""
        return self.policy in ("quarantine", "reject") and self.pct == 100


def tags(text: str) -> dict[str, str]:
    """The tag list of a record: "v=DMARC1; p=none" -> {"v": "DMARC1", "p": "none"}; the first of a name counts."""
    found: dict[str, str] = {}
    for part in text.split(";"):
        name, equals, value = part.partition("=")
        if equals:
            found.setdefault(name.strip().lower(), value.strip())
    return found


def only(texts: Iterable[str], version: str) -> str:
    """The one record of a version among a name's TXT records; "" if there is none, or more than one (which void it)."""
    found = [text for text in texts if re.match(rf"v\s*=\s*{version}\s*(;|$)", text.strip(), re.IGNORECASE)]
    return found[0] if len(found) == 1 else ""


def dmarc(texts: Iterable[str]) -> Dmarc | None:
    """The policy in the TXT records of _dmarc.<domain>, or None."""
    text = only(texts, "DMARC1")
    if not text:
        return None
    found = tags(text)
    policy, percent = found.get("p", "").lower(), found.get("pct", "100")
    rua = tuple(each.strip() for each in found.get("rua", "").split(",") if each.strip())
    if policy not in _POLICIES and rua:
        policy = "none"  # RFC 7489, 6.6.3: with an address for reports a wrong policy is read as none
    if policy not in _POLICIES:
        return Dmarc(text, error="It names no policy (p=).")
    wrong = (
        ""
        if re.fullmatch(r"\d{1,3}", percent, re.ASCII) and int(percent) <= 100
        else f"pct={percent} is no percentage."
    )
    return Dmarc(text, policy, found.get("sp", policy).lower(), 100 if wrong else int(percent), rua, wrong)


def mta_sts(texts: Iterable[str]) -> str | None:
    """The id of the MTA-STS policy (RFC 8461) in the TXT records of _mta-sts.<domain>, or None."""
    found = tags(only(texts, "STSv1")).get("id", "")
    return found if re.fullmatch(r"[A-Za-z0-9]{1,32}", found) else None


def tls_reports(texts: Iterable[str]) -> tuple[str, ...]:
    """Where reports of failed TLS go (RFC 8460), from _smtp._tls.<domain>."""
    found = tags(only(texts, "TLSRPTv1")).get("rua", "")
    return tuple(each.strip() for each in found.split(",") if each.strip().startswith(("mailto:", "https:")))


def bimi(texts: Iterable[str]) -> dict[str, str] | None:
    """Logo and certificate of the brand, from default._bimi.<domain>; None if it declines to take part, too."""
    found = tags(only(texts, "BIMI1"))
    return {"logo": found["l"], "certificate": found.get("a", "")} if found.get("l", "").startswith("https:") else None


def caa(values: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Who may issue certificates: ("0 issue letsencrypt.org",) -> {"issue": ("letsencrypt.org",)}."""
    found: dict[str, tuple[str, ...]] = {}
    for value in values:
        parts = value.split(None, 2)
        if len(parts) == 3 and parts[0].isdigit():
            name = parts[1].lower()
            found[name] = (*found.get(name, ()), parts[2].strip('"').split(";")[0].strip())
    return found


def is_key(text: str) -> bool:
    """Whether a DKIM selector's TXT record holds a key, or its alias leads to where keys are (RFC 6376, 3.6.1): a domain
    that answers for any name below it has none by that, nor has one that took its key back.
    """
    found = tags(text)
    return bool(found.get("p") and found.get("v", "DKIM1") == "DKIM1") or bool(_KEYS.fullmatch(text))


def bluesky(texts: Iterable[str]) -> str:
    """The account's identifier in _atproto.<domain>; whoever runs the domain has put it there."""
    found = [match[1] for text in texts if (match := _DID.fullmatch(text.strip().strip('"')))]
    return found[0] if len(found) == 1 else ""


POSTURE = {
    "spf_valid": 20, "spf_closed": 10, "dmarc": 15, "dmarc_enforced": 25, "dkim": 10, "mta_sts": 10, "tls_reports": 3,
    "caa": 4, "bimi": 3,
}  # fmt: skip


def posture(holds: Mapping[str, Any]) -> int:
    """How well a domain guards its name, 0..100: the sum of the points of what it has."""
    return sum(points for name, points in POSTURE.items() if holds.get(name))
