"""Reads phone numbers, one field a line: form, country, kind of line, time zones, and whether it is a decent hour to call."""

from argparse import ArgumentTypeError
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from phonenumbers import SUPPORTED_REGIONS

from enrichment.checks.call_hours import call_hours
from enrichment.checks.legibility import is_text
from enrichment.checks.phone import check_phones
from enrichment.management.lines import LONGEST_LINE, as_json, in_words, lines_of
from enrichment.models import EmailCheck
from enrichment.phone_lines import LineAnswer, look_up
from enrichment.providers.twilio import Twilio
from enrichment.verdict import PhoneVerdict
from leadengine.workflows.asking import is_sandboxed


class Command(BaseCommand):
    """`manage.py check_phones FILE --region DE --json` prints one JSON object a line of input, in its order."""

    help = (
        "Check phone numbers, one field a line of FILE or of the standard input; only with --ask is a provider asked."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a file with one number (or several) a line, or - for standard input")
        parser.add_argument(
            "--region",
            type=_region,
            action="append",
            default=[],
            metavar="CC",
            help="country to assume; may be repeated",
        )
        parser.add_argument(
            "--ask", metavar="WORKSPACE", default="", help="ask the provider whose key the workspace has; free"
        )
        parser.add_argument("--line", action="store_true", help="with --ask: carrier and line type, too; paid there")
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        hints, ask = tuple(region.upper() for region in options["region"]), _asking(options)
        for line in lines_of(options["file"]):
            found = [(verdict, ask(verdict)) for verdict in _checked(line, hints)]
            if options["json"]:
                self.stdout.write(as_json({"input": line, "numbers": [_as_record(*each) for each in found]}))
            for verdict, answer in () if options["json"] else found:
                self.stdout.write(in_words(f"{line}: {_told(verdict)}{_said(answer)}"))
            self.stdout.flush()


def _region(text: str) -> str:
    if text.upper() not in SUPPORTED_REGIONS:
        raise ArgumentTypeError(f"“{text}” is no country's code of two letters, such as DE")
    return text


def _asking(options: dict[str, Any]) -> Callable[[PhoneVerdict], LineAnswer | None]:
    """Asks the provider of phone lines, or nobody. Raises CommandError for a workspace that there is not."""
    if not options["ask"]:
        return lambda _verdict: None
    workspace = (
        EmailCheck._meta.get_field("workspace").related_model._default_manager.filter(slug=options["ask"]).first()
    )
    if workspace is None:
        raise CommandError(f"There is no workspace “{options['ask']}”.")
    asked = {"workspace_id": workspace.pk, "with_line": options["line"], "in_sandbox": is_sandboxed(workspace)}
    return lambda verdict: look_up(verdict, **asked, now=timezone.now())


def _said(answer: LineAnswer | None) -> str:
    """What the provider said, after our own verdict."""
    if answer is None or answer.report is None:
        return f". {answer.said}" if answer else ""
    told = answer.report
    line = f", {told.type}, carrier {told.carrier or 'not known'}" if told.has_line else ""
    return f". {Twilio.title}: {'valid' if told.valid else 'not valid'}{line}"


def _as_record(verdict: PhoneVerdict, answer: LineAnswer | None) -> dict[str, Any]:
    hours = call_hours(verdict.time_zones, timezone.now())
    calling = {"is_open": hours.is_open, "opens_at": hours.opens_at.isoformat() if hours.opens_at else None}
    external = {"external": [answer.evidence()]} if answer else {}
    return {**asdict(verdict), "call_hours": calling, **external}


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
