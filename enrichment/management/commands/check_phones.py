"""Reads phone numbers, one field a line: form, country, kind of line, time zones, and whether it is a decent hour to call."""

from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from enrichment.checks.call_hours import call_hours
from enrichment.checks.legibility import is_text
from enrichment.checks.phone import check_phones
from enrichment.management.lines import LONGEST_LINE, as_json, in_words, lines_of
from enrichment.verdict import PhoneVerdict


class Command(BaseCommand):
    """`manage.py check_phones FILE --region DE --json` prints one JSON object a line of input, in its order."""

    help = "Check phone numbers, one field a line of FILE or of the standard input; nothing is asked of any network."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a file with one number (or several) a line, or - for standard input")
        parser.add_argument(
            "--region", action="append", default=[], metavar="CC", help="country to assume; may be repeated"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        hints = tuple(region.upper() for region in options["region"])
        for line in lines_of(options["file"]):
            verdicts = _checked(line, hints)
            if options["json"]:
                self.stdout.write(as_json({"input": line, "numbers": [_as_record(verdict) for verdict in verdicts]}))
            for verdict in () if options["json"] else verdicts:
                self.stdout.write(in_words(f"{line}: {_told(verdict)}"))
            self.stdout.flush()


def _as_record(verdict: PhoneVerdict) -> dict[str, Any]:
    hours = call_hours(verdict.time_zones, timezone.now())
    calling = {"is_open": hours.is_open, "opens_at": hours.opens_at.isoformat() if hours.opens_at else None}
    return {**asdict(verdict), "call_hours": calling}


def _checked(line: str, hints: tuple[str, ...]) -> tuple[PhoneVerdict, ...]:
    """One verdict where the line cannot be read at all."""
    if not is_text(line):
        return (PhoneVerdict(reason="not_utf8"),)
    return check_phones(line, hints) if len(line) <= LONGEST_LINE else (PhoneVerdict(reason="too_long"),)


def _told(verdict: PhoneVerdict) -> str:
    if not verdict.possible:
        return verdict.reason.replace("_", " ")
    holder = f", original range holder {verdict.range_holder}" if verdict.range_holder else ""
    return f"{verdict.international}, {verdict.type}, {verdict.region or 'no country'}, {verdict.reason}{holder}"
