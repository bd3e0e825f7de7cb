"""Which key a workspace asks a provider with: its own, else the server's; opened only at the moment of use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leadengine.sealing import CannotOpen, reseal, seal, unseal
from leads.models import LinkedInConnection, ProviderHealth, ProviderKey, Standing
from leads.providers.gate import digest_of

SHORTEST, LONGEST = 8, 500
MOST_TRIES = 3  # to seal a key anew that is entered anew all the time


class UnusableKey(ValueError):
    """It cannot be a key; the message is a sentence for the person who entered it."""


@dataclass(frozen=True, slots=True)
class Health:
    """How a provider fares for one workspace; `key` None where it has none. `used_at`: when it last answered."""

    standing: Standing
    key: ProviderKey | None = None
    said: str = ""
    used_at: datetime | None = None


def key_of(workspace_id: int, provider: str) -> str:
    """The opened key, "" if there is none. Raises CannotOpen."""
    found = ProviderKey.objects.reaching(workspace_id).filter(provider=provider).first()
    return opened(found) if found else ""


def opened(row: ProviderKey) -> str:
    """The key of the row; its digest is made anew where SECRET_KEY changed, or it would be shown by its old health for ever.

    Raises CannotOpen.
    """
    key = unseal(row.sealed)
    if row.digest != digest_of(key):
        ProviderKey.objects.filter(pk=row.pk, sealed=row.sealed).update(digest=digest_of(key))
    return key


def cleaned(text: str) -> str:
    """A key as it was pasted, without what surrounds it. Raises UnusableKey."""
    key = text.strip()
    if not SHORTEST <= len(key) <= LONGEST or not key.isascii() or not key.isprintable() or " " in key:
        raise UnusableKey(f"A key has {SHORTEST} to {LONGEST} letters, digits and signs, without blanks.")
    return key


def store(workspace: Any, provider: str, text: str, *, by: Any) -> ProviderKey:
    """Seals and keeps the key in place of the one before, to be tested next. Raises UnusableKey or NoSealingKey."""
    key = cleaned(text)
    row = ProviderKey.objects.filter(workspace=workspace, provider=provider).first()
    row = row or ProviderKey(workspace=workspace, provider=provider)
    row.sealed, row.digest, row.ending, row.added_by = seal(key), digest_of(key), key[-4:], by
    row.standing, row.said, row.credits_left, row.tested_at = Standing.UNTRIED, "", None, None
    row.queue_test()
    row.save()
    return row


def rotate() -> tuple[int, int]:
    """Seals every key and token anew under the newest of FIELD_KEYS; (how many were, how many could not be opened)."""
    done = lost = 0
    rows: list[Any] = [*ProviderKey.objects.order_by("pk"), *LinkedInConnection.objects.order_by("pk")]
    for row in rows:
        try:
            _reseal(row)
        except CannotOpen:
            lost += 1
        else:
            done += 1
    return done, lost


def _reseal(row: Any) -> None:
    """Never over a key or token that was entered or made anew meanwhile: that one is sealed anew instead."""
    for _ in range(MOST_TRIES):
        if isinstance(row, ProviderKey):
            opened(row)
        if type(row).objects.filter(pk=row.pk, sealed=row.sealed).update(sealed=reseal(row.sealed)):
            return
        row = type(row).objects.filter(pk=row.pk).first()
        if row is None:
            return


def health_of(workspace_id: int, providers: Iterable[str], *, in_sandbox: bool = False) -> dict[str, Health]:
    """How each provider fares for the workspace, in two queries. What a key's test said counts until it was used since.

    In the sandbox all of them work, whatever the key.
    """
    keys: dict[str, ProviderKey] = {}
    for row in ProviderKey.objects.reaching(workspace_id).select_related("added_by"):
        keys.setdefault(row.provider, row)
    if in_sandbox:
        return {name: Health(Standing.WORKING, keys.get(name)) for name in providers}
    digests = {name: keys[name].digest if name in keys else "" for name in providers}
    rows = {
        (row.provider, row.key_digest): row
        for row in ProviderHealth.objects.filter(provider__in=digests, key_digest__in=set(digests.values()))
    }
    return {name: _health(keys.get(name), rows.get((name, digest))) for name, digest in digests.items()}


def _health(key: ProviderKey | None, row: ProviderHealth | None) -> Health:
    if row is not None:
        is_bad = row.standing not in (Standing.WORKING, Standing.SLOW)
        return Health(Standing(row.standing), key, row.last_error if is_bad else "", row.last_answer_at)
    return Health(Standing(key.standing) if key else Standing.UNTRIED, key, key.said if key else "")
