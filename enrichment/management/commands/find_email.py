"""Finds a person's address at a company by its pattern and its mail server; a provider is asked only with --ask, and last."""

import csv
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

from enrichment.checks.domain import domain_of
from enrichment.checks.legibility import is_text
from enrichment.finding.finder import Finding, find
from enrichment.finding.known import read_known
from enrichment.finding.patterns import Known, Person
from enrichment.looping import run_to_end
from enrichment.management.lines import as_json, in_words, legible, lines_of
from enrichment.management.outside_options import add_outside_options, asking, in_short
from enrichment.management.verifier_options import add_verifier_options
from enrichment.verifying.calling import verifier_from
from enrichment.verifying.verifier import Verifier

T = TypeVar("T")


class Command(BaseCommand):
    """`manage.py find_email --first Ada --last Byron --domain acme.com --json` prints the address, or suggestions.

    Without --ask it needs no workspace and no database.
    """

    help = "Find somebody's e-mail address: at most 8 guesses, at most 2 sessions with the mail server."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--first", default="", help="given name, in any alphabet")
        parser.add_argument("--last", default="", help="family name")
        parser.add_argument("--domain", required=True)
        parser.add_argument(
            "--known", metavar="FILE", help="colleagues' addresses: one a line, or a CSV with email,first,last"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        add_outside_options(parser)
        add_verifier_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        person, domain = Person(options["first"].strip(), options["last"].strip()), _domain(options["domain"])
        if not (person.first or person.last):
            raise CommandError("Give a name: --first, --last or both.")
        if not is_text(person.first + person.last):
            raise CommandError("The name is not UTF-8 text.")
        known = _known(options["known"], domain) if options["known"] else ()
        ask = asking(options)
        found = run_to_end(_with(options, lambda verifier: find(verifier, person, domain, known)))
        if ask:
            found = ask(found, person, domain, lambda email: run_to_end(_with(options, lambda by: by.verify(email))))
        record = {"first": person.first, "last": person.last, "domain": domain, **found.to_json()}
        self.stdout.write(as_json(record) if options["json"] else _in_words(found))


def _domain(text: str) -> str:
    try:
        return domain_of(text)
    except ValueError as error:
        raise CommandError(in_words(str(error)), returncode=2) from error


def _known(name: str, domain: str) -> tuple[Known, ...]:
    try:
        return read_known(legible(lines_of(name)), domain)
    except csv.Error as error:
        raise CommandError(f"{name} is no list of addresses and no CSV: {error}.") from error


async def _with(options: dict[str, Any], ask: Callable[[Verifier], Awaitable[T]]) -> T:
    try:
        verifier = verifier_from(options)
    except ValueError as error:
        raise CommandError(str(error)) from error
    try:
        return await ask(verifier)
    finally:
        await verifier.close()


def _in_words(found: Finding) -> str:
    if found.email:
        return f"{found.email}: {found.status}, confidence {found.confidence:.0%}{in_short(found)}"
    suggested = ", ".join(f"{email} ({chance:.0%})" for email, chance in found.alternatives)
    return f"{found.status}, {found.reason.replace('_', ' ')}; suggestions: {suggested or 'none'}{in_short(found)}"
