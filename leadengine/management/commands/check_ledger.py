"""Checks that every balance and hold is the sum of its entries."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management import BaseCommand, CommandError

from billing.folding import fold_mismatches
from billing.models import CreditEntry


class Command(BaseCommand):
    help = "Compares all balances and holds with their entries; ends with code 1 if one is off."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print one JSON object.")

    def handle(self, *args: Any, **options: Any) -> None:
        entries, mismatches = CreditEntry.objects.count(), fold_mismatches()
        if options["json"]:
            found = [asdict(each) for each in mismatches]
            self.stdout.write(json.dumps({"entries": entries, "mismatches": found}, default=str))
        else:
            self.stdout.write(f"{entries} entries checked.")
        if mismatches:
            raise CommandError("\n".join(str(each) for each in mismatches))
