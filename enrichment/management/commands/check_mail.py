"""Tests whether mail servers talk to this machine: names, port 25, our name and sender, block lists."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from enrichment.mail_ways import check_mail_ways
from enrichment.management.lines import as_json
from enrichment.management.verifier_options import add_resolver_option
from enrichment.resolving import AioResolver


class Command(BaseCommand):
    """`manage.py check_mail --json` prints one JSON object; Settings > Mail checks shows the same for a day."""

    help = "Test whether mail servers talk to this machine, and say what to do; takes about two seconds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        add_resolver_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        servers = [options["resolver"]] if options["resolver"] else []
        found = check_mail_ways(now=timezone.now(), make_resolver=lambda: AioResolver(servers))
        if options["json"]:
            record = {"at": found.at.isoformat(), "is_good": found.is_good}
            self.stdout.write(as_json(record | {"findings": [asdict(each) for each in found.findings]}))
            return
        for each in found.findings:
            self.stdout.write(f"{each.name}: {each.outcome}. {each.seen} {each.advice}".strip())
