"""`manage.py verify_emails FILE|-`: one verdict a line, as it is found; needs no workspace and no database."""

from __future__ import annotations

import asyncio
import csv
import select
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import aclosing
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from enrichment.finding.knowledge import Knowledge
from enrichment.management import lines as text_lines
from enrichment.management.piped import piped_lines
from enrichment.management.verifier_options import add_verifier_options
from enrichment.verdict import EmailVerdict
from enrichment.verifying.assembling import lifted
from enrichment.verifying.calling import verifier_from
from enrichment.verifying.loops import quick_runner
from enrichment.verifying.streaming import verified
from leadengine.management.blaming import blamed


class Command(BaseCommand):
    help = (
        "Verify e-mail addresses, one a line of FILE or of the standard input: syntax, lists, DNS and mail server."
        " Each line that is not empty gets one verdict; the exit code is 0 whatever the verdicts are."
    )
    requires_system_checks: list[str] = []
    is_flushing = False
    unheard: OSError | None = None  # nobody reads what is written

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a file with one address a line, or - for the standard input")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")
        parser.add_argument("--unordered", action="store_true", help="each verdict as soon as it is known")
        parser.add_argument(
            "--known", metavar="FILE", help="addresses known to be right, one a line or a CSV with email,first,last"
        )
        parser.add_argument("--seen-on-site", metavar="FILE", help="addresses that their companies' sites show")
        add_verifier_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["file"]
        with blamed(name), text_lines.opened(name) as lines, quick_runner() as runner:
            runner.run(self._run(lines, options))

    async def _run(self, lines: TextIO, options: dict[str, Any]) -> None:
        try:
            verifier = verifier_from(options)
        except ValueError as error:
            raise CommandError(str(error)) from error
        show, knowledge = as_json if options["json"] else as_words, _knowledge(options)
        try:
            async with aclosing(verified(verifier, _addresses(lines), is_ordered=not options["unordered"])) as found:
                async for email, verdict in found:
                    self.stdout.write(show(email, lifted(verdict, knowledge.facts_of(verdict.normalized))))
                    self._flush_soon()
        finally:
            await verifier.close()
        self.stdout.flush()

    def _flush_soon(self) -> None:
        """Once for all the lines that are ready at this moment."""
        if self.unheard:
            raise self.unheard
        if not self.is_flushing:
            self.is_flushing = True
            asyncio.get_running_loop().call_soon(self._flush)

    def _flush(self) -> None:
        self.is_flushing = False
        try:
            self.stdout.flush()
        except OSError as error:
            self.unheard = error


def _knowledge(options: dict[str, Any]) -> Knowledge:
    known, seen = (_legible_lines(options[name]) for name in ("known", "seen_on_site"))
    try:
        return Knowledge.of(known=known, seen_on_site=seen)
    except csv.Error as error:
        raise CommandError(f"{options['known']} is no list of addresses and no CSV: {error}.") from error


def _legible_lines(name: str | None) -> Iterable[str]:
    return text_lines.legible(text_lines.lines_of(name)) if name else ()


def as_json(email: str, verdict: EmailVerdict) -> str:
    said = {"email": email} | verdict.to_json()
    return text_lines.as_json(said | {"evidence": {"input": email} | said["evidence"]})


def as_words(email: str, verdict: EmailVerdict) -> str:
    flags = f" ({', '.join(sorted(verdict.flags))})" if verdict.flags else ""
    why = f". {verdict.detail}" if verdict.detail else ""
    return text_lines.in_words(f"{email}: {verdict.status}, {str(verdict.reason).replace('_', ' ')}{flags}{why}")


async def _addresses(lines: TextIO) -> AsyncIterator[str]:
    """Lines as they come, without holding up the checks; a file is simply read, a pipe is not."""
    async for line in _as_they_come(lines):
        if address := line.strip():
            yield address


async def _as_they_come(lines: TextIO) -> AsyncIterator[str]:
    if not lines.seekable() and hasattr(select, "poll"):
        async for line in piped_lines(lines.fileno(), sys.stdout.fileno()):
            yield line
        return
    for line in lines:
        yield line
