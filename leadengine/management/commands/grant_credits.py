"""Grants credits to a workspace from the command line."""

from argparse import ArgumentParser
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.management import BaseCommand, CommandError

from billing import ledger
from billing.models import Workspace


class Command(BaseCommand):
    help = "Grants credits; the same key again grants nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("workspace", help="Its short name.")
        parser.add_argument("amount", help="Credits, such as 250 or 12.50.")
        parser.add_argument("--key", required=True, help="Names this grant, such as the number of an invoice.")
        parser.add_argument("--note", required=True, help="The reason, as the workspace reads it.")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace = Workspace.objects.filter(slug=options["workspace"]).first()
        if workspace is None:
            raise CommandError(f"There is no workspace “{options['workspace']}”.")
        amount = credits_of(options["amount"])
        try:
            ledger.grant(workspace, amount, key=f"grant:{options['key']}", by=None, note=options["note"])
        except ledger.KeyReuse as mistake:
            raise CommandError(f"The key “{options['key']}” was used for another amount.") from mistake
        self.stdout.write(f"{workspace} has {ledger.balance(workspace).available} credits available.")


def credits_of(text: str) -> Decimal:
    """A positive amount with at most two places, or a CommandError."""
    try:
        amount = Decimal(text)
        is_fine = 0 < amount < 10**12 and amount == round(amount, 2)
    except InvalidOperation:
        is_fine = False
    if not is_fine:
        raise CommandError(f"“{text}” is no amount of credits: give a positive number with at most two places.")
    return round(amount, 2)
