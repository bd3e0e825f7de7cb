"""The database itself refuses to cheat the ledger: attacks past all Python code, as the owner of the tables."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from billing import ledger
from billing.models import AuditEvent, CreditAccount, CreditEntry, EntryKind, Hold
from tests.factories import credits, people

pytestmark = [pytest.mark.db, pytest.mark.django_db]


@pytest.fixture
def hold() -> Hold:
    """10 of 100 credits held, 4 charged."""
    held = credits.hold(people.workspace(credits=100), 10)
    credits.captured(held, 4, key="delivery:1")
    return held


def sql(statement: str):
    def attack(hold: Hold) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return attack


def entry(kind: str, posted: str, held: str, **fields: object):
    def attack(hold: Hold) -> None:
        given = {"workspace": hold.workspace, "account": hold.account, "key": "attack"}
        values = {"kind": kind, "posted": Decimal(posted), "held": Decimal(held)}
        with_hold = {"hold": hold} if fields.pop("on_hold", False) else {}
        CreditEntry.objects.create(**given | values | with_hold | fields)

    return attack


def release_of_anothers_hold(hold: Hold) -> None:
    other = credits.hold(people.workspace(credits=50), 10)
    entry("release", "0", "-1", hold=other)(hold)


def entry_on_anothers_account(hold: Hold) -> None:
    entry("grant", "5", "0", account=people.workspace().credit_account)(hold)


def account_born_rich(hold: Hold) -> None:
    CreditAccount.objects.create(workspace=people.Workspace.objects.create(name="Rich", slug="rich"), posted=1000)


def hold_born_full(hold: Hold) -> None:
    Hold.objects.create(workspace=hold.workspace, account=hold.account, remaining=Decimal(50))


@transaction.atomic
def checked_at_once(attack: Callable[[Hold], None], hold: Hold) -> None:
    attack(hold)
    connection.check_constraints()


ATTACKS = {  # what somebody tries, by what the database names as its reason
    "change an entry": ("append-only", sql("UPDATE billing_creditentry SET posted = 1000")),
    "delete entries": ("append-only", sql("DELETE FROM billing_creditentry")),
    "change the audit": ("append-only", sql("UPDATE billing_auditevent SET verb = 'nothing'")),
    "delete the audit": ("append-only", sql("DELETE FROM billing_auditevent")),
    "raise a balance": ("derived from its entries", sql("UPDATE billing_creditaccount SET posted = posted + 5")),
    "free what is held": ("derived from its entries", sql("UPDATE billing_creditaccount SET held = 0")),
    "refill a hold": ("derived from its entries", sql("UPDATE billing_hold SET remaining = remaining + 5")),
    "delete the account": (
        "foreign key",
        lambda hold: CreditAccount.objects.filter(pk=hold.account_id)._raw_delete("default"),
    ),
    "be born rich": ("derived from its entries", account_born_rich),
    "be born held": ("derived from its entries", hold_born_full),
    "grant less than nothing": ("entry_shape", entry("grant", "-5", "0")),
    "grant with a hold": ("entry_shape", entry("grant", "5", "0", on_hold=True)),
    "charge more than is held": ("account_held_not_negative", entry("capture", "-7", "-7", on_hold=True)),
    "charge without a hold": ("entry_shape", entry("capture", "-1", "-1")),
    "charge lopsidedly": ("entry_shape", entry("capture", "-1", "-5", on_hold=True)),
    "release more than is held": ("account_held_not_negative", entry("release", "0", "-7", on_hold=True)),
    "release upwards": ("entry_shape", entry("release", "0", "1", on_hold=True)),
    "hold twice on one hold": ("entry_one_hold", entry("hold", "0", "5", on_hold=True)),
    "let expire what is held": ("account_available_not_negative", entry("expire", "-91", "0")),
    "reverse nothing": ("entry_shape", entry("reverse", "5", "0")),
    "invent a kind": ("entry_shape", entry("gift", "5", "0")),
    "repeat a key": ("entry_key_once", entry("grant", "5", "0", key="delivery:1")),
    "release another workspace's hold": ("billing_creditentry_hold_id_wall", release_of_anothers_hold),
    "enter on another workspace's account": ("billing_creditentry_account_id_wall", entry_on_anothers_account),
}


@pytest.mark.parametrize(("reason", "attack"), ATTACKS.values(), ids=ATTACKS)
def test_database_refuses_to(reason: str, attack: Callable[[Hold], None], hold: Hold) -> None:
    with pytest.raises(DatabaseError, match=reason):
        checked_at_once(attack, hold)

    assert ledger.balance(hold.workspace) == ledger.Balance(Decimal(96), Decimal(6))


def test_audit_is_not_empty_when_it_is_attacked(hold: Hold) -> None:
    assert AuditEvent.objects.filter(verb="credits.granted").exists()


def test_one_statement_folds_into_several_accounts_and_holds() -> None:
    holds = [credits.hold(people.workspace(credits=10), 5) for _ in range(2)]

    CreditEntry.objects.bulk_create(
        CreditEntry(
            workspace=each.workspace,
            account=each.account,
            hold=each,
            kind=EntryKind.CAPTURE,
            posted=-amount,
            held=-amount,
            key=f"delivery:{amount}",
        )
        for each in holds
        for amount in (1, 2)
    )

    found = [(each.remaining, each.captured) for each in Hold.objects.filter(pk__in=[each.pk for each in holds])]
    assert found == [(2, 3), (2, 3)]
    assert {ledger.balance(each.workspace).available for each in holds} == {Decimal(5)}
