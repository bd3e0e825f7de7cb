"""The check of the fold finds what is off, and nothing else."""

import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from billing.folding import Mismatch, fold_mismatches
from tests.factories import credits, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def hold():
    held = credits.hold(people.workspace(credits=100), 10)
    credits.captured(held, 4)
    return held


def tamper(statement: str) -> None:
    """As nobody can in operation: with the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE billing_creditaccount DISABLE TRIGGER billing_derived_update")
        cursor.execute("ALTER TABLE billing_hold DISABLE TRIGGER billing_derived_update")
        cursor.execute(statement)


def test_sound_ledger_has_no_mismatch(hold) -> None:
    people.workspace()

    assert fold_mismatches() == []


def test_account_that_is_off_is_found(hold) -> None:
    tamper(f"UPDATE billing_creditaccount SET posted = 97 WHERE id = {hold.account_id}")

    found = Mismatch("account", hold.account_id, (Decimal(97), Decimal(6)), (Decimal(96), Decimal(6)))
    assert fold_mismatches() == [found]


def test_hold_that_is_off_is_found(hold) -> None:
    tamper(f"UPDATE billing_hold SET captured = 5 WHERE id = {hold.pk}")

    assert fold_mismatches() == [Mismatch("hold", hold.pk, (Decimal(6), Decimal(5)), (Decimal(6), Decimal(4)))]


def test_command_prints_one_object(hold) -> None:
    out = StringIO()

    call_command("check_ledger", "--json", stdout=out)

    assert json.loads(out.getvalue()) == {"entries": 3, "mismatches": []}


def test_command_fails_when_a_balance_is_off(hold) -> None:
    tamper("UPDATE billing_creditaccount SET posted = posted + 1")

    with pytest.raises(CommandError, match="its entries add up to"):
        call_command("check_ledger", stdout=StringIO())
