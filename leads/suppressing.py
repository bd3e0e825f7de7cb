"""The suppression list: whom never to deliver, compared by keyed hashes so that the list itself names nobody."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings

from leads.candidate import Candidate
from leads.identity import domain_key, email_key, linkedin_slug, phone_key, record_identity
from leads.models import Suppression, SuppressionKind

NAMES: dict[str, str] = {
    SuppressionKind.EMAIL: "an e-mail address",
    SuppressionKind.DOMAIN: "a domain",
    SuppressionKind.PHONE: "a phone number with its country code",
    SuppressionKind.LINKEDIN: "a LinkedIn profile",
    SuppressionKind.RECORD: "the record of a source",
}


Digest = tuple[str, bytes]


class UnusableSuppression(ValueError):
    """What was given names no e-mail address, domain, phone or LinkedIn profile."""


def digest(kind: str, value: str) -> bytes:
    """HMAC-SHA256 of the kind and canonical value under the server's suppression key."""
    return hmac.digest(settings.SUPPRESSION_KEY.encode(), f"{kind}:{value}".encode(), hashlib.sha256)


def canonical(kind: str, value: str) -> str:
    """The form of a value that is hashed; raises UnusableSuppression with a sentence for the person."""
    by_kind: dict[str, Callable[[str], str]] = {
        "email": email_key,
        "domain": domain_key,
        "phone": phone_key,
        "linkedin": _profile,
        "record": str,
    }
    key = by_kind[kind](value.strip())
    if not key:
        raise UnusableSuppression(f"“{value.strip()}” is not {NAMES[kind]}.")
    return key


def _profile(text: str) -> str:
    """The slug of a profile's address, or the slug itself: "jane-doe-1"."""
    bare = linkedin_slug(f"linkedin.com/in/{text}") if re.fullmatch(r"[\w%-]+", text) else ""
    return linkedin_slug(text) or bare


def suppress(kind: str, value: str, *, workspace: Any | None, by: Any | None, note: str, now: datetime) -> Suppression:
    """Put one value on the list of a workspace, or of the whole server when no workspace is given. Idempotent."""
    entry, _ = Suppression.objects.get_or_create(
        workspace=workspace,
        kind=kind,
        digest=digest(kind, canonical(kind, value)),
        defaults={"note": note, "created_by": by, "created_at": now},
    )
    return entry


def find(kind: str, value: str, *, workspace: Any) -> Suppression | None:
    """The workspace's entry for this value, if there is one. Raises UnusableSuppression."""
    return Suppression.objects.filter(
        workspace=workspace, kind=kind, digest=digest(kind, canonical(kind, value))
    ).first()


def digests(records: Iterable[Candidate], keys: Iterable[tuple[str, str]] = ()) -> set[Digest]:
    """Every hash under which somebody could be suppressed: by any record of them, the losing ones too, the person's and
    the company's alike; and by these further (kind, canonical value) pairs.
    """
    values = {pair for record in records for pair in _addresses(record)} | set(keys)
    return {(kind, digest(kind, value)) for kind, value in values if value and kind in SuppressionKind.values}


def suppressed(workspace_id: int, wanted: Sequence[set[Digest]]) -> set[int]:
    """The positions of those that must not be delivered to this workspace, by the digests of each. One query."""
    listed = _listed(workspace_id, set().union(*wanted))
    return {index for index, each in enumerate(wanted) if not each.isdisjoint(listed)}


def _addresses(record: Candidate) -> Iterator[tuple[str, str]]:
    """A number without its country's code is read by the rules of both countries; a company's number is the person's
    where the person has none, for it becomes the lead's.
    """
    company = record.company
    yield "email", email_key(record.email)
    yield "domain", domain_key(record.email.rpartition("@")[2])
    yield "domain", domain_key(company.domain)
    yield "linkedin", linkedin_slug(record.linkedin_url)
    yield from ((each.kind, each.value) for each in record_identity(record))
    for country in {record.country, company.country}:
        yield "phone", phone_key(record.phone or company.phone, country)


def _listed(workspace_id: int, wanted: Iterable[Digest]) -> set[Digest]:
    rows = Suppression.objects.reaching(workspace_id).filter(digest__in=[value for _, value in wanted])
    return {(kind, bytes(value)) for kind, value in rows.values_list("kind", "digest")}
