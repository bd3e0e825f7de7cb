"""What block lists say of a domain or a server, asked by DNS where the user has configured them; and how evidence ages."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from enrichment.resolving import Resolver, gathered

HALF_LIFE = timedelta(days=90)
_REFUSED = ipaddress.ip_network(
    "127.255.255.0/24"
)  # "you asked through a public resolver", "too many questions": no answer
_LISTED = ipaddress.ip_network("127.0.0.0/8")


@dataclass(frozen=True, slots=True)
class Listing:
    """`listed` None: the list gave no answer that can be believed."""

    zone: str
    listed: bool | None
    codes: tuple[str, ...] = ()


def question(subject: str, zone: str) -> str:
    """The name to ask for: ("192.0.2.1", "bl.example") -> "1.2.0.192.bl.example"; a domain stands as it is."""
    try:
        return f"{ipaddress.ip_address(subject).reverse_pointer.rpartition('.')[0].rpartition('.')[0]}.{zone}"
    except ValueError:
        return f"{subject}.{zone}"


def reverse_name(address: str) -> str:
    """Where an address's host name stands: "192.0.2.1" -> "1.2.0.192.in-addr.arpa"."""
    return ipaddress.ip_address(address).reverse_pointer


async def listings(subject: str, zones: Iterable[str], resolver: Resolver) -> tuple[Listing, ...]:
    """What each configured list says of an address or a domain; no zones: nothing is asked."""
    asked = list(zones)
    answers = await gathered(*(resolver.query(question(subject, zone), "A") for zone in asked))
    return tuple(
        Listing(zone, _is_listed(answer.records) if answer.is_conclusive else None, answer.records)
        for zone, answer in zip(asked, answers, strict=True)
    )


def _is_listed(codes: tuple[str, ...]) -> bool | None:
    addresses = [ipaddress.ip_address(code) for code in codes]
    if any(address in _REFUSED for address in addresses):
        return None
    return any(address in _LISTED for address in addresses)


def aged(confidence: float, *, seen_at: datetime, now: datetime) -> float:
    """What a confidence is worth today: half of it every 90 days."""
    return confidence * 0.5 ** (max(now - seen_at, timedelta()) / HALF_LIFE)
