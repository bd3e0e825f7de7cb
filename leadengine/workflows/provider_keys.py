"""Keys of providers: entered and taken away by managers, audited without the key, and tested by a worker."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from billing import auditing
from enrichment.providers.contract import credits_in
from leadengine.http import Unanswered
from leadengine.leased import LeaseState
from leadengine.outcomes import WRONG_TYPES, Outcome
from leadengine.sealing import CannotOpen
from leadengine.workflows.asking import is_sandboxed
from leadengine.workflows.providers import installed
from leadengine.workflows.waking import wake
from leads.models import ProviderKey, Standing
from leads.providers import keys
from leads.providers.gate import STANDINGS
from leads.sources.connector import KeyTest


class UnknownProvider(LookupError):
    """A name under which no provider is installed; the message lists those that are."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no provider “{name}”. Installed are: {', '.join(installed())}.")


@transaction.atomic
def set_key(workspace: Any, provider: str, text: str, *, by: Any, now: datetime) -> ProviderKey:
    """Keep the key, in place of the one before, and have it tested; no workspace means the whole server.

    Raises UnknownProvider, UnusableKey or NoSealingKey, and then nothing has happened.
    """
    if provider not in installed():
        raise UnknownProvider(provider)
    row = keys.store(workspace, provider, text, by=by)
    _audit("provider.key_set", row, by, now)
    wake()
    return row


@transaction.atomic
def remove_key(row: ProviderKey, *, by: Any, now: datetime) -> None:
    _audit("provider.key_removed", row, by, now)
    row.delete()


@transaction.atomic
def queue_test(row: ProviderKey) -> None:
    """Have the key tested by the next worker; nothing happens to one that is being tested."""
    if not row.is_testing:
        row.queue_test()
        row.save()
        wake()


def test_turn(row: ProviderKey, *, batches: int) -> None:
    """A worker's turn at a key that is due: ask the provider, outside any transaction, and write down what it said."""
    standing, said, left = try_key(row)
    ProviderKey.objects.filter(pk=row.pk, epoch=row.epoch).update(
        standing=standing,
        said=said[:300],
        credits_left=left,
        tested_at=timezone.now(),
        state=LeaseState.DONE,
        claimed=False,
    )


def try_key(row: ProviderKey) -> tuple[Standing, str, Any]:
    """(how the key stands, the sentence, the credits left): never raises for what a provider may do."""
    connector = installed().get(row.provider)
    if connector is None:
        return Standing.UNAVAILABLE, "This provider is not installed any more.", None
    try:
        is_inside = row.workspace is not None and is_sandboxed(row.workspace)
        found: KeyTest = connector.test_key(keys.opened(row), in_sandbox=is_inside)
    except CannotOpen as error:
        return Standing.KEY_REFUSED, str(error), None
    except Unanswered as error:
        return STANDINGS.get(error.outcome, Standing.UNAVAILABLE), str(error), None
    except WRONG_TYPES:
        return Standing.UNAVAILABLE, f"{connector.title} sent an answer that could not be read.", None
    if found.credits_left is not None and credits_in([found.credits_left]) is None:
        return Standing.UNAVAILABLE, f"{connector.title} named credits that are none, so the key was not tested.", None
    return Standing.WORKING, found.said, found.credits_left


def give_up_test(row: ProviderKey) -> None:
    """A test that loses its worker again and again."""
    ProviderKey.objects.filter(pk=row.pk).update(
        state=LeaseState.FAILED, claimed=False, standing=STANDINGS[Outcome.UNAVAILABLE], said=row.error
    )


def _audit(verb: str, row: ProviderKey, by: Any, now: datetime) -> None:
    after = {"provider": row.provider, "ending": row.ending}
    auditing.record(verb, workspace_id=row.workspace_id, by=by, obj=row, after=after, now=now)
