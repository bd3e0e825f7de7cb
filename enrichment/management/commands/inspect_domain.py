"""Shows a company by its domain's DNS: mail provider, technologies since when, policies and posture."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from enrichment.checks.domain import Inspection, domain_of, inspect
from enrichment.checks.reputation import Listing, listings
from enrichment.checks.technologies import markers_of
from enrichment.looping import run_to_end
from enrichment.management.lines import as_json, in_words, is_file, lines_of
from enrichment.management.verifier_options import add_resolver_option
from enrichment.resolving import AioResolver, Remembering, Resolver
from enrichment.seen_technologies import learn_technologies

AT_ONCE = 20
IN_A_ROW = 100  # domains that are inspected before their lines are printed and kept


@dataclass(frozen=True, slots=True)
class Seen:
    """One domain of the input: what was found, or what is wrong with the text."""

    text: str
    found: Inspection | None = None
    lists: tuple[Listing, ...] = ()
    error: str = ""


class Command(BaseCommand):
    """`manage.py inspect_domain acme.com --json` asks 34 questions; a FILE of domains gives one line each, in its order."""

    help = (
        "Inspect a domain, or a file of domains, by DNS; keeps since when each technology is seen there."
        " Of a URL or an e-mail address its domain; what is none gives exit code 2, in a file a line that says so."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("domain", help="a domain, a file with one domain a line, or - for standard input")
        parser.add_argument("--json", action="store_true", help="print one JSON object a domain")
        add_resolver_option(parser)
        parser.add_argument(
            "--block-list", action="append", default=[], metavar="ZONE", help="DNS block list to ask, too"
        )
        parser.add_argument("--fingerprints", type=Path, metavar="FOLDER", help="your own markers: *.csv")
        parser.add_argument("--no-keep", action="store_true", help="do not keep what is seen; needs no database then")

    def handle(self, *args: Any, **options: Any) -> None:
        name, given = options["domain"], options["fingerprints"] or settings.FINGERPRINTS
        folder = Path(given) if given else None
        domains = list(lines_of(name)) if name == "-" or is_file(name) else [_must_be_domain(name)]
        zones = [*settings.VERIFY_DOMAIN_LISTS, *options["block_list"]]
        try:
            markers_of(folder)
        except ValueError as error:
            raise CommandError(str(error)) from error
        is_keeping = not options["no_keep"]
        for start in range(0, len(domains), IN_A_ROW):
            seen = run_to_end(_inspected(domains[start : start + IN_A_ROW], options["resolver"], zones, folder))
            if is_keeping:
                seen, is_keeping = self._kept(seen)
            for line in _lines(seen, is_json=options["json"]):
                self.stdout.write(line)
            self.stdout.flush()

    def _kept(self, seen: list[Seen]) -> tuple[list[Seen], bool]:
        """With what was seen earlier; without a database everything is seen for the first time, which is told once."""
        try:
            known = iter(learn_technologies(each.found for each in seen if each.found))
        except (DatabaseError, ImproperlyConfigured) as error:
            self.stderr.write(f"Nothing is kept: {str(error).splitlines()[0]}")
            return seen, False
        return [replace(each, found=next(known)) if each.found else each for each in seen], True


def _must_be_domain(text: str) -> str:
    try:
        return domain_of(text)
    except ValueError as error:
        raise CommandError(in_words(str(error)), returncode=2) from error


async def _inspected(domains: Sequence[str], server: str, zones: Sequence[str], folder: Path | None) -> list[Seen]:
    resolver = Remembering(AioResolver([server] if server else []))
    seats = asyncio.Semaphore(AT_ONCE)
    try:
        return list(await asyncio.gather(*(_seen(domain, resolver, seats, zones, folder) for domain in domains)))
    finally:
        await resolver.close()


async def _seen(
    domain: str, resolver: Resolver, seats: asyncio.Semaphore, zones: Sequence[str], folder: Path | None
) -> Seen:
    async with seats:
        try:
            found = await inspect(domain, resolver, at=timezone.now(), folder=folder)
        except ValueError as error:
            return Seen(domain, error=str(error))
        return Seen(domain, found, await listings(found.domain, zones, resolver))


def _lines(seen: list[Seen], *, is_json: bool) -> Iterator[str]:
    for each in seen:
        if each.found is None:
            yield as_json({"domain": each.text, "error": each.error}) if is_json else in_words(each.error)
        elif is_json:
            lists = [{"zone": one.zone, "listed": one.listed, "codes": list(one.codes)} for one in each.lists]
            yield as_json({**each.found.to_json(), "block_lists": lists})
        else:
            yield _in_words(each.found)


def _in_words(found: Inspection) -> str:
    names = ", ".join(f"{each.vendor} ({each.confidence:.0%})" for each in found.technologies) or "no technology seen"
    return f"{found.domain}: mail by {found.mail_provider or 'an unknown provider'}, posture {found.posture} of 100; {names}"
