"""A workspace's connection to LinkedIn: allowed, pointed at an ad account, told how it stands, and taken away."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from billing import auditing
from leadengine.http import Unanswered
from leadengine.sealing import CannotOpen, unseal
from leadengine.workflows.linkedin_hook import standing, switch_off, switch_on, take_up, waiting, why_waiting
from leads.models import LinkedInConnection, LinkedInEvent, ProviderHealth, ProviderKey, Standing
from leads.providers import linkedin
from leads.providers.gate import digest_of
from leads.sources.social.linkedin import LinkedIn, accounts, connection

SINCE = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Choice:
    """Whose forms are read, from which day on; and what may be spent a month on taking responses in as they come."""

    account: str
    name: str
    since: date
    most_credits_a_month: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """`state`: no_key, unconnected, refused, expired or connected; `said` is why, in a sentence, where there is more."""

    state: str
    found: LinkedInConnection | None = None
    said: str = ""

    def to_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {"state": self.state, "said": self.said}
        if self.found:
            told |= {"account": self.found.account, "account_name": self.found.account_name}
            told |= {"scopes": self.found.scopes.split(), "since": self.found.since.isoformat()}
            told |= {"last_event_at": self.found.event_at and self.found.event_at.isoformat()}
            told |= {"webhook": standing(self.found, now=timezone.now()), "waiting": waiting(self.found)}
            most = self.found.most_credits_a_month
            told |= {"most_credits_a_month": most and str(most), "why_waiting": why_waiting(self.found)}
            told |= {"ends_at": self.found.ends_at.isoformat(), "connected_by": self.found.connected_by.email}
        return told


def status(workspace: Any, *, now: datetime) -> Status:
    """How the connection stands, without asking LinkedIn."""
    found = LinkedInConnection.objects.of(workspace).select_related("connected_by").first()
    if found is None:
        has_key = ProviderKey.objects.reaching(workspace).filter(provider=linkedin.PROVIDER).exists()
        return Status("unconnected" if has_key else "no_key")
    if found.standing == Standing.KEY_REFUSED:
        return Status("refused", found, found.said)
    if _lasts_until(found) <= now:
        return Status("expired", found)
    refusal = _refusal(found)
    return Status("refused" if refusal else "connected", found, refusal)


def connect(workspace: Any, *, code: str, back: str, by: Any, now: datetime) -> LinkedInConnection:
    """Trades the code for tokens and keeps them in place of those before, at the first ad account. Raises Unanswered.

    LinkedIn is asked outside any transaction.
    """
    source = LinkedIn()
    tokens = linkedin.exchange(source.oauth(), linkedin.app_of(workspace.pk), code=code, back=back)
    found = connection(workspace.pk) or LinkedInConnection(workspace=workspace, since=(now - SINCE).date())
    linkedin.keep(found, tokens)
    found.connected_by, found.connected_at = by, now
    with transaction.atomic():
        found.save()
        take_up(found, now=now)
        _audit("linkedin.connected", found, by, now)
    with suppress(Unanswered):  # connected all the same
        _offer(found, accounts(LinkedIn().open_for(found)))
    return found


def _offer(found: LinkedInConnection, named: list[tuple[str, str]]) -> None:
    """Keeps the ad accounts that the person may use, for the page, and points it at the first where its own is none of them."""
    found.offered = named
    if named and found.account not in dict(named):
        found.account, found.account_name = named[0]
    found.save(update_fields=["offered", "account", "account_name"])


def ad_accounts(found: LinkedInConnection) -> list[tuple[str, str]]:
    """(URN, name) of those that LinkedIn named when it was connected last, and of the one that is read. Asks nobody."""
    named = dict(found.offered)
    return list({**named, found.account: named.get(found.account, found.account_name)}.items())


def choose(found: LinkedInConnection, choice: Choice, *, by: Any, now: datetime) -> None:
    """Points it there. Raises Unanswered where LinkedIn sends events of another account, and does not change that."""
    is_sent = bool(found.webhook) and found.account != choice.account
    if is_sent:
        switch_off(found, by=by, now=now)
    found.account, found.account_name, found.since = choice.account, choice.name, choice.since
    found.most_credits_a_month = choice.most_credits_a_month
    with transaction.atomic():
        found.save(update_fields=["account", "account_name", "since", "most_credits_a_month"])
        take_up(found, now=now)
        _audit("linkedin.account_chosen", found, by, now)
    if is_sent:
        switch_on(found, by=by, now=now)


def disconnect(found: LinkedInConnection, *, by: Any, now: datetime) -> None:
    """Forgets the tokens and what the webhook told, having asked LinkedIn to send no more. The leads that came stay."""
    if found.webhook:
        with suppress(Unanswered):  # one that is refused already cannot be switched off: its events are refused here
            switch_off(found, by=by, now=now)
    with transaction.atomic():
        LinkedInEvent.objects.of(found.workspace_id).delete()
        _audit("linkedin.disconnected", found, by, now)
        found.delete()


def _lasts_until(found: LinkedInConnection) -> datetime:
    """Without a refresh token, to the end of the access token."""
    return max(found.ends_at, found.refresh_ends_at or found.ends_at)


def _refusal(found: LinkedInConnection) -> str:
    """What LinkedIn said when a run was refused with the present token."""
    try:
        access = json.loads(unseal(found.sealed))["access"]
    except CannotOpen as error:
        return str(error)
    names = (linkedin.PROVIDER, f"sandbox:{linkedin.PROVIDER}")  # the second: an address that its operator named
    rows = ProviderHealth.objects.filter(provider__in=names, key_digest=digest_of(access))
    return rows.filter(standing=Standing.KEY_REFUSED).values_list("last_error", flat=True).first() or ""


def _audit(verb: str, found: LinkedInConnection, by: Any, now: datetime) -> None:
    after = {"account": found.account, "scopes": found.scopes}
    if found.most_credits_a_month is not None:
        after |= {"most_credits_a_month": str(found.most_credits_a_month)}
    auditing.record(verb, workspace_id=found.workspace_id, by=by, obj=found, after=after, now=now)
