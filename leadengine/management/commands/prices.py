"""Shows the prices that are valid now, or sets one from a moment on."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from billing import pricing
from billing.models import PriceKind
from billing.repricing import PriceTaken, set_price
from leadengine.management.commands.grant_credits import credits_of
from leads.sources.registry import SOURCES


class Command(BaseCommand):
    help = "Lists the price of each kind and source; with --set it adds one. Old prices stay: charges name theirs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--set", nargs=2, metavar=("KIND", "CREDITS"), help=f"kinds: {', '.join(PriceKind.values)}")
        parser.add_argument("--source", default="", help="with --set: for this source alone")
        parser.add_argument("--from", dest="start", default="", help="with --set: valid from, such as 2027-01-01T00:00")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        if options["set"]:
            kind, amount = options["set"]
            self.add(kind, amount, options["source"], moment(options["start"], now), now)
        amounts = sorted(pricing.prices(now).amounts.items())
        lines = [{"kind": kind, "source": source, "credits": f"{amount:.2f}"} for (kind, source), amount in amounts]
        if options["json"]:
            self.stdout.write(json.dumps({"at": now.isoformat(), "prices": lines}))
        else:
            self.stdout.write("\n".join(f"{each['credits']:>8}  {each['kind']} {each['source']}" for each in lines))

    def add(self, kind: str, amount: str, source: str, start: datetime, now: datetime) -> None:
        if kind not in PriceKind.values:
            raise CommandError(f"“{kind}” is no kind of price. Kinds: {', '.join(PriceKind.values)}.")
        if source and source not in SOURCES:
            raise CommandError(f"There is no source “{source[:40]}”. Known: {', '.join(sorted(SOURCES))}.")
        credits = Decimal("0.00") if amount == "0" else credits_of(amount)
        try:
            set_price(kind, credits, source=source, valid_from=start, by=None, now=now)
        except PriceTaken as refusal:
            raise CommandError(str(refusal)) from refusal


def moment(text: str, now: datetime) -> datetime:
    """The moment that was given, in the installation's time zone if it names none; `now` if nothing was given."""
    if not text:
        return now
    try:
        parsed = parse_datetime(text if "T" in text or " " in text else f"{text}T00:00")
    except ValueError:
        parsed = None
    if parsed is None:
        raise CommandError(f"“{text}” is no date: write it as 2027-01-01 or 2027-01-01T09:30.")
    return parsed if timezone.is_aware(parsed) else timezone.make_aware(parsed)
