"""The gate of one provider and key: limits, breaker and health in one row, moved under its lock by whichever worker asks."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from leadengine import gating
from leadengine.gating import GateState, Limit
from leadengine.http import Turn
from leadengine.outcomes import Outcome
from leads.models import ProviderHealth, Standing

REFUSED = (Standing.KEY_REFUSED, Standing.OUT_OF_CREDITS)
SLOW = 3.0  # seconds for an answer, on average
STANDINGS = {
    Outcome.KEY_REFUSED: Standing.KEY_REFUSED,
    Outcome.OUT_OF_CREDITS: Standing.OUT_OF_CREDITS,
    Outcome.RATE_LIMITED: Standing.WAITING,
    Outcome.UNAVAILABLE: Standing.UNAVAILABLE,
    Outcome.GARBLED: Standing.UNAVAILABLE,
    Outcome.UNSAFE: Standing.UNAVAILABLE,
}


def digest_of(key: str) -> str:
    """What a key's row is found by; the same key in two workspaces shares its limits. "" for no key."""
    return salted_hmac("leads.providers", key, algorithm="sha256").hexdigest() if key else ""


@dataclass(frozen=True, slots=True)
class DatabaseGate:
    """Both steps are short transactions of their own: call it outside any other."""

    provider: str
    key: str = ""
    limits: Sequence[Limit] = ()
    clock: Callable[[], float] = time.time

    @transaction.atomic
    def enter(self) -> Turn:
        common = self._common()
        if common and (turn := common.enter()).wait:
            return turn
        row = self._locked()
        wait, state = gating.admit(GateState.from_json(row.gate), self.limits, self.clock())
        if wait:
            return Turn(wait, state.is_broken, row.last_error)
        row.gate, row.asked = state.to_json(), row.asked + 1
        row.save(update_fields=["gate", "asked"])
        return Turn()

    @transaction.atomic
    def leave(self, outcome: Outcome, *, said: str, seconds: float, wait: float) -> None:
        common = self._common()
        if common and outcome == Outcome.RATE_LIMITED:
            common.leave(outcome, said=said, seconds=seconds, wait=wait)
        elif common and outcome not in STANDINGS:
            common.end_wait()
        row = self._locked()
        state = self._after(GateState.from_json(row.gate), outcome, wait)
        row.gate = state.to_json()
        if outcome in STANDINGS:
            row.standing, row.last_error, row.last_error_at = STANDINGS[outcome], said[:300], timezone.now()
        elif outcome != Outcome.BAD_REQUEST:
            row.milliseconds = round((3 * row.milliseconds + 1000 * seconds) / 4) if row.milliseconds else _ms(seconds)
            row.last_answer_at = timezone.now()
            if state.closed_until <= self.clock():
                row.standing = Standing.SLOW if row.milliseconds > 1000 * SLOW else Standing.WORKING
        row.save()

    def end_wait(self) -> None:
        """The provider answers somebody after the wait that it named to all."""
        mine = ProviderHealth.objects.filter(provider=self.provider, key_digest=digest_of(self.key))
        is_over = mine.filter(standing=Standing.WAITING, gate__closed_until__lte=self.clock())
        is_over.update(standing=Standing.WORKING)

    def is_refused(self, within: timedelta) -> bool:
        """Whether the provider refused this key lately, or had no credits for it: asking on would only get us blocked."""
        mine = ProviderHealth.objects.filter(provider=self.provider, key_digest=digest_of(self.key))
        since = timezone.now() - within
        return mine.filter(standing__in=REFUSED, last_error_at__gt=since).exists()

    def _common(self) -> DatabaseGate | None:
        """The gate of all keys together; it is locked before a key's own."""
        limits = tuple(each for each in self.limits if each.is_of_all)
        return DatabaseGate(self.provider, "", limits, self.clock) if limits and self.key else None

    def _after(self, state: GateState, outcome: Outcome, wait: float) -> GateState:
        if outcome in (Outcome.UNAVAILABLE, Outcome.GARBLED):
            return gating.failed(state, self.clock())
        if outcome == Outcome.RATE_LIMITED:
            return gating.told_to_wait(state, wait, self.clock())
        return gating.succeeded(state)

    def _locked(self) -> ProviderHealth:
        mine = {"provider": self.provider, "key_digest": digest_of(self.key)}
        ProviderHealth.objects.bulk_create([ProviderHealth(**mine)], ignore_conflicts=True)
        return ProviderHealth.objects.select_for_update(no_key=True).get(**mine)


def _ms(seconds: float) -> int:
    return max(1, round(1000 * seconds))
