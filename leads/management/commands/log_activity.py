"""`manage.py log_activity`: puts what was done on the timelines of leads, one by one or from a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from leadengine.management.blaming import blamed
from leadengine.management.workspace_command import WorkspaceCommand
from leadengine.workflows.logging import Tally, log_lines
from leads.logbook import KINDS, OUTCOMES, Entry, mistakes, outcome_said
from leads.logbook_reading import COLUMNS, Line, moment, read
from leads.management.leads_arguments import lead_named

OF_ONE = ("lead", "kind", "at", "outcome", "text", "external_id")  # options of a single entry


class Command(WorkspaceCommand):
    help = "Log calls, mails, meetings, visits and notes of leads; their scores follow. Free."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "file", nargs="?", help=f"CSV or JSON lines with {', '.join(COLUMNS)}; - for standard input"
        )
        parser.add_argument("--lead", help="the lead's id, or its e-mail address")
        parser.add_argument("--kind", choices=[str(kind) for kind in KINDS])
        parser.add_argument("--at", default="", help="ISO 8601, such as 2026-05-03T14:30+02:00; default: now")
        parser.add_argument("--outcome", default="", help=f"of a call: {', '.join(OUTCOMES)}")
        parser.add_argument("--text", default="")
        parser.add_argument("--external-id", default="", help="its number elsewhere: it is then logged only once")

    def handle(self, *args: Any, **options: Any) -> None:
        workspace, now = self.workspace(options), timezone.now()
        by = self.person(workspace, options)
        if wrong := _mixed_up(options):
            raise CommandError(wrong)
        if not options["file"]:
            tally = log_lines(workspace, [_one(workspace, options, now)], by=by, now=now)
            return self.put(_told(tally), options, in_words(tally))
        with _opened(options["file"]) as file:
            tally = log_lines(workspace, read(file, now=now), by=by, now=now)
        if tally.broken:
            raise CommandError(f"{tally.broken} Nothing after it was read. Before it: {in_words(tally)}")
        return self.put(_told(tally), options, in_words(tally))


def in_words(tally: Tally) -> str:
    """The result for people at a terminal."""
    head = (
        f"{tally.logged:,} logged of {tally.leads:,} leads, {tally.known:,} known already, {tally.refused:,} refused."
    )
    return "\n".join([head, *(f"  Line {each.number}: {each.reason}" for each in tally.reasons)])


def _mixed_up(options: dict[str, Any]) -> str:
    """What is wrong with the options together; "" where nothing is."""
    if not options["file"]:
        return "" if options["lead"] and options["kind"] else "Name either a file, or --lead and --kind."
    given = [f"--{name.replace('_', '-')}" for name in OF_ONE if options[name]]
    return f"A file says of each line what {', '.join(given)} would say: leave {_them(given)} out." if given else ""


def _them(given: list[str]) -> str:
    return "it" if len(given) == 1 else "them"


def _one(workspace: Any, options: dict[str, Any], now: datetime) -> Line:
    try:
        at = moment(options["at"]) if options["at"] else now
    except ValueError as error:
        raise CommandError(f"“{options['at']}” is no time such as 2026-05-03T14:30+02:00.") from error
    entry = Entry(
        options["kind"], at, options["text"].strip(), outcome_said(options["outcome"]), options["external_id"]
    )
    if wrong := mistakes(entry, now=now):
        raise CommandError(" ".join(f"{name}: {sentence}" for name, sentence in wrong.items()))
    return Line(1, str(lead_named(workspace, options["lead"]).pk), entry)


def _told(tally: Tally) -> dict[str, Any]:
    numbers = {name: value for name, value in asdict(tally).items() if name in ("logged", "known", "leads")}
    return numbers | {"refused": tally.refused, "reasons": [each.to_json() for each in tally.reasons]}


@contextmanager
def _opened(name: str) -> Iterator[TextIO]:
    """Bytes that are not UTF-8 are left to the reading, which refuses the lines that have some."""
    if name == "-":
        if isinstance(sys.stdin, TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
        yield sys.stdin
        return
    with blamed(name), Path(name).open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        yield file
