"""`manage.py read_criteria "CTOs at fintechs in Berlin"`: a plain sentence as criteria, as the builder reads it."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from leads.criteria.sentence import Part, Understood, understand


class Command(BaseCommand):
    help = "Read a plain sentence into criteria; tells what each part became and what was not understood."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sentence")
        parser.add_argument("--json", action="store_true", help="print one JSON object; its criteria fit --criteria")

    def handle(self, *args: Any, **options: Any) -> None:
        understood = understand(options["sentence"], year=timezone.localdate().year)
        if options["json"]:
            self.stdout.write(json.dumps(understood.to_json(), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_in_words(understood)))


def _in_words(understood: Understood) -> list[str]:
    lines = [understood.criteria.describe(), *(_line(part) for part in understood.parts)]
    return lines + [f"  {each.text}: {each.why or 'not understood'}" for each in understood.leftovers]


def _line(part: Part) -> str:
    how = "never" if part.is_excluded else part.level
    return f"  {part.text}: {how}, {part.became}{' (a guess)' if part.is_guess else ''}"
