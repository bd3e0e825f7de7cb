"""Says what replies of mail servers mean: one given as text, or a file of them, one a line."""

import re
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from enrichment.checks.replies import classify
from enrichment.management.lines import as_json, in_words, is_file, lines_of

_REPLY = re.compile(r"^\s*(?P<code>[245]\d\d)?[\s-]*(?P<enhanced>[245]\.\d{1,3}\.\d{1,3})?\s*(?P<text>.*)$", re.DOTALL)
LONGEST = 2000  # characters that are looked at


class Command(BaseCommand):
    """`manage.py classify_reply "550 5.1.1 User unknown" --json` prints its class; a file gives one line a reply."""

    help = "Say what a mail server's reply means."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reply", help="the reply's text, a file with one reply a line, or - for standard input")
        parser.add_argument(
            "--stage", default="rcpt", choices=["connect", "banner", "helo", "tls", "mail", "rcpt", "data"]
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object a reply")

    def handle(self, *args: Any, **options: Any) -> None:
        reply = options["reply"]
        for line in lines_of(reply) if reply == "-" or is_file(reply) else [reply]:
            read = _REPLY.match(line[:LONGEST])
            code, enhanced = (int(read["code"] or 0), read["enhanced"] or "") if read else (0, "")
            found = classify(code or None, enhanced, line[:LONGEST], stage=options["stage"])
            record = {"reply": line, "code": code or None, "enhanced": enhanced, "class": found.value}
            self.stdout.write(as_json(record) if options["json"] else in_words(f"{found.value}: {line}"))
