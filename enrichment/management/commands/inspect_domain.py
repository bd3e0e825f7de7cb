"""Shows a company by its domain's DNS: mail provider, technologies, policies and posture."""

import asyncio
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from enrichment.checks.domain import Inspection, inspect
from enrichment.checks.reputation import listings
from enrichment.checks.technologies import markers_of
from enrichment.looping import run_to_end
from enrichment.management.lines import as_json, lines_of
from enrichment.resolving import AioResolver, Remembering, Resolver

AT_ONCE = 20


class Command(BaseCommand):
    """`manage.py inspect_domain acme.com --json` asks 34 questions; a FILE of domains gives one line each, in its order."""

    help = "Inspect a domain, or a file of domains, by DNS."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("domain", help="a domain, a file with one domain a line, or - for standard input")
        parser.add_argument("--json", action="store_true", help="print one JSON object a domain")
        parser.add_argument("--resolver", default="", metavar="HOST:PORT", help="name server; default: the machine's")
        parser.add_argument(
            "--block-list", action="append", default=[], metavar="ZONE", help="DNS block list to ask, too"
        )
        parser.add_argument("--fingerprints", type=Path, metavar="FOLDER", help="your own markers: *.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["domain"]
        domains = list(lines_of(name)) if name == "-" or Path(name).is_file() else [name]
        try:
            markers_of(options["fingerprints"])
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        run_to_end(self._run(domains, options))

    async def _run(self, domains: list[str], options: dict[str, Any]) -> None:
        resolver = Remembering(AioResolver([options["resolver"]] if options["resolver"] else []))
        seats = asyncio.Semaphore(AT_ONCE)
        try:
            for task in [asyncio.create_task(_line(domain, resolver, seats, options)) for domain in domains]:
                self.stdout.write(await task)
                self.stdout.flush()
        finally:
            await resolver.close()


async def _line(domain: str, resolver: Resolver, seats: asyncio.Semaphore, options: dict[str, Any]) -> str:
    async with seats:
        try:
            found = await inspect(domain, resolver, at=timezone.now(), folder=options["fingerprints"])
        except ValueError as error:
            return as_json({"domain": domain, "error": str(error)}) if options["json"] else f"{domain}: {error}"
        listed = await listings(found.domain, options["block_list"], resolver)
    if not options["json"]:
        return _in_words(found)
    lists = [{"zone": each.zone, "listed": each.listed, "codes": list(each.codes)} for each in listed]
    return as_json({**found.to_json(), "block_lists": lists})


def _in_words(found: Inspection) -> str:
    names = ", ".join(f"{each.vendor} ({each.confidence:.0%})" for each in found.technologies) or "no technology seen"
    return f"{found.domain}: mail by {found.mail_provider or 'an unknown provider'}, posture {found.posture} of 100; {names}"
