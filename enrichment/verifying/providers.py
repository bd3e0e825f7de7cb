"""Whose machines take a domain's mail, by the names of its exchangers, and how gently each is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

OTHER = "other"
# Suffixes of exchangers' names, on label boundaries; the first that fits.
SUFFIXES: tuple[tuple[str, str], ...] = (
    ("olc.protection.outlook.com", "outlook_consumer"),
    ("hotmail.com", "outlook_consumer"),
    ("mail.protection.outlook.com", "m365"),
    ("mx.microsoft", "m365"),
    ("google.com", "google"),
    ("googlemail.com", "google"),
    ("yahoodns.net", "yahoo"),
    ("mail.ru", "mail_ru"),
    ("pphosted.com", "proofpoint"),
    ("ppe-hosted.com", "proofpoint"),
    ("mimecast.com", "mimecast"),
    ("mimecast.co.za", "mimecast"),
    ("barracudanetworks.com", "barracuda"),
)
GROUPS = frozenset(group for _, group in SUFFIXES)
# These take every recipient at first and sort later: asking them says nothing, so they are not asked.
UNVERIFIABLE = frozenset({"yahoo", "mail_ru"})


@dataclass(frozen=True, slots=True)
class Limit:
    """Sessions in flight, sessions begun in a minute and in a day."""

    in_flight: int = 2
    per_minute: int = 30
    per_day: int = 20_000


# A group is one limit for all its machines; of all others each host has its own.
LIMITS: dict[str, Limit] = {
    "google": Limit(per_day=5_000),
    "m365": Limit(per_day=5_000),
    "outlook_consumer": Limit(per_minute=10, per_day=1_000),
    "proofpoint": Limit(per_minute=20, per_day=2_000),
    "mimecast": Limit(per_minute=20, per_day=2_000),
    "barracuda": Limit(per_minute=20, per_day=2_000),
    OTHER: Limit(),
}


def group_of(hosts: Sequence[str]) -> tuple[str, str]:
    """The provider's group and the host that tells it; ("other", "") if it is nobody's we know.

    >>> group_of(["alt1.aspmx.l.google.com"])
    ('google', 'alt1.aspmx.l.google.com')
    """
    return next(((group, host) for host in hosts if (group := _group_of(host))), (OTHER, ""))


@lru_cache(maxsize=65_536)
def _group_of(host: str) -> str:
    return next((group for suffix, group in SUFFIXES if host == suffix or host.endswith(f".{suffix}")), "")
