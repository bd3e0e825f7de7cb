"""How a workspace stands: what it may spend, what is held, and what a full meter is, in one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from billing.ledger import Balance
from billing.limits import Allowance, allowance_of, columns_of
from billing.models import CreditAccount, CreditEntry, EntryKind, User, Workspace

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Standing:
    """`full` is the balance after the last grant: what 100 % of the meter is; 0 before the first grant."""

    posted: Decimal
    held: Decimal
    full: Decimal

    @property
    def available(self) -> Decimal:
        return self.posted - self.held

    @property
    def alert_at(self) -> Decimal:
        return self.full / 5

    @property
    def is_low(self) -> bool:
        """Whether less than a fifth of the balance after the last grant is available."""
        return self.available < self.alert_at

    @property
    def percent(self) -> int:
        return max(0, min(100, int(100 * self.available / self.full))) if self.full > 0 else 0


def standing(workspace: Workspace) -> Standing:
    account: CreditAccount = accounts().get(workspace=workspace)
    return standing_of(account)


def means(workspace: Workspace, by: User, *, now: datetime) -> tuple[Balance, Allowance]:
    """The balance and what the member may spend of it, in one query."""
    account = CreditAccount.objects.annotate(**columns_of(by.pk, now=now)).get(workspace=workspace)
    return Balance(account.posted, account.held), allowance_of(account)


def accounts() -> QuerySet[CreditAccount]:
    """Accounts with the number of their last grant, and what was posted after it."""
    entries = CreditEntry.objects.filter(workspace=OuterRef("workspace"))
    last = entries.filter(kind=EntryKind.GRANT).order_by("-pk").values("pk")[:1]
    after = entries.filter(pk__gt=OuterRef("last_grant")).order_by().values("workspace").annotate(sum=Sum("posted"))
    found: QuerySet[CreditAccount] = CreditAccount.objects.annotate(last_grant=Subquery(last))
    return found.annotate(since_grant=Subquery(after.values("sum")))


def standing_of(account: CreditAccount) -> Standing:
    """Of an account of `accounts()`."""
    since = account.since_grant or ZERO  # type: ignore[attr-defined]
    full = account.posted - since if account.last_grant else ZERO  # type: ignore[attr-defined]
    return Standing(account.posted, account.held, full)
